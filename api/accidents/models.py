"""Emergency contacts, accidents, and the steps of each."""

from tortoise import fields

from api.accidents.rules import Act, Harm, Relation, Side, State
from api.kit.fields import EnumField, PersonalField, Record
from api.kit.personal import Kind


class EmergencyContact(Record):
    """Whom to call when something happened to a worker: two at most, by their place."""

    worker_id = fields.UUIDField()
    place = fields.SmallIntField()
    name = PersonalField(Kind.NAME)
    phone = PersonalField(Kind.PHONE)
    relation = EnumField(Relation, max_length=12)

    class Meta:
        table = "emergency_contact"
        unique_together = (("worker_id", "place"),)


class Accident(Record):
    """What happened to a worker on a project, and how far its handling is.

    enterprise_id: his employer there, contractor_id: the general contractor, who sees it too.
    spot, text: where and what, sealed. told: codes of who was told. employer_due_on, worker_due_on:
    the terms of the claim; claimed_on: when it was made, next_on: when the clock speaks next.
    """

    worker_id = fields.UUIDField()
    account_id = fields.UUIDField()
    side = EnumField(Side, max_length=12)
    engagement_id = fields.UUIDField()
    project_id = fields.UUIDField()
    enterprise_id = fields.UUIDField()
    contractor_id = fields.UUIDField()
    region = fields.CharField(max_length=6)
    happened_on = fields.DateField()
    happened_at = fields.CharField(max_length=5, default="")
    harm = EnumField(Harm, max_length=12)
    spot = PersonalField(Kind.TEXT)
    text = PersonalField(Kind.TEXT)
    photo_ids: fields.Field[list[str]] = fields.JSONField()
    told: fields.Field[list[str]] = fields.JSONField()
    state = EnumField(State, max_length=12, default=State.REPORTED)
    insurer_told_on = fields.DateField(null=True)
    claimed_on = fields.DateField(null=True)
    claimed_by = fields.CharField(max_length=12, default="")
    claim_number = fields.CharField(max_length=50, default="")
    employer_due_on = fields.DateField()
    worker_due_on = fields.DateField()
    next_on = fields.DateField(null=True, db_index=True)

    class Meta:
        table = "accident"
        indexes = (
            ("worker_id", "id"),
            ("enterprise_id", "id"),
            ("contractor_id", "id"),
            ("region", "id"),
        )


class AccidentStep(Record):
    """One step of an accident: what was done, by which side. Append-only. note: sealed."""

    accident_id = fields.UUIDField()
    act = EnumField(Act, max_length=16)
    side = EnumField(Side, max_length=12)
    note = PersonalField(Kind.TEXT, null=True)
    account_id = fields.UUIDField(null=True)

    class Meta:
        table = "accident_step"
        indexes = (("accident_id", "id"),)
