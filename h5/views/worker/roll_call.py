"""点名: who of the team is there, all in one go; works without scripts."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from api.attendance import service as attendance
from api.kit.actor import Actor
from api.kit.schemas import Form
from api.permissions import Permission
from api.worklog import roll_calls
from api.worklog.answers import (
    SheetOut,
    SheetRowOut,
)
from api.worklog.schemas import (
    Hours,
    Part,
    RollCallIn,
    SheetQuery,
)
from h5.areas import worker
from h5.forms import Typed, filled
from h5.pages import See, page
from h5.rendering import View

READ, UPDATE = Permission.WORKER_WORKLOG_READ, Permission.WORKER_WORKLOG_UPDATE
CALL = "/teams/<team_id:uuid>/roll-call"
How = Literal["last", "whole", "morning", "afternoon"]


class RollQuery(SheetQuery):
    """The same, with everybody ticked who is not recorded yet."""

    all: bool = False


class RollForm(Form):
    """Who is there: one word for all who are ticked, and another for some of them."""

    project_id: UUID
    day: dt.date
    member: Annotated[list[UUID], Field(min_length=1, max_length=100)]
    how: How = "last"
    overtime_hours: Hours | None = None
    one: dict[UUID, Part] = Field(default_factory=dict)
    """What is said of one member alone."""

    @property
    def asked(self) -> SheetQuery:
        """The roll that it answers."""
        return SheetQuery(day=self.day, project_id=self.project_id)

    def mark(self, row: SheetRowOut) -> dict[str, object]:
        """What is said of a member."""
        part = self.one.get(row.member_id) or (None if self.how == "last" else self.how)
        said: dict[str, object] = {"member_id": row.member_id, "part": part or row.part}
        if part is None:
            said |= {"units": row.last_units, "overtime_hours": row.last_overtime_hours}
        if self.overtime_hours is not None:
            said["overtime_hours"] = self.overtime_hours
        return said


@dataclass(frozen=True, slots=True)
class RollPage(View):
    """The roll of a day."""

    template = "worker/roll_call.html"
    title = "worker.roll.title"
    typed: Typed
    team_id: UUID
    sheet: SheetOut
    every: bool
    """Whether everybody is ticked who is not recorded yet."""
    all_href: str
    none_href: str


@page(worker, "GET", CALL, permission=UPDATE, back="/h5/teams")
async def roll(actor: Actor, team_id: UUID, query: RollQuery, typed: Typed) -> RollPage:
    """The roll of a day and project."""
    asked = SheetQuery(day=query.day, project_id=query.project_id)
    sheet = await roll_calls.sheet(actor, team_id, asked)
    site = f"&project_id={sheet.project_id}" if sheet.project_id else ""
    here = f"/h5/teams/{team_id}/roll-call?day={sheet.day}{site}"
    return RollPage(typed, team_id, sheet, query.all, f"{here}&all=1", here)


@page(worker, "POST", CALL, permission=UPDATE, again=roll)
async def call(actor: Actor, team_id: UUID, form: RollForm) -> See:
    """Write down who is there."""
    attendance.require_recent(form.day)  # before the roll of a day on which nobody was there yet
    sheet = await roll_calls.sheet(actor, team_id, form.asked)
    rows = {row.member_id: row for row in sheet.rows}
    known = [rows[each] for each in dict.fromkeys(form.member) if each in rows]
    marks = [form.mark(row) for row in known]
    given = filled(RollCallIn, {"project_id": form.project_id, "day": form.day, "marks": marks})
    done = await roll_calls.call(actor, team_id, given)
    values = {"n": str(len(marks)), "registered": str(done.registered)}
    says = "worker.roll.done" if done.written or done.changed else "worker.roll.same"
    return See(f"/h5/teams/{team_id}/worklog?day={form.day}", says=says, values=values)
