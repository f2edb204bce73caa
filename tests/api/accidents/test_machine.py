"""Every way of three acts through an accident and a card: the API does what the rules say."""

from itertools import product

import pytest

from api.accidents import rules
from api.accidents.models import Accident
from api.accidents.rules import Act, State
from api.cards import rules as card_rules
from api.cards.models import WorkerCard
from api.cards.rules import Act as CardAct
from api.cards.rules import State as CardState
from api.workers.models import Worker
from tests.api.accidents.test_accidents import answer, report
from tests.api.complaints.filed import made
from tests.api.profiles import world as worlds
from tests.api.profiles.profiled import CARD_IN
from tests.api.profiles.world import Site
from tests.cast import Client

ACTS = (Act.HANDLED, Act.INSURER_TOLD, Act.CLAIMED, Act.CLOSED)
WAYS = {CardAct.LOST: "loss", CardAct.RETURNED: "return"}


@pytest.fixture
async def site(client: Client) -> Site:
    return await worlds.opened(client)


async def test_an_accident_goes_as_its_rules_say(site: Site) -> None:
    row = str(made(await report(site))["id"])
    for way in product(ACTS, repeat=3):
        await Accident.filter(id=row).update(state=State.REPORTED, claimed_on=None)
        state, claimed = State.REPORTED, False
        for act in way:
            to = rules.after(state, act)
            allowed = to is not None and not (act is Act.CLAIMED and claimed)
            status = (await answer(site, row, act.value)).status_code
            assert status == (200 if allowed else 409), way
            if allowed and to is not None:
                state, claimed = to, claimed or act is Act.CLAIMED
        found = await Accident.get(id=row)
        assert (found.state, found.claimed_on is not None) == (state, claimed), way


async def test_a_card_goes_as_its_rules_say(site: Site) -> None:
    worker = await Worker.get(id=site.zhang)
    path = "/api/v1/enterprise/cards"
    body = {"worker_code": worker.code, **CARD_IN}
    row = str(made(await site.client.post(path, as_="officer_a", json=body))["id"])
    for way in product(WAYS, repeat=3):
        await WorkerCard.filter(id=row).update(state=CardState.ACTIVE, closed_on=None)
        state = CardState.ACTIVE
        for act in way:
            to = card_rules.after(state, act)
            where = f"{path}/{row}/{WAYS[act]}"
            given = {"reason": "核对"}
            status = (await site.client.post(where, as_="admin_a", json=given)).status_code
            assert status == (409 if to is None else 200), way
            state = to or state
        assert (await WorkerCard.get(id=row)).state is state, way
