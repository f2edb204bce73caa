"""What happens by itself: reminders, escalation, overdue, silence; the morning's round.

Days are those of Asia/Shanghai; a deadline is over once its day is.
"""

from datetime import date
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.complaints import deciding, queries, steps
from api.complaints.models import Complaint
from api.complaints.rules import Act, Body, OfficeState, Outcome, Side, State
from api.kit import clock
from api.kit.actor import SYSTEM
from api.kit.transaction import transaction

MANY = 200


async def watch() -> int:
    """Everything whose deadline is over has gone on; how many complaints moved."""
    moved, today = 0, clock.today()
    while ids := await queries.due(today).order_by("due_on").limit(MANY).values_list("id"):
        for (complaint_id,) in ids:
            moved += await _move(UUID(str(complaint_id)), today)
    return moved


async def _move(complaint_id: UUID, today: date) -> bool:
    async with transaction():
        row = await Complaint.filter(id=complaint_id).select_for_update().get()
        if row.due_on is None or row.due_on >= today:
            return False
        if row.state is State.ANSWERED:
            await deciding.end(SYSTEM, row, Outcome.SILENT, Act.CLOSED, Side.SYSTEM)
            await steps.tell_worker(SYSTEM, row, "complaint.closed_silent")
        elif row.holder is Body.AUTHORITY:
            await _overdue(row, today)
        elif row.answer_by is not None and row.answer_by >= today:
            await _remind(row)
        else:
            await deciding.escalate(SYSTEM, row, Side.SYSTEM)
    return True


async def _remind(row: Complaint) -> None:
    """Not accepted in time, the answer still is: the enterprise is reminded, he sees it."""
    row.due_on = row.answer_by
    await row.save(update_fields=["due_on"])
    await steps.add(SYSTEM, row, Act.REMINDED, Side.SYSTEM)
    if row.office_state is not OfficeState.HIDDEN:
        await steps.tell_enterprise(SYSTEM, row, "complaint.reminded_office")


async def _overdue(row: Complaint, today: date) -> None:
    """The authority is late: its officers and those of the level above it are told, once."""
    later = row.answer_by if row.answer_by and row.answer_by >= today else None
    row.due_on, row.overdue = later, True
    await row.save(update_fields=["due_on", "overdue"])
    await steps.add(SYSTEM, row, Act.OVERDUE, Side.SYSTEM)
    for region in (row.region, above(row.region)):
        await steps.tell_region(SYSTEM, row, "complaint.overdue_region", region)
    audit.record(SYSTEM, Tag.COMPLAINT_OVERDUE, ("complaint", row.id), region=row.region)


def above(region: str) -> str:
    """The region one level above: a county's city, a city's province."""
    return f"{region[:2]}0000" if region[4:] == "00" else f"{region[:4]}00"


async def show_round() -> int:
    """The morning's round: enterprises see what anonymous complainants did the day before."""
    shown = 0
    while ids := await queries.lagging().order_by("id").limit(MANY).values_list("id"):
        for (complaint_id,) in ids:
            await _show(UUID(str(complaint_id)))
            shown += 1
    return shown


async def _show(complaint_id: UUID) -> None:
    async with transaction():
        row = await Complaint.filter(id=complaint_id).select_for_update().get()
        before, now = row.office_state, steps.standing(row)
        # What was taken back or escalated before it was ever shown, is never shown.
        fresh = before is OfficeState.HIDDEN
        row.office_state = now if not fresh or now.waits else OfficeState.HIDDEN
        row.office_lags = False
        await row.save(update_fields=["office_state", "office_lags"])
        if fresh and row.office_state is OfficeState.RECEIVED:
            await steps.tell_enterprise(SYSTEM, row, "complaint.received_office")
        elif row.office_state is OfficeState.ESCALATED:
            await steps.tell_enterprise(SYSTEM, row, "complaint.escalated_office")
