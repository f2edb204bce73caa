"""Cards of workers, and what happened to each."""

from tortoise import fields

from api.cards.rules import Act, State
from api.kit.fields import EnumField, PersonalField, Record
from api.kit.personal import Kind


class WorkerCard(Record):
    """A card 安康卡 of a worker. One active card for each worker, one row for each number.

    enterprise_id: which issued it. region: the worker's. replaces_id: the card in whose place it
    came. closed_on: the day from which it counts no more.
    """

    worker_id = fields.UUIDField()
    enterprise_id = fields.UUIDField()
    region = fields.CharField(max_length=6)
    number = PersonalField(Kind.BANK_CARD)
    number_index = fields.CharField(max_length=32, unique=True)
    bank_name = fields.CharField(max_length=100)
    issued_on = fields.DateField()
    state = EnumField(State, max_length=12, default=State.ACTIVE)
    replaces_id = fields.UUIDField(null=True)
    closed_on = fields.DateField(null=True)

    class Meta:
        table = "worker_card"
        indexes = (("worker_id", "id"), ("enterprise_id", "id"))


class WorkerCardStep(Record):
    """What happened to a card, who did it, and why. Append-only."""

    card_id = fields.UUIDField()
    act = EnumField(Act, max_length=12)
    reason = fields.CharField(max_length=500, default="")
    account_id = fields.UUIDField(null=True)

    class Meta:
        table = "worker_card_step"
        indexes = (("card_id", "id"),)
