"""诚信 of a region: what to decide, appeals, repairs, the black list, scores to look at."""

from dataclasses import dataclass
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from api.conduct import deciding, proposing, reading, rules, scoring
from api.conduct.answers import ConductOut, ConductWholeOut, ReviewOut, ScoreOut
from api.conduct.rules import Level, State
from api.conduct.schemas import (
    DecisionIn,
    Document,
    ProposalForm,
    RegionConductQuery,
    ReviewAnswerIn,
    ReviewQuery,
    RulingIn,
)
from api.kit import clock
from api.kit.actor import Actor
from api.kit.schemas import Form, Words
from api.permissions import Permission
from h5.areas import regulator
from h5.forms import Typed, filled
from h5.pages import See, page
from h5.rendering import View, address
from h5.views.conduct_choices import ChoiceQuery, Choices, choices
from h5.views.enterprise.conduct_reports import ProposalPage
from h5.views.public.published_conduct import SUBJECTS, shown_in
from h5.views.regulator.regions import Picker, picker

READ, UPDATE = Permission.REGULATOR_CONDUCT_READ, Permission.REGULATOR_CONDUCT_UPDATE
LIST, ONE = "/regulator/conduct", "/conduct/<record_id:uuid>"
REVIEWS = f"{LIST}/score-reviews"
STATES = tuple(state.value for state in State)
LOOKS = {
    "projects_by": Permission.REGULATOR_PROJECTS_READ,
    "people_by": Permission.REGULATOR_ENGAGEMENTS_READ,
}


class DecisionForm(Form):
    """Upheld or refused, with level and term."""

    decision: Literal["uphold", "refuse"]
    reason: Words
    level: Level
    months: Annotated[int, Field(ge=1, le=36)]
    document: Document = ""
    restrict: bool = False


class RulingForm(Form):
    """Granted or not, and why."""

    granted: bool
    reason: Words


class ReviewAnswerForm(Form):
    """What was found, and what it adds."""

    answer: Words
    points: Annotated[int, Field(ge=0, le=20)] = 0


@dataclass(frozen=True, slots=True)
class RegionConductPage(View):
    """The region's records that fit the filters."""

    template = "regulator/conduct.html"
    title = "regulator.conduct.title"
    query: RegionConductQuery
    rows: tuple[ConductOut, ...]
    states: tuple[str, ...]
    subjects: tuple[str, ...]
    regions: Picker
    older: str


@dataclass(frozen=True, slots=True)
class RegionConductOnePage(View):
    """One record with everything, and what can be done now."""

    template = "regulator/conduct_one.html"
    title = "regulator.conduct.one"
    typed: Typed
    row: ConductWholeOut
    levels: tuple[str, ...]
    """Those that fit good or bad conduct."""
    months: int
    """The usual term of its kind."""
    may_restrict: bool


@dataclass(frozen=True, slots=True)
class SubjectScorePage(View):
    """The score of whose record it is, with every reason."""

    template = "regulator/conduct_score.html"
    title = "regulator.conduct.score"
    record_id: UUID
    found: ScoreOut


@dataclass(frozen=True, slots=True)
class ReviewsPage(View):
    """Workers who ask that a person look at their score."""

    template = "regulator/conduct_reviews.html"
    title = "regulator.conduct.reviews.title"
    typed: Typed
    rows: tuple[ReviewOut, ...]
    older: str


@page(regulator, "GET", "/conduct", permission=READ)
async def conduct(actor: Actor, query: RegionConductQuery) -> RegionConductPage:
    """The region's records."""
    found = await reading.of_region(actor, query)
    older = address(LIST, query, cursor=found.next_cursor) if found.next_cursor else ""
    regions = picker(actor, READ, query.region)
    return RegionConductPage(query, tuple(found.items), STATES, SUBJECTS, regions, older)


@page(regulator, "GET", "/conduct/new", permission=UPDATE, back=LIST)
async def new(actor: Actor, query: ChoiceQuery, typed: Typed) -> ProposalPage:
    """The form of a proposal of one's own."""
    found: Choices = await choices(actor, query, own=False, **LOOKS)
    return ProposalPage(typed, query, found, clock.today().isoformat(), LIST)


@page(
    regulator, "POST", "/conduct/new", permission=UPDATE, again=new,
    limits=(proposing.PROPOSING,), largest_body=proposing.MOST_BYTES,
)  # fmt: skip
async def propose(actor: Actor, form: ProposalForm) -> See:
    """The subject is told; a colleague decides."""
    row = await proposing.by_authority(actor, form)
    return See(f"{LIST}/{row.id}", says="regulator.conduct.done.propose")


@page(regulator, "GET", "/conduct/score-reviews", permission=READ, back=LIST)
async def reviews(actor: Actor, query: ReviewQuery, typed: Typed) -> ReviewsPage:
    """What workers ask of their scores."""
    found = await scoring.reviews(actor, query)
    older = address(REVIEWS, query, cursor=found.next_cursor) if found.next_cursor else ""
    return ReviewsPage(typed, tuple(found.items), older)


@page(
    regulator, "POST", "/conduct/score-reviews/<review_id:uuid>/answer", permission=UPDATE,
    again=reviews,
)  # fmt: skip
async def answer_review(actor: Actor, review_id: UUID, form: ReviewAnswerForm) -> See:
    """Say what was found."""
    await scoring.answer(actor, review_id, filled(ReviewAnswerIn, form.model_dump()))
    return See(REVIEWS, says="regulator.conduct.done.review")


@page(regulator, "GET", ONE, permission=READ, back=LIST)
async def one(actor: Actor, record_id: UUID, typed: Typed) -> RegionConductOnePage:
    """One record; the audit keeps who read it."""
    row = shown_in("regulator", await reading.region_one(actor, record_id))
    kind = rules.kind_of(row.kind)
    return RegionConductOnePage(
        typed=typed,
        row=row,
        levels=tuple(level.value for level in Level if level.good is row.good),
        months=kind.months if kind else rules.months_of(row.level)[1],
        may_restrict=not row.good and rules.may_restrict(row.subject, Level.SERIOUS),
    )


@page(regulator, "GET", f"{ONE}/score", permission=READ, back=LIST)
async def score(actor: Actor, record_id: UUID) -> SubjectScorePage:
    """The score; the audit keeps who looked."""
    return SubjectScorePage(record_id, await reading.region_score(actor, record_id))


def _done(record_id: UUID, what: str) -> See:
    return See(f"{LIST}/{record_id}", says=f"regulator.conduct.done.{what}")


@page(regulator, "POST", f"{ONE}/decide", permission=UPDATE, again=one)
async def decide(actor: Actor, record_id: UUID, form: DecisionForm) -> See:
    """Uphold or refuse."""
    await deciding.decide(actor, record_id, filled(DecisionIn, form.model_dump()))
    return _done(record_id, form.decision)


@page(regulator, "POST", f"{ONE}/rule-appeal", permission=UPDATE, again=one)
async def rule_on_appeal(actor: Actor, record_id: UUID, form: RulingForm) -> See:
    """Decide on an appeal."""
    await deciding.rule_on_appeal(actor, record_id, filled(RulingIn, form.model_dump()))
    return _done(record_id, "ruled")


@page(regulator, "POST", f"{ONE}/rule-repair", permission=UPDATE, again=one)
async def rule_on_repair(actor: Actor, record_id: UUID, form: RulingForm) -> See:
    """Grant a repair, or not."""
    await deciding.rule_on_repair(actor, record_id, filled(RulingIn, form.model_dump()))
    return _done(record_id, "ruled")
