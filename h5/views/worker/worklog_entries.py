"""记一笔: an entry of one's own book in a few taps; an entry with its history."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from api.kit import clock
from api.kit.actor import Actor
from api.kit.money import fen
from api.kit.schemas import Form, Query
from api.permissions import Permission
from api.worklog import entries, reading
from api.worklog.answers import (
    LogEntryWholeOut,
    ProjectNameOut,
)
from api.worklog.rules import Kind
from api.worklog.schemas import (
    UNITS,
    Hours,
    LogEntryIn,
    Number,
    OwnEntryIn,
    Part,
    Remark,
    Unit,
    Units,
)
from h5.areas import worker
from h5.forms import Typed, filled
from h5.pages import See, page
from h5.rendering import View

READ, UPDATE = Permission.WORKER_WORKLOG_READ, Permission.WORKER_WORKLOG_UPDATE
WORKLOG, ENTRY = "/h5/worklog", "/worklog/entries/<entry_id:uuid>"
KINDS = tuple(kind.value for kind in Kind)
Yuan = Annotated[Decimal, Field(gt=0, le=10**7, max_digits=10, decimal_places=2)]


class SaidForm(Form):
    """What is written down, money in yuan. Hours go before 工 when both are filled in."""

    project_id: UUID
    day: dt.date
    kind: Kind
    part: Part | None = None
    units: Units | None = None
    hours: Hours | None = None
    overtime_hours: Hours | None = None
    unit: Unit | None = None
    quantity: Number | None = None
    price_yuan: Yuan | None = None
    amount_yuan: Yuan | None = None
    note: Remark | None = None

    @property
    def said(self) -> dict[str, object]:
        """The same in the words of the API."""
        values = self.model_dump(exclude={"price_yuan", "amount_yuan"}, exclude_none=True)
        if self.hours is not None:
            values.pop("units", None)
        for name, yuan in (("price_fen", self.price_yuan), ("amount_fen", self.amount_yuan)):
            if yuan is not None:
                values[name] = fen(yuan)
        return values


class OwnForm(SaidForm):
    """The same with the team."""

    team_id: UUID


class NewQuery(Query):
    """What is written down, and of which day."""

    kind: Kind = Kind.TIME
    day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class NewEntryPage(View):
    """The form of an entry; without projects or teams what to do first."""

    template = "worker/worklog_new.html"
    title = "worker.worklog.new.title"
    typed: Typed
    kind: str
    kinds: tuple[str, ...]
    day: dt.date
    today: dt.date
    teams: tuple[tuple[UUID, str], ...]
    projects: tuple[ProjectNameOut, ...]
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntryPage(View):
    """One entry, who changed it when, and for its owner the form."""

    template = "worker/worklog_entry.html"
    title = "worker.worklog.entry.title"
    typed: Typed
    entry: LogEntryWholeOut
    price_yuan: str
    amount_yuan: str
    today: dt.date
    units: tuple[str, ...]


@page(worker, "GET", "/worklog/new", permission=UPDATE, back=WORKLOG)
async def new_entry(actor: Actor, query: NewQuery, typed: Typed) -> NewEntryPage:
    """Ask what to write down."""
    choices = await reading.choices(actor)
    kind = typed.value("kind", query.kind.value)
    return NewEntryPage(
        typed=typed,
        kind=kind if kind in KINDS else Kind.TIME.value,
        kinds=KINDS,
        day=query.day or clock.today(),
        today=clock.today(),
        teams=tuple((each.id, each.name) for each in choices.teams),
        projects=choices.projects,
        units=UNITS,
    )


@page(worker, "POST", "/worklog/new", permission=UPDATE, again=new_entry)
async def add_entry(actor: Actor, form: OwnForm) -> See:
    """Write it down."""
    given = filled(OwnEntryIn, {**form.said, "team_id": form.team_id})
    await entries.add_own(actor, given)
    return See(f"{WORKLOG}?month={form.day:%Y-%m}", says="worker.worklog.new.done")


@page(worker, "GET", ENTRY, permission=READ, back=WORKLOG)
async def entry(actor: Actor, entry_id: UUID, typed: Typed) -> EntryPage:
    """One entry with its history."""
    found = await reading.entry(actor, entry_id)
    return EntryPage(
        typed=typed,
        entry=found,
        price_yuan=_yuan(found.price_fen),
        amount_yuan=_yuan(found.amount_fen),
        today=clock.today(),
        units=UNITS,
    )


def _yuan(amount_fen: int | None) -> str:
    return "" if amount_fen is None else f"{amount_fen // 100}.{amount_fen % 100:02d}"


@page(worker, "POST", ENTRY, permission=UPDATE, again=entry)
async def change(actor: Actor, entry_id: UUID, form: SaidForm) -> See:
    """Mend the entry."""
    await entries.change(actor, entry_id, filled(LogEntryIn, form.said))
    return See(f"{WORKLOG}/entries/{entry_id}", says="worker.worklog.entry.changed")


@page(worker, "POST", f"{ENTRY}/remove", permission=UPDATE, again=entry)
async def remove(actor: Actor, entry_id: UUID) -> See:
    """Strike the entry out."""
    await entries.remove(actor, entry_id)
    return See(f"{WORKLOG}/entries/{entry_id}", says="worker.worklog.entry.removed")
