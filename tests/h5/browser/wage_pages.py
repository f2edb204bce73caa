"""The pages of wages and special accounts, as the demo's people see them."""

from collections.abc import Callable

from tests.h5.browser.shown import Get, Shown, first

COUNTY, WAGES, LABOUR = "demo.county", "demo.wages.a", "demo.wages.b"


def of_sheet(path: str = "", *, query: str = "", area: str = "enterprise") -> Callable[[Get], str]:
    """A page of the newest sheet that fits the query; `{line}` stands for its first line."""

    def found(get: Get) -> str:
        sheet = get(f"/{area}/wage-sheets{query}")["items"][0]["id"]
        address = f"/{area}/wages/{sheet}{path}"
        if "{line}" in path:
            line = get(f"/{area}/wage-sheets/{sheet}/lines")["items"][0]["id"]
            address = address.replace("{line}", line)
        return address

    return found


def of_account(get: Get) -> str:
    """The page of a project's account."""
    project = get("/enterprise/special-accounts")["items"][0]["project"]["id"]
    return f"/enterprise/projects/{project}/account"


def without_account(get: Get) -> str:
    """The page of a project that has none."""
    known = {each["project"]["id"] for each in get("/enterprise/special-accounts")["items"]}
    sites = [each["id"] for each in get("/enterprise/projects")["items"]]
    return f"/enterprise/projects/{next(each for each in sites if each not in known)}/account"


def of_terms(get: Get) -> str:
    """The page of the terms of somebody at work."""
    for site in get("/enterprise/projects")["items"]:
        for each in get(f"/enterprise/wage-terms/in-force?project_id={site['id']}")["items"]:
            return f"/enterprise/wages/terms/{site['id']}/{each['worker_id']}"
    raise LookupError("nobody is at work")


WAGE_PAGES = (
    Shown("enterprise.wages.wages", "/enterprise/wages", WAGES),
    Shown("enterprise.wages.new_sheet", "/enterprise/wages/new", WAGES),
    Shown("enterprise.wages.sheet", of_sheet(query="?state=submitted"), WAGES),
    Shown("enterprise.wages.sheet:paying", of_sheet(query="?state=partly_paid"), WAGES),
    Shown("enterprise.wages.sheet:draft", of_sheet(query="?state=draft"), LABOUR),
    Shown("enterprise.wage_lines.line", of_sheet("/lines/{line}", query="?state=submitted"), WAGES),
    Shown("enterprise.wage_lines.contests", "/enterprise/wages/contests", WAGES),
    Shown(
        "enterprise.wage_lines.one_contest",
        first("/enterprise/wage-contests > /enterprise/wages/contests/{id}"),
        WAGES,
    ),
    Shown("enterprise.wage_terms.wage_terms", "/enterprise/wages/terms", WAGES),
    Shown("enterprise.wage_terms.worker_terms", of_terms, WAGES),
    Shown("enterprise.funds.account", of_account, WAGES),
    Shown("enterprise.funds.account:none", without_account, WAGES),
    Shown("regulator.wages.wages", "/regulator/wages", COUNTY),
    Shown("regulator.wages.sheet", of_sheet(area="regulator"), COUNTY),
    Shown("regulator.wages.accounts", "/regulator/wages/accounts", COUNTY),
    Shown(
        "regulator.wages.account",
        first("/regulator/special-accounts > /regulator/wages/accounts/{id}"),
        COUNTY,
    ),
)
