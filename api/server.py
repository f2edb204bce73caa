"""Process entry of the API: settings, application, listeners, serve until told to stop."""

import asyncio
import signal
import ssl
from collections.abc import Callable
from typing import Any

from sanic import HTTPResponse, Sanic
from sanic.http import Http
from sanic.response import BaseHTTPResponse

from api import app as application
from api.kit import logging
from api.settings import Settings
from api.tls import own_certificate
from api.wiring import adapters_from

STOPPING = (signal.SIGINT, signal.SIGTERM)
GRACE_S = 3.0
"""How long requests in flight may still take; with what follows it stays below five seconds."""


def serve(settings: Settings, ready: Callable[[], None] = lambda: None) -> None:
    """Serve until SIGTERM or SIGINT; answers what is in flight before the return.

    `ready` is called once, when requests are answered.
    """
    logging.configure(settings.log_level)
    cache = application.cache_of(settings)
    app = application.create_app(settings, adapters_from(settings, cache), cache)
    _open_and_close(app, settings)
    _keep_what_stays(app)
    _tell_when_ready(app, ready)
    _stop_once(app)
    context: ssl.SSLContext | None = own_certificate(settings.var) if settings.tls else None
    app.run(
        host=settings.host,
        port=settings.port,
        ssl=context,
        single_process=True,
        access_log=False,
        motd=False,
    )
    for each in STOPPING:
        signal.signal(each, signal.SIG_IGN)


def _open_and_close(app: Sanic[Any, Any], settings: Settings) -> None:
    tasks: list[asyncio.Task[None]] = []

    @app.before_server_start
    async def open_all(_: Sanic[Any, Any]) -> None:
        tasks.extend(await application.start(settings))

    @app.after_server_stop
    async def close_all(_: Sanic[Any, Any]) -> None:
        await application.stop(tasks)


def _keep_what_stays(app: Sanic[Any, Any]) -> None:
    @app.after_server_start
    async def keep(_: Sanic[Any, Any]) -> None:
        application.keep_what_stays()


def _tell_when_ready(app: Sanic[Any, Any], ready: Callable[[], None]) -> None:
    @app.after_server_start
    async def tell(_: Sanic[Any, Any]) -> None:
        ready()


def _stop_once(app: Sanic[Any, Any]) -> None:
    # A second signal would stop the loop in the middle of Sanic's shutdown: requests in flight
    # would be lost, the database left open, and the process would never end. `make` sends two.
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = GRACE_S
    app.ctx.stopping = False

    @app.before_server_stop
    async def hear_no_more(_: Sanic[Any, Any]) -> None:
        app.ctx.stopping = True
        for each in STOPPING:
            asyncio.get_running_loop().add_signal_handler(each, lambda: None)

    async def let_go(request: Any, _: BaseHTTPResponse) -> HTTPResponse | None:
        # A connection kept for another request would be waited for.
        if app.ctx.stopping and isinstance(request.stream, Http):
            request.stream.keep_alive = False
        return None

    app.register_middleware(let_go, "response")
