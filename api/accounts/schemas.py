"""Bodies and answers of the account addresses."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import ConfigDict, Field, RootModel, StringConstraints

from api.accounts.consents import ConsentPurpose, ConsentText, Decision
from api.accounts.models import Session
from api.accounts.sessions import Opened
from api.kit.actor import Actor
from api.kit.personal import Kind, Personal, PersonalIn, phone
from api.kit.schemas import Body, Line, Out, Query

Phone = Annotated[Personal, PersonalIn(Kind.PHONE, phone, max_length=20)]
SixDigits = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]
VendorCode = Annotated[str, StringConstraints(min_length=1, max_length=128, pattern=r"^[!-~]+$")]
Username = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_.-]{2,31}$")]
Password = Annotated[str, StringConstraints(min_length=1, max_length=128)]


class SmsCodeIn(Body):
    """Where to send a code."""

    phone: Phone


class SmsLogin(Body):
    """A code from a text message. shared: on a phone that several people use."""

    method: Literal["sms"]
    phone: Phone
    code: SixDigits
    device: Line | None = None
    shared: bool = False


class WechatLogin(Body):
    """A `wx.login` code of the mini-program. shared: on a phone that several people use."""

    method: Literal["wechat"]
    code: VendorCode
    device: Line | None = None
    shared: bool = False


class WechatPageLogin(Body):
    """An OAuth code of a page inside WeChat, with the state and binding we gave."""

    method: Literal["wechat_page"]
    code: VendorCode
    state: VendorCode
    binding: VendorCode
    device: Line | None = None


class PasswordLogin(Body):
    """A staff member's user name and password, and the second factor where one is set."""

    method: Literal["password"]
    username: Username
    password: Password
    totp: SixDigits | None = None
    device: Line | None = None


Way = SmsLogin | WechatLogin | WechatPageLogin | PasswordLogin


class LoginIn(RootModel[Annotated[Way, Field(discriminator="method")]]):
    """One way to show who you are."""

    model_config = ConfigDict(strict=True, frozen=True, hide_input_in_errors=True)


class PinProof(Body):
    """The PIN of who is logged in: a fresh proof, never a login."""

    method: Literal["pin"]
    pin: SixDigits


class ProofIn(RootModel[Annotated[Way | PinProof, Field(discriminator="method")]]):
    """One way to show again who you are."""

    model_config = ConfigDict(strict=True, frozen=True, hide_input_in_errors=True)


class PinIn(Body):
    """Six digits."""

    pin: SixDigits


class AccountBrief(Out):
    """Who logged in."""

    id: UUID
    kind: str
    roles: list[str]
    second_factor_set: bool


class SessionOut(Out):
    """A fresh login. The token is shown this once."""

    token: str
    expires_at: datetime
    account: AccountBrief

    @classmethod
    def of(cls, opened: Opened) -> "SessionOut":
        """The opened session as answered."""
        account = opened.account
        brief = AccountBrief(
            id=account.id,
            kind=account.kind,
            roles=list(opened.roles),
            second_factor_set=account.totp_confirmed,
        )
        return cls(token=opened.token, expires_at=opened.expires_at, account=brief)


class DeviceOut(Out):
    """A live login of one's own."""

    id: UUID
    method: str
    device: str
    created_at: datetime
    last_seen_at: datetime
    current: bool
    shared: bool

    @classmethod
    def of(cls, row: Session, actor: Actor) -> "DeviceOut":
        """The session as its owner sees it."""
        return cls(
            id=row.id,
            method=row.method,
            device=row.device,
            created_at=row.created_at,
            last_seen_at=row.last_seen_at,
            current=row.id == actor.session_id,
            shared=row.shared,
        )


class DevicesOut(Out):
    """All live logins, newest first."""

    items: list[DeviceOut]


class ConsentTextOut(Out):
    """A text to decide on."""

    purpose: ConsentPurpose
    version: str
    title: str
    text: str

    @classmethod
    def of(cls, text: ConsentText) -> "ConsentTextOut":
        """The text as shown."""
        return cls.model_validate(text, from_attributes=True)


class ConsentTextsOut(Out):
    """All texts in force."""

    items: list[ConsentTextOut]


class ConsentIn(Body):
    """Yes or no to one text."""

    version: Annotated[str, StringConstraints(min_length=1, max_length=16)]
    granted: bool


class ConsentOut(Out):
    """A person's newest word; `at` null when he has not decided."""

    purpose: ConsentPurpose
    version: str
    granted: bool
    at: datetime | None

    @classmethod
    def of(cls, decision: Decision) -> "ConsentOut":
        """The decision as shown."""
        return cls.model_validate(decision, from_attributes=True)


class ConsentsOut(Out):
    """The newest word on each purpose."""

    items: list[ConsentOut]


class PhoneIn(Body):
    """A new phone, and the code sent to it."""

    phone: Phone
    code: SixDigits


class WechatCodeIn(Body):
    """A code that WeChat gave to the client."""

    code: VendorCode


class PhoneOut(Out):
    """The phone in force, masked."""

    phone_masked: str


class ActivationIn(Body):
    """The code an administrator handed over, and the owner's own password."""

    username: Username
    activation_code: VendorCode
    password: Password


class PasswordIn(Body):
    """A new password."""

    password: Password


class SecondFactorOut(Out):
    """The secret as an `otpauth://` address for an authenticator, shown this once."""

    otpauth_uri: str


class TotpIn(Body):
    """The code that the authenticator shows now."""

    code: SixDigits


class PageUrlQuery(Query):
    """The address of a page of ours, without its fragment."""

    url: Annotated[str, StringConstraints(min_length=8, max_length=500)]


class ReturnQuery(Query):
    """Where to come back to after the login inside WeChat: a path of ours."""

    return_path: Annotated[str, StringConstraints(pattern=r"^/[a-z0-9/_-]{0,200}$")]


class OauthUrlOut(Out):
    """Where to send the browser, and what it keeps to itself until it comes back."""

    url: str
    binding: str


class JsapiOut(Out):
    """What `wx.config` needs."""

    appid: str
    timestamp: int
    nonce: str
    signature: str
