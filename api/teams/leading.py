"""Who leads a team today: its leader, and beside him an acting leader during his term.

The one place that says so. The role `team_leader` gives nobody a team: the rows decide.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from api.kit import clock
from api.teams import queries
from api.teams.models import ActingLeader, ActingState, Team
from api.workers.models import Worker


@dataclass(frozen=True, slots=True)
class Leaders:
    """The workers who lead a team today."""

    leader_id: UUID
    acting_id: UUID | None

    @property
    def ids(self) -> frozenset[UUID]:
        """Both of them."""
        return frozenset({self.leader_id} | ({self.acting_id} if self.acting_id else set()))


@dataclass(frozen=True, slots=True)
class Lead:
    """A team, and by whom of its leaders an act on it is done."""

    team: Team
    worker: Worker
    acting: bool
    """Whether he does it as the acting leader: every audit line of such an act says so."""


async def leaders_today(teams: Iterable[Team]) -> dict[UUID, Leaders]:
    """The leaders of these teams by team. One statement."""
    listed = list(teams)
    acting = await queries.acting_on([team.id for team in listed], clock.today())
    return {team.id: Leaders(team.leader_id, acting.get(team.id)) for team in listed}


async def leaders_of(team: Team) -> Leaders:
    """The leaders of one team."""
    return (await leaders_today([team]))[team.id]


def leaders_with(team: Team, term: ActingLeader | None) -> Leaders:
    """The same without a statement, where the team's one open term is known."""
    today = clock.today()
    if term is None or term.state is not ActingState.ACCEPTED:
        return Leaders(team.leader_id, None)
    holds = term.from_on <= today <= term.to_on
    return Leaders(team.leader_id, term.worker_id if holds else None)
