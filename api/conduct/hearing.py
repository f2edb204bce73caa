"""The subject's own words: an answer before the decision, then an appeal, a repair asked for."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, timedelta
from uuid import UUID

from api.conduct import access, rules, steps
from api.conduct.errors import TooEarly, WrongStep
from api.conduct.models import ConductRecord
from api.conduct.rules import Act, Side, State, Way
from api.conduct.schemas import StatementForm
from api.kit import clock
from api.kit.actor import Actor
from api.kit.rate_limit import Limit
from api.kit.transaction import transaction
from api.permissions import Permission

ANSWER = Permission.ENTERPRISE_CONDUCT_ANSWER
STATING = Limit("conduct_statement", 30, 3600)
Door = Callable[[Actor, UUID], Awaitable[ConductRecord]]
"""How a subject reaches a record on itself, locked."""


async def own(actor: Actor, record_id: UUID) -> ConductRecord:
    """The door of a worker, also for a team that he leads. NoSuchConduct."""
    return await access.own(actor, record_id, lock=True)


async def our(actor: Actor, record_id: UUID) -> ConductRecord:
    """The door of an enterprise. NoSuchConduct."""
    return await access.about_us(actor, ANSWER, record_id, lock=True)


PLANS: Mapping[Way, tuple[Act, int, str]] = {
    Way.ANSWER: (Act.ANSWERED, rules.DECIDE_WITHIN, "conduct.answered_region"),
    Way.APPEAL: (Act.APPEALED, rules.HANDLE_WITHIN, "conduct.appealed_region"),
    Way.REPAIR: (Act.ASKED_REPAIR, rules.HANDLE_WITHIN, "conduct.repair_region"),
}
"""What each statement is as a step, how many working days follow, and what officers are told."""


async def state(actor: Actor, door: Door, record_id: UUID, given: StatementForm) -> ConductRecord:
    """The subject's words are a step of the record, and those who are to decide are told.

    NoSuchConduct, WrongStep, TooEarly, BadPhoto.
    """
    photos = await steps.enclosed(actor, given.photos)
    act, within, told = PLANS[given.way]
    async with transaction():
        row = await door(actor, record_id)
        _require(row, given.way)
        if given.way is Way.APPEAL:
            row.appealed_on = clock.today()
        due = steps.within_term(row, rules.working_days(clock.today(), within))
        await steps.move(actor, row, act, Side.SUBJECT, note=given.text, photos=photos, due_on=due)
        region = row.appeal_region if given.way is Way.APPEAL else row.region
        await steps.tell_region(actor, row, told, region)
    return row


def _require(row: ConductRecord, way: Way) -> None:
    if way in ways(row):
        return
    if way is Way.REPAIR and row.state is State.IN_FORCE and row.repair_from is not None:
        raise TooEarly
    raise WrongStep


def ways(row: ConductRecord) -> list[Way]:
    """What the subject can state now: a repair is asked for in the second half of the term."""
    halfway = row.repair_from is not None and clock.today() >= row.repair_from
    able = {
        Way.ANSWER: row.state is State.HEARING,
        Way.APPEAL: may_appeal(row),
        Way.REPAIR: row.state is State.IN_FORCE and halfway,
    }
    return [way for way, may in able.items() if may]


def may_appeal(row: ConductRecord) -> bool:
    """Once, up to sixty days after the decision, before or after it was published."""
    decided = row.valid_from is not None and not row.level.good and row.appealed_on is None
    if not decided or row.state not in (State.UPHELD, State.IN_FORCE):
        return False
    return clock.today() <= last_day_to_appeal(row)


def last_day_to_appeal(row: ConductRecord) -> date:
    """The last day on which a decided record can be appealed."""
    return (row.valid_from or clock.today()) + timedelta(days=rules.APPEAL_DAYS)
