"""Forgets what is over its term: where exactly a punch was taken, and at last the whole ledger.

Of a place a hundred metres are left; the verdict and the distance stay, and they are what a day
rests on.
"""

from datetime import timedelta
from uuid import UUID

from tortoise import connections
from tortoise.expressions import Subquery

from api.attendance.models import Correction, Punch, PunchSignal, Workday, WorkdayStep
from api.audit import service as audit
from api.audit.tags import Tag
from api.kit import clock
from api.kit.actor import SYSTEM
from api.kit.transaction import CONNECTION, is_sqlite, transaction
from api.settings import settings

MANY = 500
ROUNDED = {True: "round({}, 3)", False: "round({}::numeric, 3)::float8"}
"""Three decimals of a degree: 111 m from south to north, 65 to 105 m from west to east in China.

The database's trigger lets through exactly this, so both say it in the database's own words.
"""


async def round_positions(many: int = MANY) -> int:
    """Punches older than `POSITION_DAYS` have a place to about 100 m; how many were rounded.

    The place as the phone gave it goes altogether: two grids laid over each other would tell more
    than one. One transaction takes so `many`.
    """
    before = clock.now() - timedelta(days=settings().position_days)
    exact = Punch.filter(received_at__lt=before, given_lon__isnull=False).order_by("received_at")
    rounded = 0
    while found := await exact.limit(many).values_list("id", "received_at"):
        rounded += await _round([UUID(str(punch_id)) for punch_id, _ in found])
        exact = exact.filter(received_at__gte=found[-1][1])
    return rounded


async def forget(worker_id: UUID, project_id: UUID) -> int:
    """All days and punches of a released pair go (`engagements.releasing`); how many rows.

    What hangs on a day goes before it: the triggers find the period by the day.
    """
    pair = {"worker_id": worker_id, "project_id": project_id}
    days = Subquery(Workday.filter(**pair).values("id"))
    async with transaction():
        gone = 0
        for model in (PunchSignal, WorkdayStep, Correction):
            gone += await model.filter(workday_id__in=days).delete()
        gone += await Punch.filter(**pair).delete()
        return gone + await Workday.filter(**pair).delete()


async def _round(ids: list[UUID]) -> int:
    sqlite = is_sqlite()
    marks = ", ".join("?" if sqlite else f"${number + 1}" for number in range(len(ids)))
    lon, lat = (ROUNDED[sqlite].format(name) for name in ("lon", "lat"))
    # Only our own column names and placeholders stand in the text.
    statement = (
        f'UPDATE "punch" SET "lon" = {lon}, "lat" = {lat}, "given_lon" = NULL, '  # noqa: S608
        f'"given_lat" = NULL WHERE "id" IN ({marks})'
    )
    async with transaction():
        values = [str(each) if sqlite else each for each in ids]
        await connections.get(CONNECTION).execute_query(statement, values)
        audit.record(SYSTEM, Tag.POSITIONS_ROUNDED, ("punch", None), count=len(ids))
    return len(ids)
