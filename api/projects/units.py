"""参建单位: which units take part in a project, their entry and exit.

The general contractor enters them; a unit sees the project from then on, is told, and may record
its own exit, with which its people's posts end. A unit that is not registered here, such as an
owner, is kept by its credit code.
"""

from datetime import date, timedelta
from uuid import UUID

from api.accounts import service as accounts
from api.audit import service as audit
from api.audit.tags import Tag
from api.enterprises import service as enterprises
from api.kit.actor import Actor
from api.kit.errors import FieldError
from api.kit.scope import scope_of
from api.kit.transaction import transaction
from api.notices import service as notices
from api.projects import queries
from api.projects.access import UPDATE, kept, locked, participates
from api.projects.errors import (
    AlreadyLeft,
    AlreadyParticipates,
    ContractorStays,
    ExitBeforeEntry,
    NoSuchParticipation,
    NotContractor,
    RestrictedUnit,
)
from api.projects.models import Participation, Project
from api.projects.periods import Period
from api.projects.rules import CONTRACTOR
from api.projects.unit_schemas import UnitIn
from api.workers import service as workers

ADMIN = "enterprise_admin"


async def enter(actor: Actor, project_id: UUID, given: UnitIn) -> Participation:
    """The unit, which takes part from its entry on; its administrators are told.

    ExitBeforeEntry, AlreadyParticipates when it does so already or the project has a contractor,
    RestrictedUnit for one on the black list.
    """
    if given.left_on and given.left_on < given.entered_on:
        raise _exit_before_entry()
    if await workers.is_restricted_firm(given.credit_code):
        raise RestrictedUnit
    async with transaction():
        project = await kept(actor, project_id)
        await _refuse_twice(project.id, given)
        row = await _new(actor, project, given)
        _note(actor, Tag.PARTICIPATION_ENTERED, project, row)
        await tell(actor, row)
    return row


async def _new(actor: Actor, project: Project, given: UnitIn) -> Participation:
    firm = (await enterprises.by_credit_codes({given.credit_code})).get(given.credit_code)
    return await Participation.create(
        project_id=project.id,
        enterprise_id=firm.id if firm else None,
        credit_code=given.credit_code,
        name=firm.name if firm else given.name,
        kind=given.kind,
        region=project.region,
        entered_on=given.entered_on,
        left_on=given.left_on,
        entered_by=actor.account_id,
    )


async def _refuse_twice(project_id: UUID, given: UnitIn) -> None:
    wanted = Period(given.entered_on, given.left_on)
    rows = queries.units(project_id, given.kind)
    if given.kind != CONTRACTOR:
        rows = rows.filter(credit_code=given.credit_code)
    if any(wanted.overlaps(period_of(row)) for row in await rows):
        raise AlreadyParticipates


def period_of(row: Participation) -> Period:
    """The days on which the unit takes part."""
    return Period(row.entered_on, row.left_on)


async def leave(actor: Actor, project_id: UUID, unit_id: UUID, left_on: date) -> Participation:
    """The unit, whose last day is `left_on`; the same again changes nothing.

    NoSuchParticipation, NotContractor for a third unit, ContractorStays, ExitBeforeEntry,
    AlreadyLeft on another day.
    """
    async with transaction():
        project = await locked(actor, project_id)
        row = await queries.units(project.id).filter(id=unit_id).first()
        if row is None:
            raise NoSuchParticipation
        _require_say(actor, project, row)
        _require_exit(project, row, left_on)
        if row.left_on is None:
            row.left_on = left_on
            await row.save(update_fields=["left_on"])
            await _end_posts(row)
            _note(actor, Tag.PARTICIPATION_ENDED, project, row)
    return row


async def _end_posts(row: Participation) -> None:
    """Whoever held a post for the unit holds it no more, unless the unit stays in another kind."""
    if row.enterprise_id is None or row.left_on is None:
        return
    if await participates(row.enterprise_id, row.project_id, row.left_on + timedelta(days=1)):
        return
    own = queries.posts(row.project_id).filter(enterprise_id=row.enterprise_id)
    await own.filter(ends_on=None, starts_on__lte=row.left_on).update(ends_on=row.left_on)


def _require_say(actor: Actor, project: Project, row: Participation) -> None:
    scope = scope_of(actor, UPDATE)
    own = row.enterprise_id is not None and scope.has_tenant(row.enterprise_id)
    if not (own or scope.has_tenant(project.enterprise_id)):
        raise NotContractor


def _require_exit(project: Project, row: Participation, left_on: date) -> None:
    if row.kind == CONTRACTOR and row.enterprise_id == project.enterprise_id:
        raise ContractorStays
    if left_on < row.entered_on:
        raise _exit_before_entry()
    if row.left_on not in (None, left_on):
        raise AlreadyLeft


def _exit_before_entry() -> ExitBeforeEntry:
    fault = FieldError("left_on", ExitBeforeEntry.code, ExitBeforeEntry.detail)
    return ExitBeforeEntry(errors=(fault,))


def _note(actor: Actor, tag: Tag, project: Project, row: Participation) -> None:
    audit.record(
        actor, tag, ("participation", row.id), tenant_id=project.enterprise_id,
        project=str(project.id), kind=row.kind,
    )  # fmt: skip


async def tell(actor: Actor, row: Participation) -> None:
    """Tell the administrators of the unit that it takes part, when it is registered here."""
    if row.enterprise_id is None:
        return
    params = {"enterprise": str(row.enterprise_id), "project": str(row.project_id)}
    about = ("project", row.project_id)
    for grant in await accounts.holders(row.enterprise_id):
        if grant.role == ADMIN:
            notices.tell(actor, grant.account.id, "project.unit_entered", params, about=about)
