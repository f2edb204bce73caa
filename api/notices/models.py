"""Notices and how each account wants to be told."""

from enum import StrEnum

from tortoise import fields

from api.kit.fields import EnumField, InstantField, Record


class Sms(StrEnum):
    """Where the text message of a notice stands."""

    NONE = "none"
    WAITING = "waiting"
    SENT = "sent"
    SKIPPED = "skipped"
    FAILED = "failed"


class Notice(Record):
    """Something a person is told: it lies in the inbox until it is read, whatever the message does.

    `params` holds ids, codes and dates only; `sms_code` says why a message failed or was skipped.
    """

    account_id = fields.UUIDField()
    kind = fields.CharField(max_length=48)
    params: fields.Field[dict[str, str]] = fields.JSONField()
    about = fields.CharField(max_length=32, default="")
    about_id = fields.UUIDField(null=True)
    told_by = fields.UUIDField(null=True)
    read_at = InstantField(null=True)
    sms = EnumField(Sms, max_length=8, default=Sms.NONE)
    sms_code = fields.CharField(max_length=48, default="")
    sms_at = InstantField(null=True)

    class Meta:
        table = "notice"
        indexes = (("account_id", "id"), ("account_id", "read_at"))


class NoticeSettings(Record):
    """What an account chose, without a row the defaults hold."""

    account_id = fields.UUIDField(unique=True)
    quiet_at_night = fields.BooleanField(default=True)
    text_messages = fields.BooleanField(default=True)

    class Meta:
        table = "notice_settings"
