"""What follows for payslips from acts in other rooms."""

from uuid import UUID

from api.kit.jobs import job
from api.payslips import merging


@job("payslips.worker_merged")
async def worker_merged(worker_id: str) -> None:
    """Links and answers of a record that was merged are those of the kept one."""
    await merging.follow(UUID(worker_id))
