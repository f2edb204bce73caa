"""Of many that act at once one wins; `make drill-races` plays two hundred rounds of the same."""

import random
from collections import Counter
from functools import partial

import pytest

from api.audit import service as audit
from api.integrations.adapters import Adapters
from tests.api.payroll import banked, races
from tests.api.payroll.races import Round
from tests.cast import Client
from tests.emulators.fixtures import Emulators

ROUNDS = 2


@pytest.fixture
def adapters(emulated_adapters: Adapters) -> Adapters:
    return emulated_adapters


async def test_of_sixteen_at_once_one_wins_on_the_whole_way(
    client: Client, emulators: Emulators
) -> None:
    world, dice = await banked.opened(client, emulators), random.Random(20261129)
    for _ in range(ROUNDS):
        one = Round(world, partial(races.contend, client), dice)
        await one.play()
        assert {race: answers.total() for race, answers in one.answers.items()} == dict.fromkeys(
            one.answers, races.CONTENDERS
        )
        assert len(one.answers) == 8
    assert await audit.verify() == []


@pytest.mark.parametrize(
    "answers",
    [
        ["200", "200"],
        ["409 wages.wrong_step"],
        ["200", "500 server.unexpected"],
        ["200", "IntegrityError"],
    ],
)
def test_two_winners_none_or_a_fault_of_ours_would_be_seen(answers: list[str]) -> None:
    with pytest.raises(AssertionError, match="Counter"):
        races.won_by_one(answers, "200", {"409 wages.wrong_step"})
    assert Counter(answers)
