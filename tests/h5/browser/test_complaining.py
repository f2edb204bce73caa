"""A complaint in Chromium: a voice is recorded by a microphone for real, sent, and played again."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.h5.browser.opening import ARGUMENTS, Openings
from tests.programs import find

MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
NEW = "/h5/complaints/new"
PLAYS = """async player => {
  player.muted = true;
  await player.play();
  await new Promise(done => setTimeout(done, 800));
  return player.currentTime;
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium with a microphone that beeps, and somebody who allows it."""
    program = find("chromium")
    assert program, "no Chromium: python -m tests.programs"
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=program, args=[*ARGUMENTS, *MICROPHONE])


def recorded(page: Page, milliseconds: int = 2_500) -> None:
    page.locator("[data-record]").click()
    expect(page.locator("[data-voice-says]")).to_contain_text("正在录")
    page.wait_for_timeout(milliseconds)
    page.locator("[data-record]").click()
    expect(page.locator("[data-voice-says]")).to_contain_text("录好了")


def test_a_voice_is_recorded_sent_and_played(page_as: Openings) -> None:
    page = page_as("worker")
    page.goto(NEW)
    expect(page.locator("#voice")).to_be_hidden()
    recorded(page)
    assert page.locator("[data-played]").evaluate(PLAYS) > 0.3
    # Recorded again: the second one counts, and the first is forgotten.
    page.locator("[data-forget]").click()
    assert page.locator("#voice").evaluate("input => input.files.length") == 0
    recorded(page, 3_500)
    page.get_by_label("工资", exact=True).check()
    page.locator("form[enctype] button.weui-btn_primary").click()
    page.wait_for_url(re.compile("/receipt$"))
    expect(page.locator("main")).to_contain_text(re.compile("录音 [34] 秒"))
    page.get_by_role("link", name="看办到哪了").click()
    player = page.locator("figure.player audio")
    assert player.evaluate(PLAYS) > 0.3
    assert player.evaluate("player => player.error") is None


def test_the_region_hears_it(page_as: Openings) -> None:
    page = page_as("demo.county")
    row = page_as.people.get("demo.county", "/regulator/complaints?topic=wages")["items"][-1]
    page.goto(f"/regulator/complaints/{row['id']}")
    assert page.locator("figure.player audio").evaluate(PLAYS) > 0.3


def test_without_a_microphone_the_file_field_is_there(page_as: Openings) -> None:
    page = page_as("worker")
    page.add_init_script("navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error())")
    page.goto(NEW)
    page.locator("[data-record]").click()
    expect(page.locator("[data-voice-says]")).to_contain_text("用不了话筒")
    expect(page.locator("#voice")).to_be_visible()


def test_without_scripts_words_and_photos_are_enough(page_as: Openings) -> None:
    page = page_as("worker", java_script_enabled=False)
    page.goto(NEW)
    expect(page.locator("#voice")).to_be_visible()
    page.get_by_label("吃住").check()
    page.locator("#text").fill("宿舍漏雨，请修一下。")
    page.locator("form[enctype] button.weui-btn_primary").click()
    page.wait_for_url(re.compile("/receipt$"))
    expect(page.locator("main")).to_contain_text("提交好了")
