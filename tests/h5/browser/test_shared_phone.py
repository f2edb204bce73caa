"""A phone of several people in Chromium: two open it by their PINs, and nothing is left behind."""

import pytest
from playwright.sync_api import Page

from h5 import cookies
from tests.demo.accounts import SHARED_PHONE
from tests.h5.browser.opening import Openings
from tests.h5.browser.standing import standing

MODES = pytest.mark.parametrize("elder", [False, True], ids=["normal", "elder"])
KEPT = """async () => {
  const names = (await indexedDB.databases()).map((each) => each.name);
  if (!names.includes("gongyou")) return [];
  const opened = await new Promise((resolve) => {
    const request = indexedDB.open("gongyou");
    request.onsuccess = () => resolve(request.result);
  });
  const keys = await new Promise((resolve) => {
    const request = opened.transaction("facts").objectStore("facts").getAllKeys();
    request.onsuccess = () => resolve(request.result);
  });
  opened.close();
  return keys;
}"""


def on_the_phone(page_as: Openings, *, elder: bool = False) -> Page:
    """The demo's shared phone, at the list of who is on it."""
    page = page_as("", elder=elder)
    page_as.cookie(page.context, cookies.PHONE, SHARED_PHONE.browser)
    page.goto("/h5/phone")
    return page


def open_first(page: Page) -> None:
    """The first one on the list opens his login."""
    page.click("main .weui-cell_active")
    page.fill("#pin", SHARED_PHONE.pin)
    page.click("main form.pin .weui-btn_primary")
    page.wait_for_url("**/h5/")


@MODES
def test_the_list_and_the_pin_stand_every_check(page_as: Openings, elder: bool) -> None:
    page = on_the_phone(page_as, elder=elder)
    assert page.locator("main .weui-cell_active").count() == 2
    assert standing(page, "h5.shared_phone.people:two") == []
    page.goto("/h5/phone")
    page.click("main .weui-cell_active")
    page.wait_for_selector("#pin")
    assert standing(page, "h5.shared_phone.unlock") == []


def test_it_is_opened_by_pin_and_handed_over_with_nothing_left(page_as: Openings) -> None:
    page = on_the_phone(page_as)
    open_first(page)
    page.wait_for_function("document.querySelector('.punch')")
    page.wait_for_timeout(500)
    assert "me" in page.evaluate(KEPT)
    page.goto("/h5/more")
    page.click("form[action='/h5/phone/lock'] .weui-btn")
    page.wait_for_url("**/h5/phone")
    page.wait_for_timeout(500)
    assert "me" not in page.evaluate(KEPT)
    page.go_back()
    page.wait_for_url("**/h5/phone?next=**")
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_it_locks_itself_after_three_minutes_without_a_touch(page_as: Openings) -> None:
    page = on_the_phone(page_as)
    page.clock.install()
    open_first(page)
    page.goto("/h5/me")
    page.clock.fast_forward(170_000)
    assert page.url.endswith("/h5/me")
    page.mouse.click(5, 5)
    page.clock.fast_forward(170_000)
    assert page.url.endswith("/h5/me")
    page.clock.fast_forward(20_000)
    page.wait_for_url("**/h5/phone?next=**")
