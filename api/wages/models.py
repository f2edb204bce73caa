"""Terms of pay, wage sheets with their steps, lines, items, signatures and objections."""

from typing import Any

from tortoise import fields

from api.kit.fields import EnumField, InstantField, PersonalField, Record
from api.kit.personal import Kind as Secret
from api.wages.reckoning import ItemKind, PayKind
from api.wages.rules import (
    Act,
    ContestState,
    LineState,
    Payer,
    PayState,
    SheetKind,
    SheetState,
    Way,
)


class WageTerms(Record):
    """How a worker is paid on a project from a day on 计酬约定. Append-only, the newest counts.

    rate_fen: a month, a 工, an hour or a piece. unit_hours: hours of one 工. Overtime is paid
    overtime_fen by the hour or, without it, overtime_percent of the hour's pay. contract_id: the
    signed contract that says so.
    """

    worker_id = fields.UUIDField()
    project_id = fields.UUIDField()
    enterprise_id = fields.UUIDField()
    contractor_id = fields.UUIDField()
    region = fields.CharField(max_length=6)
    pay_kind = EnumField(PayKind, max_length=8)
    rate_fen = fields.BigIntField()
    unit_hours = fields.DecimalField(max_digits=4, decimal_places=2)
    overtime_percent = fields.SmallIntField(null=True)
    overtime_fen = fields.BigIntField(null=True)
    pay_day = fields.SmallIntField()
    effective_from = fields.DateField()
    contract_id = fields.UUIDField(null=True)
    account_id = fields.UUIDField(null=True)

    class Meta:
        table = "wage_terms"
        indexes = (
            ("worker_id", "project_id", "effective_from"),
            ("enterprise_id", "id"),
            ("project_id", "id"),
        )


class SheetSerial(Record):
    """The last serial given to a unit's sheets in a month, its row is the lock for the next."""

    unit = fields.CharField(max_length=4)
    month = fields.CharField(max_length=7)
    given = fields.IntField(default=0)

    class Meta:
        table = "wage_sheet_serial"
        unique_together = (("unit", "month"),)


class WageSheet(Record):
    """A wage sheet 工资单: whom an employer pays for a period on a project, and where it stands.

    enterprise_id: the employer, contractor_id: the general contractor who pays. pay_on: the day it
    is due. version: counts its corrections. drawing: lines are still being drawn, drawn_to: up to
    this worker. paid, failed and pending are together the total, always.
    """

    number = fields.CharField(max_length=20, unique=True)
    project_id = fields.UUIDField()
    enterprise_id = fields.UUIDField()
    contractor_id = fields.UUIDField()
    region = fields.CharField(max_length=6)
    team_id = fields.UUIDField(null=True)
    kind = EnumField(SheetKind, max_length=12)
    month = fields.CharField(max_length=7)
    from_on = fields.DateField()
    to_on = fields.DateField()
    pay_on = fields.DateField()
    state = EnumField(SheetState, max_length=12, default=SheetState.DRAFT)
    version = fields.IntField(default=1)
    drawing = fields.BooleanField(default=True)
    drawn_to = fields.UUIDField(null=True)
    persons = fields.IntField(default=0)
    total_fen = fields.BigIntField(default=0)
    paid_fen = fields.BigIntField(default=0)
    failed_fen = fields.BigIntField(default=0)
    pending_fen = fields.BigIntField(default=0)
    made_by = fields.UUIDField()
    audited_by = fields.UUIDField(null=True)
    rechecked_by = fields.UUIDField(null=True)
    released_by = fields.UUIDField(null=True)
    submitted_at = InstantField(null=True)
    released_at = InstantField(null=True)

    class Meta:
        table = "wage_sheet"
        indexes = (
            ("enterprise_id", "id"),
            ("contractor_id", "id"),
            ("region", "id"),
            ("project_id", "month", "id"),
            ("state", "pay_on"),
        )


class WageStep(Record):
    """One step of a sheet: what was done, by whom, why. Append-only.

    line_id: the line that was corrected. total_fen: of the sheet after the step.
    """

    sheet_id = fields.UUIDField()
    act = EnumField(Act, max_length=12)
    state = EnumField(SheetState, max_length=12)
    version = fields.IntField()
    total_fen = fields.BigIntField()
    line_id = fields.UUIDField(null=True)
    reason = fields.CharField(max_length=500, default="")
    account_id = fields.UUIDField(null=True)

    class Meta:
        table = "wage_step"
        indexes = (("sheet_id", "id"),)


class WageLine(Record):
    """One worker's wages on a sheet, and where his consent and his money stand.

    days: `[[day, units, overtime hours], …]`. The terms are kept as they were: pay_kind None means
    that none are agreed. net_fen: gross_fen - deducted_fen, the sum of the items. digest: of
    exactly what the worker sees, see `reckoning.digest`. differs: the books say otherwise.
    overlaps_id: another sheet of the same worker and days. hints: codes of `reckoning.Hint`.
    signed_version: the version his signature holds for. unsigned_reason: why it is paid without.
    """

    sheet_id = fields.UUIDField()
    worker_id = fields.UUIDField()
    engagement_id = fields.UUIDField()
    enterprise_id = fields.UUIDField()
    project_id = fields.UUIDField()
    contractor_id = fields.UUIDField()
    region = fields.CharField(max_length=6)
    team_id = fields.UUIDField(null=True)
    trade = fields.CharField(max_length=4, default="")
    month = fields.CharField(max_length=7)
    terms_id = fields.UUIDField(null=True)
    pay_kind = EnumField(PayKind, max_length=8, null=True)
    rate_fen = fields.BigIntField(null=True)
    unit_hours = fields.DecimalField(max_digits=4, decimal_places=2)
    overtime_percent = fields.SmallIntField(null=True)
    overtime_fen = fields.BigIntField(null=True)
    days: fields.Field[list[list[Any]]] = fields.JSONField()
    units = fields.DecimalField(max_digits=6, decimal_places=2)
    hours = fields.DecimalField(max_digits=7, decimal_places=2)
    overtime_hours = fields.DecimalField(max_digits=7, decimal_places=2)
    gross_fen = fields.BigIntField()
    deducted_fen = fields.BigIntField()
    net_fen = fields.BigIntField()
    version = fields.IntField(default=1)
    digest = fields.CharField(max_length=64)
    hints: fields.Field[list[str]] = fields.JSONField()
    differs = fields.BooleanField(default=False)
    overlaps_id = fields.UUIDField(null=True)
    state = EnumField(LineState, max_length=12, default=LineState.WAITING)
    signed_version = fields.IntField(null=True)
    unsigned_reason = fields.CharField(max_length=200, default="")
    pay_state = EnumField(PayState, max_length=12, default=PayState.WAITING)
    pay_code = fields.CharField(max_length=32, default="")
    paid_fen = fields.BigIntField(default=0)
    paid_on = fields.DateField(null=True)
    payer = EnumField(Payer, max_length=12, default=Payer.ACCOUNT)

    class Meta:
        table = "wage_line"
        unique_together = (("sheet_id", "worker_id"),)
        indexes = (
            ("sheet_id", "id"),
            ("sheet_id", "state"),
            ("worker_id", "id"),
            ("worker_id", "month"),
            ("enterprise_id", "id"),
            ("contractor_id", "month"),
        )


class WageItem(Record):
    """One amount of a line, signed. source_id: the advance in the work log that it takes back."""

    line_id = fields.UUIDField(db_index=True)
    kind = EnumField(ItemKind, max_length=12)
    amount_fen = fields.BigIntField()
    quantity = fields.DecimalField(max_digits=12, decimal_places=2, null=True)
    unit = fields.CharField(max_length=8, default="")
    price_fen = fields.BigIntField(null=True)
    note = fields.CharField(max_length=200, default="")
    source_id = fields.UUIDField(null=True, unique=True)

    class Meta:
        table = "wage_item"


class WageLineVersion(Record):
    """What a line said before it was corrected, as the worker saw it. Append-only."""

    line_id = fields.UUIDField()
    worker_id = fields.UUIDField()
    project_id = fields.UUIDField()
    version = fields.IntField()
    shown: fields.Field[dict[str, Any]] = fields.JSONField()
    digest = fields.CharField(max_length=64)
    reason = fields.CharField(max_length=500)
    account_id = fields.UUIDField(null=True)

    class Meta:
        table = "wage_line_version"
        unique_together = (("line_id", "version"),)
        indexes = (("worker_id", "id"),)


class LineSignature(Record):
    """A worker's consent to a version of his line. Append-only.

    digest: of what he saw. strokes_file_id: his drawn signature, or the scan of the paper.
    account_id: who signed or, on paper, who entered it.
    """

    line_id = fields.UUIDField()
    worker_id = fields.UUIDField()
    project_id = fields.UUIDField()
    line_version = fields.IntField()
    digest = fields.CharField(max_length=64)
    way = EnumField(Way, max_length=8)
    strokes_file_id = fields.UUIDField(null=True)
    account_id = fields.UUIDField(null=True)
    at = InstantField()

    class Meta:
        table = "line_signature"
        unique_together = (("line_id", "line_version"),)
        indexes = (("worker_id", "id"),)


class LineContest(Record):
    """A worker's objection to his line 异议, and the answer, one open per line at most.

    day, item: what it is about, where it is about one. due_on: the last working day to answer.
    """

    line_id = fields.UUIDField(db_index=True)
    sheet_id = fields.UUIDField(db_index=True)
    worker_id = fields.UUIDField()
    project_id = fields.UUIDField()
    enterprise_id = fields.UUIDField()
    contractor_id = fields.UUIDField()
    region = fields.CharField(max_length=6)
    line_version = fields.IntField()
    day = fields.DateField(null=True)
    item = EnumField(ItemKind, max_length=12, null=True)
    words = PersonalField(Secret.TEXT)
    photo_id = fields.UUIDField(null=True)
    state = EnumField(ContestState, max_length=8, default=ContestState.OPEN)
    due_on = fields.DateField()
    answer = PersonalField(Secret.TEXT, null=True)
    answered_by = fields.UUIDField(null=True)
    answered_at = InstantField(null=True)
    account_id = fields.UUIDField(null=True)

    class Meta:
        table = "line_contest"
        indexes = (
            ("worker_id", "id"),
            ("enterprise_id", "state", "id"),
            ("contractor_id", "state", "id"),
            ("region", "id"),
            ("state", "due_on"),
        )
