"""The enterprise accepts and answers, as far as it knows where the complaint stands."""

from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.complaints import access, rules, steps
from api.complaints.errors import WrongStep
from api.complaints.models import Complaint
from api.complaints.rules import Act, Body, OfficeState, Side, State
from api.complaints.schemas import AnswerIn
from api.kit import clock
from api.kit.actor import Actor
from api.kit.transaction import transaction
from api.permissions import Permission

UPDATE = Permission.ENTERPRISE_COMPLAINTS_UPDATE


async def accept(actor: Actor, complaint_id: UUID) -> Complaint:
    """The enterprise takes it up; he is told. NoSuchComplaint, WrongStep."""
    async with transaction():
        row = await access.of_enterprise(actor, UPDATE, complaint_id, lock=True)
        if row.office_state is not OfficeState.RECEIVED:
            raise WrongStep
        await steps.seen(actor, row, Side.ENTERPRISE)
        row.office_state = OfficeState.ACCEPTED
        if _is_open(row):
            row.state, row.due_on = State.ACCEPTED, row.answer_by
        await row.save(update_fields=["office_state", "state", "due_on"])
        await steps.add(actor, row, Act.ACCEPTED, Side.ENTERPRISE)
        await steps.tell_worker(actor, row, "complaint.accepted")
        _record(actor, Tag.COMPLAINT_ACCEPTED, row)
    return row


async def answer(actor: Actor, complaint_id: UUID, given: AnswerIn) -> Complaint:
    """He reads the answer and says what he thinks of it. NoSuchComplaint, WrongStep.

    Where the authority holds it by now and the enterprise does not know yet, its words are kept
    as a step and change nothing else.
    """
    async with transaction():
        row = await access.of_enterprise(actor, UPDATE, complaint_id, lock=True)
        if not row.office_state.waits:
            raise WrongStep
        await steps.seen(actor, row, Side.ENTERPRISE)
        row.office_state = OfficeState.ANSWERED
        if _is_open(row):
            row.state, row.read_on = State.ANSWERED, None
            row.due_on = rules.silent_by(clock.today())
        await row.save(update_fields=["office_state", "state", "due_on", "read_on"])
        await steps.add(actor, row, Act.ANSWERED, Side.ENTERPRISE, note=given.answer)
        await steps.tell_worker(actor, row, "complaint.answered")
        _record(actor, Tag.COMPLAINT_ANSWERED, row)
    return row


def _is_open(row: Complaint) -> bool:
    return row.holder is Body.ENTERPRISE and row.state.waits


def _record(actor: Actor, tag: Tag, row: Complaint) -> None:
    audit.record(
        actor, tag, ("complaint", row.id), tenant_id=row.enterprise_id, side=Side.ENTERPRISE.value
    )
