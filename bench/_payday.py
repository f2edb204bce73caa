"""Makes and pays the wage sheets of projects, by the product's own services, and measures it.

`python -m bench._payday FILE SIGNING PROJECT …`: FILE holds the settings, SIGNING is `each` (every
line by its worker's own call, sixteen at a time) or `all` (a sheet's signatures in two statements,
as if they had come in the days before). What follows by a job is done here in its order; messages
are left in the outbox, which other processes empty. One line of JSON tells what came of it.
"""

import asyncio
import json
import logging
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from uuid import UUID

from tortoise import connections

from api import app as application
from api import database
from api.kit import clock, jobs, keys
from api.kit.actor import Actor
from api.kit.cache import DictCache
from api.kit.ids import new_id
from api.kit.models import Job
from api.kit.transaction import CONNECTION
from api.payroll.models import BankBatch
from api.permissions import grant
from api.settings import Settings
from api.wages import sheets, signing
from api.wages.models import WageLine, WageSheet
from api.wages.rules import SheetState, Way
from api.wages.schemas import AuditIn, SheetIn
from api.wiring import adapters_from
from api.workers.models import Worker
from bench._wage_crowd import AUDITOR, CHECKER, MAKER, month
from tests.drills._crowd import FIRM

STAGES = ("draw", "submit", "sign", "approve", "batch", "send", "receive")
AT_ONCE, PART = 16, 1_000
SIGNED = """INSERT INTO line_signature (id, created_at, line_id, worker_id, project_id,
        line_version, digest, way, account_id, at)
    SELECT gen_random_uuid(), now(), l.id, l.worker_id, l.project_id, l.version, l.digest,
        'confirm', w.account_id, now()
    FROM wage_line AS l JOIN worker AS w ON w.id = l.worker_id WHERE l.sheet_id = '{sheet}'"""
CONFIRMED = """UPDATE wage_line SET state = 'confirmed', signed_version = version
    WHERE sheet_id = '{sheet}'"""
KB = 1024


@dataclass(slots=True)
class Stage:
    """What all sheets took up to now. Statements: a bulk insert is one; peak_mb: resident."""

    seconds: float = 0
    cpu_s: float = 0
    statements: int = 0
    peak_mb: float = 0


@dataclass(slots=True)
class Measured:
    """What came of it. marks: lines paid and the process's peak up to then, after each sheet."""

    lines: int = 0
    total_fen: int = 0
    seconds: float = 0
    stages: dict[str, Stage] = field(default_factory=lambda: {name: Stage() for name in STAGES})
    marks: list[tuple[int, float]] = field(default_factory=list)


class _Statements(logging.Handler):
    """Counts what goes to the database; without making the text of it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.sent = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.sent += 1


def _peak_mb() -> float:
    """The process's largest resident size since `_begin_peak`."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / KB


def _begin_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def _actor(account_id: UUID, role: str) -> Actor:
    grants = (grant(role, tenant_id=FIRM),)
    return Actor(account_id, new_id(), "staff", grants, second_factor=True)


class _Payday:
    """Sheet after sheet, stage after stage."""

    def __init__(self, settings: Settings, signing_way: str) -> None:
        self.found, self.signing_way = Measured(), signing_way
        self.counter, self.since = _Statements(), clock.now()
        logger = logging.getLogger("tortoise.db_client")
        logger.setLevel(logging.DEBUG)
        logger.propagate = False
        logger.addHandler(self.counter)
        self.maker = _actor(MAKER, "wage_officer")
        self.auditor = _actor(AUDITOR, "wage_officer")
        self.checker = _actor(CHECKER, "enterprise_admin")

    async def pay(self, project_id: UUID) -> None:
        """The project's sheet, from its drawing to the last receipt."""
        begun, self.since = time.perf_counter(), clock.now()
        with self._stage("draw"):
            made = await sheets.make(
                self.maker, SheetIn(project_id=project_id, month=f"{month():%Y-%m}")
            )
            await self._follow("wages.draw", made.id)
        with self._stage("submit"):
            await sheets.submit(self.maker, made.id)
        with self._stage("sign"):
            await self._sign(made.id)
        with self._stage("approve"):
            await sheets.audit_sheet(self.auditor, made.id, AuditIn())
            await sheets.recheck(self.checker, made.id)
            await sheets.release(self.auditor, made.id)
        with self._stage("batch"):
            await self._follow("payroll.sheet_released", made.id)
            while await self._follow("payroll.draw", *await _batches(made.id)):
                pass
        with self._stage("send"):
            await self._follow("payroll.send", *await _batches(made.id))
        with self._stage("receive"):
            await self._follow("payroll.ask", *await _batches(made.id))
        self.found.seconds += time.perf_counter() - begun
        await self._paid(made.id)

    @contextmanager
    def _stage(self, name: str) -> Iterator[None]:
        kept, sent = self.found.stages[name], self.counter.sent
        _begin_peak()
        begun, cpu = time.perf_counter(), time.process_time()
        yield
        kept.seconds += time.perf_counter() - begun
        kept.cpu_s += time.process_time() - cpu
        kept.statements += self.counter.sent - sent
        kept.peak_mb = max(kept.peak_mb, _peak_mb())

    async def _sign(self, sheet_id: UUID) -> None:
        if self.signing_way == "all":
            for statement in (SIGNED, CONFIRMED):
                await connections.get(CONNECTION).execute_query(statement.format(sheet=sheet_id))
            return
        last = UUID(int=0)
        lines = WageLine.filter(sheet_id=sheet_id).order_by("id").limit(PART)
        while found := await lines.filter(id__gt=last).only("id", "worker_id", "digest"):
            await _sign_all(found)
            last = found[-1].id

    async def _follow(self, name: str, *about: UUID) -> int:
        """Do the jobs of this name about these sheets or batches, and what follows; how many."""
        ours, done = {str(each) for each in about}, 0
        handler: Callable[..., Awaitable[None]] = jobs.TASKS[name].handler
        # By an index: the messages of all sheets before wait in the same table.
        fresh = Job.filter(name=name, dead=False, run_at__gte=self.since)
        while rows := [row for row in await fresh if ours & set(row.args.values())]:
            for row in rows:
                await handler(**row.args)
                await Job.filter(id=row.id).delete()
            done += len(rows)
        return done

    async def _paid(self, sheet_id: UUID) -> None:
        """The sheet is paid whole. RuntimeError otherwise."""
        sheet = await WageSheet.get(id=sheet_id)
        if sheet.state is not SheetState.PAID or sheet.paid_fen != sheet.total_fen:
            raise RuntimeError(f"{sheet.number} is {sheet.state}: {sheet.paid_fen} fen arrived")
        self.found.lines += sheet.persons
        self.found.total_fen += sheet.total_fen
        peak_mb = max(stage.peak_mb for stage in self.found.stages.values())
        self.found.marks.append((self.found.lines, round(peak_mb, 1)))


async def _sign_all(lines: list[WageLine]) -> None:
    rows = await Worker.filter(id__in=[line.worker_id for line in lines]).only("id", "account_id")
    accounts = {row.id: row.account_id for row in rows}
    waiting = iter(lines)

    async def one_after_the_other() -> None:
        for line in waiting:
            actor = Actor(accounts[line.worker_id], new_id(), "person", (grant("worker"),))
            await signing.sign(actor, line.id, line.digest, Way.CONFIRM)

    await asyncio.gather(*(one_after_the_other() for _ in range(AT_ONCE)))


async def _batches(sheet_id: UUID) -> list[UUID]:
    return [row.id for row in await BankBatch.filter(sheet_id=sheet_id).only("id")]


async def _run(settings: Settings, signing_way: str, projects: list[UUID]) -> Measured:
    cache = DictCache()
    application.prepare(settings, adapters_from(settings, cache), cache)
    await database.open_database(settings.database_url)
    try:
        await keys.load_keys()
        application.keep_what_stays()
        payday = _Payday(settings, signing_way)
        for project_id in projects:
            await payday.pay(project_id)
        return payday.found
    finally:
        await database.close_database()


def main() -> None:
    """Pay the projects."""
    file, signing_way, *projects = sys.argv[1:]
    settings = Settings.load({}, json.loads(Path(file).read_text()))
    found = asyncio.run(_run(settings, signing_way, [UUID(each) for each in projects]))
    print(json.dumps(asdict(found)))


if __name__ == "__main__":
    main()
