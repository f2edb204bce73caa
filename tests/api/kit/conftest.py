"""The probe: the real application with a few addresses of its own, to try the way in and out."""

from collections.abc import AsyncIterator, Iterator

import pytest
from sanic import Sanic

from api import app as application
from api import database
from api.integrations.adapters import Adapters
from api.kit import clock, keys, memo, routes
from api.kit.cache import Cache
from api.settings import Settings
from tests.api.kit import probe
from tests.cast import Cast, Client


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Try the dict always and Redis where the run has one; limits also without an answer."""
    names = ["dict"] if metafunc.config.getoption("--store") == "sqlite" else ["dict", "redis"]
    if "backend" in metafunc.fixturenames:
        metafunc.parametrize("backend", names)
    if "backend_or_none" in metafunc.fixturenames:
        metafunc.parametrize("backend_or_none", [*names, "dead"])


@pytest.fixture
def operations() -> Iterator[None]:
    """Operations registered by a test are gone after it."""
    before = dict(routes.OPERATIONS)
    yield
    routes.OPERATIONS.clear()
    routes.OPERATIONS.update(before)


@pytest.fixture
def acts() -> probe.Acts:
    return probe.Acts()


@pytest.fixture
async def probed(
    settings: Settings, adapters: Adapters, cache: Cache, operations: None, acts: probe.Acts
) -> AsyncIterator[Client]:
    """A client of the application that also has the probe's addresses."""
    Sanic._app_registry.clear()
    memo.Channel.open = False
    app = application.create_app(settings, adapters, cache)
    app.blueprint(probe.blueprint(acts))
    await database.open_database(settings.database_url)
    await keys.load_keys()
    app.asgi = True
    await app._startup()  # type: ignore[no-untyped-call]
    async with Client(app, Cast()) as client:
        yield client
    clock.set_clock()
    await database.close_database()
