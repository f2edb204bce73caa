"""Special accounts with their agreements and ledgers, and what stands good for the wages."""

from tortoise import fields

from api.funds.rules import AccountState, EntryKind, GuaranteeKind, GuaranteeState
from api.kit.fields import EnumField, InstantField, PersonalField, Record
from api.kit.personal import Kind


class SpecialAccount(Record):
    """A project's account for wages alone 农民工工资专用账户, one that is not closed at most.

    contractor_id: the general contractor, whose account it is. balance_fen: the sum of the ledger,
    moved under this row's lock. number_index: keyed, so that a bank's message finds it.
    announced_on: when the public notice of its closing began. bank_fen: what the bank said at
    bank_asked_at that it holds; bank_gap_fen: so much more than our balance then.
    """

    project_id = fields.UUIDField(db_index=True)
    contractor_id = fields.UUIDField()
    region = fields.CharField(max_length=6)
    bank_code = fields.CharField(max_length=3)
    bank_name = fields.CharField(max_length=100)
    number = PersonalField(Kind.BANK_CARD)
    number_index = fields.CharField(max_length=32, db_index=True)
    state = EnumField(AccountState, max_length=8, default=AccountState.OPENING)
    balance_fen = fields.BigIntField(default=0)
    bank_fen = fields.BigIntField(null=True)
    bank_gap_fen = fields.BigIntField(null=True)
    bank_asked_at = InstantField(null=True)
    opened_on = fields.DateField()
    announced_on = fields.DateField(null=True)
    closed_on = fields.DateField(null=True)
    opened_by = fields.UUIDField(null=True)

    class Meta:
        table = "special_account"
        indexes = (("contractor_id", "id"), ("region", "id"), ("state", "announced_on"))


class Agreement(Record):
    """An agreement to pay wages through the bank 代发协议. Append-only, one in force is enough.

    parties: names of those who signed. file_id: its scan. ends_on None: until it is cancelled.
    """

    special_account_id = fields.UUIDField(db_index=True)
    project_id = fields.UUIDField()
    contractor_id = fields.UUIDField()
    region = fields.CharField(max_length=6)
    number = fields.CharField(max_length=50)
    parties: fields.Field[list[str]] = fields.JSONField()
    starts_on = fields.DateField()
    ends_on = fields.DateField(null=True)
    file_id = fields.UUIDField()
    account_id = fields.UUIDField(null=True)

    class Meta:
        table = "payroll_agreement"


class AccountEntry(Record):
    """A line of a special account's ledger. Append-only, a wrong one is corrected by another.

    amount_fen: signed, in is positive. balance_fen: after it. reference: once per account and
    kind, where there is one. file_id: the bank's slip. flagged: it was no wage (art. 26).
    """

    special_account_id = fields.UUIDField()
    project_id = fields.UUIDField()
    contractor_id = fields.UUIDField()
    region = fields.CharField(max_length=6)
    kind = EnumField(EntryKind, max_length=16)
    amount_fen = fields.BigIntField()
    balance_fen = fields.BigIntField()
    on = fields.DateField()
    reference = fields.CharField(max_length=64, null=True)
    note = fields.CharField(max_length=200, default="")
    file_id = fields.UUIDField(null=True)
    flagged = fields.BooleanField(default=False)
    account_id = fields.UUIDField(null=True)

    class Meta:
        table = "account_entry"
        unique_together = (("special_account_id", "kind", "reference"),)
        indexes = (("special_account_id", "id"), ("special_account_id", "kind", "on"))


class Guarantee(Record):
    """A deposit or a guarantee for a project's wages 工资保证金, and until when it stands good.

    ratio: percent of the contract's price. number: of the guarantee or the deposit's slip.
    reminded_on: when its owner was told that it ends.
    """

    project_id = fields.UUIDField(db_index=True)
    contractor_id = fields.UUIDField()
    region = fields.CharField(max_length=6)
    kind = EnumField(GuaranteeKind, max_length=16)
    amount_fen = fields.BigIntField()
    ratio = fields.DecimalField(max_digits=5, decimal_places=2)
    number = fields.CharField(max_length=50)
    issued_by = fields.CharField(max_length=100)
    valid_to = fields.DateField(null=True)
    state = EnumField(GuaranteeState, max_length=8, default=GuaranteeState.VALID)
    file_id = fields.UUIDField(null=True)
    reminded_on = fields.DateField(null=True)
    account_id = fields.UUIDField(null=True)

    class Meta:
        table = "wage_guarantee"
        indexes = (("contractor_id", "id"), ("region", "id"), ("state", "valid_to"))
