"""The offices' pages where a script matters: fence editor, gate's screen, many days at once."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.api.collecting import crew
from tests.h5.browser.opening import DESK, Openings
from tests.h5.browser.pages import MANAGER, WAGES, site
from tests.h5.browser.standing import standing

CODE_MS = 30_000


def open_at(page_as: Openings, who: str, address: str, **context: object) -> Page:
    """The page at an address below the garden's."""
    page = page_as(who, **{**DESK, **context})
    page.goto(site(address)(lambda path: page_as.people.get(who, path)))
    return page


def version_of(page: Page) -> int:
    """The newest version that a fence's page shows."""
    found = re.findall(r"第 (\d+) 版", page.inner_text("main"))
    return max(int(each) for each in found)


def draw(page: Page, spots: list[tuple[float, float]]) -> None:
    """Click the corners of an area on the map, as shares of its size, and close it."""
    box = page.locator("[data-map]").bounding_box()
    assert box
    for x, y in [*spots, spots[0]]:
        page.mouse.move(box["x"] + box["width"] * x, box["y"] + box["height"] * y)
        page.mouse.click(box["x"] + box["width"] * x, box["y"] + box["height"] * y)


def test_a_polygon_drawn_on_the_map_becomes_a_new_version(page_as: Openings) -> None:
    page = open_at(page_as, MANAGER, "/fences/{fence}")
    before = version_of(page)
    page.click("a[href$='/edit']")
    page.wait_for_selector(".leaflet-container .leaflet-pm-toolbar")
    assert page.locator("[data-says]").inner_text()
    # What was there goes; a new area takes its place.
    page.click(".leaflet-pm-icon-delete")
    for _ in range(page.locator("path.leaflet-interactive").count()):
        page.locator("path.leaflet-interactive").first.click(force=True)
    page.locator(".leaflet-pm-icon-delete").click()
    page.click(".leaflet-pm-icon-polygon")
    draw(page, [(0.4, 0.3), (0.6, 0.3), (0.6, 0.6), (0.4, 0.6)])
    expect(page.locator("[data-says]")).to_contain_text("画了 1 块，共 4 个点")
    assert '"Polygon"' in page.input_value("[name=geometry]")
    page.click("form.fence-form .actions button")
    page.wait_for_url(re.compile(r"/fences/[0-9a-f-]{36}$"))
    assert version_of(page) == before + 1
    assert "已改成新的一版" in page.inner_text("main")


def test_a_circle_is_drawn_where_none_was(page_as: Openings) -> None:
    page = open_at(page_as, MANAGER, "/fences/new")
    page.wait_for_selector(".leaflet-container .leaflet-pm-toolbar")
    page.fill("[name=name]", "临时料场")
    page.click(".leaflet-pm-icon-circle")
    draw(page, [(0.5, 0.5), (0.53, 0.5)][:2])
    assert page.input_value("[name=lon]").startswith("104.")
    assert float(page.input_value("[name=radius_m]")) > 1
    expect(page.locator("[data-says]")).to_contain_text("半径")
    assert page.is_checked("[name=shape][value=circle]")


def test_a_fault_is_shown_where_it_lies(page_as: Openings) -> None:
    page = open_at(page_as, MANAGER, "/fences/new")
    page.wait_for_selector(".leaflet-container .leaflet-pm-toolbar")
    page.fill("[name=name]", "交叉的线")
    bow = "[[104.06,30.65],[104.07,30.66],[104.07,30.65],[104.06,30.66],[104.06,30.65]]"
    page.fill("[name=geometry]", f'{{"type":"Polygon","coordinates":[{bow}]}}')
    page.click("form.fence-form .actions button")
    page.wait_for_selector("#summary")
    page.wait_for_selector(".leaflet-container .leaflet-pm-toolbar")
    assert "个点" in page.inner_text("#summary")
    assert page.locator("path[stroke='#b3261e']").count() == 1
    assert page.input_value("[name=name]") == "交叉的线"


def test_without_scripts_the_fields_are_there(page_as: Openings) -> None:
    page = open_at(page_as, MANAGER, "/fences/new", java_script_enabled=False)
    assert page.is_visible("[name=geometry]")
    assert page.is_hidden("[data-map]")


def test_the_code_changes_by_itself(page_as: Openings) -> None:
    page = page_as(WAGES, **DESK)
    page.clock.install()
    address = site("/site-code")(lambda path: page_as.people.get(WAGES, path))
    answers: list[str] = []
    page.on("response", lambda answer: answers.append(answer.url))
    page.goto(address)
    expect(page.locator("[data-state]")).to_contain_text("秒换码")
    assert page.locator("[data-code] svg path").count() > 0
    asked = len([url for url in answers if "site-code/now" in url])
    page.clock.fast_forward(CODE_MS + 1000)
    expect(page.locator("[data-state]")).to_contain_text("秒换码")
    assert len([url for url in answers if "site-code/now" in url]) > asked


def test_a_stale_code_is_never_shown_as_valid(page_as: Openings) -> None:
    page = page_as(WAGES, **DESK)
    page.clock.install()
    page.goto(site("/site-code")(lambda path: page_as.people.get(WAGES, path)))
    expect(page.locator("[data-gate]")).not_to_have_class(re.compile("is-stale"))
    offline = page.context
    offline.set_offline(True)
    page.clock.fast_forward(CODE_MS + 1000)
    expect(page.locator("[data-gate]")).to_have_class(re.compile("is-stale"))
    expect(page.locator("[data-state]")).to_contain_text("断网了")
    offline.set_offline(False)
    page.clock.fast_forward(5000)
    expect(page.locator("[data-gate]")).not_to_have_class(re.compile("is-stale"))


def test_waking_from_sleep_asks_before_it_shows(page_as: Openings) -> None:
    page = page_as(WAGES, **DESK)
    page.goto(site("/site-code")(lambda path: page_as.people.get(WAGES, path)))
    expect(page.locator("[data-state]")).to_contain_text("秒换码")
    # Asleep: the page is hidden and its clock stands still.
    page.evaluate(
        "() => { Object.defineProperty(document, 'hidden', {value: true, configurable: true});"
        " document.dispatchEvent(new Event('visibilitychange')); }"
    )
    expect(page.locator("[data-gate]")).to_have_class(re.compile("is-stale"))
    page.route("**/site-code/now*", lambda route: route.abort())
    page.evaluate(
        "() => { const now = Date.now; Date.now = () => now() + 3600000;"
        " Object.defineProperty(document, 'hidden', {value: false, configurable: true});"
        " document.dispatchEvent(new Event('visibilitychange')); }"
    )
    # Its clock ran on for an hour: the old code is gone until a new one has come.
    expect(page.locator("[data-state]")).to_contain_text("断网了")
    expect(page.locator("[data-gate]")).to_have_class(re.compile("is-stale"))
    page.unroute_all(behavior="ignoreErrors")
    expect(page.locator("[data-state]")).to_contain_text("秒换码")
    expect(page.locator("[data-gate]")).not_to_have_class(re.compile("is-stale"))


def test_a_tablet_whose_clock_is_wrong_is_told(page_as: Openings) -> None:
    page = page_as(WAGES, **DESK)

    def earlier(route: Route) -> None:
        answer = route.fetch()
        body = answer.json()
        shift = 3 * 60 * 1000
        body = {**body, "server_ms": body["server_ms"] - shift, "ends_ms": body["ends_ms"] - shift}
        route.fulfill(response=answer, json=body)

    page.route("**/site-code/now*", earlier)
    page.goto(site("/site-code")(lambda path: page_as.people.get(WAGES, path)))
    expect(page.locator("[data-skew]")).to_contain_text(re.compile(r"快了 1[78]\d 秒"))
    page.unroute_all(behavior="ignoreErrors")


def test_many_days_are_ticked_at_once_and_confirmed(page_as: Openings) -> None:
    page = page_as(WAGES, **DESK)
    page.goto("/enterprise/?limit=5")
    waiting = int(page.inner_text("h1").rpartition(" ")[2])
    page.check("[data-pick-all]")
    expect(page.locator("[data-picked]")).to_contain_text("已勾选 5 条")
    page.uncheck("td.is-pick >> nth=0 >> input")
    expect(page.locator("[data-picked]")).to_contain_text("已勾选 4 条")
    page.click(".bulk > .weui-btn")
    page.wait_for_selector(".says")
    assert "已确认 4 天" in page.inner_text(".says")
    assert int(page.inner_text("h1").rpartition(" ")[2]) == waiting - 4


@pytest.mark.parametrize("scripts", [True, False])
def test_a_file_is_imported(page_as: Openings, tmp_path: Path, scripts: bool) -> None:
    page = page_as(WAGES, java_script_enabled=scripts)
    page.goto("/enterprise/imports")
    file = tmp_path / "workers.csv"
    table = [*crew.rows(2, first=9100 + 10 * scripts), ("王样例", "51010719900101", "", "钢筋工")]
    file.write_bytes(crew.as_csv(table))
    page.set_input_files("[name=file]", file)
    page.click("main form .weui-btn_primary")
    page.wait_for_url(re.compile(r"/imports/[0-9a-f-]{36}$"))
    assert "第 4 行" in page.inner_text("main")
    if scripts:
        assert standing(page, "enterprise.imports.report") == []


@pytest.mark.parametrize("who", [WAGES, "demo.admin.a", "demo.county"])
def test_every_door_is_in_sight_on_a_phone(page_as: Openings, who: str) -> None:
    page = page_as(who)
    page.goto("/regulator/" if who == "demo.county" else "/enterprise/projects")
    doors = page.locator(".side a").all()
    assert len(doors) > 6
    for door in doors:
        box = door.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360, door.inner_text()
    side = page.locator(".side").bounding_box()
    assert side
    assert side["height"] < 180
