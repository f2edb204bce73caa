"""诚信 for enterprises: what they propose, what is on themselves, what they say of others' work."""

from dataclasses import dataclass
from uuid import UUID

from api.conduct import evaluating, evaluation_reading, hearing, proposing, reading
from api.conduct.answers import ConductOut, ConductWholeOut, EvaluationOut
from api.conduct.schemas import (
    EvaluationIn,
    Mark,
    Month,
    OfficeConductQuery,
    ProposalForm,
    SettlementIn,
    StatementForm,
)
from api.kit import clock
from api.kit.actor import Actor
from api.kit.pagination import PageQuery
from api.kit.schemas import Form, Words
from api.permissions import Permission
from h5.areas import enterprise
from h5.forms import Typed, filled
from h5.pages import See, page
from h5.rendering import View, address
from h5.views.conduct_choices import ChoiceQuery, Choices, choices
from h5.views.public.published_conduct import shown_in

READ, UPDATE = Permission.ENTERPRISE_CONDUCT_READ, Permission.ENTERPRISE_CONDUCT_UPDATE
ANSWER = Permission.ENTERPRISE_CONDUCT_ANSWER
LIST, ONE = "/enterprise/conduct", "/conduct/<record_id:uuid>"
EVALUATIONS = f"{LIST}/evaluations"
LOOKS = {
    "projects_by": Permission.ENTERPRISE_PROJECTS_READ,
    "people_by": Permission.ENTERPRISE_ENGAGEMENTS_READ,
}


class ReasonForm(Form):
    """Why."""

    reason: Words


class EvaluationForm(Form):
    """The marks of a month and what they rest on."""

    subject_id: UUID
    month: Month
    quality: Mark
    safety: Mark
    teamwork: Mark
    text: Words


class SettlementForm(Form):
    """Keep or take back, and why."""

    decision: str
    reason: Words


@dataclass(frozen=True, slots=True)
class OfficeConductPage(View):
    """What the enterprise proposed, or what is on itself."""

    template = "enterprise/conduct.html"
    title = "enterprise.conduct.title"
    query: OfficeConductQuery
    rows: tuple[ConductOut, ...]
    older: str
    may_propose: bool


@dataclass(frozen=True, slots=True)
class OfficeConductOnePage(View):
    """One record, as the enterprise may see it."""

    template = "enterprise/conduct_one.html"
    title = "enterprise.conduct.one"
    typed: Typed
    row: ConductWholeOut
    home: str


@dataclass(frozen=True, slots=True)
class ProposalPage(View):
    """The form of a proposal: first where and whose kind, then who and what."""

    template = "enterprise/conduct_new.html"
    title = "enterprise.conduct.new.title"
    typed: Typed
    query: ChoiceQuery
    choices: Choices
    today: str
    home: str


@dataclass(frozen=True, slots=True)
class OfficeEvaluationsPage(View):
    """What the enterprise said of workers and teams."""

    template = "enterprise/conduct_evaluations.html"
    title = "enterprise.evaluations.title"
    typed: Typed
    rows: tuple[EvaluationOut, ...]
    older: str
    may_evaluate: bool


@dataclass(frozen=True, slots=True)
class EvaluationPage(View):
    """The form of an evaluation."""

    template = "enterprise/conduct_evaluate.html"
    title = "enterprise.evaluations.new"
    typed: Typed
    query: ChoiceQuery
    choices: Choices
    month: str


@page(enterprise, "GET", "/conduct", permission=READ)
async def conduct(actor: Actor, query: OfficeConductQuery) -> OfficeConductPage:
    """What the enterprise proposed, or what is on itself."""
    found = await reading.of_office(actor, query)
    older = address(LIST, query, cursor=found.next_cursor) if found.next_cursor else ""
    return OfficeConductPage(query, tuple(found.items), older, actor.may(UPDATE))


@page(enterprise, "GET", "/conduct/new", permission=UPDATE, back=LIST)
async def new(actor: Actor, query: ChoiceQuery, typed: Typed) -> ProposalPage:
    """The form of a proposal."""
    found = await choices(actor, query, own=True, **LOOKS)
    return ProposalPage(typed, query, found, clock.today().isoformat(), LIST)


@page(
    enterprise, "POST", "/conduct/new", permission=UPDATE, again=new,
    limits=(proposing.PROPOSING,), largest_body=proposing.MOST_BYTES,
)  # fmt: skip
async def propose(actor: Actor, form: ProposalForm) -> See:
    """Send it to the authority; the subject is told."""
    row = await proposing.by_enterprise(actor, form)
    return See(f"{LIST}/{row.id}", says="conduct.said.propose")


@page(enterprise, "GET", "/conduct/evaluations", permission=READ, back=LIST)
async def evaluations(actor: Actor, query: PageQuery, typed: Typed) -> OfficeEvaluationsPage:
    """What the enterprise said of workers and teams."""
    found = await evaluation_reading.of_office(actor, query)
    older = address(EVALUATIONS, query, cursor=found.next_cursor) if found.next_cursor else ""
    return OfficeEvaluationsPage(typed, tuple(found.items), older, actor.may(UPDATE))


@page(enterprise, "GET", "/conduct/evaluations/new", permission=UPDATE, back=EVALUATIONS)
async def new_evaluation(actor: Actor, query: ChoiceQuery, typed: Typed) -> EvaluationPage:
    """The form of an evaluation."""
    found = await choices(actor, query, own=True, **LOOKS)
    return EvaluationPage(typed, query, found, f"{clock.today():%Y-%m}")


@page(enterprise, "POST", "/conduct/evaluations/new", permission=UPDATE, again=new_evaluation)
async def evaluate(actor: Actor, query: ChoiceQuery, form: EvaluationForm) -> See:
    """Say it; they read it."""
    place = {"project_id": query.project_id, "subject": query.subject}
    await evaluating.evaluate(actor, filled(EvaluationIn, {**place, **form.model_dump()}))
    return See(EVALUATIONS, says="enterprise.evaluations.given")


@page(
    enterprise, "POST", "/conduct/evaluations/<evaluation_id:uuid>/settle", permission=UPDATE,
    again=evaluations,
)  # fmt: skip
async def settle(actor: Actor, evaluation_id: UUID, form: SettlementForm) -> See:
    """Keep it, or take it back."""
    given = filled(SettlementIn, form.model_dump())
    await evaluating.settle(actor, evaluation_id, given)
    return See(EVALUATIONS, says=f"enterprise.evaluations.settled.{given.decision}")


@page(enterprise, "GET", ONE, permission=READ, back=LIST)
async def one(actor: Actor, record_id: UUID, typed: Typed) -> OfficeConductOnePage:
    """One record."""
    row = shown_in("enterprise", await reading.office_one(actor, record_id))
    return OfficeConductOnePage(typed, row, f"{LIST}/{record_id}")


@page(enterprise, "POST", f"{ONE}/withdraw", permission=UPDATE, again=one)
async def withdraw(actor: Actor, record_id: UUID, form: ReasonForm) -> See:
    """Take back what nobody decided yet."""
    await proposing.withdraw(actor, record_id, form.reason)
    return See(f"{LIST}/{record_id}", says="conduct.said.withdraw")


@page(
    enterprise, "POST", f"{ONE}/statements", permission=ANSWER, again=one,
    limits=(hearing.STATING,), largest_body=proposing.MOST_BYTES,
)  # fmt: skip
async def state(actor: Actor, record_id: UUID, form: StatementForm) -> See:
    """The enterprise's own word: an answer, an appeal, a repair asked for."""
    await hearing.state(actor, hearing.our, record_id, form)
    return See(f"{LIST}/{record_id}", says=f"conduct.said.{form.way}")
