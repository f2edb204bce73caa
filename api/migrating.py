"""Applying migrations, and knowing whether they are applied."""

from pathlib import Path

from tortoise import Tortoise, connections
from tortoise.migrations.api import migrate as apply

from api.database import config
from api.kit.transaction import CONNECTION

FOLDER = Path(__file__).parent.parent / "migrations"
APPLIED = 'SELECT "name" FROM "tortoise_migrations"'


def written() -> set[str]:
    """The names of all migrations in the repository."""
    return {file.stem for file in FOLDER.glob("0*.py")}


async def migrate(url: str) -> None:
    """Bring the database to the newest migration; nothing happens when it is there."""
    if url.startswith("sqlite://"):
        Path(url.removeprefix("sqlite://")).parent.mkdir(parents=True, exist_ok=True)
    try:
        await apply(config=config(url, migrating=True))
    finally:
        await Tortoise.close_connections()


async def is_current() -> bool:
    """Whether every migration is applied to the open database."""
    rows = await connections.get(CONNECTION).execute_query_dict(APPLIED)
    return written() <= {row["name"] for row in rows}
