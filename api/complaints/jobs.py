"""What follows from complaints, from acts in other rooms, and from days that pass."""

from datetime import date, time, timedelta
from uuid import UUID

from api.complaints import content, merging, retaliation, watching
from api.kit.jobs import job, regular


@job("complaints.check")
async def check(complaint_id: str) -> None:
    """Look at the words before the enterprise may read them."""
    await content.check(UUID(complaint_id))


@job("complaints.engagement_left")
async def engagement_left(engagement_id: str, on: str) -> None:
    """An enterprise recorded an exit: did its worker complain shortly before?"""
    await retaliation.look(UUID(engagement_id), date.fromisoformat(on))


@job("complaints.worker_merged")
async def worker_merged(worker_id: str) -> None:
    """The complaints of a record that was merged are those of the kept one."""
    await merging.follow(UUID(worker_id))


@regular("complaints.watch", every=timedelta(minutes=30))
async def watch() -> None:
    """Let go on whatever is past its deadline."""
    await watching.watch()


@regular("complaints.show_round", at=time(8))
async def show_round() -> None:
    """Show enterprises what anonymous complainants did the day before."""
    await watching.show_round()
