"""Two records were one person: corrections follow, the first one's résumé is not read any more."""

from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.kit.actor import SYSTEM
from api.kit.transaction import transaction
from api.profiles import queries
from api.profiles.rules import Act, State, after
from api.workers import service as workers

TWICE = "同一个人登记了两次，记录已合并。还要改请再提一次。"


async def follow(gone: UUID) -> None:
    """The corrections are the kept record's; what waits for a record that is gone is refused."""
    kept = await workers.kept_of(gone)
    if kept is None:
        return
    async with transaction():
        waiting = queries.own(gone).filter(state=State.PENDING)
        await waiting.update(state=after(State.PENDING, Act.REFUSE), reason=TWICE)
        moved = await queries.own(gone).update(worker_id=kept.id)
        moved += await queries.resume_of(gone).delete()
        if moved:
            audit.record(
                SYSTEM, Tag.WORKER_ROWS_MOVED, ("worker", kept.id), room="profiles", rows=moved
            )
