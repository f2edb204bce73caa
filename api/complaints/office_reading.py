"""The enterprise's inbox. Of an anonymous complaint nothing here leads to the complainant.

No instant of his is shown, only days; the id and the number tell the day of filing; photos and
his voice, which everybody on the site knows, stay with the authority.
"""

from typing import Any
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Purpose, Tag
from api.complaints import access, naming, queries, steps
from api.complaints.answers import OfficeComplaintOut, OfficeComplaintWholeOut, OfficeStepOut
from api.complaints.errors import NoVoice
from api.complaints.models import Complaint, ComplaintStep
from api.complaints.naming import Names
from api.complaints.reading import voice_of
from api.complaints.rules import Act, Check, OfficeState, Side
from api.complaints.schemas import OfficeComplaintQuery
from api.kit import clock
from api.kit.actor import Actor
from api.kit.pagination import page
from api.kit.routes import Stored
from api.kit.schemas import Page
from api.kit.transaction import transaction
from api.permissions import Permission
from api.workers import service as workers

READ = Permission.ENTERPRISE_COMPLAINTS_READ
WORKERS_ACTS = {Act.SATISFIED, Act.WITHDRAWN, Act.ESCALATED}
"""Steps of the worker that the enterprise learns of once its view shows them."""
OFFICE_ACTS = {Act.SEEN, Act.ACCEPTED, Act.ANSWERED}
CLOCK_ACTS = {Act.REMINDED, Act.ESCALATED, Act.CLOSED}


async def listed(actor: Actor, query: OfficeComplaintQuery) -> Page[OfficeComplaintOut]:
    """A page of the inbox, newest day first."""
    rows = queries.asked_by_office(queries.of_enterprise(actor, READ), query)
    found, cursor = await page(rows, query)
    names = await naming.names(found)
    people = await _people(found)
    items = [OfficeComplaintOut.model_validate(_figures(row, names, people)) for row in found]
    return Page(items=items, next_cursor=cursor)


async def _people(rows: list[Complaint]) -> dict[UUID, str]:
    """The masked names of those who gave theirs."""
    known = {row.worker_id for row in rows if not row.anonymous}
    return await workers.masked_names(known) if known else {}


def _figures(row: Complaint, names: Names, people: dict[UUID, str]) -> dict[str, Any]:
    waits = row.office_state.waits
    accepting = row.office_state is OfficeState.RECEIVED
    until = row.accept_by if accepting else row.answer_by
    return {
        "id": row.id,
        "number": row.number,
        "kind": row.kind,
        "topic": row.topic,
        "project": names.project(row),
        "enterprise": names.enterprise(row),
        "anonymous": row.anonymous,
        "complainant": "" if row.anonymous else people.get(row.worker_id, ""),
        "state": row.office_state,
        "filed_on": row.filed_on,
        "accept_by": row.accept_by if waits else None,
        "answer_by": row.answer_by if waits else None,
        "days_left": naming.days_left(until) if waits else None,
    }


async def one(actor: Actor, complaint_id: UUID) -> OfficeComplaintWholeOut:
    """One of them; that the enterprise saw it is a step that he reads. NoSuchComplaint."""
    async with transaction():
        row = await access.of_enterprise(actor, READ, complaint_id)
        passed = row.content is Check.PASSED
        shown = row.shown_text if passed else None
        text = naming.opened(actor, row, shown, Purpose.SHOW_STAFF)
        if await steps.seen(actor, row, Side.ENTERPRISE):
            audit.record(
                actor, Tag.COMPLAINT_SEEN, ("complaint", row.id), tenant_id=row.enterprise_id
            )
        seen = [each for each in await steps.of(row.id) if _may_see(row, each)]
        done = [_step(actor, row, each) for each in seen]
    named = passed and not row.anonymous
    enclosed = len(row.photo_ids) + (row.voice_id is not None)
    return OfficeComplaintWholeOut.model_validate(
        {
            **_figures(row, await naming.names([row]), await _people([row])),
            "content": row.content,
            "text": text,
            "photos": naming.photos(actor, row) if named else [],
            "voice_seconds": row.voice_seconds if named else 0,
            "sealed": 0 if named else enclosed,
            "steps": done,
        }
    )


def _may_see(row: Complaint, step: ComplaintStep) -> bool:
    if step.side is Side.ENTERPRISE:
        return step.act in OFFICE_ACTS
    if step.side is Side.SYSTEM:
        return step.act in CLOCK_ACTS and not row.office_lags
    if step.side is not Side.WORKER or step.act not in WORKERS_ACTS:
        return False
    return not row.office_lags and row.office_state in (OfficeState.CLOSED, OfficeState.ESCALATED)


def _step(actor: Actor, row: Complaint, step: ComplaintStep) -> OfficeStepOut:
    # His words beside a decision are for the authority: they may tell who he is.
    said = step.note if step.side is Side.ENTERPRISE else None
    note = naming.opened(actor, row, said, Purpose.SHOW_STAFF)
    return OfficeStepOut(act=step.act, side=step.side, on=clock.day_of(step.created_at), note=note)


async def voice(actor: Actor, complaint_id: UUID) -> Stored:
    """The recording of somebody who gave his name, once it passed. NoSuchComplaint, NoVoice."""
    row = await access.of_enterprise(actor, READ, complaint_id)
    if row.anonymous or row.content is not Check.PASSED:
        raise NoVoice
    return await voice_of(row)
