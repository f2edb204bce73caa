"""What follows from acts in other rooms, and from days that pass."""

from datetime import time
from uuid import UUID

from api.engagements import ages, merging, override_terms, registration, trained
from api.engagements import places as places_of_workers  # noqa: F401 - registers them
from api.kit import jobs
from api.kit.actor import SYSTEM


@jobs.job("engagements.team_left")
async def team_left(team_id: str, worker_id: str) -> None:
    """A worker left a team: where he works with it, he works without it."""
    await registration.team_left(SYSTEM, UUID(team_id), UUID(worker_id))


@jobs.job("engagements.worker_merged")
async def worker_merged(worker_id: str) -> None:
    """The periods and contracts of a record that was merged are those of the kept one."""
    await merging.worker_merged(SYSTEM, UUID(worker_id))


@jobs.job("engagements.worker_trained")
async def worker_trained(worker_id: str) -> None:
    """A training was recorded: where its worker was untrained he may be trained now."""
    await trained.worker_trained(UUID(worker_id))


@jobs.regular("engagements.watch_ages", at=time(6, 30))
async def watch_ages() -> None:
    """Tell of everybody on a site who comes under a region's age rule with his birthday."""
    await ages.watch()


@jobs.regular("engagements.end_overrides", at=time(6, 40))
async def end_overrides() -> None:
    """Tell of overrides whose term is over while something is still missing."""
    await override_terms.end_terms()
