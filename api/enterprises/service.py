"""An enterprise reports itself and keeps its own data; what other features ask of enterprises."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.enterprises import queries
from api.enterprises.errors import (
    AlreadySubmitted,
    CreditCodeTaken,
    Disputed,
    EnterpriseFrozen,
    NoSuchEnterprise,
    NotVerified,
    WhichEnterprise,
)
from api.enterprises.models import (
    Enterprise,
    EnterpriseChange,
    EnterpriseMaster,
    Qualification,
    State,
)
from api.enterprises.rules import Doubt, name_key
from api.enterprises.schemas import ApplicationIn, ContactIn, QualificationIn
from api.kit import clock
from api.kit.actor import Actor
from api.kit.errors import FieldError
from api.kit.naming import Names
from api.kit.scope import scope_of
from api.kit.transaction import transaction
from api.notices import service as notices
from api.permissions import Permission

REPORTED = (
    "name", "legal_person", "region", "address", "contact_name", "contact_phone",
)  # fmt: skip
"""What an application says beside the credit code."""


async def submit(actor: Actor, application: ApplicationIn) -> tuple[Enterprise, bool]:
    """The enterprise of the application's credit code, and whether it was submitted just now.

    The same application again gives the same enterprise. What contradicts the business register
    or another enterprise goes to review. AlreadySubmitted, CreditCodeTaken, Disputed.
    """
    async with transaction():
        fresh = Enterprise(credit_code=application.credit_code)
        await _fill(fresh, actor, application)
        await Enterprise.bulk_create([fresh], ignore_conflicts=True)
        row = await Enterprise.filter(credit_code=fresh.credit_code).select_for_update().get()
        is_new = row.id == fresh.id
        if not is_new and row.state is State.REFUSED:
            await _fill(row, actor, application)
            await row.save()
            NAMES.changed(row.id)
            is_new = True
        if is_new:
            await _submitted(actor, row, application.qualifications)
        else:
            await _refuse_other(actor, row, application)
    return await _loaded(row), is_new


async def _fill(row: Enterprise, actor: Actor, application: ApplicationIn) -> None:
    doubts = await _doubts(application)
    row.update_from_dict({name: getattr(application, name) for name in REPORTED})
    row.name_key = name_key(application.name)
    row.doubts = [str(doubt) for doubt in doubts]
    row.state = State.REVIEW if doubts else State.SUBMITTED
    row.reason, row.applicant_id, row.submitted_at = "", actor.id, clock.now()


async def _doubts(application: ApplicationIn) -> list[Doubt]:
    doubts = []
    key, code = name_key(application.name), application.credit_code
    master = await EnterpriseMaster.get_or_none(credit_code=code)
    if master and name_key(master.name) != key:
        doubts.append(Doubt.NAME_DIFFERS)
    if master and master.legal_person and master.legal_person != application.legal_person:
        doubts.append(Doubt.LEGAL_PERSON_DIFFERS)
    others = Enterprise.filter(name_key=key).exclude(credit_code=code)
    if await others.exclude(state__in=[State.REFUSED, State.ANNULLED]).exists():
        doubts.append(Doubt.NAME_IN_USE)
    return doubts


async def _submitted(
    actor: Actor, row: Enterprise, qualifications: Iterable[QualificationIn]
) -> None:
    await _replace_qualifications(row, qualifications)
    await EnterpriseChange.create(
        enterprise_id=row.id, act="submitted", new=row.state, account_id=actor.account_id
    )
    facts = {"state": str(row.state), "doubts": ",".join(row.doubts)}
    audit.record(actor, Tag.ENTERPRISE_SUBMITTED, ("enterprise", row.id), tenant_id=row.id, **facts)
    if row.state is State.REVIEW:
        tell_applicant(actor, row, "enterprise.review")


async def _refuse_other(actor: Actor, row: Enterprise, application: ApplicationIn) -> None:
    same_name = row.name_key == name_key(application.name)
    if row.applicant_id == actor.id:
        if same_name and row.legal_person == application.legal_person:
            return
        raise AlreadySubmitted
    if row.state.open and not same_name:
        await _dispute(actor, row)
        raise Disputed
    raise CreditCodeTaken


async def _dispute(actor: Actor, row: Enterprise) -> None:
    if Doubt.DISPUTED in row.doubts:
        return
    row.state, row.doubts = State.REVIEW, [*row.doubts, str(Doubt.DISPUTED)]
    await row.save(update_fields=["state", "doubts"])
    await EnterpriseChange.create(
        enterprise_id=row.id, act="disputed", new=row.state, account_id=actor.account_id
    )
    audit.record(actor, Tag.ENTERPRISE_DISPUTED, ("enterprise", row.id), tenant_id=row.id)
    tell_applicant(actor, row, "enterprise.review")


async def _replace_qualifications(
    row: Enterprise, qualifications: Iterable[QualificationIn]
) -> None:
    by_number = {each.number: each for each in qualifications}
    await Qualification.filter(enterprise_id=row.id).delete()
    await Qualification.bulk_create(
        [Qualification(enterprise_id=row.id, **each.model_dump()) for each in by_number.values()]
    )


def tell_applicant(actor: Actor, row: Enterprise, kind: str) -> None:
    """Tell the one who applied what became of it."""
    params = {"enterprise": str(row.id)}
    notices.tell(actor, row.applicant_id, kind, params, about=("enterprise", row.id))


async def own_one(actor: Actor, enterprise_id: UUID) -> Enterprise:
    """An enterprise that the actor applied for or works for. NoSuchEnterprise otherwise."""
    return await _loaded(await _own(actor, Permission.ENTERPRISE_ENTERPRISE_READ, enterprise_id))


async def change_contact(actor: Actor, enterprise_id: UUID, contact: ContactIn) -> Enterprise:
    """The enterprise is reached like this from now on. NoSuchEnterprise for a stranger's."""
    async with transaction():
        row = await _own(actor, Permission.ENTERPRISE_ENTERPRISE_UPDATE, enterprise_id)
        row.update_from_dict(dict(contact))
        await row.save(update_fields=["address", "contact_name", "contact_phone"])
        await _note_own_change(actor, row, "contact")
    return await _loaded(row)


async def change_qualifications(
    actor: Actor, enterprise_id: UUID, qualifications: list[QualificationIn]
) -> Enterprise:
    """The enterprise says it holds these certificates and no others."""
    async with transaction():
        row = await _own(actor, Permission.ENTERPRISE_ENTERPRISE_UPDATE, enterprise_id)
        await _replace_qualifications(row, qualifications)
        await _note_own_change(actor, row, "qualifications")
    return await _loaded(row)


async def _note_own_change(actor: Actor, row: Enterprise, field: str) -> None:
    await EnterpriseChange.create(
        enterprise_id=row.id, act="changed", field=field, account_id=actor.account_id
    )
    audit.record(
        actor, Tag.ENTERPRISE_CORRECTED, ("enterprise", row.id), tenant_id=row.id, field=field
    )


async def _own(actor: Actor, permission: Permission, enterprise_id: UUID) -> Enterprise:
    row = await queries.own(actor, permission).filter(id=enterprise_id).first()
    if row is None:
        raise NoSuchEnterprise
    return row


async def _loaded(row: Enterprise) -> Enterprise:
    await row.fetch_related("qualifications")
    return row


async def acting_for(
    actor: Actor, permission: Permission, enterprise_id: UUID | None = None
) -> UUID:
    """The enterprise for which the actor acts: the one he names, or his only one.

    NoSuchEnterprise for a stranger's or none, WhichEnterprise when he has several.
    """
    tenants = set(scope_of(actor, permission).tenant_ids)
    if enterprise_id is None and len(tenants) > 1:
        fault = FieldError("enterprise_id", "field.missing", "必填。请选一家企业。")
        raise WhichEnterprise(errors=(fault,))
    chosen = enterprise_id or next(iter(tenants), None)
    if chosen is None or chosen not in tenants:
        raise NoSuchEnterprise
    return chosen


async def require_verified(enterprise_id: UUID) -> Enterprise:
    """The enterprise, verified and in force. NotVerified or EnterpriseFrozen otherwise."""
    row = await Enterprise.get_or_none(id=enterprise_id)
    if row is None or row.state.open or row.state is State.REFUSED:
        raise NotVerified
    if row.state is not State.VERIFIED:
        raise EnterpriseFrozen
    return row


async def require(enterprise_id: UUID) -> Enterprise:
    """The enterprise with this id, whom the caller knows to be there."""
    return await Enterprise.get(id=enterprise_id)


async def by_credit_codes(codes: set[str]) -> Mapping[str, Enterprise]:
    """The enterprises in force with these credit codes; unknown ones are left out."""
    rows = await Enterprise.filter(credit_code__in=list(codes), state=State.VERIFIED)
    return {row.credit_code: row for row in rows}


NAMES = Names("enterprise_names", Enterprise)
names_of = NAMES.of
notices.resolve("enterprise", names_of)
