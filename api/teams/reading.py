"""Teams and offers as their members read them."""

from dataclasses import dataclass
from uuid import UUID

from api.kit.actor import Actor
from api.kit.pagination import PageQuery, page
from api.teams import queries
from api.teams.access import member_of
from api.teams.membership import TeamView
from api.teams.models import Handover
from api.teams.schemas import HandoverOut, MemberOut, TeamOut, trade_name
from api.workers import service as workers


@dataclass(frozen=True, slots=True)
class Whole:
    """A team with a page of its members and the offer of leadership that waits."""

    team: TeamOut
    members: tuple[MemberOut, ...]
    cursor: str | None
    offer: HandoverOut | None


async def whole(actor: Actor, team_id: UUID, query: PageQuery) -> Whole:
    """One of the actor's teams with everything on it, in seven statements. NoSuchTeam."""
    found, own = await member_of(actor, team_id)
    rows, cursor = await page(queries.members(found.id), query)
    offer = await queries.open_handovers(found.id).first()
    sizes = await queries.sizes([found.id])
    named = {found.leader_id} | {row.worker_id for row in rows}
    names = await workers.masked_names(named | ({offer.to_worker_id} if offer else set()))
    leading = found.leader_id == own.id
    view = TeamView(found, names.get(found.leader_id, ""), leading, sizes[found.id])
    shown = HandoverOut.of(
        offer, names.get(offer.to_worker_id, ""), offer.to_worker_id == own.id
    ) if offer else None  # fmt: skip
    members = [MemberOut.of(row, names.get(row.worker_id, ""), found.leader_id) for row in rows]
    return Whole(team(view), tuple(members), cursor, shown)


def team(view: TeamView) -> TeamOut:
    """The team as shown."""
    row = view.team
    return TeamOut(
        id=row.id,
        name=row.name,
        trade=row.trade,
        trade_name=trade_name(row.trade),
        leader=view.leader,
        leading=view.leading,
        members=view.members,
        created_at=row.created_at,
    )


async def handover(row: Handover, *, to_me: bool) -> HandoverOut:
    """The offer as shown."""
    names = await workers.masked_names({row.to_worker_id})
    return HandoverOut.of(row, names.get(row.to_worker_id, ""), to_me)
