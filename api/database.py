"""Which modules hold models, and how Tortoise opens the database."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from asyncpg import Connection
from tortoise import Tortoise
from tortoise.backends.base.config_generator import expand_db_url

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
    "api.cards.models",
    "api.engagements.models",
    "api.conduct.models",
    "api.insurance.models",
    "api.attendance.models",
    "api.worklog.models",
    "api.profiles.models",
    "api.funds.models",
    "api.wages.models",
    "api.payroll.models",
    "api.payslips.models",
    "api.complaints.models",
    "api.privacy.models",
    "api.accidents.models",
    "api.recovery.models",
]

POOL = 20
"""Connections of one process to PostgreSQL at most; `?maxsize=` in the address says otherwise."""


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


class Plain(Connection):  # type: ignore[misc]
    """A connection that nothing is set on, so that going back to the pool costs no round trip.

    A transaction left open is still rolled back.
    """

    def get_reset_query(self) -> str:
        """Nothing to reset: no SET, no LISTEN, no advisory lock of a session."""
        return ""


def _with_options(url: str, migrating: bool) -> str | dict[str, Any]:
    if not url.startswith("sqlite://"):
        expanded = expand_db_url(url)
        given = {"maxsize": POOL, **expanded["credentials"], "connection_class": Plain}
        return {**expanded, "credentials": given}
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
