"""The region's queue: who holds what, how long still, what was held back, who was dismissed."""

from typing import Any
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Purpose, Tag
from api.codes import service as codes
from api.complaints import access, naming, queries, steps
from api.complaints.answers import EvidenceOut, RegionComplaintOut, RegionComplaintWholeOut
from api.complaints.models import Complaint
from api.complaints.naming import Names
from api.complaints.reading import evidence_of, voice_of
from api.complaints.rules import Body, Check, Side, State
from api.complaints.schemas import RegionComplaintQuery
from api.kit import clock
from api.kit.actor import Actor
from api.kit.pagination import page
from api.kit.routes import Stored
from api.kit.schemas import Page
from api.kit.transaction import transaction
from api.permissions import Permission
from api.workers import service as workers

READ = Permission.REGULATOR_COMPLAINTS_READ


async def listed(actor: Actor, query: RegionComplaintQuery) -> Page[RegionComplaintOut]:
    """A page of the region's complaints, newest day first."""
    rows = queries.asked_by_region(queries.of_region(actor, READ), query)
    found, cursor = await page(rows, query)
    names = await naming.names(found)
    people = await _people(found)
    items = [RegionComplaintOut.model_validate(_figures(row, names, people)) for row in found]
    return Page(items=items, next_cursor=cursor)


async def _people(rows: list[Complaint]) -> dict[UUID, str]:
    return await workers.masked_names({row.worker_id for row in rows}) if rows else {}


def _figures(row: Complaint, names: Names, people: dict[UUID, str]) -> dict[str, Any]:
    return {
        **naming.figures(row, names),
        "region": row.region,
        "region_name": codes.region_name(row.region) or row.region,
        "complainant": people.get(row.worker_id, ""),
        "content": row.content,
        "flagged_on": row.flagged_on,
    }


async def one(actor: Actor, complaint_id: UUID) -> RegionComplaintWholeOut:
    """One of them with everything; the audit keeps who read it. NoSuchComplaint."""
    async with transaction():
        row = await access.of_region(actor, READ, complaint_id)
        await workers.refuse_erased(row.worker_id)
        text = naming.opened(actor, row, row.text, Purpose.COMPLAINT)
        held = row.holder is Body.AUTHORITY
        if held and await steps.seen(actor, row, Side.AUTHORITY):
            audit.record(actor, Tag.COMPLAINT_SEEN, ("complaint", row.id))
        done = await naming.all_steps(actor, row, Purpose.COMPLAINT)
    return RegionComplaintWholeOut.model_validate(
        {
            **_figures(row, await naming.names([row]), await _people([row])),
            "worker_id": row.worker_id,
            "text": text,
            "photos": naming.photos(actor, row),
            "voice_seconds": row.voice_seconds,
            "digest": row.digest,
            "extended": row.extended,
            "read_on": row.read_on,
            "steps": done,
            "may": _may(row),
        }
    )


def _may(row: Complaint) -> list[str]:
    """What the authority can do now."""
    held = row.holder is Body.AUTHORITY
    in_term = row.answer_by is not None and row.answer_by >= clock.today()
    able = {
        "accept": held and row.state is State.RECEIVED,
        "transfer": held and row.state.waits,
        "handle": held and row.state is State.ACCEPTED,
        "extend": held and row.state is State.ACCEPTED and not row.extended and in_term,
        "answer": held and row.state is State.ACCEPTED,
        "close": held and row.state is State.ANSWERED,
        "content": row.content is Check.HELD and row.addressee is Body.ENTERPRISE,
    }
    return [name for name, may in able.items() if may]


async def region_evidence(actor: Actor, complaint_id: UUID) -> EvidenceOut:
    """What was frozen when it was filed. NoSuchComplaint."""
    return await evidence_of(await access.of_region(actor, READ, complaint_id))


async def voice(actor: Actor, complaint_id: UUID) -> Stored:
    """The recording. NoSuchComplaint, NoVoice."""
    return await voice_of(await access.of_region(actor, READ, complaint_id))
