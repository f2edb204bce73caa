"""拟认定: conduct is proposed with what it rests on; the subject is told at once."""

from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.codes import service as codes
from api.codes.service import Dictionary
from api.conduct import access, rules, steps, subjects
from api.conduct.errors import CannotBeTold, WrongKind
from api.conduct.models import ConductRecord
from api.conduct.rules import Act, Kind, Side, State, Subject
from api.conduct.schemas import ProposalForm
from api.kit import clock
from api.kit.actor import Actor
from api.kit.errors import FieldError
from api.kit.rate_limit import Limit
from api.kit.transaction import transaction
from api.permissions import Permission
from api.projects import service as projects
from api.projects.service import Project

OFFICE, REGION = Permission.ENTERPRISE_CONDUCT_UPDATE, Permission.REGULATOR_CONDUCT_UPDATE
PROPOSING = Limit("conduct_proposal", 60, 86_400)
MOST_BYTES = 20 * 1024 * 1024
"""Three photos as a phone takes them without a script to make them smaller."""


async def by_enterprise(actor: Actor, given: ProposalForm) -> ConductRecord:
    """An enterprise's word on its project; the region decides.

    It names people and teams, and good conduct of other enterprises. NoSuchProject,
    UnknownSubject, WrongKind, CannotBeTold, BadPhoto.
    """
    kind = _kind(given)
    if kind.subject is Subject.ENTERPRISE and not kind.good:
        raise _wrong_kind()
    project = await projects.require(actor, OFFICE, given.project_id)
    tenant = await subjects.tenant_on(actor, OFFICE, project)
    return await _open(actor, given, kind, project, tenant)


async def by_authority(actor: Actor, given: ProposalForm) -> ConductRecord:
    """A regulator's own word on a project of his region; a colleague decides. Likewise."""
    project = await projects.require(actor, REGION, given.project_id)
    return await _open(actor, given, _kind(given), project, None)


def _kind(given: ProposalForm) -> Kind:
    kind = rules.kind_of(given.kind)
    if kind is None:
        raise _wrong_kind()
    return kind


def _wrong_kind() -> WrongKind:
    return WrongKind(errors=(FieldError("kind", WrongKind.code, WrongKind.detail),))


async def _open(
    actor: Actor, given: ProposalForm, kind: Kind, project: Project, tenant: UUID | None
) -> ConductRecord:
    await subjects.require(kind.subject, given.subject_id, project, tenant)
    row = _row(actor, given, kind, project, tenant)
    if not await subjects.accounts_of(row):
        raise CannotBeTold
    photos = await steps.enclosed(actor, given.photos)
    side = Side.AUTHORITY if tenant is None else Side.ENTERPRISE
    async with transaction():
        await row.save(force_create=True)
        await steps.add(actor, row, Act.PROPOSED, side, note=given.text, photos=photos)
        await steps.tell_subject(
            actor, row, "conduct.proposed_good" if kind.good else "conduct.proposed"
        )
        if tenant is not None:
            await steps.tell_region(actor, row, "conduct.proposed_region")
        audit.record(
            actor, Tag.CONDUCT_PROPOSED, ("conduct", row.id), tenant_id=tenant,
            kind=kind.code, whose=kind.subject.value, photos=len(photos),
        )  # fmt: skip
    return row


def _row(
    actor: Actor, given: ProposalForm, kind: Kind, project: Project, tenant: UUID | None
) -> ConductRecord:
    """Bad conduct is heard first; good conduct can be decided at once."""
    within = rules.DECIDE_WITHIN if kind.good else rules.ANSWER_WITHIN
    return ConductRecord(
        **{subjects.COLUMNS[kind.subject]: given.subject_id},
        subject=kind.subject,
        project_id=project.id,
        enterprise_id=tenant,
        region=project.region,
        kind=kind.code,
        version=codes.current_version(Dictionary.CONDUCT_KINDS),
        level=kind.level,
        happened_on=given.happened_on,
        proposed_by=actor.id,
        state=State.TO_DECIDE if kind.good else State.HEARING,
        due_on=rules.working_days(clock.today(), within),
    )


async def withdraw(actor: Actor, record_id: UUID, reason: str) -> ConductRecord:
    """The enterprise takes back what nobody decided yet. NoSuchConduct, WrongStep."""
    async with transaction():
        row = await access.proposed(actor, OFFICE, record_id, lock=True)
        await steps.move(actor, row, Act.WITHDRAWN, Side.ENTERPRISE, note=reason)
        await steps.tell_subject(actor, row, "conduct.withdrawn")
    return row
