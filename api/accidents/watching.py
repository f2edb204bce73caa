"""到期提醒: the clock speaks of claims that nobody has made."""

from uuid import UUID

from api.accidents import queries, rules, steps
from api.accidents.models import Accident
from api.accidents.rules import Act, Reminder, Side
from api.audit.tags import Tag
from api.kit import clock
from api.kit.actor import SYSTEM
from api.kit.transaction import transaction

MANY = 200
OFFICE = frozenset({Reminder.EMPLOYER_SOON, Reminder.EMPLOYER_LAST, Reminder.EMPLOYER_OVER})
"""What the employer is told too; of his own year the worker alone."""


async def watch() -> int:
    """Everything that is due was said; how many accidents were spoken of."""
    spoken, today = 0, clock.today()
    while ids := await queries.due(today).order_by("next_on").limit(MANY).values_list("id"):
        for (accident_id,) in ids:
            await _speak(UUID(str(accident_id)))
            spoken += 1
    return spoken


async def _speak(accident_id: UUID) -> None:
    async with transaction():
        row = await Accident.filter(id=accident_id).select_for_update().get()
        today, both = clock.today(), steps.terms_of(row)
        said = rules.due(both, today)
        if row.next_on is None or row.next_on > today:
            return
        row.next_on = rules.upcoming(both, today)
        await row.save(update_fields=["next_on"])
        if said is None or row.claimed_on is not None:
            return
        await steps.add(SYSTEM, row, Act.REMINDED, Side.SYSTEM)
        await steps.tell_worker(SYSTEM, row, f"accident.{said.value}")
        if said in OFFICE:
            await steps.tell_enterprise(SYSTEM, row, f"accident.{said.value}_office")
        if said is Reminder.EMPLOYER_OVER:
            await steps.tell_region(SYSTEM, row, "accident.employer_over_region")
        steps.record(SYSTEM, Tag.ACCIDENT_REMINDED, row, Side.SYSTEM, reminder=said.value)
