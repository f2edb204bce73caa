"""Results of the bank that name no batch of ours: kept until a person has looked into them."""

from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.kit.actor import Actor
from api.kit.pagination import page
from api.kit.schemas import Page
from api.kit.transaction import transaction
from api.payroll import settling
from api.payroll.answers import StrayOut
from api.payroll.errors import NoSuchStray
from api.payroll.models import StrayResult
from api.payroll.schemas import HandlingIn, StrayQuery


async def listed(query: StrayQuery) -> Page[StrayOut]:
    """A page of them, newest first."""
    rows = StrayResult.filter(state=query.state) if query.state else StrayResult.all()
    found, cursor = await page(rows, query)
    return Page(items=[_out(row) for row in found], next_cursor=cursor)


async def handle(actor: Actor, stray_id: UUID, given: HandlingIn) -> StrayOut:
    """It is closed with what was found out. NoSuchStray, AlreadyHandled."""
    async with transaction():
        row = await StrayResult.filter(id=stray_id).select_for_update().first()
        if row is None:
            raise NoSuchStray
        await settling.close(actor, row, given)
        audit.record(actor, Tag.BANK_STRAY_HANDLED, ("bank_stray", row.id))
    return _out(row)


def _out(row: StrayResult) -> StrayOut:
    same = (
        "id", "number", "seq", "amount_fen", "outcome", "reason", "reference", "at", "state",
        "note", "handled_at",
    )  # fmt: skip
    return StrayOut(**{name: getattr(row, name) for name in same}, received_at=row.created_at)
