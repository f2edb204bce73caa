"""Who is on which site on a day: the short form for punching, remembered for a moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from uuid import UUID

from api.engagements.models import Engagement, State
from api.kit.memo import GatheredMemo


@dataclass(frozen=True, slots=True)
class EngagementView:
    """A worker's period on a project in short, days included; `left_on` None while he is there."""

    id: UUID
    worker_id: UUID
    project_id: UUID
    team_id: UUID | None
    enterprise_id: UUID
    entered_on: date
    left_on: date | None
    state: State

    def covers(self, day: date) -> bool:
        """Whether he was on the site on that day."""
        return self.entered_on <= day and (self.left_on is None or day <= self.left_on)


COLUMNS = tuple(field.name for field in fields(EngagementView))


async def on_site(worker_id: UUID, project_id: UUID, day: date) -> EngagementView | None:
    """The period in which the worker was on the project on that day, the latest one; else None.

    Remembered for a minute, forgotten in every process when he enters, leaves or changes teams.
    """
    periods = await REMEMBERED.of(_key(worker_id, project_id))
    return next((period for period in periods or () if period.covers(day)), None)


async def _periods(keys: Sequence[str]) -> Mapping[str, tuple[EngagementView, ...]]:
    workers = {key.partition(":")[0] for key in keys}
    rows = Engagement.filter(worker_id__in=workers, entered_on__isnull=False).order_by("-id")
    found: dict[str, tuple[EngagementView, ...]] = dict.fromkeys(keys, ())
    for row in await rows.values(*COLUMNS):
        view = EngagementView(**{**row, "state": State(row["state"])})
        key = _key(view.worker_id, view.project_id)
        found[key] = (*found.get(key, ()), view)
    return found


REMEMBERED: GatheredMemo[tuple[EngagementView, ...]] = GatheredMemo("engagements", 60, _periods)


def forget_presence(row: Engagement) -> None:
    """Let every process ask again for this worker's periods once the transaction has committed."""
    REMEMBERED.forget_after_commit(_key(row.worker_id, row.project_id))


def _key(worker_id: UUID, project_id: UUID) -> str:
    return f"{worker_id}:{project_id}"
