"""Lists of trainings as answers, for routes and pages alike, inside the actor's scope."""

from uuid import UUID

from api.kit.actor import Actor
from api.kit.pagination import page
from api.kit.schemas import Page
from api.permissions import Permission
from api.projects import service as projects
from api.training import queries, reading
from api.training.schemas import TrainingOut, TrainingQuery

READ = Permission.ENTERPRISE_TRAININGS_READ


async def on_project(actor: Actor, project_id: UUID, query: TrainingQuery) -> Page[TrainingOut]:
    """The trainings on the project, newest first: one's own workers', as contractor everybody's.

    NoSuchProject.
    """
    await projects.require(actor, READ, project_id)
    rows, cursor = await page(queries.recorded(actor, project_id, query), query)
    return Page(items=await reading.trainings(rows), next_cursor=cursor)
