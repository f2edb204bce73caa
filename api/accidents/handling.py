"""What becomes of an accident: handled, claimed, closed; and the look at whom to call."""

from uuid import UUID

from tortoise.queryset import QuerySet

from api.accidents import queries, rules, steps
from api.accidents.errors import NoSuchAccident, WrongStep
from api.accidents.models import Accident
from api.accidents.rules import Act, Side
from api.accidents.schemas import AnswerIn, ClaimIn, OpenedContactOut, OpenedContactsOut
from api.audit import service as audit
from api.audit.tags import Purpose, Tag
from api.kit import clock
from api.kit.actor import Actor
from api.kit.transaction import transaction
from api.permissions import Permission
from api.workers import service as workers

UPDATE = Permission.ENTERPRISE_ACCIDENTS_UPDATE


async def answer(actor: Actor, accident_id: UUID, given: AnswerIn) -> Accident:
    """What the employer did; the worker is told. NoSuchAccident, WrongStep."""
    async with transaction():
        row = await _locked(queries.visible(actor, UPDATE), accident_id)
        await _do(actor, row, Act(given.act), Side.ENTERPRISE, given.note, given.number)
        await steps.tell_worker(actor, row, f"accident.{given.act}")
    return row


async def claim(actor: Actor, accident_id: UUID, given: ClaimIn) -> Accident:
    """He made the claim himself; the employer is told. NoSuchAccident, WrongStep."""
    async with transaction():
        own = queries.own(workers.id_of_account(actor.id))
        row = await _locked(own, accident_id)
        await _do(actor, row, Act.CLAIMED, Side.WORKER, given.note or "", given.number)
        await steps.tell_enterprise(actor, row, "accident.claimed_office")
    return row


async def _locked(rows: QuerySet[Accident], accident_id: UUID) -> Accident:
    row = await rows.filter(id=accident_id).select_for_update().first()
    if row is None:
        raise NoSuchAccident
    return row


async def _do(
    actor: Actor, row: Accident, act: Act, side: Side, note: str, number: str | None
) -> None:
    state = rules.after(row.state, act)
    if state is None or (act is Act.CLAIMED and row.claimed_on is not None):
        raise WrongStep
    row.state = state
    if act is Act.CLAIMED:
        row.claimed_on, row.claimed_by = clock.today(), side.value
        row.claim_number, row.next_on = number or "", None
    if act is Act.INSURER_TOLD:
        row.insurer_told_on = row.insurer_told_on or clock.today()
    await row.save()
    await steps.add(actor, row, act, side, note)
    steps.record(actor, Tag.ACCIDENT_STEPPED, row, side, act=act.value)


async def open_contacts(actor: Actor, accident_id: UUID, reason: str) -> OpenedContactsOut:
    """Whom to call for him, in plain; he reads who looked and why. NoSuchAccident."""
    async with transaction():
        row = await _locked(queries.visible(actor, UPDATE), accident_id)
        subject = ("accident", row.id)
        found = [
            OpenedContactOut(
                name=audit.reveal(actor, each.name, Purpose.EMERGENCY, subject),
                phone=audit.reveal(actor, each.phone, Purpose.EMERGENCY, subject),
                relation=each.relation,
            )
            for each in await queries.contacts(row.worker_id).order_by("place")
        ]
        await steps.add(actor, row, Act.CONTACT_OPENED, Side.ENTERPRISE, reason)
        await steps.tell_worker(actor, row, "accident.contact_opened")
        steps.record(actor, Tag.ACCIDENT_CONTACT_OPENED, row, Side.ENTERPRISE)
    return OpenedContactsOut(items=found)
