"""Conduct for the authority: propose, decide, hear appeals, grant repairs, look at scores."""

from uuid import UUID

from sanic import Blueprint

from api.conduct import deciding, errors, proposing, reading, scoring
from api.conduct.answers import ConductOut, ConductWholeOut, ReviewOut, ScoreOut
from api.conduct.schemas import (
    DecisionIn,
    ProposalForm,
    RegionConductQuery,
    ReviewAnswerIn,
    ReviewQuery,
    RulingIn,
)
from api.files.errors import BadPhoto
from api.kit.actor import Actor
from api.kit.errors import TooMany
from api.kit.routes import route
from api.kit.schemas import Page
from api.permissions import Permission
from api.projects.errors import NoSuchProject

blueprint = Blueprint("conduct_oversight", url_prefix="/api/v1/regulator")
READ, UPDATE = Permission.REGULATOR_CONDUCT_READ, Permission.REGULATOR_CONDUCT_UPDATE
ALL, ONE = "/conduct", "/conduct/<record_id:uuid>"
NONE = errors.NoSuchConduct
REFUSED = (NONE, errors.WrongStep, errors.SecondPerson)


@route(blueprint, "GET", ALL, permission=READ)
async def list_region_conduct(actor: Actor, query: RegionConductQuery) -> Page[ConductOut]:
    """Records of the region; `?state=to_decide` is the queue, `?appeals=true` ours to hear."""
    return await reading.of_region(actor, query)


@route(
    blueprint, "POST", ALL, permission=UPDATE, status=201,
    limits=(proposing.PROPOSING,), largest_body=proposing.MOST_BYTES,
    errors=(
        NoSuchProject, errors.UnknownSubject, errors.WrongKind, errors.CannotBeTold, BadPhoto,
        TooMany,
    ),
)  # fmt: skip
async def open_conduct(actor: Actor, form: ProposalForm) -> ConductWholeOut:
    """Propose conduct oneself, also bad conduct of an enterprise; a colleague decides."""
    row = await proposing.by_authority(actor, form)
    return await reading.region_one(actor, row.id)


@route(blueprint, "GET", ONE, permission=READ, errors=(NONE,))
async def show_region_conduct(actor: Actor, record_id: UUID) -> ConductWholeOut:
    """One of them with everything; the audit keeps who read it."""
    return await reading.region_one(actor, record_id)


@route(blueprint, "GET", f"{ONE}/score", permission=READ, errors=(NONE,))
async def show_subject_score(actor: Actor, record_id: UUID) -> ScoreOut:
    """The score of whose record it is, with every reason; the audit keeps who looked."""
    return await reading.region_score(actor, record_id)


@route(
    blueprint, "POST", f"{ONE}/decision", permission=UPDATE,
    errors=(*REFUSED, errors.BadTerm, errors.BadRestriction),
)  # fmt: skip
async def decide_conduct(actor: Actor, record_id: UUID, body: DecisionIn) -> ConductWholeOut:
    """Uphold 认定 with level and term, or refuse; after the subject was heard."""
    await deciding.decide(actor, record_id, body)
    return await reading.region_one(actor, record_id)


@route(blueprint, "POST", f"{ONE}/appeal-ruling", permission=UPDATE, errors=REFUSED)
async def rule_on_appeal(actor: Actor, record_id: UUID, body: RulingIn) -> ConductWholeOut:
    """Decide on an appeal, one level above the decision."""
    await deciding.rule_on_appeal(actor, record_id, body)
    return await reading.region_one(actor, record_id)


@route(
    blueprint, "POST", f"{ONE}/repair-ruling", permission=UPDATE, errors=(NONE, errors.WrongStep)
)  # fmt: skip
async def rule_on_repair(actor: Actor, record_id: UUID, body: RulingIn) -> ConductWholeOut:
    """Grant a repair, or let the record go on."""
    await deciding.rule_on_repair(actor, record_id, body)
    return await reading.region_one(actor, record_id)


@route(blueprint, "GET", "/score-reviews", permission=READ)
async def list_score_reviews(actor: Actor, query: ReviewQuery) -> Page[ReviewOut]:
    """Workers who ask that a person look at their score."""
    return await scoring.reviews(actor, query)


@route(
    blueprint, "POST", "/score-reviews/<review_id:uuid>/answer", permission=UPDATE, status=204,
    errors=(errors.NoSuchReview,),
)  # fmt: skip
async def answer_score_review(actor: Actor, review_id: UUID, body: ReviewAnswerIn) -> None:
    """Say what was found, and add to the score what it lacked."""
    await scoring.answer(actor, review_id, body)
