"""Forming teams, inviting, joining of one's own accord, leaving."""

import asyncio
import json
from datetime import timedelta

from api.kit import clock
from api.teams.models import Invitation, Member
from api.workers.models import CodeState
from tests.api.teams import people
from tests.api.teams.people import TEAMS, accept, code_of, made, member_id, members, refusal, team
from tests.cast import Client


async def test_a_verified_worker_forms_a_team_and_leads_it(client: Client) -> None:
    await people.worker(client, "leader")
    made_team = await team(client)
    assert made_team["leading"] and made_team["members"] == 1
    assert made_team["trade_name"] == "钢筋工"
    own = (await client.get(TEAMS, as_="leader")).json()["items"]
    assert [each["id"] for each in own] == [made_team["id"]]


async def test_an_unverified_worker_neither_forms_nor_joins(client: Client) -> None:
    await people.worker(client, "leader")
    code = await code_of(client, (await team(client))["id"])
    await people.unverified(client, "zhang")
    await people.worker(client, "wang", code_state=CodeState.FROZEN)
    for name in ("zhang", "wang", "li"):
        answer = await client.post(TEAMS, as_=name, json={"name": "样例班", "trade": "020"})
        assert refusal(answer) == (409, "workers.not_verified"), name
        assert refusal(await accept(client, code, name)) == (409, "workers.not_verified"), name
    assert await Member.all().count() == 1


async def test_an_invited_worker_joins_by_his_own_act_and_once(client: Client) -> None:
    await people.worker(client, "leader")
    await people.worker(client, "zhang")
    made_team = await team(client)
    code = await code_of(client, made_team["id"], uses=2)
    assert (await client.get(f"{TEAMS}/{made_team['id']}", as_="zhang")).status_code == 404
    assert made(await accept(client, code.lower(), "zhang"))["members"] == 2
    again = await accept(client, code, "zhang")
    assert again.status_code == 200
    assert (await Invitation.get(code=code)).used == 1
    assert (await client.get(f"{TEAMS}/{made_team['id']}", as_="zhang")).json()["leading"] is False


async def test_a_code_ends_by_time_by_use_and_by_revocation(client: Client) -> None:
    for name in ("leader", "zhang", "li", "wang"):
        await people.worker(client, name)
    team_id = (await team(client))["id"]
    used_up = await code_of(client, team_id, uses=1)
    made(await accept(client, used_up, "zhang"))
    assert refusal(await accept(client, used_up, "li")) == (409, "teams.invitation_over")
    revoked = made(await client.post(f"{TEAMS}/{team_id}/invitations", as_="leader", json={}))
    path = f"{TEAMS}/{team_id}/invitations/{revoked['id']}"
    for _ in range(2):
        assert (await client.delete(path, as_="leader")).status_code == 204
    assert refusal(await accept(client, revoked["code"], "li")) == (409, "teams.invitation_over")
    expired = await code_of(client, team_id, hours=1)
    moment = clock.now() + timedelta(hours=1)
    clock.set_clock(lambda: moment)
    assert refusal(await accept(client, expired, "li")) == (409, "teams.invitation_over")
    listed = (await client.get(f"{TEAMS}/{team_id}/invitations", as_="leader")).json()["items"]
    assert len(listed) == 3 and not any(each["open"] for each in listed)
    assert refusal(await accept(client, "ABCDEFGH", "li")) == (404, "teams.no_such_invitation")


async def test_guessing_codes_is_slowed_down(client: Client) -> None:
    await people.worker(client, "zhang")
    answers = [await accept(client, f"ABCDEF{i:02}", "zhang") for i in range(21)]
    assert [a.status_code for a in answers[:20]] == [404] * 20
    assert answers[20].status_code == 429


async def test_a_code_for_one_lets_one_in_under_a_race(client: Client) -> None:
    names = ("zhang", "li", "wang")
    for name in ("leader", *names):
        await people.worker(client, name)
    team_id = (await team(client))["id"]
    code = await code_of(client, team_id, uses=1)
    answers = await asyncio.gather(*(accept(client, code, name) for name in names))
    assert sorted(each.status_code for each in answers) == [201, 409, 409]
    assert len(await members(client, team_id)) == 2


async def test_joining_twice_at_once_makes_one_member(client: Client) -> None:
    for name in ("leader", "zhang"):
        await people.worker(client, name)
    code = await code_of(client, (await team(client))["id"])
    answers = await asyncio.gather(*(accept(client, code, "zhang") for _ in range(8)))
    assert sorted(each.status_code for each in answers) == [200] * 7 + [201]
    assert await Member.filter(left_on=None).count() == 2


async def test_a_leader_sees_neither_documents_nor_cards(client: Client) -> None:
    await people.worker(client, "leader")
    row = await people.worker(client, "zhang")
    team_id = (await team(client))["id"]
    await people.joined(client, team_id, "zhang")
    text = json.dumps(await members(client, team_id), ensure_ascii=False)
    assert "张样例" not in text and "张*例" in text
    for personal in (row.number.masked, "5101", "1990", "139"):
        assert personal not in text


async def test_a_member_leaves_and_may_come_back(client: Client) -> None:
    for name in ("leader", "zhang"):
        await people.worker(client, name)
    team_id = (await team(client))["id"]
    await people.joined(client, team_id, "zhang")
    assert (await client.post(f"{TEAMS}/{team_id}/leave", as_="zhang")).status_code == 204
    assert (await client.post(f"{TEAMS}/{team_id}/leave", as_="zhang")).status_code == 404
    assert (await client.get(TEAMS, as_="zhang")).json()["items"] == []
    await people.joined(client, team_id, "zhang")
    assert len(await members(client, team_id)) == 2


async def test_a_leader_leaves_last_and_with_him_the_team_ends(client: Client) -> None:
    for name in ("leader", "zhang"):
        await people.worker(client, name)
    team_id = (await team(client))["id"]
    code = await code_of(client, team_id)
    made(await accept(client, code, "zhang"))
    answer = await client.post(f"{TEAMS}/{team_id}/leave", as_="leader")
    assert refusal(answer) == (409, "teams.leader_stays")
    path = f"{TEAMS}/{team_id}/members/{await member_id(client, team_id)}"
    assert (await client.delete(path, as_="zhang")).status_code == 403
    assert (await client.delete(path, as_="leader")).status_code == 204
    assert (await client.delete(path, as_="leader")).status_code == 404
    inbox = (await client.get("/api/v1/me/messages", as_="zhang")).json()["items"]
    assert "team.removed" in [each["kind"] for each in inbox]
    assert (await client.post(f"{TEAMS}/{team_id}/leave", as_="leader")).status_code == 204
    assert (await client.get(f"{TEAMS}/{team_id}", as_="leader")).status_code == 404
    assert refusal(await accept(client, code, "zhang")) == (409, "teams.invitation_over")


async def test_the_leader_does_not_remove_himself(client: Client) -> None:
    await people.worker(client, "leader")
    team_id = (await team(client))["id"]
    own = (await members(client, team_id))[0]["id"]
    answer = await client.delete(f"{TEAMS}/{team_id}/members/{own}", as_="leader")
    assert refusal(answer) == (409, "teams.leader_stays")


async def test_a_team_has_a_bounded_number_of_open_codes(client: Client) -> None:
    await people.worker(client, "leader")
    team_id = (await team(client))["id"]
    for _ in range(20):
        await code_of(client, team_id)
    answer = await client.post(f"{TEAMS}/{team_id}/invitations", as_="leader", json={})
    assert refusal(answer) == (409, "teams.too_many_invitations")
