"""One act for all who ask at the same time: one statement, one commit, one round trip.

Whoever asks while an act is under way waits for the next one, together with all the others, and an
act begins when some turns of the loop have brought nobody more. So the more is asked, the less each
costs, and who asks alone waits for nobody.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from api.kit.transaction import is_open

T = TypeVar("T")
V = TypeVar("V")

TURNS = 3
"""A request that is being read asks within so many turns of the loop (`make bench-punch`)."""


class Gathering(Generic[T, V]):
    """`act` gets the items in the order of asking, at most so many, and answers in that order."""

    def __init__(self, act: Callable[[Sequence[T]], Awaitable[Sequence[V]]], most: int) -> None:
        self._act = act
        self._most = most
        self._waiting: list[tuple[T, asyncio.Future[V]]] = []
        self._running: asyncio.Task[None] | None = None

    async def ask(self, item: T) -> V:
        """The answer to this item. What the act raises, everybody who waited for it gets."""
        if is_open():
            # What a transaction sees is its own, and it holds what the others would wait for.
            [value] = await self._act([item])
            return value
        answer: asyncio.Future[V] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, answer))
        if self._running is None or self._running.done():
            # It begins after this turn of the loop: who asks in the same turn comes along.
            self._running = asyncio.create_task(self._run())
        return await answer

    async def _run(self) -> None:
        while self._waiting:
            await self._settle()
            asked, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
            answers = [answer for _, answer in asked]
            try:
                act = self._act([item for item, _ in asked])
                [found] = await asyncio.gather(act, return_exceptions=True)
                _give(answers, found)
            finally:
                # Cancelled itself, it leaves nobody waiting. An answer that was given stays.
                for answer in answers:
                    answer.cancel()

    async def _settle(self) -> None:
        """Wait while more keep asking: some turns of the loop cost less than an act of its own."""
        seen = 0
        while seen < len(self._waiting) < self._most:
            seen = len(self._waiting)
            for _ in range(TURNS):
                await asyncio.sleep(0)


def _give(answers: Sequence[asyncio.Future[V]], found: Sequence[V] | BaseException) -> None:
    # Who has gone away meanwhile is not told.
    if isinstance(found, BaseException):
        for answer in answers:
            if not answer.done():
                answer.set_exception(found)
    else:
        for answer, value in zip(answers, found, strict=True):
            if not answer.done():
                answer.set_result(value)
