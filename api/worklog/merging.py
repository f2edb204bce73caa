"""Two records were one person: the books of the first become those of the second."""

from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.kit.actor import SYSTEM
from api.kit.transaction import transaction
from api.workers import service as workers
from api.worklog import drawing
from api.worklog.models import LogEntry, LogLine, PayTemplate


async def follow(gone: UUID) -> None:
    """Entries and templates are the kept record's, and the lines are drawn anew."""
    kept = await workers.kept_of(gone)
    if kept is None:
        return
    async with transaction():
        rows = await LogEntry.filter(worker_id=gone).order_by("id").select_for_update()
        # Called twice on one day under both records, both entries stay: the lines show it.
        await LogEntry.filter(worker_id=gone).update(worker_id=kept.id, roll_call=False)
        await LogLine.filter(worker_id=gone).delete()
        await drawing.draw({drawing.key_of(row)._replace(worker_id=kept.id) for row in rows})
        await _copy_templates(gone, kept.id)
        if rows:
            audit.record(
                SYSTEM, Tag.WORKER_ROWS_MOVED, ("worker", kept.id), room="worklog", rows=len(rows)
            )


async def _copy_templates(gone: UUID, kept: UUID) -> None:
    """Where the kept record has none with a team, the other's hold."""
    has = await PayTemplate.filter(worker_id=kept).values_list("team_id", "book")
    for row in await PayTemplate.filter(worker_id=gone).order_by("id"):
        if (row.team_id, row.book) not in set(has):
            await PayTemplate.create(
                book=row.book, team_id=row.team_id, worker_id=kept,
                effective_from=row.effective_from, rate_fen=row.rate_fen,
                unit_hours=row.unit_hours, overtime_unit_hours=row.overtime_unit_hours,
                overtime_rate_fen=row.overtime_rate_fen, account_id=row.account_id,
            )  # fmt: skip
