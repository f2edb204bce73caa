"""One's own conduct: what is said of one, one's answer, the score and why it is what it is."""

from uuid import UUID

from sanic import Blueprint

from api.conduct import errors, evaluating, evaluation_reading, hearing, proposing, reading, scoring
from api.conduct.answers import ConductOut, ConductWholeOut, EvaluationOut, OwnScoreOut
from api.conduct.schemas import ReviewIn, StatementForm
from api.files.errors import BadPhoto
from api.kit.actor import Actor
from api.kit.errors import TooMany
from api.kit.pagination import PageQuery
from api.kit.routes import route
from api.kit.schemas import Page
from api.permissions import Permission
from api.workers.errors import NoSuchWorker

blueprint = Blueprint("conduct", url_prefix="/api/v1/me")
READ, UPDATE = Permission.WORKER_CONDUCT_READ, Permission.WORKER_CONDUCT_UPDATE
ALL, ONE = "/conduct", "/conduct/<record_id:uuid>"
NONE = errors.NoSuchConduct


@route(blueprint, "GET", ALL, permission=READ)
async def list_conduct(actor: Actor, query: PageQuery) -> Page[ConductOut]:
    """Records on oneself and on the teams that one leads, ended ones too."""
    return await reading.own(actor, query)


@route(blueprint, "GET", ONE, permission=READ, errors=(NONE,))
async def show_conduct(actor: Actor, record_id: UUID) -> ConductWholeOut:
    """One record: what it rests on, every step, and what can be said now."""
    return await reading.own_one(actor, record_id)


@route(
    blueprint, "POST", f"{ONE}/statements", permission=UPDATE,
    errors=(NONE, errors.WrongStep, errors.TooEarly, BadPhoto, TooMany),
    limits=(hearing.STATING,), largest_body=proposing.MOST_BYTES,
)  # fmt: skip
async def make_statement(actor: Actor, record_id: UUID, form: StatementForm) -> ConductWholeOut:
    """One's own words: an answer 申辩 before anybody decides, an appeal 申诉, a repair 修复."""
    await hearing.state(actor, hearing.own, record_id, form)
    return await reading.own_one(actor, record_id)


@route(blueprint, "GET", "/evaluations", permission=READ)
async def list_evaluations(actor: Actor, query: PageQuery) -> Page[EvaluationOut]:
    """What enterprises said of one's work and teams in the last twelve months."""
    return await evaluation_reading.own(actor, query)


@route(
    blueprint, "POST", "/evaluations/<evaluation_id:uuid>/contest", permission=UPDATE, status=204,
    errors=(errors.NoSuchEvaluation, errors.WrongStep, TooMany), limits=(hearing.STATING,),
)  # fmt: skip
async def contest_evaluation(actor: Actor, evaluation_id: UUID, body: ReviewIn) -> None:
    """One's own words against an evaluation; it does not count until it is answered."""
    await evaluating.contest(actor, evaluation_id, body.text)


@route(blueprint, "GET", "/conduct/score", permission=READ, errors=(NoSuchWorker,))
async def show_score(actor: Actor) -> OwnScoreOut:
    """One's own score with every reason that made it."""
    return await scoring.own(actor)


@route(
    blueprint, "POST", "/conduct/score/reviews", permission=UPDATE, status=201,
    errors=(NoSuchWorker, errors.AlreadyAsked, TooMany), limits=(scoring.ASKING,),
)  # fmt: skip
async def ask_review(actor: Actor, body: ReviewIn) -> OwnScoreOut:
    """Let a person look at the score (PIPL, article 24)."""
    await scoring.ask_review(actor, body)
    return await scoring.own(actor)
