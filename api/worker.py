"""Background process: runs outbox jobs and the timetable beside API processes."""

import asyncio
import signal
from dataclasses import replace

from api import app as application
from api.kit import logging
from api.settings import Settings
from api.wiring import adapters_from


def work(settings: Settings) -> None:
    """Run jobs until SIGTERM or SIGINT."""
    logging.configure(settings.log_level)
    asyncio.run(_work(replace(settings, inline_jobs=True)))


async def _work(settings: Settings) -> None:
    cache = application.cache_of(settings)
    application.prepare(settings, adapters_from(settings, cache), cache)
    stop = asyncio.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(each, stop.set)
    tasks = await application.start(settings)
    application.keep_what_stays()
    await stop.wait()
    await application.stop(tasks)
