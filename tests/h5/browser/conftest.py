"""A real server, a real Chromium, and pages as one of the demo's people sees them.

These tests run once, with the SQLite run: what a browser shows does not depend on the store.
Playwright's loop would be in the way of asyncio tests, so a browser lives as long as its module.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.h5.browser.demo import People, seeded, serving
from tests.h5.browser.opening import ARGUMENTS, Openings
from tests.journeys.serving import Server
from tests.programs import find


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    return True if config.getoption("--store") != "sqlite" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever comes first waits for the city to move in."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.timeout(400), append=False)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The product with its synthetic city; a copy of this process alone."""
    base = tmp_path_factory.getbasetemp()
    root = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = tmp_path_factory.mktemp("demo")
    shutil.copytree(seeded(root), folder, dirs_exist_ok=True)
    with serving(folder) as server:
        yield server


@pytest.fixture(scope="session")
def people(demo: Server) -> People:
    """The demo's accounts."""
    return People(demo)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, as Debian packs it."""
    program = find("chromium")
    assert program, "no Chromium: python -m tests.programs"
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=program, args=ARGUMENTS)


@pytest.fixture
def openings(browser: Browser, demo: Server, people: People) -> Iterator[Openings]:
    """Opens pages as somebody; closes them at the end and says which of them had a fault."""
    made = Openings(browser, demo.base, people)
    yield made
    faults = made.close()
    assert not faults, "a script failed: " + "; ".join(faults)


@pytest.fixture
def page_as(openings: Openings) -> Openings:
    """`page = page_as("worker")`: a phone's page with that person logged in; "" for nobody."""
    return openings
