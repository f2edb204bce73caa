"""Addresses of the machine room: alive, ready, metrics and the OpenAPI document."""

import ipaddress
from collections.abc import Awaitable, Callable

import orjson
from sanic import Blueprint
from tortoise import connections

from api.kit.actor import Actor
from api.kit.cache import cache
from api.kit.errors import Forbidden
from api.kit.metrics import exposition
from api.kit.openapi import document
from api.kit.routes import OPERATIONS, PUBLIC, Download, Reply, route
from api.kit.schemas import Out
from api.kit.transaction import CONNECTION

blueprint = Blueprint("system")
MACHINE = "machine"
"""The kind of actor that comes with the metrics token."""


class Alive(Out):
    """The process answers."""

    alive: bool = True


class Ready(Out):
    """Whether each part that a request needs is there, and whether this is a demo."""

    ready: bool
    database: bool
    cache: bool
    migrations: bool
    demo: bool


class State:
    """What the composition root tells these addresses."""

    demo = False
    version = ""
    migrated: Callable[[], Awaitable[bool]] | None = None


@route(blueprint, "GET", "/healthz", permission=PUBLIC)
async def healthz(actor: Actor) -> Alive:
    """Whether the process is alive."""
    return Alive()


@route(blueprint, "GET", "/readyz", permission=PUBLIC, status=(200, 503))
async def readyz(actor: Actor) -> Reply[Ready]:
    """Whether database, cache and migrations are ready; 503 when one is not."""
    database = await _works(_ask_database)
    ready = Ready(
        ready=False,
        database=database,
        cache=await _works(_ask_cache),
        migrations=database and await _works(_ask_migrations),
        demo=State.demo,
    )
    ready = ready.model_copy(update={"ready": ready.database and ready.migrations})
    return Reply(ready, 200 if ready.ready else 503)


async def _works(ask: Callable[[], Awaitable[object]]) -> bool:
    try:
        await ask()
    except Exception:
        return False
    return True


async def _ask_database() -> None:
    await connections.get(CONNECTION).execute_query("SELECT 1")


async def _ask_migrations() -> None:
    if State.migrated is None or not await State.migrated():
        raise LookupError("a migration is missing")


async def _ask_cache() -> None:
    await cache().set("ready", "1", 5)


@route(blueprint, "GET", "/metrics", permission=PUBLIC, errors=(Forbidden,))
async def metrics(actor: Actor) -> Download:
    """Prometheus' metrics, for loopback callers and those with the metrics token."""
    if actor.kind != MACHINE and not _is_loopback(actor.origin.ip):
        raise Forbidden
    return Download(exposition(), "text/plain; version=0.0.4; charset=utf-8", "")


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


@route(blueprint, "GET", "/api/openapi.json", permission=PUBLIC)
async def openapi(actor: Actor) -> Download:
    """This API as an OpenAPI 3.1 document."""
    described = document(OPERATIONS.values(), State.version)
    return Download(orjson.dumps(described), "application/json", "")
