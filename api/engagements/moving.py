"""进场和退场: the entry behind its check, the exit with its settlement, both in the ledger."""

from datetime import date, timedelta
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.engagements import checking, queries, worked
from api.engagements.access import locked
from api.engagements.errors import (
    DayOutside,
    EntryBlocked,
    OverrideNotAllowed,
    OverrideTerm,
    ProjectClosed,
    WorkedLater,
    WrongStep,
)
from api.engagements.ledger import worker_moved
from api.engagements.models import Engagement, Move, Override, State
from api.engagements.presence import forget_presence
from api.engagements.registration import require_member
from api.engagements.rules import LONGEST_OVERRIDE_DAYS, Finding
from api.engagements.schemas import EntryIn, ExitIn, OverrideIn
from api.kit import clock, jobs
from api.kit.actor import Actor
from api.kit.errors import FieldError, Invalid
from api.kit.transaction import transaction
from api.notices import service as notices
from api.permissions import Permission
from api.projects import service as projects
from api.projects.service import Status
from api.training.errors import NotParticipating
from api.workers import service as workers

BACK_DAYS = 31
"""An entry or exit is recorded within a month; what is older goes to the region's office."""


async def enter(actor: Actor, project_id: UUID, engagement_id: UUID, given: EntryIn) -> Engagement:
    """The worker is on the site from that day on; the same again changes nothing.

    EntryBlocked lists what is missing; with an override it becomes a row that the region's office
    reads. WrongStep, DayOutside, NotInTeam, NotParticipating, ProjectClosed, OverrideNotAllowed,
    OverrideTerm.
    """
    day = given.entered_on or clock.today()
    async with transaction():
        row = await locked(actor, project_id, engagement_id)
        if row.state == State.ON_SITE and row.entered_on == day:
            return row
        await _require_open(row, day)
        found = await checking.find(actor, row, day)
        if not found.ready:
            await _let_in(actor, row, found, day, given.override)
        row.state, row.entered_on = State.ON_SITE.value, day
        row.trained_on = day if found.taught else None
        await row.save(update_fields=["state", "entered_on", "trained_on"])
        await worker_moved(actor, row, Move.ENTERED, day)
        await _moved(actor, Tag.ENGAGEMENT_ENTERED, row, "engagement.entered", day)
    return row


async def _require_open(row: Engagement, day: date) -> None:
    if row.state != State.REGISTERED:
        raise WrongStep
    earlier = queries.entered(row.worker_id).filter(project_id=row.project_id)
    last = max((each.left_on for each in await earlier if each.left_on), default=None)
    _require_day("entered_on", day, last)
    await require_member(row.team_id, row.worker_id)
    project = await projects.find(row.project_id)
    if project is None or project.status == Status.FINISHED:
        raise ProjectClosed
    if not await projects.participates(row.enterprise_id, row.project_id, day):
        raise NotParticipating


def _require_day(path: str, day: date, first: date | None) -> None:
    today = clock.today()
    oldest = today - timedelta(days=BACK_DAYS)
    if not (first or oldest) <= day <= today or day < oldest:
        raise _invalid(DayOutside, path)


def _invalid(kind: type[Invalid], path: str) -> Invalid:
    return kind(errors=(FieldError(path, kind.code, kind.detail),))


async def _let_in(
    actor: Actor, row: Engagement, found: Finding, day: date, given: OverrideIn | None
) -> None:
    if given is None or not found.overridable:
        errors = tuple(FieldError("", f"entry.{item}", item.words) for item in found.missing)
        raise EntryBlocked(errors=errors)
    role = _deciding_role(actor, row)
    if not max(day, clock.today()) <= given.until <= day + timedelta(days=LONGEST_OVERRIDE_DAYS):
        raise _invalid(OverrideTerm, "override.until")
    await Override.create(
        engagement_id=row.id,
        worker_id=row.worker_id,
        project_id=row.project_id,
        enterprise_id=row.enterprise_id,
        contractor_id=row.contractor_id,
        region=row.region,
        items=[item.value for item in found.missing],
        reason=given.reason,
        until=given.until,
        role=role,
        account_id=actor.account_id,
    )
    audit.record(
        actor, Tag.ENTRY_OVERRIDDEN, ("engagement", row.id), tenant_id=row.enterprise_id,
        items=",".join(found.missing), until=given.until.isoformat(), role=role,
    )  # fmt: skip


def _deciding_role(actor: Actor, row: Engagement) -> str:
    tenants = (row.enterprise_id, row.contractor_id)
    grants = actor.grants_of(Permission.ENTERPRISE_ENTRIES_OVERRIDE)
    role = next((grant.role for grant in grants if grant.tenant_id in tenants), None)
    if role is None:
        raise OverrideNotAllowed
    return role


async def _moved(actor: Actor, tag: Tag, row: Engagement, kind: str, day: date) -> None:
    forget_presence(row)
    audit.record(
        actor, tag, ("engagement", row.id), tenant_id=row.enterprise_id,
        project=str(row.project_id), worker=str(row.worker_id), on=day.isoformat(),
    )  # fmt: skip
    params = {
        "enterprise": str(row.enterprise_id),
        "project": str(row.project_id),
        "date": day.isoformat(),
    }
    await _tell(actor, row, kind, params)


async def _tell(actor: Actor, row: Engagement, kind: str, params: dict[str, str]) -> None:
    about = ("engagement", row.id)
    for account_id in (await workers.accounts_of({row.worker_id})).values():
        notices.tell(actor, account_id, kind, params, about=about)


async def leave(actor: Actor, project_id: UUID, engagement_id: UUID, given: ExitIn) -> Engagement:
    """The worker's last day on the site, and whether his wages are paid; he is told.

    The same again changes nothing. WrongStep, DayOutside, WorkedLater.
    """
    day = given.left_on or clock.today()
    async with transaction():
        row = await locked(actor, project_id, engagement_id)
        if row.state == State.LEFT and (row.left_on, row.settled) == (day, given.settled):
            return row
        if row.state != State.ON_SITE:
            raise WrongStep
        _require_day("left_on", day, row.entered_on)
        last = await worked.until(row.worker_id, row.project_id)
        if last is not None and last > day:
            raise _invalid(WorkedLater, "left_on")
        row.state, row.left_on, row.settled = State.LEFT.value, day, given.settled
        row.left_reason = given.reason or ""
        await row.save(update_fields=["state", "left_on", "settled", "left_reason"])
        await worker_moved(actor, row, Move.LEFT, day)
        await _moved(actor, Tag.ENGAGEMENT_LEFT, row, "engagement.left", day)
        # Who complained shortly before is looked at by the authority.
        today = clock.today().isoformat()
        jobs.enqueue("complaints.engagement_left", engagement_id=row.id, on=today)
    return row


async def settle(actor: Actor, project_id: UUID, engagement_id: UUID, settled: bool) -> Engagement:
    """Whether the wages of a period that ended are paid; the worker is told. WrongStep."""
    async with transaction():
        row = await locked(actor, project_id, engagement_id)
        if row.state != State.LEFT:
            raise WrongStep
        if row.settled == settled:
            return row
        row.settled = settled
        await row.save(update_fields=["settled"])
        audit.record(
            actor, Tag.ENGAGEMENT_SETTLED, ("engagement", row.id), tenant_id=row.enterprise_id,
            settled=settled,
        )  # fmt: skip
        await _tell(actor, row, "engagement.settlement", {"project": str(row.project_id)})
    return row
