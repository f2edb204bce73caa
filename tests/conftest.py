"""Fixtures of the API tests: both stores, the real app in process, and the cast."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from sanic import Sanic

from api import app as application
from api import database
from api.integrations.adapters import Adapters
from api.integrations.storage import FolderStorage
from api.kit import clock, crypto, keys, memo
from api.kit.cache import Cache, DictCache, RedisCache
from api.running import DEMO_TEMPLATES, demo_settings
from api.settings import Settings
from api.wiring import adapters_from
from tests.cast import Cast, Client
from tests.servers import Postgres, Redis
from tests.stores import PostgresStore, SqliteStore, Store

if TYPE_CHECKING:
    # Imported by pytest itself, which then rewrites its assertions.
    from tests.emulators.fixtures import Emulators

pytest_plugins = ["tests.canaries", "tests.emulators.fixtures"]
Sanic.test_mode = True

_apps: dict[str, Sanic[Any, Any]] = {}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--store", choices=("sqlite", "postgres"), default="sqlite")


def pytest_collection() -> None:
    """A test's days are read when it runs: what was today at collection may be yesterday then."""
    clock.set_clock(_too_early)


def pytest_collection_finish() -> None:
    clock.set_clock()


def _too_early() -> datetime:
    raise AssertionError("read the clock in the test, not while tests are collected")


@pytest.fixture(scope="session")
def store_name(request: pytest.FixtureRequest) -> str:
    return str(request.config.getoption("--store"))


@pytest.fixture(scope="session")
def store(store_name: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The database server of the run, with a migrated template."""
    folder = tmp_path_factory.mktemp("store")
    if store_name == "sqlite":
        yield SqliteStore(folder)
        return
    with Postgres() as postgres, Redis() as redis:
        yield PostgresStore(postgres, redis)


@pytest.fixture(scope="session")
def secrets_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("keys") / "keys.json"
    crypto.Secrets.fresh().write(file)
    return file


@pytest.fixture
def settings(store: Store, secrets_file: Path, tmp_path: Path) -> Iterator[Settings]:
    """Settings of one test: its own database, no outside systems."""
    url = store.fresh()
    given = {
        "DATABASE_URL": url,
        "REDIS_URL": store.redis_url(),
        "VAR": str(tmp_path),
        "KEYS_FILE": str(secrets_file),
        "INLINE_JOBS": "0",
        "WECHAT_TEMPLATES": DEMO_TEMPLATES,
    }
    yield Settings.load({}, given)
    store.drop(url)


@pytest.fixture
def with_emulators(settings: Settings, emulators: "Emulators") -> Settings:
    """The same settings with every outside system emulated."""
    return emulated(settings, emulators)


@pytest.fixture
def adapters(settings: Settings) -> Adapters:
    """No outside system but a folder for files; a test module may override it."""
    return Adapters(storage=FolderStorage(settings.var / "files"))


@pytest.fixture
async def cache(settings: Settings) -> AsyncIterator[Cache]:
    made: Cache = DictCache()
    if settings.redis_url:
        # One Redis serves the whole run: what one test counted is not the next one's.
        made = RedisCache(settings.redis_url, prefix=f"{uuid4().hex}:")
    yield made
    await made.close()


@pytest.fixture
async def app(
    settings: Settings, adapters: Adapters, cache: Cache
) -> AsyncIterator[Sanic[Any, Any]]:
    """The real application on its own database, without listening."""
    memo.Channel.open = False
    made = await _standing(settings, adapters, cache)
    await database.open_database(settings.database_url)
    await keys.load_keys()
    yield made
    clock.set_clock()
    await database.close_database()


async def _standing(settings: Settings, adapters: Adapters, cache: Cache) -> Sanic[Any, Any]:
    """The application; its routes, half a second's work, are laid once for all tests alike."""
    own = ("database_url", "redis_url", "var", "keys_file")
    alike = repr([each for each in asdict(settings).items() if each[0] not in own])
    if alike not in _apps:
        Sanic._app_registry.clear()
        made = application.create_app(settings, adapters, cache)
        made.asgi = True
        await made._startup()  # type: ignore[no-untyped-call]
        _apps[alike] = made
    application.prepare(settings, adapters, cache)
    _apps[alike].ctx.settings = settings
    _apps[alike].signal_router.ctx.loop = asyncio.get_running_loop()
    return _apps[alike]


@pytest.fixture
async def client(app: Sanic[Any, Any]) -> AsyncIterator[Client]:
    """An HTTP client in process that speaks as any of the cast."""
    async with Client(app, Cast()) as made:
        yield made


@pytest.fixture
def cast(client: Client) -> Cast:
    return client.cast


def emulated(settings: Settings, emulators: "Emulators") -> Settings:
    """`settings` with the emulators' addresses and credentials."""
    given = demo_settings({"http": emulators.http, "accounts": emulators.accounts})
    values = Settings.load({}, given)
    return replace(settings, **{name.lower(): getattr(values, name.lower()) for name in given})


@pytest.fixture
def emulated_adapters(with_emulators: Settings, cache: Cache) -> Adapters:
    """Every outside system emulated: for modules that override `adapters` with it."""
    return adapters_from(with_emulators, cache)
