"""Pages that are only reached on a way stand every check there, as usual and in elder mode."""

import pytest

from tests.h5.browser.opening import Openings
from tests.h5.browser.standing import standing

MODES = pytest.mark.parametrize("elder", [False, True], ids=["normal", "elder"])


@MODES
def test_the_choice_of_face_or_officers(page_as: Openings, elder: bool) -> None:
    page = page_as("photographed", elder=elder)
    page.goto("/h5/register/fields")
    page.click("main form[action='/h5/register/fields'] .weui-btn_primary")
    page.wait_for_selector("main form[action='/h5/register/face']")
    assert standing(page, "h5.registration.face") == []


@MODES
def test_the_code_that_was_sent(page_as: Openings, elder: bool) -> None:
    page = page_as("", elder=elder)
    page.goto("/h5/login")
    page.fill("#phone", "13900007722" if elder else "13900007721")
    page.click("main form .weui-btn_primary")
    page.wait_for_selector("#code")
    assert standing(page, "h5.accounts.code_page:sent") == []


@MODES
def test_the_link_that_is_told_once(page_as: Openings, elder: bool) -> None:
    page = page_as("worker", elder=elder)
    page.goto("/h5/wages/slips")
    page.click("main a[href^='/h5/wages/slips/']")
    page.locator("details:has(form[action$='/share']) summary").click()
    page.locator("form[action$='/share'] button").click()
    page.wait_for_url("**/h5/wages/shares")
    assert "/payslips/" in page.locator(".says").inner_text()
    assert standing(page, "h5.payslips.shares") == []


@MODES
def test_whose_code_it_is(page_as: Openings, elder: bool) -> None:
    shown = page_as("worker")
    shown.goto("/h5/code")
    code = shown.locator(".qr-text").inner_text()
    page = page_as("", elder=elder)
    page.goto("/h5/codes")
    page.fill("#verification_code", code)
    page.click("main form .weui-btn_primary")
    page.wait_for_url("**/h5/codes/found")
    assert standing(page, "h5.codes.found") == []
