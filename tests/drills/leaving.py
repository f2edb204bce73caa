"""Three years of one worker: his copy, and what is left when he is gone; `make drill-leaving`.

Beside a hundred others on the site, one has 1,096 days of punches, work days with their steps,
both books, and messages. His copy (JSON, PDF) must be ready within a minute (trust.md 1.7), and
hold every row. Then he leaves, is erased, and every sealed value of every table is opened: his
name, number and phone may stand in what the law keeps alone. Three years after the project's end
the night's run must take that away too. On SQLite and on PostgreSQL, each in a process of its own:
the ORM keeps to one kind of database.
"""

import argparse
import asyncio
import io
import json
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from api import database, migrating
from api import settings as configuration
from api.accounts.models import Account
from api.attendance.models import Punch, Side, State, Workday, WorkdayStep
from api.engagements.models import Engagement
from api.engagements.models import State as PeriodState
from api.integrations import adapters as outside
from api.integrations.adapters import Adapters
from api.integrations.storage import FolderStorage
from api.kit import cache as caches
from api.kit import clock, crypto, jobs, keys, memo
from api.kit.fields import PersonalField, Record
from api.kit.ids import new_id
from api.kit.personal import Kind, Personal
from api.kit.transaction import transaction
from api.notices.models import Notice
from api.privacy import erasing, exporting, person, retention
from api.privacy import jobs as privacy_jobs  # noqa: F401 - registers its jobs
from api.privacy.register import HELD
from api.projects.models import Project, Status
from api.settings import Settings
from api.workers.models import Worker
from api.worklog.models import LogChange, LogEntry, LogLine
from api.worklog.rules import Book
from api.worklog.rules import Kind as WorkKind
from tests.drills._crowd import FIRM, REGION, fill
from tests.guards.document import models
from tests.servers import Postgres

DAYS, OTHERS, MOST_S = 1_096, 100, 60.0
NAME, NUMBER, PHONE = "样例甲", "510107199001010079", "13900000079"
LEDGERS = {("kept_identity", "name"), ("kept_identity", "number")}


def of_a_day(worker: Worker, period: Engagement, day: datetime) -> Iterator[Record]:
    """Everything that one day of work leaves behind."""
    ids = {"worker_id": worker.id, "project_id": period.project_id}
    whole = {**ids, "account_id": worker.account_id, "engagement_id": period.id}
    firm = {"enterprise_id": FIRM, "contractor_id": FIRM}
    workday = Workday(
        id=new_id(), **whole, **firm, region=REGION, day=day.date(), state=State.CONFIRMED,
        units=Decimal(1), found_units=Decimal(1), hours=Decimal(10), reasons=[], evidence=2,
        first_at=day, last_at=day + timedelta(hours=10), derived_at=day,
    )  # fmt: skip
    yield workday
    for way, hours in (("in", 0), ("out", 10)):
        yield Punch(
            **whole, enterprise_id=FIRM, client_id=new_id(), workday_id=workday.id,
            content="0" * 64, day=day.date(), direction=way, method="fence",
            at=day + timedelta(hours=hours), received_at=day + timedelta(hours=hours),
            late_upload=False, verdict="inside", detail="", distance_m=0.0, lon=104.0, lat=30.5,
            device_id="drill",
        )  # fmt: skip
    for act, state in (("drawn", State.PENDING), ("confirm", State.CONFIRMED)):
        yield WorkdayStep(
            workday_id=workday.id, act=act, state=state, units=Decimal(1), side=Side.SYSTEM,
            at=day + timedelta(hours=12),
        )  # fmt: skip
    yield from _written(ids, day)
    yield Notice(account_id=worker.account_id, kind="workday.confirmed", params={})


def _written(ids: dict[str, Any], day: datetime) -> Iterator[Record]:
    place = {**ids, "team_id": new_id(), "contractor_id": FIRM, "day": day.date()}
    entry = LogEntry(
        id=new_id(), **place, book=Book.WORKER, kind=WorkKind.TIME, units=Decimal(1),
        written_by=new_id(),
    )  # fmt: skip
    yield entry
    yield LogChange(
        entry_id=entry.id, version=1, act="written", book=Book.WORKER, team_id=place["team_id"],
        worker_id=ids["worker_id"], said={"units": "1"}, account_id=new_id(),
    )  # fmt: skip
    yield LogLine(**place, kind=WorkKind.TIME, worker_entries=1, worker_units=Decimal(1))


async def filled() -> tuple[UUID, int]:
    """The account of the worker with three years behind him, and how many rows those are."""
    members = await fill(OTHERS, 1)
    worker = await Worker.get(id=UUID(members[0].worker_id))
    number, phone = Personal.of(Kind.ID_NUMBER, NUMBER), Personal.of(Kind.PHONE, PHONE)
    worker.number, worker.number_index = number, number.index
    worker.name, worker.phone = Personal.of(Kind.NAME, NAME), phone
    await worker.save()
    account = await Account.get(id=worker.account_id)
    account.phone, account.phone_index = phone, phone.index
    await account.save()
    period = await Engagement.get(worker_id=worker.id)
    first = clock.now().replace(hour=0, minute=0) - timedelta(days=DAYS)
    rows: dict[type[Record], list[Record]] = {}
    for number_of_day in range(DAYS):
        for row in of_a_day(worker, period, first + timedelta(days=number_of_day)):
            rows.setdefault(type(row), []).append(row)
    for model, made in rows.items():
        await model.bulk_create(made, batch_size=200)
    return account.id, sum(len(made) for made in rows.values())


async def traces() -> set[tuple[str, str]]:
    """Tables and columns in which something of his is found, every seal opened."""
    found = set()
    for model in models():
        names = [n for n, f in model._meta.fields_map.items() if isinstance(f, PersonalField)]
        for row in await model.all() if names else ():
            for name in names:
                value = getattr(row, name)
                plain = value.open_for_audit() if value else ""
                if any(text in plain for text in (NAME, NUMBER, PHONE)):
                    found.add((str(model._meta.db_table), name))
    return found


def rows_in(packed: bytes) -> int:
    """How many rows the copy's JSON holds."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        whole = json.loads(archive.read("资料.json"))
        assert archive.read("资料.pdf").startswith(b"%PDF")
    assert [part["table"] for part in whole["held"]] == [holding.table for holding in HELD]
    return sum(len(part["rows"]) for part in whole["held"])


async def leave(account_id: UUID) -> dict[str, Any]:
    """He goes home, is erased, and the law's term goes by: what is found of him after each."""
    who = await person.behind(account_id)
    left = {"state": PeriodState.LEFT, "left_on": clock.today(), "settled": True}
    await Engagement.filter(worker_id__in=who.worker_ids).update(**left)
    await Project.all().update(status=Status.FINISHED.value, status_on=clock.today())
    began = time.monotonic()
    async with transaction():
        erased = await erasing.erase(who)
    erase_s, after = time.monotonic() - began, await traces()
    kept = await Punch.filter(worker_id__in=who.worker_ids).count()
    later = clock.now() + timedelta(days=3 * 366)
    clock.set_clock(lambda: later)
    began = time.monotonic()
    await retention.end_terms()
    await retention.release_ledgers()
    await jobs.drain()
    return {
        "erased_rows": erased, "erase_s": round(erase_s, 2),
        "left_in": sorted(f"{table}.{column}" for table, column in after),
        "only_the_law": after == LEDGERS, "punches_kept": kept,
        "punches_after_term": await Punch.filter(worker_id__in=who.worker_ids).count(),
        "release_s": round(time.monotonic() - began, 2), "left_at_last": len(await traces()),
    }  # fmt: skip


async def _measured(folder: Path, url: str) -> dict[str, Any]:
    settings = Settings.load({
        "DATABASE_URL": url, "VAR": str(folder), "KEYS_FILE": str(folder / "keys.json"),
    })  # fmt: skip
    configuration.use(settings)
    crypto.use(crypto.Keyring(crypto.Secrets.fresh()))
    caches.use(caches.DictCache())
    outside.use(Adapters(storage=FolderStorage(folder / "files")))
    memo.Channel.open = True
    await migrating.migrate(url)
    await database.open_database(url)
    try:
        await keys.load_keys()
        account_id, made = await filled()
        began = time.monotonic()
        packed, rows = await exporting.copy_of(await person.behind(account_id))
        found = {
            "rows_made": made, "rows_in_copy": rows_in(packed), "rows_told": rows,
            "export_s": round(time.monotonic() - began, 2),
            "megabytes": round(len(packed) / 1e6, 2),
        }  # fmt: skip
        return {**found, **await leave(account_id)}
    finally:
        await database.close_database()


def measured(url: str) -> dict[str, Any]:
    """The figures of one store, in a process of its own."""
    command = [sys.executable, "-m", "tests.drills.leaving", "--url", url]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def is_good(found: dict[str, Any]) -> bool:
    """Whether a store's figures are as they should be."""
    whole = found["rows_in_copy"] == found["rows_told"] >= found["rows_made"]
    gone = found["only_the_law"] and not found["left_at_last"] and not found["punches_after_term"]
    return whole and gone and found["punches_kept"] == 2 * DAYS and found["export_s"] <= MOST_S


def main() -> int:
    """Fill, copy, erase, wait, print; 0 when all is as it should be."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--url", default="")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if options.url:
            print(json.dumps(asyncio.run(_measured(Path(folder), options.url))))
            return 0
        found = {"sqlite": measured(f"sqlite://{folder}/leaving.db")}
        with Postgres() as postgres:
            found["postgres"] = measured(postgres.create_database("leaving"))
    for store, figures in found.items():
        for name, figure in figures.items():
            print(f"{store:<10}{name:<20}{figure}")
    print(json.dumps(found))
    return 0 if all(is_good(each) for each in found.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
