"""What people decide on a work day: the enterprise, the worker, and time in the worker's favour."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum, unique
from uuid import UUID

from api.attendance import deriving, errors, queries, rules
from api.attendance.models import Correction, Side, State, Workday
from api.attendance.steps import add_step, tell_enterprise, tell_worker
from api.audit import service as audit
from api.audit.tags import Tag
from api.kit import clock
from api.kit.actor import SYSTEM, Actor
from api.kit.errors import FieldError, Invalid, Problem
from api.kit.transaction import transaction

MANY = 200


@unique
class Decision(StrEnum):
    """What an enterprise may say about a day."""

    CONFIRM = "confirm"
    REJECT = "reject"
    CONTEST = "contest"


LEADS_TO: dict[tuple[Decision, State], State] = {
    (Decision.CONFIRM, State.INCOMPLETE): State.CONFIRMED,
    (Decision.CONFIRM, State.PENDING): State.CONFIRMED,
    (Decision.CONFIRM, State.AUTO_CONFIRMED): State.CONFIRMED,
    (Decision.CONFIRM, State.CONFIRMED): State.CONFIRMED,
    (Decision.CONFIRM, State.REJECTED): State.CONFIRMED,
    (Decision.CONFIRM, State.DISPUTED): State.SETTLED,
    (Decision.CONFIRM, State.CONTESTED): State.SETTLED,
    (Decision.REJECT, State.INCOMPLETE): State.REJECTED,
    (Decision.REJECT, State.PENDING): State.REJECTED,
    (Decision.REJECT, State.CONTESTED): State.REJECTED,
    (Decision.REJECT, State.DISPUTED): State.SETTLED,
    (Decision.CONTEST, State.AUTO_CONFIRMED): State.CONTESTED,
}
"""Where a decision leads from where. A settled day stays so; a complaint is the way on.

A contest that ends with fewer units leads to `confirmed`, so that the worker may dispute it. What
is confirmed may be confirmed again with more units, when more punches came.
"""

ALREADY = {
    Decision.CONFIRM: State.CONFIRMED,
    Decision.REJECT: State.REJECTED,
    Decision.CONTEST: State.CONTESTED,
}
DISPUTABLE = (State.CONFIRMED, State.AUTO_CONFIRMED, State.REJECTED, State.CONTESTED)
TOLD = {
    State.CONFIRMED: "workday.confirmed",
    State.REJECTED: "workday.rejected",
    State.CONTESTED: "workday.contested",
    State.SETTLED: "workday.settled",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one decision: the day's state, or why it was refused."""

    workday_id: UUID
    state: State | None = None
    problem: Problem | None = None


async def decide_each(
    actor: Actor, decisions: list[tuple[UUID, Decision, Decimal | None, str]]
) -> list[Outcome]:
    """What became of each decision, in the order given; each stands by itself."""
    await deriving.catch_up()
    outcomes = []
    for workday_id, decision, units, reason in decisions:
        try:
            row = await decide(actor, workday_id, decision, units=units, reason=reason)
            outcomes.append(Outcome(workday_id, row.state))
        except Problem as problem:
            outcomes.append(Outcome(workday_id, problem=problem))
    return outcomes


async def decide(
    actor: Actor,
    workday_id: UUID,
    decision: Decision,
    *,
    units: Decimal | None = None,
    reason: str = "",
) -> Workday:
    """The day after the enterprise's word on it; the same word again changes nothing.

    NoSuchWorkday, WrongState, ContestFirst, ContestTooLate, ReasonMissing, UnitsMissing.
    """
    async with transaction():
        row = await queries.to_decide(actor).filter(id=workday_id).select_for_update().first()
        if row is None:
            raise errors.NoSuchWorkday
        if row.state is ALREADY[decision] and units in (None, row.units):
            return row
        if (decision, row.state) not in LEADS_TO:
            raise errors.WrongState
        counting = _units(row, decision, units, reason)
        after = _after(row, decision, counting)
        row.units, row.state = counting, after
        row.decided_at = clock.now()
        # Where both sides differ, somebody's word is waited for.
        row.open_since = row.decided_at if after is State.CONTESTED else None
        await row.save(update_fields=["units", "state", "decided_at", "open_since"])
        await _decide_corrections(row, decision)
        await add_step(actor, row, decision, Side.ENTERPRISE, reason)
        _note(actor, Tag.WORKDAY_DECIDED, row, decision=decision)
        tell_worker(actor, row, TOLD[after])
    return row


def _units(row: Workday, decision: Decision, units: Decimal | None, reason: str) -> Decimal:
    if decision is Decision.CONTEST:
        if row.decided_at is None or clock.now() > row.decided_at + rules.CONTESTABLE:
            raise errors.ContestTooLate
        units = row.units
    elif decision is Decision.REJECT:
        units = rules.NO_UNITS
    elif units is None:
        units = max(row.found_units, row.units)
    if decision is Decision.CONFIRM and not units:
        raise _fault(errors.UnitsMissing, "units")
    if not reason and (decision is not Decision.CONFIRM or units < row.found_units):
        raise _fault(errors.ReasonMissing, "reason")
    return units


def _after(row: Workday, decision: Decision, units: Decimal) -> State:
    if decision is Decision.CONFIRM and units < row.units:
        if row.state is State.AUTO_CONFIRMED:
            raise errors.ContestFirst
        if row.state is State.CONFIRMED:
            raise errors.WrongState
        if row.state is State.CONTESTED:
            return State.CONFIRMED
    return LEADS_TO[decision, row.state]


def _fault(kind: type[Invalid], path: str) -> Invalid:
    return kind(errors=(FieldError(path, kind.code, kind.detail),))


async def _decide_corrections(row: Workday, decision: Decision) -> None:
    if decision is Decision.CONTEST:
        return
    state = "accepted" if decision is Decision.CONFIRM else "refused"
    await Correction.filter(workday_id=row.id, state="pending").update(state=state)


def _note(actor: Actor, tag: Tag, row: Workday, **facts: str) -> None:
    audit.record(
        actor, tag, ("workday", row.id), tenant_id=row.enterprise_id, state=row.state, **facts
    )


async def dispute(actor: Actor, workday_id: UUID, reason: str) -> Workday:
    """The worker does not agree with what was decided on his day. NoSuchWorkday, WrongState."""
    async with transaction():
        own = (await queries.own_days(actor)).filter(id=workday_id)
        row = await own.select_for_update().first()
        if row is None:
            raise errors.NoSuchWorkday
        if row.state is State.DISPUTED:
            return row
        if row.state not in DISPUTABLE:
            raise errors.WrongState
        row.state, row.open_since = State.DISPUTED, clock.now()
        await row.save(update_fields=["state", "open_since"])
        await add_step(actor, row, "dispute", Side.WORKER, reason)
        _note(actor, Tag.WORKDAY_DISPUTED, row)
        await tell_enterprise(actor, row, "workday.disputed")
    return row


async def confirm_overdue() -> int:
    """Days that waited three days for the enterprise are confirmed in the worker's favour (BY-10).

    A day in which nothing was found to count waits on for a person. How many were confirmed.
    """
    due = Workday.filter(
        state=State.PENDING, open_since__lte=clock.now() - rules.CONFIRMS_ITSELF, found_units__gt=0
    )
    confirmed = 0
    while ids := await due.order_by("id").limit(MANY).values_list("id", flat=True):
        for workday_id in ids:
            confirmed += await _confirm(UUID(str(workday_id)))
    return confirmed


async def _confirm(workday_id: UUID) -> bool:
    async with transaction():
        row = await Workday.filter(id=workday_id).select_for_update().get()
        if row.state is not State.PENDING:
            return False
        row.state, row.decided_at, row.open_since = State.AUTO_CONFIRMED, clock.now(), None
        await row.save(update_fields=["state", "decided_at", "open_since"])
        await Correction.filter(workday_id=row.id, state="pending").update(state="accepted")
        await add_step(SYSTEM, row, "auto_confirm", Side.SYSTEM)
        _note(SYSTEM, Tag.WORKDAY_AUTO_CONFIRMED, row)
        tell_worker(SYSTEM, row, "workday.auto_confirmed")
        await tell_enterprise(SYSTEM, row, "workday.auto_confirmed_unasked")
    return True
