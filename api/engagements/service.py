"""What other features ask of engagements."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class EngagementView:
    """A worker's period on a project, as punching needs it."""

    id: UUID
    project_id: UUID
    team_id: UUID | None
    enterprise_id: UUID
    entered_on: date
    left_on: date | None
    state: str


# Stands in until engagements are built: tests put periods here.
PERIODS: dict[tuple[UUID, UUID], EngagementView] = {}


async def on_site(worker_id: UUID, project_id: UUID, day: date) -> EngagementView | None:
    """The worker's period on the project on that day; None without one."""
    found = PERIODS.get((worker_id, project_id))
    if found is None or day < found.entered_on or (found.left_on and day > found.left_on):
        return None
    return found
