"""Stored files: what is known of them; the bytes lie encrypted in the store."""

from enum import StrEnum, unique

from tortoise import fields

from api.kit.fields import EnumField, InstantField, Record


@unique
class FilePurpose(StrEnum):
    """What a file is for, a face is counted and deleted apart from the rest."""

    CARD_FRONT = "card_front"
    CARD_BACK = "card_back"
    SELFIE = "selfie"
    EVIDENCE = "evidence"
    LICENCE = "licence"
    COURSEWARE = "courseware"
    VOICE = "voice"
    EXPORT = "export"


class StoredFile(Record):
    """A file. `sealed_key` opens it, without the key the stored bytes are noise.

    account_id: whose file it is. digest: keyed SHA-256 of the plain bytes, 64 hex digits.
    delete_after: the end of its term; None has no end. held_until: evidence, kept until then.
    piece_bytes: how many plain bytes each sealed piece holds; None: sealed in one.
    """

    purpose = EnumField(FilePurpose, max_length=16)
    account_id = fields.UUIDField(null=True)
    media_type = fields.CharField(max_length=32, default="image/jpeg")
    size = fields.IntField()
    digest = fields.CharField(max_length=64, db_index=True)
    sealed_key = fields.TextField()
    piece_bytes = fields.IntField(null=True)
    delete_after = InstantField(null=True)
    held_until = InstantField(null=True)
    hold_reason = fields.CharField(max_length=48, default="")
    deleted_at = InstantField(null=True)

    class Meta:
        table = "stored_file"
        indexes = (("deleted_at", "delete_after"), ("account_id", "purpose", "deleted_at"))
