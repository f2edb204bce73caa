"""Every page, in every mode, passes every check; `SCREENSHOTS=folder` keeps pictures of them all.

One context for each page and two or three loads: the first is weighed, then the same page is made
narrow and its text large; the others show elder mode and the pseudo-locale.
"""

import os
import re
from pathlib import Path
from typing import get_type_hints

import pytest
from playwright.sync_api import Page

import h5.blueprint  # noqa: F401 - registers every page
from h5 import cookies, texts
from h5.pages import PAGES as REGISTERED
from h5.rendering import View
from tests.h5.browser import checks
from tests.h5.browser.opening import DESK, PHONE, Openings
from tests.h5.browser.pages import PAGES, Shown

NARROW = {"width": 320, "height": 640}
HALF = {"width": 640, "height": 400}
"""A desk at 200 %."""
LARGEST_ELDER_PX = 30
SETTLE_MS = 50

Faults = list[str]


@pytest.mark.parametrize("shown", PAGES, ids=lambda shown: shown.name)
def test_a_page_stands_every_check(shown: Shown, page_as: Openings) -> None:
    page = page_as(shown.who)
    address = shown.path(lambda path: page_as.people.get(shown.who, path))
    faults = first_load(page, page_as, shown, address)
    faults += larger(page, shown)
    faults += at_a_desk(page, shown) if shown.is_office else elder(page, page_as, shown, address)
    faults += lengthened(page, page_as, address)
    assert not faults, "\n".join([f"{address}:", *dict.fromkeys(faults)])


def test_every_page_is_looked_at() -> None:
    seen = {shown.name.partition(":")[0] for shown in PAGES}
    shows = {
        name
        for name, page in REGISTERED.items()
        if page.method == "GET" and _is_view(get_type_hints(page.handler)["return"])
    }
    assert seen - set(REGISTERED) == set(), "these pages are gone"
    assert shows - seen == set(), "add these to tests/h5/browser/pages.py"


def first_load(page: Page, page_as: Openings, shown: Shown, address: str) -> Faults:
    """As it comes, with nothing kept from before, under its own security policy."""
    scales = checks.Scales(page, page_as.base)
    answer = page.goto(address)
    weight = scales.settled()
    faults = [] if answer and answer.status < 400 else [f"answers {answer and answer.status}"]
    if not shown.lazy:
        faults += weight.faults()
    found = [*checks.axe_faults(page), *checks.small_targets(page), *checks.overflow(page)]
    picture(page, shown, "phone")
    return faults + told("normal", found + checks.csp_violations(page))


def larger(page: Page, shown: Shown) -> Faults:
    """On the narrowest phone, then with all its text twice as large."""
    size(page, NARROW)
    faults = told("320 px", checks.axe_faults(page) + checks.overflow(page))
    size(page, PHONE["viewport"])
    checks.enlarge_text(page, 2)
    picture(page, shown, "phone-200")
    return faults + told("200 %", checks.axe_faults(page) + checks.overflow(page))


def elder(page: Page, page_as: Openings, shown: Shown, address: str) -> Faults:
    """In elder mode, then with its largest letters, then on the narrowest phone."""
    page_as.cookie(page.context, cookies.ELDER, "1")
    page.goto(address)
    found = [
        *checks.axe_faults(page),
        *checks.small_targets(page, checks.LEAST_ELDER_PX),
        *checks.overflow(page),
        *checks.elder_text(page),
    ]
    picture(page, shown, "phone-elder")
    page.evaluate("document.documentElement.classList.add('largest')")
    found += checks.overflow(page)
    found += [] if root_px(page) >= LARGEST_ELDER_PX else ["letters grow to less than 30 px"]
    size(page, NARROW)
    found += checks.axe_faults(page) + checks.overflow(page)
    picture(page, shown, "phone-elder-largest")
    return told("elder", found)


def at_a_desk(page: Page, shown: Shown) -> Faults:
    """On a wide screen, then with that screen at 200 %."""
    size(page, DESK["viewport"])
    page.reload()
    found = checks.axe_faults(page) + checks.overflow(page)
    picture(page, shown, "desk")
    size(page, HALF)
    return told("desk", found + checks.axe_faults(page) + checks.overflow(page))


def lengthened(page: Page, page_as: Openings, address: str) -> Faults:
    """With every text 40 % longer, as other languages are."""
    size(page, PHONE["viewport"])
    page_as.cookie(page.context, cookies.ELDER, "")
    page_as.cookie(page.context, cookies.LOCALE, texts.PSEUDO)
    page.goto(address)
    return told("longer texts", checks.overflow(page))


def size(page: Page, viewport: dict[str, int]) -> None:
    """Make the screen so large."""
    page.set_viewport_size({"width": viewport["width"], "height": viewport["height"]})
    page.wait_for_timeout(SETTLE_MS)


def root_px(page: Page) -> float:
    """The size of running text."""
    return float(page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)"))


def told(mode: str, found: Faults) -> Faults:
    """The faults with the mode they were seen in."""
    return [f"[{mode}] {fault}" for fault in found]


def picture(page: Page, shown: Shown, mode: str) -> None:
    """Keep what it looks like, when a folder for it was named."""
    if folder := os.environ.get("SCREENSHOTS"):
        name = re.sub(r"[^\w.-]+", "-", shown.name)
        page.screenshot(path=Path(folder) / f"{name}.{mode}.png", full_page=True)


def _is_view(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, View)
