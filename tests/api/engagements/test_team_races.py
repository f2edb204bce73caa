"""One team per project, and never one that the worker has left, whatever happens at once."""

import asyncio
from uuid import UUID

from api.engagements import registration
from api.engagements.models import Engagement
from api.kit import jobs
from api.kit.transaction import transaction
from api.teams import membership
from tests.api.attendance import sites as punching
from tests.api.engagements import site
from tests.api.teams import people
from tests.cast import Client


async def test_who_leaves_while_his_work_is_moved_works_without_the_team(client: Client) -> None:
    """The office has looked whether he is a member and not yet written; he leaves between both."""
    project_id = UUID(await site.project(client))
    team_id, known = await site.team_of(client, "zhang")
    await punching.enter(known["zhang"].id, str(project_id))
    zhang, office = await people.actor(client, "zhang"), await people.actor(client, "officer_a")
    row = await Engagement.get(worker_id=known["zhang"].id)
    may_leave = asyncio.Event()

    async def leaves() -> None:
        await may_leave.wait()
        await membership.leave(zhang, UUID(team_id))
        await jobs.drain()

    leaving = asyncio.create_task(leaves())  # begun here, so that it is no part of what follows
    async with transaction():
        await registration.change_team(office, project_id, row.id, UUID(team_id))
        may_leave.set()
        await asyncio.wait([leaving], timeout=0.5)
    await leaving
    await jobs.drain()
    assert (await Engagement.get(id=row.id)).team_id is None


async def test_leaving_and_moving_many_times_at_once(client: Client) -> None:
    project_id = await site.project(client)
    team_id, known = await site.team_of(client, "zhang", "li")
    for name in ("zhang", "li"):
        await punching.enter(known[name].id, project_id)
    office = await people.actor(client, "officer_a")
    rows = {name: await Engagement.get(worker_id=known[name].id) for name in ("zhang", "li")}

    async def moves(name: str) -> None:
        await registration.change_team(office, UUID(project_id), rows[name].id, UUID(team_id))

    for turn in range(5):
        if turn:
            await people.joined(client, team_id, "zhang", "li")
        await asyncio.gather(
            *(moves(name) for name in rows for _ in range(3)),
            *(client.post(f"{people.TEAMS}/{team_id}/leave", as_=name) for name in rows),
            return_exceptions=True,
        )
        await jobs.drain()
        for row in rows.values():
            assert (await Engagement.get(id=row.id)).team_id is None
