"""Projects and what belongs to them."""

from enum import StrEnum, unique
from typing import Any
from uuid import UUID

from tortoise import fields

from api.kit import clock
from api.kit.fields import InstantField, PersonalField, Record
from api.kit.personal import Kind


@unique
class Status(StrEnum):
    """Where a project stands, the value is the code of the national dictionary."""

    PREPARING = "001"
    BUILDING = "003"
    FINISHED = "004"
    SUSPENDED = "005"


class Project(Record):
    """A site with its own workers, fences and wages.

    enterprise_id: the general contractor. code: sixteen characters, for good. pay_day: the day of
    the month on which wages are paid. starts_on, ends_on: as planned or as they were.
    """

    name = fields.CharField(max_length=100)
    code = fields.CharField(max_length=16, unique=True)
    enterprise_id = fields.UUIDField(db_index=True)
    region = fields.CharField(max_length=6, db_index=True)
    status = fields.CharField(max_length=3, default=Status.PREPARING.value)
    status_on = fields.DateField(default=clock.today)
    category = fields.CharField(max_length=2)
    address = fields.CharField(max_length=100, default="")
    description = fields.CharField(max_length=500, default="")
    area_m2 = fields.DecimalField(max_digits=12, decimal_places=2, null=True)
    investment_fen = fields.BigIntField(null=True)
    starts_on = fields.DateField(null=True)
    ends_on = fields.DateField(null=True)
    pay_day = fields.SmallIntField(null=True)
    permits: fields.ReverseRelation["Permit"]
    codes: fields.ReverseRelation["ExternalCode"]

    class Meta:
        table = "project"


class ExternalCode(Record):
    """The code under which another platform knows the project."""

    project: fields.ForeignKeyRelation[Project] = fields.ForeignKeyField(
        "models.Project", related_name="codes", on_delete=fields.CASCADE
    )
    platform = fields.CharField(max_length=32)
    code = fields.CharField(max_length=50)

    class Meta:
        table = "project_external_code"
        unique_together = (("project", "platform"),)


class Permit(Record):
    """A construction permit 施工许可证, its number as printed since local letters occur."""

    project: fields.ForeignKeyRelation[Project] = fields.ForeignKeyField(
        "models.Project", related_name="permits", on_delete=fields.CASCADE
    )
    number = fields.CharField(max_length=50)
    issued_by = fields.CharField(max_length=100, default="")
    issued_on = fields.DateField(null=True)

    class Meta:
        table = "project_permit"
        unique_together = (("project", "number"),)


class StatusChange(Record):
    """One step in a project's life. Append-only."""

    project_id = fields.UUIDField()
    before = fields.CharField(max_length=3)
    after = fields.CharField(max_length=3)
    on = fields.DateField()
    reason = fields.CharField(max_length=500, default="")
    account_id = fields.UUIDField(null=True)

    class Meta:
        table = "project_status_change"
        indexes = (("project_id", "id"),)


class Participation(Record):
    """A unit that takes part 参建单位, from its entry to its exit, both days included.

    enterprise_id: None while the unit is not registered here. kind: code of 参建类型.
    """

    project_id = fields.UUIDField()
    enterprise_id = fields.UUIDField(null=True)
    credit_code = fields.CharField(max_length=18)
    name = fields.CharField(max_length=100)
    kind = fields.CharField(max_length=3)
    region = fields.CharField(max_length=6)
    entered_on = fields.DateField()
    left_on = fields.DateField(null=True)
    entered_by = fields.UUIDField(null=True)

    class Meta:
        table = "project_participation"
        indexes = (("project_id", "id"), ("enterprise_id", "left_on"))


class Post(Record):
    """A manager's post 任职 in a project, from one day to another, both included."""

    project_id = fields.UUIDField()
    enterprise_id = fields.UUIDField()
    region = fields.CharField(max_length=6)
    post = fields.CharField(max_length=4)
    name = PersonalField(Kind.NAME)
    phone = PersonalField(Kind.PHONE)
    phone_index = fields.CharField(max_length=32)
    starts_on = fields.DateField()
    ends_on = fields.DateField(null=True)

    class Meta:
        table = "project_post"
        indexes = (("project_id", "id"), ("project_id", "post"))


class Policy(Record):
    """How attendance is taken from a day on. Append-only, the newest row of a day counts.

    Times are minutes after midnight in Asia/Shanghai, a shift's end past midnight is over 1440.
    manual_checked_from: from this day on, work registered by hand is an exception to be confirmed.
    """

    project_id = fields.UUIDField()
    effective_from = fields.DateField()
    methods: fields.Field[list[str]] = fields.JSONField()
    photo = fields.BooleanField()
    shift_start_min = fields.SmallIntField()
    shift_end_min = fields.SmallIntField()
    tolerance_m = fields.SmallIntField()
    manual_checked_from = fields.DateField(null=True)
    account_id = fields.UUIDField(null=True)

    class Meta:
        table = "attendance_policy"
        indexes = (("project_id", "effective_from"),)


class Fence(Record):
    """An electronic fence 电子围栏, its shapes are its versions."""

    project_id = fields.UUIDField(db_index=True)
    region = fields.CharField(max_length=6)
    name = fields.CharField(max_length=100)
    versions: fields.ReverseRelation["FenceVersion"]

    class Meta:
        table = "fence"


class FenceVersion(Record):
    """The shape of a fence from one instant up to, not including, another.

    geometry: GeoJSON in WGS-84. given, datum: as it was drawn. One version without an end at most.
    """

    fence: fields.ForeignKeyRelation[Fence] = fields.ForeignKeyField(
        "models.Fence", related_name="versions", on_delete=fields.RESTRICT
    )
    fence_id: UUID
    project_id = fields.UUIDField(db_index=True)
    version = fields.IntField()
    geometry: fields.Field[dict[str, Any]] = fields.JSONField()
    radius_m = fields.FloatField(null=True)
    buffer_m = fields.FloatField(default=0)
    given: fields.Field[dict[str, Any]] = fields.JSONField()
    datum = fields.CharField(max_length=8)
    valid_from = InstantField()
    valid_to = InstantField(null=True)
    account_id = fields.UUIDField(null=True)

    class Meta:
        table = "fence_version"
        unique_together = (("fence", "version"),)


class BoardPhoto(Record):
    """A photo that proves the rights notice board 维权告示牌 hangs on the site.

    shows: digest of what the board said when the photo was taken in.
    """

    project_id = fields.UUIDField()
    file_id = fields.UUIDField()
    account_id = fields.UUIDField(null=True)
    shows = fields.CharField(max_length=64, null=True)

    class Meta:
        table = "board_photo"
        indexes = (("project_id", "id"),)


class RegionStandard(Record):
    """What a region's office publishes for the board. Append-only, the newest of a day counts.

    minimum_month_fen: the minimum wage a month. source: the document it stands in.
    """

    region = fields.CharField(max_length=6)
    effective_from = fields.DateField()
    minimum_month_fen = fields.BigIntField()
    minimum_hour_fen = fields.BigIntField(null=True)
    authority = fields.CharField(max_length=100)
    authority_phone = fields.CharField(max_length=20)
    labour_phone = fields.CharField(max_length=20)
    arbitration = fields.CharField(max_length=200)
    legal_aid = fields.CharField(max_length=200)
    source = fields.CharField(max_length=100)
    account_id = fields.UUIDField(null=True)

    class Meta:
        table = "region_standard"
        indexes = (("region", "effective_from"),)
