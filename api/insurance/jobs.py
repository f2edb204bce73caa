"""What follows from acts in other rooms."""

from uuid import UUID

from api.insurance import merging
from api.insurance import service as _service  # noqa: F401 - registers its warning with the check
from api.kit.jobs import job


@job("insurance.worker_merged")
async def worker_merged(worker_id: str) -> None:
    """What insured a record that was merged insures the kept one."""
    await merging.follow(UUID(worker_id))
