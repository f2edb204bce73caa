"""Whose complaint: the doors of the complainant, the enterprise and the authority."""

from uuid import UUID

from tortoise.queryset import QuerySet

from api.complaints import queries
from api.complaints.errors import NoSuchComplaint
from api.complaints.models import Complaint
from api.kit.actor import Actor
from api.permissions import Permission
from api.workers import service as workers


async def own(actor: Actor, complaint_id: UUID, *, lock: bool = False) -> Complaint:
    """One of the actor's own complaints. NoSuchComplaint."""
    rows = queries.own(workers.id_of_account(actor.id))
    return await _one(rows, complaint_id, lock)


async def of_enterprise(
    actor: Actor, permission: Permission, complaint_id: UUID, *, lock: bool = False
) -> Complaint:
    """One that the actor's enterprise may see. NoSuchComplaint."""
    return await _one(queries.of_enterprise(actor, permission), complaint_id, lock)


async def of_region(
    actor: Actor, permission: Permission, complaint_id: UUID, *, lock: bool = False
) -> Complaint:
    """One of the actor's region. NoSuchComplaint."""
    return await _one(queries.of_region(actor, permission), complaint_id, lock)


async def _one(rows: QuerySet[Complaint], complaint_id: UUID, lock: bool) -> Complaint:
    found = rows.filter(id=complaint_id)
    row = await (found.select_for_update() if lock else found).first()
    if row is None:
        raise NoSuchComplaint
    return row
