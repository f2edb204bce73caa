"""For which unit of a project somebody speaks."""

from datetime import date
from uuid import UUID

from api.enterprises import service as enterprises
from api.kit.actor import Actor
from api.kit.scope import scope_of
from api.permissions import Permission
from api.projects import service as projects
from api.projects.service import Project
from api.training.errors import NotParticipating


async def employer(
    actor: Actor,
    permission: Permission,
    project: Project,
    enterprise_id: UUID | None,
    day: date,
) -> UUID:
    """The unit of the project for which the actor speaks on that day.

    The general contractor speaks for every unit, another unit for itself. NotParticipating,
    NoSuchEnterprise, WhichEnterprise.
    """
    scope = scope_of(actor, permission)
    chosen = enterprise_id
    if chosen is None or not scope.has_tenant(project.enterprise_id):
        chosen = await enterprises.acting_for(actor, permission, enterprise_id)
    if not await projects.participates(chosen, project.id, day):
        raise NotParticipating
    return chosen
