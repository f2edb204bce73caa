"""Inside WeChat the phone's place and scanner come from its SDK, signed for the page."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.h5.browser.demo import People
from tests.h5.browser.opening import Openings, path_of
from tests.h5.browser.phones import Site, phone, punches, site_of

WHO = "worker.2"
WECHAT = "Mozilla/5.0 (Linux; Android 9) AppleWebKit/537.36 Mobile MicroMessenger/8.0.50"


@pytest.fixture
def site(people: People) -> Site:
    return site_of(people, WHO)


def inside(page_as: Openings, site: Site) -> Page:
    """His phone, inside WeChat, on the site."""
    return phone(page_as, WHO, site.inside, user_agent=WECHAT)


def test_wechat_says_where_the_phone_is(page_as: Openings, people: People, site: Site) -> None:
    page = inside(page_as, site)
    page.goto("/h5/punch")
    page.click("[data-punch]")
    page.wait_for_url(re.compile(r"/h5/punches/[0-9a-f-]{36}$"))
    assert punches(people, WHO)[0]["verdict"] == "inside"


def test_the_script_comes_inside_wechat_alone(page_as: Openings, site: Site) -> None:
    outside = phone(page_as, WHO, site.inside)
    outside.goto("/h5/punches/site-code")
    assert outside.locator('meta[name="wechat-sdk"]').count() == 0
    page = inside(page_as, site)
    page.goto("/h5/punches/site-code")
    expect(page.locator("[data-scan]")).to_be_visible()
    assert page.evaluate("typeof window.wx.scanQRCode") == "function"


def test_the_scanner_leads_to_the_gates_page(page_as: Openings, site: Site) -> None:
    page = inside(page_as, site)
    page.goto("/h5/punches/site-code")
    page.evaluate("window.wechatScan = 'https://site.example/h5/s/not-a-code'")
    page.click("[data-scan]")
    page.wait_for_url("**/h5/s/not-a-code")
    assert path_of(page) == "/h5/s/not-a-code"


def test_another_code_is_said_to_be_none_of_ours(page_as: Openings, site: Site) -> None:
    page = inside(page_as, site)
    page.goto("/h5/punches/site-code")
    page.evaluate("window.wechatScan = 'https://site.example/shop'")
    page.click("[data-scan]")
    expect(page.locator("[data-notice]")).to_contain_text("没扫到打卡的码")
