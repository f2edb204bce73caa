"""Copies of everything about a person, erasures, and who an erased worker was."""

from enum import StrEnum, unique

from tortoise import fields

from api.kit.fields import EnumField, InstantField, PersonalField, Record
from api.kit.personal import Kind


@unique
class ExportState(StrEnum):
    """Whether the copy can be fetched."""

    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"
    """Told of one that waits too long; never stored."""


@unique
class ExportKind(StrEnum):
    """What is in a copy."""

    WHOLE = "whole"
    """Everything held about the person."""
    EVIDENCE = "evidence"
    """What proves his work and wages, signed."""


class DataExport(Record):
    """A copy of everything held about a person, made when he asks. rows: how many lines it has.

    kind: or only of what proves his work and wages. file_id: the sealed file, until its term is
    over. One of a kind is being made at most.
    """

    account_id = fields.UUIDField()
    kind = EnumField(ExportKind, max_length=8, default=ExportKind.WHOLE)
    state = EnumField(ExportState, max_length=8, default=ExportState.WAITING)
    rows = fields.IntField(default=0)
    size = fields.IntField(default=0)
    file_id = fields.UUIDField(null=True)
    ready_at = InstantField(null=True)

    class Meta:
        table = "data_export"
        indexes = (("account_id", "id"),)


@unique
class ErasureState(StrEnum):
    """Where a wish to be erased stands."""

    WAITING = "waiting"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    """Something stood in the way when it was due, such as a new site."""
    DONE = "done"


class Erasure(Record):
    """A person's wish to be erased 注销: done when its days of thought are over.

    worker_id: his record, None while he had none. rows: how many were deleted or blanked.
    """

    account_id = fields.UUIDField(db_index=True)
    worker_id = fields.UUIDField(null=True)
    state = EnumField(ErasureState, max_length=12, default=ErasureState.WAITING)
    due_at = InstantField()
    ended_at = InstantField(null=True)
    rows = fields.IntField(default=0)

    class Meta:
        table = "erasure"
        indexes = (("state", "due_at"),)


class KeptIdentity(Record):
    """Who an erased worker was, for the ledgers that the law keeps (保障农民工工资支付条例 15).

    Blocked for any other use: an authority alone opens it, by name and with a document. It goes
    with the last of his ledgers.
    """

    worker_id = fields.UUIDField(unique=True)
    region = fields.CharField(max_length=6)
    id_kind = fields.CharField(max_length=24)
    number = PersonalField(Kind.ID_NUMBER)
    name = PersonalField(Kind.NAME)

    class Meta:
        table = "kept_identity"
