"""The pages of conduct, as the demo's people see them."""

from collections.abc import Callable

from tests.h5.browser.shown import Get, Shown, first

COUNTY, WAGES = "demo.county", "demo.wages.a"


def on_garden(path: str) -> Callable[[Get], str]:
    """A page of the garden site's form."""

    def found(get: Get) -> str:
        project = get("demo.wages.a:/enterprise/projects?name=样本花园")["items"][0]["id"]
        return path.format(project)

    return found


def one_of(asked: str, area: str) -> Callable[[Get], str]:
    """The newest record that the API lists there, on the page of an area."""
    return first(f"{asked} > {area}/conduct/{{id}}")


CONDUCT_PAGES = (
    Shown("root.published_conduct.published", "/conduct"),
    Shown("root.published_conduct.published:none", "/conduct?region=110000"),
    Shown("h5.conduct.conduct", "/h5/conduct", "worker"),
    Shown("h5.conduct.conduct:none", "/h5/conduct", "new"),
    Shown("h5.conduct.one", one_of("/me/conduct", "/h5"), "worker"),
    Shown("h5.conduct.one:in_force", one_of("/me/conduct", "/h5"), "worker.2"),
    Shown("h5.conduct.score", "/h5/conduct/score", "worker.2"),
    Shown("h5.conduct.evaluations", "/h5/conduct/evaluations", "worker"),
    Shown("h5.conduct.evaluations:contested", "/h5/conduct/evaluations", "worker.2"),
    Shown("enterprise.conduct_reports.conduct", "/enterprise/conduct", WAGES),
    Shown("enterprise.conduct_reports.conduct:us", "/enterprise/conduct?about=us", WAGES),
    Shown("enterprise.conduct_reports.one", one_of("/enterprise/conduct", "/enterprise"), WAGES),
    Shown(
        "enterprise.conduct_reports.one:us",
        one_of("/enterprise/conduct?about=us", "/enterprise"),
        WAGES,
    ),
    Shown("enterprise.conduct_reports.new", "/enterprise/conduct/new", WAGES),
    Shown(
        "enterprise.conduct_reports.new:chosen",
        on_garden("/enterprise/conduct/new?project_id={}&subject=worker"),
        WAGES,
    ),
    Shown("enterprise.conduct_reports.evaluations", "/enterprise/conduct/evaluations", WAGES),
    Shown(
        "enterprise.conduct_reports.new_evaluation",
        on_garden("/enterprise/conduct/evaluations/new?project_id={}&subject=worker"),
        WAGES,
    ),
    Shown("regulator.conduct_queue.conduct", "/regulator/conduct", COUNTY),
    Shown("regulator.conduct_queue.conduct:listed", "/regulator/conduct?listed=true", COUNTY),
    Shown(
        "regulator.conduct_queue.one",
        one_of("/regulator/conduct?state=to_decide", "/regulator"),
        COUNTY,
    ),
    Shown(
        "regulator.conduct_queue.one:appeal",
        one_of("/regulator/conduct?appeals=true", "/regulator"),
        "demo.city",
    ),
    Shown(
        "regulator.conduct_queue.score",
        first("/regulator/conduct?listed=true > /regulator/conduct/{id}/score"),
        COUNTY,
    ),
    Shown("regulator.conduct_queue.reviews", "/regulator/conduct/score-reviews", COUNTY),
    Shown(
        "regulator.conduct_queue.new",
        on_garden("/regulator/conduct/new?project_id={}&subject=enterprise"),
        COUNTY,
    ),
)
