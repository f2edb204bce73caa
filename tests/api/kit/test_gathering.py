"""Acts that are asked for at the same time are done once, and nobody is forgotten."""

import asyncio
from collections.abc import Sequence

import pytest

from api.kit.gathering import Gathering
from api.kit.transaction import transaction


class Act:
    """Doubles numbers; keeps which came together, and refuses where 13 is among them."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []
        self.begun, self.may_go_on = asyncio.Event(), asyncio.Event()
        self.may_go_on.set()

    async def __call__(self, items: Sequence[int]) -> list[int]:
        self.asked.append(list(items))
        self.begun.set()
        await self.may_go_on.wait()
        if 13 in items:
            raise ValueError("thirteen")
        return [2 * item for item in items]


@pytest.fixture
def act() -> Act:
    return Act()


@pytest.fixture
def gathering(act: Act) -> Gathering[int, int]:
    return Gathering(act, most=3)


async def test_who_asks_at_once_is_answered_at_once(
    act: Act, gathering: Gathering[int, int]
) -> None:
    assert await asyncio.gather(*map(gathering.ask, (3, 1, 2))) == [6, 2, 4]
    assert act.asked == [[3, 1, 2]]


async def test_who_asks_alone_waits_for_nobody(act: Act, gathering: Gathering[int, int]) -> None:
    assert [await gathering.ask(item) for item in (1, 2)] == [2, 4]
    assert act.asked == [[1], [2]]


async def test_who_comes_within_some_turns_of_the_loop_comes_along(
    act: Act, gathering: Gathering[int, int]
) -> None:
    async def after(turns: int) -> int:
        for _ in range(turns):
            await asyncio.sleep(0)
        return await gathering.ask(turns)

    assert await asyncio.gather(*map(after, (0, 2, 4))) == [0, 4, 8]
    assert act.asked == [[0, 2, 4]]


async def test_who_comes_later_goes_with_the_next(act: Act, gathering: Gathering[int, int]) -> None:
    act.may_go_on.clear()
    first = asyncio.create_task(gathering.ask(1))
    await act.begun.wait()
    rest = [asyncio.create_task(gathering.ask(item)) for item in (2, 3, 4, 5)]
    await asyncio.sleep(0)
    act.may_go_on.set()
    assert await asyncio.gather(first, *rest) == [2, 4, 6, 8, 10]
    assert act.asked == [[1], [2, 3, 4], [5]]


async def test_what_is_raised_everybody_who_came_along_hears(
    act: Act, gathering: Gathering[int, int]
) -> None:
    found = await asyncio.gather(*map(gathering.ask, (1, 13, 2, 3)), return_exceptions=True)
    assert [str(each) for each in found] == ["thirteen"] * 3 + ["6"]


async def test_who_goes_away_costs_the_others_nothing(
    act: Act, gathering: Gathering[int, int]
) -> None:
    act.may_go_on.clear()
    gone, stays = (asyncio.create_task(gathering.ask(item)) for item in (1, 2))
    await act.begun.wait()
    gone.cancel()
    act.may_go_on.set()
    assert await stays == 4
    assert gone.cancelled()


async def test_cut_short_nobody_is_left_waiting(act: Act, gathering: Gathering[int, int]) -> None:
    act.may_go_on.clear()
    waiting = asyncio.create_task(gathering.ask(1))
    await act.begun.wait()
    assert gathering._running
    gathering._running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    act.may_go_on.set()
    assert await gathering.ask(2) == 4


@pytest.mark.usefixtures("app")
async def test_a_transaction_asks_for_itself(act: Act, gathering: Gathering[int, int]) -> None:
    act.may_go_on.clear()
    others = asyncio.create_task(gathering.ask(1))
    await act.begun.wait()
    act.may_go_on.set()
    async with transaction():
        assert await gathering.ask(2) == 4
    assert await others == 2
    assert [2] in act.asked
