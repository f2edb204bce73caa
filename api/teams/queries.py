"""Which teams, members, invitations, offers and acting leaders."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from tortoise.functions import Count
from tortoise.queryset import QuerySet

from api.teams.models import (
    ActingLeader,
    ActingState,
    Handover,
    HandoverState,
    Invitation,
    Member,
    Team,
)

OPEN_ACTING = (ActingState.OFFERED, ActingState.ACCEPTED)


async def own_ids(worker_id: UUID) -> list[UUID]:
    """The teams in which the worker is now."""
    rows = Member.filter(worker_id=worker_id, left_on=None)
    return [UUID(str(found)) for found in await rows.values_list("team_id", flat=True)]


def members(team_id: UUID) -> QuerySet[Member]:
    """Who is in the team now."""
    return Member.filter(team_id=team_id, left_on=None)


async def sizes(team_ids: Iterable[UUID]) -> Counter[UUID]:
    """How many members each team has now; one statement."""
    rows = Member.filter(team_id__in=list(team_ids), left_on=None)
    groups = await rows.annotate(n=Count("id")).group_by("team_id").values_list("team_id", "n")
    return Counter({UUID(str(team_id)): int(n) for team_id, n in groups})


def teams(ids: Iterable[UUID]) -> QuerySet[Team]:
    """These teams, those that are not dissolved."""
    return Team.filter(id__in=list(ids), ended_at=None)


def invitations(team_id: UUID) -> QuerySet[Invitation]:
    """The invitations of a team, old ones too."""
    return Invitation.filter(team_id=team_id)


def open_handovers(team_id: UUID) -> QuerySet[Handover]:
    """The offer of leadership that waits for an answer."""
    return Handover.filter(team_id=team_id, state=HandoverState.OPEN)


def open_acting(team_id: UUID) -> QuerySet[ActingLeader]:
    """The one who is asked to lead for a term, or does or will: one at most."""
    return ActingLeader.filter(team_id=team_id, state__in=OPEN_ACTING)


def acting_in_term(day: date) -> QuerySet[ActingLeader]:
    """The acting leaders whose term holds that day."""
    return ActingLeader.filter(state=ActingState.ACCEPTED, from_on__lte=day, to_on__gte=day)


async def acting_on(team_ids: Iterable[UUID], day: date) -> dict[UUID, UUID]:
    """The acting leader of each of these teams that has one on that day; one statement."""
    rows = acting_in_term(day).filter(team_id__in=list(team_ids))
    found = await rows.values_list("team_id", "worker_id")
    return {UUID(str(team_id)): UUID(str(worker_id)) for team_id, worker_id in found}
