"""诚信: what is said of him and his teams, his own word on it, his score and why it is that."""

from dataclasses import dataclass
from uuid import UUID

from api.conduct import evaluating, evaluation_reading, hearing, proposing, reading, scoring
from api.conduct.answers import ConductOut, ConductWholeOut, EvaluationOut, OwnScoreOut
from api.conduct.schemas import ReviewIn, StatementForm
from api.kit.actor import Actor
from api.kit.pagination import PageQuery
from api.kit.schemas import Form, Words
from api.permissions import Permission
from h5.areas import worker
from h5.forms import Typed, filled
from h5.pages import See, page
from h5.rendering import View, address
from h5.views.public.published_conduct import shown_in

READ, UPDATE = Permission.WORKER_CONDUCT_READ, Permission.WORKER_CONDUCT_UPDATE
LIST, ONE = "/h5/conduct", "/conduct/<record_id:uuid>"
SCORE, EVALUATIONS = f"{LIST}/score", f"{LIST}/evaluations"


class WordsForm(Form):
    """Some words."""

    text: Words


@dataclass(frozen=True, slots=True)
class ConductListPage(View):
    """All records on him and his teams."""

    template = "worker/conduct.html"
    title = "worker.conduct.title"
    rows: tuple[ConductOut, ...]
    older: str


@dataclass(frozen=True, slots=True)
class ConductPage(View):
    """One record: what it rests on, what comes next, and what he can say."""

    template = "worker/conduct_one.html"
    title = "worker.conduct.one"
    typed: Typed
    row: ConductWholeOut


@dataclass(frozen=True, slots=True)
class ScorePage(View):
    """The score with every reason; a person looks at it when he asks."""

    template = "worker/conduct_score.html"
    title = "worker.conduct.score.title"
    typed: Typed
    found: OwnScoreOut


@dataclass(frozen=True, slots=True)
class EvaluationsPage(View):
    """What enterprises said of his work, each with a way to contest it."""

    template = "worker/conduct_evaluations.html"
    title = "worker.conduct.evaluations.title"
    typed: Typed
    rows: tuple[EvaluationOut, ...]
    older: str


@page(worker, "GET", "/conduct", permission=READ, back="/h5/more")
async def conduct(actor: Actor, query: PageQuery) -> ConductListPage:
    """All records on him and his teams."""
    found = await reading.own(actor, query)
    older = address(LIST, query, cursor=found.next_cursor) if found.next_cursor else ""
    return ConductListPage(tuple(found.items), older)


@page(worker, "GET", "/conduct/score", permission=READ, back=LIST)
async def score(actor: Actor, typed: Typed) -> ScorePage:
    """His score."""
    return ScorePage(typed, await scoring.own(actor))


@page(
    worker, "POST", "/conduct/score/reviews", permission=UPDATE, again=score,
    limits=(scoring.ASKING,),
)  # fmt: skip
async def ask_review(actor: Actor, form: WordsForm) -> See:
    """Ask that a person looks at it."""
    await scoring.ask_review(actor, filled(ReviewIn, form.model_dump()))
    return See(SCORE, says="worker.conduct.score.asked")


@page(worker, "GET", "/conduct/evaluations", permission=READ, back=LIST)
async def evaluations(actor: Actor, query: PageQuery, typed: Typed) -> EvaluationsPage:
    """What enterprises said of his work."""
    found = await evaluation_reading.own(actor, query)
    older = address(EVALUATIONS, query, cursor=found.next_cursor) if found.next_cursor else ""
    return EvaluationsPage(typed, tuple(found.items), older)


@page(
    worker, "POST", "/conduct/evaluations/<evaluation_id:uuid>/contest", permission=UPDATE,
    again=evaluations, limits=(hearing.STATING,),
)  # fmt: skip
async def contest(actor: Actor, evaluation_id: UUID, form: WordsForm) -> See:
    """Say that it is not so."""
    await evaluating.contest(actor, evaluation_id, form.text)
    return See(EVALUATIONS, says="worker.conduct.evaluations.contested")


@page(worker, "GET", ONE, permission=READ, back=LIST)
async def one(actor: Actor, record_id: UUID, typed: Typed) -> ConductPage:
    """One record with every step."""
    return ConductPage(typed, shown_in("h5", await reading.own_one(actor, record_id)))


@page(
    worker, "POST", f"{ONE}/statements", permission=UPDATE, again=one,
    limits=(hearing.STATING,), largest_body=proposing.MOST_BYTES,
)  # fmt: skip
async def state(actor: Actor, record_id: UUID, form: StatementForm) -> See:
    """His own word: an answer, an appeal, a repair asked for."""
    await hearing.state(actor, hearing.own, record_id, form)
    return See(f"{LIST}/{record_id}", says=f"conduct.said.{form.way}")
