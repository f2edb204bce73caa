"""出勤日: work days drawn from punches. The punch table is its own outbox.

A day says from how many punches it was drawn; where that number is not the number of its punches,
it is drawn anew: by the timetable for all, and before a worker reads for his own. So a punch is
one statement, and nothing is lost when a process dies after it, or in the midst of drawing: the
timetable looks again from where it last came to an end.
"""

from datetime import timedelta
from uuid import UUID

from tortoise.expressions import RawSQL
from tortoise.queryset import QuerySet

from api.attendance import rules
from api.attendance.models import (
    Correction,
    DrawnUntil,
    Method,
    Punch,
    Side,
    State,
    Verdict,
    Workday,
)
from api.attendance.roll_calls import is_called
from api.attendance.steps import add_step, tell_enterprise, tell_worker
from api.attendance.taking import shift_of
from api.kit import clock, jobs
from api.kit.actor import SYSTEM
from api.kit.transaction import transaction
from api.projects import service as projects
from api.workers import service as workers

OVERLAP = timedelta(minutes=2)
"""A punch shows up this much later at most than the instant it was received."""
DRAWN_UNTIL = (
    """(SELECT COALESCE(MAX("instant"), '2000-01-01 00:00:00+00:00') FROM "drawn_until")"""
)
"""Asked within the statement that it narrows, since every list of days begins with it."""
TAKEN = '(SELECT COUNT(*) FROM "punch" AS "same" WHERE "same"."workday_id" = "punch"."workday_id")'
"""How many punches the day of a punch has: looked up for each day, whatever the planner expects."""
EVIDENCE = '(SELECT "evidence" FROM "workday" WHERE "workday"."id" = "punch"."workday_id")'
"""From how many punches the day of a punch was drawn; one statement asks that of all at once."""
THE_ROW = UUID("00000000-0000-4000-8000-000000000001")


async def draw_all() -> int:
    """Every day is drawn from all its punches, and the next look begins here; how many were."""
    began = clock.now()
    drawn = await catch_up()
    await DrawnUntil.update_or_create(defaults={"instant": began - OVERLAP}, id=THE_ROW)
    return drawn


async def catch_up() -> int:
    """Every day is drawn from all its punches; how many were drawn anew."""
    # Of an end that is known only as the statement runs, a planner expects a third of the table to
    # lie behind it; between two ends, next to nothing.
    ahead = clock.now() + OVERLAP
    new = Punch.filter(received_at__gte=RawSQL(DRAWN_UNTIL), received_at__lt=ahead)
    return await catch_up_with(new)


async def catch_up_with(punches: QuerySet[Punch]) -> int:
    """The days of these punches are drawn from all their punches; how many were drawn anew."""
    behind = await _behind(punches)
    for workday_id in behind:
        await derive(workday_id)
    return len(behind)


async def _behind(punches: QuerySet[Punch]) -> list[UUID]:
    """The days of these punches that were drawn from another number of punches, or never."""
    rows = punches.annotate(taken=RawSQL(TAKEN), drawn=RawSQL(EVIDENCE)).group_by("workday_id")
    found = await rows.values_list("workday_id", "taken", "drawn")
    return sorted(UUID(str(day)) for day, taken, drawn in found if taken != drawn)


async def derive(workday_id: UUID) -> Workday:
    """The day, drawn from its punches and corrections. A decided day keeps its decision."""
    async with transaction():
        first = await Punch.filter(workday_id=workday_id).order_by("at").first()
        if first is not None:
            await begin(first)
        row = await Workday.filter(id=workday_id).select_for_update().get()
        punches = await Punch.filter(workday_id=workday_id)
        draft = await _draft(row, punches)
        await _apply(row, draft, len(punches))
        jobs.enqueue("attendance.examine", once=f"examine:{workday_id}", workday_id=workday_id)
    return row


async def begin(punch: Punch) -> None:
    """The day's row is there, within the running transaction."""
    project = await projects.find(punch.project_id)
    if project is None:
        raise LookupError("the punch's project is gone")
    row = Workday(
        id=punch.workday_id,
        worker_id=punch.worker_id,
        account_id=await _told_to(punch),
        project_id=punch.project_id,
        engagement_id=punch.engagement_id,
        team_id=punch.team_id,
        enterprise_id=punch.enterprise_id,
        contractor_id=project.enterprise_id,
        region=project.region,
        day=punch.day,
        state=State.INCOMPLETE,
        units=rules.NO_UNITS,
        found_units=rules.NO_UNITS,
        hours=rules.NO_UNITS,
        reasons=[],
        evidence=0,
        derived_at=clock.now(),
    )
    await Workday.bulk_create([row], ignore_conflicts=True)


async def _told_to(punch: Punch) -> UUID:
    """The worker's account: whoever called the roll is not told of the day."""
    if not is_called(punch):
        return UUID(str(punch.account_id))
    found = await workers.accounts_of({punch.worker_id})
    return found.get(punch.worker_id, punch.account_id)


async def _draft(row: Workday, punches: list[Punch]) -> rules.DayDraft:
    policy = await projects.policy_in_force(row.project_id, row.day)
    odd = policy.manual_needs_confirmation
    called = [evidence_of(each, odd) for each in punches if is_called(each)]
    evidence = [evidence_of(each, odd) for each in punches if not is_called(each)]
    corrections = await Correction.filter(workday_id=row.id).exclude(state="refused")
    marked = frozenset({rules.Reason.CORRECTED})
    evidence += [
        rules.Evidence(each.at, each.id, rules.Direction(each.direction), marked)
        for each in corrections
    ]
    return rules.derive_with_call(evidence, called, shift_of(policy))


def evidence_of(punch: Punch, manual_is_odd: bool) -> rules.Evidence:
    """What a punch says of its day."""
    reasons = {
        rules.Reason.LATE_UPLOAD: punch.late_upload,
        rules.Reason.MANUAL: punch.method == Method.MANUAL
        and manual_is_odd
        and not is_called(punch),
        rules.Reason.ROLL_CALL: is_called(punch),
        # Whoever scanned the code on the gate's screen was there, whatever his phone says.
        rules.Reason.OUTSIDE: punch.verdict == Verdict.OUTSIDE and punch.gate is None,
        rules.Reason.UNCERTAIN: punch.verdict == Verdict.UNCERTAIN and punch.gate is None,
    }
    return rules.Evidence(
        punch.at,
        punch.client_id,
        rules.Direction(punch.direction) if punch.direction else None,
        frozenset(reason for reason, so in reasons.items() if so),
    )


async def _apply(row: Workday, draft: rules.DayDraft, punches: int) -> None:
    before = (row.state, row.found_units)
    is_first = row.evidence == 0 and punches > 0
    moment = clock.now()
    row.found_units, row.hours = draft.units, draft.hours
    row.reasons = sorted(draft.reasons)
    row.first_at, row.last_at = draft.first_at, draft.last_at
    row.evidence, row.derived_at = punches, moment
    if row.state.open:
        row.state = State.PENDING if draft.is_complete else State.INCOMPLETE
        row.units = draft.units
    changed = before != (row.state, row.found_units)
    if changed and row.state.open:
        # The enterprise has its three days from what it can see now.
        row.open_since = moment if row.state is State.PENDING else None
    await row.save()
    if (changed or is_first) and row.state.open:
        await add_step(SYSTEM, row, "drawn", Side.SYSTEM)
    elif changed:
        await add_step(SYSTEM, row, "more_punches", Side.SYSTEM)
        tell_worker(SYSTEM, row, "workday.more_punches")
        await tell_enterprise(SYSTEM, row, "workday.more_punches_taken")
