"""The punch's way to the disk: few statements, never changed."""

import logging
from typing import Any

import pytest
from tortoise import connections

from api.attendance.models import Punch
from api.attendance.writer import COLUMNS
from api.kit import memo
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
