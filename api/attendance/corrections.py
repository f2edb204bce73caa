"""补卡: a missing punch put in by the worker, which waits with its day for the enterprise."""

from datetime import date, timedelta
from uuid import UUID

from api.attendance import deriving, errors, photos
from api.attendance.models import Correction, Punch, Side, State, Workday
from api.attendance.schemas import CorrectionIn
from api.attendance.steps import add_step, tell_enterprise
from api.attendance.taking import policy_about, running_day
from api.audit import service as audit
from api.audit.tags import Tag
from api.engagements import service as engagements
from api.kit import clock
from api.kit.actor import Actor
from api.kit.errors import FieldError
from api.kit.ids import new_id
from api.kit.transaction import transaction
from api.workers import service as workers

REACH = timedelta(days=31)
ALREADY_DECIDED = "这一天已经有结论，不能再补卡。不同意的话请提异议。"


async def correct(actor: Actor, given: CorrectionIn) -> tuple[Correction, bool]:
    """The correction, and whether it is new; its day waits for the enterprise from now on.

    CorrectionTooOld, CorrectionOutsideDay for the future, NotOnSite, WrongState once the day was
    decided: then a dispute is the way.
    """
    worker_id = await workers.verified_id(actor)
    day = await _day(given)
    site = await engagements.on_site(worker_id, given.project_id, day)
    if site is None:
        raise errors.NotOnSite
    if given.photo_id is not None:
        await photos.claim(actor, given.photo_id)
    first = Punch(
        workday_id=await running_day(worker_id, given.project_id, day),
        worker_id=worker_id,
        account_id=actor.id,
        project_id=given.project_id,
        engagement_id=site.id,
        team_id=site.team_id,
        enterprise_id=site.enterprise_id,
        day=day,
    )
    async with transaction():
        await deriving.begin(first)
        return await _add(actor, first.workday_id, given)


async def _day(given: CorrectionIn) -> date:
    day, _ = await policy_about(given.project_id, given.at)
    if given.at > clock.now():
        raise errors.CorrectionOutsideDay(errors=(_fault(),))
    if clock.today() - day > REACH:
        raise errors.CorrectionTooOld
    return day


def _fault() -> FieldError:
    return FieldError("at", errors.CorrectionOutsideDay.code, errors.CorrectionOutsideDay.detail)


async def _add(actor: Actor, workday_id: UUID, given: CorrectionIn) -> tuple[Correction, bool]:
    day = await Workday.filter(id=workday_id).select_for_update().get()
    known_one = await Correction.filter(
        workday_id=day.id, direction=given.direction, at=given.at
    ).first()
    if known_one is not None:
        return known_one, False
    if not day.state.open:
        raise errors.WrongState(ALREADY_DECIDED)
    row = await Correction.create(
        id=new_id(),
        workday_id=day.id,
        worker_id=day.worker_id,
        direction=given.direction,
        at=given.at,
        reason=given.reason,
        photo_id=given.photo_id,
    )
    day = await deriving.derive(day.id)
    await _wait(day)
    await add_step(actor, day, "correct", Side.WORKER, given.reason)
    audit.record(actor, Tag.CORRECTION_REQUESTED, ("workday", day.id), tenant_id=day.enterprise_id)
    await tell_enterprise(actor, day, "workday.corrected")
    return row, True


async def _wait(day: Workday) -> None:
    # Three days from the moment at which the enterprise can see the correction.
    if day.state is State.PENDING:
        day.open_since = clock.now()
        await day.save(update_fields=["open_since"])
