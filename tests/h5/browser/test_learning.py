"""A lesson in Chromium: its film plays and is wound for real, its minutes come from the server."""

import re

from playwright.sync_api import Page, Request, expect

from tests.h5.browser.opening import Openings
from tests.h5.browser.pages import WAGES, lesson
from tests.journeys.people import Visitor
from tests.specimens import courseware

PLAYED_S = 17
"""Longer than a beat, and the film's twelve seconds: it is wound back in between."""


def opened(page_as: Openings, which: str) -> Page:
    page = page_as("worker")
    path = lesson(f"/h5/training/lessons/{{{which}}}")
    page.goto(path(lambda asked: page_as.people.get("worker", asked)))
    return page


def test_a_film_is_wound_and_only_what_was_watched_counts(page_as: Openings) -> None:
    page = page_as("worker")
    ranges: list[str] = []

    def asked(request: Request) -> None:
        if request.url.endswith("/file"):
            ranges.append(request.headers.get("range", ""))

    page.on("request", asked)
    path = lesson("/h5/training/lessons/{film}")
    page.goto(path(lambda address: page_as.people.get("worker", address)))
    film = page.locator("video")
    page.wait_for_function("document.querySelector('video').readyState >= 2")
    assert ranges and all(each.startswith("bytes=") for each in ranges)
    assert film.evaluate("v => [v.videoWidth, v.videoHeight, Math.round(v.duration)]") == [
        160, 120, 12,
    ]  # fmt: skip
    # Wound to the tenth second without playing: the picture is there, and nothing counts.
    film.evaluate("v => new Promise(done => { v.onseeked = done; v.currentTime = 10 })")
    assert film.evaluate("v => v.currentTime") == 10
    assert page.locator("[data-minutes-bar]").get_attribute("value") == "0"
    film.evaluate("v => { v.muted = true; v.currentTime = 0; return v.play() }")
    page.wait_for_timeout(5_000)
    film.evaluate("v => v.pause()")
    expect(page.locator("[data-minutes-bar]")).to_have_attribute("value", re.compile("^[3-6]$"))
    expect(page.locator("[data-minutes-text]")).to_contain_text("共 1 分钟")


def test_a_document_counts_while_its_page_is_open(page_as: Openings) -> None:
    page = opened(page_as, "sheet")
    before = int(page.locator("[data-minutes-bar]").get_attribute("value") or 0)
    page.wait_for_timeout(PLAYED_S * 1_000)
    bar = page.locator("[data-minutes-bar]")
    expect(bar).to_have_attribute(
        "value", re.compile(f"^{before + 14}|{before + 15}|{before + 16}$")
    )


def test_without_scripts_the_film_is_there_and_the_page_says_what_to_do(page_as: Openings) -> None:
    page = page_as("worker", java_script_enabled=False)
    path = lesson("/h5/training/lessons/{film}")
    page.goto(path(lambda asked: page_as.people.get("worker", asked)))
    assert page.locator("video[controls]").count() == 1
    assert "记不了学时" in page.inner_text("main")


def test_a_large_film_goes_in_and_comes_out_in_parts(page_as: Openings) -> None:
    """Through a real server: larger than any other body, and read from its middle."""
    film = courseware.mp4(data=bytes(range(256)) * 4 * 1024 * 25)
    ask = page_as.people.ask
    row = ask(WAGES, "POST", "/enterprise/courses", json={"title": "大课", "kind": "yearly"})
    path = f"/enterprise/courses/{row['id']}"
    files = {"file": ("a.mp4", film, "video/mp4")}
    form = {"title": "大视频", "minutes": "5"}
    seen = ask(WAGES, "POST", f"{path}/files", files=files, data=form)
    lesson_id = seen["draft"]["lessons"][0]["id"]
    with Visitor(page_as.base) as visitor:
        visitor.take(page_as.people.token(WAGES))
        middle = len(film) // 2
        answer = visitor.call(
            "GET", f"{path}/lessons/{lesson_id}/file",
            headers={"Range": f"bytes={middle}-{middle + 99}"},
        )  # fmt: skip
        assert (answer.status_code, answer.content) == (206, film[middle : middle + 100])
        whole = visitor.call("GET", f"{path}/lessons/{lesson_id}/file")
        assert (whole.status_code, whole.content == film) == (200, True)
        visitor.take(page_as.people.token("worker"))
        refused = visitor.call("POST", f"{path}/files", files=files, data=form)
        assert refused.status_code == 413
