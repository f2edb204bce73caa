"""Management: `python -m api.cli COMMAND`. Each command says in one line what it did."""

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from api import database, migrating, running, worker
from api.audit import service as audit
from api.audit.rules import Break
from api.kit import crypto, keys, reseal
from api.settings import BadSetting, Settings

Command = Callable[[Settings], int]
T = TypeVar("T")


def say(text: str) -> None:
    """Print a line for the person at the terminal."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def init_keys(settings: Settings) -> int:
    """Make the key file; refuses to replace one."""
    if settings.keys_file.exists():
        say(f"{settings.keys_file} exists")
        return 1
    crypto.Secrets.fresh().write(settings.keys_file)
    say(f"wrote {settings.keys_file}: keep a copy apart from the database")
    return 0


def migrate(settings: Settings) -> int:
    """Bring the database to the newest migration."""
    asyncio.run(migrating.migrate(settings.database_url))
    say("database is current")
    return 0


def work(settings: Settings) -> int:
    """Run jobs and the timetable beside API processes."""
    worker.work(settings)
    return 0


def rotate_keys(settings: Settings) -> int:
    """Add a KEK and a data key, wrap anew, and seal every row with the new data key."""
    fresh = crypto.Secrets.read(settings.keys_file).with_new_kek()
    fresh.write(settings.keys_file)
    wrapped, sealed = asyncio.run(_opened(settings, _rotate))
    say(f"now wrapping with {fresh.kek_id}: {wrapped} data keys wrapped, {sealed} rows sealed anew")
    return 0


async def _rotate() -> tuple[int, int]:
    wrapped = await keys.rewrap_keys(crypto.keyring())
    await keys.add_key()
    return wrapped, await reseal.reseal_all()


def verify_audit(settings: Settings) -> int:
    """Check every chain and every anchor of the audit; exit status 1 at a break."""
    breaks = asyncio.run(_opened(settings, lambda: _verify(settings.var / "audit-anchors")))
    for found in breaks:
        say(f"{found.chain} line {found.seq}: {found.what}")
    say("audit is whole" if not breaks else f"{len(breaks)} breaks")
    return 1 if breaks else 0


async def _verify(anchors: Path) -> list[Break]:
    return [*await audit.verify(), *await audit.verify_anchors(anchors)]


async def _opened(settings: Settings, act: Callable[[], Awaitable[T]]) -> T:
    crypto.use(crypto.Keyring(crypto.Secrets.read(settings.keys_file)))
    await database.open_database(settings.database_url)
    try:
        await keys.load_keys()
        return await act()
    finally:
        await database.close_database()


COMMANDS: dict[str, Command] = {
    "run": running.run,
    "worker": work,
    "migrate": migrate,
    "init-keys": init_keys,
    "rotate-keys": rotate_keys,
    "verify-audit": verify_audit,
}


def main() -> int:
    """Run the command named on the command line; its exit status."""
    parser = argparse.ArgumentParser(prog="api.cli", description=__doc__)
    parser.add_argument("command", choices=sorted(COMMANDS))
    command = parser.parse_args().command
    try:
        return COMMANDS[command](Settings.load())
    except BadSetting as error:
        say(f"bad setting {error}")
        return 2


if __name__ == "__main__":
    sys.exit(main())
