"""Trainings that a worker had, and certificates that he holds."""

from enum import StrEnum, unique

from tortoise import fields

from api.kit.fields import PersonalField, Record
from api.kit.personal import Kind


@unique
class TrainingKind(StrEnum):
    """What a training was for."""

    ENTRY = "entry"
    RETRAINING = "retraining"
    POST_CHANGE = "post_change"
    YEARLY = "yearly"


class Training(Record):
    """A safety training of one worker on a project, as the enterprise recorded it.

    contractor_id: the project's general contractor, who sees it too.
    """

    worker_id = fields.UUIDField()
    project_id = fields.UUIDField()
    enterprise_id = fields.UUIDField(db_index=True)
    contractor_id = fields.UUIDField()
    region = fields.CharField(max_length=6)
    kind = fields.CharField(max_length=12)
    held_on = fields.DateField()
    hours = fields.DecimalField(max_digits=5, decimal_places=1)
    topic = fields.CharField(max_length=100, default="")
    recorded_by = fields.UUIDField(null=True)

    class Meta:
        table = "training"
        indexes = (("worker_id", "id"), ("project_id", "id"))


class Certificate(Record):
    """A special-operation certificate 特种作业操作资格证 of a worker.

    operation: code of 特种作业. valid_to: its last day. number: as printed, often the
    ID number.
    """

    worker_id = fields.UUIDField()
    enterprise_id = fields.UUIDField(db_index=True)
    operation = fields.CharField(max_length=2)
    number = PersonalField(Kind.ID_NUMBER)
    issued_by = fields.CharField(max_length=100, default="")
    valid_from = fields.DateField()
    valid_to = fields.DateField()
    recorded_by = fields.UUIDField(null=True)

    class Meta:
        table = "certificate"
        indexes = (("worker_id", "id"),)
