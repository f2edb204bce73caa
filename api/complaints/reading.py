"""A worker's own complaints: the list, one with every step, its evidence, its recording."""

from datetime import datetime
from uuid import UUID

from api.audit.tags import Purpose
from api.complaints import access, deciding, evidence, naming, queries
from api.complaints.answers import (
    ComplaintOut,
    ComplaintPlaceOut,
    ComplaintPlacesOut,
    EvidenceOut,
    NamedOut,
    OwnComplaintOut,
)
from api.complaints.errors import NoVoice
from api.complaints.models import Complaint
from api.complaints.rules import State
from api.engagements import service as engagements
from api.enterprises import service as enterprises
from api.files import service as files
from api.kit import clock
from api.kit.actor import Actor
from api.kit.pagination import PageQuery, page
from api.kit.routes import Stored
from api.kit.schemas import Page
from api.kit.transaction import transaction
from api.projects import service as projects
from api.workers import service as workers


async def own(actor: Actor, query: PageQuery) -> Page[ComplaintOut]:
    """A page of one's own complaints, newest day first."""
    worker = await workers.of_account(actor.id)
    if worker is None:
        return Page(items=[], next_cursor=None)
    rows, cursor = await page(queries.own(worker.id), query)
    found = await naming.names(rows)
    items = [ComplaintOut.model_validate(naming.figures(row, found)) for row in rows]
    return Page(items=items, next_cursor=cursor)


async def one(actor: Actor, complaint_id: UUID) -> OwnComplaintOut:
    """One of them with every step; an answer is read from now on. NoSuchComplaint."""
    async with transaction():
        row = await access.own(actor, complaint_id)
        text = naming.opened(actor, row, row.text, Purpose.SHOW_OWNER)
        if row.state is State.ANSWERED and row.read_on is None:
            row.read_on = clock.today()
            await row.save(update_fields=["read_on"])
        done = await naming.all_steps(actor, row, Purpose.SHOW_OWNER)
    found = await naming.names([row])
    return OwnComplaintOut.model_validate(
        {
            **naming.figures(row, found),
            "text": text,
            "photos": naming.photos(actor, row),
            "voice_seconds": row.voice_seconds,
            "digest": row.digest,
            "steps": done,
            "may": _may(row),
        }
    )


def _may(row: Complaint) -> list[str]:
    able = {
        "satisfied": row.state is State.ANSWERED,
        "escalate": deciding.may_escalate(row),
        "withdraw": row.state is not State.CLOSED,
    }
    return [name for name, may in able.items() if may]


async def own_evidence(actor: Actor, complaint_id: UUID) -> EvidenceOut:
    """What was frozen when it was filed. NoSuchComplaint."""
    return await evidence_of(await access.own(actor, complaint_id))


async def evidence_of(row: Complaint) -> EvidenceOut:
    """The evidence of a complaint, and whether its hash is still right."""
    kept = await evidence.of(row.id)
    return EvidenceOut(
        number=row.number,
        digest=row.digest,
        intact=row.digest == kept.digest == evidence.digest_of(kept.frozen),
        taken_at=datetime.fromisoformat(kept.frozen["taken_at"]),
        from_on=kept.frozen["from"],
        to_on=kept.frozen["to"],
        days=kept.frozen["days"],
        lines=kept.frozen["lines"],
        # What was filed before there were payslips holds none.
        slips=kept.frozen.get("slips", []),
    )


async def own_voice(actor: Actor, complaint_id: UUID) -> Stored:
    """His own recording. NoSuchComplaint, NoVoice."""
    return await voice_of(await access.own(actor, complaint_id))


async def voice_of(row: Complaint) -> Stored:
    """The recording of a complaint that the caller may hear. NoVoice."""
    if row.voice_id is None:
        raise NoVoice
    return await files.played(row.voice_id)


async def places(actor: Actor) -> ComplaintPlacesOut:
    """Whom he may complain of: each employer and general contractor of each of his projects."""
    periods = [row for row in await engagements.own(actor) if row.entered_on]
    pairs = dict.fromkeys(
        (row.project_id, firm) for row in periods for firm in (row.enterprise_id, row.contractor_id)
    )
    if not pairs:
        return ComplaintPlacesOut(items=[])
    sites = await projects.names({project for project, _ in pairs})
    firms = await enterprises.names_of({firm for _, firm in pairs})
    return ComplaintPlacesOut(
        items=[
            ComplaintPlaceOut(
                project=NamedOut(id=project, name=sites.get(project, "")),
                enterprise=NamedOut(id=firm, name=firms.get(firm, "")),
            )
            for project, firm in pairs
        ]
    )
