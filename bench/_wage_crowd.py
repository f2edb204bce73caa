"""Fills a system's database with projects whose workers have a month of confirmed days.

`python -m bench._wage_crowd FILE FIRST PROJECTS WORKERS` as a process of its own fills PROJECTS
projects of WORKERS workers each, the first of them with the number FIRST, and prints the projects'
ids. One firm employs all of them and is the contractor. The month is the one before this one: days
and terms of everybody, overtime of every third and an advance of every tenth in both books.
"""

import asyncio
import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID, uuid5

import asyncpg
from tortoise import connections
from tortoise.models import Model

from api import database, migrating
from api.accounts.models import Account, AccountKind, Consent, RoleGrant
from api.enterprises.models import Enterprise
from api.funds.models import AccountEntry, Agreement, SpecialAccount
from api.funds.rules import AccountState, EntryKind
from api.kit import clock, crypto, keys
from api.kit.ids import new_id, new_token
from api.kit.personal import Kind, Personal
from api.kit.transaction import CONNECTION, is_sqlite
from api.projects.models import Project, Status
from api.settings import Settings
from api.wages.models import WageTerms
from api.wages.reckoning import PayKind
from api.workers.models import BankCard
from api.worklog.models import LogLine
from api.worklog.rules import Kind as BookKind
from tests.drills._crowd import FIRM, NAMESPACE, REGION, Member, centre, firm, rows_of

MAKER, AUDITOR, CHECKER = (uuid5(NAMESPACE, each) for each in ("maker", "auditor", "checker"))
"""The firm's people: who makes sheets, who audits and releases them, who checks them again."""
DAYS, RATE_FEN, ADVANCE_FEN, BALANCE_FEN = 22, 32_000, 50_000, 10**13
AT_ONCE = 2_000
ID, DAY = (
    {
        "sqlite": "lower(substr(hex(randomblob(4)), 1, 8) || '-' || hex(randomblob(2)) || '-7' || "
        "substr(hex(randomblob(2)), 2) || '-8' || substr(hex(randomblob(2)), 2) || '-' || "
        "hex(randomblob(6)))",
        "postgres": "gen_random_uuid()",
    },
    {"sqlite": "date('{first}', n || ' days')", "postgres": "date '{first}' + n"},
)
WORKDAYS = """WITH RECURSIVE month (n) AS (
        SELECT 0 UNION ALL SELECT n + 1 FROM month WHERE n < {days}
    )
    INSERT INTO workday (id, created_at, worker_id, account_id, project_id, engagement_id,
        enterprise_id, contractor_id, region, day, state, units, found_units, hours, reasons,
        evidence, derived_at, decided_at)
    SELECT {id}, e.created_at, e.worker_id, w.account_id, e.project_id, e.id, e.enterprise_id,
        e.contractor_id, e.region, {day}, 'confirmed', 1, 1, 8, '[]', 2, e.created_at, e.created_at
    FROM engagement AS e JOIN worker AS w ON w.id = e.worker_id, month
    WHERE e.project_id = '{project}'"""


def month() -> date:
    """The first day of the month that is paid."""
    return (clock.today().replace(day=1) - timedelta(days=1)).replace(day=1)


async def fill(first: int, projects: int, workers: int) -> list[UUID]:
    """The projects, each with everything that a sheet is drawn and paid from."""
    if not await Enterprise.exists(id=FIRM):
        await _store(_firm())
    made = []
    for number in range(first, first + projects):
        project_id = new_id()
        await _store(_project(project_id, number))
        for begin in range(0, workers, AT_ONCE):
            many = range(number * workers + begin, number * workers + min(begin + AT_ONCE, workers))
            await _store(row for each in many for row in _worker(project_id, each))
        await _work(project_id)
        made.append(project_id)
    return made


def _firm() -> Iterator[Model]:
    yield firm(CHECKER)
    for account_id in (MAKER, AUDITOR, CHECKER):
        role = "enterprise_admin" if account_id == CHECKER else "wage_officer"
        yield Account(id=account_id, kind=AccountKind.STAFF)
        yield RoleGrant(account_id=account_id, role=role, tenant_id=FIRM)


def _project(project_id: UUID, number: int) -> Iterator[Model]:
    card, account_id = Personal.of(Kind.BANK_CARD, f"5105{number:014}"), new_id()
    since = clock.today() - timedelta(days=400)
    owned = {"project_id": project_id, "contractor_id": FIRM, "region": REGION}
    yield Project(
        id=project_id, name=f"样例工地{number}号", code=f"P{number:015}", enterprise_id=FIRM,
        region=REGION, status=Status.BUILDING.value, category="01", pay_day=20,
    )  # fmt: skip
    yield SpecialAccount(
        id=account_id, bank_code="105", bank_name="样例银行", number=card, number_index=card.index,
        state=AccountState.ACTIVE, balance_fen=BALANCE_FEN, opened_on=since, **owned,
    )  # fmt: skip
    yield AccountEntry(
        special_account_id=account_id, kind=EntryKind.LABOUR_COST_IN, amount_fen=BALANCE_FEN,
        balance_fen=BALANCE_FEN, on=since, **owned,
    )  # fmt: skip
    yield Agreement(
        special_account_id=account_id, number=f"DF-{number}", parties=["样例总包", "样例银行"],
        starts_on=since, file_id=new_id(), **owned,
    )  # fmt: skip


def _worker(project_id: UUID, number: int) -> Iterator[Model]:
    """Himself with his period, his card, his terms and what both books say of him."""
    member = Member(new_token(), str(new_id()), str(project_id), *centre(0))
    yield from (row for row in rows_of(member, number) if not isinstance(row, Consent))
    worker_id, card = UUID(member.worker_id), Personal.of(Kind.BANK_CARD, f"6217{number:015}")
    yield BankCard(
        worker_id=worker_id, number=card, number_index=card.index, active_number=card.index,
        active_worker_id=worker_id, bank_code="105",
    )  # fmt: skip
    owned = {"worker_id": worker_id, "project_id": project_id, "contractor_id": FIRM}
    yield WageTerms(
        enterprise_id=FIRM, region=REGION, pay_kind=PayKind.DAY, rate_fen=RATE_FEN,
        unit_hours=Decimal(8), overtime_percent=150, pay_day=20, effective_from=month(), **owned,
    )  # fmt: skip
    both = {"team_id": project_id, "enterprise_id": FIRM, "worker_entries": 1, "leader_entries": 1}
    if number % 3 == 0:
        said = {f"{side}_{what}": Decimal(n) for side in ("worker", "leader")
                for what, n in (("units", 1), ("hours", 8), ("overtime", 2))}  # fmt: skip
        yield LogLine(day=month(), kind=BookKind.TIME, **both, **owned, **said)
    if number % 10 == 0:
        taken = dict.fromkeys(("worker_amount_fen", "leader_amount_fen"), ADVANCE_FEN)
        yield LogLine(day=month(), kind=BookKind.ADVANCE, **both, **owned, **taken)


async def _store(rows: Iterable[Model]) -> None:
    """All of the rows, table by table."""
    tables: dict[type[Model], list[Model]] = {}
    for row in rows:
        tables.setdefault(type(row), []).append(row)
    for model, made in tables.items():
        if is_sqlite():
            await model.bulk_create(made, batch_size=500)
        else:
            await _copy(model, made)


async def _copy(model: type[Model], rows: Iterable[Model]) -> None:
    """The same by COPY, which takes a tenth of the time."""
    columns = model._meta.fields_db_projection
    kinds = [(name, model._meta.fields_map[name]) for name in columns]
    records = [[kind.to_db_value(getattr(row, name), row) for name, kind in kinds] for row in rows]
    async with connections.get(CONNECTION).acquire_connection() as connection:
        assert isinstance(connection, asyncpg.Connection | asyncpg.pool.PoolConnectionProxy)
        await connection.copy_records_to_table(
            model._meta.db_table, records=records, columns=list(columns.values())
        )


async def _work(project_id: UUID) -> None:
    """Everybody of the project worked on the first so many days of the month."""
    store = "sqlite" if is_sqlite() else "postgres"
    await connections.get(CONNECTION).execute_script(
        WORKDAYS.format(
            days=DAYS - 1, id=ID[store], day=DAY[store].format(first=month()), project=project_id
        )
    )


async def _filled(settings: Settings, first: int, projects: int, workers: int) -> list[UUID]:
    crypto.use(crypto.Keyring(crypto.Secrets.read(settings.keys_file)))
    await migrating.migrate(settings.database_url)
    await database.open_database(settings.database_url)
    try:
        await keys.load_keys()
        return await fill(first, projects, workers)
    finally:
        await database.close_database()


def main() -> None:
    """Fill the database of the settings in a JSON file."""
    file, *numbers = sys.argv[1:]
    settings = Settings.load({}, json.loads(Path(file).read_text()))
    made = asyncio.run(_filled(settings, *map(int, numbers)))
    print(json.dumps([str(each) for each in made]))


if __name__ == "__main__":
    main()
