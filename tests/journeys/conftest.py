"""One running demo for the journeys of a session, on the store under test."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.journeys.serving import Server
from tests.stores import Store

# What these find wrong is told in full, as in the test modules themselves.
pytest.register_assert_rewrite("tests.journeys.wage_papers", "tests.journeys.wage_scene")


@pytest.fixture(scope="session")
def city(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A demo whose city has moved in. Its reviewers 1 and 2 belong to the README's walk."""
    folder = tmp_path_factory.mktemp("city")
    with Server(folder, store.fresh(), store.redis_url()) as server:
        yield server


@pytest.fixture(scope="session")
def listed(city: Server) -> list[dict[str, Any]]:
    """The demo's accounts as its file lists them."""
    file = city.folder / "demo-accounts.json"
    found: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="session")
def accounts(listed: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The demo's staff accounts by user name."""
    return {each["login"]["username"]: each for each in listed if "username" in each["login"]}
