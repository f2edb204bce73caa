"""报告: what happened to whom, by himself, his team's leader or the enterprise."""

from datetime import timedelta
from uuid import UUID

from api.accidents import rules, steps
from api.accidents.errors import InFuture, NotThere
from api.accidents.models import Accident
from api.accidents.rules import Act, Side
from api.accidents.schemas import AccidentForm, OfficeAccidentForm, SaidForm
from api.audit.tags import Tag
from api.engagements import service as engagements
from api.engagements.service import Engagement
from api.files import service as files
from api.files.models import FilePurpose
from api.kit import clock
from api.kit.actor import Actor
from api.kit.errors import FieldError
from api.kit.ids import new_id
from api.kit.personal import Kind, Personal
from api.kit.rate_limit import Limit
from api.kit.transaction import transaction
from api.permissions import Permission
from api.settings import settings
from api.teams import service as teams
from api.workers import service as workers

CREATE = Permission.ENTERPRISE_ACCIDENTS_UPDATE
KEPT = timedelta(days=3 * 366)
"""Photos are kept well beyond the year in which a claim may be made, as those of complaints are."""
MOST_BYTES = 22 * 1024 * 1024
REPORTS = Limit("accident_reports", 20, 86_400)


async def report(actor: Actor, given: AccidentForm) -> Accident:
    """By the worker himself, or by the leader of his team. NotVerified, NotThere, InFuture.

    NoSuchTeam, NotLeader, BadPhoto. The employer and the worker are told.
    """
    if given.team_id is None:
        worker_id, side = (await workers.worker_of(actor)).id, Side.WORKER
    else:
        worker_id, side = await _member(actor, given.team_id, given), Side.LEADER
    found = await engagements.periods_of([worker_id], given.project_id)
    return await _report(actor, given, found.get(worker_id, []), side)


async def _member(actor: Actor, team_id: UUID, given: AccidentForm) -> UUID:
    await teams.led(actor, team_id)
    known = await teams.members_by_id(team_id, [given.member_id] if given.member_id else [])
    if given.member_id is None or given.member_id not in known:
        raise _not_there("member_id")
    return known[given.member_id].worker_id


async def report_for(actor: Actor, given: OfficeAccidentForm) -> Accident:
    """By the enterprise, of a worker on its site.

    NoSuchEngagement, NotThere, InFuture, BadPhoto.
    """
    period = await engagements.seen(actor, CREATE, given.engagement_id)
    return await _report(actor, given, [period], Side.ENTERPRISE)


async def _report(actor: Actor, given: SaidForm, periods: list[Engagement], side: Side) -> Accident:
    if given.happened_on > clock.today():
        raise InFuture(errors=(FieldError("happened_on", InFuture.code, InFuture.detail),))
    period = next((each for each in periods if _covers(each, given)), None)
    if period is None:
        raise _not_there("happened_on" if periods else "project_id")
    clean = [await files.clean(actor, photo, field=name) for name, photo in given.photos.items()]
    photos = [await files.store(each, FilePurpose.EVIDENCE, account_id=actor.id) for each in clean]
    row = _row(actor, given, period, side, photos)
    async with transaction():
        await row.save(force_create=True)
        await files.keep_until(photos, clock.now() + KEPT)
        await steps.add(actor, row, Act.REPORTED, side)
        await steps.tell_enterprise(actor, row, "accident.reported_office")
        if side is not Side.WORKER:
            await steps.tell_worker(actor, row, "accident.reported")
        if row.harm.grave:
            await steps.tell_region(actor, row, "accident.reported_region")
        steps.record(actor, Tag.ACCIDENT_REPORTED, row, side, harm=row.harm.value)
    return row


def _covers(period: Engagement, given: SaidForm) -> bool:
    day = given.happened_on
    began = period.entered_on is not None and period.entered_on <= day
    return began and (period.left_on is None or day <= period.left_on)


def _not_there(path: str) -> NotThere:
    return NotThere(errors=(FieldError(path, NotThere.code, NotThere.detail),))


def _row(
    actor: Actor, given: SaidForm, period: Engagement, side: Side, photos: list[UUID]
) -> Accident:
    known = settings()
    both = rules.terms(given.happened_on, known.injury_employer_days, known.injury_worker_days)
    return Accident(
        id=new_id(),
        worker_id=period.worker_id,
        account_id=actor.id,
        side=side,
        engagement_id=period.id,
        project_id=period.project_id,
        enterprise_id=period.enterprise_id,
        contractor_id=period.contractor_id,
        region=period.region,
        happened_on=given.happened_on,
        happened_at=given.happened_at or "",
        harm=given.harm,
        spot=Personal.of(Kind.TEXT, given.spot),
        text=Personal.of(Kind.TEXT, given.text),
        photo_ids=[str(each) for each in photos],
        told=given.told,
        employer_due_on=both.employer,
        worker_due_on=both.worker,
        # A near miss has no claim to be reminded of.
        next_on=None
        if given.harm is rules.Harm.NONE
        else rules.upcoming(both, clock.today() - timedelta(days=1)),
    )
