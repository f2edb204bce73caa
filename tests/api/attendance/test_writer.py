"""The punch's way to the disk: few statements, never changed."""

import asyncio
import logging
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

import pytest
from tortoise import connections
from tortoise.exceptions import IntegrityError

from api.attendance.models import Punch
from api.attendance.writer import COLUMNS, GroupWriter, PunchRow, StatementWriter, row_of
from api.kit import memo
from api.kit.ids import new_id
from api.kit.transaction import CONNECTION
from tests.api.attendance import sites
from tests.cast import Client

MOST = 3


@pytest.fixture
async def project_id(client: Client) -> str:
    made = await sites.site(client)
    await sites.entered(client, "zhang", made)
    return made


def test_the_row_and_the_model_name_the_same_columns() -> None:
    assert set(COLUMNS) == Punch._meta.db_fields


class Statements(logging.Handler):
    """What the database client says it runs."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.seen: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.seen.append(record.getMessage())


@pytest.fixture
def statements() -> Any:
    heard, logger = Statements(), logging.getLogger("tortoise.db_client")
    level = logger.level
    logger.setLevel(logging.DEBUG)
    logger.addHandler(heard)
    yield heard.seen
    logger.removeHandler(heard)
    logger.setLevel(level)


async def test_a_punch_costs_at_most_three_statements(
    client: Client, project_id: str, statements: list[str]
) -> None:
    memo.Channel.open = True
    await sites.taken(client, "zhang", sites.punch(project_id))
    for earlier in range(3):
        statements.clear()
        await sites.taken(client, "zhang", sites.punch(project_id, note=str(earlier)))
        assert 1 <= len(statements) <= MOST, statements
        assert any('INSERT INTO "punch"' in each for each in statements)


class Calls:
    """A writer that keeps what was asked of it."""

    def __init__(self) -> None:
        self.sizes: list[int] = []

    async def write(self, rows: Sequence[PunchRow]) -> set[UUID]:
        self.sizes.append(len(rows))
        return await StatementWriter().write(rows)


async def fresh_rows(client: Client, project_id: str, number: int) -> list[PunchRow]:
    """Rows as the service makes them, not yet stored."""
    stored = await sites.taken(client, "zhang", sites.punch(project_id))
    row = row_of(await Punch.get(id=stored["id"]))
    return [row._replace(id=new_id(), client_id=uuid4()) for _ in range(number)]


async def test_punches_at_once_share_one_statement(client: Client, project_id: str) -> None:
    rows, calls = await fresh_rows(client, project_id, 40), Calls()
    group = GroupWriter(calls)
    found = await asyncio.gather(*(group.write([row]) for row in rows))
    assert calls.sizes == [40]
    assert found == [{row.id} for row in rows]
    assert [each.id for each in rows] == sorted(each.id for each in rows)
    assert await Punch.filter(id__in=[row.id for row in rows]).count() == 40


async def test_of_the_same_punch_twice_at_once_one_is_stored(
    client: Client, project_id: str
) -> None:
    [row] = await fresh_rows(client, project_id, 1)
    twins = [row._replace(id=new_id()) for _ in range(20)]
    group = GroupWriter(StatementWriter())
    found = await asyncio.gather(*(group.write([each]) for each in twins))
    assert sum(map(len, found)) == 1
    assert await Punch.filter(client_id=row.client_id).count() == 1


async def test_a_row_that_cannot_be_stored_costs_the_others_nothing(
    client: Client, project_id: str
) -> None:
    rows = await fresh_rows(client, project_id, 5)
    missing: Any = None
    spoilt = [*rows[:2], rows[2]._replace(detail=missing), *rows[3:]]
    group = GroupWriter(StatementWriter())
    found = await asyncio.gather(*(group.write([row]) for row in spoilt), return_exceptions=True)
    assert isinstance(found[2], IntegrityError)
    good = [row.id for row in spoilt if row is not spoilt[2]]
    assert [each for each in found if isinstance(each, set)] == [{each} for each in good]
    assert await Punch.filter(id__in=good).count() == 4


async def test_more_rows_than_sqlite_takes_at_once(client: Client, project_id: str) -> None:
    rows = await fresh_rows(client, project_id, 1001)
    assert await StatementWriter().write(rows) == {row.id for row in rows}


async def test_what_is_remembered_is_forgotten_with_a_frozen_code(
    client: Client, project_id: str
) -> None:
    memo.Channel.open = True
    await sites.taken(client, "zhang", sites.punch(project_id))
    worker_id = await sites.worker_id(client, "zhang")
    path = f"/api/v1/regulator/workers/{worker_id}/code-changes"
    answer = await client.post(path, as_="county", json={"action": "freeze", "reason": "有人举报"})
    assert answer.status_code == 200, answer.text
    answer = await sites.punched(client, "zhang", sites.punch(project_id))
    assert answer.status_code == 409


async def test_a_punch_is_never_changed_nor_deleted(client: Client, project_id: str) -> None:
    await sites.taken(client, "zhang", sites.punch(project_id))
    connection = connections.get(CONNECTION)
    for sql in ("UPDATE punch SET day = '2020-01-01'", "DELETE FROM punch"):
        with pytest.raises(Exception, match="append-only"):
            await connection.execute_query(sql)
    assert await Punch.all().count() == 1
