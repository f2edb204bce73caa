"""Which modules hold models, and how Tortoise opens the database."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tortoise import Tortoise

MODEL_MODULES = [
    "api.kit.models",
    "api.audit.models",
    "api.accounts.models",
    "api.files.models",
    "api.notices.models",
    "api.enterprises.models",
    "api.workers.models",
    "api.collecting.models",
    "api.projects.models",
    "api.teams.models",
    "api.training.models",
    "api.engagements.models",
    "api.attendance.models",
]


def config(url: str, *, migrating: bool = False) -> dict[str, Any]:
    """Tortoise's configuration for a database URL.

    While migrating, SQLite's foreign keys are off: rebuilding a table would delete its children.
    """
    return {
        "connections": {"default": _with_options(url, migrating)},
        "apps": {
            "models": {
                "models": MODEL_MODULES,
                "migrations": "migrations",
                "default_connection": "default",
            }
        },
        "use_tz": True,
        "timezone": "UTC",
    }


def _with_options(url: str, migrating: bool) -> str:
    if not url.startswith("sqlite://"):
        return url
    options = {
        "journal_mode": "WAL",
        "synchronous": "FULL",
        "busy_timeout": "5000",
        "foreign_keys": "OFF" if migrating else "ON",
    }
    return f"{url}?{urlencode(options)}"


async def open_database(url: str) -> None:
    """Open the database for the whole process."""
    if url.startswith("sqlite://"):
        Path(url.removeprefix("sqlite://")).parent.mkdir(parents=True, exist_ok=True)
    await Tortoise.init(config=config(url), _enable_global_fallback=True)


async def close_database() -> None:
    """Close it; without this the process never exits."""
    await Tortoise.close_connections()


# The migration command reads this name; everything else passes its settings.
TORTOISE_ORM = config(os.environ.get("DATABASE_URL", "sqlite://var/gongyou.db"), migrating=True)
