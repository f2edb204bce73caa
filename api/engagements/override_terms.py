"""特批期限: when the term of an override is over, what is still missing is missing again."""

from datetime import timedelta

from api.audit import service as audit
from api.audit.tags import Tag
from api.engagements import checking, queries
from api.engagements.models import Engagement, Override, State
from api.engagements.telling import tell_offices, tell_region
from api.kit import clock
from api.kit.actor import SYSTEM
from api.kit.transaction import transaction

BACK = timedelta(days=31)
"""A timetable that stood still this long misses no end."""


async def end_terms() -> int:
    """The terms that are over have ended: those responsible and the region's officers were told.

    How many ended now. Nobody is told where nothing is missing any more, or the worker has left.
    """
    today = clock.today()
    over = await queries.overrides_until(today - BACK, today - timedelta(days=1))
    return sum([await _end(override) for override in over])


async def _end(override: Override) -> bool:
    subject = ("entry_override", override.id)
    async with transaction():
        if await audit.has_recorded(SYSTEM, Tag.ENTRY_OVERRIDE_ENDED, subject):
            return False
        row = await Engagement.get(id=override.engagement_id)
        missing = await _still_missing(row)
        audit.record(
            SYSTEM, Tag.ENTRY_OVERRIDE_ENDED, subject, tenant_id=row.enterprise_id, items=missing
        )
        if missing:
            await tell_offices(SYSTEM, row, "entry.override_ended")
            await tell_region(SYSTEM, row, "entry.override_ended_region")
    return True


async def _still_missing(row: Engagement) -> str:
    if row.state != State.ON_SITE:
        return ""
    return ",".join((await checking.find(SYSTEM, row, clock.today())).missing)
