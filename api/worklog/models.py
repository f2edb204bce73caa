"""Entries of both books with their history, pay templates, and the lines that compare the books."""

from typing import Any

from tortoise import fields

from api.kit.fields import EnumField, InstantField, Record
from api.worklog.rules import Book, Given, Kind


class LogEntry(Record):
    """What one book says of one worker, day and project, as it stands now.

    The worker's book is his own, the leader's is that of his team, whoever leads it. enterprise_id:
    his employer there, if he is registered; contractor_id: the general contractor; both read along.
    units: work units 工. price_fen: of one `unit` of piece work. amount_fen: what it earns, or what
    was paid; None while no rate is agreed. roll_call: written by calling the roll. version counts
    the changes; removed_at: struck out, the trace stays.
    """

    book = EnumField(Book, max_length=8)
    team_id = fields.UUIDField()
    worker_id = fields.UUIDField()
    project_id = fields.UUIDField()
    enterprise_id = fields.UUIDField(null=True)
    contractor_id = fields.UUIDField()
    day = fields.DateField()
    kind = EnumField(Kind, max_length=12)
    part = fields.CharField(max_length=10, default="")
    given = EnumField(Given, max_length=8, default=Given.NONE)
    hours = fields.DecimalField(max_digits=5, decimal_places=2, default=0)
    overtime_hours = fields.DecimalField(max_digits=5, decimal_places=2, default=0)
    units = fields.DecimalField(max_digits=5, decimal_places=2, default=0)
    unit = fields.CharField(max_length=8, default="")
    quantity = fields.DecimalField(max_digits=12, decimal_places=2, default=0)
    price_fen = fields.BigIntField(null=True)
    amount_fen = fields.BigIntField(null=True)
    note = fields.CharField(max_length=200, default="")
    roll_call = fields.BooleanField(default=False)
    version = fields.IntField(default=1)
    written_by = fields.UUIDField()
    removed_at = InstantField(null=True)

    class Meta:
        table = "log_entry"
        indexes = (
            ("worker_id", "book", "id"),
            ("worker_id", "day"),
            ("team_id", "book", "id"),
            ("team_id", "day"),
        )


class LogChange(Record):
    """One change of an entry: what it said from then on, who wrote it and when. Append-only."""

    entry_id = fields.UUIDField(db_index=True)
    version = fields.IntField()
    act = fields.CharField(max_length=12)
    book = EnumField(Book, max_length=8)
    team_id = fields.UUIDField()
    worker_id = fields.UUIDField()
    said: fields.Field[dict[str, Any]] = fields.JSONField()
    account_id = fields.UUIDField()

    class Meta:
        table = "log_change"
        indexes = (("team_id", "book", "id"),)


class PayTemplate(Record):
    """How time is paid between a worker and his team, as one side says it. Append-only.

    unit_hours: so many hours are one 工, paid rate_fen. Overtime either counts one 工 for so many
    hours (overtime_unit_hours), or is paid by the hour (overtime_rate_fen). The newest of those
    that hold on a day counts.
    """

    book = EnumField(Book, max_length=8)
    team_id = fields.UUIDField()
    worker_id = fields.UUIDField()
    effective_from = fields.DateField()
    rate_fen = fields.BigIntField(null=True)
    unit_hours = fields.DecimalField(max_digits=4, decimal_places=2)
    overtime_unit_hours = fields.DecimalField(max_digits=4, decimal_places=2, null=True)
    overtime_rate_fen = fields.BigIntField(null=True)
    account_id = fields.UUIDField()

    class Meta:
        table = "pay_template"
        indexes = (("team_id", "worker_id", "id"),)


class LogLine(Record):
    """What both books say of one worker, day, project and kind, and whether they agree.

    Drawn anew with every entry. worker_entries, leader_entries: how many entries; without any the
    book says nothing. worker_kept_at, leader_kept_at: that side has seen the difference and stands
    by its own; any change takes that back.
    """

    team_id = fields.UUIDField()
    worker_id = fields.UUIDField()
    project_id = fields.UUIDField()
    enterprise_id = fields.UUIDField(null=True)
    contractor_id = fields.UUIDField()
    day = fields.DateField()
    kind = EnumField(Kind, max_length=12)
    unit = fields.CharField(max_length=8, default="")
    difference = fields.CharField(max_length=12, default="same")
    worker_entries = fields.IntField(default=0)
    worker_units = fields.DecimalField(max_digits=6, decimal_places=2, default=0)
    worker_hours = fields.DecimalField(max_digits=6, decimal_places=2, default=0)
    worker_overtime = fields.DecimalField(max_digits=6, decimal_places=2, default=0)
    worker_quantity = fields.DecimalField(max_digits=14, decimal_places=2, default=0)
    worker_amount_fen = fields.BigIntField(null=True)
    worker_kept_at = InstantField(null=True)
    leader_entries = fields.IntField(default=0)
    leader_units = fields.DecimalField(max_digits=6, decimal_places=2, default=0)
    leader_hours = fields.DecimalField(max_digits=6, decimal_places=2, default=0)
    leader_overtime = fields.DecimalField(max_digits=6, decimal_places=2, default=0)
    leader_quantity = fields.DecimalField(max_digits=14, decimal_places=2, default=0)
    leader_amount_fen = fields.BigIntField(null=True)
    leader_kept_at = InstantField(null=True)

    class Meta:
        table = "log_line"
        unique_together = (("team_id", "worker_id", "project_id", "day", "kind", "unit"),)
        indexes = (
            ("worker_id", "day"),
            ("team_id", "day"),
            ("enterprise_id", "id"),
            ("contractor_id", "id"),
            ("project_id", "day"),
        )
