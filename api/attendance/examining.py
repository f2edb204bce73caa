"""Looks for the signals that show only when punches are compared; after the commit, in a job."""

from datetime import timedelta
from uuid import UUID

from tortoise.expressions import Subquery
from tortoise.queryset import QuerySet

from api.attendance import signals
from api.attendance.models import Punch, PunchSignal, Workday
from api.kit.ids import new_id
from api.kit.transaction import transaction

NEAR = timedelta(days=14)
"""How far apart two days of a worker are compared, in whichever order they were uploaded."""


async def examine(workday_id: UUID) -> int:
    """The signals of a day's punches and of those they touch are kept; how many are new."""
    day = await Workday.get_or_none(id=workday_id)
    if day is None:
        return 0
    first, last = day.day - NEAR, day.day + NEAR
    own = await _seen(Punch.filter(worker_id=day.worker_id, day__gte=first, day__lte=last))
    devices = {each.device_id for each in own if each.day == day.day}
    sharing = await _seen(Punch.filter(device_id__in=list(devices), day=day.day))
    beside = Workday.filter(project_id=day.project_id, team_id=day.team_id, day=day.day)
    team = await _seen(Punch.filter(workday_id__in=Subquery(beside.values("id"))))
    found = [
        *signals.impossible_travel(own),
        *signals.repeated_coordinates(own),
        *signals.device_shared(sharing),
        *(signals.team_distance(team) if day.team_id else ()),
    ]
    return await _keep(found)


async def _seen(rows: QuerySet[Punch]) -> list[signals.Seen]:
    return [
        signals.Seen(
            row.id, row.worker_id, row.team_id, row.device_id, row.day, row.at,
            row.lon, row.lat, row.accuracy_m,
        )
        for row in await rows.order_by("at")
    ]  # fmt: skip


async def _keep(found: list[signals.Found]) -> int:
    days = dict(
        await Punch.filter(id__in=[each.punch_id for each in found]).values_list("id", "workday_id")
    )
    rows = [
        PunchSignal(
            id=new_id(),
            punch_id=each.punch_id,
            workday_id=days[each.punch_id],
            code=each.code,
            value=each.value,
        )
        for each in found
    ]
    async with transaction():
        before = await PunchSignal.filter(punch_id__in=list(days)).count()
        await PunchSignal.bulk_create(rows, ignore_conflicts=True)
        return await PunchSignal.filter(punch_id__in=list(days)).count() - before
