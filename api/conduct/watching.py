"""What happens by itself: terms to answer end, decisions come in force, records expire.

Days are those of Asia/Shanghai; a term is over once its last day is.
"""

from datetime import date
from uuid import UUID

from api.conduct import queries, rules, steps
from api.conduct.models import ConductRecord
from api.conduct.rules import Act, Side, State
from api.kit import clock
from api.kit.actor import SYSTEM
from api.kit.transaction import transaction

MANY = 200


async def watch() -> int:
    """Everything whose term is over has gone on; how many records moved."""
    moved, today = 0, clock.today()
    while ids := await queries.due(today).order_by("due_on").limit(MANY).values_list("id"):
        for (record_id,) in ids:
            moved += await _move(UUID(str(record_id)), today)
    return moved


async def _move(record_id: UUID, today: date) -> bool:
    async with transaction():
        row = await ConductRecord.filter(id=record_id).select_for_update().get()
        if row.due_on is None or row.due_on >= today:
            return False
        if row.valid_to is not None and row.valid_to < today:
            await _expire(row)
        elif row.state is State.HEARING:
            await _unanswered(row, today)
        elif row.state is State.TO_DECIDE:
            await _lapse(row)
        elif row.state is State.UPHELD:
            await _come_in_force(row)
        else:
            await _overdue(row)
    return True


async def _expire(row: ConductRecord) -> None:
    """It is over: gone from the public list, kept in the books."""
    await steps.move(SYSTEM, row, Act.EXPIRED, Side.SYSTEM)
    await steps.tell_subject(SYSTEM, row, "conduct.expired")


async def _unanswered(row: ConductRecord, today: date) -> None:
    due = rules.working_days(today, rules.DECIDE_WITHIN)
    await steps.move(SYSTEM, row, Act.UNANSWERED, Side.SYSTEM, due_on=due)
    await steps.tell_region(SYSTEM, row, "conduct.unanswered_region")


async def _lapse(row: ConductRecord) -> None:
    """Nobody decided in time: a proposal hangs over nobody for good."""
    await steps.move(SYSTEM, row, Act.LAPSED, Side.SYSTEM)
    await steps.tell_subject(SYSTEM, row, "conduct.lapsed")
    await steps.tell_proposer(SYSTEM, row, "conduct.decided_office")


async def _come_in_force(row: ConductRecord) -> None:
    await steps.move(SYSTEM, row, Act.CAME_IN_FORCE, Side.SYSTEM, due_on=row.valid_to)
    await steps.tell_subject(SYSTEM, row, "conduct.in_force")


async def _overdue(row: ConductRecord) -> None:
    """An appeal or repair waits too long: those above are told, once."""
    region = row.appeal_region if row.state is State.APPEALED else row.region
    await steps.move(SYSTEM, row, Act.OVERDUE, Side.SYSTEM, due_on=row.valid_to)
    for each in dict.fromkeys((region, rules.above(region))):
        await steps.tell_region(SYSTEM, row, "conduct.overdue_region", each)
