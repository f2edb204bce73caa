"""导出: a file of both books that no spreadsheet executes, names masked."""

import io

import pytest
import python_calamine

from api.audit.models import AuditLine
from api.teams.models import Team
from tests.api.worklog import books
from tests.api.worklog.books import OWN, Books, made
from tests.cast import Client


@pytest.fixture
async def world(client: Client) -> Books:
    return await books.opened(client)


def cells(content: bytes) -> list[list[str]]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [[str(cell) for cell in row] for row in book.get_sheet_by_index(0).to_python()]


async def test_a_month_of_both_books_is_a_file(world: Books) -> None:
    await world.write(units="1")
    made(await world.write_of(units="0.5"))
    await world.write(kind="advance", amount_fen=50000)
    answer = await world.client.get(f"{OWN}/export", as_="zhang")
    assert answer.status_code == 200
    head, *rows = cells(answer.content)
    assert head[:3] == ["日期", "姓名", "班组"]
    [time] = [row for row in rows if "点工" in row]
    assert (time[6], time[11], time[17]) == ("1.0", "0.5", "工数不一样")
    [total] = [row for row in rows if row[0] == "合计（工人记）"]
    assert total[-11:] and "未结 −500.00 元" in total
    year = await world.client.get(f"{world.team}/export", as_="leader", params={"year": "2026"})
    assert year.status_code == 200
    [line] = await AuditLine.filter(tag="list.exported")
    assert line.account_id == await world.client.cast.id("leader")


@pytest.mark.parametrize("name", ["=1+1", "+SUM(1)", "-2x", "@x", '=HYPERLINK("http://x")'])
async def test_no_cell_is_executed(world: Books, name: str) -> None:
    await Team.filter(id=world.team_id).update(name=name)
    await world.write(units="1")
    answer = await world.client.get(f"{world.team}/export", as_="leader")
    found = [cell for row in cells(answer.content) for cell in row if name in cell]
    assert found == [f"'{name}"]
    assert b"<f>" not in answer.content
