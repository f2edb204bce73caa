"""Verified and unverified workers of the cast, and the teams they form."""

import secrets
from itertools import count
from typing import Any

import httpx

from api.accounts import sessions
from api.kit import clock
from api.kit.actor import Actor, Origin
from api.kit.ids import new_id
from api.kit.personal import Kind, Personal
from api.workers.models import CodeState, Worker, WorkerState
from tests.cast import Client
from verification.code import CodeKind, new_code

TEAMS = "/api/v1/teams"
_serial = count(10_000_000)


async def worker(client: Client, name: str, **changed: Any) -> Worker:
    """A member of the cast as a verified worker with a code in force, unless it is changed."""
    number = Personal.of(Kind.ID_NUMBER, f"5101071990{next(_serial):08}")
    values: dict[str, Any] = {
        "id": new_id(),
        "account_id": await client.cast.id(name),
        "state": WorkerState.VERIFIED,
        "id_kind": "01",
        "number": number,
        "number_index": number.index,
        "name": Personal.of(Kind.NAME, "张样例"),
        "birth": Personal.of(Kind.TEXT, "1990-05-06"),
        "sex": "male",
        "address": Personal.of(Kind.ADDRESS, "四川省成都市样例路9号"),
        "region": "510107",
        "code": new_code(CodeKind.WORKER, "51", secrets.token_bytes).compact,
        "code_state": CodeState.ACTIVE,
        "verified_at": clock.now(),
    }
    return await Worker.create(**{**values, **changed})


async def unverified(client: Client, name: str) -> Worker:
    """A member of the cast whom an enterprise collected and nobody verified."""
    return await worker(client, name, state=WorkerState.COLLECTED, code=None, code_state=None)


def made(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def refusal(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def team(client: Client, leader: str = "leader", **changed: Any) -> dict[str, Any]:
    """A team of a verified leader."""
    body = {"name": "样例钢筋班", "trade": "020", **changed}
    return made(await client.post(TEAMS, as_=leader, json=body))


async def code_of(client: Client, team_id: str, leader: str = "leader", **changed: Any) -> str:
    """A fresh invitation code of the team."""
    answer = await client.post(f"{TEAMS}/{team_id}/invitations", as_=leader, json=changed)
    return str(made(answer)["code"])


async def joined(client: Client, team_id: str, *names: str, leader: str = "leader") -> None:
    """The verified workers join the team."""
    code = await code_of(client, team_id, leader)
    for name in names:
        made(await accept(client, code, name))


async def accept(client: Client, code: str, name: str) -> httpx.Response:
    return await client.post(f"/api/v1/invitations/{code}/accept", as_=name)


async def members(client: Client, team_id: str, by: str = "leader") -> list[dict[str, Any]]:
    answer = await client.get(f"{TEAMS}/{team_id}/members", as_=by)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def member_id(client: Client, team_id: str) -> str:
    """The one member who does not lead."""
    return str(next(each["id"] for each in await members(client, team_id) if not each["leader"]))


async def own_member_id(client: Client, team_id: str, name: str) -> str:
    """The membership of one of the cast."""
    return str(next(each["id"] for each in await members(client, team_id, name) if each["me"]))


async def actor(client: Client, name: str) -> Actor:
    """One of the cast, as services see him."""
    found = await sessions.actor_of(await client.cast.token(name), Origin(ip="127.0.0.1"))
    assert found is not None
    return found
