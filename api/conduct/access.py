"""Whose record: the doors of the subject, the proposing enterprise and the authority."""

from uuid import UUID

from tortoise.queryset import QuerySet

from api.conduct import queries
from api.conduct.errors import NoSuchConduct
from api.conduct.models import ConductRecord
from api.kit.actor import Actor
from api.permissions import Permission

Rows = QuerySet[ConductRecord]


async def own(actor: Actor, record_id: UUID, *, lock: bool = False) -> ConductRecord:
    """One on the actor himself, or on a team that he leads. NoSuchConduct."""
    return await _one(await queries.own(actor), record_id, lock)


async def about_us(
    actor: Actor, permission: Permission, record_id: UUID, *, lock: bool = False
) -> ConductRecord:
    """One on the actor's enterprise. NoSuchConduct."""
    return await _one(queries.about(actor, permission), record_id, lock)


async def proposed(
    actor: Actor, permission: Permission, record_id: UUID, *, lock: bool = False
) -> ConductRecord:
    """One that the actor's enterprise proposed. NoSuchConduct."""
    return await _one(queries.proposed(actor, permission), record_id, lock)


async def of_region(
    actor: Actor, permission: Permission, record_id: UUID, *, lock: bool = False
) -> ConductRecord:
    """One of the actor's region. NoSuchConduct."""
    return await _one(queries.of_region(actor, permission), record_id, lock)


async def to_hear(
    actor: Actor, permission: Permission, record_id: UUID, *, lock: bool = False
) -> ConductRecord:
    """One whose appeal the actor's office decides. NoSuchConduct."""
    return await _one(queries.to_hear(actor, permission), record_id, lock)


async def _one(rows: Rows, record_id: UUID, lock: bool) -> ConductRecord:
    found = rows.filter(id=record_id)
    row = await (found.select_for_update() if lock else found).first()
    if row is None:
        raise NoSuchConduct
    return row
