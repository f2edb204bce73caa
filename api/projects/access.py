"""Whose projects: the doors through which every reading and every change goes."""

from datetime import date
from uuid import UUID

from api.kit.actor import Actor
from api.kit.naming import Names
from api.kit.scope import scope_of
from api.notices import service as notices
from api.permissions import Permission
from api.projects import queries
from api.projects.errors import NoSuchProject, NotContractor, ProjectFinished
from api.projects.models import Project, Status

UPDATE = Permission.ENTERPRISE_PROJECTS_UPDATE


async def require(actor: Actor, permission: Permission, project_id: UUID) -> Project:
    """The project, inside what `permission` opens to the actor. NoSuchProject otherwise.

    Inside are the projects of his region, and those in which his enterprise takes part today.
    """
    row = await (await queries.visible(actor, permission)).filter(id=project_id).first()
    if row is None:
        raise NoSuchProject
    return row


async def kept(actor: Actor, project_id: UUID) -> Project:
    """The project, locked, for a change by its general contractor.

    NoSuchProject, NotContractor for another unit, ProjectFinished.
    """
    row = await locked(actor, project_id)
    if not scope_of(actor, UPDATE).has_tenant(row.enterprise_id):
        raise NotContractor
    if row.status == Status.FINISHED:
        raise ProjectFinished
    return row


async def locked(actor: Actor, project_id: UUID) -> Project:
    """The project, locked, for whoever takes part in it. NoSuchProject otherwise."""
    rows = (await queries.visible(actor, UPDATE)).filter(id=project_id)
    row = await rows.select_for_update().first()
    if row is None:
        raise NoSuchProject
    return row


async def participates(enterprise_id: UUID, project_id: UUID, day: date) -> bool:
    """Whether the enterprise takes part in the project on that day, the general contractor too."""
    rows = queries.in_force(day).filter(enterprise_id=enterprise_id, project_id=project_id)
    return await rows.exists() or await Project.exists(id=project_id, enterprise_id=enterprise_id)


NAMES = Names("project_names", Project)
notices.resolve("project", NAMES.of)
