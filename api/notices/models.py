"""Notices, how each account wants to be told, what it granted to WeChat, and daily summaries."""

from enum import StrEnum, unique

from tortoise import fields

from api.kit.fields import EnumField, InstantField, Record


@unique
class Delivery(StrEnum):
    """Where the sending of a notice over one channel stands."""

    NONE = "none"
    WAITING = "waiting"
    SENDING = "sending"
    """Begun; who died now does not know whether it arrived."""
    SENT = "sent"
    SKIPPED = "skipped"
    FAILED = "failed"
    UNSURE = "unsure"
    """Sent or not, nobody knows: it is not tried again over this channel."""


@unique
class DigestBy(StrEnum):
    """How the daily summary comes."""

    NONE = "none"
    WECHAT = "wechat"
    SMS = "sms"


class Notice(Record):
    """Something a person is told: it lies in the inbox until it is read, whatever the message does.

    `params` holds ids, codes and dates only; `…_code` says why a message failed or was skipped;
    `digest_due_at` is set while the notice waits for a daily summary.
    """

    account_id = fields.UUIDField()
    kind = fields.CharField(max_length=48)
    params: fields.Field[dict[str, str]] = fields.JSONField()
    about = fields.CharField(max_length=32, default="")
    about_id = fields.UUIDField(null=True)
    told_by = fields.UUIDField(null=True)
    read_at = InstantField(null=True)
    sms = EnumField(Delivery, max_length=8, default=Delivery.NONE)
    sms_code = fields.CharField(max_length=48, default="")
    sms_at = InstantField(null=True)
    wechat = EnumField(Delivery, max_length=8, default=Delivery.NONE)
    wechat_code = fields.CharField(max_length=48, default="")
    wechat_at = InstantField(null=True)
    digest_due_at = InstantField(null=True)
    digest_id = fields.UUIDField(null=True)

    class Meta:
        table = "notice"
        indexes = (("account_id", "id"), ("account_id", "read_at"), ("digest_id",))


class NoticeSettings(Record):
    """What an account chose, without a row the defaults hold."""

    account_id = fields.UUIDField(unique=True)
    quiet_at_night = fields.BooleanField(default=True)
    text_messages = fields.BooleanField(default=True)
    wechat_messages = fields.BooleanField(default=True)
    digest_by = EnumField(DigestBy, max_length=8, default=DigestBy.WECHAT)
    digest_at = fields.CharField(max_length=5, default="18:30")

    class Meta:
        table = "notice_settings"


class Digest(Record):
    """The summary of one account's day 消息汇总: one at most."""

    account_id = fields.UUIDField()
    day = fields.DateField()
    count = fields.IntField()
    by = EnumField(DigestBy, max_length=8)
    state = EnumField(Delivery, max_length=8, default=Delivery.WAITING)
    code = fields.CharField(max_length=48, default="")
    sent_at = InstantField(null=True)

    class Meta:
        table = "notice_digest"
        unique_together = (("account_id", "day"),)


class SubscribeGrant(Record):
    """One yes of a person to one message of a WeChat template, or a lasting yes.

    spent_for: the notice or summary that used it up; a lasting one is never spent. ended_at: the
    person or WeChat took it back.
    """

    account_id = fields.UUIDField()
    template = fields.CharField(max_length=16)
    lasting = fields.BooleanField(default=False)
    spent_for = fields.UUIDField(null=True, unique=True)
    ended_at = InstantField(null=True)

    class Meta:
        table = "subscribe_grant"
        indexes = (("account_id", "template", "ended_at"),)
