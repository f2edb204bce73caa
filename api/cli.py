"""Management: `python -m api.cli COMMAND`. Each command says in one line what it did."""

import argparse
import asyncio
import inspect
import os
import sqlite3
import sys
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from pydantic import TypeAdapter, ValidationError
from tortoise.exceptions import OperationalError

from api import app as application
from api import database, migrating, running, worker
from api.accounts import service as accounts
from api.accounts import wechat_messages
from api.accounts.errors import UsernameTaken, WechatOff
from api.accounts.schemas import Username
from api.audit import service as audit
from api.audit.rules import Break
from api.integrations.http import UpstreamError
from api.kit import crypto, keys, reseal
from api.kit.actor import SYSTEM
from api.running import say
from api.settings import BadSetting, Settings
from api.wiring import adapters_from

Command = Callable[[Settings], int]
T = TypeVar("T")


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
    """Run jobs and the timetable beside API processes; a demo does it all in one process."""
    if settings.demo:
        say("A demo runs its jobs by itself. Without the demo: make worker DEMO=0")
        return 1
    worker.work(settings)
    return 0


def rotate_keys(settings: Settings, settle_s: float = keys.SETTLE_S) -> int:
    """Add a KEK and a data key, wrap anew, and seal every row with the new data key.

    Processes that run go on: the new key seals once all of them know it, `settle_s` from now.
    """
    fresh = crypto.Secrets.read(settings.keys_file).with_new_kek()
    fresh.write(settings.keys_file)
    wrapped, sealed = asyncio.run(_opened(settings, lambda: _rotate(settle_s)))
    say(f"now wrapping with {fresh.kek_id}: {wrapped} data keys wrapped, {sealed} rows sealed anew")
    return 0


async def _rotate(settle_s: float) -> tuple[int, int]:
    wrapped = await keys.rewrap_keys(crypto.keyring())
    await keys.add_key(settle_s)
    await asyncio.sleep(settle_s)
    await keys.load_keys()
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


def create_admin(settings: Settings, username: str) -> int:
    """Take on a platform administrator, who then sets his own password and second factor."""
    try:
        TypeAdapter(Username).validate_python(username)
        _, code = asyncio.run(_opened(settings, lambda: _create_admin(username)))
    except (ValidationError, UsernameTaken):
        say("A user name has 3 to 32 of a-z 0-9 _ . - after a first letter, and nobody else has it")
        return 1
    say(f"activation code of {username}, good for 72 hours, shown this once: {code}")
    say('POST /api/v1/auth/activations {"username", "activation_code", "password"}')
    return 0


async def _create_admin(username: str) -> tuple[UUID, str]:
    return await accounts.create_staff(SYSTEM, username=username, role="platform_admin")


def backup(settings: Settings, file: str) -> int:
    """Copy the SQLite database into FILE while it is in use; PostgreSQL has pg_dump for that."""
    if not settings.database_url.startswith("sqlite://"):
        say("PostgreSQL is backed up by its own tools: pg_dump --format=custom")
        return 1
    if Path(file).exists():
        say(f"{file} exists")
        return 1
    source = Path(settings.database_url.removeprefix("sqlite://"))
    with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as opened:
        opened.execute("VACUUM INTO ?", (file,))
    Path(file).chmod(0o600)
    say(
        f"wrote {file}; it opens only with {settings.keys_file}, photos are in {settings.var}/files"
    )
    return 0


def publish_menu(settings: Settings) -> int:
    """Let the official account's menu lead to our pages; exit status 1 when WeChat refuses."""
    cache = application.cache_of(settings)
    application.prepare(settings, adapters_from(settings, cache), cache)
    try:
        asyncio.run(wechat_messages.publish_menu())
    except (WechatOff, UpstreamError) as error:
        say(f"WeChat did not take the menu: {error}")
        return 1
    say("the menu leads to our pages")
    return 0


COMMANDS: dict[str, Command] = {
    "run": running.run,
    "worker": work,
    "migrate": migrate,
    "init-keys": init_keys,
    "rotate-keys": rotate_keys,
    "verify-audit": verify_audit,
    "wechat-menu": publish_menu,
}
WITH_ARGUMENT: dict[str, tuple[str, Callable[[Settings, str], int]]] = {
    "create-admin": ("USERNAME", create_admin),
    "backup": ("FILE", backup),
}


def main() -> int:
    """Run the command named on the command line; its exit status."""
    options = _parser().parse_args()
    # What is written here is for its owner alone: the database, keys and photos.
    os.umask(0o077)
    try:
        settings = running.settled()
        if options.command in WITH_ARGUMENT:
            return WITH_ARGUMENT[options.command][1](settings, options.argument)
        return COMMANDS[options.command](settings)
    except (BadSetting, running.WrongDatabase) as error:
        say(str(error))
        return 2
    except OperationalError:
        say("This database has no tables yet: run migrate first, or set DEMO=1 for the demo's.")
        return 2
    except FileNotFoundError as error:
        say(f"{error.filename} is missing")
        return 2
    except KeyboardInterrupt:
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="api.cli", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, act in COMMANDS.items():
        commands.add_parser(name, help=inspect.getdoc(act))
    for name, (argument, acting) in WITH_ARGUMENT.items():
        made = commands.add_parser(name, help=inspect.getdoc(acting))
        made.add_argument("argument", metavar=argument)
    return parser


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    sys.stderr.flush()
    # A thread that waits for a vendor must not hold the process: what counts is committed by now.
    os._exit(status)
