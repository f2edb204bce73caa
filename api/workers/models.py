"""Workers and how they came to be known: readings, verifications, reviews, cards, history."""

from enum import StrEnum, unique
from typing import cast

from tortoise import fields

from api.kit.fields import EnumField, InstantField, PersonalField, Record
from api.kit.personal import Kind


@unique
class WorkerState(StrEnum):
    """Collected by an enterprise, verified, found to be another worker, or erased on his wish."""

    COLLECTED = "collected"
    VERIFIED = "verified"
    MERGED = "merged"
    ERASED = "erased"


@unique
class CodeState(StrEnum):
    """The life of a verification code, only an active one counts."""

    ACTIVE = "active"
    FROZEN = "frozen"
    REPLACED = "replaced"
    DEAD = "dead"


@unique
class Stage(StrEnum):
    """Where an attempt at verification stands."""

    SUBMITTED = "submitted"
    NEEDS_REVIEW = "needs_review"
    VERIFIED = "verified"
    WAITING = "waiting"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def open(self) -> bool:
        """Whether something is still to happen with it."""
        return self in (Stage.SUBMITTED, Stage.NEEDS_REVIEW)


@unique
class TakeoverState(StrEnum):
    """Where a record's way to another account stands."""

    WAITING = "waiting"
    DONE = "done"
    OBJECTED = "objected"
    ENDED = "ended"


@unique
class Seat(StrEnum):
    """Which officer looks next: two independent ones, then the lead when they differ."""

    FIRST = "first"
    SECOND = "second"
    LEAD = "lead"


class Worker(Record):
    """The person, once per identity document. A merged one points to who he really is.

    region: six digits, under whose offices the record lies. origin: region of the ID number.
    code: sixteen characters without dashes, for good. education, skill: codes; empty: not told.
    """

    account_id = fields.UUIDField(null=True, unique=True)
    state = EnumField(WorkerState, max_length=12)
    id_kind = fields.CharField(max_length=24)
    number = PersonalField(Kind.ID_NUMBER)
    number_index = fields.CharField(max_length=32)
    name = PersonalField(Kind.NAME)
    sex = fields.CharField(max_length=8, default="")
    birth = PersonalField(Kind.TEXT, null=True)
    birth_index = fields.CharField(max_length=32, null=True)
    nation = fields.CharField(max_length=20, default="")
    address = PersonalField(Kind.ADDRESS, null=True)
    issuer = PersonalField(Kind.TEXT, null=True)
    valid_from = fields.DateField(null=True)
    valid_to = fields.DateField(null=True)
    phone = PersonalField(Kind.PHONE, null=True)
    region = fields.CharField(max_length=6, db_index=True)
    origin = fields.CharField(max_length=6, default="")
    code = fields.CharField(max_length=16, null=True, unique=True)
    code_state = cast("CodeState | None", EnumField(CodeState, max_length=12, null=True))
    education = fields.CharField(max_length=2, default="")
    skill = fields.CharField(max_length=20, default="")
    verified_at = InstantField(null=True)
    merged_into_id = fields.UUIDField(null=True)

    class Meta:
        table = "worker"
        unique_together = (("id_kind", "number_index"),)
        indexes = (("birth_index",), ("merged_into_id",))


class IdCardReading(Record):
    """The newest photos of a card that an account sent, and what was read from them.

    fields: JSON of `{name: {text, check}}`. Sealed, since it is the whole card.
    """

    account_id = fields.UUIDField(db_index=True)
    front_file_id = fields.UUIDField()
    back_file_id = fields.UUIDField()
    fields_read = PersonalField(Kind.IDENTITY)
    warnings: fields.Field[list[str]] = fields.JSONField()
    outcome = fields.CharField(max_length=16)
    request_id = fields.CharField(max_length=128, default="")

    class Meta:
        table = "id_card_reading"


class Verification(Record):
    """One attempt to verify an identity: what was typed, what was asked, how it ended.

    Neither a score nor a face template is kept. `open_account_id` is the account while the attempt
    is open: its uniqueness lets one attempt at a time through. Typed values are gone once their
    term is over (`cleared_at`). tries: the face's try number; face_failed: this one did not pass.
    """

    account_id = fields.UUIDField()
    open_account_id = fields.UUIDField(null=True, unique=True)
    worker_id = fields.UUIDField(null=True)
    reading_id = fields.UUIDField(null=True)
    stage = EnumField(Stage, max_length=16)
    seat = cast("Seat | None", EnumField(Seat, max_length=8, null=True))
    region = fields.CharField(max_length=6)
    id_kind = fields.CharField(max_length=24, default="")
    number = PersonalField(Kind.ID_NUMBER, null=True)
    number_index = fields.CharField(max_length=32, default="", db_index=True)
    name = PersonalField(Kind.NAME, null=True)
    sex = fields.CharField(max_length=8, default="")
    birth = PersonalField(Kind.TEXT, null=True)
    nation = fields.CharField(max_length=20, default="")
    address = PersonalField(Kind.ADDRESS, null=True)
    issuer = PersonalField(Kind.TEXT, null=True)
    origin = fields.CharField(max_length=6, default="")
    valid_from = fields.DateField(null=True)
    valid_to = fields.DateField(null=True)
    front_file_id = fields.UUIDField(null=True)
    back_file_id = fields.UUIDField(null=True)
    selfie_file_id = fields.UUIDField(null=True)
    face_declined = fields.BooleanField(default=False)
    face_failed = fields.BooleanField(default=False)
    tries = fields.IntField(default=1)
    local_reasons: fields.Field[list[str]] = fields.JSONField(default=list)
    reasons: fields.Field[list[str]] = fields.JSONField(default=list)
    provider = fields.CharField(max_length=16, default="")
    live_outcome = fields.CharField(max_length=16, default="")
    identity_outcome = fields.CharField(max_length=16, default="")
    request_ids = fields.CharField(max_length=256, default="")
    threshold_version = fields.CharField(max_length=128, default="")
    decided_at = InstantField(null=True)
    cleared_at = InstantField(null=True)

    class Meta:
        table = "verification"
        indexes = (
            ("account_id", "id"),
            ("stage", "region", "id"),
            ("worker_id", "id"),
            ("decided_at", "cleared_at"),
        )


class Takeover(Record):
    """找回账号: a record goes to another account of its person, who was known without his face.

    Until `due_at` the account it lies with, `before_id`, may object. One at a time for each record:
    `open_worker_id` is empty once it is over.
    """

    verification_id = fields.UUIDField(unique=True)
    worker_id = fields.UUIDField(db_index=True)
    account_id = fields.UUIDField()
    before_id = fields.UUIDField()
    open_worker_id = fields.UUIDField(null=True, unique=True)
    state = EnumField(TakeoverState, max_length=12, default=TakeoverState.WAITING)
    due_at = InstantField()
    ended_at = InstantField(null=True)

    class Meta:
        table = "takeover"
        indexes = (("before_id", "state"), ("account_id", "state"))


class Review(Record):
    """One officer's word on a verification. `number_index`: what he typed from the photo."""

    verification: fields.ForeignKeyRelation[Verification] = fields.ForeignKeyField(
        "models.Verification", related_name="reviews", on_delete=fields.RESTRICT
    )
    officer_id = fields.UUIDField()
    seat = EnumField(Seat, max_length=8)
    approved = fields.BooleanField()
    number_index = fields.CharField(max_length=32)
    note = PersonalField(Kind.TEXT, null=True)

    class Meta:
        table = "review"
        unique_together = (("verification", "seat"), ("verification", "officer_id"))


class BankCard(Record):
    """A wage card. The active one of a worker, and of a number, is unique, older ones are history.

    `active_number` and `active_worker_id` are empty once the card was replaced: NULLs do not clash.
    """

    worker_id = fields.UUIDField(db_index=True)
    number = PersonalField(Kind.BANK_CARD)
    number_index = fields.CharField(max_length=32, db_index=True)
    active_number = fields.CharField(max_length=32, null=True, unique=True)
    active_worker_id = fields.UUIDField(null=True, unique=True)
    bank_code = fields.CharField(max_length=3, default="")
    bank_name = fields.CharField(max_length=100, default="")
    replaced_at = InstantField(null=True)

    class Meta:
        table = "bank_card"


class WorkerChange(Record):
    """One change of a worker's record: the old value, who, when, why. Append-only.

    old: sealed. shown: the old value masked, or a code's or state's old value as it was.
    """

    worker_id = fields.UUIDField()
    field = fields.CharField(max_length=24)
    old = PersonalField(Kind.TEXT, null=True)
    shown = fields.CharField(max_length=100, default="")
    account_id = fields.UUIDField(null=True)
    reason = fields.CharField(max_length=500)

    class Meta:
        table = "worker_change"
        indexes = (("worker_id", "id"),)


@unique
class Subject(StrEnum):
    """Whom a restriction is on."""

    WORKER = "worker"
    ENTERPRISE = "enterprise"


@unique
class RestrictionReason(StrEnum):
    """The class of a restriction: black list, disputed registration, an order, or another."""

    BLACK_LIST = "black_list"
    DISPUTED = "disputed"
    ORDER = "order"
    OTHER = "other"


class Restriction(Record):
    """A restriction on a worker or enterprise, with its period and the document it rests on.

    subject_index: blind index of the ID number, or the credit code itself. Days are inclusive.
    """

    subject = EnumField(Subject, max_length=12)
    subject_index = fields.CharField(max_length=32, db_index=True)
    number = PersonalField(Kind.ID_NUMBER, null=True)
    region = fields.CharField(max_length=6)
    reason = EnumField(RestrictionReason, max_length=16)
    document = fields.CharField(max_length=100)
    valid_from = fields.DateField()
    valid_to = fields.DateField(null=True)
    made_by = fields.UUIDField(null=True)
    ended_on = fields.DateField(null=True)
    ended_by = fields.UUIDField(null=True)
    ended_reason = fields.CharField(max_length=500, default="")

    class Meta:
        table = "restriction"
        indexes = (("region", "id"),)
