"""Links by which a relative reads a payslip, and whose hand the wage card is in."""

from tortoise import fields

from api.kit.fields import InstantField, Record


class PayslipShare(Record):
    """A link to one payslip for somebody he trusts, for some days. The link itself is not kept.

    key: the keyed digest of what the link ends in. revoked_at: when he took it back.
    """

    line_id = fields.UUIDField(db_index=True)
    worker_id = fields.UUIDField(db_index=True)
    project_id = fields.UUIDField()
    account_id = fields.UUIDField()
    key = fields.CharField(max_length=64, unique=True)
    expires_at = InstantField()
    revoked_at = InstantField(null=True)

    class Meta:
        table = "payslip_share"


class CardAnswer(Record):
    """What a worker said after a pay: is the wage card in his own hand (Regulation, art. 31)?"""

    line_id = fields.UUIDField(unique=True)
    worker_id = fields.UUIDField(db_index=True)
    project_id = fields.UUIDField()
    region = fields.CharField(max_length=6)
    in_hand = fields.BooleanField()

    class Meta:
        table = "card_answer"
        indexes = (("region", "in_hand", "id"),)
