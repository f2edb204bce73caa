"""What follows from a release, from a drawing, and from minutes that pass."""

from datetime import timedelta
from uuid import UUID

from api.kit import jobs
from api.kit.jobs import job, regular
from api.kit.transaction import transaction
from api.payroll import drawing, holding, merging, sending


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


@job("payroll.go_on")
async def go_on(sheet_id: str) -> None:
    """Draw a sheet that was held on."""
    await drawing.go_on_held(UUID(sheet_id))


@regular("payroll.held", every=timedelta(minutes=5))
async def watch_held() -> None:
    """Draw on where an agreement is in force again."""
    async with transaction():
        for sheet_id in await holding.released():
            jobs.enqueue("payroll.go_on", once=f"go_on:{sheet_id}", sheet_id=sheet_id)
