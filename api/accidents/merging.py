"""Two records were one person: accidents and contacts of the first are those of the second."""

from uuid import UUID

from api.accidents import queries
from api.audit import service as audit
from api.audit.tags import Tag
from api.kit.actor import SYSTEM
from api.kit.transaction import transaction
from api.workers import service as workers


async def follow(gone: UUID) -> None:
    """The accidents are the kept record's; contacts too, where it names none in that place."""
    kept = await workers.kept_of(gone)
    if kept is None:
        return
    async with transaction():
        moved = await queries.own(gone).update(worker_id=kept.id)
        taken = {row.place for row in await queries.contacts(kept.id)}
        for row in await queries.contacts(gone):
            if row.place in taken:
                await row.delete()
            else:
                row.worker_id = kept.id
                await row.save(update_fields=["worker_id"])
            moved += 1
        if moved:
            audit.record(
                SYSTEM, Tag.WORKER_ROWS_MOVED, ("worker", kept.id), room="accidents", rows=moved
            )
