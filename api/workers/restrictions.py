"""限制: black list, disputed registration and orders on workers and enterprises, with history."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from api.audit import service as audit
from api.audit.tags import Tag
from api.enterprises import service as enterprises
from api.kit import clock
from api.kit.actor import Actor
from api.kit.errors import FieldError
from api.kit.personal import Personal
from api.kit.scope import scope_of
from api.kit.transaction import transaction
from api.permissions import Permission
from api.workers.errors import BadPeriod, NoSuchRestriction, OneSubject
from api.workers.models import Restriction, RestrictionReason, Subject, Worker
from verification import region as regions


@dataclass(frozen=True, slots=True)
class NewRestriction:
    """What a regulator enters. Exactly one of `number` and `credit_code`; days are inclusive."""

    number: Personal | None
    credit_code: str | None
    region: str
    reason: RestrictionReason
    document: str
    valid_from: date
    valid_to: date | None


def in_force(index: str, subject: Subject, day: date) -> QuerySet[Restriction]:
    """The restrictions on a subject that held on a day, also when they have ended since."""
    return Restriction.filter(
        Q(valid_to=None) | Q(valid_to__gte=day),
        Q(ended_on=None) | Q(ended_on__gt=day),
        subject=subject,
        subject_index=index,
        valid_from__lte=day,
    )


async def is_restricted_index(number_index: str) -> bool:
    """Whether the person with this number's blind index is under a restriction today."""
    return await in_force(number_index, Subject.WORKER, clock.today()).exists()


async def is_restricted_firm(credit_code: str) -> bool:
    """Whether the enterprise with this credit code is under a restriction today."""
    return await in_force(credit_code, Subject.ENTERPRISE, clock.today()).exists()


async def add(actor: Actor, new: NewRestriction) -> Restriction:
    """The restriction, entered for a region inside the actor's. OneSubject, BadPeriod."""
    if (new.number is None) is (new.credit_code is None):
        raise OneSubject
    if new.valid_to is not None and new.valid_to < new.valid_from:
        fault = FieldError("valid_to", "period.reversed", BadPeriod.detail)
        raise BadPeriod(errors=(fault,))
    _require_region(actor, new.region)
    async with transaction():
        row = await Restriction.create(
            subject=Subject.WORKER if new.number else Subject.ENTERPRISE,
            subject_index=new.number.index if new.number else new.credit_code,
            number=new.number,
            region=new.region,
            reason=new.reason,
            document=new.document,
            valid_from=new.valid_from,
            valid_to=new.valid_to,
            made_by=actor.id,
        )
        audit.record(actor, Tag.RESTRICTION_ADDED, ("restriction", row.id), reason=row.reason)
    return row


async def impose(
    actor: Actor,
    *,
    worker_id: UUID | None,
    enterprise_id: UUID | None,
    region: str,
    document: str,
    valid_to: date | None,
) -> UUID:
    """A worker or an enterprise stands on the black list from today; the restriction's id.

    For a decision of the room above, whose actor was admitted there. In the running transaction.
    """
    worker = await Worker.get(id=worker_id) if worker_id else None
    firm = await enterprises.require(enterprise_id) if enterprise_id else None
    row = await Restriction.create(
        subject=Subject.WORKER if worker else Subject.ENTERPRISE,
        subject_index=worker.number_index if worker else firm and firm.credit_code,
        number=worker and worker.number,
        region=region,
        reason=RestrictionReason.BLACK_LIST,
        document=document,
        valid_from=clock.today(),
        valid_to=valid_to,
        made_by=actor.account_id,
    )
    audit.record(actor, Tag.RESTRICTION_ADDED, ("restriction", row.id), reason=row.reason)
    return row.id


async def lift(actor: Actor, restriction_id: UUID, *, reason: str) -> None:
    """What `impose` began has ended today, unless it had before. In the running transaction."""
    rows = Restriction.filter(id=restriction_id, ended_on=None)
    if await rows.update(ended_on=clock.today(), ended_by=actor.account_id, ended_reason=reason):
        audit.record(actor, Tag.RESTRICTION_ENDED, ("restriction", restriction_id))


def _require_region(actor: Actor, region: str) -> None:
    scope = scope_of(actor, Permission.REGULATOR_RESTRICTIONS_UPDATE)
    inside = any(regions.within(region, each) for each in scope.regions)
    if not (scope.everything or inside):
        raise NoSuchRestriction("这个地区不归您管。请选本辖区的地区代码。")


def overseen(actor: Actor) -> QuerySet[Restriction]:
    """All restrictions entered in the actor's region, also ended ones."""
    scope = scope_of(actor, Permission.REGULATOR_RESTRICTIONS_UPDATE)
    return Restriction.filter(scope.rows(region="region"))


async def end(actor: Actor, restriction_id: UUID, *, reason: str) -> Restriction:
    """The restriction ends today, with its reason; it stays in the history."""
    async with transaction():
        row = await overseen(actor).filter(id=restriction_id).select_for_update().first()
        if row is None or row.ended_on is not None:
            raise NoSuchRestriction
        row.ended_on, row.ended_by, row.ended_reason = clock.today(), actor.id, reason
        await row.save(update_fields=["ended_on", "ended_by", "ended_reason"])
        audit.record(actor, Tag.RESTRICTION_ENDED, ("restriction", row.id))
    return row
