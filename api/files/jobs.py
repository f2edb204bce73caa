"""What happens to files by itself: bytes follow their row, and terms end."""

from datetime import timedelta
from uuid import UUID

from tortoise.expressions import Q

from api.files import service
from api.files.models import StoredFile
from api.integrations.adapters import outside
from api.kit import clock, jobs
from api.kit.actor import SYSTEM

BATCH = 200


@jobs.job("files.erase")
async def erase(file_id: str) -> None:
    """Remove the bytes of a deleted file from the store."""
    if await StoredFile.exists(id=UUID(file_id), deleted_at=None):
        return
    await outside().storage.delete(file_id)


@jobs.regular("files.end_terms", every=timedelta(minutes=10))
async def end_terms() -> None:
    """Delete files whose term is over and which nothing holds."""
    moment = clock.now()
    over = StoredFile.filter(
        Q(held_until=None) | Q(held_until__lte=moment), deleted_at=None, delete_after__lte=moment
    )
    while found := await over.order_by("delete_after").limit(BATCH):
        await service.delete(SYSTEM, [row.id for row in found])
