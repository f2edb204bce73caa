"""Teams and offers as their members read them."""

from api.teams.membership import TeamView
from api.teams.models import Handover
from api.teams.schemas import HandoverOut, TeamOut, trade_name
from api.workers import service as workers


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
