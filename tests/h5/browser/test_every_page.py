"""Every page, in every mode, passes every check; `SCREENSHOTS=folder` keeps pictures of them all.

One context for each page and three loads: the first is weighed, then the same page is made narrow
and its text large; the others show elder mode or a desk, and the pseudo-locale.
"""

from typing import Any, get_args, get_type_hints

import pytest
from playwright.sync_api import Page

import h5.blueprint  # noqa: F401 - registers every page
from h5 import cookies, texts
from h5.pages import PAGES as REGISTERED
from h5.rendering import View
from tests.h5.browser import checks
from tests.h5.browser.demo import People
from tests.h5.browser.opening import Openings
from tests.h5.browser.pages import ELSEWHERE, PAGES
from tests.h5.browser.shown import Shown
from tests.h5.browser.standing import as_elder, at_a_desk, standing


@pytest.mark.parametrize("shown", PAGES, ids=lambda shown: shown.name)
def test_a_page_stands_every_check(shown: Shown, page_as: Openings) -> None:
    page = page_as(shown.who)
    address = shown.path(lambda asked: ask(page_as.people, shown.who, asked))
    faults = first_load(page, page_as.base, shown, address) + standing(page, shown.name)
    if shown.is_office:
        faults += at_a_desk(page, shown.name)
    else:
        as_elder(page, page_as.base)
        page.goto(address)
        faults += standing(page, shown.name)
        as_elder(page, page_as.base, on=False)
    faults += lengthened(page, page_as, address)
    assert not faults, "\n".join([f"{address}:", *dict.fromkeys(faults)])


def test_every_page_is_looked_at() -> None:
    seen = {shown.name.partition(":")[0] for shown in PAGES} | set(ELSEWHERE)
    shows = {
        name
        for name, page in REGISTERED.items()
        if page.method == "GET" and _shows(get_type_hints(page.handler)["return"])
    }
    assert seen - set(REGISTERED) == set(), "these pages are gone"
    assert shows - seen == set(), "add these to tests/h5/browser/pages.py"


def ask(people: People, who: str, asked: str) -> Any:
    """What the API answers to `path`, `METHOD path`, or `another person:` and one of these."""
    other, _, rest = asked.rpartition(":")
    method, _, path = rest.rpartition(" ")
    return people.ask(other or who, method or "GET", path, **({"json": {}} if method else {}))


def first_load(page: Page, base: str, shown: Shown, address: str) -> list[str]:
    """As it comes, with nothing kept from before."""
    scales = checks.Scales(page, base)
    answer = page.goto(address)
    weight = scales.settled()
    faults = [] if answer and answer.status < 400 else [f"answers {answer and answer.status}"]
    if page.url.removeprefix(base).partition("?")[0] != address.partition("?")[0]:
        faults.append(f"leads to {page.url.removeprefix(base)}")
    return faults if shown.lazy else faults + weight.faults()


def lengthened(page: Page, page_as: Openings, address: str) -> list[str]:
    """With every text 40 % longer, as other languages are."""
    page_as.cookie(page.context, cookies.LOCALE, texts.PSEUDO)
    page.goto(address)
    return [f"[longer texts] {fault}" for fault in checks.overflow(page)]


def _shows(kind: object) -> bool:
    return any(
        isinstance(each, type) and issubclass(each, View) for each in (kind, *get_args(kind))
    )
