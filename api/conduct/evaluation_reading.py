"""Evaluations as answers: those on oneself and one's teams, those that an enterprise gave."""

from collections.abc import Callable, Sequence

from api.audit import service as audit
from api.audit.tags import Purpose
from api.conduct import queries, subjects
from api.conduct.answers import EvaluationOut
from api.conduct.models import Evaluation
from api.conduct.rules import EvaluationState
from api.kit import clock
from api.kit.actor import Actor
from api.kit.pagination import PageQuery, page
from api.kit.personal import Personal
from api.kit.schemas import Page
from api.kit.transaction import transaction
from api.permissions import Permission

READ, UPDATE = Permission.ENTERPRISE_CONDUCT_READ, Permission.ENTERPRISE_CONDUCT_UPDATE
May = Callable[[Evaluation], list[str]]


async def own(actor: Actor, query: PageQuery) -> Page[EvaluationOut]:
    """A page of what was said of oneself and of the teams that one leads, newest first."""
    rows, cursor = await page(await queries.own_evaluations(actor), query)
    return await _listed(actor, rows, cursor, Purpose.SHOW_OWNER, _subject_may)


async def of_office(actor: Actor, query: PageQuery) -> Page[EvaluationOut]:
    """A page of what the enterprise said of others, newest first."""
    rows, cursor = await page(queries.evaluations_by(actor, READ), query)
    may = _office_may if actor.may(UPDATE) else _nothing
    return await _listed(actor, rows, cursor, Purpose.SHOW_STAFF, may)


def _subject_may(row: Evaluation) -> list[str]:
    return ["contest"] if row.state is EvaluationState.GIVEN else []


def _office_may(row: Evaluation) -> list[str]:
    if row.state is EvaluationState.CONTESTED:
        return ["keep", "withdraw"]
    return ["withdraw"] if row.state.stands else []


def _nothing(_: Evaluation) -> list[str]:
    return []


async def _listed(
    actor: Actor, rows: Sequence[Evaluation], cursor: str | None, purpose: Purpose, may: May
) -> Page[EvaluationOut]:
    names = await subjects.names(rows)
    async with transaction():
        items = [_shown(actor, row, names, purpose, may(row)) for row in rows]
    return Page(items=items, next_cursor=cursor)


def _shown(
    actor: Actor, row: Evaluation, names: subjects.Names, purpose: Purpose, may: list[str]
) -> EvaluationOut:
    def opened(text: Personal | None) -> str:
        return audit.reveal(actor, text, purpose, ("evaluation", row.id)) if text else ""

    return EvaluationOut(
        id=row.id,
        subject=row.subject,
        name=names.subject(row),
        project=names.project(row),
        enterprise=names.proposer(row),
        month=row.month,
        quality=row.quality,
        safety=row.safety,
        teamwork=row.teamwork,
        text=opened(row.text),
        state=row.state,
        said=opened(row.said),
        answer=opened(row.answer),
        given_on=clock.day_of(row.created_at),
        may=may,
    )
