"""Where workers are, for the room of trainings below: registered with it when this is imported."""

from collections.abc import Iterable
from uuid import UUID

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from api.engagements.models import Engagement, State
from api.training import service as training
from api.training.service import Place

OPEN = [state.value for state in State if state.open]
MOST = 10_000
"""How many are told of a course at once."""


def _place(row: Engagement) -> Place:
    return Place(
        worker_id=row.worker_id,
        project_id=row.project_id,
        enterprise_id=row.enterprise_id,
        contractor_id=row.contractor_id,
        region=row.region,
        trade=row.trade,
        on_site=row.state == State.ON_SITE,
    )


class Places:
    """Answers out of the open periods."""

    async def of_worker(self, worker_id: UUID) -> list[Place]:
        """His open periods, newest first."""
        return await self._found(self._open().filter(worker_id=worker_id))

    async def on_project(self, project_id: UUID, worker_ids: Iterable[UUID]) -> list[Place]:
        """The open periods of these workers on the project."""
        ids = list(worker_ids)
        rows = self._open().filter(project_id=project_id, worker_id__in=ids)
        return await self._found(rows) if ids else []

    async def taught_by(self, enterprise_id: UUID, project_id: UUID | None) -> list[Place]:
        """The open periods of those whom an enterprise teaches: on its project, or on all."""
        whose = Q(enterprise_id=enterprise_id) | Q(contractor_id=enterprise_id)
        rows = self._open().filter(whose)
        return await self._found(rows.filter(project_id=project_id) if project_id else rows)

    def _open(self) -> QuerySet[Engagement]:
        return Engagement.filter(state__in=OPEN)

    async def _found(self, rows: QuerySet[Engagement]) -> list[Place]:
        return [_place(row) for row in await rows.order_by("-id").limit(MOST)]


training.use_sites(Places())
