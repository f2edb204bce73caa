"""Conduct for enterprises: what they propose, what is on themselves, what they say of others."""

from uuid import UUID

from sanic import Blueprint

from api.conduct import errors, evaluating, evaluation_reading, hearing, proposing, reading
from api.conduct.answers import ConductOut, ConductWholeOut, EvaluationOut
from api.conduct.schemas import (
    EvaluationIn,
    OfficeConductQuery,
    ProposalForm,
    ReasonIn,
    SettlementIn,
    StatementForm,
)
from api.files.errors import BadPhoto
from api.kit.actor import Actor
from api.kit.errors import TooMany
from api.kit.pagination import PageQuery
from api.kit.routes import route
from api.kit.schemas import Page
from api.permissions import Permission
from api.projects.errors import NoSuchProject

blueprint = Blueprint("conduct_office", url_prefix="/api/v1/enterprise")
READ, UPDATE = Permission.ENTERPRISE_CONDUCT_READ, Permission.ENTERPRISE_CONDUCT_UPDATE
ANSWER = Permission.ENTERPRISE_CONDUCT_ANSWER
ALL, ONE = "/conduct", "/conduct/<record_id:uuid>"
NONE = errors.NoSuchConduct


@route(blueprint, "GET", ALL, permission=READ)
async def list_office_conduct(actor: Actor, query: OfficeConductQuery) -> Page[ConductOut]:
    """What the enterprise proposed, or with `?about=us` what is on itself."""
    return await reading.of_office(actor, query)


@route(
    blueprint, "POST", ALL, permission=UPDATE, status=201,
    limits=(proposing.PROPOSING,), largest_body=proposing.MOST_BYTES,
    errors=(
        NoSuchProject, errors.UnknownSubject, errors.WrongKind, errors.CannotBeTold, BadPhoto,
        TooMany,
    ),
)  # fmt: skip
async def propose_conduct(actor: Actor, form: ProposalForm) -> ConductWholeOut:
    """Propose good or bad conduct of a worker or team, or good conduct of another enterprise."""
    row = await proposing.by_enterprise(actor, form)
    return await reading.office_one(actor, row.id)


@route(blueprint, "GET", ONE, permission=READ, errors=(NONE,))
async def show_office_conduct(actor: Actor, record_id: UUID) -> ConductWholeOut:
    """One of them with its steps; what another subject said is for the authority."""
    return await reading.office_one(actor, record_id)


@route(
    blueprint, "POST", f"{ONE}/withdrawal", permission=UPDATE, errors=(NONE, errors.WrongStep)
)  # fmt: skip
async def withdraw_conduct(actor: Actor, record_id: UUID, body: ReasonIn) -> ConductWholeOut:
    """Take back what nobody decided yet."""
    await proposing.withdraw(actor, record_id, body.reason)
    return await reading.office_one(actor, record_id)


@route(
    blueprint, "POST", f"{ONE}/statements", permission=ANSWER,
    errors=(NONE, errors.WrongStep, errors.TooEarly, BadPhoto, TooMany),
    limits=(hearing.STATING,), largest_body=proposing.MOST_BYTES,
)  # fmt: skip
async def make_statement(actor: Actor, record_id: UUID, form: StatementForm) -> ConductWholeOut:
    """The enterprise's own words: an answer 申辩, an appeal 申诉, a repair 修复 asked for."""
    await hearing.state(actor, hearing.our, record_id, form)
    return await reading.office_one(actor, record_id)


@route(blueprint, "GET", "/evaluations", permission=READ)
async def list_office_evaluations(actor: Actor, query: PageQuery) -> Page[EvaluationOut]:
    """What the enterprise said of workers and teams in the last twelve months."""
    return await evaluation_reading.of_office(actor, query)


@route(
    blueprint, "POST", "/evaluations", permission=UPDATE, status=204,
    errors=(NoSuchProject, errors.UnknownSubject, errors.AlreadyEvaluated),
)  # fmt: skip
async def evaluate(actor: Actor, body: EvaluationIn) -> None:
    """Say how a worker or team did in a month; they read it."""
    await evaluating.evaluate(actor, body)


@route(
    blueprint, "POST", "/evaluations/<evaluation_id:uuid>/settlement", permission=UPDATE,
    status=204, errors=(errors.NoSuchEvaluation, errors.WrongStep),
)  # fmt: skip
async def settle_evaluation(actor: Actor, evaluation_id: UUID, body: SettlementIn) -> None:
    """Keep a contested evaluation, or take one back."""
    await evaluating.settle(actor, evaluation_id, body)
