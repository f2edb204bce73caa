"""The contractor sets up a project and keeps its key information, permits and status."""

import secrets
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.enterprises import service as enterprises
from api.enterprises.errors import EnterpriseFrozen, NotVerified
from api.kit import clock
from api.kit.actor import Actor
from api.kit.errors import FieldError
from api.kit.transaction import transaction
from api.permissions import Permission
from api.projects import queries
from api.projects.access import NAMES, kept
from api.projects.errors import (
    ContractorNotVerified,
    OfficerMissing,
    StatusTooEarly,
    WrongStatusStep,
)
from api.projects.models import (
    ExternalCode,
    Participation,
    Permit,
    Project,
    Status,
    StatusChange,
)
from api.projects.rules import CONTRACTOR, OFFICER_POST, may_follow
from api.projects.schemas import DetailsIn, ExternalCodeIn, PermitIn, ProjectIn, StatusIn
from verification.code import CodeKind, new_code

CREATE = Permission.ENTERPRISE_PROJECTS_CREATE
DETAILS = (
    "name", "category", "address", "description", "area_m2", "investment_fen",
    "starts_on", "ends_on", "pay_day",
)  # fmt: skip


async def create(actor: Actor, given: ProjectIn) -> Project:
    """A new project in preparation, with its code; the actor's enterprise is its contractor.

    ContractorNotVerified. WhichEnterprise, NoSuchEnterprise as `enterprises.acting_for`.
    """
    enterprise_id = await enterprises.acting_for(actor, CREATE, given.enterprise_id)
    try:
        firm = await enterprises.require_verified(enterprise_id)
    except (NotVerified, EnterpriseFrozen):
        raise ContractorNotVerified from None
    async with transaction():
        code = new_code(CodeKind.PROJECT, given.region[:2], secrets.token_bytes).compact
        row = Project(code=code, enterprise_id=firm.id, region=given.region)
        row.update_from_dict({name: getattr(given, name) for name in DETAILS})
        await row.save(force_create=True)
        await _replace_codes(row, given.external_codes)
        await _enter_contractor(actor, row, firm.credit_code, firm.name)
        subject = ("project", row.id)
        audit.record(actor, Tag.PROJECT_CREATED, subject, tenant_id=firm.id, region=row.region)
    return row


async def _enter_contractor(actor: Actor, row: Project, credit_code: str, name: str) -> None:
    today = clock.today()
    await Participation.create(
        project_id=row.id,
        enterprise_id=row.enterprise_id,
        credit_code=credit_code,
        name=name,
        kind=CONTRACTOR,
        region=row.region,
        entered_on=min(row.starts_on or today, today),
        entered_by=actor.account_id,
    )


async def change(actor: Actor, project_id: UUID, given: DetailsIn) -> Project:
    """The project with these details instead of the former ones."""
    async with transaction():
        row = await kept(actor, project_id)
        row.update_from_dict({name: getattr(given, name) for name in DETAILS})
        await row.save(update_fields=[*DETAILS])
        await _replace_codes(row, given.external_codes)
        NAMES.changed(row.id)
        _note_change(actor, row, "details")
    return row


async def change_permits(actor: Actor, project_id: UUID, given: list[PermitIn]) -> Project:
    """The project with these construction permits and no others."""
    async with transaction():
        row = await kept(actor, project_id)
        await Permit.filter(project_id=row.id).delete()
        await Permit.bulk_create([Permit(project_id=row.id, **dict(each)) for each in given])
        _note_change(actor, row, "permits")
    return row


async def set_status(actor: Actor, project_id: UUID, step: StatusIn) -> Project:
    """The project in its new status since `step.on`.

    WrongStatusStep, OfficerMissing when building would begin without one (L-06), StatusTooEarly.
    """
    async with transaction():
        row = await kept(actor, project_id)
        if not may_follow(Status(row.status), step.status):
            raise WrongStatusStep
        if not row.status_on <= step.on <= clock.today():
            fault = FieldError("on", "projects.status_date", StatusTooEarly.detail)
            raise StatusTooEarly(errors=(fault,))
        if step.status is Status.BUILDING and not await _has_officer(row.id):
            raise OfficerMissing
        await _note_step(actor, row, step)
        row.status, row.status_on = step.status, step.on
        await row.save(update_fields=["status", "status_on"])
    return row


async def _has_officer(project_id: UUID) -> bool:
    return await queries.posts_on([project_id], clock.today()).filter(post=OFFICER_POST).exists()


async def _note_step(actor: Actor, row: Project, step: StatusIn) -> None:
    await StatusChange.create(
        project_id=row.id, before=row.status, after=step.status, on=step.on,
        reason=step.reason or "", account_id=actor.account_id,
    )  # fmt: skip
    audit.record(
        actor, Tag.PROJECT_STATUS_SET, ("project", row.id), tenant_id=row.enterprise_id,
        before=row.status, after=str(step.status),
    )  # fmt: skip


async def _replace_codes(row: Project, codes: list[ExternalCodeIn]) -> None:
    await ExternalCode.filter(project_id=row.id).delete()
    made = [ExternalCode(project_id=row.id, **dict(each)) for each in codes]
    await ExternalCode.bulk_create(made)


def _note_change(actor: Actor, row: Project, part: str) -> None:
    subject = ("project", row.id)
    audit.record(actor, Tag.PROJECT_CHANGED, subject, tenant_id=row.enterprise_id, part=part)
