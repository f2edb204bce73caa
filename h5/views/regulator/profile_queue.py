"""资料更正 of a region: the queue, one of them with its proof, and the decision."""

from dataclasses import dataclass
from uuid import UUID

from api.kit.actor import Actor
from api.kit.rate_limit import Limit
from api.kit.schemas import Form, Note
from api.permissions import Permission
from api.profiles import correction_reading, corrections
from api.profiles.rules import State
from api.profiles.schemas import (
    CorrectionQuery,
    DecisionIn,
    RegionCorrectionOut,
    RegionCorrectionWholeOut,
)
from h5.areas import regulator
from h5.forms import Typed, filled
from h5.pages import See, page
from h5.rendering import View, address
from h5.views.public.photos import beside
from h5.views.regulator.regions import Picker, picker

READ, UPDATE = Permission.REGULATOR_WORKERS_READ, Permission.REGULATOR_WORKERS_UPDATE
LIST, ONE = "/regulator/corrections", "/corrections/<correction_id:uuid>"
STATES = tuple(each.value for each in State)


class DecisionForm(Form):
    """An officer's word."""

    decision: str
    reason: Note | None = None


@dataclass(frozen=True, slots=True)
class ProfileQueuePage(View):
    """The corrections that fit the filters."""

    template = "regulator/profile_corrections.html"
    title = "regulator.corrections.title"
    query: CorrectionQuery
    rows: tuple[RegionCorrectionOut, ...]
    states: tuple[str, ...]
    regions: Picker
    older: str


@dataclass(frozen=True, slots=True)
class ProfileQueueOnePage(View):
    """One of them with both values and its proof."""

    template = "regulator/profile_correction.html"
    title = "regulator.corrections.one"
    typed: Typed
    row: RegionCorrectionWholeOut
    photo: str
    may_decide: bool


@page(regulator, "GET", "/corrections", permission=READ)
async def correction_list(actor: Actor, query: CorrectionQuery) -> ProfileQueuePage:
    """The region's corrections."""
    found = await correction_reading.queue(actor, query)
    older = address(LIST, query, cursor=found.next_cursor) if found.next_cursor else ""
    regions = picker(actor, READ, query.region)
    return ProfileQueuePage(query, tuple(found.items), STATES, regions, older)


@page(regulator, "GET", ONE, permission=Permission.REGULATOR_WORKERS_REVEAL, back=LIST,
      limits=(Limit("profile_correction_looks", 300, 3600),))  # fmt: skip
async def one(actor: Actor, correction_id: UUID, typed: Typed) -> ProfileQueueOnePage:
    """One of them; the audit keeps who looked."""
    row = await correction_reading.one(actor, correction_id)
    waits = row.state is State.PENDING and actor.may(UPDATE)
    return ProfileQueueOnePage(typed, row, beside("regulator", row.photo), waits)


@page(regulator, "POST", f"{ONE}/decide", permission=UPDATE, again=one)
async def decide(actor: Actor, correction_id: UUID, form: DecisionForm) -> See:
    """Accept or refuse it."""
    given = filled(DecisionIn, form.model_dump(exclude_none=True))
    await corrections.decide(actor, correction_id, given)
    return See(LIST, says=f"regulator.corrections.done.{given.decision}")
