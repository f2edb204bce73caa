"""What follows from a release, from a drawing, and from minutes that pass."""

from datetime import timedelta
from uuid import UUID

from api.kit.jobs import job, regular
from api.payroll import drawing, merging, sending


@job("payroll.sheet_released")
async def sheet_released(sheet_id: str) -> None:
    """Pay it from the special account."""
    await drawing.released(UUID(sheet_id))


@job("payroll.draw")
async def draw(batch_id: str, after: str) -> None:
    """Draw the batch that follows."""
    await drawing.go_on(UUID(batch_id), UUID(after))


@job("payroll.send")
async def send(batch_id: str) -> None:
    """Hand a batch to the bank."""
    await sending.send(UUID(batch_id))


@job("payroll.ask")
async def ask(batch_id: str) -> None:
    """Ask the bank what became of a batch."""
    await sending.ask(UUID(batch_id))


@job("payroll.worker_merged")
async def worker_merged(worker_id: str) -> None:
    """The payments of a record that was merged are those of the kept one."""
    await merging.follow(UUID(worker_id))


@regular("payroll.watch", every=timedelta(minutes=1))
async def watch() -> None:
    """Send and ask for what waits for the bank."""
    await sending.watch()
