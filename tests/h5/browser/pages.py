"""The pages that are looked at in a browser, in every mode. Whoever builds a page adds its line."""

from collections.abc import Callable

from tests.h5.browser.complaint_pages import COMPLAINT_PAGES
from tests.h5.browser.conduct_pages import CONDUCT_PAGES
from tests.h5.browser.own_data_pages import OWN_DATA_PAGES
from tests.h5.browser.payment_pages import PAYMENT_PAGES
from tests.h5.browser.payslip_pages import PAYSLIP_PAGES
from tests.h5.browser.profile_pages import PROFILE_PAGES
from tests.h5.browser.recovery_pages import RECOVERY_PAGES
from tests.h5.browser.shown import Get, Shown, first
from tests.h5.browser.wage_pages import WAGE_PAGES


def gate_code(get: Get) -> str:
    """What a gate's screen shows at this moment."""
    site = get("/me/engagements")["items"][0]["project"]["id"]
    shown = get(f"{WAGES}:POST /enterprise/projects/{site}/site-codes")
    return f"/h5/s/{shown['code']}"


def invited(get: Get) -> str:
    """A code that a leader gave away."""
    team = get("team_leader:/teams")["items"][0]["id"]
    return f"/h5/invitations/{get(f'team_leader:POST /teams/{team}/invitations')['code']}"


def member(get: Get) -> str:
    """A member of one's team who does not lead it."""
    team = get("/teams")["items"][0]["id"]
    found = get(f"/teams/{team}/members")["items"]
    return f"/h5/teams/{team}/members/{found[-1]['id']}"


def led(path: str) -> Callable[[Get], str]:
    """A page of the team that one leads."""
    return lambda get: f"/h5/teams/{get('/teams')['items'][0]['id']}{path}"


def differing(get: Get) -> str:
    """A line on which the two books differ."""
    return f"/h5/worklog/lines/{get('/me/worklog/lines?differing=true')['items'][0]['id']}"


def site(path: str) -> Callable[[Get], str]:
    """A page of the garden, the firm's site with everything; `{fence}` is its first fence."""

    def found(get: Get) -> str:
        project = get("/enterprise/projects?name=样本花园")["items"][0]["id"]
        here = f"/enterprise/projects/{project}"
        if "{fence}" not in path:
            return here + path
        return here + path.format(fence=get(f"{here}/fences")["items"][0]["id"])

    return found


def lesson(path: str) -> Callable[[Get], str]:
    """A page of the site's own course: its film, its document, its quiz."""

    def found(get: Get) -> str:
        course = next(each for each in get("/me/courses")["items"] if each["kind"] == "entry")
        lessons = get(f"/me/courses/{course['id']}")["lessons"]
        film, sheet, quiz = (each["id"] for each in lessons)
        return path.format(course=course["id"], film=film, sheet=sheet, quiz=quiz)

    return found


def shown_certificate(get: Get) -> str:
    """What the QR of a worker's certificate leads to."""
    url = get("worker:/me/certificates")["items"][0]["check_url"]
    return f"/certificates/{url.rpartition('/')[2]}"


def shown_record(get: Get) -> str:
    """What the QR of a worker's training record leads to."""
    url = get("worker:PUT /me/training-card")["url"]
    return f"/training-records/{url.rpartition('/')[2]}"


COUNTY, WAGES, REVIEWER = "demo.county", "demo.wages.a", "demo.reviewer.1"

WORKER_PAGES = (
    Shown("h5.accounts.log_in_page", "/h5/login"),
    Shown("h5.accounts.code_page", "/h5/login/code"),
    Shown("h5.session.offline", "/h5/offline"),
    Shown("h5.home.home", "/h5/", "worker"),
    Shown("h5.home.home:new", "/h5/", "new"),
    Shown("h5.more.more", "/h5/more", "worker"),
    Shown("h5.me.me", "/h5/me", "worker"),
    Shown("h5.me.me:new", "/h5/me", "new"),
    Shown("h5.me.devices", "/h5/me/devices", "worker"),
    Shown("h5.me.phone", "/h5/me/phone", "worker+proved"),
    Shown("h5.me.phone_code", "/h5/me/phone/code", "worker+proved"),
    Shown("h5.proving.prove_page", "/h5/prove", "worker"),
    Shown("h5.proving.code_page", "/h5/prove/code", "worker"),
    Shown("h5.messages.inbox", "/h5/messages", "worker"),
    Shown("h5.messages.message_settings", "/h5/settings/messages", "worker"),
    # 实名登记
    Shown("h5.codes.look_up", "/h5/codes"),
    Shown("h5.consents.consent", "/h5/consents/id_card", "new"),
    Shown("h5.consents.privacy", "/h5/settings/privacy", "worker"),
    Shown("h5.registration.start", "/h5/register", "new"),
    Shown("h5.registration.in_person", "/h5/register/in-person", "new"),
    Shown("h5.registration.new_phone", "/h5/register/new-phone", "new"),
    Shown("h5.registration.photos", "/h5/register/photos", "agreed"),
    Shown("h5.registration.fields", "/h5/register/fields", "photographed"),
    Shown("h5.code.code", "/h5/code", "worker"),
    Shown("h5.code.result", "/h5/register/result", "worker"),
    Shown("h5.bank_card.card", "/h5/bank-card", "worker"),
    Shown("h5.bank_card.new_card", "/h5/bank-card/new", "worker+proved"),
    # 班组, 合同, 进退场
    Shown("h5.teams.teams", "/h5/teams", "team_leader"),
    Shown("h5.teams.teams:none", "/h5/teams", "worker.3"),
    Shown("h5.teams.new_team", "/h5/teams/new", "team_leader"),
    Shown("h5.teams.team", first("/teams > /h5/teams/{id}"), "team_leader"),
    Shown("h5.invitations.enter_code", "/h5/invitations", "worker"),
    Shown(
        "h5.invitations.team_invitations",
        first("/teams > /h5/teams/{id}/invitations"),
        "team_leader",
    ),
    Shown("h5.invitations.invitation", invited, "worker.3"),
    Shown("h5.invitations.invitation:guest", invited),
    Shown("h5.invitations.invitation:new", invited, "new"),
    Shown("h5.teams.member", member, "team_leader"),
    Shown("h5.contracts.contracts", "/h5/contracts", "worker"),
    Shown("h5.contracts.contract", first("/me/contracts > /h5/contracts/{id}"), "worker"),
    Shown("h5.engagements.engagements", "/h5/engagements", "worker"),
    Shown("h5.engagements.links", "/h5/links", "worker"),
    # 培训
    Shown("h5.training.training", "/h5/training", "worker"),
    Shown("h5.training.training:none", "/h5/training", "new"),
    Shown("h5.training.own_hours", "/h5/training/hours", "worker"),
    Shown("h5.training.course", lesson("/h5/training/courses/{course}"), "worker"),
    Shown("h5.training.lesson", lesson("/h5/training/lessons/{film}"), "worker"),
    Shown("h5.training.lesson:document", lesson("/h5/training/lessons/{sheet}"), "worker"),
    Shown("h5.training.quiz", lesson("/h5/training/lessons/{quiz}/quiz"), "worker"),
    Shown("h5.training.quiz:several", lesson("/h5/training/lessons/{quiz}/quiz?given=0"), "worker"),
    Shown("h5.training.result", lesson("/h5/training/lessons/{quiz}/result"), "worker.2"),
    Shown("h5.training_record.record", "/h5/training/record", "worker"),
    Shown("h5.training_record.certificates", "/h5/certificates", "worker"),
    Shown(
        "h5.training_record.certificate",
        first("/me/certificates > /h5/certificates/{id}"),
        "worker",
    ),
    Shown("root.training_codes.certificate", shown_certificate),
    Shown("root.training_codes.training_record", shown_record),
    # 考勤
    Shown("h5.punch.punch", "/h5/punch", "worker"),
    Shown("h5.punch.manual", "/h5/punch/manual", "worker"),
    Shown("h5.punch_settings.punch_settings", "/h5/settings/punch", "worker"),
    Shown("h5.punches.punched", first("/punches > /h5/punches/{id}"), "worker"),
    Shown("h5.site_code.scan", "/h5/punches/site-code", "worker"),
    Shown("h5.site_code.site_code", gate_code, "worker"),
    Shown("h5.history.history", "/h5/history", "worker"),
    Shown("h5.workdays.day", first("/workdays > /h5/days/{id}"), "worker"),
    Shown("h5.corrections.new_correction", "/h5/corrections/new", "worker"),
)
WORKLOG_PAGES = (
    Shown("h5.worklog.worklog", "/h5/worklog", "worker"),
    Shown("h5.worklog.worklog:none", "/h5/worklog", "new"),
    Shown("h5.worklog.differences", "/h5/worklog/differences", "worker"),
    Shown("h5.worklog.line", differing, "worker"),
    Shown("h5.worklog.money", "/h5/worklog/money", "worker"),
    Shown("h5.worklog.year", "/h5/worklog/figures", "worker"),
    Shown("h5.worklog_entries.new_entry", "/h5/worklog/new", "worker"),
    Shown("h5.worklog_entries.new_entry:piece", "/h5/worklog/new?kind=piece", "worker"),
    Shown(
        "h5.worklog_entries.entry",
        first("/me/worklog/entries > /h5/worklog/entries/{id}"),
        "worker",
    ),
    Shown(
        "h5.worklog_pay.pay",
        lambda get: f"/h5/worklog/templates/{get('/teams')['items'][0]['id']}",
        "worker",
    ),
    Shown("h5.worklog_pay.team_pay", led("/worklog/templates"), "team_leader"),
    Shown("h5.roll_call.roll", led("/roll-call"), "team_leader"),
    Shown("h5.team_worklog.book", led("/worklog"), "team_leader"),
    Shown("h5.team_worklog.team_differences", led("/worklog/differences"), "team_leader"),
    Shown("h5.team_worklog.new_entries", led("/worklog/new"), "team_leader"),
    Shown("h5.team_worklog.team_figures", led("/worklog/figures"), "team_leader"),
)
ENTERPRISE_PAGES = (
    Shown("enterprise.staff.staff_login_page", "/enterprise/login"),
    Shown("enterprise.staff_account.activation_page", "/enterprise/activate"),
    Shown("enterprise.staff.prove_page", "/enterprise/prove", WAGES),
    Shown("enterprise.staff.second_factor_page", "/enterprise/second-factor", WAGES),
    Shown("enterprise.staff_account.setup_page", "/enterprise/second-factor/setup", WAGES),
    Shown("enterprise.staff_account.first_code_page", "/enterprise/second-factor/confirm", WAGES),
    Shown("enterprise.staff_account.account_page", "/enterprise/account", WAGES),
    Shown("enterprise.days.days", "/enterprise/", WAGES),
    Shown("enterprise.days.day", first("/enterprise/workdays > /enterprise/days/{id}"), WAGES),
    Shown("enterprise.corrections.corrections", "/enterprise/corrections", WAGES),
    Shown("enterprise.worklog.worklog", "/enterprise/worklog", WAGES),
)
MANAGER = "demo.manager.a"
SITE_PAGES = (
    Shown("enterprise.projects.projects", "/enterprise/projects", MANAGER),
    Shown("enterprise.projects.project", site(""), MANAGER),
    Shown("enterprise.details.new_project", "/enterprise/projects/new", "demo.admin.a"),
    Shown("enterprise.details.edit_project", site("/edit"), MANAGER),
    Shown("enterprise.details.permits", site("/permits"), MANAGER),
    Shown("enterprise.boards.notice_board", site("/board"), MANAGER),
    Shown("enterprise.site_people.policy", site("/policy"), MANAGER),
    Shown("enterprise.site_people.post_list", site("/posts"), MANAGER),
    Shown("enterprise.site_people.unit_list", site("/units"), MANAGER),
    Shown("enterprise.trainings.trainings", site("/trainings"), WAGES),
    Shown("enterprise.fences.fences", site("/fences"), MANAGER),
    Shown("enterprise.fences.fence", site("/fences/{fence}"), MANAGER, lazy=True),
    Shown("enterprise.fences.new_fence", site("/fences/new"), MANAGER, lazy=True),
    Shown("enterprise.fences.edit_fence", site("/fences/{fence}/edit"), MANAGER, lazy=True),
    Shown("enterprise.site_codes.site_code", site("/site-code"), WAGES),
    Shown("enterprise.site_codes.poster", site("/poster"), WAGES),
)


def crew(path: str) -> Callable[[Get], str]:
    """A page of somebody on the garden."""

    def found(get: Get) -> str:
        project = get("/enterprise/projects?name=样本花园")["items"][0]["id"]
        asked = f"/enterprise/engagements?project_id={project}&state=on_site"
        someone = get(asked)["items"][0]["id"]
        return f"/enterprise/projects/{project}/workers/{someone}{path}"

    return found


def held(path: str) -> Callable[[Get], str]:
    """A page of the garden's sessions; `{session}` is the newest."""

    def found(get: Get) -> str:
        project = get("/enterprise/projects?name=样本花园")["items"][0]["id"]
        rows = get(f"/enterprise/projects/{project}/group-sessions?kind=team")["items"]
        return path.format(project=project, session=rows[0]["id"])

    return found


TRAINING = "/enterprise/training"
TRAINING_PAGES = (
    Shown("enterprise.courses.course_list", TRAINING, WAGES),
    Shown("enterprise.courses.new_course", f"{TRAINING}/courses/new", WAGES),
    Shown(
        "enterprise.courses.course:draft",
        first(f"/enterprise/courses > {TRAINING}/courses/{{id}}"),
        WAGES,
    ),
    Shown(
        "enterprise.courses.course",
        lambda get: f"{TRAINING}/courses/{get('/enterprise/courses')['items'][-1]['id']}",
        WAGES,
    ),
    Shown("enterprise.sessions.session_list", f"{TRAINING}/sessions", WAGES),
    Shown(
        "enterprise.sessions.new_session",
        held(f"{TRAINING}/projects/{{project}}/sessions/new"),
        WAGES,
    ),
    Shown(
        "enterprise.sessions.session",
        held(f"{TRAINING}/projects/{{project}}/sessions/{{session}}"),
        WAGES,
    ),
    Shown("enterprise.sessions.people_list", f"{TRAINING}/people", WAGES),
    Shown("regulator.trainings.shares", "/regulator/trainings", COUNTY),
    Shown("regulator.trainings.shares:kind", "/regulator/trainings?by=kind", COUNTY),
    Shown("regulator.trainings.untrained", "/regulator/trainings/untrained", COUNTY),
    Shown("regulator.trainings.records", "/regulator/trainings/records", COUNTY),
)


def public_board(get: Get) -> str:
    """What the code on a site's board leads to."""
    return f"/boards/{get('/enterprise/projects')['items'][0]['code']}"


CREW_PAGES = (
    Shown("enterprise.workers.workers", "/enterprise/workers", WAGES),
    Shown("enterprise.workers.collected", "/enterprise/collected", WAGES),
    Shown("enterprise.workers.collect_page", "/enterprise/collect", WAGES),
    Shown("enterprise.workers.ledger", "/enterprise/ledger", WAGES),
    Shown("enterprise.workers.overrides", "/enterprise/overrides", WAGES),
    Shown("enterprise.workers.contracts", "/enterprise/contracts", WAGES),
    Shown("enterprise.intake.register_page", site("/register"), WAGES),
    Shown("enterprise.intake.worker", crew(""), WAGES),
    Shown("enterprise.papers.contract_page", crew("/contract"), WAGES),
    Shown("enterprise.papers.training_page", crew("/training"), WAGES),
    Shown("enterprise.papers.certificate_page", crew("/certificate"), WAGES),
    Shown("enterprise.imports.imports", "/enterprise/imports", WAGES),
    Shown("enterprise.firms.firm", "/enterprise/firm", "demo.admin.a"),
    Shown("enterprise.members.members", "/enterprise/staff", "demo.admin.a"),
    Shown("root.boards.public_board", public_board, WAGES),
)
REGULATOR_PAGES = (
    Shown("regulator.staff.staff_login_page", "/regulator/login"),
    Shown("regulator.staff_account.activation_page", "/regulator/activate"),
    Shown("regulator.staff.prove_page", "/regulator/prove", COUNTY),
    Shown("regulator.staff.second_factor_page", "/regulator/second-factor", COUNTY),
    Shown("regulator.staff_account.setup_page", "/regulator/second-factor/setup", COUNTY),
    Shown("regulator.staff_account.first_code_page", "/regulator/second-factor/confirm", COUNTY),
    Shown("regulator.staff_account.account_page", "/regulator/account", COUNTY),
    Shown("regulator.overview.overview", "/regulator/", COUNTY),
    Shown("regulator.sites.sites", "/regulator/projects", COUNTY),
    Shown("regulator.sites.site", first("/regulator/projects > /regulator/projects/{id}"), COUNTY),
    Shown("regulator.firms.firms", "/regulator/enterprises", COUNTY),
    Shown(
        "regulator.firms.firm",
        first("/regulator/enterprises > /regulator/enterprises/{id}"),
        COUNTY,
    ),
    Shown("regulator.people.people", "/regulator/workers", COUNTY),
    Shown("regulator.people.person", first("/regulator/workers > /regulator/workers/{id}"), COUNTY),
    Shown("regulator.days.days", "/regulator/days", COUNTY),
    Shown("regulator.days.day", first("/regulator/workdays > /regulator/days/{id}"), COUNTY),
    Shown("regulator.reviews.reviews", "/regulator/reviews", REVIEWER),
    Shown(
        "regulator.reviews.one",
        first("/review/verifications > /regulator/reviews/{id}"),
        REVIEWER,
    ),
)
PAGES = (
    WORKER_PAGES
    + COMPLAINT_PAGES
    + WAGE_PAGES
    + OWN_DATA_PAGES
    + CONDUCT_PAGES
    + PROFILE_PAGES
    + RECOVERY_PAGES
    + PAYSLIP_PAGES
    + PAYMENT_PAGES
    + WORKLOG_PAGES
    + ENTERPRISE_PAGES
    + SITE_PAGES
    + CREW_PAGES
    + TRAINING_PAGES
    + REGULATOR_PAGES
)

ELSEWHERE: dict[str, str] = {
    "enterprise.imports.report": "test_offices",
    "h5.codes.found": "test_steps",
    "h5.registration.face": "test_steps",
    "h5.shared_phone.unlock": "test_shared_phone",
}
"""Pages that are only reached on a way, and the test that looks at them there with `standing`."""
