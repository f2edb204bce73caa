"""Links between enterprises and workers, and the reports of imports."""

from enum import StrEnum, unique
from typing import Any
from uuid import UUID

from tortoise import fields

from api.kit.fields import EnumField, InstantField, Record


@unique
class LinkState(StrEnum):
    """What the worker says of the link."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DENIED = "denied"


@unique
class RowStatus(StrEnum):
    """What became of a row: new worker, known worker, bad row, or nothing new."""

    CREATED = "created"
    MERGED = "merged"
    INVALID = "invalid"
    DUPLICATE = "duplicate"


class WorkerLink(Record):
    """An enterprise says that a worker is one of its own. The worker confirms or denies.

    trade: code of the trades' dictionary, empty when not given. told: whether the worker knows.
    """

    enterprise_id = fields.UUIDField()
    worker: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "models.Worker", on_delete=fields.RESTRICT
    )
    worker_id: UUID
    state = EnumField(LinkState, max_length=12, default=LinkState.PROPOSED)
    trade = fields.CharField(max_length=8, default="")
    collected_by = fields.UUIDField()
    told = fields.BooleanField(default=False)
    decided_at = InstantField(null=True)

    class Meta:
        table = "worker_link"
        unique_together = (("enterprise_id", "worker"),)
        indexes = (("worker_id", "state"), ("enterprise_id", "state", "id"), ("told", "state"))


class WorkerImport(Record):
    """One file read: how many rows it had. `done` once every row has its answer."""

    enterprise_id = fields.UUIDField(db_index=True)
    made_by = fields.UUIDField()
    total = fields.IntField()
    done = fields.BooleanField(default=False)

    class Meta:
        table = "worker_import"


class WorkerImportRow(Record):
    """What became of one row. `errors` holds field names, codes and sentences, never a value."""

    report: fields.ForeignKeyRelation[WorkerImport] = fields.ForeignKeyField(
        "models.WorkerImport", related_name="rows"
    )
    number = fields.IntField()
    status = EnumField(RowStatus, max_length=12)
    errors: fields.Field[list[dict[str, Any]]] = fields.JSONField(default=list)
    link_id = fields.UUIDField(null=True)

    class Meta:
        table = "worker_import_row"
        unique_together = (("report", "number"),)
