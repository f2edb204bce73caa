"""Steps of a work day: each is kept for good, and told to the other side."""

from uuid import UUID

from api.accounts import service as accounts
from api.attendance.models import Side, Workday, WorkdayStep
from api.kit import clock
from api.kit.actor import Actor
from api.notices import service as notices

DECIDING_ROLES = ("wage_officer", "project_manager")


async def add_step(
    actor: Actor, row: Workday, act: str, side: Side, reason: str = ""
) -> WorkdayStep:
    """The step that led the day to the state it is in now, within the running transaction."""
    return await WorkdayStep.create(
        workday_id=row.id,
        act=act,
        state=row.state,
        units=row.units,
        side=side,
        account_id=actor.account_id,
        reason=reason,
        at=clock.now(),
    )


def tell_worker(actor: Actor, row: Workday, kind: str) -> None:
    """Tell the worker what became of his day."""
    notices.tell(actor, row.account_id, kind, params_of(row), about=("workday", row.id))


async def tell_enterprise(actor: Actor, row: Workday, kind: str) -> None:
    """Tell those in the enterprise who decide on work days; its administrators when none does."""
    holders = await accounts.holders(row.enterprise_id)
    deciding = {each.account.id for each in holders if each.role in DECIDING_ROLES}
    for account_id in sorted(deciding or {each.account.id for each in holders}):
        notices.tell(actor, account_id, kind, params_of(row), about=("workday", row.id))


def params_of(row: Workday) -> dict[str, str]:
    """What a notice about the day names."""
    return {"project": str(row.project_id), "date": str(row.day), "units": str(row.units)}


async def steps_of(ids: list[UUID]) -> dict[UUID, list[WorkdayStep]]:
    """The steps of each day, oldest first."""
    found: dict[UUID, list[WorkdayStep]] = {each: [] for each in ids}
    for step in await WorkdayStep.filter(workday_id__in=ids).order_by("id"):
        found[step.workday_id].append(step)
    return found
