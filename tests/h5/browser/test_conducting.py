"""A record answered in Chromium with a photo, which a script makes smaller and sends itself."""

import re

from playwright.sync_api import FilePayload, expect

from tests.api.attendance import sites
from tests.h5.browser.opening import Openings


def test_he_answers_with_a_photo(page_as: Openings) -> None:
    page = page_as("worker")
    page.goto("/h5/conduct")
    page.get_by_role("link", name=re.compile("不戴安全帽")).click()
    page.locator("#text").fill("那天系了，照片里那个人不是我。")
    photo: FilePayload = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": sites.photo()}
    page.locator("#photo_1").set_input_files(photo)
    page.locator("form[enctype] button.weui-btn_primary").click()
    expect(page.locator("main")).to_contain_text("说明了情况")
    expect(page.locator(".step").nth(1)).to_contain_text("第 1 张照片")
