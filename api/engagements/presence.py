"""Who is on which site on a day: the short form for punching, remembered for a moment."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from api.engagements.models import Engagement, State
from api.kit.cache import cache
from api.kit.memo import Memo, forget
from api.kit.transaction import unit


@dataclass(frozen=True, slots=True)
class EngagementView:
    """A worker's period on a project in short, days included; `left_on` None while he is there."""

    id: UUID
    project_id: UUID
    team_id: UUID | None
    enterprise_id: UUID
    entered_on: date
    left_on: date | None
    state: State

    def covers(self, day: date) -> bool:
        """Whether he was on the site on that day."""
        return self.entered_on <= day and (self.left_on is None or day <= self.left_on)


REMEMBERED: Memo[tuple[EngagementView, ...]] = Memo("engagements", ttl_s=60)


async def on_site(worker_id: UUID, project_id: UUID, day: date) -> EngagementView | None:
    """The period in which the worker was on the project on that day, the latest one; else None.

    Remembered for a minute, forgotten in every process when he enters, leaves or changes teams.
    """

    async def load() -> tuple[EngagementView, ...]:
        rows = Engagement.filter(
            worker_id=worker_id, project_id=project_id, entered_on__isnull=False
        )
        return tuple(_view(row) for row in await rows.order_by("-id"))

    periods = await REMEMBERED.get(_key(worker_id, project_id), load)
    return next((period for period in periods if period.covers(day)), None)


def forget_presence(row: Engagement) -> None:
    """Let every process ask again for this worker's periods once the transaction has committed."""
    key = _key(row.worker_id, row.project_id)
    unit().after_commit.append(partial(forget, cache(), REMEMBERED.name, key))


def _key(worker_id: UUID, project_id: UUID) -> str:
    return f"{worker_id}:{project_id}"


def _view(row: Engagement) -> EngagementView:
    if row.entered_on is None:
        raise ValueError("not entered")
    return EngagementView(
        id=row.id,
        project_id=row.project_id,
        team_id=row.team_id,
        enterprise_id=row.enterprise_id,
        entered_on=row.entered_on,
        left_on=row.left_on,
        state=State(row.state),
    )
