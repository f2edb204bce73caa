"""Whether a page stands every check in every mode; for pages of the table and on the ways alike.

`standing(page)` looks at the page as it is now, so that whoever walks a way through the pages may
ask it at each step: `assert standing(page) == []`.
"""

import os
import re
from pathlib import Path

from playwright.sync_api import Page

from h5 import cookies
from tests.h5.browser import checks
from tests.h5.browser.opening import DESK, PHONE

NARROW = {"width": 320, "height": 640}
HALF = {"width": 640, "height": 400}
"""A desk at 200 %."""
LARGEST_ELDER_PX = 30
SETTLE_MS = 50

Faults = list[str]


def standing(page: Page, name: str = "") -> Faults:
    """What is wrong with the page as it was opened: on its screen, narrow, with its text large.

    In elder mode by that mode's measures. Screenshots are kept under `name`.
    """
    return _elder(page, name) if _is_elder(page) else _normal(page, name)


def at_a_desk(page: Page, name: str = "") -> Faults:
    """On a wide screen, then with that screen at 200 %."""
    size(page, DESK["viewport"])
    page.reload()
    found = checks.axe_faults(page) + checks.overflow(page)
    picture(page, name, "desk")
    size(page, HALF)
    found += checks.overflow(page)
    size(page, PHONE["viewport"])
    return _told("desk", found)


def _normal(page: Page, name: str) -> Faults:
    found = [*checks.axe_faults(page), *checks.small_targets(page), *checks.overflow(page)]
    picture(page, name, "phone")
    faults = _told("normal", found + checks.csp_violations(page))
    size(page, NARROW)
    faults += _told("320 px", checks.axe_faults(page) + checks.overflow(page))
    size(page, PHONE["viewport"])
    checks.enlarge_text(page, 2)
    picture(page, name, "phone-200")
    faults += _told("200 %", checks.axe_faults(page) + checks.overflow(page))
    checks.enlarge_text(page, 0.5)
    return faults


def _elder(page: Page, name: str) -> Faults:
    found = [
        *checks.axe_faults(page),
        *checks.small_targets(page, checks.LEAST_ELDER_PX),
        *checks.overflow(page),
        *checks.elder_text(page),
    ]
    picture(page, name, "phone-elder")
    page.evaluate("document.documentElement.classList.add('largest')")
    found += checks.overflow(page)
    found += [] if _root_px(page) >= LARGEST_ELDER_PX else ["letters grow to less than 30 px"]
    size(page, NARROW)
    found += checks.overflow(page)
    picture(page, name, "phone-elder-largest")
    size(page, PHONE["viewport"])
    page.evaluate("document.documentElement.classList.remove('largest')")
    return _told("elder", found + checks.csp_violations(page))


def as_elder(page: Page, base: str, on: bool = True) -> None:
    """Have the next pages in elder mode, or as usual."""
    page.context.add_cookies([{"name": cookies.ELDER, "value": "1" if on else "", "url": base}])


def size(page: Page, viewport: dict[str, int]) -> None:
    """Make the screen so large."""
    page.set_viewport_size({"width": viewport["width"], "height": viewport["height"]})
    page.wait_for_timeout(SETTLE_MS)


def picture(page: Page, name: str, mode: str) -> None:
    """Keep what it looks like, when it has a name and a folder for it was named."""
    folder = os.environ.get("SCREENSHOTS")
    if folder and name:
        file = f"{re.sub(r'[^A-Za-z0-9_.-]+', '-', name)}.{mode}.png"
        page.screenshot(path=Path(folder) / file, full_page=True)


def _is_elder(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.classList.contains('elder')"))


def _root_px(page: Page) -> float:
    return float(page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)"))


def _told(mode: str, found: Faults) -> Faults:
    return [f"[{mode}] {fault}" for fault in found]
