"""Enterprises and what belongs to them."""

from enum import StrEnum, unique

from tortoise import fields

from api.kit import clock
from api.kit.fields import EnumField, InstantField, PersonalField, Record
from api.kit.personal import Kind


@unique
class State(StrEnum):
    """Where an enterprise stands, only a verified one may collect workers."""

    SUBMITTED = "submitted"
    REVIEW = "review"
    VERIFIED = "verified"
    REFUSED = "refused"
    FROZEN = "frozen"
    ANNULLED = "annulled"

    @property
    def open(self) -> bool:
        """Whether an officer has still to decide."""
        return self in (State.SUBMITTED, State.REVIEW)


class Enterprise(Record):
    """An enterprise, once per credit code (GB 32100).

    name_key: the name in the form in which names are compared. doubts: codes of `rules.Doubt`.
    reason: the officer's words at the last decision. code: sixteen characters, for good.
    """

    name = fields.CharField(max_length=100)
    name_key = fields.CharField(max_length=100, db_index=True)
    credit_code = fields.CharField(max_length=18, unique=True)
    legal_person = PersonalField(Kind.NAME)
    region = fields.CharField(max_length=6, db_index=True)
    address = fields.CharField(max_length=200)
    contact_name = PersonalField(Kind.NAME)
    contact_phone = PersonalField(Kind.PHONE)
    licence_file_id = fields.UUIDField(null=True)
    state = EnumField(State, max_length=12)
    doubts: fields.Field[list[str]] = fields.JSONField(default=list)
    reason = fields.CharField(max_length=500, default="")
    code = fields.CharField(max_length=16, null=True, unique=True)
    applicant_id = fields.UUIDField(db_index=True)
    submitted_at = InstantField(default=clock.now)
    decided_at = InstantField(null=True)
    verified_at = InstantField(null=True)
    qualifications: fields.ReverseRelation["Qualification"]

    class Meta:
        table = "enterprise"


class Qualification(Record):
    """A certificate an enterprise says it holds, the last day counts."""

    enterprise: fields.ForeignKeyRelation[Enterprise] = fields.ForeignKeyField(
        "models.Enterprise", related_name="qualifications"
    )
    name = fields.CharField(max_length=100)
    number = fields.CharField(max_length=50)
    level = fields.CharField(max_length=20, default="")
    valid_to = fields.DateField(null=True)

    class Meta:
        table = "qualification"
        unique_together = (("enterprise", "number"),)


class EnterpriseChange(Record):
    """One step in an enterprise's life, or one corrected field with its old and new value.

    Append-only. Values about persons lie in `old_person` and `new_person`, sealed.
    """

    enterprise_id = fields.UUIDField()
    act = fields.CharField(max_length=16)
    field = fields.CharField(max_length=24, default="")
    old = fields.CharField(max_length=200, default="")
    new = fields.CharField(max_length=200, default="")
    old_person = PersonalField(Kind.NAME, null=True)
    new_person = PersonalField(Kind.NAME, null=True)
    reason = fields.CharField(max_length=500, default="")
    account_id = fields.UUIDField(null=True)

    class Meta:
        table = "enterprise_change"
        indexes = (("enterprise_id", "id"),)


class EnterpriseMaster(Record):
    """What the business register holds of a credit code, applications are compared with it."""

    credit_code = fields.CharField(max_length=18, unique=True)
    name = fields.CharField(max_length=100)
    legal_person = PersonalField(Kind.NAME, null=True)
    region = fields.CharField(max_length=6)
    source = fields.CharField(max_length=100)
    as_of = fields.DateField()

    class Meta:
        table = "enterprise_master"
