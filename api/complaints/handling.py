"""The authority: accept, transfer, handle, extend, answer, close; and decide on held words."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from api.accounts import service as accounts
from api.audit import service as audit
from api.audit.tags import Tag
from api.codes import service as codes
from api.complaints import access, content, deciding, rules, steps
from api.complaints.errors import NoOfficeThere, WrongStep
from api.complaints.models import Complaint
from api.complaints.rules import Act, Body, Check, Outcome, Side, State
from api.complaints.schemas import AnswerIn, ClosingIn, ContentIn, HandlingIn, TransferIn
from api.kit import clock
from api.kit.actor import SYSTEM, Actor
from api.kit.errors import FieldError
from api.kit.transaction import transaction
from api.permissions import Permission

UPDATE = Permission.REGULATOR_COMPLAINTS_UPDATE


@asynccontextmanager
async def _held(actor: Actor, complaint_id: UUID, *states: State) -> AsyncIterator[Complaint]:
    """One that the authority holds in one of these states, locked. NoSuchComplaint, WrongStep."""
    async with transaction():
        row = await access.of_region(actor, UPDATE, complaint_id, lock=True)
        if row.holder is not Body.AUTHORITY or row.state not in states:
            raise WrongStep
        await steps.seen(actor, row, Side.AUTHORITY)
        yield row


async def accept(actor: Actor, complaint_id: UUID) -> Complaint:
    """The authority takes it up; the term to answer runs, unless it ran before a transfer."""
    async with _held(actor, complaint_id, State.RECEIVED) as row:
        row.state = State.ACCEPTED
        row.answer_by = row.answer_by or rules.answer_by(Body.AUTHORITY, clock.today())
        row.due_on = row.answer_by
        await row.save(update_fields=["state", "answer_by", "due_on"])
        await steps.add(actor, row, Act.ACCEPTED, Side.AUTHORITY)
        await steps.tell_worker(actor, row, "complaint.accepted_region")
        _record(actor, Tag.COMPLAINT_ACCEPTED, row)
    return row


async def transfer(actor: Actor, complaint_id: UUID, given: TransferIn) -> Complaint:
    """To whoever is in charge 首问负责: the clock runs on, and he is told to whom.

    NoSuchComplaint, WrongStep, NoOfficeThere.
    """
    async with _held(actor, complaint_id, State.RECEIVED, State.ACCEPTED) as row:
        await _require_office(row, given)
        row.region, row.office, row.state = given.region, given.office, State.RECEIVED
        await row.save(update_fields=["region", "office", "state"])
        await steps.add(
            actor, row, Act.TRANSFERRED, Side.AUTHORITY,
            note=given.reason, region=given.region, office=given.office,
        )  # fmt: skip
        await steps.tell_worker(actor, row, "complaint.transferred")
        await steps.tell_region(actor, row, "complaint.transferred_region")
        _record(actor, Tag.COMPLAINT_TRANSFERRED, row, region=given.region)
    return row


async def _require_office(row: Complaint, given: TransferIn) -> None:
    same = (given.region, given.office) == (row.region, row.office)
    known = codes.parse_region(given.region) is not None
    if same or not known or not await accounts.overseers(given.region):
        fault = FieldError("region", NoOfficeThere.code, NoOfficeThere.detail)
        raise NoOfficeThere(errors=(fault,))


async def handle(actor: Actor, complaint_id: UUID, given: HandlingIn) -> Complaint:
    """What was done, as he reads it; `extend`: 30 more working days, once. WrongStep."""
    async with _held(actor, complaint_id, State.ACCEPTED) as row:
        if given.extend:
            _extend(row)
            await row.save(update_fields=["extended", "answer_by", "due_on", "overdue"])
        act = Act.EXTENDED if given.extend else Act.HANDLED
        await steps.add(actor, row, act, Side.AUTHORITY, note=given.note)
        await steps.tell_worker(actor, row, "complaint.handled")
        tag = Tag.COMPLAINT_EXTENDED if given.extend else Tag.COMPLAINT_HANDLED
        _record(actor, tag, row)
    return row


def _extend(row: Complaint) -> None:
    if row.extended or row.answer_by is None or row.answer_by < clock.today():
        raise WrongStep
    row.answer_by = row.due_on = rules.extended(row.answer_by)
    row.extended = True


async def answer(actor: Actor, complaint_id: UUID, given: AnswerIn) -> Complaint:
    """He reads the authority's answer. NoSuchComplaint, WrongStep."""
    async with _held(actor, complaint_id, State.ACCEPTED) as row:
        row.state, row.read_on = State.ANSWERED, None
        row.due_on = rules.silent_by(clock.today())
        await row.save(update_fields=["state", "due_on", "read_on"])
        await steps.add(actor, row, Act.ANSWERED, Side.AUTHORITY, note=given.answer)
        await steps.tell_worker(actor, row, "complaint.answered_region")
        _record(actor, Tag.COMPLAINT_ANSWERED, row)
    return row


async def close(actor: Actor, complaint_id: UUID, given: ClosingIn) -> Complaint:
    """An answered one is over, with a last word that he reads. NoSuchComplaint, WrongStep."""
    async with _held(actor, complaint_id, State.ANSWERED) as row:
        await deciding.end(actor, row, Outcome.DONE, Act.CLOSED, Side.AUTHORITY, given.note)
        await steps.tell_worker(actor, row, "complaint.closed")
    return row


async def decide_content(actor: Actor, complaint_id: UUID, given: ContentIn) -> Complaint:
    """Held words are shown to the enterprise, numbers and his name masked, or stay with us.

    NoSuchComplaint, WrongStep.
    """
    async with transaction():
        row = await access.of_region(actor, UPDATE, complaint_id, lock=True)
        if row.content is not Check.HELD or row.addressee is Body.AUTHORITY:
            raise WrongStep
        shown = given.decision == "show"
        row.content = Check.PASSED if shown else Check.WITHHELD
        row.shown_text = await content.shown(SYSTEM, row) if shown else None
        await row.save(update_fields=["content", "shown_text"])
        _record(actor, Tag.COMPLAINT_CONTENT_DECIDED, row, decision=given.decision)
    return row


def _record(actor: Actor, tag: Tag, row: Complaint, **facts: str) -> None:
    known: dict[str, str] = {"side": Side.AUTHORITY.value, **facts}
    audit.record(actor, tag, ("complaint", row.id), tenant_id=None, **known)
