"""Handing a team over: it passes with the acceptance of the next leader."""

import asyncio

import httpx

from tests.api.teams import people
from tests.api.teams.people import TEAMS, made, member_id, refusal, team
from tests.cast import Client


async def crew(client: Client, *names: str) -> str:
    """A team of the leader with these members."""
    for name in ("leader", *names):
        await people.worker(client, name)
    team_id = str((await team(client))["id"])
    await people.joined(client, team_id, *names)
    return team_id


async def offered(client: Client, team_id: str) -> str:
    body = {"member_id": await member_id(client, team_id)}
    return str(
        made(await client.post(f"{TEAMS}/{team_id}/handovers", as_="leader", json=body))["id"]
    )


async def answered(client: Client, team_id: str, offer: str, word: str, by: str) -> httpx.Response:
    return await client.post(f"{TEAMS}/{team_id}/handovers/{offer}/{word}", as_=by)


async def test_the_team_passes_with_the_acceptance(client: Client) -> None:
    team_id = await crew(client, "zhang")
    code = await people.code_of(client, team_id)
    offer = await offered(client, team_id)
    shown = await client.get(f"{TEAMS}/{team_id}/handovers/open", as_="zhang")
    assert shown.json()["to_me"] is True
    assert (await client.get(f"{TEAMS}/{team_id}", as_="leader")).json()["leading"] is True
    answer = await answered(client, team_id, offer, "accept", "zhang")
    assert (answer.status_code, answer.json()["state"]) == (200, "accepted")
    assert (await client.get(f"{TEAMS}/{team_id}", as_="zhang")).json()["leading"] is True
    assert (await client.get(f"{TEAMS}/{team_id}", as_="leader")).json()["leading"] is False
    refused = await client.post(f"{TEAMS}/{team_id}/invitations", as_="leader", json={})
    assert refusal(refused) == (403, "teams.not_leader")
    await people.worker(client, "li")
    assert refusal(await people.accept(client, code, "li")) == (409, "teams.invitation_over")
    assert (await client.post(f"{TEAMS}/{team_id}/leave", as_="leader")).status_code == 204


async def test_only_the_one_asked_answers_and_once(client: Client) -> None:
    team_id = await crew(client, "zhang")
    offer = await offered(client, team_id)
    await people.worker(client, "li")
    for by in ("leader", "li"):
        assert (await answered(client, team_id, offer, "accept", by)).status_code == 404
    answers = await asyncio.gather(
        *(answered(client, team_id, offer, "accept", "zhang") for _ in range(4))
    )
    assert sorted(each.status_code for each in answers) == [200, 404, 404, 404]


async def test_declining_and_withdrawing_change_nothing(client: Client) -> None:
    team_id = await crew(client, "zhang")
    for word in ("decline", "withdraw"):
        offer = await offered(client, team_id)
        if word == "decline":
            assert (await answered(client, team_id, offer, word, "zhang")).status_code == 200
        else:
            path = f"{TEAMS}/{team_id}/handovers/{offer}"
            assert (await client.delete(path, as_="zhang")).status_code == 403
            assert (await client.delete(path, as_="leader")).status_code == 204
        assert (await answered(client, team_id, offer, "accept", "zhang")).status_code == 404
        assert (await client.get(f"{TEAMS}/{team_id}", as_="leader")).json()["leading"] is True


async def test_one_offer_at_a_time_and_only_to_a_member(client: Client) -> None:
    team_id = await crew(client, "zhang")
    body = {"member_id": await member_id(client, team_id)}
    path = f"{TEAMS}/{team_id}/handovers"
    answers = await asyncio.gather(*(client.post(path, as_="leader", json=body) for _ in range(4)))
    assert sorted(each.status_code for each in answers) == [201, 409, 409, 409]
    own = next(m["id"] for m in await people.members(client, team_id) if m["leader"])
    answer = await client.post(path, as_="leader", json={"member_id": own})
    assert refusal(answer) == (404, "teams.no_such_member")


async def test_who_left_is_asked_no_more(client: Client) -> None:
    team_id = await crew(client, "zhang")
    offer = await offered(client, team_id)
    assert (await client.post(f"{TEAMS}/{team_id}/leave", as_="zhang")).status_code == 204
    assert (await answered(client, team_id, offer, "accept", "zhang")).status_code == 404
    answer = await client.get(f"{TEAMS}/{team_id}/handovers/open", as_="leader")
    assert refusal(answer) == (404, "teams.no_such_handover")
