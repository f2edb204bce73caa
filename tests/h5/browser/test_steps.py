"""Pages that are only reached on a way stand every check there, as usual and in elder mode."""

import pytest

from tests.h5.browser.opening import Openings
from tests.h5.browser.standing import standing


@pytest.mark.parametrize("elder", [False, True], ids=["normal", "elder"])
def test_the_choice_of_face_or_officers(page_as: Openings, elder: bool) -> None:
    page = page_as("photographed", elder=elder)
    page.goto("/h5/register/fields")
    page.click("main form[action='/h5/register/fields'] .weui-btn_primary")
    page.wait_for_selector("main form[action='/h5/register/face']")
    assert standing(page, "h5.registration.face") == []
