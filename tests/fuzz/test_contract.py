"""The API against its own document: thousands of requests of every role, and none is a surprise.

No answer is a 5xx, has an undocumented status or type, or breaks its schema; and most operations
are seen to succeed, since a refusal proves little about the answer it kept back.
"""

import sys
from collections import Counter
from datetime import timedelta
from random import Random
from typing import Any

import httpx
import pytest
import schemathesis
from sanic import Blueprint
from schemathesis import Case

from api.accounts import sessions
from api.accounts.models import Account
from api.integrations.adapters import Adapters
from api.kit import openapi
from api.kit.actor import Origin
from api.kit.routes import OPERATIONS, PUBLIC, route
from api.kit.schemas import Out
from api.kit.transaction import transaction
from tests.api import matrix_world
from tests.api.matrix_requests import REQUESTS
from tests.api.matrix_world import LAST, World
from tests.cast import PARTS, Client
from tests.emulators.fixtures import Emulators
from tests.fuzz import cases
from tests.fuzz.succeeding import SUCCEEDING

LEAST_CASES = 2_000
TOKEN_USES = 40
"""For so many requests a role keeps its token: a proof is good for five minutes."""
LEAST_SUCCEEDING = 0.97
ROLES = ("zhang", "li", "leader", "applicant", "officer_a", "manager_a", "admin_a", "admin_b",
         "officer_without_totp", "reviewer_1", "county", "neighbour", "city", "province",
         "platform_admin", "auditor", None)  # fmt: skip


@pytest.fixture
def adapters(emulated_adapters: Adapters) -> Adapters:
    return emulated_adapters


class Report:
    """What was asked and how it went."""

    def __init__(self) -> None:
        self.asked = 0
        self.statuses: Counter[int] = Counter()
        self.succeeded: set[str] = set()
        self.faults: dict[str, str] = {}

    async def add(self, name: str, case: Case[Any], answer: httpx.Response) -> None:
        await answer.request.aread()
        self.asked += 1
        self.statuses[answer.status_code] += 1
        if answer.is_success:
            self.succeeded.add(name)
        for fault in cases.faults(case, answer):
            self.faults.setdefault(f"{name} {answer.status_code} {fault}", answer.text[:200])


class Caller:
    """Sends requests as the cast, with tokens that were proved a moment ago."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self._tokens: dict[str, str] = {}
        self._uses: Counter[str] = Counter()

    async def token(self, name: str) -> str:
        self._uses[name] += 1
        if name not in self._tokens or self._uses[name] % TOKEN_USES == 0:
            self._tokens[name] = await self._fresh(name)
        return self._tokens[name]

    async def _fresh(self, name: str) -> str:
        account = await Account.get(id=self.client.cast.ids[name])
        async with transaction():
            opened = await sessions.open_session(
                account, method="test", origin=Origin(), device="fuzz",
                second_factor=PARTS[name].second_factor,
            )  # fmt: skip
        actor = await sessions.actor_of(opened.token, Origin())
        if actor is not None:
            opened = await sessions.renew(actor, sudo=True)
        return opened.token

    async def send(self, name: str | None, request: dict[str, Any]) -> httpx.Response:
        if name is None:
            return await self._send(request)
        answer = await self._send(request, await self.token(name))
        if answer.status_code == 401:
            # What was asked before may have ended the login: then it is asked with a new one.
            self._tokens[name] = await self._fresh(name)
            answer = await self._send(request, self._tokens[name])
        return answer

    async def _send(self, request: dict[str, Any], token: str = "") -> httpx.Response:
        given = dict(request)
        bearer = {"Authorization": f"Bearer {token}"} if token else {}
        headers = given.pop("headers", {}) | bearer
        method, url = given.pop("method"), given.pop("url")
        return await self.client.request(method, url, headers=headers, **given)


async def _prepared(caller: Caller, world: World, described: dict[str, Any], into: Report) -> None:
    """One well-formed request of every role to every operation."""
    for name, operation in sorted(OPERATIONS.items(), key=lambda item: item[0] in LAST):
        options = REQUESTS[name](world) if name in REQUESTS else {}
        for role in ROLES:
            await matrix_world.put_back(world, name)
            case = cases.prepared(described[name], operation, world)
            request = {"method": operation.method, "url": world.path(operation.path), **options}
            await into.add(name, case, await caller.send(role, request))


async def _drawn(caller: Caller, world: World, described: dict[str, Any], into: Report) -> None:
    """What Schemathesis draws from the document, of every role in turn."""
    chance = Random(20261101)
    for name, each in described.items():
        for number, case in enumerate(cases.drawn(each)):
            request = cases.written(cases.placed(case, world, chance))
            await into.add(name, case, await caller.send(ROLES[number % len(ROLES)], request))


@pytest.mark.timeout(1200)
async def test_no_answer_is_a_surprise(client: Client, emulators: Emulators) -> None:
    world, caller, report = await matrix_world.made(client), Caller(client), Report()
    described = cases.described(cases.schema())
    assert set(described) == set(OPERATIONS)
    for name, succeed in SUCCEEDING.items():
        case = cases.prepared(described[name], OPERATIONS[name], world)
        answer = await succeed(client, emulators, world)
        assert answer.is_success, (name, answer.text)
        await report.add(name, case, answer)
    await _prepared(caller, world, described, report)
    prepared = report.asked
    await _drawn(caller, world, described, report)
    assert not report.faults, report.faults
    assert report.asked - prepared >= LEAST_CASES
    missing = sorted(set(OPERATIONS) - report.succeeded)
    assert len(missing) <= (1 - LEAST_SUCCEEDING) * len(OPERATIONS), missing
    sys.stdout.write(f"{report.asked} requests, {dict(report.statuses)}; not succeeded: {missing}")


class Answer(Out):
    """What the seeded operation says it answers."""

    number: int


async def test_a_surprise_is_seen() -> None:
    # An address that answers otherwise than it says: a text, a 418, a crash, another type.
    blueprint = Blueprint("seeded")

    @route(blueprint, "GET", "/seeded", permission=PUBLIC)
    async def seeded(actor: Any) -> Answer:
        """Answer."""
        return Answer(number=1)

    operation = OPERATIONS.pop("seeded.seeded")
    document = openapi.document([operation], "1")
    described = cases.described(schemathesis.openapi.from_dict(document))["seeded.seeded"]
    request = httpx.Request("GET", "http://gongyou.test/seeded")
    for status, content, media_type in (
        (200, b'{"number": "one"}', "application/json"),
        (200, b'{"number": 1}', "text/html"),
        (418, b"{}", "application/problem+json"),
        (500, b"{}", "application/problem+json"),
    ):
        answer = httpx.Response(status, content=content, headers={"Content-Type": media_type})
        answer.request, answer.elapsed = request, timedelta()
        assert cases.faults(described.Case(), answer), status
