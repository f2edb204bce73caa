"""The recovery and the takeover of the matrix."""

from datetime import timedelta
from uuid import UUID

from api.kit import clock
from api.kit.ids import new_id
from api.recovery.models import Recovery
from api.recovery.rules import State
from api.teams.models import Member
from api.workers.models import Takeover, TakeoverState
from tests.cast import FIRM_A, Client


async def made(client: Client, ids: dict[str, UUID]) -> dict[str, UUID]:
    """A colleague of Zhang and the leader asks them and firm A; Wang asks for Zhang's record."""
    await since_yesterday(ids)
    recovery = await Recovery.create(
        verification_id=new_id(), account_id=client.cast.ids["wang"],
        worker_id=ids["into_id"], team_id=ids["team_id"], enterprise_id=FIRM_A,
    )  # fmt: skip
    takeover = await Takeover.create(
        verification_id=ids["verification_id"], worker_id=ids["worker_id"],
        open_worker_id=ids["worker_id"], account_id=client.cast.ids["wang"],
        before_id=client.cast.ids["zhang"], due_at=clock.now() + timedelta(days=1),
    )  # fmt: skip
    return {"recovery_id": recovery.id, "takeover_id": takeover.id}


async def since_yesterday(ids: dict[str, UUID]) -> None:
    """Whoever is in the team was in it yesterday."""
    yesterday = clock.today() - timedelta(days=1)
    await Member.filter(team_id=ids["team_id"]).update(joined_on=yesterday)


async def put_back(ids: dict[str, UUID]) -> None:
    """Both wait again."""
    await Recovery.filter(id=ids["recovery_id"]).update(state=State.OPEN, ended_at=None)
    row = Takeover.filter(id=ids["takeover_id"])
    await row.update(state=TakeoverState.WAITING, ended_at=None)
