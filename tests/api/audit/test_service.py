"""The audit in the database: with its act or not at all, never changed, verified to the end."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg
import pytest
from tortoise import connections
from tortoise.exceptions import BaseORMException

from api.audit import service as audit
from api.audit.models import AuditHead, AuditLine
from api.audit.rules import Break
from api.audit.tags import Purpose, Tag
from api.kit import clock
from api.kit.actor import SYSTEM, Actor, Origin
from api.kit.metrics import exposition
from api.kit.personal import Kind, Personal
from api.kit.transaction import transaction

ZHANG = UUID(int=3)
pytestmark = pytest.mark.usefixtures("app")


async def act(account: UUID | None = ZHANG, count: int = 1, **facts: str) -> None:
    """One transaction with `count` lines."""
    actor = Actor(account_id=account, session_id=uuid4(), origin=Origin("req", "203.0.113.9"))
    async with transaction():
        for _ in range(count):
            audit.record(actor, Tag.GRANT_GIVEN, ("account", account), tenant_id=uuid4(), **facts)


@pytest.fixture
async def lines(app: object) -> list[AuditLine]:
    """Five lines of one chain."""
    await act(count=2)
    await act(count=3)
    return await AuditLine.all().order_by("seq")


async def sql(text: str) -> None:
    await connections.get("default").execute_query(text)


@pytest.fixture
async def unguarded(lines: list[AuditLine], store_name: str) -> AsyncIterator[list[AuditLine]]:
    """The lines for somebody who could remove the triggers."""
    for what in ("update", "delete"):
        place = "" if store_name == "sqlite" else " ON audit_line"
        await sql(f"DROP TRIGGER audit_line_no_{what}{place}")
    yield lines


async def test_a_line_says_who_did_what_when_to_whom(app: object) -> None:
    moment = datetime(2026, 11, 1, 17, 0, 0, 123456, tzinfo=UTC)
    clock.set_clock(lambda: moment)
    await act(code="x")
    line = await AuditLine.get()
    assert (line.at, line.tag, line.account_id, line.request_id, line.subject, line.facts) == (
        moment, "grant.given", ZHANG, "req", "account", {"code": "x"},
    )  # fmt: skip
    assert (line.chain, line.seq) == ("20261102/03", 1)
    assert await audit.verify() == []


async def test_lines_follow_each_other(lines: list[AuditLine]) -> None:
    assert [line.seq for line in lines] == [1, 2, 3, 4, 5]
    assert len({line.hash for line in lines}) == 5
    head = await AuditHead.get()
    assert (head.seq, head.hash) == (5, lines[-1].hash)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_line SET tag = 'x'",
        "UPDATE audit_line SET facts = facts WHERE seq = 3",
        "DELETE FROM audit_line",
        "DELETE FROM audit_line WHERE seq = 5",
    ],
)
async def test_the_database_refuses_any_change(lines: list[AuditLine], statement: str) -> None:
    with pytest.raises((BaseORMException, asyncpg.RaiseError), match="append-only"):
        await sql(statement)
    assert await AuditLine.all().count() == 5
    assert await audit.verify() == []


@pytest.mark.parametrize("error", [RuntimeError, asyncio.CancelledError])
async def test_what_is_rolled_back_leaves_no_line(error: type[BaseException]) -> None:
    with pytest.raises(error):
        async with transaction():
            audit.record(SYSTEM, Tag.GRANT_GIVEN, ("account", None))
            raise error
    assert await AuditLine.all().count() == 0
    await act()
    assert (await AuditLine.get()).seq == 1


@pytest.mark.parametrize("fact", [1.5, b"x", ["x"], {"a": 1}, Personal.of(Kind.NAME, "张三")])
async def test_a_fact_is_an_id_a_code_or_a_count(fact: object) -> None:
    with pytest.raises(TypeError) as refusal:
        async with transaction():
            audit.record(SYSTEM, Tag.GRANT_GIVEN, ("account", None), fact=fact)  # type: ignore[arg-type]
    assert "张三" not in str(refusal.value)


async def test_many_at_once_keep_one_chain(app: object) -> None:
    await asyncio.gather(*(act(count=1 + number % 3) for number in range(30)))
    found = await AuditLine.all().order_by("seq")
    assert [line.seq for line in found] == list(range(1, 61))
    assert await audit.verify() == []


async def test_many_accounts_at_once_keep_their_chains(app: object) -> None:
    accounts = [UUID(int=number) for number in range(40)]
    await asyncio.gather(*(act(account, 2) for account in accounts))
    assert await AuditLine.all().count() == 80
    assert len(await AuditHead.all()) == 16
    assert await audit.verify() == []


async def test_one_act_may_join_several_chains_without_a_deadlock(app: object) -> None:
    async def both(first: int, second: int) -> None:
        async with transaction():
            for number in (first, second):
                audit.record(Actor(account_id=UUID(int=number)), Tag.GRANT_GIVEN, ("a", None))

    await asyncio.gather(*(both(1, 2) if n % 2 else both(2, 1) for n in range(20)))
    assert await AuditLine.all().count() == 40
    assert await audit.verify() == []


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE audit_line SET tag = 'x' WHERE seq = 3", (3, "changed")),
        ("UPDATE audit_line SET account_id = NULL WHERE seq = 2", (2, "changed")),
        ("UPDATE audit_line SET facts = '{\"a\": 1}' WHERE seq = 4", (4, "changed")),
        ("DELETE FROM audit_line WHERE seq = 2", (2, "missing")),
        ("DELETE FROM audit_line WHERE seq > 3", (4, "truncated")),
        ("DELETE FROM audit_line", (1, "truncated")),
        ("DELETE FROM audit_head", (6, "truncated")),
        ("UPDATE audit_head SET seq = 4", (6, "truncated")),
    ],
)
async def test_a_tampered_row_is_named(
    unguarded: list[AuditLine], statement: str, expected: tuple[int, str]
) -> None:
    assert await audit.verify() == []
    await sql(statement)
    assert await audit.verify() == [Break(unguarded[0].chain, *expected)]


async def test_a_tail_cut_with_its_head_is_caught_by_the_anchor(
    unguarded: list[AuditLine], tmp_path: Path
) -> None:
    await audit.anchor(tmp_path)
    assert await audit.verify_anchors(tmp_path) == []
    await sql("DELETE FROM audit_line WHERE seq > 3")
    await AuditHead.all().update(seq=3, hash=unguarded[2].hash)
    assert await audit.verify() == []
    assert await audit.verify_anchors(tmp_path) == [Break(unguarded[0].chain, 5, "truncated")]


async def test_a_whole_chain_removed_is_caught_by_the_anchor(
    unguarded: list[AuditLine], tmp_path: Path
) -> None:
    await audit.anchor(tmp_path)
    await sql("DELETE FROM audit_line")
    await sql("DELETE FROM audit_head")
    assert await audit.verify() == []
    assert await audit.verify_anchors(tmp_path) == [Break(unguarded[0].chain, 5, "truncated")]


async def test_a_growing_chain_keeps_its_older_anchors(
    lines: list[AuditLine], tmp_path: Path
) -> None:
    start, files = clock.now(), set()
    for hour in range(3):
        clock.set_clock(lambda now=start + timedelta(seconds=hour): now)  # type: ignore[misc]
        files.add(await audit.anchor(tmp_path))
        await act()
    assert len(files) == 3
    assert await audit.verify_anchors(tmp_path) == []


async def test_a_forged_anchor_is_named(unguarded: list[AuditLine], tmp_path: Path) -> None:
    file = await audit.anchor(tmp_path)
    anchored = json.loads(file.read_text())
    anchored["heads"][unguarded[0].chain] = [3, unguarded[2].hash]
    file.write_text(json.dumps(anchored))
    assert await audit.verify_anchors(tmp_path) == [Break(file.stem, 0, "anchor forged")]


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "null", '{"heads": {}}', '{"heads": 1, "signature": 2}']
)
async def test_a_mangled_anchor_is_named_too(
    lines: list[AuditLine], tmp_path: Path, text: str
) -> None:
    (tmp_path / "20261101T000000Z.json").write_text(text)
    found = await audit.verify_anchors(tmp_path)
    assert [(each.chain, each.what) for each in found] == [("20261101T000000Z", "anchor forged")]


async def test_opening_personal_data_leaves_a_line_and_a_count(app: object) -> None:
    value = Personal.of(Kind.PHONE, "13912345678")
    async with transaction():
        plain = audit.reveal(SYSTEM, value, Purpose.DELIVER, ("account", ZHANG))
    line = await AuditLine.get(tag=Tag.PERSONAL_REVEALED)
    assert plain == "13912345678"
    assert (line.subject_id, line.facts) == (ZHANG, {"kind": "phone", "purpose": "deliver"})
    assert b'gongyou_reveals_total{kind="phone",purpose="deliver"}' in exposition()


async def test_outside_of_a_transaction_nothing_is_opened(app: object) -> None:
    with pytest.raises(RuntimeError):
        audit.reveal(SYSTEM, Personal.of(Kind.NAME, "张三"), Purpose.CHECK, ("worker", None))
