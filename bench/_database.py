"""What a punch costs the database: pgbench inserting the same row, and the statements it takes."""

import logging
import re
import subprocess
from pathlib import Path
from uuid import uuid4

import httpx
from sanic import Sanic
from tortoise import connections

from api import app as application
from api import database
from api.attendance.writer import COLUMNS
from api.kit import keys, memo
from api.kit.cache import DictCache
from api.kit.transaction import CONNECTION
from api.settings import Settings
from api.wiring import adapters_from
from tests import programs

ROUNDS = 40
VALUES = {
    "id": "gen_random_uuid()", "client_id": "gen_random_uuid()", "worker_id": "gen_random_uuid()",
    "account_id": "gen_random_uuid()", "project_id": "gen_random_uuid()",
    "engagement_id": "gen_random_uuid()", "enterprise_id": "gen_random_uuid()",
    "workday_id": "gen_random_uuid()", "fence_id": "gen_random_uuid()", "created_at": "now()",
    "at": "now()", "received_at": "now()", "taken_at": "now()", "day": "current_date",
    "content": "repeat('a', 64)", "method": "'fence'", "late_upload": "false",
    "verdict": "'inside'", "detail": "'您在工地范围内。'", "distance_m": "-149.9",
    "fence_version": "1", "lon": "104.0658", "lat": "30.6574", "given_lon": "104.0658",
    "given_lat": "30.6574", "datum": "'wgs84'", "accuracy_m": "18", "device_id": "'phone-1'",
    "note": "''", "signals": "''",
}  # fmt: skip
"""A punch as the API writes it, columns that stay empty left out."""


async def copy_table(url: str) -> None:
    """A second punch table with the same columns and indexes, for pgbench alone."""
    await database.open_database(url)
    try:
        sql = "CREATE TABLE IF NOT EXISTS punch_copy (LIKE punch INCLUDING ALL)"
        await connections.get(CONNECTION).execute_script(sql)
    finally:
        await database.close_database()


def pgbench_per_s(folder: Path, port: int, name: str, clients: int, seconds: float) -> float:
    """Inserts a second by pgbench with prepared statements, each one a commit."""
    columns = ", ".join(f'"{column}"' for column in COLUMNS)
    values = ", ".join(VALUES.get(column, "NULL") for column in COLUMNS)
    script = folder / "insert.sql"
    script.write_text(f"INSERT INTO punch_copy ({columns}) VALUES ({values});\n")  # noqa: S608
    command = [
        programs.find("pgbench"), "-n", "-M", "prepared", "-c", clients, "-j", 2,
        "-T", max(1, int(seconds)), "-f", script, "-h", "127.0.0.1", "-p", port, "-U", "postgres",
        name,
    ]  # fmt: skip
    done = subprocess.run([str(each) for each in command], capture_output=True, check=True)
    found = re.search(r"tps = ([0-9.]+)", done.stdout.decode())
    if found is None:
        raise RuntimeError("pgbench printed no rate")
    return float(found[1])


class _Count(logging.Handler):
    seen = 0

    def emit(self, _: logging.LogRecord) -> None:
        self.seen += 1


async def statements(given: dict[str, str], tokens: list[str], bodies: list[str]) -> float:
    """Statements per punch as the database client counts them, once look-ups are remembered."""
    settings, cache = Settings.load({}, given), DictCache()
    Sanic.test_mode = True
    Sanic._app_registry.clear()
    app = application.create_app(settings, adapters_from(settings, cache), cache)
    await database.open_database(settings.database_url)
    logger, counted = logging.getLogger("tortoise.db_client"), _Count(logging.DEBUG)
    try:
        await keys.load_keys()
        app.asgi = True
        await app._startup()  # type: ignore[no-untyped-call]
        memo.Channel.open = True
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://bench") as client:
            await _punch(client, tokens[0], bodies[0], 1)
            logger.addHandler(counted)
            logger.setLevel(logging.DEBUG)
            await _punch(client, tokens[0], bodies[0], ROUNDS)
    finally:
        logger.removeHandler(counted)
        logger.setLevel(logging.NOTSET)
        memo.Channel.open = False
        await database.close_database()
    return counted.seen / ROUNDS


async def _punch(client: httpx.AsyncClient, token: str, body: str, times: int) -> None:
    for _ in range(times):
        answer = await client.post(
            "/api/v1/punches",
            content=body.replace("@ID@", str(uuid4())),
            headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
        )
        answer.raise_for_status()
