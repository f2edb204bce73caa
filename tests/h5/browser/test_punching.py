"""Punching in a browser: where the phone is, what is pressed how often, and the way back."""

import re
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error, Page, expect

from tests.h5.browser.demo import People
from tests.h5.browser.opening import Openings, path_of
from tests.h5.browser.phones import Site, kept, phone, punches, site_of

WHO = "worker.2"
RESULT = re.compile(r"/h5/punches/[0-9a-f-]{36}$")
BUTTON = "[data-punch]"
SPOKEN = """window.said = [];
SpeechSynthesis.prototype.speak = (words) => window.said.push(words.text);"""


@pytest.fixture
def site(people: People) -> Site:
    return site_of(people, WHO)


def said(page: Page) -> Any:
    return page.locator("[data-notice]")


def test_inside_the_fence_one_press_is_one_punch(
    page_as: Openings, people: People, site: Site
) -> None:
    before = len(punches(people, WHO))
    page = phone(page_as, WHO, site.inside)
    page.goto("/h5/punch")
    page.click(BUTTON)
    page.wait_for_url(RESULT)
    expect(page.locator("main")).to_contain_text("打卡成功")
    expect(page.locator("main")).to_contain_text(f"“{site.name}”工地范围内")
    newest, *others = punches(people, WHO)
    assert len(others) == before
    assert (newest["method"], newest["verdict"]) == ("fence", "inside")
    assert path_of(page) == f"/h5/punches/{newest['id']}"


def test_far_off_the_way_is_said_and_the_punch_kept(
    page_as: Openings, people: People, site: Site
) -> None:
    page = phone(page_as, WHO, site.far)
    page.goto("/h5/punch")
    page.click(BUTTON)
    page.wait_for_url(RESULT)
    expect(page.locator("main")).to_contain_text(re.compile(r"离工地还有 .+ 公里。已记下"))
    assert punches(people, WHO)[0]["verdict"] == "outside"


def test_beside_the_fence_is_near(page_as: Openings, people: People, site: Site) -> None:
    page = phone(page_as, WHO, site.far, accuracy=20)
    page.goto("/h5/punch")
    page.click("[data-look]")
    expect(said(page)).to_contain_text("离工地还有")
    distance = float(re.findall(r"还有 ([\d.]+) 公里", said(page).inner_text())[0]) * 1000
    near = site.east(site.reach_m + 2_000 - distance + 60)
    page.context.set_geolocation({"longitude": near[0], "latitude": near[1], "accuracy": 150})
    page.click(BUTTON)
    page.wait_for_url(RESULT)
    assert punches(people, WHO)[0]["verdict"] in {"near", "inside"}
    expect(page.locator("main")).to_contain_text("打卡成功")


def test_a_look_shows_the_spot_and_takes_nothing(
    page_as: Openings, people: People, site: Site
) -> None:
    before = len(punches(people, WHO))
    page = phone(page_as, WHO, site.inside)
    page.goto("/h5/punch")
    page.click("[data-look]")
    expect(said(page)).to_contain_text("您在工地范围内，误差约 12 米")
    expect(page.locator("[data-sketch] .sketch-spot")).to_have_count(1)
    assert len(punches(people, WHO)) == before


def test_an_unsure_position_asks_to_go_into_the_open(
    page_as: Openings, people: People, site: Site
) -> None:
    before = len(punches(people, WHO))
    page = phone(page_as, WHO, site.inside, accuracy=800)
    page.goto("/h5/punch")
    page.click(BUTTON)
    expect(said(page)).to_contain_text("定位误差约 800 米，太大了。走到空旷处再试", timeout=12_000)
    assert len(punches(people, WHO)) == before
    page.click("[data-anyway]")
    page.wait_for_url(RESULT, timeout=15_000)
    assert punches(people, WHO)[0]["verdict"] == "uncertain"


def test_a_refused_position_says_how_to_allow_it_and_what_else(
    page_as: Openings, people: People, site: Site
) -> None:
    before = len(punches(people, WHO))
    page = page_as(WHO, permissions=[])
    page.goto("/h5/punch")
    page.click(BUTTON)
    expect(said(page)).to_contain_text("允许“定位”")
    expect(said(page)).to_contain_text("手工登记")
    expect(page.get_by_role("link", name="扫大门口的码")).to_be_visible()
    expect(page.locator("[data-anyway]")).to_be_hidden()
    assert len(punches(people, WHO)) == before


def test_two_taps_are_one_punch(page_as: Openings, people: People, site: Site) -> None:
    before = len(punches(people, WHO))
    page = phone(page_as, WHO, site.inside)
    page.goto("/h5/punch")
    page.locator(BUTTON).dblclick(no_wait_after=True)
    with suppress(Error):  # the page may have gone on meanwhile
        page.evaluate("document.querySelector('[data-punch]')?.click()")
    page.wait_for_url(RESULT)
    # Whatever a second tap had left in the phone would go out from here.
    page.goto("/h5/punch")
    page.wait_for_load_state("networkidle")
    assert kept(page) == []
    assert len(punches(people, WHO)) == before + 1


def test_the_way_back_does_not_punch_again(page_as: Openings, people: People, site: Site) -> None:
    page = phone(page_as, WHO, site.inside)
    page.goto("/h5/")
    page.goto("/h5/punch")
    page.click(BUTTON)
    page.wait_for_url(RESULT)
    after = len(punches(people, WHO))
    page.go_back()
    page.wait_for_load_state("networkidle")
    assert path_of(page) == "/h5/punch"
    page.go_forward()
    page.reload()
    page.wait_for_load_state("networkidle")
    assert len(punches(people, WHO)) == after


def test_without_scripts_one_registers_by_hand(
    page_as: Openings, people: People, site: Site
) -> None:
    page = page_as(WHO, java_script_enabled=False)
    page.goto("/h5/punch")
    page.click(BUTTON)
    assert path_of(page) == "/h5/punch/manual"
    page.fill("#note", "手机不能定位")
    page.click(".form button")
    expect(page.locator("main")).to_contain_text("已登记")
    assert punches(people, WHO)[0]["method"] == "manual"


def test_with_scripts_one_registers_by_hand_too(
    page_as: Openings, people: People, site: Site
) -> None:
    page = page_as(WHO)
    page.goto("/h5/punch/manual")
    page.fill("#note", "手机不能定位")
    page.click(".form button:not([type])")
    page.wait_for_url(RESULT)
    assert punches(people, WHO)[0]["method"] == "manual"


def test_off_the_site_nothing_is_punched_by_itself(page_as: Openings, people: People) -> None:
    who = "worker.3"
    site = site_of(people, who)
    people.ask(who, "PUT", "/me/punch-settings", json={"automatic": True})
    before = len(punches(people, who))
    page = phone(page_as, who, site.far)
    page.goto("/h5/")
    page.wait_for_load_state("networkidle")
    assert len(punches(people, who)) == before


def test_the_scanned_code_is_good_for_one_punch(
    page_as: Openings, people: People, site: Site
) -> None:
    asked = f"/enterprise/projects/{site.id}/site-codes"
    shown = people.ask("demo.wages.a", "POST", asked, json={"gate": "south"})
    path = urlsplit(shown["link"]).path
    before = len(punches(people, WHO))
    page = page_as(WHO)
    page.goto(path)
    page.click(BUTTON)
    page.wait_for_url(RESULT)
    expect(page.locator("main")).to_contain_text("打卡成功")
    assert punches(people, WHO)[0]["method"] == "site_code"
    page.goto(path)
    page.click(BUTTON)
    expect(said(page)).to_contain_text("这个码您已经用过了")
    assert kept(page) == []
    assert len(punches(people, WHO)) == before + 1


def test_the_phone_punches_by_itself_once_it_is_told_to(page_as: Openings, people: People) -> None:
    who = "worker.3"
    site = site_of(people, who)
    people.ask(who, "PUT", "/me/punch-settings", json={"automatic": True})
    page = phone(page_as, who, site.inside)
    page.goto("/h5/settings/punch")
    if not page.goto("/h5/punch") or not page.locator("[data-automatic]").count():
        # The shift is over by the clock of this run: whoever came is let out by itself.
        body = {"client_id": uuid(page), "project_id": site.id, "direction": "in"}
        come = {**body, "method": "manual", "note": "样例", "device_id": "phone-1"}
        people.ask(who, "POST", "/punches", json=come)
        page.evaluate("sessionStorage.clear()")
        page.goto("/h5/punch")
    page.wait_for_url(RESULT)
    newest = punches(people, who)[0]
    assert (newest["method"], newest["verdict"]) == ("automatic", "inside")
    page.goto("/h5/punch")
    expect(page.locator("[data-automatic]")).to_have_count(0)


def uuid(page: Page) -> str:
    return str(page.evaluate("crypto.randomUUID()"))


def test_in_large_type_the_result_is_read_aloud(
    page_as: Openings, people: People, site: Site
) -> None:
    page = phone(page_as, WHO, site.inside, elder=True)
    page.add_init_script(SPOKEN)
    page.goto("/h5/punch")
    page.click(BUTTON)
    page.wait_for_url(RESULT)
    page.wait_for_function("window.said.length > 0")
    assert page.evaluate("window.said[0]").startswith("打卡成功。您在")
    page.click("[data-speak]")
    assert page.evaluate("window.said.length") == 2
