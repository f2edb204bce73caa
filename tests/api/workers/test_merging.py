"""Two records were one person: what was kept of the first is seen by and counted for the second."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from api.accounts.models import RoleGrant
from api.attendance.models import Punch, Workday
from api.audit.models import AuditLine
from api.audit.tags import Tag
from api.engagements.models import Engagement
from api.kit import clock, jobs
from api.teams.models import Handover, Member, Team
from api.workers import service as workers
from api.workers.models import Worker
from tests.api.attendance import sites
from tests.api.engagements import site
from tests.api.engagements.site import OFFICE, OVERSEEN, made
from tests.api.teams import people
from tests.cast import Client


async def merge(client: Client, gone: UUID, kept: UUID, drained: bool = True) -> httpx.Response:
    path = f"{OVERSEEN}/workers/{gone}/merge"
    body = {"reason": "同一个人的两份资料", "into_id": str(kept)}
    await sites.log_in_again(client, "county")
    answer = await client.post(path, as_="county", json=body)
    assert answer.status_code == 200, answer.text
    if drained:
        await jobs.drain()
    return answer


async def listed(client: Client, path: str, as_: str, **query: Any) -> list[dict[str, Any]]:
    answer = await client.get(path, as_=as_, params=query)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def test_periods_contracts_and_trainings_become_the_kept_ones(client: Client) -> None:
    row = await site.entered(client, await site.project(client), "zhang")
    kept = await people.worker(client, "li")
    await merge(client, row.worker.id, kept.id)
    mine = await listed(client, "/api/v1/me/engagements", "li")
    assert [each["id"] for each in mine] == [row.id]
    assert len(await listed(client, "/api/v1/me/contracts", "li")) == 1
    assert len(await listed(client, "/api/v1/me/trainings", "li")) == 1
    for as_, base in (("officer_a", OFFICE), ("county", OVERSEEN)):
        path = f"{base}/engagements"
        await sites.log_in_again(client, as_)
        assert len(await listed(client, path, as_, worker_id=str(kept.id))) == 1
        assert await listed(client, path, as_, worker_id=str(row.worker.id)) == []
    # The check of the period finds contract and training, under the kept code.
    assert await row.missing() == []
    facts = [line.facts for line in await AuditLine.filter(tag=Tag.WORKER_ROWS_MOVED)]
    assert sorted((each["room"], each["rows"]) for each in facts) == [
        ("engagements", 2), ("training", 1),
    ]  # fmt: skip


async def test_the_ledger_is_read_through_both_ids(client: Client) -> None:
    row = await site.entered(client, await site.project(client), "zhang")
    kept = await people.worker(client, "li")
    await merge(client, row.worker.id, kept.id)
    lines = await listed(client, f"{OFFICE}/site-ledger", "officer_a", worker_id=str(kept.id))
    assert [line["move"] for line in lines] == ["entered"]


async def test_of_two_periods_on_one_site_one_goes_on(client: Client) -> None:
    project_id = await site.project(client)
    team_id, known = await site.team_of(client, "zhang", "li")
    gone = await site.entered(
        client, project_id, "zhang", worker=known["zhang"], team_id=team_id
    )  # fmt: skip
    kept = await site.entered(client, project_id, "li", worker=known["li"], team_id=team_id)
    await merge(client, gone.worker.id, kept.worker.id)
    rows = {str(row.id): row for row in await Engagement.filter(worker_id=kept.worker.id)}
    assert (rows[kept.id].state, rows[gone.id].state) == ("on_site", "left")
    await sites.log_in_again(client, "county")
    path = f"{OVERSEEN}/projects/{project_id}/site-counts"
    counts = (await client.get(path, as_="county")).json()
    assert (counts["entries"], counts["exits"], counts["on_site"]) == (2, 1, 1)
    assert counts["teams"][0]["on_site"] == 1


async def test_who_is_on_site_stays_and_the_one_to_come_is_off(client: Client) -> None:
    project_id = await site.project(client)
    gone = await site.entered(client, project_id, "zhang")
    kept = await site.period(client, project_id, "li")
    await merge(client, gone.worker.id, kept.worker.id)
    rows = {str(row.id): row.state for row in await Engagement.filter(worker_id=kept.worker.id)}
    assert rows == {gone.id: "on_site", kept.id: "cancelled"}


async def test_teams_follow_and_nobody_is_in_a_team_twice(client: Client) -> None:
    team_id, known = await site.team_of(client, "zhang", "li")
    path = f"{people.TEAMS}/{team_id}/handovers"
    members = {row.worker_id: row.id for row in await Member.filter(team_id=team_id)}
    body = {"member_id": str(members[known["zhang"].id])}
    made(await client.post(path, as_="leader", json=body))
    await merge(client, known["leader"].id, known["zhang"].id)
    team = await Team.get(id=team_id)
    assert team.leader_id == known["zhang"].id
    there = await Member.filter(team_id=team_id, left_on=None)
    assert sorted(row.worker_id for row in there) == sorted(
        [known["zhang"].id, known["li"].id]
    )  # fmt: skip
    assert (await Handover.get(team_id=team_id)).state == "withdrawn"


async def test_punches_and_days_are_read_under_every_id(client: Client) -> None:
    project_id = await sites.site(client)
    gone = await sites.entered(client, "zhang", project_id)
    kept = await sites.verified(client, "li")
    workday_id = await sites.worked(client, "zhang", project_id, _tomorrow())
    await sites.own(client, workday_id)
    before = await Punch.filter(worker_id=gone).count()
    await merge(client, gone, kept)
    assert await Punch.filter(worker_id=gone).count() == before == 2
    assert (await sites.own(client, workday_id, "li"))["units"] == "1.0"
    assert len(await listed(client, sites.PUNCHES, "li")) == 2
    await sites.log_in_again(client, "officer_a")
    found = await listed(client, sites.OFFICE, "officer_a", worker_id=str(kept))
    assert [day["id"] for day in found] == [workday_id]
    decided = await sites.decided(client, workday_id, "reject", reason="那天没有来")
    assert decided["status"] == "rejected", decided
    inbox = await listed(client, "/api/v1/me/messages", "li")
    assert inbox[0]["kind"] == "workday.rejected"
    body = {"reason": "我来了"}
    answer = await client.post(f"{sites.DAYS}/{workday_id}/dispute", as_="li", json=body)
    assert answer.status_code == 200, answer.text


async def test_one_person_is_counted_once_under_both_ids(client: Client) -> None:
    project_id = await sites.site(client)
    gone = await sites.entered(client, "zhang", project_id)
    kept = await sites.entered(client, "li", project_id)
    for name in ("zhang", "li"):
        await sites.worked(client, name, project_id, _tomorrow())
    await merge(client, gone, kept)
    answer = await client.get(f"{OVERSEEN}/workday-counts", as_="county")
    [pending] = answer.json()["items"]
    assert (pending["days"], pending["workers"]) == (2, 1)


@pytest.mark.parametrize("drawn", [True, False])
async def test_a_late_punch_goes_to_the_day_of_the_merged_record(
    client: Client, drawn: bool
) -> None:
    project_id = await sites.site(client)
    gone = await sites.entered(client, "zhang", project_id)
    kept = await sites.verified(client, "li")
    day = _tomorrow()
    sites.stop(sites.at(day, "08:00"))
    taken = await sites.taken(client, "zhang", sites.punch(project_id, direction="in"))
    if drawn:
        await sites.own(client, taken["workday_id"])
    sites.stop(sites.at(day, "20:00"))
    await merge(client, gone, kept)
    claimed = sites.at(day, "18:00")
    fix = sites.position(taken_at=claimed.isoformat())
    late = sites.punch(project_id, direction="out", claimed_at=claimed.isoformat(), position=fix)
    assert (await sites.taken(client, "li", late))["workday_id"] == taken["workday_id"]
    found = await sites.own(client, taken["workday_id"], "li")
    assert (found["state"], found["units"]) == ("pending", "1.0")


async def test_a_missing_punch_goes_to_the_day_of_the_merged_record(client: Client) -> None:
    project_id = await sites.site(client)
    gone = await sites.entered(client, "zhang", project_id)
    kept = await sites.verified(client, "li")
    day = _tomorrow()
    sites.stop(sites.at(day, "08:00"))
    taken = await sites.taken(client, "zhang", sites.punch(project_id, direction="in"))
    await sites.own(client, taken["workday_id"])
    sites.stop(sites.at(day, "20:00"))
    await merge(client, gone, kept)
    body = {
        "project_id": project_id, "direction": "out", "reason": "手机没电",
        "at": sites.at(day, "18:00").isoformat(),
    }  # fmt: skip
    answer = await client.post("/api/v1/corrections", as_="li", json=body)
    assert answer.status_code == 201, answer.text
    assert answer.json()["workday_id"] == taken["workday_id"]
    assert await Workday.all().count() == 1


async def test_a_chain_of_merges_ends_with_the_last(client: Client) -> None:
    row = await site.entered(client, await site.project(client), "zhang")
    second, third = await people.worker(client, "li"), await people.worker(client, "wang")
    await merge(client, row.worker.id, second.id, drained=False)
    await merge(client, second.id, third.id)
    assert (await Engagement.get(id=row.id)).worker_id == third.id
    assert set(await workers.ids_of(third.id)) == {row.worker.id, second.id, third.id}
    assert await workers.ids_of(row.worker.id) == [row.worker.id]


@pytest.mark.parametrize("account_of_kept", ["li", None])
async def test_the_leaders_role_follows_the_person(
    client: Client, account_of_kept: str | None
) -> None:
    gone = await people.worker(client, "leader")
    kept = await people.worker(client, "li")
    if account_of_kept is None:
        await Worker.filter(id=kept.id).update(account_id=None)
    await merge(client, gone.id, kept.id)
    [held] = await RoleGrant.filter(role="team_leader", ended_at=None)
    account = (await Worker.get(id=kept.id)).account_id
    assert held.account_id == account  # type: ignore[attr-defined]
    assert account == await client.cast.id(account_of_kept or "leader")


def _tomorrow() -> str:
    return (clock.today() + timedelta(days=1)).isoformat()
