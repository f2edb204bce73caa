"""Where both sides differ, the enterprise is reminded of its answer, and the region is told.

A day on which nobody agrees never decides itself: there silence helps neither side.
"""

from uuid import UUID

from api.accounts import service as accounts
from api.attendance import rules
from api.attendance.models import Side, State, Workday
from api.attendance.steps import add_step, params_of, tell_enterprise
from api.kit import clock
from api.kit.actor import SYSTEM
from api.kit.transaction import transaction
from api.notices import service as notices

DIFFERING = (State.DISPUTED, State.CONTESTED)
MANY = 500


async def remind_overdue() -> int:
    """Of each day that waited three days for an answer those who owe it were reminded, once.

    The officers nearest to the site are told too. How many days it were now.
    """
    due = Workday.filter(state__in=DIFFERING, open_since__lte=clock.now() - rules.ANSWERED_WITHIN)
    reminded = 0
    while ids := await due.order_by("id").limit(MANY).values_list("id", flat=True):
        for workday_id in ids:
            reminded += await _remind(UUID(str(workday_id)))
    return reminded


async def _remind(workday_id: UUID) -> bool:
    async with transaction():
        row = await Workday.filter(id=workday_id).select_for_update().get()
        if row.state not in DIFFERING or row.open_since is None:
            return False
        row.open_since = None
        await row.save(update_fields=["open_since"])
        await add_step(SYSTEM, row, "remind", Side.SYSTEM)
        await tell_enterprise(SYSTEM, row, "workday.unanswered")
        await _tell_region(row)
    return True


async def _tell_region(row: Workday) -> None:
    params = {"enterprise": str(row.enterprise_id), **params_of(row)}
    for account_id in await accounts.overseers(row.region):
        kind = "workday.unanswered_region"
        notices.tell(SYSTEM, account_id, kind, params, about=("workday", row.id))
