"""Trainings on a project: who was taught what, when and for how long."""

from dataclasses import dataclass
from uuid import UUID

from api.kit.actor import Actor
from api.permissions import Permission
from api.projects import listing as projects
from api.training import listing
from api.training.schemas import TrainingOut, TrainingQuery
from h5.areas import enterprise
from h5.pages import page
from h5.rendering import View, address
from h5.views.enterprise.papers import KINDS
from h5.views.enterprise.projects import LIST, ONE

READ = Permission.ENTERPRISE_TRAININGS_READ


@dataclass(frozen=True, slots=True)
class TrainingsPage(View):
    """The trainings, newest first."""

    template = "enterprise/trainings.html"
    title = "enterprise.trainings.title"
    project_id: UUID
    project: str
    """Its name."""
    rows: tuple[TrainingOut, ...]
    query: TrainingQuery
    kinds: tuple[str, ...]
    older: str


@page(enterprise, "GET", f"{ONE}/trainings", permission=READ)
async def trainings(actor: Actor, project_id: UUID, query: TrainingQuery) -> TrainingsPage:
    """The trainings on a project."""
    name = await projects.name(actor, Permission.ENTERPRISE_PROJECTS_READ, project_id)
    found = await listing.on_project(actor, project_id, query)
    here = f"{LIST}/{project_id}/trainings"
    older = address(here, query, cursor=found.next_cursor) if found.next_cursor else ""
    return TrainingsPage(project_id, name, tuple(found.items), query, KINDS, older)
