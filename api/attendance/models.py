"""Punches, work days with their steps, corrections, settings of punching, signals."""

from enum import StrEnum, unique

from tortoise import fields

from api.kit.fields import InstantField, Record


@unique
class Method(StrEnum):
    """How a punch is taken."""

    FENCE = "fence"
    AUTOMATIC = "automatic"
    SITE_CODE = "site_code"
    MANUAL = "manual"


@unique
class Verdict(StrEnum):
    """Where a punch was taken, as far as that is known."""

    INSIDE = "inside"
    NEAR = "near"
    OUTSIDE = "outside"
    UNCERTAIN = "uncertain"
    NO_POSITION = "no_position"


@unique
class State(StrEnum):
    """Where a work day stands."""

    INCOMPLETE = "incomplete"
    PENDING = "pending"
    CONFIRMED = "confirmed"
    AUTO_CONFIRMED = "auto_confirmed"
    REJECTED = "rejected"
    DISPUTED = "disputed"
    CONTESTED = "contested"
    SETTLED = "settled"

    @property
    def open(self) -> bool:
        """Whether nobody has decided yet: new punches still change what the day amounts to."""
        return self in (State.INCOMPLETE, State.PENDING)


@unique
class Side(StrEnum):
    """Whose step it is."""

    WORKER = "worker"
    ENTERPRISE = "enterprise"
    SYSTEM = "system"


class Punch(Record):
    """One punch 打卡 as it came. Append-only, written by `writer` alone.

    After `POSITION_DAYS` its place is rounded by `forgetting` alone, given_lon and given_lat go.

    at: when it counts, the server's time or, uploaded late, the client's claim. lon, lat: WGS-84,
    given_lon, given_lat: as they came, in `datum`. day, workday_id: the work day it belongs to.
    code_use: the site code it spent. signals: those of the fix and the claim alone.
    content: keyed digest of the request, which tells a repeat from a conflict.
    """

    client_id = fields.UUIDField()
    content = fields.CharField(max_length=64)
    worker_id = fields.UUIDField()
    account_id = fields.UUIDField()
    project_id = fields.UUIDField()
    engagement_id = fields.UUIDField()
    team_id = fields.UUIDField(null=True)
    enterprise_id = fields.UUIDField()
    workday_id = fields.UUIDField()
    day = fields.DateField()
    direction = fields.CharField(max_length=3, null=True)
    method = fields.CharField(max_length=16)
    at = InstantField()
    received_at = InstantField()
    claimed_at = InstantField(null=True)
    late_upload = fields.BooleanField()
    verdict = fields.CharField(max_length=16)
    detail = fields.CharField(max_length=200)
    distance_m = fields.FloatField(null=True)
    fence_id = fields.UUIDField(null=True)
    fence_version = fields.IntField(null=True)
    lon = fields.FloatField(null=True)
    lat = fields.FloatField(null=True)
    given_lon = fields.FloatField(null=True)
    given_lat = fields.FloatField(null=True)
    datum = fields.CharField(max_length=8, null=True)
    accuracy_m = fields.FloatField(null=True)
    taken_at = InstantField(null=True)
    device_id = fields.CharField(max_length=64)
    gate = fields.CharField(max_length=16, null=True)
    code_use = fields.CharField(max_length=64, null=True)
    photo_id = fields.UUIDField(null=True)
    note = fields.CharField(max_length=500, default="")
    signals = fields.CharField(max_length=100, default="")

    class Meta:
        table = "punch"
        unique_together = (("worker_id", "client_id"), ("worker_id", "code_use"))
        indexes = (("workday_id",), ("received_at",), ("worker_id", "day"), ("device_id", "day"))


class PunchSignal(Record):
    """Something odd about a punch, found after it was taken. Append-only, seen by staff alone.

    value: what was measured, km/h, metres, persons or days.
    """

    punch_id = fields.UUIDField()
    workday_id = fields.UUIDField(db_index=True)
    code = fields.CharField(max_length=24)
    value = fields.IntField()

    class Meta:
        table = "punch_signal"
        unique_together = (("punch_id", "code"),)


class Workday(Record):
    """A worker's day on one project 出勤日, drawn from his punches, decided on by people.

    Its id follows from worker, project and day, so that a punch knows it before it exists.
    evidence: how many punches it was drawn from. found_units: what they amount to, units: what
    counts. open_since: since when it waits for the enterprise, decided_at: the last decision.
    contractor_id: the general contractor, who sees it too.
    """

    worker_id = fields.UUIDField()
    account_id = fields.UUIDField()
    project_id = fields.UUIDField()
    engagement_id = fields.UUIDField()
    team_id = fields.UUIDField(null=True)
    enterprise_id = fields.UUIDField()
    contractor_id = fields.UUIDField()
    region = fields.CharField(max_length=6)
    day = fields.DateField()
    state = fields.CharEnumField(State, max_length=16)
    units = fields.DecimalField(max_digits=3, decimal_places=1)
    found_units = fields.DecimalField(max_digits=3, decimal_places=1)
    hours = fields.DecimalField(max_digits=4, decimal_places=1)
    reasons: fields.Field[list[str]] = fields.JSONField()
    first_at = InstantField(null=True)
    last_at = InstantField(null=True)
    evidence = fields.IntField()
    derived_at = InstantField(db_index=True)
    open_since = InstantField(null=True)
    decided_at = InstantField(null=True)

    class Meta:
        table = "workday"
        unique_together = (("worker_id", "project_id", "day"),)
        indexes = (
            ("project_id", "day"),
            ("enterprise_id", "id"),
            ("contractor_id", "id"),
            ("region", "id"),
            ("state", "open_since"),
        )


class DrawnUntil(Record):
    """One row: every punch that was received before this instant is drawn into its day."""

    instant = InstantField()

    class Meta:
        table = "drawn_until"


class WorkdayStep(Record):
    """One step of a work day: who, when, why. Append-only."""

    workday_id = fields.UUIDField(db_index=True)
    act = fields.CharField(max_length=24)
    state = fields.CharEnumField(State, max_length=16)
    units = fields.DecimalField(max_digits=3, decimal_places=1)
    side = fields.CharEnumField(Side, max_length=16)
    account_id = fields.UUIDField(null=True)
    reason = fields.CharField(max_length=500, default="")
    at = InstantField()

    class Meta:
        table = "workday_step"


class Correction(Record):
    """A missing punch that the worker puts in afterwards 补卡, decided on with its day."""

    workday_id = fields.UUIDField(db_index=True)
    worker_id = fields.UUIDField()
    direction = fields.CharField(max_length=3)
    at = InstantField()
    reason = fields.CharField(max_length=500)
    photo_id = fields.UUIDField(null=True)
    state = fields.CharField(max_length=12, default="pending")

    class Meta:
        table = "punch_correction"
        unique_together = (("workday_id", "direction", "at"),)


class PunchSettings(Record):
    """How an account punches: whether its phone may do so by itself when opened on the site."""

    account_id = fields.UUIDField(unique=True)
    automatic = fields.BooleanField(default=False)

    class Meta:
        table = "punch_settings"
