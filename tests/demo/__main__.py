"""Fills an empty database with the city: `python -m tests.demo SETTINGS`.

SETTINGS is a JSON file of settings by name. Everything is written in one transaction, so there is
either a whole city or none; `demo-accounts.json` follows it.
"""

import argparse
import asyncio
import json
from pathlib import Path

from api import app as application
from api import database
from api.accounts.models import Account
from api.kit import clock, keys, logging
from api.kit.cache import DictCache
from api.kit.transaction import transaction
from api.settings import Settings
from api.wiring import adapters_from
from tests.demo import city
from tests.demo.accounts import listed


async def fill(settings: Settings) -> None:
    """The database holds the city, and the file beside it says how to log in."""
    cache = DictCache()
    application.prepare(settings, adapters_from(settings, cache), cache)
    await database.open_database(settings.database_url)
    try:
        await keys.load_keys()
        if not await Account.exists():
            async with transaction():
                await city.build()
            await city.quieten()
    finally:
        clock.set_clock()
        await database.close_database()
    write(settings.var / "demo-accounts.json")


def write(file: Path) -> None:
    """Write the accounts, so that a reader never sees half a file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".draft")
    draft.write_text(json.dumps(listed(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    draft.replace(file)


def main() -> None:
    """Read the settings and fill."""
    parser = argparse.ArgumentParser(prog="python -m tests.demo", description=__doc__)
    parser.add_argument("settings", type=Path)
    given = json.loads(parser.parse_args().settings.read_text())
    settings = Settings.load({}, given)
    logging.configure("WARNING")
    asyncio.run(fill(settings))


if __name__ == "__main__":
    main()
