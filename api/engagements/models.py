"""Contracts, engagements, the ledger of entries and exits, overrides and a region's entry rules."""

from enum import StrEnum, unique
from typing import Any

from tortoise import fields

from api.kit.fields import InstantField, PersonalField, Record
from api.kit.personal import Kind


@unique
class State(StrEnum):
    """Where a worker's period on a project stands."""

    REGISTERED = "registered"
    ON_SITE = "on_site"
    LEFT = "left"
    CANCELLED = "cancelled"

    @property
    def open(self) -> bool:
        """Whether it still holds the worker's one place on the project."""
        return self in (State.REGISTERED, State.ON_SITE)


class Engagement(Record):
    """One period of a worker on a project, from pre-registration to exit, days included.

    enterprise_id: his employer there. contractor_id: the general contractor, who sees it too.
    One open period per worker and project, hence one team at most. worker_code: his verification
    code. settled: wages paid. trained_on: since when he has had what entry teaches; None: not yet.
    released_on: the law's term for its ledger is over, see `releasing`.
    """

    worker_id = fields.UUIDField()
    project_id = fields.UUIDField()
    enterprise_id = fields.UUIDField(db_index=True)
    contractor_id = fields.UUIDField(db_index=True)
    region = fields.CharField(max_length=6, db_index=True)
    team_id = fields.UUIDField(null=True, db_index=True)
    worker_code = fields.CharField(max_length=16)
    trade = fields.CharField(max_length=4)
    state = fields.CharField(max_length=12, default=State.REGISTERED.value)
    entered_on = fields.DateField(null=True)
    left_on = fields.DateField(null=True)
    settled = fields.BooleanField(null=True)
    left_reason = fields.CharField(max_length=500, default="")
    registered_by = fields.UUIDField(null=True)
    trained_on = fields.DateField(null=True)
    released_on = fields.DateField(null=True)

    class Meta:
        table = "engagement"
        indexes = (
            ("state", "released_on", "left_on"),
            ("worker_id", "id"),
            ("project_id", "id"),
            ("worker_id", "project_id"),
            ("state", "trained_on", "id"),
        )


@unique
class Move(StrEnum):
    """What a line of the ledger says."""

    ENTERED = "entered"
    LEFT = "left"
    JOINED_TEAM = "joined_team"
    LEFT_TEAM = "left_team"


@unique
class Mover(StrEnum):
    """Who moved."""

    WORKER = "worker"
    TEAM = "team"


class LedgerLine(Record):
    """A worker or a team entered or left a project 进退场台账. Append-only.

    A worker on the site who changes teams leaves one and joins the other on the same day.
    """

    mover = fields.CharField(max_length=8)
    move = fields.CharField(max_length=12)
    on = fields.DateField()
    project_id = fields.UUIDField()
    enterprise_id = fields.UUIDField()
    contractor_id = fields.UUIDField()
    region = fields.CharField(max_length=6)
    team_id = fields.UUIDField(null=True)
    worker_id = fields.UUIDField(null=True)
    engagement_id = fields.UUIDField(null=True)
    account_id = fields.UUIDField(null=True)

    class Meta:
        table = "site_ledger"
        indexes = (
            ("project_id", "id"),
            ("region", "mover", "move"),
            ("enterprise_id", "id"),
            ("contractor_id", "id"),
        )


class TeamPresence(Record):
    """How many people of a team are on a project now. Its row is the lock for their moves."""

    team_id = fields.UUIDField()
    project_id = fields.UUIDField(db_index=True)
    people = fields.IntField(default=0)

    class Meta:
        table = "team_presence"
        unique_together = (("team_id", "project_id"),)


class Override(Record):
    """An entry although something was missing: by whom, in which role, why, until when.

    Append-only. items: codes of what was missing.
    """

    engagement_id = fields.UUIDField(db_index=True)
    worker_id = fields.UUIDField()
    project_id = fields.UUIDField()
    enterprise_id = fields.UUIDField(db_index=True)
    contractor_id = fields.UUIDField(db_index=True)
    region = fields.CharField(max_length=6, db_index=True)
    items: fields.Field[list[str]] = fields.JSONField()
    reason = fields.CharField(max_length=500)
    until = fields.DateField()
    role = fields.CharField(max_length=24)
    account_id = fields.UUIDField(null=True)

    class Meta:
        table = "entry_override"


class EntryRule(Record):
    """What a region asks before entry. Append-only, the newest of a day counts.

    bands: `[{sex, over, effect}]`, see rules.Band. training_hours: of entry training, at least, on
    the project. company_hours, team_hours: likewise of the other two levels; None: not asked before
    entry. yearly_hours, special_hours, change_hours: a year's; None: what the state asks.
    """

    region = fields.CharField(max_length=6)
    effective_from = fields.DateField()
    training_hours = fields.DecimalField(max_digits=4, decimal_places=1)
    company_hours = fields.DecimalField(max_digits=4, decimal_places=1, null=True)
    team_hours = fields.DecimalField(max_digits=4, decimal_places=1, null=True)
    yearly_hours = fields.DecimalField(max_digits=4, decimal_places=1, null=True)
    special_hours = fields.DecimalField(max_digits=4, decimal_places=1, null=True)
    change_hours = fields.DecimalField(max_digits=4, decimal_places=1, null=True)
    bands: fields.Field[list[dict[str, Any]]] = fields.JSONField()
    source = fields.CharField(max_length=100)
    account_id = fields.UUIDField(null=True)

    class Meta:
        table = "entry_rule"
        indexes = (("region", "effective_from"),)


@unique
class ContractKind(StrEnum):
    """A labour contract 劳动合同, or a written work agreement 用工书面协议 (L-22)."""

    LABOUR = "labour"
    WORK_AGREEMENT = "work_agreement"


@unique
class ContractState(StrEnum):
    """Whether the worker has signed."""

    OFFERED = "offered"
    SIGNED = "signed"
    WITHDRAWN = "withdrawn"


class Contract(Record):
    """A contract in its exact words, made by the enterprise and signed by the worker.

    text: sealed, since it names the person. digest: keyed, of the text. paper_signed_on: the day
    on which it was signed on paper before it came here. late: it came here too late (GY-4).
    strokes_file_id: the drawn signature.
    """

    worker_id = fields.UUIDField()
    project_id = fields.UUIDField()
    enterprise_id = fields.UUIDField(db_index=True)
    contractor_id = fields.UUIDField(db_index=True)
    region = fields.CharField(max_length=6, db_index=True)
    kind = fields.CharField(max_length=16)
    template = fields.CharField(max_length=32)
    text = PersonalField(Kind.TEXT)
    digest = fields.CharField(max_length=64)
    pay_kind = fields.CharField(max_length=8)
    pay_fen = fields.BigIntField()
    starts_on = fields.DateField()
    ends_on = fields.DateField(null=True)
    pay_day = fields.SmallIntField()
    paper_signed_on = fields.DateField(null=True)
    late = fields.BooleanField(default=False)
    state = fields.CharField(max_length=12, default=ContractState.OFFERED.value)
    signed_at = InstantField(null=True)
    strokes_file_id = fields.UUIDField(null=True)
    made_by = fields.UUIDField(null=True)

    class Meta:
        table = "contract"
        indexes = (("worker_id", "id"), ("project_id", "id"))
