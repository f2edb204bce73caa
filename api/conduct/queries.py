"""Which records, evaluations and reviews: one's own, an enterprise's, a region's, the public's."""

from datetime import date
from uuid import UUID

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from api.conduct import rules
from api.conduct.models import ConductRecord, Evaluation, ScoreReview
from api.conduct.rules import State
from api.conduct.schemas import PublicConductQuery, RegionConductQuery
from api.kit import clock
from api.kit.actor import Actor
from api.kit.scope import scope_of, within
from api.permissions import Permission
from api.teams import service as teams
from api.workers import service as workers


async def _himself(actor: Actor) -> Q:
    """What is about the actor, or a team that he leads today."""
    whose = Q(worker_id=workers.id_of_account(actor.id))
    led = await teams.leads(actor)
    return whose | Q(team_id__in=led) if led else whose


async def own(actor: Actor) -> QuerySet[ConductRecord]:
    """Records on the actor himself and on the teams that he leads today, ended ones too."""
    return ConductRecord.filter(await _himself(actor))


def proposed(actor: Actor, permission: Permission) -> QuerySet[ConductRecord]:
    """Those that the actor's enterprise proposed."""
    return ConductRecord.filter(scope_of(actor, permission).rows(tenant="enterprise_id"))


def about(actor: Actor, permission: Permission) -> QuerySet[ConductRecord]:
    """Those on the actor's enterprise itself."""
    return ConductRecord.filter(scope_of(actor, permission).rows(tenant="firm_id"))


def of_region(actor: Actor, permission: Permission) -> QuerySet[ConductRecord]:
    """Those of the actor's region."""
    return ConductRecord.filter(scope_of(actor, permission).rows(region="region"))


def to_hear(actor: Actor, permission: Permission) -> QuerySet[ConductRecord]:
    """Those whose appeal the actor's office decides: one level above the decision."""
    return ConductRecord.filter(scope_of(actor, permission).rows(region="appeal_region"))


def asked_by_region(
    rows: QuerySet[ConductRecord], query: RegionConductQuery
) -> QuerySet[ConductRecord]:
    """Those that the regulator's query asks for."""
    if query.state:
        rows = rows.filter(state=query.state)
    if query.subject:
        rows = rows.filter(subject=query.subject)
    if query.region:
        rows = rows.filter(**within("region", query.region))
    if query.listed:
        rows = rows.filter(restriction_id__isnull=False, state__in=_with_term())
    return rows


def _with_term() -> list[State]:
    return [State.IN_FORCE, State.APPEALED, State.REPAIRING]


def public(query: PublicConductQuery) -> QuerySet[ConductRecord]:
    """What everybody may read today. Expiry counts by the day, not by when the clock ran."""
    rows = ConductRecord.filter(shown=True, valid_to__gte=clock.today())
    if query.subject:
        rows = rows.filter(subject=query.subject)
    return rows.filter(**within("region", query.region)) if query.region else rows


def due(today: date) -> QuerySet[ConductRecord]:
    """Those with which something happens by itself by now."""
    return ConductRecord.filter(due_on__lt=today)


def counting(column: str, subject_id: UUID) -> QuerySet[ConductRecord]:
    """The records on a subject that its score knows."""
    states = [state for state in State if state.counts]
    return ConductRecord.filter(
        **{column: subject_id}, state__in=states, valid_to__gte=clock.today()
    )


def _shown_evaluations() -> QuerySet[Evaluation]:
    return Evaluation.filter(month__gte=rules.first_month(clock.today()))


async def own_evaluations(actor: Actor) -> QuerySet[Evaluation]:
    """Evaluations of the actor and of the teams that he leads, of the last twelve months."""
    return _shown_evaluations().filter(await _himself(actor))


def evaluations_by(actor: Actor, permission: Permission) -> QuerySet[Evaluation]:
    """Those that the actor's enterprise gave, of the last twelve months."""
    scope = scope_of(actor, permission)
    return _shown_evaluations().filter(scope.rows(tenant="enterprise_id"))


def evaluations_of(column: str, subject_id: UUID) -> QuerySet[Evaluation]:
    """Those of one subject, of the last twelve months."""
    return _shown_evaluations().filter(**{column: subject_id})


def reviews(actor: Actor, permission: Permission) -> QuerySet[ScoreReview]:
    """The requests of the actor's region to look at a score."""
    return ScoreReview.filter(scope_of(actor, permission).rows(region="region"))
