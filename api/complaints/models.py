"""Complaints, their steps, and the evidence that was frozen when they were filed."""

from typing import Any

from tortoise import fields

from api.complaints.rules import Act, Body, Check, Kind, OfficeState, Outcome, Side, State, Topic
from api.kit.fields import EnumField, PersonalField, Record
from api.kit.personal import Kind as Secret


class Complaint(Record):
    """A complaint or suggestion, and where it stands.

    Its id tells the day of filing and no more: see `kit.ids.day_id`. worker_id: the complainant,
    account_id: as which he filed. enterprise_id: whom it concerns. addressee: whom he turned to,
    holder: who is to answer now; region, office: the authority's. due_on: the day after which
    something happens by itself. office_state: what the enterprise sees, office_lags: that it is
    behind. shown_text: masked, for the enterprise, once `content` is passed. digest: of the frozen
    evidence, SHA-256. read_on: when he read the answer. flagged_on: his engagement ended soon
    after; for the authority's eyes alone.
    """

    number = fields.CharField(max_length=20, unique=True)
    kind = EnumField(Kind, max_length=12)
    topic = EnumField(Topic, max_length=12)
    account_id = fields.UUIDField()
    worker_id = fields.UUIDField()
    project_id = fields.UUIDField()
    enterprise_id = fields.UUIDField()
    region = fields.CharField(max_length=6)
    office = fields.CharField(max_length=100, default="")
    addressee = EnumField(Body, max_length=12)
    holder = EnumField(Body, max_length=12)
    anonymous = fields.BooleanField()
    state = EnumField(State, max_length=12, default=State.RECEIVED)
    outcome = EnumField(Outcome, max_length=12, default=Outcome.NONE)
    office_state = EnumField(OfficeState, max_length=12, default=OfficeState.HIDDEN)
    office_lags = fields.BooleanField(default=False, db_index=True)
    text = PersonalField(Secret.TEXT, null=True)
    shown_text = PersonalField(Secret.TEXT, null=True)
    content = EnumField(Check, max_length=12, default=Check.WAITING)
    photo_ids: fields.Field[list[str]] = fields.JSONField()
    voice_id = fields.UUIDField(null=True)
    voice_seconds = fields.IntField(default=0)
    filed_on = fields.DateField()
    accept_by = fields.DateField()
    answer_by = fields.DateField(null=True)
    due_on = fields.DateField(null=True, db_index=True)
    extended = fields.BooleanField(default=False)
    overdue = fields.BooleanField(default=False)
    digest = fields.CharField(max_length=64)
    read_on = fields.DateField(null=True)
    seen_by = fields.CharField(max_length=24, default="")
    flagged_on = fields.DateField(null=True)
    flagged_engagement_id = fields.UUIDField(null=True)

    class Meta:
        table = "complaint"
        indexes = (
            ("worker_id", "id"),
            ("enterprise_id", "office_state", "id"),
            ("region", "holder", "state", "id"),
            ("region", "id"),
        )


class ComplaintStep(Record):
    """One step of a complaint: what was done, by which side. Append-only.

    note: what was said, sealed. region, office: to whom it was transferred. due_on: the deadline
    from then on. by_itself: the clock did it. account_id: who, for the audit; it is never shown.
    """

    complaint_id = fields.UUIDField()
    act = EnumField(Act, max_length=12)
    side = EnumField(Side, max_length=12)
    note = PersonalField(Secret.TEXT, null=True)
    region = fields.CharField(max_length=6, default="")
    office = fields.CharField(max_length=100, default="")
    due_on = fields.DateField(null=True)
    by_itself = fields.BooleanField(default=False)
    account_id = fields.UUIDField(null=True)

    class Meta:
        table = "complaint_step"
        indexes = (("complaint_id", "id"),)


class ComplaintEvidence(Record):
    """His work days and lines of the work log as they stood at the filing. Append-only.

    digest: SHA-256 of `frozen` in its canonical form.
    """

    complaint_id = fields.UUIDField(unique=True)
    frozen: fields.Field[dict[str, Any]] = fields.JSONField()
    digest = fields.CharField(max_length=64)

    class Meta:
        table = "complaint_evidence"
