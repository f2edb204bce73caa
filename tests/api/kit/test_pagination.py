"""Pages by cursor: every row once, in a stable order, also while rows are added."""

import base64

import pytest

from api.kit.errors import Invalid
from api.kit.models import Job
from api.kit.pagination import PageQuery, page
from tests.cast import Client

pytestmark = pytest.mark.usefixtures("app")


async def add(count: int) -> None:
    for number in range(count):
        await Job.create(name=f"n{number}", args={})


@pytest.mark.parametrize(("rows", "limit"), [(0, 3), (1, 1), (3, 3), (7, 3), (6, 3), (7, 100)])
async def test_every_row_comes_once(rows: int, limit: int) -> None:
    await add(rows)
    expected = [row.id for row in await Job.all().order_by("-id")]
    seen, cursor, pages = [], None, 0
    while pages == 0 or cursor:
        found, cursor = await page(Job.all(), PageQuery(limit=limit, cursor=cursor))
        seen += [row.id for row in found]
        pages += 1
    assert seen == expected
    assert pages == max(1, -(-rows // limit))


async def test_rows_added_meanwhile_change_no_later_page() -> None:
    await add(9)
    expected = [row.id for row in await Job.all().order_by("-id")]
    found, cursor = await page(Job.all(), PageQuery(limit=3))
    seen = [row.id for row in found]
    while cursor:
        await add(2)
        found, cursor = await page(Job.all(), PageQuery(limit=3, cursor=cursor))
        seen += [row.id for row in found]
    assert seen == expected


async def test_a_removed_row_leaves_its_cursor_good() -> None:
    await add(6)
    found, cursor = await page(Job.all(), PageQuery(limit=2))
    await Job.filter(id=found[-1].id).delete()
    rest, _ = await page(Job.all(), PageQuery(limit=9, cursor=cursor))
    assert len(rest) == 4


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "x",
        "####",
        "a" * 500,
        "汉",
        base64.urlsafe_b64encode(b"1" * 15).decode(),
        "=" * 4,
        "\x00",
    ],
)
async def test_an_unknown_cursor_names_itself(cursor: str) -> None:
    with pytest.raises(Invalid) as refusal:
        await page(Job.all(), PageQuery(cursor=cursor))
    assert refusal.value.errors[0].path == "cursor"


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=-1", "limit=x", "limit=1e2"])
async def test_a_bad_limit_is_refused(client: Client, query: str) -> None:
    answer = await client.get(f"/api/v1/me/messages?{query}", as_="zhang")
    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (422, "limit")
