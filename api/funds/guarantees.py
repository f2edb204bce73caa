"""工资保证金: what stands good for a project's wages, and the reminder before it ends (L-14)."""

from datetime import timedelta
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.funds import opening, queries, telling
from api.funds.errors import GuaranteeOver, NoSuchGuarantee, StillNeeded
from api.funds.models import Guarantee
from api.funds.rules import REMIND_DAYS, GuaranteeState
from api.funds.schemas import GuaranteeIn
from api.kit import clock
from api.kit.actor import SYSTEM, Actor
from api.kit.errors import FieldError
from api.kit.transaction import transaction

BATCH = 200


async def add(actor: Actor, project_id: UUID, given: GuaranteeIn) -> Guarantee:
    """A deposit or guarantee of the project. NotContractorHere, GuaranteeOver."""
    project = await opening.contracted(actor, opening.UPDATE, project_id)
    if given.valid_to is not None and given.valid_to < clock.today():
        fault = FieldError("valid_to", GuaranteeOver.code, GuaranteeOver.detail)
        raise GuaranteeOver(errors=(fault,))
    async with transaction():
        row = await Guarantee.create(
            project_id=project.id,
            contractor_id=project.enterprise_id,
            region=project.region,
            kind=given.kind,
            amount_fen=given.amount_fen,
            ratio=given.ratio,
            number=given.number,
            issued_by=given.issued_by,
            valid_to=given.valid_to,
            account_id=actor.account_id,
        )
        _record(actor, Tag.GUARANTEE_RECORDED, row)
    return row


async def give_back(actor: Actor, guarantee_id: UUID) -> Guarantee:
    """It was returned to who gave it, and the region is told; the same again changes nothing.

    NoSuchGuarantee, StillNeeded while wages are owed for which nothing else stands good.
    """
    async with transaction():
        row = await _with_its_like(actor, guarantee_id)
        if row.state is not GuaranteeState.RETURNED:
            row.state = GuaranteeState.RETURNED
            await row.save(update_fields=["state"])
            params = {"project": str(row.project_id)}
            about = ("region_guarantee", row.id)
            await telling.tell_region(
                actor, row.region, "funds.guarantee_returned_region", params, about
            )
            _record(actor, Tag.GUARANTEE_RETURNED, row)
    return row


async def _with_its_like(actor: Actor, guarantee_id: UUID) -> Guarantee:
    """It, locked with all of its project, so that of the last two one stays while it must."""
    mine = queries.visible(Guarantee, actor, opening.UPDATE)
    found = await mine.filter(id=guarantee_id).first()
    if found is None:
        raise NoSuchGuarantee
    rows = await mine.filter(project_id=found.project_id).order_by("id").select_for_update()
    row = next(each for each in rows if each.id == guarantee_id)
    others = [each for each in rows if each.id != row.id and each.state is GuaranteeState.VALID]
    last = row.state is GuaranteeState.VALID and not others
    if last and await opening.wages_owed(row.project_id):
        raise StillNeeded
    return row


async def watch() -> int:
    """Remind once before a guarantee ends, and tell the region when it has; how many."""
    today, done = clock.today(), 0
    ending = today + timedelta(days=REMIND_DAYS)
    due = Guarantee.filter(state=GuaranteeState.VALID, valid_to__lte=ending).order_by("id")
    last = UUID(int=0)
    while found := await due.filter(id__gt=last).limit(BATCH):
        last = found[-1].id
        for row in found:
            done += await _watched(row.id)
    return done


async def _watched(guarantee_id: UUID) -> bool:
    today = clock.today()
    async with transaction():
        row = await Guarantee.filter(id=guarantee_id).select_for_update().first()
        if row is None or row.state is not GuaranteeState.VALID or row.valid_to is None:
            return False
        params = {"project": str(row.project_id), "date": row.valid_to.isoformat()}
        about = ("guarantee", row.project_id)
        if row.valid_to < today:
            row.state = GuaranteeState.EXPIRED
            await row.save(update_fields=["state"])
            await telling.tell_contractor(
                SYSTEM, row.contractor_id, "funds.guarantee_ended", params, about
            )
            await telling.tell_region(
                SYSTEM,
                row.region,
                "funds.guarantee_ended_region",
                params,
                ("region_guarantee", row.id),
            )
            _record(SYSTEM, Tag.GUARANTEE_EXPIRED, row)
            return True
        if row.reminded_on is not None:
            return False
        row.reminded_on = today
        await row.save(update_fields=["reminded_on"])
        await telling.tell_contractor(
            SYSTEM, row.contractor_id, "funds.guarantee_ending", params, about
        )
    return True


def _record(actor: Actor, tag: Tag, row: Guarantee) -> None:
    audit.record(
        actor, tag, ("guarantee", row.id), tenant_id=row.contractor_id, project=str(row.project_id)
    )
