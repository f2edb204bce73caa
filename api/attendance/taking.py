"""打卡: what is asked of a punch before it is written, and what is written then.

Signals lead to a look, they refuse nothing. A refusal says what to do instead.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid5

from api.accounts import service as accounts
from api.accounts.service import ConsentPurpose
from api.attendance import errors, known, photos, rules, signals, site_codes
from api.attendance.models import Method, Punch, Verdict, Workday
from api.attendance.schemas import PositionIn, PunchIn
from api.attendance.writer import PunchRow
from api.engagements import service as engagements
from api.engagements.service import EngagementView
from api.kit import clock
from api.kit.actor import Actor
from api.kit.crypto import keyring
from api.kit.errors import FieldError, Invalid
from api.kit.ids import new_id
from api.projects import service as projects
from api.projects.service import AttendancePolicy, FenceInForce, PoliciesAbout
from api.workers import service as workers
from geofence.datum import to_wgs84
from geofence.decision import Judgement, Policy, judge
from geofence.fix import Fix
from geofence.points import Datum, Wgs84, point_in
from geofence.sentences import verdict_sentence

WORKDAYS = UUID("3f8a4a52-6a3b-4f0e-9a0e-2f1f0c7d9b11")
"""Namespace of work day ids."""
LATE = timedelta(minutes=5)
"""A claim that lies further back comes from the offline queue: then the claim counts."""
OLDEST = timedelta(hours=72)
BY_CODE = "已凭工地的码打卡，不用再打。"
POSITION = (
    "lon", "lat", "given_lon", "given_lat", "datum", "accuracy_m", "taken_at",
)  # fmt: skip
BY_HAND = "已登记，等劳资专管员确认。"


@lru_cache(maxsize=16384)
def workday_id(worker_id: UUID, project_id: UUID, day: str) -> UUID:
    """The id of a worker's day on a project, known before the day is."""
    return uuid5(WORKDAYS, f"{worker_id}:{project_id}:{day}")


async def running_day(worker_id: UUID, project_id: UUID, day: date) -> UUID:
    """The day's id; that of a record that was merged into the worker's where it began already."""
    ids = await workers.earlier_ids(worker_id)
    if ids:
        begun = {"worker_id__in": ids, "project_id": project_id, "day": day}
        if drawn := await Workday.filter(**begun).first():
            return drawn.id
        if punch := await Punch.filter(**begun).first():
            return punch.workday_id
    return workday_id(worker_id, project_id, day.isoformat())


def shift_of(policy: AttendancePolicy) -> rules.Shift:
    """The policy's shift."""
    start = policy.shift_start.hour * 60 + policy.shift_start.minute
    end = policy.shift_end.hour * 60 + policy.shift_end.minute
    return rules.Shift(start, end + 24 * 60 if policy.shift_end_next_day else end)


async def policy_about(project_id: UUID, instant: datetime) -> tuple[date, AttendancePolicy]:
    """The work day of an instant on a project, and the policy of that day."""
    return day_among(await projects.policies_about(project_id, clock.day_of(instant)), instant)


def day_among(about: PoliciesAbout, instant: datetime) -> tuple[date, AttendancePolicy]:
    """The work day of an instant, and its policy among those about the instant's date."""
    today = clock.day_of(instant)
    day = rules.workday_of(instant, _shifts(about))
    if day == today:
        return day, about.own
    return day, about.before if day < today else about.after


@lru_cache(maxsize=4096)
def _shifts(about: PoliciesAbout) -> rules.Shifts:
    return shift_of(about.before), shift_of(about.own), shift_of(about.after)


def content_of(command: PunchIn) -> str:
    """The keyed digest of what was sent: equal for a repeat, whatever its spelling."""
    return keyring().digest(command.model_dump_json().encode())


def counted_at(claimed_at: datetime | None, received_at: datetime) -> tuple[datetime, bool]:
    """The instant that counts, and whether it is the claim of a late upload.

    The server's time decides. ClaimTooOld after 72 hours.
    """
    if claimed_at is None or claimed_at > received_at - LATE:
        return received_at, False
    if claimed_at < received_at - OLDEST:
        raise errors.ClaimTooOld
    return claimed_at, True


@dataclass(frozen=True, slots=True)
class _Moment:
    """When and as what the punch counts: the engagement and policy of its work day."""

    worker_id: UUID
    received_at: datetime
    at: datetime
    late: bool
    day: date
    policy: AttendancePolicy
    site: EngagementView


async def taken(actor: Actor, command: PunchIn) -> PunchRow:
    """The row of a punch, judged and not yet written. Raises what refuses it."""
    when = await _moment(actor, command)
    await _require(actor, command, when.policy)
    code = _site_code(command, when.at)
    place = place_of(command.position) if command.position else None
    judgement, fence = await _judged(command, when, place)
    verdict, detail = _words(command, judgement)
    return PunchRow(
        **_sent(command),
        **_position(command.position, place),
        id=new_id(),
        created_at=when.received_at,
        worker_id=when.worker_id,
        account_id=actor.id,
        engagement_id=when.site.id,
        team_id=when.site.team_id,
        enterprise_id=when.site.enterprise_id,
        workday_id=await running_day(when.worker_id, command.project_id, when.day),
        day=when.day,
        at=when.at,
        received_at=when.received_at,
        late_upload=when.late,
        verdict=verdict.value,
        detail=detail,
        distance_m=judgement.distance_m if judgement else None,
        fence_id=fence.id if fence else None,
        fence_version=fence.version if fence else None,
        gate=code.gate if code else None,
        code_use=code.use if code else None,
        signals=",".join(_signals(command, when)),
    )


async def _moment(actor: Actor, command: PunchIn) -> _Moment:
    worker_id = await workers.verified_id(actor)
    received_at = clock.now()
    at, late = counted_at(command.claimed_at, received_at)
    day, policy = await policy_about(command.project_id, at)
    site = await engagements.on_site(worker_id, command.project_id, day)
    if site is None:
        raise errors.NotOnSite
    return _Moment(worker_id, received_at, at, late, day, policy, site)


def _sent(command: PunchIn) -> dict[str, Any]:
    """The columns that are as they were sent."""
    return {
        "client_id": command.client_id,
        "content": content_of(command),
        "project_id": command.project_id,
        "direction": command.direction,
        "method": command.method.value,
        "claimed_at": command.claimed_at,
        "device_id": command.device_id,
        "photo_id": command.photo_id,
        "note": command.note or "",
    }


def place_of(position: PositionIn) -> Wgs84:
    """The position in WGS-84, whatever map its numbers are from."""
    return to_wgs84(point_in(Datum(position.datum), lon=position.lon, lat=position.lat))


def _position(position: PositionIn | None, place: Wgs84 | None) -> dict[str, Any]:
    """The columns of the position: canonical, as it came, and how sure it is."""
    if position is None or place is None:
        return dict.fromkeys(POSITION)
    given = (position.lon, position.lat, position.datum, position.accuracy_m, position.taken_at)
    return dict(zip(POSITION, (place.lon, place.lat, *given), strict=True))


def _signals(command: PunchIn, when: _Moment) -> tuple[signals.Signal, ...]:
    position = command.position
    return signals.at_once(
        at=when.at,
        received_at=when.received_at,
        claimed_at=command.claimed_at,
        taken_at=position.taken_at if position else None,
        accuracy_m=position.accuracy_m if position else None,
        late=when.late,
    )


async def _require(actor: Actor, command: PunchIn, policy: AttendancePolicy) -> None:
    """Raise unless this way of punching is open to the actor and everything it needs is there."""
    allowed = {method.value for method in policy.methods} | {Method.MANUAL.value}
    if command.method.value not in allowed:
        raise errors.MethodNotAllowed
    if command.method is Method.AUTOMATIC and not await known.is_automatic(actor):
        raise errors.AutomaticOff
    if command.method is Method.MANUAL and not command.note:
        raise _missing(errors.NoteMissing, "note")
    if command.position is not None:
        await accounts.require_consent(actor, ConsentPurpose.LOCATION)
    elif command.method in (Method.FENCE, Method.AUTOMATIC):
        raise _missing(errors.PositionMissing, "position")
    if policy.photo and command.photo_id is None:
        raise _missing(errors.PhotoMissing, "photo_id")
    if command.photo_id is not None:
        await photos.claim(actor, command.photo_id)


def _missing(kind: type[Invalid], path: str) -> Invalid:
    return kind(errors=(FieldError(path, kind.code, kind.detail),))


def _site_code(command: PunchIn, at: datetime) -> site_codes.SiteCode | None:
    if command.method is not Method.SITE_CODE:
        return None
    return site_codes.read(command.site_code or "", command.project_id, at)


async def _judged(
    command: PunchIn, when: _Moment, place: Wgs84 | None
) -> tuple[Judgement | None, FenceInForce | None]:
    position = command.position
    if position is None or place is None:
        return None, None
    fences = await projects.fences_in_force(command.project_id, when.at)
    if not fences:
        # Taken before the first fence was drawn and uploaded since: judged by what there is now.
        fences = await projects.fences_in_force(command.project_id, when.received_at)
    fix = Fix(point=place, accuracy_m=position.accuracy_m, taken_at=position.taken_at)
    bounds = _bounds(when.policy.tolerance_m)
    judgement = judge(fix, [each.fence for each in fences], bounds, when.at)
    nearest = (each for each in fences if each.fence.id == judgement.fence_id)
    return judgement, next(nearest, None)


@lru_cache(maxsize=512)
def _bounds(tolerance_m: int) -> Policy:
    return Policy(tolerance_m=tolerance_m)


def _words(command: PunchIn, judgement: Judgement | None) -> tuple[Verdict, str]:
    if judgement is None:
        is_code = command.method is Method.SITE_CODE
        return Verdict.NO_POSITION, BY_CODE if is_code else BY_HAND
    return Verdict(judgement.verdict.value), verdict_sentence(judgement)
