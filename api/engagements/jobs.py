"""What follows from acts in other rooms."""

from uuid import UUID

from api.engagements import registration
from api.kit import jobs
from api.kit.actor import SYSTEM


@jobs.job("engagements.team_left")
async def team_left(team_id: str, worker_id: str) -> None:
    """A worker left a team: where he works with it, he works without it."""
    await registration.team_left(SYSTEM, UUID(team_id), UUID(worker_id))
