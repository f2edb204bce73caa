"""年龄: on his birthday a worker on a site may come under what his region says of ages (L-32).

Nobody is put off the site by a machine: he and those responsible are told what to do, and the
check before entry says the same from that day on. No record is opened for it: workers are found
by the birthdays on which a rule's ages begin.
"""

from datetime import date, timedelta

from api.audit import service as audit
from api.audit.tags import Tag
from api.engagements import entry_rules, queries
from api.engagements.models import Engagement
from api.engagements.rules import Effect, ages_of, birthdays, effect_of
from api.engagements.telling import tell_offices, tell_worker
from api.kit import clock
from api.kit.actor import SYSTEM
from api.kit.transaction import transaction
from api.workers import service as workers
from api.workers.models import Worker
from verification.id_number import age_on

BACK = timedelta(days=7)
"""A timetable that stood still this long misses nobody."""

TAGS = {
    Effect.WARN: Tag.AGE_WARNED,
    Effect.HEALTH: Tag.AGE_HEALTH_ASKED,
    Effect.BLOCK: Tag.AGE_BLOCKED,
}


async def watch() -> int:
    """Everybody on a site who came under an age rule these days was told; how many were now."""
    today = clock.today()
    days = [today - timedelta(days=back) for back in range(BACK.days, -1, -1)]
    return sum([await _watch_day(day) for day in days])


async def _watch_day(day: date) -> int:
    bands = [band for rules in await entry_rules.all_in_force(day) for band in rules.bands]
    born = await workers.born_on(birthdays(day, ages_of(bands)))
    births = {worker.id: (worker, birth) for worker, birth in born}
    rows = queries.on_site().filter(worker_id__in=list(births), entered_on__lt=day)
    return sum([await _reached(row, *births[row.worker_id], day) for row in await rows])


async def _reached(row: Engagement, worker: Worker, birth: date, day: date) -> bool:
    rules = await entry_rules.in_force(row.region, day)
    age = age_on(birth, day)
    effect = effect_of(rules.bands, worker.sex, age)
    if effect is None or effect is effect_of(rules.bands, worker.sex, age - 1):
        return False
    subject = ("engagement", row.id)
    async with transaction():
        if await audit.has_recorded(SYSTEM, TAGS[effect], subject):
            return False
        audit.record(SYSTEM, TAGS[effect], subject, tenant_id=row.enterprise_id)
        await tell_worker(SYSTEM, row, f"age.{effect}", {"project": str(row.project_id)})
        await tell_offices(SYSTEM, row, f"age.{effect}_office")
    return True
