"""Recoveries, and the words of those who know the person."""

from tortoise import fields

from api.kit.fields import EnumField, InstantField, Record
from api.recovery.rules import Side, State


class Recovery(Record):
    """Somebody asks those who know him to say that it is he 熟人证明, for one attempt.

    worker_id: the record that he says is his, team_id and enterprise_id: where it belongs. All
    three are empty where there is none, and he is never told which.
    """

    verification_id = fields.UUIDField(unique=True)
    account_id = fields.UUIDField()
    worker_id = fields.UUIDField(null=True, db_index=True)
    team_id = fields.UUIDField(null=True)
    enterprise_id = fields.UUIDField(null=True)
    state = EnumField(State, max_length=12, default=State.OPEN)
    ended_at = InstantField(null=True)

    class Meta:
        table = "recovery"
        indexes = (
            ("account_id", "id"),
            ("team_id", "state", "id"),
            ("enterprise_id", "state", "id"),
            ("state", "id"),
        )


class Vouching(Record):
    """One word on a recovery: known or not. Append-only. worker_id: the colleague's own record."""

    recovery_id = fields.UUIDField()
    account_id = fields.UUIDField()
    worker_id = fields.UUIDField(null=True)
    side = EnumField(Side, max_length=12)
    known = fields.BooleanField()

    class Meta:
        table = "vouching"
        unique_together = (("recovery_id", "account_id"),)
        indexes = (("account_id", "id"),)
