"""A leader, and an acting leader, sees no document, no card, no phone of his members anywhere.

Every operation that he may call is called, on his team's world, and what it answers is searched:
for the members' data in plain text, and for fields that could hold them.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from api.kit.routes import OPERATIONS, PUBLIC, Operation
from api.permissions import ROLES
from api.teams.models import ActingLeader, ActingState, Member
from api.workers.models import Worker
from tests.api import matrix_world
from tests.api.matrix_requests import REQUESTS
from tests.api.matrix_world import LAST, OTHER, ZHANG, World
from tests.api.projects.sites import day, today
from tests.cast import PARTS, Client

MEMBERS = (ZHANG, OTHER)
FORBIDDEN = {
    "id_number", "number", "card", "bank_card", "account_number", "phone", "address", "birth",
    "worker_id", "account_id",
}  # fmt: skip
"""Names of fields under which a document, a card or a phone would go out."""
OWN = {
    "workers.", "accounts.", "enterprises.", "system.", "codes.", "boards.",
    "accidents.", "privacy.", "profiles.",
}  # fmt: skip
"""What a person asks about himself or everybody: no member's field is among it."""


def his() -> Iterator[Operation]:
    """Every operation that a team's leader may call, in an order in which they succeed."""
    held = ROLES["team_leader"].permissions
    found = [o for o in OPERATIONS.values() if o.permission == PUBLIC or o.permission in held]
    ending = {"accounts.log_out", "accounts.log_out_everywhere", *LAST}
    yield from sorted(found, key=lambda o: (o.name in ending, o.method != "GET", o.name))


def fields(value: Any) -> Iterator[str]:
    """The names of all fields in an answer that hold something."""
    if isinstance(value, dict):
        for name, each in value.items():
            if each not in (None, "", [], {}):
                yield name
            yield from fields(each)
    elif isinstance(value, list):
        for each in value:
            yield from fields(each)


def plain() -> set[str]:
    """What must not be seen of the members, whole or in parts that tell it."""
    found = {PARTS["zhang"].phone or ""}
    for each in MEMBERS:
        found |= {each.name, each.number, each.bank_card, each.phone, each.address}
        found |= {each.number[-4:] + '"', each.bank_card[-4:] + '"', each.phone[-4:] + '"'}
    return found


@pytest.fixture
async def world(client: Client) -> World:
    made = await matrix_world.made(client)
    # Li is a member too and leads for a term.
    li = await Worker.get(account_id=client.cast.ids["li"])
    await Member.create(team_id=made.ids["team_id"], worker_id=li.id, joined_on=day(today()))
    await ActingLeader.filter(team_id=made.ids["team_id"]).delete()
    await ActingLeader.create(
        team_id=made.ids["team_id"], worker_id=li.id, named_by=made.ids["leader_id"],
        from_on=day(today()), to_on=day(today(6)), state=ActingState.ACCEPTED.value,
    )  # fmt: skip
    return made


@pytest.mark.timeout(300)
@pytest.mark.parametrize("who", ["leader", "li"])
async def test_nothing_of_a_member_is_in_any_answer(client: Client, world: World, who: str) -> None:
    asked = leading = 0
    for operation in his():
        if operation.name.startswith("accounts.log_out"):
            continue
        options = REQUESTS[operation.name](world) if operation.name in REQUESTS else {}
        path = world.path(operation.path)
        answer = await client.request(operation.method, path, as_=who, **options)
        asked += 1
        shown = {text for text in plain() if text in answer.text}
        assert not shown, (operation.name, shown)
        if answer.is_success and "json" in answer.headers.get("content-type", ""):
            named = set(fields(answer.json()))
            leading += operation.name.startswith("teams.")
            if not operation.name.startswith(tuple(OWN)):
                assert not named & FORBIDDEN, (operation.name, named & FORBIDDEN)
    assert asked > 50 and leading >= 5


async def test_the_search_would_see_it(client: Client, world: World) -> None:
    """A member's number in an answer is found, masked or not, and so is its field."""
    careless = {"items": [{"name": "张*", "id_number": f"5101**********{ZHANG.number[-4:]}"}]}
    assert {text for text in plain() if text in json.dumps(careless)}
    assert set(fields(careless)) & FORBIDDEN == {"id_number"}
