"""Fixtures of the page tests: visitors without scripts, in process, on the real application."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from sanic import Sanic

from tests.cast import Cast
from tests.h5.visiting import Visitor


@pytest.fixture
async def visitor(app: Sanic[Any, Any], cast: Cast) -> AsyncIterator[Visitor]:
    """Somebody with a fresh browser."""
    made = Visitor(app, cast)
    yield made
    await made.http.aclose()
