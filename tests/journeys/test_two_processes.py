"""Many at once against real server processes: two on PostgreSQL with Redis, one on SQLite."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.attendance.models import Punch
from api.engagements.models import Engagement, LedgerLine, State
from api.settings import Settings
from tests.api.attendance import sites
from tests.api.engagements import site
from tests.api.engagements.site import OFFICE, Period
from tests.api.teams import people
from tests.cast import Client
from tests.journeys.serving import Server

pytestmark = pytest.mark.timeout(300)
PUNCHES, ENTRIES = 100, 15


@pytest.fixture
def servers(settings: Settings, store_name: str, tmp_path: Path) -> Iterator[list[Server]]:
    """The processes under test, all on the test's database; the first runs the jobs too."""
    with ExitStack() as stack:
        yield [
            stack.enter_context(_server(settings, tmp_path / f"process {number}", number == 0))
            for number in range(2 if store_name == "postgres" else 1)
        ]


def _server(settings: Settings, folder: Path, runs_jobs: bool) -> Server:
    folder.mkdir()
    return Server(
        folder,
        settings.database_url,
        settings.redis_url,
        DEMO="0",
        KEYS_FILE=str(settings.keys_file),
        INLINE_JOBS=str(int(runs_jobs)),
    )


async def at_once(
    servers: list[Server], token: str, path: str, bodies: list[Any]
) -> list[httpx.Response]:
    """The answers to all these, sent together and dealt out to the processes in turn."""
    async with httpx.AsyncClient(
        headers={"Authorization": f"Bearer {token}"},
        limits=httpx.Limits(max_connections=None),
        timeout=60,
        trust_env=False,
    ) as phones:
        return await asyncio.gather(
            *(
                phones.post(f"{servers[number % len(servers)].base}{path}", json=body)
                for number, body in enumerate(bodies)
            )
        )


def statuses(answers: list[httpx.Response]) -> Counter[int]:
    return Counter(answer.status_code for answer in answers)


async def test_a_hundred_identical_punches_at_once_are_one(
    client: Client, servers: list[Server]
) -> None:
    body = sites.punch(await _place(client))
    token = await client.cast.token("zhang")
    answers = await at_once(servers, token, sites.PUNCHES, [body] * PUNCHES)
    assert statuses(answers) == {201: 1, 200: PUNCHES - 1}
    [row] = await Punch.all()
    assert answers[0].json()["id"] == str(row.id)
    assert all(answer.json() == answers[0].json() for answer in answers)


async def _place(client: Client) -> str:
    project_id = await sites.site(client)
    await sites.entered(client, "zhang", project_id)
    return project_id


async def test_of_a_hundred_contents_under_one_id_one_is_kept(
    client: Client, servers: list[Server]
) -> None:
    body = sites.punch(await _place(client))
    bodies = [{**body, "note": f"第{number}个"} for number in range(PUNCHES)]
    token = await client.cast.token("zhang")
    answers = await at_once(servers, token, sites.PUNCHES, bodies)
    assert statuses(answers) == {201: 1, 409: PUNCHES - 1}
    [row] = await Punch.all()
    [taken] = [number for number, each in enumerate(answers) if each.status_code == 201]
    assert row.note == bodies[taken]["note"]


async def test_fifteen_entries_at_once_put_the_worker_into_one_team(
    client: Client, servers: list[Server]
) -> None:
    project_id = await site.project(client)
    first, known = await site.team_of(client, "zhang")
    second = str((await people.team(client, name="样例木工班"))["id"])
    await people.joined(client, second, "zhang")
    worker, token = known["zhang"], await client.cast.token("officer_a")
    periods = f"{OFFICE}/projects/{project_id}/engagements"
    bodies = [
        {"worker_code": worker.code, "trade": "020", "team_id": (first, second)[number // 2 % 2]}
        for number in range(ENTRIES)
    ]
    registered = await at_once(servers, token, periods, bodies)
    assert statuses(registered) == {201: 1, 409: ENTRIES - 1}
    [made] = [each.json() for each in registered if each.status_code == 201]
    period = Period(client, project_id, made["id"], worker, "zhang", "officer_a")
    await period.prepare()
    entered = await at_once(servers, token, f"{periods}/{made['id']}/entry", [{}] * ENTRIES)
    assert statuses(entered) == {200: ENTRIES}
    [row] = await Engagement.filter(worker_id=worker.id)
    assert row.state == State.ON_SITE
    assert str(row.team_id) in (first, second)
    assert sorted(line.mover for line in await LedgerLine.all()) == ["team", "worker"]
