"""Whose batches, exceptions and advances: the doors of those who pay, employ and oversee."""

from uuid import UUID

from api.kit.actor import Actor
from api.kit.scope import scope_of
from api.payroll import queries
from api.payroll.errors import NoSuchAdvance, NoSuchBatch, NoSuchException
from api.payroll.models import Advance, BankBatch, BankException
from api.permissions import Permission

UPDATE = Permission.ENTERPRISE_PAYROLL_UPDATE


async def batch(actor: Actor, permission: Permission, batch_id: UUID) -> BankBatch:
    """A batch that the actor may see. NoSuchBatch."""
    row = await queries.visible(BankBatch, actor, permission).filter(id=batch_id).first()
    if row is None:
        raise NoSuchBatch
    return row


async def own_batch(actor: Actor, batch_id: UUID, *, lock: bool = False) -> BankBatch:
    """A batch that the actor's enterprise pays, to act on. NoSuchBatch."""
    rows = queries.paid_by(BankBatch, actor, UPDATE).filter(id=batch_id)
    row = await (rows.select_for_update() if lock else rows).first()
    if row is None:
        raise NoSuchBatch
    return row


async def own_exception(actor: Actor, exception_id: UUID) -> BankException:
    """An exception of what the actor's enterprise pays, locked. NoSuchException."""
    scope = scope_of(actor, UPDATE)
    rows = BankException.filter(scope.rows(tenant="contractor_id"), id=exception_id)
    row = await rows.select_for_update().first()
    if row is None:
        raise NoSuchException
    return row


async def own_advance(actor: Actor, advance_id: UUID) -> Advance:
    """An advance that the actor's enterprise made, locked. NoSuchAdvance."""
    rows = queries.paid_by(Advance, actor, UPDATE).filter(id=advance_id)
    row = await rows.select_for_update().first()
    if row is None:
        raise NoSuchAdvance
    return row
