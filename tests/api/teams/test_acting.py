"""代班长: a member leads beside the leader for a term that he accepted, and not a day longer."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest

from api.audit.models import AuditLine
from api.kit import clock, jobs
from api.teams import service as teams
from api.teams.models import ActingLeader, ActingState, Team
from api.workers.models import CodeState, Worker
from tests.api.teams import people
from tests.api.teams.people import TEAMS, made, refusal, team
from tests.cast import Client


async def crew(client: Client, *names: str) -> str:
    """A team of the leader with these members."""
    for name in ("leader", *names):
        await people.worker(client, name)
    team_id = str((await team(client))["id"])
    await people.joined(client, team_id, *names)
    return team_id


def term(first: int = 0, last: int = 6) -> dict[str, str]:
    """Days from today."""
    today = clock.today()
    days = {"from_on": today + timedelta(days=first), "to_on": today + timedelta(days=last)}
    return {name: day.isoformat() for name, day in days.items()}


async def named(client: Client, team_id: str, name: str = "zhang", **changed: Any) -> str:
    """The offer to this member."""
    body = {"member_id": await people.own_member_id(client, team_id, name), **term(), **changed}
    answer = await client.post(f"{TEAMS}/{team_id}/acting-leaders", as_="leader", json=body)
    return str(made(answer)["id"])


async def said(client: Client, team_id: str, acting: str, word: str, by: str) -> httpx.Response:
    return await client.post(f"{TEAMS}/{team_id}/acting-leaders/{acting}/{word}", as_=by)


async def acting(client: Client, team_id: str, name: str = "zhang", **changed: Any) -> str:
    """The term of this member, which he has accepted."""
    offer = await named(client, team_id, name, **changed)
    answer = await said(client, team_id, offer, "accept", name)
    assert (answer.status_code, answer.json()["state"]) == (200, "accepted")
    return offer


async def invites(client: Client, team_id: str, name: str) -> int:
    """The status of inviting somebody: what only those do who lead."""
    answer = await client.post(f"{TEAMS}/{team_id}/invitations", as_=name, json={})
    return answer.status_code


async def kinds(client: Client, name: str) -> list[str]:
    listed = (await client.get("/api/v1/me/messages", as_=name)).json()["items"]
    return [each["kind"] for each in listed]


async def next_days(days: int) -> None:
    moment = clock.now() + timedelta(days=days)
    clock.set_clock(lambda: moment)


async def test_who_accepted_leads_beside_the_leader(client: Client) -> None:
    team_id = await crew(client, "zhang", "li")
    offer = await named(client, team_id)
    assert await invites(client, team_id, "zhang") == 403
    assert "team.acting_offered" in await kinds(client, "zhang")
    assert (await said(client, team_id, offer, "accept", "zhang")).status_code == 200
    assert [await invites(client, team_id, name) for name in ("leader", "zhang")] == [201, 201]
    assert await invites(client, team_id, "li") == 403
    shown = (await client.get(f"{TEAMS}/{team_id}", as_="zhang")).json()
    assert (shown["leading"], shown["acting"], shown["acting_leader"]) == (False, True, "张*例")
    assert (await client.get(f"{TEAMS}/{team_id}", as_="leader")).json()["leading"] is True
    for name in ("leader", "li"):
        assert "team.acting_named" in await kinds(client, name)
    rows = await people.members(client, team_id, "li")
    assert sorted((row["leader"], row["acting"], row["me"]) for row in rows) == [
        (False, False, True), (False, True, False), (True, False, False),
    ]  # fmt: skip


async def test_he_removes_members_but_not_the_leader(client: Client) -> None:
    team_id = await crew(client, "zhang", "li")
    await acting(client, team_id)
    leader = await people.own_member_id(client, team_id, "leader")
    answer = await client.delete(f"{TEAMS}/{team_id}/members/{leader}", as_="zhang")
    assert refusal(answer) == (409, "teams.leader_stays")
    li = await people.own_member_id(client, team_id, "li")
    path = f"{TEAMS}/{team_id}/members/{li}"
    assert (await client.delete(path, as_="zhang")).status_code == 204
    line = await AuditLine.filter(tag="team.left").get()
    assert line.facts["acting"] is True and line.account_id == client.cast.ids["zhang"]


async def test_he_neither_hands_over_nor_names_nor_withdraws(client: Client) -> None:
    team_id = await crew(client, "zhang", "li")
    await acting(client, team_id)
    li = await people.own_member_id(client, team_id, "li")
    handover = await client.post(
        f"{TEAMS}/{team_id}/handovers", as_="zhang", json={"member_id": li}
    )
    assert refusal(handover) == (403, "teams.not_leader")
    body = {"member_id": li, **term()}
    naming = await client.post(f"{TEAMS}/{team_id}/acting-leaders", as_="zhang", json=body)
    assert refusal(naming) == (403, "teams.not_leader")


async def test_the_term_decides_to_the_day(client: Client) -> None:
    team_id = await crew(client, "zhang")
    await acting(client, team_id, **term(2, 4))
    for passed, status in ((0, 403), (2, 201), (2, 201), (1, 403)):
        await next_days(passed)
        assert await invites(client, team_id, "zhang") == status
        assert await invites(client, team_id, "leader") == 201


async def test_with_its_last_day_it_ends_by_itself_and_both_are_told(client: Client) -> None:
    team_id = await crew(client, "zhang")
    await acting(client, team_id)
    await jobs.TIMETABLE["teams.end_terms"].handler()
    assert (await ActingLeader.get()).state == ActingState.ACCEPTED
    await next_days(7)
    assert refusal(await client.get(f"{TEAMS}/{team_id}/acting-leaders/open", as_="leader")) == (
        404, "teams.no_such_acting",
    )  # fmt: skip
    for _ in range(2):
        await jobs.TIMETABLE["teams.end_terms"].handler()
    assert (await ActingLeader.get()).state == ActingState.ENDED
    for name in ("leader", "zhang"):
        assert (await kinds(client, name)).count("team.acting_ended") == 1


async def test_a_new_one_is_named_though_nobody_closed_the_old_term(client: Client) -> None:
    team_id = await crew(client, "zhang", "li")
    await acting(client, team_id)
    await next_days(7)
    await acting(client, team_id, "li")
    states = [row.state for row in await ActingLeader.all().order_by("id")]
    assert states == ["ended", "accepted"]


@pytest.mark.parametrize("by", ["leader", "zhang"])
async def test_it_is_ended_by_the_leader_or_by_himself(client: Client, by: str) -> None:
    team_id = await crew(client, "zhang", "li")
    one = await acting(client, team_id)
    path = f"{TEAMS}/{team_id}/acting-leaders/{one}"
    assert refusal(await client.delete(path, as_="li")) == (403, "teams.not_leader")
    assert (await client.delete(path, as_=by)).status_code == 204
    assert refusal(await client.delete(path, as_=by)) == (404, "teams.no_such_acting")
    assert await invites(client, team_id, "zhang") == 403
    other = "zhang" if by == "leader" else "leader"
    assert "team.acting_ended" in await kinds(client, other)
    assert "team.acting_ended" not in await kinds(client, by)


async def test_leaving_being_removed_and_a_hand_over_end_it(client: Client) -> None:
    team_id = await crew(client, "zhang", "li")
    await acting(client, team_id)
    assert (await client.post(f"{TEAMS}/{team_id}/leave", as_="zhang")).status_code == 204
    assert not await ActingLeader.filter(state=ActingState.ACCEPTED).exists()
    await acting(client, team_id, "li")
    li = await people.own_member_id(client, team_id, "li")
    await client.delete(f"{TEAMS}/{team_id}/members/{li}", as_="leader")
    assert not await ActingLeader.filter(state=ActingState.ACCEPTED).exists()
    await people.joined(client, team_id, "zhang", "li")
    await acting(client, team_id)
    li = await people.own_member_id(client, team_id, "li")
    offered = await client.post(
        f"{TEAMS}/{team_id}/handovers", as_="leader", json={"member_id": li}
    )
    answer = await client.post(
        f"{TEAMS}/{team_id}/handovers/{made(offered)['id']}/accept", as_="li"
    )
    assert answer.status_code == 200
    assert not await ActingLeader.filter(state=ActingState.ACCEPTED).exists()
    assert await invites(client, team_id, "zhang") == 403


async def test_who_joins_again_leads_no_more(client: Client) -> None:
    team_id = await crew(client, "zhang")
    await acting(client, team_id)
    await client.post(f"{TEAMS}/{team_id}/leave", as_="zhang")
    await people.joined(client, team_id, "zhang")
    assert await invites(client, team_id, "zhang") == 403


async def test_only_the_one_asked_answers_and_once(client: Client) -> None:
    team_id = await crew(client, "zhang", "li")
    offer = await named(client, team_id)
    for by in ("leader", "li"):
        assert (await said(client, team_id, offer, "accept", by)).status_code == 404
    answers = await asyncio.gather(
        *(said(client, team_id, offer, word, "zhang") for word in ("accept", "decline") * 3)
    )
    assert sorted(each.status_code for each in answers) == [200, 404, 404, 404, 404, 404]


async def test_declined_the_leader_is_told_and_may_ask_another(client: Client) -> None:
    team_id = await crew(client, "zhang", "li")
    offer = await named(client, team_id)
    assert (await said(client, team_id, offer, "decline", "zhang")).json()["state"] == "declined"
    assert "team.acting_declined" in await kinds(client, "leader")
    await acting(client, team_id, "li")


async def test_one_at_a_time_under_a_race(client: Client) -> None:
    team_id = await crew(client, "zhang", "li")
    ids = [await people.own_member_id(client, team_id, name) for name in ("zhang", "li")]
    answers = await asyncio.gather(
        *(
            client.post(
                f"{TEAMS}/{team_id}/acting-leaders", as_="leader", json={"member_id": one, **term()}
            )
            for one in ids * 3
        )
    )
    assert sorted(each.status_code for each in answers) == [201] + [409] * 5
    assert {a.json()["code"] for a in answers if a.status_code == 409} == {"teams.acting_open"}


async def test_accepting_while_being_removed_leaves_no_stranger_leading(client: Client) -> None:
    team_id = await crew(client, "zhang")
    offer = await named(client, team_id)
    member = await people.own_member_id(client, team_id, "zhang")
    await asyncio.gather(
        said(client, team_id, offer, "accept", "zhang"),
        client.delete(f"{TEAMS}/{team_id}/members/{member}", as_="leader"),
    )
    assert not await ActingLeader.filter(state__in=["offered", "accepted"]).exists()


@pytest.mark.parametrize("days", [(-1, 3), (3, 2), (0, 92), (32, 33), None])
async def test_a_term_is_of_days_to_come_and_bounded(
    client: Client, days: tuple[int, int] | None
) -> None:
    team_id = await crew(client, "zhang")
    wrong = term(*days) if days else {"from_on": "x", "to_on": "y"}
    body = {"member_id": await people.own_member_id(client, team_id, "zhang"), **wrong}
    answer = await client.post(f"{TEAMS}/{team_id}/acting-leaders", as_="leader", json=body)
    assert answer.status_code == 422
    assert {each["path"] for each in answer.json()["errors"]} <= {"from_on", "to_on"}


async def test_who_is_not_verified_now_is_not_asked_and_does_not_accept(client: Client) -> None:
    team_id = await crew(client, "zhang")
    offer = await named(client, team_id)
    zhang = Worker.filter(account_id=client.cast.ids["zhang"])
    await zhang.update(code_state=CodeState.FROZEN)
    assert refusal(await said(client, team_id, offer, "accept", "zhang")) == (
        409, "workers.not_verified",
    )  # fmt: skip
    path = f"{TEAMS}/{team_id}/acting-leaders"
    assert (await client.delete(f"{path}/{offer}", as_="leader")).status_code == 204
    body = {"member_id": await people.own_member_id(client, team_id, "zhang"), **term()}
    answer = await client.post(path, as_="leader", json=body)
    assert refusal(answer) == (409, "teams.member_not_verified")


async def test_other_rooms_are_told_who_leads_today(client: Client) -> None:
    team_id = await crew(client, "zhang", "li")
    await acting(client, team_id)
    row = await Team.get(id=team_id)
    zhang = await Worker.get(account_id=client.cast.ids["zhang"])
    found = (await teams.leaders_today({row.id}))[row.id]
    assert (found.leader_id, found.acting_id) == (row.leader_id, zhang.id)
    for name, led in (("leader", [row.id]), ("zhang", [row.id]), ("li", [])):
        assert await teams.leads(await people.actor(client, name)) == led
    by_zhang = await teams.led(await people.actor(client, "zhang"), row.id)
    assert by_zhang.acting and by_zhang.worker.id == zhang.id
    await next_days(7)
    assert (await teams.leaders_today({row.id}))[row.id].acting_id is None
    assert await teams.leads(await people.actor(client, "zhang")) == []
