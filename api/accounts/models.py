"""Accounts and what belongs to them."""

from enum import StrEnum

from tortoise import fields

from api.kit import clock
from api.kit.fields import InstantField, PersonalField, Record
from api.kit.personal import Kind


class AccountKind(StrEnum):
    """A person logs in by phone or WeChat, staff by password."""

    PERSON = "person"
    STAFF = "staff"


class Account(Record):
    """Somebody who can log in. A person is not his phone: the number may change.

    left_at: its person went on in another account, where his phone and WeChat may follow him.
    former_phone: until it has been told that it is no longer this account's.
    """

    kind = fields.CharField(max_length=8)
    phone = PersonalField(Kind.PHONE, null=True)
    phone_index = fields.CharField(max_length=32, null=True, unique=True)
    username = fields.CharField(max_length=32, null=True, unique=True)
    password_hash = fields.CharField(max_length=200, default="")
    activation_hash = fields.CharField(max_length=64, default="")
    activation_until = InstantField(null=True)
    totp_secret = PersonalField(Kind.SECRET, null=True)
    totp_confirmed = fields.BooleanField(default=False)
    totp_step = fields.BigIntField(default=0)
    disabled_at = InstantField(null=True)
    left_at = InstantField(null=True)
    former_phone = PersonalField(Kind.PHONE, null=True)

    class Meta:
        table = "account"


class WechatIdentity(Record):
    """An openid of one of our apps, bound to an account.

    founded: the unionid with which this openid was the first to come, so that a person who comes
    to two apps at once founds one account.
    """

    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "models.Account", on_delete=fields.RESTRICT
    )
    app = fields.CharField(max_length=16)
    openid = PersonalField(Kind.IDENTITY)
    openid_index = fields.CharField(max_length=32)
    unionid_index = fields.CharField(max_length=32, null=True, db_index=True)
    founded = fields.CharField(max_length=32, null=True)
    session_key = PersonalField(Kind.SECRET, null=True)

    class Meta:
        table = "wechat_identity"
        unique_together = (("app", "openid_index"),)


class RoleGrant(Record):
    """A role held by an account from its making to `ended_at`."""

    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "models.Account", on_delete=fields.RESTRICT
    )
    role = fields.CharField(max_length=32)
    tenant_id = fields.UUIDField(null=True)
    region = fields.CharField(max_length=6, null=True)
    given_by = fields.UUIDField(null=True)
    ended_at = InstantField(null=True)

    class Meta:
        table = "role_grant"
        indexes = (("account_id", "ended_at"), ("tenant_id", "ended_at"))


class Session(Record):
    """A login. Only the SHA-256 of its token is stored.

    shared: on a phone that several people use, known by `browser_hash`, the SHA-256 of a secret of
    its browser; None in the mini-program, which keeps its own tokens. locked_at: until the PIN is
    given, for which `pin_tries` counts the wrong ones.
    """

    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "models.Account", on_delete=fields.RESTRICT
    )
    token_hash = fields.CharField(max_length=64, unique=True)
    method = fields.CharField(max_length=16)
    device = fields.CharField(max_length=100, default="")
    address_index = fields.CharField(max_length=32)
    last_seen_at = InstantField(default=clock.now)
    idle_seconds = fields.IntField()
    expires_at = InstantField()
    second_factor = fields.BooleanField(default=False)
    sudo_until = InstantField(null=True)
    revoked_at = InstantField(null=True)
    shared = fields.BooleanField(default=False)
    browser_hash = fields.CharField(max_length=64, null=True)
    locked_at = InstantField(null=True)
    pin_tries = fields.SmallIntField(default=0)

    class Meta:
        table = "session"
        indexes = (("account_id", "revoked_at"), ("expires_at",), ("browser_hash",))


class Pin(Record):
    """The six digits that open a person's login on a shared phone, as an argon2id hash."""

    account_id = fields.UUIDField(unique=True)
    pin_hash = fields.CharField(max_length=200)
    set_at = InstantField(default=clock.now)

    class Meta:
        table = "account_pin"


class SmsCode(Record):
    """A code sent to a phone. Tries from the asking address and from others are counted apart."""

    phone_index = fields.CharField(max_length=32)
    code_hash = fields.CharField(max_length=64)
    address_index = fields.CharField(max_length=32)
    expires_at = InstantField()
    own_tries = fields.IntField(default=0)
    other_tries = fields.IntField(default=0)
    used_at = InstantField(null=True)

    class Meta:
        table = "sms_code"
        indexes = (("phone_index", "expires_at"),)


class Consent(Record):
    """One word given or taken back: append-only, and the newest per purpose counts."""

    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "models.Account", on_delete=fields.RESTRICT
    )
    purpose = fields.CharField(max_length=16)
    version = fields.CharField(max_length=16)
    text_hash = fields.CharField(max_length=64)
    granted = fields.BooleanField()
    channel = fields.CharField(max_length=16, default="api")

    class Meta:
        table = "consent"
        indexes = (("account_id", "purpose", "id"),)
