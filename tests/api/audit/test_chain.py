"""The hash chain: whatever is done to its lines, the verifier names the first bad one."""

import random
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from api.audit.rules import SHARDS, Break, chain_of, first_break, line_hash

KEY = b"k" * 32
CHAIN = "20261101/03"
START = datetime(2026, 11, 1, tzinfo=UTC)


@dataclass
class Line:
    """A line in memory."""

    id: UUID
    chain: str
    seq: int
    at: datetime
    tag: str
    account_id: UUID | None
    session_id: UUID | None
    request_id: str
    subject: str
    subject_id: UUID | None
    tenant_id: UUID | None
    facts: dict[str, Any]
    hash: str = ""


def made(chance: random.Random, length: int, chain: str = CHAIN) -> list[Line]:
    """A whole chain of lines."""
    lines, before = [], ""
    for seq in range(1, length + 1):
        line = Line(
            _id(chance), chain, seq, START + timedelta(seconds=chance.random() * 9e4),
            "grant.given", chance.choice([None, _id(chance)]), None, "r", "account", _id(chance),
            None, {"code": chance.choice("abc"), "count": chance.randrange(9)},
        )  # fmt: skip
        line.hash = before = line_hash(KEY, before, line)
        lines.append(line)
    return lines


def _id(chance: random.Random) -> UUID:
    return UUID(int=chance.getrandbits(128))


def head(lines: list[Line]) -> tuple[int, str]:
    return (lines[-1].seq, lines[-1].hash) if lines else (0, "")


def other(value: Any, chance: random.Random) -> Any:
    """Another value of the same kind."""
    match value:
        case datetime():
            return value + timedelta(microseconds=1 + chance.randrange(10**9))
        case int():
            return value + 1 + chance.randrange(5)
        case str():
            return value + chance.choice("xyz")
        case dict():
            return value | {"code": "z", f"n{chance.randrange(99)}": 1}
        case _:
            return _id(chance)


# Each does one thing to the lines and gives the number of the first line that is no longer right.
def change(lines: list[Line], chance: random.Random) -> int:
    at = chance.randrange(len(lines))
    name = chance.choice([f.name for f in fields(Line) if f.name not in {"seq", "chain"}])
    lines[at] = copy(lines[at])
    setattr(lines[at], name, other(getattr(lines[at], name), chance))
    return at + 1


def renumber(lines: list[Line], chance: random.Random) -> int:
    at = chance.randrange(len(lines))
    lines[at] = copy(lines[at])
    lines[at].seq += 1 + chance.randrange(3)
    lines.sort(key=lambda line: line.seq)
    return at + 1


def delete(lines: list[Line], chance: random.Random) -> int:
    at = chance.randrange(len(lines))
    del lines[at]
    return at + 1


def delete_and_close_up(lines: list[Line], chance: random.Random) -> int:
    at = chance.randrange(len(lines))
    del lines[at]
    for index in range(at, len(lines)):
        lines[index] = copy(lines[index])
        lines[index].seq -= 1
    return at + 1


def insert(lines: list[Line], chance: random.Random) -> int:
    at = chance.randrange(len(lines) + 1)
    forged = copy(made(chance, 1)[0])
    forged.seq = at + 1
    forged.hash = chance.choice(["0" * 64, lines[at - 1].hash, line_hash(b"no", "", forged)])
    lines.insert(at, forged)
    for index in range(at + 1, len(lines)):
        lines[index] = copy(lines[index])
        lines[index].seq += 1
    return at + 1


def exchange(lines: list[Line], chance: random.Random) -> int:
    first, second = sorted(chance.sample(range(len(lines)), 2))
    one, two = copy(lines[first]), copy(lines[second])
    one.seq, two.seq = two.seq, one.seq
    lines[first], lines[second] = two, one
    return first + 1


def truncate(lines: list[Line], chance: random.Random) -> int:
    keep = chance.randrange(len(lines))
    del lines[keep:]
    return keep + 1


def repeat(lines: list[Line], chance: random.Random) -> int:
    at = chance.randrange(len(lines))
    lines.insert(at + 1, copy(lines[at]))
    return at + 2


def move_to_another_chain(lines: list[Line], chance: random.Random) -> int:
    foreign = made(chance, len(lines), "20261101/04")
    at = chance.randrange(len(lines))
    lines[at] = foreign[at]
    return at + 1


FAULTS: list[Callable[[list[Line], random.Random], int]] = [
    change, renumber, delete, delete_and_close_up, insert, exchange, truncate, repeat,
    move_to_another_chain,
]  # fmt: skip


def test_a_whole_chain_is_whole() -> None:
    chance = random.Random(1)
    for length in (0, 1, 2, 50):
        lines = made(chance, length)
        assert first_break(KEY, CHAIN, lines, head(lines)) is None


def test_two_thousand_faults_are_each_named_at_their_first_line() -> None:
    chance = random.Random(20261101)
    for trial in range(2_000):
        whole = made(chance, 2 + chance.randrange(12))
        end, lines = head(whole), list(whole)
        fault = FAULTS[trial % len(FAULTS)]
        expected = fault(lines, chance)
        found = first_break(KEY, CHAIN, lines, end)
        assert isinstance(found, Break), fault.__name__
        assert found.seq == expected, (fault.__name__, found)


def test_another_key_makes_another_chain() -> None:
    lines = made(random.Random(1), 3)
    assert first_break(b"x" * 32, CHAIN, lines, head(lines)) == Break(CHAIN, 1, "changed")


def test_a_recomputed_tail_differs_from_its_head() -> None:
    # Whoever has the key but not the head's row is still seen.
    lines = made(random.Random(1), 5)
    forged = made(random.Random(2), 5)
    assert first_break(KEY, CHAIN, forged, head(lines)) == Break(CHAIN, 6, "truncated")


@pytest.mark.parametrize("facts", [{"a": 1, "b": 2}, {"b": 2, "a": 1}])
def test_the_order_of_facts_does_not_count(facts: dict[str, Any]) -> None:
    line = made(random.Random(1), 1)[0]
    line.facts = {"a": 1, "b": 2}
    one = line_hash(KEY, "", line)
    line.facts = facts
    assert line_hash(KEY, "", line) == one


def test_a_chain_is_a_day_and_a_shard() -> None:
    day = date(2026, 11, 1)
    assert chain_of(day, None) == "20261101/00"
    account = uuid4()
    assert chain_of(day, account) == chain_of(day, account)
    shards = {chain_of(day, uuid4())[-2:] for _ in range(1000)}
    assert len(shards) == SHARDS
