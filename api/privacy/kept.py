"""封存: who an erased worker was, opened by an authority alone, with a document and on record."""

from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Purpose, Tag
from api.kit.actor import Actor
from api.kit.scope import scope_of
from api.kit.transaction import transaction
from api.permissions import Permission
from api.privacy.errors import NothingKept
from api.privacy.models import KeptIdentity
from api.privacy.schemas import KeptIdentityOut, KeptOpeningIn
from api.workers import service as workers

OPEN = Permission.REGULATOR_KEPT_IDENTITIES_OPEN


async def opened(actor: Actor, worker_id: UUID, given: KeptOpeningIn) -> KeptIdentityOut:
    """Who he was. NothingKept outside of the actor's region, or when nothing is kept any more."""
    async with transaction():
        rows = KeptIdentity.filter(scope_of(actor, OPEN).rows(region="region"))
        row = await rows.filter(worker_id=worker_id).first()
        if row is None:
            raise NothingKept
        subject = ("kept_identity", row.id)
        audit.record(actor, Tag.KEPT_IDENTITY_OPENED, subject)
        workers.note_opened(actor, worker_id, f"{given.document}：{given.reason}")
        name, number = audit.reveal_all(actor, [row.name, row.number], Purpose.AUTHORITY, subject)
    return KeptIdentityOut(
        worker_id=worker_id,
        id_kind=row.id_kind,
        name=name,
        number=number,
        erased_at=row.created_at,
    )


async def delete_released(worker_id: UUID) -> bool:
    """The identity goes with the last ledger; whether there was one. In a running transaction."""
    return bool(await KeptIdentity.filter(worker_id=worker_id).delete())
