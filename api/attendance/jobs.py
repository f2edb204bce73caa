"""What follows from punches: days are drawn, signals looked for, silence confirms."""

from datetime import time, timedelta
from uuid import UUID

from api.attendance import decisions, deriving, examining, following, forgetting, unanswered
from api.kit.jobs import job, regular


@regular("attendance.draw_days", every=timedelta(seconds=5))
async def draw_days() -> None:
    """Draw the days whose punches have come since."""
    await deriving.draw_all()


@regular("attendance.confirm_overdue", every=timedelta(minutes=15))
async def confirm_overdue() -> None:
    """Confirm in the workers' favour what waited three days."""
    await deriving.catch_up()
    await decisions.confirm_overdue()


@regular("attendance.remind_overdue", every=timedelta(hours=1))
async def remind_overdue() -> None:
    """Remind enterprises of days on which both sides differ, and tell the region."""
    await unanswered.remind_overdue()


@regular("attendance.round_positions", at=time(3, 30))
async def round_positions() -> None:
    """Round the places of punches whose term is over."""
    await forgetting.round_positions()


@job("attendance.worker_merged")
async def worker_merged(worker_id: str) -> None:
    """Tell the days of a record that was merged to the kept one's account."""
    await following.follow_merged(UUID(worker_id))


@job("attendance.account_moved")
async def account_moved(worker_id: str) -> None:
    """Tell a worker's days to the account that he has now."""
    await following.follow_account(UUID(worker_id))


@job("attendance.examine")
async def examine(workday_id: str) -> None:
    """Look for signals among a day's punches."""
    await examining.examine(UUID(workday_id))
