"""The regulator's lists take few statements however long, and what people wrote is inert."""

from collections.abc import Awaitable, Callable

import pytest

from tests.api.enterprises import firms
from tests.api.projects import sites
from tests.api.workers import records
from tests.cast import Client
from tests.h5 import offices
from tests.h5.counting import counted
from tests.h5.visiting import Visitor
from tests.specimens import person

MOST = 10
PAYLOADS = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>",
    "{{7*7}}", "{% raw %}", "' onmouseover='alert(1)", "javascript:alert(1)", "</title><b>",
)  # fmt: skip


async def more_workers(client: Client, numbers: range) -> None:
    for each in numbers:
        await records.known(person(100 + each))


async def more_firms(client: Client, numbers: range) -> None:
    for each in numbers:
        await firms.submitted(client, 200 + each)


async def more_days(client: Client, numbers: range) -> None:
    if 0 in numbers:
        await offices.site(client)
    known = await client.get("/api/v1/regulator/projects", as_="county")
    for each in numbers:
        await offices.copied_day(known.json()["items"][0]["id"], each)


async def more_projects(client: Client, numbers: range) -> None:
    if 0 in numbers:
        await firms.both_firms(client)
    for each in numbers:
        await sites.another(client, name=f"样例{each}号楼")


LISTS: dict[str, Callable[[Client, range], Awaitable[None]]] = {
    "/regulator/workers?limit=100": more_workers,
    "/regulator/enterprises?limit=100": more_firms,
    "/regulator/days?limit=100": more_days,
    "/regulator/projects?limit=100": more_projects,
}


@pytest.mark.parametrize("path", LISTS)
async def test_a_list_takes_as_many_statements_however_long(
    visitor: Visitor, client: Client, path: str
) -> None:
    found = []
    await visitor.enter("county")
    for numbers in (range(2), range(2, 14)):
        await LISTS[path](client, numbers)
        await visitor.get("/regulator/account")
        with counted() as seen:
            assert (await visitor.get(path)).status == 200
        found.append(len(seen))
    assert found[0] == found[1] <= MOST, (found, seen)


async def test_what_people_wrote_is_inert(visitor: Visitor, client: Client) -> None:
    await firms.both_firms(client)
    for each, text in enumerate(PAYLOADS):
        await sites.another(client, name=f"{each}{text}")
    await visitor.enter("county")
    seen = await visitor.get("/regulator/projects?limit=100")
    assert seen.status == 200
    for each, text in enumerate(PAYLOADS):
        assert f"{each}{text}" in seen.text
        if "<" in text or "'" in text:
            assert text not in seen.html, text
