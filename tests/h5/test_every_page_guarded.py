"""Every page, whoever asks: strangers log in first, others are refused, forms are ours alone."""

import re
from uuid import UUID

import httpx
from tortoise import connections

import h5.blueprint  # noqa: F401 - registers every page
from api.kit.routes import PUBLIC
from api.kit.transaction import CONNECTION
from api.permissions import ROLES
from h5 import cookies
from h5.pages import PAGES, Page
from tests.cast import PARTS
from tests.h5.visiting import Visitor

NOWHERE = UUID(int=7)
CLOSED = sorted(name for name, page in PAGES.items() if page.permission != PUBLIC)
READING = [name for name in CLOSED if PAGES[name].method == "GET"]
WRITING = [name for name in PAGES if PAGES[name].method == "POST" and not PAGES[name].signed]
SIDES = {
    "h5": "county", "enterprise": "county", "regulator": "officer_a", "root": "county",
}  # fmt: skip
INSIDE = {"h5": "zhang", "enterprise": "admin_a", "regulator": "county", "root": "zhang"}


def address(page: Page) -> str:
    """The page's address with rows that do not exist."""
    path = re.sub(r"<[a-z_]+:uuid>", str(NOWHERE), page.path)
    return re.sub(r"<[a-z_]+(:str)?>", "nowhere", path)


async def ask(visitor: Visitor, page: Page) -> httpx.Response:
    """Open the page, or send its empty form with a good token."""
    if page.method == "GET":
        return await visitor.http.get(address(page), follow_redirects=False)
    secret = visitor.http.cookies.get(cookies.SESSION) or visitor.http.cookies.get(cookies.GUEST)
    token = cookies.forgery_token(str(secret))
    if page.body:
        headers = {"X-CSRF-Token": token}
        return await visitor.http.post(address(page), json={}, headers=headers)
    return await visitor.http.post(address(page), data={"csrf": token}, follow_redirects=False)


async def test_a_stranger_is_led_to_the_login(visitor: Visitor) -> None:
    await visitor.get("/h5/login")
    for name in CLOSED:
        page = PAGES[name]
        answer = await ask(visitor, page)
        if answer.headers.get("content-type", "").startswith("application/"):
            assert answer.status_code == 401, name
            continue
        assert answer.status_code == 303, name
        assert answer.headers["location"].startswith(f"/{page.area}/login?next="), name
        back = httpx.URL(answer.headers["location"]).params["next"]
        # 404 where what the made-up address names is not there; never 405.
        there = await visitor.http.get(back)
        assert there.status_code in {200, 404}, f"{name} leads back to {back}"


async def test_who_has_not_the_permission_is_refused(visitor: Visitor) -> None:
    for name in CLOSED:
        page = PAGES[name]
        who = SIDES[page.area]
        if may(who, page.permission):
            continue
        await visitor.enter(who)
        assert (await ask(visitor, page)).status_code == 403, name


def may(who: str, permission: str) -> bool:
    """Whether a member of the cast holds the permission by his role."""
    return permission in ROLES[PARTS[who].role].permissions


async def test_a_form_without_our_token_is_refused(visitor: Visitor) -> None:
    for name in WRITING:
        page = PAGES[name]
        await visitor.enter(INSIDE[page.area])
        options = {"json": {}} if page.body else {"data": {"x": "1"}}
        answer = await visitor.http.post(address(page), **options)  # type: ignore[arg-type]
        assert answer.status_code == 403, name
        assert "刷新" in answer.text, name


async def rows() -> dict[str, int]:
    """How many rows each table holds, the audit's log of requests apart."""
    link = connections.get(CONNECTION)
    if link.capabilities.dialect == "sqlite":
        found = await link.execute_query_dict(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        )
    else:
        found = await link.execute_query_dict(
            "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'"
        )
    counts = {}
    for each in found:
        [row] = await link.execute_query_dict(f'SELECT COUNT(*) AS n FROM "{each["name"]}"')  # noqa: S608
        counts[each["name"]] = row["n"]
    return counts


async def test_looking_changes_nothing(visitor: Visitor) -> None:
    for area, who in INSIDE.items():
        await visitor.enter(who)
        before = await rows()
        for name in READING:
            if PAGES[name].area == area:
                await ask(visitor, PAGES[name])
        assert await rows() == before, area


async def test_a_row_of_nobody_is_not_found(visitor: Visitor) -> None:
    for name in READING:
        page = PAGES[name]
        if "<" in page.path:
            await visitor.enter(INSIDE[page.area])
            answer = await ask(visitor, page)
            assert answer.status_code in {303, 403, 404, 422}, name


def test_vendors_call_these_alone() -> None:
    assert {name for name, page in PAGES.items() if page.signed} == {"root.wechat.take_message"}


def test_the_cast_has_somebody_inside_each_area() -> None:
    assert set(INSIDE.values()) <= set(PARTS)
