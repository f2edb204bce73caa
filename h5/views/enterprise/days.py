"""Work days to confirm: the list with its evidence, many at once, and one day with every step."""

import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from api.attendance import decisions, office_reading, reading
from api.attendance.decisions import Decision, Outcome
from api.attendance.office_schemas import DayQuery, OfficeDayOut
from api.attendance.schemas import Units
from api.kit import clock
from api.kit.actor import Actor
from api.kit.errors import FieldError, Invalid
from api.kit.pagination import PageQuery
from api.kit.schemas import Form, Note
from api.permissions import Permission
from api.worklog import reading as worklog
from api.worklog.answers import LogLineOut
from h5.areas import enterprise
from h5.forms import Typed
from h5.pages import See, page
from h5.rendering import View, address
from h5.texts import texts

READ, DECIDE = Permission.ENTERPRISE_ATTENDANCE_READ, Permission.ENTERPRISE_ATTENDANCE_DECIDE
LIST = "/enterprise/"
Tab = Literal[
    "pending", "incomplete", "disputed", "contested", "auto_confirmed", "confirmed", "rejected",
    "settled", "all",
]  # fmt: skip
TABS: tuple[Tab, ...] = (
    "pending", "incomplete", "disputed", "contested", "auto_confirmed", "confirmed", "rejected",
    "settled", "all",
)  # fmt: skip


class DaysQuery(PageQuery):
    """Which days are listed; those that wait when nothing is said."""

    project_id: UUID | None = None
    date: dt.date | None = None
    state: Tab = "pending"

    @property
    def asked(self) -> DayQuery:
        """The same for the service."""
        values = self.model_dump()
        return DayQuery(**{**values, "state": None if self.state == "all" else self.state})


class PickedForm(Form):
    """The days that were ticked, and what is said of them all."""

    id: Annotated[list[UUID], Field(default_factory=list, max_length=100)]
    units: Units | None = None
    reason: Note | None = None


class DecisionForm(Form):
    """What is said of one day."""

    units: Units | None = None
    reason: Note | None = None


@dataclass(frozen=True, slots=True)
class TabShown:
    """One state of the list and how many days wait in it; None where nobody counts."""

    state: str
    href: str
    count: int | None
    current: bool


@dataclass(frozen=True, slots=True)
class DaysPage(View):
    """The days of one state, newest first."""

    template = "enterprise/days.html"
    title = "enterprise.days.name"
    typed: Typed
    query: DaysQuery
    days: tuple[OfficeDayOut, ...]
    waiting: int
    tabs: tuple[TabShown, ...]
    projects: tuple[tuple[str, str], ...]
    older: str
    may_decide: bool


@dataclass(frozen=True, slots=True)
class DayPage(View):
    """One day with its evidence, what may be said of it, and every step."""

    template = "enterprise/day.html"
    title = "enterprise.day.name"
    typed: Typed
    day: OfficeDayOut
    choices: frozenset[str]
    """The decisions that its state allows."""
    books: tuple[LogLineOut, ...]
    """What worker and team leader wrote down of the day."""


@page(enterprise, "GET", "/", permission=READ)
async def days(actor: Actor, query: DaysQuery, typed: Typed) -> DaysPage:
    """The days to confirm."""
    found = await office_reading.work_list(actor, query.asked)
    counted = {str(state): number for state, number in found.waiting.items()}
    return DaysPage(
        typed=typed,
        query=query,
        days=tuple(OfficeDayOut.seen(actor, day) for day in found.days),
        waiting=counted.get("pending", 0),
        tabs=tuple(_tab(query, state, counted) for state in TABS),
        projects=tuple((str(key), name) for key, name in found.projects.items()),
        older=address(LIST, query, cursor=found.cursor) if found.cursor else "",
        may_decide=actor.may(DECIDE),
    )


def _tab(query: DaysQuery, state: Tab, counted: dict[str, int]) -> TabShown:
    waits = state in {str(each) for each in office_reading.WAITING}
    href = address(LIST, query, state="" if state == "pending" else state, cursor="")
    return TabShown(state, href, counted.get(state, 0) if waits else None, state == query.state)


@page(enterprise, "POST", "/days/confirm", permission=DECIDE, again=days)
async def confirm_picked(actor: Actor, query: DaysQuery, form: PickedForm) -> See:
    """Confirm every day that was ticked."""
    return await _decide_picked(actor, query, form, Decision.CONFIRM, "enterprise.days.confirmed")


@page(enterprise, "POST", "/days/reject", permission=DECIDE, again=days)
async def reject_picked(actor: Actor, query: DaysQuery, form: PickedForm) -> See:
    """Reject every day that was ticked, for one reason."""
    return await _decide_picked(actor, query, form, Decision.REJECT, "enterprise.days.rejected")


async def _decide_picked(
    actor: Actor, query: DaysQuery, form: PickedForm, decision: Decision, says: str
) -> See:
    if not form.id:
        words = texts()("enterprise.days.none_picked")
        raise Invalid(errors=(FieldError("id", "days.none_picked", words),))
    units = Decimal(form.units) if form.units and decision is Decision.CONFIRM else None
    wanted = [(each, decision, units, form.reason or "") for each in dict.fromkeys(form.id)]
    outcomes = await decisions.decide_each(actor, wanted)
    refused = [each.problem for each in outcomes if each.problem]
    if len(refused) == len(outcomes):
        raise refused[0]
    return See(
        address(LIST, query, cursor=""),
        says=f"{says}_but" if refused else says,
        values=_told(outcomes),
    )


def _told(outcomes: list[Outcome]) -> dict[str, str]:
    refused = [each.problem for each in outcomes if each.problem]
    told = {"n": str(len(outcomes) - len(refused))}
    return told | {"m": str(len(refused)), "why": refused[0].words} if refused else told


@page(enterprise, "GET", "/days/<workday_id:uuid>", permission=READ)
async def day(actor: Actor, workday_id: UUID, typed: Typed) -> DayPage:
    """One day."""
    seen = OfficeDayOut.seen(actor, await reading.day_of_enterprise(actor, workday_id))
    possible = {choice for choice, state in decisions.LEADS_TO if state == seen.state}
    if seen.contestable_until is None or seen.contestable_until < clock.now():
        possible.discard(Decision.CONTEST)
    allowed = possible if actor.may(DECIDE) else set()
    books = await worklog.beside(actor, seen.worker_id, seen.project_id, seen.date)
    return DayPage(typed, seen, frozenset(str(choice) for choice in allowed), tuple(books))


Decide = Callable[[Actor, UUID, DecisionForm], Awaitable[See]]


def _deciding(decision: Decision, says: str) -> Decide:
    async def decide(actor: Actor, workday_id: UUID, form: DecisionForm) -> See:
        """Say so of one day."""
        units = Decimal(form.units) if form.units and decision is Decision.CONFIRM else None
        reason = form.reason or ""
        await decisions.decide(actor, workday_id, decision, units=units, reason=reason)
        return See(f"/enterprise/days/{workday_id}", says=says)

    decide.__name__ = f"{decision}_day"
    path = f"/days/<workday_id:uuid>/{decision}"
    page(enterprise, "POST", path, permission=DECIDE, again=day)(decide)
    return decide


confirm_day = _deciding(Decision.CONFIRM, "enterprise.day.confirmed")
reject_day = _deciding(Decision.REJECT, "enterprise.day.rejected")
contest_day = _deciding(Decision.CONTEST, "enterprise.day.contested")
