"""The browser's way back asks for nothing to be sent again, with scripts and without."""

import pytest
from playwright.sync_api import Page, expect

from tests.h5.browser.opening import Openings, path_of
from tests.h5.browser.test_registering import Newcomer, give, newcomer

__all__ = ["newcomer"]
CODE, FIELDS, FACE = "/h5/login/code", "/h5/register/fields", "/h5/register/face"
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


def there_and_back(page: Page) -> None:
    """Load the page again, go back, and come again; each time it is a page of ours."""
    here, words = path_of(page), page.locator("main").inner_text()
    for go in (page.reload, page.go_back, page.go_forward):
        answer = go()
        assert answer is None or answer.request.method == "GET"
        expect(page.locator("main")).to_be_visible()
    assert path_of(page) == here
    assert page.locator("main").inner_text() == words


@SCRIPTS
def test_between_phone_and_code(page_as: Openings, scripts: bool) -> None:
    page = page_as("", java_script_enabled=scripts)
    page.goto("/h5/login?next=/h5/more")
    page.fill("#phone", "13912")
    page.locator("main form").first.evaluate("(form) => form.submit()") if scripts else page.click(
        "main form .weui-btn_primary"
    )
    expect(page.locator("#summary")).to_contain_text("11 位")
    page.fill("#phone", "13900007711" if scripts else "13900007713")
    page.click("main form .weui-btn_primary")
    expect(page.locator("#code")).to_be_visible()
    there_and_back(page)
    page.fill("#code", "000000")
    page.click("main form .weui-btn_primary")
    expect(page.locator("#summary")).to_contain_text("验证码不对")
    page.fill("#code", "246810")
    page.click("main form .weui-btn_primary")
    page.wait_for_url("**/h5/more")
    page.go_back()
    expect(page.locator("main")).to_be_visible()


@SCRIPTS
def test_between_fields_and_face(page_as: Openings, newcomer: Newcomer, scripts: bool) -> None:
    page = page_as.with_token(newcomer.token, java_script_enabled=scripts)
    give(page, newcomer.person)
    page.click("main form[enctype] .weui-btn_primary")
    page.wait_for_url(f"**{FIELDS}")
    page.fill("#nation", "藏族")
    page.click(f"main form[action='{FIELDS}'] .weui-btn_primary")
    page.wait_for_url(f"**{FACE}")
    there_and_back(page)
    page.click(f"main a[href='{FIELDS}']")
    expect(page.locator("#nation")).to_have_value("藏族")
    page.go_back()
    page.click(f"main form[action='{FACE}'] .weui-btn_primary")
    expect(page.locator("#selfie")).to_be_attached()
    there_and_back(page)


def test_two_taps_on_sending_the_code_still_lead_to_its_field(page_as: Openings) -> None:
    page = page_as("")
    page.goto("/h5/login")
    page.fill("#phone", "13900007712")
    page.dblclick("main form .weui-btn_primary")
    expect(page.locator("#code")).to_be_visible()
    page.fill("#code", "246810")
    page.click("main form[action='/h5/login'] .weui-btn_primary")
    page.wait_for_url("**/h5/")


def test_the_answer_about_a_code(page_as: Openings) -> None:
    shown = page_as("worker")
    shown.goto("/h5/code")
    code = shown.locator(".qr-text").inner_text()
    page = page_as("")
    page.goto("/h5/codes")
    page.fill("#verification_code", code)
    page.click("main form .weui-btn_primary")
    page.wait_for_url("**/h5/codes/found")
    there_and_back(page)
