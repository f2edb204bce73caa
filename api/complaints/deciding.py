"""His own word: satisfied, to the authority, or taken back."""

from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.complaints import access, rules, steps
from api.complaints.errors import WrongStep
from api.complaints.models import Complaint
from api.complaints.rules import Act, Body, Outcome, Side, State
from api.complaints.schemas import OwnDecisionIn
from api.kit import clock
from api.kit.actor import SYSTEM, Actor
from api.kit.transaction import transaction


async def decide(actor: Actor, complaint_id: UUID, given: OwnDecisionIn) -> Complaint:
    """What he says of it. NoSuchComplaint, WrongStep."""
    note = given.note or ""
    async with transaction():
        row = await access.own(actor, complaint_id, lock=True)
        if given.decision == "escalate":
            await _not_satisfied(actor, row, note)
        elif given.decision == "satisfied":
            await _satisfied(actor, row, note)
        else:
            await _withdraw(actor, row, note)
    return row


def may_escalate(row: Complaint) -> bool:
    """One tap while the enterprise holds it, also when silence ended it."""
    return row.holder is Body.ENTERPRISE and row.outcome in (Outcome.NONE, Outcome.SILENT)


async def _not_satisfied(actor: Actor, row: Complaint, note: str) -> None:
    if not may_escalate(row):
        raise WrongStep
    await escalate(actor, row, Side.WORKER, note)


async def escalate(actor: Actor, row: Complaint, side: Side, note: str = "") -> None:
    """The authority holds it from now on, with its own clock. In the running transaction."""
    today = clock.today()
    row.holder, row.state, row.outcome = Body.AUTHORITY, State.RECEIVED, Outcome.NONE
    row.accept_by = row.due_on = rules.accept_by(Body.AUTHORITY, today)
    row.answer_by, row.overdue = None, False
    steps.publish(row, side)
    await row.save()
    await steps.add(actor, row, Act.ESCALATED, side, note=note, region=row.region)
    await steps.tell_region(SYSTEM, row, "complaint.escalated_region")
    if side is Side.SYSTEM:
        await steps.tell_worker(SYSTEM, row, "complaint.escalated_by_itself")
    if side is Side.SYSTEM or not row.anonymous:
        await steps.tell_enterprise(SYSTEM, row, "complaint.escalated_office")
    audit.record(
        actor, Tag.COMPLAINT_ESCALATED, ("complaint", row.id), by_itself=side is Side.SYSTEM
    )


async def _satisfied(actor: Actor, row: Complaint, note: str) -> None:
    if row.state is not State.ANSWERED:
        raise WrongStep
    await end(actor, row, Outcome.SATISFIED, Act.SATISFIED, Side.WORKER, note)


async def _withdraw(actor: Actor, row: Complaint, note: str) -> None:
    if row.state is State.CLOSED:
        raise WrongStep
    await end(actor, row, Outcome.WITHDRAWN, Act.WITHDRAWN, Side.WORKER, note)


async def end(
    actor: Actor, row: Complaint, outcome: Outcome, act: Act, side: Side, note: str = ""
) -> None:
    """It is over, in the running transaction."""
    row.state, row.outcome, row.due_on = State.CLOSED, outcome, None
    steps.publish(row, side)
    await row.save()
    await steps.add(actor, row, act, side, note=note)
    audit.record(actor, Tag.COMPLAINT_CLOSED, ("complaint", row.id), outcome=outcome.value)
