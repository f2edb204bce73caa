"""Fences, the screen at the gate, the poster and the notice board, without scripts."""

import json
import re
from typing import Any

import pytest

from api.attendance import site_codes
from api.kit import clock
from api.projects.models import FenceVersion
from tests.api.projects import sites
from tests.cast import Client
from tests.h5.visiting import Seen, Visitor

AREA = json.dumps({"type": "Polygon", "coordinates": [sites.SQUARE]})


@pytest.fixture
async def home(client: Client) -> str:
    """The address of a project of firm A."""
    return f"/enterprise/projects/{(await sites.project(client))['id']}"


async def drawn(visitor: Visitor, home: str, **typed: Any) -> Seen:
    seen = await visitor.get(f"{home}/fences/new")
    given: dict[str, Any] = {"name": "一期", "shape": "area", "geometry": AREA, **typed}
    return await visitor.send(seen, f"{home}/fences", **given)


async def test_a_fence_is_drawn_by_hand_and_changed(visitor: Visitor, home: str) -> None:
    await visitor.enter("officer_a")
    seen = await drawn(visitor, home)
    assert "围栏已画好" in seen.text
    link = next(each for each in seen.links if re.search(r"/fences/[0-9a-f-]{36}$", each))
    edit = await visitor.get(f"{link}/edit")
    assert json.loads(edit.form(f"{link}/edit").values["geometry"][0])["type"] == "Polygon"
    after = await visitor.send(
        edit, f"{link}/edit", shape="circle", lon="104.0658", lat="30.6574", radius_m="150"
    )
    assert "已改成新的一版" in after.text
    assert "第 2 版" in after.text
    assert await FenceVersion.all().count() == 2
    stale = await visitor.send(
        edit, f"{link}/edit", shape="circle", lon="104.0658", lat="30.6574", radius_m="90",
        once="another-page",
    )  # fmt: skip
    assert stale.status == 409
    assert "别人刚改过这个围栏" in stale.text


async def test_a_faulty_drawing_stays_and_names_its_place(visitor: Visitor, home: str) -> None:
    await visitor.enter("officer_a")
    bow = [sites.SQUARE[i] for i in (0, 2, 1, 3, 0)]
    text = json.dumps({"type": "Polygon", "coordinates": [bow]})
    seen = await drawn(visitor, home, geometry=text)
    assert seen.status == 422
    assert seen.form(f"{home}/fences").values["geometry"] == [text]
    assert "个点" in seen.text
    assert 'data-faults="geometry.coordinates' in seen.html
    for wrong in ('{"type": "Polygon",', "[1, 2]", "null", '{"type":"Polygon","coordinates":7}'):
        seen = await drawn(visitor, home, geometry=wrong)
        assert seen.status == 422, wrong
    seen = await drawn(visitor, home, shape="circle", lon="104.06", lat="30.65", radius_m="1")
    assert seen.status == 422
    assert seen.form(f"{home}/fences").values["radius_m"] == ["1"]
    assert await FenceVersion.all().count() == 0


async def test_two_taps_draw_one_fence(visitor: Visitor, home: str) -> None:
    await visitor.enter("officer_a")
    seen = await visitor.get(f"{home}/fences/new")
    for _ in range(2):
        await visitor.send(seen, f"{home}/fences", name="一期", shape="area", geometry=AREA)
    assert await FenceVersion.all().count() == 1


async def test_a_fence_is_ended(visitor: Visitor, home: str) -> None:
    await visitor.enter("officer_a")
    seen = await drawn(visitor, home)
    link = next(each for each in seen.links if re.search(r"/fences/[0-9a-f-]{36}$", each))
    after = await visitor.send(await visitor.get(link), f"{link}/end")
    assert "围栏已停用" in after.text
    assert "已停用的" in after.text


PAGES = ("fences", "fences/new", "site-code", "site-code/now", "poster", "board")


@pytest.mark.parametrize("page", PAGES)
async def test_a_stranger_finds_no_page(visitor: Visitor, home: str, page: str) -> None:
    await visitor.enter("officer_b")
    assert (await visitor.get(f"{home}/{page}")).status == 404
    await visitor.enter("zhang")
    assert (await visitor.get(f"{home}/{page}")).status == 403


async def test_the_screen_shows_the_code_of_now(visitor: Visitor, home: str) -> None:
    await visitor.enter("officer_a")
    seen = await visitor.get(f"{home}/site-code?gate=north")
    assert "<svg" in seen.html
    assert "north 号门" in seen.text
    assert 'http-equiv="refresh"' in seen.html
    answer = await visitor.http.get(
        f"{home}/site-code/now?gate=north", headers={"Accept": "application/json"}
    )
    found = answer.json()
    assert found["ends_ms"] - found["server_ms"] <= 30_000
    project_id = site_codes.opened(found["link"].rpartition("/")[2]).project_id
    assert home.endswith(str(project_id))
    site_codes.read(found["link"], project_id, clock.now())
    assert (await visitor.get(f"{home}/site-code?gate=a%20b")).status == 422


async def test_a_screen_without_login_is_told_so(visitor: Visitor, home: str) -> None:
    answer = await visitor.http.get(f"{home}/site-code/now", headers={"Accept": "application/json"})
    assert answer.status_code == 401


async def test_the_poster_and_the_board_say_what_a_site_needs(visitor: Visitor, home: str) -> None:
    await visitor.enter("officer_a")
    poster = await visitor.get(f"{home}/poster")
    for words in ("天府样例一期", "扫码打卡", "12333"):
        assert words in poster.text
    board = await visitor.get(f"{home}/board")
    assert "还缺：" in board.text
    print_form = board.form(f"{home}/board/print")
    answer = await visitor.http.post(f"{home}/board/print", data=print_form.values)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
