"""Process entry of the API: settings, application, listeners, serve until told to stop."""

import asyncio
import ssl
from collections.abc import Callable
from typing import Any

from sanic import Sanic

from api import app as application
from api.kit import logging
from api.settings import Settings
from api.tls import own_certificate
from api.wiring import adapters_from


def serve(settings: Settings, ready: Callable[[], None] = lambda: None) -> None:
    """Serve until SIGTERM or SIGINT; answers what is in flight before the return.

    `ready` is called once, when requests are answered.
    """
    logging.configure(settings.log_level)
    cache = application.cache_of(settings)
    app = application.create_app(settings, adapters_from(settings, cache), cache)
    _open_and_close(app, settings)
    _tell_when_ready(app, ready)
    context: ssl.SSLContext | None = own_certificate(settings.var) if settings.tls else None
    app.run(
        host=settings.host,
        port=settings.port,
        ssl=context,
        single_process=True,
        access_log=False,
        motd=False,
    )


def _open_and_close(app: Sanic[Any, Any], settings: Settings) -> None:
    tasks: list[asyncio.Task[None]] = []

    @app.before_server_start
    async def open_all(_: Sanic[Any, Any]) -> None:
        tasks.extend(await application.start(settings))

    @app.after_server_stop
    async def close_all(_: Sanic[Any, Any]) -> None:
        await application.stop(tasks)


def _tell_when_ready(app: Sanic[Any, Any], ready: Callable[[], None]) -> None:
    @app.after_server_start
    async def tell(_: Sanic[Any, Any]) -> None:
        ready()
