"""核验: officers of the region decide on enterprises, correct them, and look at who is behind."""

import secrets
from uuid import UUID

from api.accounts import service as accounts
from api.audit import service as audit
from api.audit.tags import Purpose, Tag
from api.enterprises import queries
from api.enterprises.errors import NoSuchEnterprise, OutsideRegion, OwnApplication, WrongStep
from api.enterprises.models import Enterprise, EnterpriseChange, EnterpriseMaster, State
from api.enterprises.rules import STEPS, Decision, name_key
from api.enterprises.schemas import CorrectionIn, EnterpriseQuery, MasterIn
from api.enterprises.service import NAMES, tell_applicant
from api.kit import clock
from api.kit.actor import Actor
from api.kit.errors import FieldError, Invalid
from api.kit.pagination import page
from api.kit.personal import Personal
from api.kit.scope import scope_of, subtree
from api.kit.transaction import transaction
from api.permissions import Permission
from verification.code import CodeKind, new_code

TAGS = {
    Decision.VERIFY: Tag.ENTERPRISE_VERIFIED,
    Decision.REFUSE: Tag.ENTERPRISE_REFUSED,
    Decision.FREEZE: Tag.ENTERPRISE_FROZEN,
    Decision.RESTORE: Tag.ENTERPRISE_RESTORED,
    Decision.ANNUL: Tag.ENTERPRISE_ANNULLED,
}
NOTICES = {
    Decision.VERIFY: "enterprise.verified",
    Decision.REFUSE: "enterprise.refused",
    Decision.FREEZE: "enterprise.frozen",
    Decision.RESTORE: "enterprise.restored",
    Decision.ANNUL: "enterprise.annulled",
}
WITHOUT_REASON = frozenset({Decision.VERIFY, Decision.RESTORE})
UPDATE = Permission.REGULATOR_ENTERPRISES_UPDATE


async def overseen_one(actor: Actor, enterprise_id: UUID) -> Enterprise:
    """An enterprise of the actor's region. NoSuchEnterprise otherwise."""
    rows = queries.overseen(actor, Permission.REGULATOR_ENTERPRISES_READ)
    return await _loaded(await rows.filter(id=enterprise_id).first())


async def overseen(actor: Actor, query: EnterpriseQuery) -> tuple[list[Enterprise], str | None]:
    """A page of the enterprises of the actor's region."""
    rows = queries.overseen(actor, Permission.REGULATOR_ENTERPRISES_READ)
    return await page(queries.narrowed(rows, query), query)


async def decide(
    actor: Actor, enterprise_id: UUID, decision: Decision, reason: str | None
) -> Enterprise:
    """The enterprise after the decision; a verified one has its code, the same for good.

    Its applicant becomes its administrator. WrongStep when its state does not allow the decision,
    OwnApplication for one's own, Invalid without a reason where one is needed.
    """
    if reason is None and decision not in WITHOUT_REASON:
        fault = FieldError("reason", "field.missing", "必填。请写明原因，对方会看到。")
        raise Invalid(errors=(fault,))
    async with transaction():
        row = await _locked(actor, enterprise_id)
        if row.applicant_id == actor.id:
            raise OwnApplication
        after = STEPS.get((row.state, decision))
        if after is None:
            raise WrongStep
        await _move(actor, row, after, decision, reason or "")
        if decision is Decision.VERIFY:
            await accounts.give(actor, row.applicant_id, "enterprise_admin", tenant_id=row.id)
        tell_applicant(actor, row, NOTICES[decision])
    return await _loaded(row)


async def _move(
    actor: Actor, row: Enterprise, after: State, decision: Decision, reason: str
) -> None:
    before, row.state = row.state, after
    row.reason, row.decided_at = reason, clock.now()
    if after is State.VERIFIED:
        row.doubts = []
        row.verified_at = row.verified_at or row.decided_at
        row.code = (
            row.code or new_code(CodeKind.ENTERPRISE, row.region[:2], secrets.token_bytes).compact
        )
    await row.save(update_fields=["state", "reason", "decided_at", "verified_at", "doubts", "code"])
    await EnterpriseChange.create(
        enterprise_id=row.id, act=decision, field="state", old=before, new=after, reason=reason,
        account_id=actor.account_id,
    )  # fmt: skip
    audit.record(
        actor, TAGS[decision], ("enterprise", row.id), tenant_id=row.id, before=str(before)
    )


async def correct(actor: Actor, enterprise_id: UUID, correction: CorrectionIn) -> Enterprise:
    """The enterprise with the corrected data; the old values, who, when and why are kept.

    OutsideRegion for a region that is not the actor's.
    """
    wanted = {name: new for name, new in correction if name != "reason" and new is not None}
    if correction.region:
        _require_inside(actor, correction.region)
    async with transaction():
        row = await _locked(actor, enterprise_id)
        changed = {name: new for name, new in wanted.items() if getattr(row, name) != new}
        await EnterpriseChange.bulk_create(
            [_change(actor, row, name, new, correction.reason) for name, new in changed.items()]
        )
        row.update_from_dict(changed)
        row.name_key = name_key(row.name)
        await row.save(update_fields=[*changed, "name_key"])
        NAMES.changed(row.id)
        if changed:
            subject, names = ("enterprise", row.id), ",".join(changed)
            audit.record(actor, Tag.ENTERPRISE_CORRECTED, subject, tenant_id=row.id, fields=names)
            tell_applicant(actor, row, "enterprise.corrected")
    return await _loaded(row)


def _change(
    actor: Actor, row: Enterprise, name: str, new: str | Personal, reason: str
) -> EnterpriseChange:
    change = EnterpriseChange(
        enterprise_id=row.id, act="corrected", field=name, reason=reason,
        account_id=actor.account_id,
    )  # fmt: skip
    old = getattr(row, name)
    if isinstance(new, Personal):
        change.old_person, change.new_person = old, new
    else:
        change.old, change.new = old, new
    return change


async def reveal(actor: Actor, enterprise_id: UUID, reason: str) -> dict[str, str]:
    """The legal person's and the contact's data in plain text, with a line in the audit each."""
    rows = queries.overseen(actor, Permission.REGULATOR_ENTERPRISES_REVEAL)
    async with transaction():
        row = await rows.filter(id=enterprise_id).first()
        if row is None:
            raise NoSuchEnterprise
        await EnterpriseChange.create(
            enterprise_id=row.id, act="revealed", reason=reason, account_id=actor.account_id
        )
        subject = ("enterprise", row.id)
        return {
            name: audit.reveal(actor, getattr(row, name), Purpose.REVIEW, subject)
            for name in ("legal_person", "contact_name", "contact_phone")
        }


async def put_master(actor: Actor, master: MasterIn) -> EnterpriseMaster:
    """The business register's record of a credit code is this from now on. OutsideRegion."""
    _require_inside(actor, master.region)
    async with transaction():
        known = await EnterpriseMaster.filter(credit_code=master.credit_code).first()
        if known:
            _require_inside(actor, known.region)
        row = known or EnterpriseMaster()
        row.update_from_dict(dict(master))
        await row.save(force_create=known is None)
        audit.record(actor, Tag.ENTERPRISE_MASTER_SET, ("enterprise_master", row.id))
    return row


def _require_inside(actor: Actor, region: str) -> None:
    scope = scope_of(actor, UPDATE)
    inside = any(region.startswith(subtree(own)) for own in scope.regions)
    if not (scope.everything or inside):
        raise OutsideRegion


async def _locked(actor: Actor, enterprise_id: UUID) -> Enterprise:
    rows = queries.overseen(actor, UPDATE).filter(id=enterprise_id)
    row = await rows.select_for_update().first()
    if row is None:
        raise NoSuchEnterprise
    return row


async def _loaded(row: Enterprise | None) -> Enterprise:
    if row is None:
        raise NoSuchEnterprise
    await row.fetch_related("qualifications")
    return row
