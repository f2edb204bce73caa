"""Records policies and who is named to them; says who is insured on a day."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from tortoise.exceptions import IntegrityError

from api.audit import service as audit
from api.audit.tags import Tag
from api.engagements import service as engagements
from api.engagements.service import Engagement
from api.insurance import queries
from api.insurance.errors import (
    NobodyNamed,
    NoSuchPolicy,
    PolicyKnown,
    PolicyPeriod,
    WholeByContractor,
)
from api.insurance.models import Cover, InsurancePolicy
from api.insurance.rules import UNINSURED
from api.insurance.schemas import NamingIn, PolicyIn
from api.kit import clock
from api.kit.actor import Actor
from api.kit.errors import FieldError
from api.kit.ids import new_id
from api.kit.transaction import transaction
from api.permissions import Permission
from api.projects import service as projects
from api.training import service as training

UPDATE = Permission.ENTERPRISE_INSURANCE_UPDATE


async def record(actor: Actor, project_id: UUID, given: PolicyIn) -> InsurancePolicy:
    """The policy, and everybody who is named to it, whole or not at all.

    NoSuchProject, NotParticipating, NoSuchEnterprise, WhichEnterprise, PolicyPeriod, PolicyKnown,
    WholeByContractor, NobodyNamed.
    """
    if given.ends_on < given.starts_on:
        raise _period()
    project = await projects.require(actor, UPDATE, project_id)
    unit = await training.employer(actor, UPDATE, project, given.enterprise_id, clock.today())
    if given.whole_project and unit != project.enterprise_id:
        fault = FieldError("whole_project", WholeByContractor.code, WholeByContractor.detail)
        raise WholeByContractor(errors=(fault,))
    row = InsurancePolicy(
        id=new_id(), project_id=project.id, enterprise_id=unit,
        contractor_id=project.enterprise_id, region=project.region, kind=given.kind,
        insurer=given.insurer, number=given.number, whole_project=given.whole_project,
        starts_on=given.starts_on, ends_on=given.ends_on, recorded_by=actor.account_id,
    )  # fmt: skip
    people = await _people(row, given)
    try:
        async with transaction():
            await row.save(force_create=True)
            await _cover(row, people)
            _note(actor, Tag.INSURANCE_RECORDED, row, len(people))
    except IntegrityError:
        raise PolicyKnown from None
    return row


def _period() -> PolicyPeriod:
    return PolicyPeriod(errors=(FieldError("ends_on", PolicyPeriod.code, PolicyPeriod.detail),))


async def _people(row: InsurancePolicy, given: NamingIn) -> list[Engagement]:
    """The unit's open periods on the project that are meant. NobodyNamed for none or a stranger."""
    if row.whole_project:
        if given.engagement_ids or given.everybody:
            raise _nobody()
        return []
    found = await engagements.open_periods(row.project_id, row.enterprise_id)
    wanted = {each.id for each in found} if given.everybody else set(given.engagement_ids)
    chosen = [each for each in found if each.id in wanted]
    if not chosen or len(chosen) < len(wanted):
        raise _nobody()
    return chosen


def _nobody() -> NobodyNamed:
    return NobodyNamed(errors=(FieldError("engagement_ids", NobodyNamed.code, NobodyNamed.detail),))


async def _cover(row: InsurancePolicy, people: Iterable[Engagement]) -> None:
    """The policy insures these, or everybody on its project; who is named already stays so."""
    whom = [(None, None)] if row.whole_project else [(each.id, each.worker_id) for each in people]
    rows = [
        Cover(
            policy_id=row.id, project_id=row.project_id, engagement_id=period, worker_id=worker_id,
            enterprise_id=row.enterprise_id, contractor_id=row.contractor_id, region=row.region,
            starts_on=row.starts_on, ends_on=row.ends_on,
        )
        for period, worker_id in whom
    ]  # fmt: skip
    await Cover.bulk_create(rows, ignore_conflicts=True)


def _note(actor: Actor, tag: Tag, row: InsurancePolicy, people: int) -> None:
    audit.record(
        actor, tag, ("insurance_policy", row.id), tenant_id=row.enterprise_id,
        project=str(row.project_id), people=people,
    )  # fmt: skip


async def add_people(actor: Actor, policy_id: UUID, given: NamingIn) -> InsurancePolicy:
    """These are named to the policy too; who is already stays so. NoSuchPolicy, NobodyNamed."""
    async with transaction():
        row = await _own(actor, policy_id)
        if row.whole_project:
            raise _nobody()
        people = await _people(row, given)
        await _cover(row, people)
        _note(actor, Tag.INSURANCE_RECORDED, row, len(people))
    return row


async def end(actor: Actor, policy_id: UUID, ends_on: date) -> InsurancePolicy:
    """The policy ends earlier, for everybody who is named to it. NoSuchPolicy, PolicyPeriod."""
    async with transaction():
        row = await _own(actor, policy_id)
        if not row.starts_on <= ends_on <= row.ends_on:
            raise _period()
        row.ends_on = ends_on
        await row.save(update_fields=["ends_on"])
        people = await Cover.filter(policy_id=row.id).update(ends_on=ends_on)
        _note(actor, Tag.INSURANCE_ENDED, row, people)
    return row


async def _own(actor: Actor, policy_id: UUID) -> InsurancePolicy:
    rows = engagements.visible(InsurancePolicy, actor, UPDATE).filter(id=policy_id)
    row = await rows.select_for_update().first()
    if row is None:
        raise NoSuchPolicy
    return row


async def insured(periods: Mapping[UUID, UUID], day: date) -> set[UUID]:
    """Which of these periods, by id with their projects, are insured that day. One statement."""
    if not periods:
        return set()
    rows = await queries.covering(periods, day)
    named = {row.engagement_id for row in rows if row.engagement_id}
    whole = {row.project_id for row in rows if row.engagement_id is None}
    return {period for period, site in periods.items() if period in named or site in whole}


async def warning(row: Engagement, day: date) -> str | None:
    """What the entry check says of who is not insured that day; None for who is."""
    return None if await insured({row.id: row.project_id}, day) else UNINSURED


engagements.warn(warning)
