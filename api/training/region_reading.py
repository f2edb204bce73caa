"""The trainings of a region as its officers read them, with the names of sites and firms."""

from api.enterprises import service as enterprises
from api.kit.actor import Actor
from api.kit.pagination import page
from api.kit.schemas import Page
from api.projects import service as projects
from api.training import queries, reading
from api.training.schemas import RegionTrainingQuery, TrainingOut


async def listed(
    actor: Actor, query: RegionTrainingQuery
) -> tuple[Page[TrainingOut], dict[str, str]]:
    """A page of the trainings, newest first, and the names of their projects and enterprises."""
    rows, cursor = await page(queries.in_region(actor, query), query)
    names = {
        **await projects.names({row.project_id for row in rows}),
        **await enterprises.names_of({row.enterprise_id for row in rows}),
    }
    items = await reading.trainings(rows)
    return Page(items=items, next_cursor=cursor), {str(key): name for key, name in names.items()}
