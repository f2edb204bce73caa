"""The lists of an office take few statements however long, with nothing remembered of its login."""

from collections.abc import Awaitable, Callable

import pytest

from tests.api.engagements import site
from tests.api.projects import sites
from tests.cast import Client
from tests.h5 import offices
from tests.h5.counting import counted
from tests.h5.visiting import Visitor

MOST = 10
NAMES = ("zhang", "wang", "li")


async def more_workers(client: Client, project_id: str, numbers: range) -> None:
    for each in numbers:
        await site.entered(client, project_id, NAMES[each])


async def more_projects(client: Client, project_id: str, numbers: range) -> None:
    for each in numbers:
        await sites.another(client, name=f"样例{each}号楼")


async def more_days(client: Client, project_id: str, numbers: range) -> None:
    for each in numbers:
        await offices.copied_day(project_id, each)
        await offices.dispute_all()


LISTS: dict[str, Callable[[Client, str, range], Awaitable[None]]] = {
    "/enterprise/workers": more_workers,
    "/enterprise/ledger": more_workers,
    "/enterprise/contracts": more_workers,
    "/enterprise/projects/{project}/trainings": more_workers,
    "/enterprise/overrides": more_workers,
    "/enterprise/projects": more_projects,
    "/enterprise/corrections": more_days,
    "/enterprise/collected": more_projects,
    "/enterprise/imports": more_projects,
}


@pytest.mark.parametrize("path", LISTS)
async def test_a_list_takes_ten_statements_however_long(
    visitor: Visitor, client: Client, path: str
) -> None:
    project_id = await site.project(client)
    found = []
    await visitor.enter("officer_a")
    for numbers in (range(1), range(1, 3)):
        await LISTS[path](client, project_id, numbers)
        address = path.format(project=project_id) + "?limit=100"
        await visitor.get(address)
        with counted() as seen:
            assert (await visitor.get(address)).status == 200
        found.append(len(seen))
    assert found[0] == found[1] <= MOST, (found, seen)
