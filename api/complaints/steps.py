"""Steps of a complaint: each is kept for good, and told to those whom it concerns.

Everything here runs within the transaction of the service that calls it.
"""

from datetime import date
from uuid import UUID

from api.accounts import service as accounts
from api.complaints.models import Complaint, ComplaintStep
from api.complaints.rules import Act, Body, OfficeState, Side, State
from api.kit.actor import Actor
from api.kit.personal import Kind, Personal
from api.notices import service as notices
from api.workers import service as workers

ANSWERING_ROLES = ("enterprise_admin", "wage_officer")


async def add(
    actor: Actor,
    row: Complaint,
    act: Act,
    side: Side,
    *,
    note: str = "",
    region: str = "",
    office: str = "",
    due_on: date | None = None,
) -> None:
    """The step that led the complaint to where it is now."""
    await ComplaintStep.create(
        complaint_id=row.id,
        act=act,
        side=side,
        note=Personal.of(Kind.TEXT, note) if note else None,
        region=region,
        office=office,
        due_on=due_on or row.due_on,
        by_itself=actor.account_id is None,
        account_id=actor.account_id,
    )


def publish(row: Complaint, side: Side) -> None:
    """Let the enterprise see where it stands now.

    Of an anonymous complaint what the worker did is shown with the next morning's round alone: the
    time of his acts would tell who he is.
    """
    if row.office_state is OfficeState.HIDDEN:
        return
    if row.anonymous and side is Side.WORKER:
        row.office_lags = True
        return
    row.office_state, row.office_lags = standing(row), False


def standing(row: Complaint) -> OfficeState:
    """Where it stands, as the enterprise may know it."""
    if row.addressee is Body.AUTHORITY:
        return OfficeState.HIDDEN
    if row.holder is Body.AUTHORITY:
        return OfficeState.ESCALATED
    return OfficeState(row.state.value)


def params_of(row: Complaint) -> dict[str, str]:
    """What a notice about it names: nothing that leads to the complainant."""
    return {
        "project": str(row.project_id),
        "enterprise": str(row.enterprise_id),
        "date": row.filed_on.isoformat(),
    }


async def tell_worker(actor: Actor, row: Complaint, kind: str, **more: str) -> None:
    """Tell the complainant, wherever he works by now."""
    told = await workers.accounts_of({row.worker_id})
    account_id = told.get(row.worker_id, row.account_id)
    params = {**params_of(row), **more}
    notices.tell(actor, account_id, kind, params, about=("complaint", row.id))


async def tell_enterprise(actor: Actor, row: Complaint, kind: str) -> None:
    """Tell those in the enterprise who answer complaints. The actor is never the worker here."""
    holders = await accounts.holders(row.enterprise_id)
    answering = {each.account.id for each in holders if each.role in ANSWERING_ROLES}
    for account_id in sorted(answering):
        notices.tell(
            actor, account_id, kind, params_of(row), about=("enterprise_complaint", row.id)
        )


async def tell_region(actor: Actor, row: Complaint, kind: str, region: str = "") -> None:
    """Tell the officers nearest to the region that holds it, or to `region`."""
    for account_id in await accounts.overseers(region or row.region):
        notices.tell(actor, account_id, kind, params_of(row), about=("region_complaint", row.id))


async def seen(actor: Actor, row: Complaint, side: Side) -> bool:
    """Whether that side sees it for the first time now: the complainant learns that it did."""
    if side.value in row.seen_by.split(","):
        return False
    before, row.seen_by = row.seen_by, f"{row.seen_by},{side.value}".strip(",")
    # Of two that look at once one is the first.
    if not await Complaint.filter(id=row.id, seen_by=before).update(seen_by=row.seen_by):
        return False
    await add(actor, row, Act.SEEN, side)
    return True


def closed(row: Complaint) -> bool:
    """Whether it is over."""
    return row.state is State.CLOSED


async def of(complaint_id: UUID) -> list[ComplaintStep]:
    """All steps, oldest first."""
    return await ComplaintStep.filter(complaint_id=complaint_id).order_by("id")
