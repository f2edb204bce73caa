"""Many rows in one statement are the rows that the ORM would have written, on either store."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from tortoise import Tortoise, connections
from tortoise.exceptions import IntegrityError, OperationalError
from tortoise.models import Model

from api.kit import clock, rows
from api.kit.models import Job
from api.kit.personal import Kind, Personal
from api.kit.rows import add_all, set_all
from api.kit.transaction import CONNECTION, is_sqlite
from api.wages.models import WageLine
from api.wages.reckoning import PayKind
from api.wages.rules import PayState
from api.workers.models import BankCard
from tests.h5.counting import counted

pytestmark = pytest.mark.usefixtures("app")
SHEET = UUID(int=7)


def line(**changed: Any) -> WageLine:
    """A line with something in columns of every kind, and nothing in some."""
    given = {
        "sheet_id": SHEET, "worker_id": uuid4(), "engagement_id": uuid4(),
        "enterprise_id": uuid4(), "project_id": uuid4(), "contractor_id": uuid4(),
        "region": "510107", "month": "2026-10", "pay_kind": PayKind.DAY, "rate_fen": 32000,
        "unit_hours": Decimal("8.00"), "overtime_percent": 150,
        "days": [["2026-10-01", "1", "0.5"], ["2026-10-02", "1", "0"]], "units": Decimal("2.00"),
        "hours": Decimal("16.00"), "overtime_hours": Decimal("0.50"), "gross_fen": 67000,
        "deducted_fen": 0, "net_fen": 67000, "digest": "a" * 64, "hints": ["no_terms"],
        "differs": True, "unsigned_reason": "回老家了，“同意”", **changed,
    }  # fmt: skip
    return WageLine(**given)


def contents(row: Model) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row._meta.db_fields}


async def test_new_rows_read_back_as_they_were_made() -> None:
    made = [line(), line(pay_kind=None, rate_fen=None, hints=[], differs=False)]
    with counted() as sent:
        await add_all(made)
    assert len(sent) == 1
    stored = {row.id: row for row in await WageLine.filter(sheet_id=SHEET)}
    assert [contents(stored[row.id]) for row in made] == [contents(row) for row in made]


async def test_named_fields_of_given_rows_change_and_nothing_else() -> None:
    made = [line() for _ in range(3)]
    await add_all(made)
    for row, fen in zip(made[:2], (100, 200), strict=True):
        row.pay_state, row.paid_fen, row.paid_on = PayState.SENT, fen, date(2026, 11, 20)
        row.net_fen = 1
    with counted() as sent:
        await set_all(made[:2], "pay_state", "paid_fen", "paid_on")
    assert len(sent) == 1
    stored = [await WageLine.get(id=row.id) for row in made]
    assert [row.paid_fen for row in stored] == [100, 200, 0]
    assert [row.pay_state for row in stored] == [PayState.SENT, PayState.SENT, PayState.WAITING]
    assert [row.paid_on for row in stored] == [date(2026, 11, 20)] * 2 + [None]
    assert {row.net_fen for row in stored} == {67000}


async def test_nothing_to_store_asks_for_nothing() -> None:
    with counted() as sent:
        await add_all([])
        await set_all([], "net_fen")
    assert sent == []


async def test_what_is_sealed_opens_on_its_own_row_alone() -> None:
    card = Personal.of(Kind.BANK_CARD, "6217000000000000004")
    made = [BankCard(worker_id=uuid4(), number=card, number_index=card.index) for _ in range(2)]
    await add_all(made)
    stored = await BankCard.filter(number_index=card.index)
    assert [row.number.masked for row in stored] == ["尾号 0004"] * 2


async def test_a_row_that_is_there_already_is_refused_or_stays() -> None:
    first = Job(name="probe.first", args={"n": 1}, run_at=clock.now(), once="probe")
    again = Job(name="probe.again", args={"n": 2}, run_at=clock.now(), once="probe")
    await add_all([first])
    with pytest.raises(IntegrityError):
        await add_all([again])
    await add_all([again], twice=True)
    assert [row.name for row in await Job.filter(once="probe")] == ["probe.first"]


async def test_a_text_that_is_too_long_is_not_cut() -> None:
    if is_sqlite():
        pytest.skip("its columns take any length")
    row = line()
    row.region = "510107"
    await add_all([row])
    with pytest.raises(OperationalError):
        await connections.get(CONNECTION).execute_query(
            rows._insert(WageLine, tuple(WageLine._meta.fields_db_projection)),
            [["5101070"] if name == "region" else [value]
             for name, value in _written(line())],
        )  # fmt: skip


def _written(row: WageLine) -> list[tuple[str, Any]]:
    fields = row._meta.fields_map
    names = row._meta.fields_db_projection
    return [(name, fields[name].to_db_value(getattr(row, name), row)) for name in names]


async def test_the_statements_fit_every_table() -> None:
    if is_sqlite():
        pytest.skip("it takes row after row")
    models = list((Tortoise.apps or {})["models"].values())
    assert len(models) > 100
    for model in models:
        names = tuple(model._meta.fields_db_projection)
        await connections.get(CONNECTION).execute_query(
            rows._insert(model, names), [[] for _ in names]
        )
        others = tuple(name for name in names if name != "id")
        await connections.get(CONNECTION).execute_query(
            rows._update(model, others), [[] for _ in names]
        )
