"""Corrections that workers ask for, and the codes of their résumés."""

from tortoise import fields

from api.kit.fields import EnumField, InstantField, PersonalField, Record
from api.kit.personal import Kind
from api.profiles.rules import Field, State


class ProfileCorrection(Record):
    """What a worker wants corrected, with a photo that proves it, one open for each field.

    region: whose officers decide. old, wanted: JSON of the record's columns, as they stood and as
    they are to be. certificate_id: which one, of a certificate. reason: of who decided.
    """

    worker_id = fields.UUIDField()
    account_id = fields.UUIDField()
    region = fields.CharField(max_length=6)
    field = EnumField(Field, max_length=16)
    certificate_id = fields.UUIDField(null=True)
    old = PersonalField(Kind.TEXT)
    wanted = PersonalField(Kind.TEXT)
    photo_id = fields.UUIDField()
    state = EnumField(State, max_length=12, default=State.PENDING)
    reason = fields.CharField(max_length=500, default="")
    decided_by = fields.UUIDField(null=True)
    decided_at = InstantField(null=True)

    class Meta:
        table = "profile_correction"
        indexes = (("worker_id", "id"), ("region", "state", "id"), ("region", "id"))


class Resume(Record):
    """The code under which a worker lets others read his career, and what of it.

    Each time he shows it anew the code is another one; without a code nobody reads anything.
    """

    worker_id = fields.UUIDField(unique=True)
    code = fields.CharField(max_length=32, null=True, unique=True)
    parts: fields.Field[list[str]] = fields.JSONField()
    shown_at = InstantField()
    expires_at = InstantField()

    class Meta:
        table = "resume"
