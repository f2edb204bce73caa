"""The pages of records, cards, insurance, résumés and accidents, as the demo's people see them."""

from collections.abc import Callable

from tests.h5.browser.shown import Get, Shown, first

COUNTY, WAGES = "demo.county", "demo.wages.a"


def shown_resume(get: Get) -> str:
    """What the QR of a worker's résumé leads to."""
    return f"/resumes/{get('worker:/me/resume')['url'].rpartition('/')[2]}"


def someone(path: str) -> Callable[[Get], str]:
    """A page of somebody on the garden."""

    def found(get: Get) -> str:
        project = get("/enterprise/projects?name=样本花园")["items"][0]["id"]
        asked = f"/enterprise/engagements?project_id={project}&state=on_site"
        period = get(asked)["items"][0]["id"]
        return path.format(project=project, period=period)

    return found


def correction(state: str) -> Callable[[Get], str]:
    """A correction of the worker's in that state."""

    def found(get: Get) -> str:
        rows = get("/me/profile/corrections")["items"]
        return f"/h5/profile/corrections/{next(r['id'] for r in rows if r['state'] == state)}"

    return found


PROFILE_PAGES = (
    Shown("h5.profile.profile", "/h5/profile", "worker"),
    Shown("h5.profile.profile:new", "/h5/profile", "new"),
    Shown("h5.profile.identity", "/h5/profile/identity", "worker+proved"),
    Shown("h5.profile.worker_card", "/h5/profile/card", "worker"),
    Shown("h5.profile.worker_card:none", "/h5/profile/card", "worker.3"),
    Shown("h5.profile.own_insurance", "/h5/profile/insurance", "worker"),
    Shown("h5.profile.own_insurance:none", "/h5/profile/insurance", "worker.3"),
    Shown("h5.profile_corrections.correction_list", "/h5/profile/corrections", "worker"),
    Shown("h5.profile_corrections.new_correction", "/h5/profile/corrections/new", "worker"),
    Shown(
        "h5.profile_corrections.new_correction:validity",
        "/h5/profile/corrections/new?field=validity",
        "worker",
    ),
    Shown(
        "h5.profile_corrections.new_correction:certificate",
        "/h5/profile/corrections/new?field=certificate",
        "worker",
    ),
    Shown("h5.profile_corrections.correction", correction("refused"), "worker"),
    Shown("h5.profile_corrections.correction:pending", correction("pending"), "worker"),
    Shown("h5.resume.resume", "/h5/resume", "worker"),
    Shown("h5.resume.resume:closed", "/h5/resume", "worker.3"),
    Shown("root.resume.read_resume", shown_resume),
    Shown("h5.accidents.emergency", "/h5/emergency", "worker"),
    Shown("h5.accidents.emergency:new", "/h5/emergency", "new"),
    Shown("h5.accidents.contact_list", "/h5/emergency/contacts", "worker"),
    Shown("h5.accidents.accidents", "/h5/accidents", "worker"),
    Shown("h5.accidents.accidents:none", "/h5/accidents", "new"),
    Shown("h5.accidents.new_accident", "/h5/accidents/new", "worker"),
    Shown("h5.accidents.new_accident:leader", "/h5/accidents/new", "team_leader"),
    Shown("h5.accidents.new_accident:nowhere", "/h5/accidents/new", "new"),
    Shown("h5.accidents.accident", first("/me/accidents > /h5/accidents/{id}"), "worker"),
    Shown("enterprise.insurance.policies", "/enterprise/insurance", WAGES),
    Shown(
        "enterprise.insurance.policy",
        first("/enterprise/insurance-policies?kind=accident > /enterprise/insurance/{id}"),
        WAGES,
    ),
    Shown("enterprise.insurance.uninsured", "/enterprise/insurance/uninsured", WAGES),
    Shown(
        "enterprise.insurance.new_policy",
        someone("/enterprise/projects/{project}/insurance/new"),
        WAGES,
    ),
    Shown("enterprise.cards.card_list", "/enterprise/cards", WAGES),
    Shown("enterprise.cards.card", first("/enterprise/cards > /enterprise/cards/{id}"), WAGES),
    Shown("enterprise.accidents.accident_list", "/enterprise/accidents", WAGES),
    Shown(
        "enterprise.accidents.one",
        first("/enterprise/accidents > /enterprise/accidents/{id}"),
        WAGES,
    ),
    Shown(
        "enterprise.accidents.report_page",
        someone("/enterprise/projects/{project}/workers/{period}/accident"),
        WAGES,
    ),
    Shown("regulator.welfare.uninsured", "/regulator/uninsured", COUNTY),
    Shown("regulator.welfare.accident_list", "/regulator/accidents", COUNTY),
    Shown(
        "regulator.welfare.accident",
        first("/regulator/accidents > /regulator/accidents/{id}"),
        COUNTY,
    ),
    Shown("regulator.profile_queue.correction_list", "/regulator/corrections", COUNTY),
    Shown(
        "regulator.profile_queue.one",
        first("/regulator/profile-corrections?state=pending > /regulator/corrections/{id}"),
        COUNTY,
    ),
)
