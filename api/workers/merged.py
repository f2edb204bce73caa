"""One person under several ids: records that were merged lead on to the one that was kept.

Rooms above move what may be moved (see `worker_merged` in their jobs). What is never changed, such
as punches, keeps the id under which it was written, and is read through all ids of the person.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from api.kit.memo import GatheredMemo
from api.workers.models import Worker

FOLLOWERS = (
    "teams", "training", "cards", "engagements", "insurance", "attendance", "worklog", "wages",
    "payroll", "payslips", "profiles", "complaints", "conduct", "accidents", "recovery",
)  # fmt: skip
"""The rooms that have a job `….worker_merged`."""
ALL = "all"


async def ids_of(worker_id: UUID) -> list[UUID]:
    """The id, and those of the records that were merged into it."""
    known, newest = [worker_id], [worker_id]
    while newest:
        rows = Worker.filter(merged_into_id__in=newest)
        newest = [UUID(str(each)) for each in await rows.values_list("id", flat=True)]
        known += newest
    return known


async def earlier_ids(worker_id: UUID) -> Sequence[UUID]:
    """The ids of the records that were merged into this one.

    All of them are remembered for a minute, forgotten in every process when two are merged.
    """
    merged = await REMEMBERED.of(ALL) or {}
    return merged.get(worker_id, ())


async def _by_kept(_: Sequence[str]) -> Mapping[str, Mapping[UUID, tuple[UUID, ...]]]:
    found: dict[UUID, tuple[UUID, ...]] = {}
    for gone, kept in (await homes()).items():
        found[kept] = (*found.get(kept, ()), gone)
    return {ALL: found}


REMEMBERED: GatheredMemo[Mapping[UUID, tuple[UUID, ...]]] = GatheredMemo("merged", 60, _by_kept)


def forget_merged() -> None:
    """Let every process ask again once the transaction has committed."""
    REMEMBERED.forget_after_commit(ALL)


async def kept_of(worker_id: UUID) -> Worker | None:
    """The record into which this one was merged at last; None when it was not."""
    kept_id = (await homes()).get(worker_id)
    return await Worker.get_or_none(id=kept_id) if kept_id else None


async def homes() -> dict[UUID, UUID]:
    """Every record that was merged, with the one that was kept. Merges are rare: one statement."""
    rows = Worker.filter(merged_into_id__isnull=False)
    into = {UUID(str(a)): UUID(str(b)) for a, b in await rows.values_list("id", "merged_into_id")}
    return {worker_id: _end(worker_id, into) for worker_id in into}


def _end(worker_id: UUID, into: dict[UUID, UUID]) -> UUID:
    while worker_id in into:
        worker_id = into[worker_id]
    return worker_id
