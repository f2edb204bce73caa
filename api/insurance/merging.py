"""Two records were one person: what insured the first insures the second."""

from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.insurance import queries
from api.insurance.models import Cover
from api.kit.actor import SYSTEM
from api.kit.transaction import transaction
from api.workers import service as workers


async def follow(gone: UUID) -> None:
    """Where he is named is the kept record's, as the periods themselves are."""
    kept = await workers.kept_of(gone)
    if kept is None:
        return
    async with transaction():
        moved = await Cover.filter(queries.named_to(gone)).update(worker_id=kept.id)
        if moved:
            audit.record(
                SYSTEM, Tag.WORKER_ROWS_MOVED, ("worker", kept.id), room="insurance", rows=moved
            )
