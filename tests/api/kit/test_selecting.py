"""A statement of our own gives what the ORM gives, on either store."""

from datetime import date
from uuid import uuid4

import pytest

from api.kit import clock
from api.kit.ids import new_id
from api.kit.rows import add_all
from api.kit.selecting import Select, places
from api.wages.models import LineSignature, WageLine
from api.wages.rules import PayState, Way
from tests.api.kit.test_rows import SHEET, contents, line

pytestmark = pytest.mark.usefixtures("app")
NAMES = tuple(WageLine._meta.fields_map)
WHOLE = Select(
    ", ".join(f"line.{name}" for name in NAMES), {"line": WageLine}, "FROM wage_line AS line"
)
SIGNED = Select(
    "line.id, signature.way, signature.at", {"line": WageLine, "signature": LineSignature},
    """FROM wage_line AS line
    LEFT JOIN line_signature AS signature ON signature.line_id = line.id""",
)  # fmt: skip


async def test_every_kind_of_column_is_read_as_the_orm_reads_it() -> None:
    made = [line(), line(pay_kind=None, pay_state=PayState.SENT, paid_on=date(2026, 11, 20))]
    await add_all(made)
    found = await WHOLE.rows("WHERE line.sheet_id = ? ORDER BY line.id DESC", [SHEET])
    kept = [contents(row) for row in await WageLine.filter(sheet_id=SHEET).order_by("-id")]
    assert [dict(zip(NAMES, row, strict=True)) for row in found] == kept
    assert [type(value) for value in found[0]] == [type(kept[0][name]) for name in NAMES]


async def test_placeholders_take_ids_texts_and_numbers_in_their_order() -> None:
    made = [line(month="2026-10"), line(month="2026-09"), line(month="2026-10")]
    await add_all(made)
    ids = [made[0].id, made[1].id, uuid4()]
    more = f"WHERE line.id IN ({places(ids)}) AND line.month = ? LIMIT ?"
    assert [row[0] for row in await SIGNED.rows(more, [*ids, "2026-10", 5])] == [made[0].id]


async def test_a_row_that_joins_nothing_has_none_in_its_place() -> None:
    signed, unsigned = line(), line()
    await add_all([signed, unsigned])
    at = clock.now()
    await LineSignature.create(
        id=new_id(), line_id=signed.id, worker_id=signed.worker_id, project_id=signed.project_id,
        line_version=1, digest=signed.digest, way=Way.DRAWN, at=at,
    )  # fmt: skip
    found = await SIGNED.rows("ORDER BY line.id", [])
    assert found == [(signed.id, Way.DRAWN, at), (unsigned.id, None, None)]


def test_a_column_that_no_model_has_is_noticed_when_the_program_starts() -> None:
    with pytest.raises(KeyError):
        Select("line.nothing", {"line": WageLine}, "FROM wage_line AS line")
