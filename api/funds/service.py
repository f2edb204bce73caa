"""What other features ask of special accounts."""

from datetime import date
from uuid import UUID

from api.funds import queries, rules
from api.funds.errors import NotReady
from api.funds.ledger import WageMove, move_wages
from api.funds.models import SpecialAccount
from api.funds.opening import ask_before_closing

__all__ = [
    "NotReady",
    "SpecialAccount",
    "WageMove",
    "ask_before_closing",
    "is_ready",
    "move_wages",
    "of_project",
    "require_ready",
]


async def of_project(project_id: UUID) -> SpecialAccount | None:
    """The project's account that is not closed, without asking who wants it."""
    return await queries.open_of(project_id).first()


async def require_ready(project_id: UUID, on: date) -> SpecialAccount:
    """The project's account, with an agreement in force on that day (SC-E4). NotReady."""
    row = await of_project(project_id)
    if row is None or not row.state.pays:
        raise NotReady
    terms = await queries.agreements_of(row.id).values_list("starts_on", "ends_on")
    if not any(rules.Term(first, last).holds(on) for first, last in terms):
        raise NotReady
    return row


async def is_ready(project_id: UUID, on: date) -> bool:
    """Whether the project's account pays on that day."""
    try:
        await require_ready(project_id, on)
    except NotReady:
        return False
    return True
