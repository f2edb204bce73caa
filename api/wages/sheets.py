"""工资单: made by the employer, audited, checked again and released by the contractor (7.1, L-06).

Maker, auditor and re-checker are three accounts, and the maker does not release; whoever changed
an amount counts as a maker. Nothing is changed after the audit: a sheet goes back to its draft for
that, with a reason.
"""

from calendar import monthrange
from datetime import date, timedelta
from uuid import UUID

from api.codes import workdays
from api.enterprises import service as enterprises
from api.funds import service as funds
from api.kit import clock, jobs
from api.kit.actor import SYSTEM, Actor
from api.kit.errors import FieldError, Invalid
from api.kit.rows import plan_each
from api.kit.transaction import transaction
from api.permissions import Permission
from api.projects import service as projects
from api.wages import drawing, queries, rules, steps, telling
from api.wages.access import stepping
from api.wages.errors import (
    EmptySheet,
    NotEmployed,
    NoTerms,
    OverlapUnseen,
    PayTooEarly,
    PeriodMissing,
    SamePerson,
    UnsignedLines,
    WrongPeriod,
)
from api.wages.models import SheetSerial, WageLine, WageSheet
from api.wages.rules import Act, LineState, SheetKind, SheetState
from api.wages.schemas import AuditIn, ReasonIn, SheetIn

UPDATE = Permission.ENTERPRISE_WAGES_UPDATE
LONGEST = timedelta(days=366)
DEFAULT_PAY_DAY = 20
TELL = 500


async def make(actor: Actor, given: SheetIn) -> WageSheet:
    """A draft; its lines are drawn right after, those of a large one in the background.

    NoSuchProject, NoSuchEnterprise, NotEmployed, PeriodMissing, WrongPeriod, PayTooEarly.
    """
    project = await projects.require(actor, UPDATE, given.project_id)
    employer_id = await enterprises.acting_for(actor, UPDATE, given.enterprise_id)
    firm = await enterprises.require_verified(employer_id)
    if not await projects.participates(employer_id, project.id, clock.today()):
        raise NotEmployed
    first, last = _period(given)
    pay_on = _pay_on(given.pay_on, last, project.pay_day)
    async with transaction():
        row = await WageSheet.create(
            number=await _number(firm.code or str(firm.id), given.month),
            project_id=project.id,
            enterprise_id=employer_id,
            contractor_id=project.enterprise_id,
            region=project.region,
            team_id=given.team_id,
            kind=given.kind,
            month=given.month,
            from_on=first,
            to_on=last,
            pay_on=pay_on,
            made_by=actor.id,
        )
    await drawing.draw(row.id, given.worker_ids, actor=actor)
    return await WageSheet.get(id=row.id)


def _period(given: SheetIn) -> tuple[date, date]:
    start = date.fromisoformat(f"{given.month}-01")
    whole = start, start.replace(day=monthrange(start.year, start.month)[1])
    monthly = given.kind is SheetKind.MONTHLY
    first, last = whole if monthly else _said(given)
    if first > clock.today():
        raise _fault(WrongPeriod, "month" if monthly else "from_on")
    if not first <= last <= first + LONGEST:
        raise _fault(WrongPeriod, "to_on")
    return first, last


def _said(given: SheetIn) -> tuple[date, date]:
    """The days that a settlement or back pay names itself. PeriodMissing."""
    days = {"from_on": given.from_on, "to_on": given.to_on}
    first, last = days.values()
    if first is None or last is None:
        raise _fault(PeriodMissing, *(name for name, day in days.items() if day is None))
    return first, last


def _pay_on(wanted: date | None, last: date, pay_day: int | None) -> date:
    """The working day on which it is due. PayTooEarly."""
    if wanted is None:
        return rules.due_on(workdays.calendar(), last, pay_day or DEFAULT_PAY_DAY)
    if wanted < last:
        raise _fault(PayTooEarly, "pay_on")
    return rules.pay_date(workdays.calendar(), wanted)


def _fault(kind: type[Invalid], *places: str) -> Invalid:
    return kind(errors=tuple(FieldError(each, kind.code, kind.detail) for each in places))


async def _number(code: str, month: str) -> str:
    """The next number of a unit's sheets in a month. Its serial's row is held until the commit."""
    unit = code[-4:]
    await SheetSerial.bulk_create([SheetSerial(unit=unit, month=month)], ignore_conflicts=True)
    serial = await SheetSerial.filter(unit=unit, month=month).select_for_update().get()
    serial.given += 1
    await serial.save(update_fields=["given"])
    return rules.number(unit, month, serial.given)


async def submit(actor: Actor, sheet_id: UUID) -> WageSheet:
    """The contractor is to audit it, and each worker is asked to look at his line and sign.

    NoSuchSheet, WrongStep, StillDrawing, EmptySheet, NoTerms.
    """
    async with stepping(actor, UPDATE, sheet_id, Act.SUBMITTED, contractor=False) as row:
        await plan_each()
        if not row.persons:
            raise EmptySheet
        without = WageLine.filter(sheet_id=row.id, pay_kind=None)
        if row.kind is not SheetKind.BACK_PAY and await without.exists():
            raise NoTerms
        await drawing.flag_overlaps(row)
        first_time = row.submitted_at is None
        row.submitted_at = clock.now()
        await steps.step(actor, row, Act.SUBMITTED)
        await _tell_contractor(actor, row)
        if first_time:
            await _ask_to_sign(actor, row)
    return row


async def _ask_to_sign(actor: Actor, row: WageSheet) -> None:
    params, last = telling.params_of(row), UUID(int=0)
    lines = WageLine.filter(sheet_id=row.id).only("id", "worker_id").order_by("id")
    while found := await lines.filter(id__gt=last).limit(TELL):
        await telling.tell_workers(actor, found, "wages.to_sign", params)
        last = found[-1].id


async def audit_sheet(actor: Actor, sheet_id: UUID, given: AuditIn) -> WageSheet:
    """The contractor's officer has looked through it (L-06).

    NoSuchSheet, WrongStep, SamePerson, OverlapUnseen.
    """
    permission = Permission.ENTERPRISE_WAGES_AUDIT
    async with stepping(actor, permission, sheet_id, Act.AUDITED, contractor=True) as row:
        await _require_other(actor, row, row.made_by)
        overlap = await WageLine.filter(sheet_id=row.id, overlaps_id__isnull=False).exists()
        if overlap and not given.overlaps_seen:
            raise OverlapUnseen
        row.audited_by = actor.id
        await steps.step(actor, row, Act.AUDITED)
        await _tell_contractor(actor, row)
    return row


async def recheck(actor: Actor, sheet_id: UUID) -> WageSheet:
    """Another of the contractor's has checked it again. NoSuchSheet, WrongStep, SamePerson."""
    permission = Permission.ENTERPRISE_WAGES_RECHECK
    async with stepping(actor, permission, sheet_id, Act.RECHECKED, contractor=True) as row:
        await _require_other(actor, row, row.made_by, row.audited_by)
        row.rechecked_by = actor.id
        await steps.step(actor, row, Act.RECHECKED)
        await _tell_contractor(actor, row)
    return row


async def release(actor: Actor, sheet_id: UUID) -> WageSheet:
    """It may be paid from the special account; no amount changes from now on (GY-9).

    NoSuchSheet, WrongStep, SamePerson, UnsignedLines, NotReady without an agreement in force
    (SC-E4).
    """
    permission = Permission.ENTERPRISE_WAGES_RELEASE
    async with stepping(actor, permission, sheet_id, Act.RELEASED, contractor=True) as row:
        await _require_other(actor, row, row.made_by)
        await funds.require_ready(row.project_id, clock.today())
        unsigned = WageLine.filter(sheet_id=row.id, unsigned_reason="")
        if await unsigned.exclude(state=LineState.CONFIRMED).exists():
            raise UnsignedLines
        row.released_by, row.released_at = actor.id, clock.now()
        await steps.step(actor, row, Act.RELEASED)
        if not row.total_fen:
            row.state = SheetState.PAID
            await steps.step(SYSTEM, row, Act.PAID)
        else:
            jobs.enqueue("payroll.sheet_released", sheet_id=row.id)
    return row


async def _require_other(actor: Actor, row: WageSheet, *others: UUID | None) -> None:
    """The actor is none of the others and changed no amount of the sheet. SamePerson."""
    if actor.id in others or await queries.corrected_by(row.id, actor.id):
        raise SamePerson


async def send_back(actor: Actor, sheet_id: UUID, given: ReasonIn) -> WageSheet:
    """To its maker, with what is to be corrected; signatures stay. NoSuchSheet, WrongStep."""
    permission = Permission.ENTERPRISE_WAGES_AUDIT
    async with stepping(actor, permission, sheet_id, Act.RETURNED, contractor=True) as row:
        row.audited_by = row.rechecked_by = None
        await steps.step(actor, row, Act.RETURNED, reason=given.reason)
        await telling.tell_office(
            actor, row.enterprise_id, "wages.sheet_returned", telling.params_of(row),
            ("wage_sheet", row.id),
        )  # fmt: skip
    return row


async def void(actor: Actor, sheet_id: UUID, given: ReasonIn) -> WageSheet:
    """It counts no more, the advances it took back are open again. NoSuchSheet, WrongStep."""
    async with stepping(actor, UPDATE, sheet_id, Act.VOIDED, contractor=False) as row:
        await drawing.let_go(row.id)
        await steps.step(actor, row, Act.VOIDED, reason=given.reason)
    return row


async def archive(actor: Actor, sheet_id: UUID) -> WageSheet:
    """A paid sheet is put away. NoSuchSheet, WrongStep."""
    async with stepping(actor, UPDATE, sheet_id, Act.ARCHIVED, contractor=False) as row:
        await steps.step(actor, row, Act.ARCHIVED)
    return row


async def _tell_contractor(actor: Actor, row: WageSheet) -> None:
    roles = ("enterprise_admin",) if row.state is SheetState.AUDITED else telling.OFFICERS
    await telling.tell_office(
        actor, row.contractor_id, "wages.sheet_waiting", telling.params_of(row),
        ("wage_sheet", row.id), roles,
    )  # fmt: skip


async def owed(project_id: UUID) -> bool:
    """Whether a sheet of the project is not paid in full; then its account stays open."""
    over = [SheetState.PAID, SheetState.ARCHIVED, SheetState.VOID]
    return await WageSheet.filter(project_id=project_id).exclude(state__in=over).exists()


funds.ask_before_closing(owed)
