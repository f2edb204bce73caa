"""Lists taken away as tables: what the filters show, masked, bounded, audited, for who may read."""

import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
import python_calamine

from api.audit.models import AuditLine
from api.audit.tags import Tag
from api.kit.actor import SYSTEM
from api.kit.pagination import PageQuery
from h5.exports import EXPORTS, MOST, Table, export
from h5.pages import PAGES
from tests.api.engagements import site
from tests.api.enterprises import firms
from tests.api.projects import sites as projects
from tests.api.workers import records
from tests.cast import Client
from tests.h5 import offices
from tests.h5.visiting import Seen, Visitor
from tests.specimens import person

PAGES_OUT = [name for name in PAGES if ".exports." in name]


async def taken(visitor: Visitor, page: str, to: str) -> list[list[Any]]:
    """The rows of the file that the page's button gives."""
    seen = await visitor.get(page)
    form = seen.form(to)
    answer = await visitor.http.post(form.action, data=form.values)
    assert answer.status_code == 200, Seen.of(answer).text
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
    assert "no-store" in answer.headers["cache-control"]
    return read(answer.content)


def read(content: bytes) -> list[list[Any]]:
    book = python_calamine.load_workbook(io.BytesIO(content))
    assert book.sheet_names != ["Sheet1"], "a sheet is called what it lists"
    return [list(row) for row in book.get_sheet_by_index(0).to_python()]


async def lines() -> list[AuditLine]:
    return await AuditLine.filter(tag=Tag.LIST_EXPORTED).order_by("seq")


async def test_days_leave_as_the_filters_show_them(visitor: Visitor, client: Client) -> None:
    project_id = await offices.site(client)
    await offices.worked(client, project_id)
    await offices.enter(visitor, client, "officer_a")
    query = f"?project_id={project_id}"
    [above, head, row] = await taken(
        visitor, f"/enterprise/{query}", f"/enterprise/days/export{query}"
    )
    assert "共 1 条" in above[0]
    shown = dict(zip(head, row, strict=True))
    assert shown["工人"] == "张*例"
    assert (shown["最早打卡"], shown["最晚打卡"], shown["按打卡算"]) == ("08:00", "18:00", 1.0)
    assert shown["状态"] == "待确认"
    [line] = await lines()
    assert line.facts == {
        "what": "enterprise_workdays", "rows": 1, "asked": f"project_id={project_id}",
    }  # fmt: skip
    confirmed = "?state=confirmed"
    found = await taken(visitor, f"/enterprise/{confirmed}", f"/enterprise/days/export{confirmed}")
    assert len(found) == 2


@pytest.mark.parametrize(
    ("page", "to", "words"),
    [
        ("/enterprise/workers", "/enterprise/workers/export", ["张*例", "在场"]),
        ("/enterprise/ledger", "/enterprise/ledger/export", ["张*例", "进场"]),
        ("/enterprise/contracts", "/enterprise/contracts/export", ["张*例", "已签"]),
    ],
)
async def test_lists_of_an_office(
    visitor: Visitor, client: Client, page: str, to: str, words: list[str]
) -> None:
    await site.entered(client, await site.project(client))
    await visitor.enter("officer_a")
    rows = await taken(visitor, page, to)
    assert len(rows) == 3
    for word in words:
        assert word in rows[2]


async def test_trainings_of_a_project(visitor: Visitor, client: Client) -> None:
    project_id = await site.project(client)
    await site.entered(client, project_id)
    await visitor.enter("officer_a")
    here = f"/enterprise/projects/{project_id}/trainings"
    rows = await taken(visitor, here, f"{here}/export")
    assert rows[2][:2] == ["张*例", "项目级教育"]
    assert isinstance(rows[2][3], float)


async def test_what_is_argued_about_and_let_in_all_the_same(
    visitor: Visitor, client: Client
) -> None:
    await offices.site(client)
    await offices.enter(visitor, client, "officer_a")
    for name in ("corrections", "overrides"):
        rows = await taken(visitor, f"/enterprise/{name}", f"/enterprise/{name}/export")
        assert len(rows) == 2, name


async def test_a_region_leaves_masked(visitor: Visitor, client: Client) -> None:
    await firms.both_firms(client)
    await projects.another(client, name="=样例1号楼")
    someone = person(100)
    await records.known(someone)
    await visitor.enter("county")
    for name in ("workers", "enterprises", "projects", "days"):
        rows = await taken(visitor, f"/regulator/{name}", f"/regulator/{name}/export")
        text = str(rows)
        assert someone.number not in text
        assert someone.name not in text
    rows = await taken(visitor, "/regulator/projects", "/regulator/projects/export")
    assert "'=样例1号楼" in [row[0] for row in rows]
    assert [line.facts["what"] for line in await lines()][:2] == [
        "regulator_workers", "regulator_enterprises",
    ]  # fmt: skip


@pytest.mark.usefixtures("client")
@pytest.mark.parametrize(("pages", "more"), [(50, False), (51, True)])
async def test_a_table_that_is_cut_says_so(pages: int, more: bool) -> None:
    async def fetch(asked: PageQuery) -> tuple[Sequence[int], str | None]:
        number = int(asked.cursor or 0)
        return range(asked.limit), str(number + 1) if number + 1 < pages else None

    table = Table[int]("days", "regulator.days.title", (("regulator.days.units", Decimal),))
    made = await export(SYSTEM, table, PageQuery(cursor="20"), fetch)
    rows = read(made.content)
    assert len(rows) == MOST + 2
    assert ("只有最前面的 5000 条" in rows[0][0]) is more
    [line] = await lines()
    assert line.facts["rows"] == MOST


async def test_a_stranger_takes_nothing_away(visitor: Visitor, client: Client) -> None:
    project_id = await offices.site(client)
    await offices.worked(client, project_id)
    await visitor.enter("admin_b")
    rows = await taken(visitor, "/enterprise/", "/enterprise/days/export")
    assert len(rows) == 2


async def test_too_many_are_refused_for_a_while(visitor: Visitor) -> None:
    await visitor.enter("county")
    seen = await visitor.get("/regulator/days")
    form = seen.form("/regulator/days/export")
    for _ in range(EXPORTS.times):
        assert (await visitor.http.post(form.action, data=form.values)).status_code == 200
    answer = await visitor.http.post(form.action, data=form.values)
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0


def test_each_export_is_limited_and_read_by_who_reads_the_list() -> None:
    assert len(PAGES_OUT) == 11
    for name in PAGES_OUT:
        each = PAGES[name]
        assert each.method == "POST", name
        assert EXPORTS in each.limits, name
        assert each.permission == PAGES[each.again].permission, name
