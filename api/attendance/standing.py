"""Where a worker stands now on his sites: come, gone, or not there yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from api.attendance import rules
from api.attendance.deriving import evidence_of
from api.attendance.models import Punch
from api.attendance.rules import Direction
from api.attendance.taking import day_among, shift_of, workday_id
from api.kit import clock
from api.projects.service import PoliciesAbout


@dataclass(frozen=True, slots=True)
class Standing:
    """A worker's work day on one site as far as it has come.

    day: the work day that is running; a night shift's began yesterday. came_at, left_at: the first
    way in and the last way out. inside: whether his last act was to come. is_over: whether the
    shift has ended.
    """

    workday_id: UUID
    day: date
    came_at: datetime | None = None
    left_at: datetime | None = None
    inside: bool = False
    is_over: bool = False

    @property
    def state(self) -> Literal["none", "in", "out"]:
        """Not there yet, come, or gone."""
        if self.inside:
            return "in"
        return "out" if self.left_at else "none"

    @property
    def next(self) -> Literal["in", "out"]:
        """What his next punch most likely is."""
        return "out" if self.inside else "in"

    @property
    def automatic(self) -> Literal["in", "out", ""]:
        """What a phone may punch by itself now: the first way in, the last way out, or nothing."""
        if self.inside:
            return "out" if self.is_over else ""
        return "" if self.left_at or self.is_over else "in"


async def standings(
    worker_id: UUID, policies: Mapping[UUID, PoliciesAbout]
) -> dict[UUID, Standing]:
    """Where the worker stands on each of the projects. `policies`: theirs about today."""
    found = {site: _running(worker_id, site, about) for site, about in policies.items()}
    punches: dict[UUID, list[Punch]] = {each.workday_id: [] for each in found.values()}
    for punch in await Punch.filter(workday_id__in=list(punches)):
        punches[punch.workday_id].append(punch)
    return {site: _stands(each, punches[each.workday_id]) for site, each in found.items()}


def _running(worker_id: UUID, project_id: UUID, about: PoliciesAbout) -> Standing:
    now = clock.now()
    day, policy = day_among(about, now)
    _, end = rules.worked_between(day, shift_of(policy))
    return Standing(workday_id(worker_id, project_id, day.isoformat()), day, is_over=now >= end)


def _stands(running: Standing, punches: list[Punch]) -> Standing:
    acts = rules.acts_of(evidence_of(punch, False) for punch in punches)
    ways_in = [act.at for act in acts if act.direction is Direction.IN]
    ways_out = [act.at for act in acts if act.direction is Direction.OUT]
    return Standing(
        running.workday_id,
        running.day,
        came_at=min(ways_in, default=None),
        left_at=max(ways_out, default=None),
        inside=bool(acts) and acts[-1].direction is Direction.IN,
        is_over=running.is_over,
    )
