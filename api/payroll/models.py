"""Batches to the bank, their payments, receipts, what fits none of them, and advances."""

from tortoise import fields

from api.integrations.bank import Outcome, Reason
from api.kit.fields import EnumField, InstantField, PersonalField, Record
from api.kit.personal import Kind as Secret
from api.payroll.rules import (
    AdvanceState,
    BatchState,
    ExceptionState,
    LeftOutReason,
    PaymentState,
    Way,
    Why,
)
from api.wages.rules import Payer


class BankBatch(Record):
    """Payments that go to the bank together 代发批次, all of one wage sheet.

    contractor_id: who pays, enterprise_id: the employer. account: the number that is paid from, as
    it was when the batch was made. succeeded, failed and returned payments are counted with them.
    place: up to where the bank's results were read. asked_at: when they last were. trouble: the
    bank's code for the last try.
    """

    number = fields.CharField(max_length=20, unique=True)
    sheet_id = fields.UUIDField()
    project_id = fields.UUIDField()
    contractor_id = fields.UUIDField()
    enterprise_id = fields.UUIDField()
    region = fields.CharField(max_length=6)
    payer = EnumField(Payer, max_length=12)
    way = EnumField(Way, max_length=4)
    account = PersonalField(Secret.BANK_CARD)
    state = EnumField(BatchState, max_length=8, default=BatchState.WAITING)
    lines = fields.IntField()
    total_fen = fields.BigIntField()
    arrived = fields.IntField(default=0)
    arrived_fen = fields.BigIntField(default=0)
    failed = fields.IntField(default=0)
    attempts = fields.IntField(default=0)
    trouble = fields.CharField(max_length=32, default="")
    place = fields.BigIntField(default=0)
    asked_at = InstantField(null=True)
    done_at = InstantField(null=True)
    account_id = fields.UUIDField(null=True)

    class Meta:
        table = "bank_batch"
        indexes = (
            ("sheet_id", "id"),
            ("project_id", "id"),
            ("contractor_id", "id"),
            ("enterprise_id", "id"),
            ("region", "id"),
            ("state", "asked_at"),
        )


class BatchLine(Record):
    """One payment of a batch: to whom, which card and how much, as approved.

    seq: its number at the bank. again: the line was paid before and it did not arrive. reference:
    the bank's own number of the payment, at: the bank's time of its end. Under way or arrived, a
    wage line is in one payment at most.
    """

    batch_id = fields.UUIDField()
    line_id = fields.UUIDField(db_index=True)
    sheet_id = fields.UUIDField()
    worker_id = fields.UUIDField()
    project_id = fields.UUIDField()
    seq = fields.IntField()
    payee = PersonalField(Secret.NAME)
    card = PersonalField(Secret.BANK_CARD)
    card_index = fields.CharField(max_length=32)
    amount_fen = fields.BigIntField()
    again = fields.BooleanField()
    state = EnumField(PaymentState, max_length=12, default=PaymentState.WAITING)
    reason = EnumField(Reason, max_length=16, default=Reason.NONE)
    reference = fields.CharField(max_length=64, default="")
    at = InstantField(null=True)
    received_at = InstantField(null=True)

    class Meta:
        table = "batch_line"
        unique_together = (("batch_id", "seq"),)
        indexes = (("worker_id", "id"), ("card_index", "sheet_id"), ("batch_id", "state"))


class LeftOut(Record):
    """A line of a released sheet that is in no batch, and why, until it is in one."""

    line_id = fields.UUIDField(unique=True)
    sheet_id = fields.UUIDField()
    worker_id = fields.UUIDField()
    project_id = fields.UUIDField()
    reason = EnumField(LeftOutReason, max_length=16)

    class Meta:
        table = "payroll_left_out"
        indexes = (("sheet_id", "id"), ("worker_id", "id"))


class HeldSheet(Record):
    """A released sheet of which nothing is drawn until an agreement is in force.

    after: the line that was drawn last, on which drawing goes on. account_id: who wanted it.
    """

    sheet_id = fields.UUIDField(unique=True)
    project_id = fields.UUIDField()
    contractor_id = fields.UUIDField()
    after = fields.UUIDField()
    account_id = fields.UUIDField(null=True)

    class Meta:
        table = "payroll_held"


class BankReceipt(Record):
    """What a bank told of a batch at one time 回盘. Append-only, the same contents are there once.

    lines: what it said, applied: what of it was new. account_id: who brought the file.
    """

    batch_id = fields.UUIDField()
    way = EnumField(Way, max_length=4)
    digest = fields.CharField(max_length=64)
    lines = fields.IntField()
    applied = fields.IntField()
    account_id = fields.UUIDField(null=True)

    class Meta:
        table = "bank_receipt"
        unique_together = (("batch_id", "digest"),)


class BankException(Record):
    """A bank's line that fits no payment, or contradicts it: never dropped, closed by a person.

    note: what he found out and did.
    """

    batch_id = fields.UUIDField()
    project_id = fields.UUIDField()
    contractor_id = fields.UUIDField()
    region = fields.CharField(max_length=6)
    seq = fields.BigIntField()
    amount_fen = fields.BigIntField()
    outcome = EnumField(Outcome, max_length=8)
    reason = EnumField(Reason, max_length=16)
    reference = fields.CharField(max_length=64)
    at = InstantField()
    why = EnumField(Why, max_length=16)
    state = EnumField(ExceptionState, max_length=8, default=ExceptionState.OPEN)
    note = fields.CharField(max_length=500, default="")
    handled_by = fields.UUIDField(null=True)
    handled_at = InstantField(null=True)

    class Meta:
        table = "bank_exception"
        unique_together = (("batch_id", "seq", "outcome", "reference"),)
        indexes = (("contractor_id", "state", "id"), ("region", "state", "id"))


class StrayResult(Record):
    """A result that the bank pushed and that names no batch of ours: never dropped either.

    number: the batch as the bank names it. note: what a person found out and did.
    """

    number = fields.CharField(max_length=32)
    seq = fields.BigIntField()
    amount_fen = fields.BigIntField()
    outcome = EnumField(Outcome, max_length=8)
    reason = EnumField(Reason, max_length=16)
    reference = fields.CharField(max_length=64)
    at = InstantField()
    state = EnumField(ExceptionState, max_length=8, default=ExceptionState.OPEN)
    note = fields.CharField(max_length=500, default="")
    handled_by = fields.UUIDField(null=True)
    handled_at = InstantField(null=True)

    class Meta:
        table = "bank_stray"
        unique_together = (("number", "seq", "outcome", "reference"),)


class Advance(Record):
    """What a general contractor paid from its own money for an employer 垫付 (art. 30, GY-10).

    amount_fen: what arrived of its batch. recovered_fen: the sum of its recoveries.
    """

    batch_id = fields.UUIDField(unique=True)
    sheet_id = fields.UUIDField()
    project_id = fields.UUIDField()
    contractor_id = fields.UUIDField()
    enterprise_id = fields.UUIDField()
    region = fields.CharField(max_length=6)
    amount_fen = fields.BigIntField(default=0)
    recovered_fen = fields.BigIntField(default=0)
    state = EnumField(AdvanceState, max_length=12, default=AdvanceState.OPEN)
    reason = fields.CharField(max_length=500)

    class Meta:
        table = "wage_advance"
        indexes = (("contractor_id", "id"), ("enterprise_id", "id"), ("region", "id"))


class AdvanceRecovery(Record):
    """Money that the employer gave back for an advance 追偿. Append-only."""

    advance_id = fields.UUIDField(db_index=True)
    amount_fen = fields.BigIntField()
    on = fields.DateField()
    note = fields.CharField(max_length=500)
    account_id = fields.UUIDField()

    class Meta:
        table = "advance_recovery"
