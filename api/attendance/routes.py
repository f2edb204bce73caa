"""The worker punches, sees his days, mends and disputes them."""

from uuid import UUID

from sanic import Blueprint

from api.accounts.errors import ConsentMissing
from api.attendance import corrections, decisions, errors, known, photos, reading, service
from api.attendance.schemas import (
    BatchIn,
    BatchItemOut,
    BatchOut,
    CorrectionIn,
    CorrectionOut,
    DisputeIn,
    MonthQuery,
    PhotoForm,
    PhotoOut,
    PunchIn,
    PunchOut,
    SettingsIn,
    SettingsOut,
    WorkdayOut,
)
from api.attendance.writer import row_of
from api.files.errors import BadPhoto
from api.kit.actor import Actor
from api.kit.rate_limit import Limit
from api.kit.routes import BATCH_LIMIT, Reply, route
from api.kit.schemas import Page
from api.permissions import Permission
from api.workers.errors import NotVerified

blueprint = Blueprint("attendance", url_prefix="/api/v1")
PUNCH = Permission.WORKER_PUNCHES_CREATE
READ, UPDATE = Permission.WORKER_ATTENDANCE_READ, Permission.WORKER_ATTENDANCE_UPDATE
REFUSALS = (
    NotVerified,
    errors.NotOnSite,
    errors.MethodNotAllowed,
    errors.AutomaticOff,
    ConsentMissing,
    errors.PositionMissing,
    errors.PhotoMissing,
    errors.NoteMissing,
    errors.ClaimTooOld,
    errors.BadSiteCode,
    errors.SiteCodeExpired,
    errors.SiteCodeUsed,
    errors.OtherContent,
)


@route(
    blueprint,
    "POST",
    "/punches",
    permission=PUNCH,
    status=(201, 200),
    errors=REFUSALS,
    limits=(Limit("punch", 300, 60),),
    repeatable=False,
)
async def punch(actor: Actor, body: PunchIn) -> Reply[PunchOut]:
    """Punch in or out; on disk before the answer. The same `client_id` again: the same punch."""
    row, is_new = await service.punch(actor, body)
    return Reply(PunchOut.of(row), 201 if is_new else 200)


@route(
    blueprint,
    "POST",
    "/punches/batch",
    permission=PUNCH,
    errors=(NotVerified,),
    limits=(Limit("punch_batch", 60, 60),),
    largest_body=BATCH_LIMIT,
)
async def punch_batch(actor: Actor, body: BatchIn) -> BatchOut:
    """Up to 200 punches from the offline queue, in any order; what became of each."""
    outcomes = await service.punch_batch(actor, body.punches)
    return BatchOut(
        items=[
            BatchItemOut.of(each.client_id, each.status, each.punch, each.problem)
            for each in outcomes
        ]
    )


@route(blueprint, "GET", "/punches", permission=READ)
async def list_punches(actor: Actor, query: MonthQuery) -> Page[PunchOut]:
    """One's own punches, newest first; `?month=` of their work days."""
    rows, cursor = await reading.own_punches(actor, query.month, query)
    return Page(items=[PunchOut.of(row_of(row)) for row in rows], next_cursor=cursor)


@route(blueprint, "GET", "/punches/<punch_id:uuid>", permission=READ, errors=(errors.NoSuchPunch,))
async def show_punch(actor: Actor, punch_id: UUID) -> PunchOut:
    """One of one's own punches."""
    return PunchOut.of(row_of(await reading.own_punch(actor, punch_id)))


@route(blueprint, "GET", "/workdays", permission=READ)
async def list_workdays(actor: Actor, query: MonthQuery) -> Page[WorkdayOut]:
    """One's own work days with punches and steps; `?month=`."""
    days, cursor = await reading.own_days(actor, query.month, query)
    return Page(items=[WorkdayOut.of(day) for day in days], next_cursor=cursor)


@route(
    blueprint, "GET", "/workdays/<workday_id:uuid>", permission=READ, errors=(errors.NoSuchWorkday,)
)
async def show_workday(actor: Actor, workday_id: UUID) -> WorkdayOut:
    """One of one's own work days, every step with who, when and why."""
    return WorkdayOut.of(await reading.own_day(actor, workday_id))


@route(
    blueprint,
    "POST",
    "/workdays/<workday_id:uuid>/dispute",
    permission=UPDATE,
    errors=(errors.NoSuchWorkday, errors.WrongState),
)
async def dispute_workday(actor: Actor, workday_id: UUID, body: DisputeIn) -> WorkdayOut:
    """Disagree with what was decided on one's day 异议; the enterprise looks again."""
    await decisions.dispute(actor, workday_id, body.reason)
    return WorkdayOut.of(await reading.own_day(actor, workday_id))


@route(
    blueprint,
    "POST",
    "/corrections",
    permission=UPDATE,
    status=(201, 200),
    errors=(
        NotVerified,
        errors.NotOnSite,
        errors.CorrectionOutsideDay,
        errors.CorrectionTooOld,
        errors.PhotoMissing,
        errors.WrongState,
    ),
    limits=(Limit("correction", 30, 3600),),
)
async def correct(actor: Actor, body: CorrectionIn) -> Reply[CorrectionOut]:
    """Put in a missing punch 补卡; its day waits for the enterprise."""
    row, is_new = await corrections.correct(actor, body)
    return Reply(CorrectionOut.of(row), 201 if is_new else 200)


@route(blueprint, "GET", "/me/punch-settings", permission=READ)
async def show_punch_settings(actor: Actor) -> SettingsOut:
    """Whether the phone may punch by itself."""
    return SettingsOut.of(await known.settings_of(actor))


@route(blueprint, "PUT", "/me/punch-settings", permission=UPDATE)
async def put_punch_settings(actor: Actor, body: SettingsIn) -> SettingsOut:
    """Let the phone punch by itself when it is opened on the site, or no longer."""
    return SettingsOut.of(await known.set_automatic(actor, body.automatic))


@route(
    blueprint,
    "POST",
    "/me/punch-photos",
    permission=PUNCH,
    status=201,
    errors=(BadPhoto,),
    limits=(Limit("punch_photo", 40, 3600),),
)
async def add_punch_photo(actor: Actor, form: PhotoForm) -> PhotoOut:
    """Send a photo ahead of the punch that names it."""
    return PhotoOut(photo_id=await photos.add(actor, form.photo))
