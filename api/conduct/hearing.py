"""The subject's own words: an answer before the decision, then an appeal, a repair asked for."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from uuid import UUID

from api.conduct import access, rules, steps
from api.conduct.errors import TooEarly, WrongStep
from api.conduct.models import ConductRecord
from api.conduct.rules import Act, Side, State
from api.conduct.schemas import SayingForm
from api.kit import clock
from api.kit.actor import Actor
from api.kit.rate_limit import Limit
from api.kit.transaction import transaction
from api.permissions import Permission

ANSWER = Permission.ENTERPRISE_CONDUCT_ANSWER
SAYING = Limit("conduct_saying", 30, 3600)
Door = Callable[[Actor, UUID], Awaitable[ConductRecord]]
"""How a subject reaches a record on itself, locked."""


async def own(actor: Actor, record_id: UUID) -> ConductRecord:
    """The door of a worker, also for a team that he leads. NoSuchConduct."""
    return await access.own(actor, record_id, lock=True)


async def our(actor: Actor, record_id: UUID) -> ConductRecord:
    """The door of an enterprise. NoSuchConduct."""
    return await access.about_us(actor, ANSWER, record_id, lock=True)


async def answer(actor: Actor, door: Door, record_id: UUID, given: SayingForm) -> ConductRecord:
    """The subject was heard; the region can decide. NoSuchConduct, WrongStep, BadPhoto."""
    photos = await steps.enclosed(actor, given.photos)
    async with transaction():
        row = await door(actor, record_id)
        due = rules.working_days(clock.today(), rules.DECIDE_WITHIN)
        await steps.move(
            actor, row, Act.ANSWERED, Side.SUBJECT, note=given.text, photos=photos, due_on=due
        )
        await steps.tell_region(actor, row, "conduct.answered_region")
    return row


def may_appeal(row: ConductRecord) -> bool:
    """Once, up to sixty days after the decision, before or after it was published."""
    decided = row.valid_from is not None and not row.level.good and row.appealed_on is None
    if not decided or row.state not in (State.UPHELD, State.IN_FORCE):
        return False
    return clock.today() <= last_day_to_appeal(row)


def last_day_to_appeal(row: ConductRecord) -> date:
    """The last day on which a decided record can be appealed."""
    return (row.valid_from or clock.today()) + timedelta(days=rules.APPEAL_DAYS)


async def appeal(actor: Actor, door: Door, record_id: UUID, given: SayingForm) -> ConductRecord:
    """Nothing of it is public until the level above decided. NoSuchConduct, WrongStep, BadPhoto."""
    photos = await steps.enclosed(actor, given.photos)
    async with transaction():
        row = await door(actor, record_id)
        if not may_appeal(row):
            raise WrongStep
        row.appealed_on = clock.today()
        due = steps.within_term(row, rules.working_days(clock.today(), rules.HANDLE_WITHIN))
        await steps.move(
            actor, row, Act.APPEALED, Side.SUBJECT, note=given.text, photos=photos, due_on=due
        )
        await steps.tell_region(actor, row, "conduct.appealed_region", row.appeal_region)
    return row


async def ask_repair(actor: Actor, door: Door, record_id: UUID, given: SayingForm) -> ConductRecord:
    """What was done to make it good, after half of the term; it may end the record early.

    NoSuchConduct, WrongStep, TooEarly, BadPhoto.
    """
    photos = await steps.enclosed(actor, given.photos)
    async with transaction():
        row = await door(actor, record_id)
        if row.state is not State.IN_FORCE or row.repair_from is None:
            raise WrongStep
        if clock.today() < row.repair_from:
            raise TooEarly
        due = steps.within_term(row, rules.working_days(clock.today(), rules.HANDLE_WITHIN))
        await steps.move(
            actor, row, Act.ASKED_REPAIR, Side.SUBJECT, note=given.text, photos=photos, due_on=due
        )
        await steps.tell_region(actor, row, "conduct.repair_region")
    return row
