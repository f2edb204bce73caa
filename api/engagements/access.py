"""Whose engagements: the doors through which an office's readings and changes go."""

from uuid import UUID

from api.engagements import queries
from api.engagements.errors import NoSuchEngagement
from api.engagements.models import Engagement
from api.kit.actor import Actor
from api.permissions import Permission

UPDATE = Permission.ENTERPRISE_ENGAGEMENTS_UPDATE


async def one(
    actor: Actor, permission: Permission, project_id: UUID, engagement_id: UUID
) -> Engagement:
    """A period on the project within the actor's scope. NoSuchEngagement otherwise."""
    rows = queries.visible(Engagement, actor, permission)
    row = await rows.filter(id=engagement_id, project_id=project_id).first()
    if row is None:
        raise NoSuchEngagement
    return row


async def locked(
    actor: Actor, project_id: UUID, engagement_id: UUID, permission: Permission = UPDATE
) -> Engagement:
    """The same, locked until the transaction ends."""
    rows = queries.visible(Engagement, actor, permission)
    found = rows.filter(id=engagement_id, project_id=project_id)
    row = await found.select_for_update().first()
    if row is None:
        raise NoSuchEngagement
    return row
