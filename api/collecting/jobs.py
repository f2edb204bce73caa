"""What follows later: a collected worker gets an account, or his record is merged into another."""

from datetime import timedelta

from api.collecting.models import LinkState, WorkerLink
from api.collecting.service import tell_worker
from api.kit.actor import SYSTEM
from api.kit.jobs import regular
from api.kit.transaction import transaction

BATCH = 200


@regular("collecting.catch_up", every=timedelta(minutes=5))
async def catch_up() -> None:
    """Tell workers who now have an account who collected them; let links follow merged records."""
    await follow_merged()
    await tell_late()


async def tell_late() -> None:
    """Every worker with an account has been told of each enterprise that collected him."""
    late = WorkerLink.filter(
        told=False, state=LinkState.PROPOSED, worker__account_id__isnull=False
    ).prefetch_related("worker")
    async with transaction():
        for link in await late.limit(BATCH):
            tell_worker(SYSTEM, link, link.worker.account_id)
            await link.save(update_fields=["told"])


async def follow_merged() -> None:
    """No link is left with a record that was merged into another."""
    stray = WorkerLink.filter(worker__merged_into_id__isnull=False).prefetch_related("worker")
    async with transaction():
        for link in await stray.limit(BATCH):
            await _follow(link)


async def _follow(link: WorkerLink) -> None:
    kept_id = link.worker.merged_into_id
    kept = await WorkerLink.get_or_none(enterprise_id=link.enterprise_id, worker_id=kept_id)
    if kept is None:
        await WorkerLink.filter(id=link.id).update(worker_id=kept_id)
        return
    if kept.state is LinkState.PROPOSED and link.state is not LinkState.PROPOSED:
        kept.state, kept.decided_at = link.state, link.decided_at
        await kept.save(update_fields=["state", "decided_at"])
    await link.delete()
