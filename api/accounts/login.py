"""Ways to log in, and to prove oneself again: text message, WeChat, password with second factor."""

from dataclasses import dataclass

from tortoise.exceptions import IntegrityError

from api.accounts import grants, passwords, pins, second_factor, shared_phones, sms_codes
from api.accounts.errors import (
    AccountDisabled,
    Locked,
    OtherAccount,
    PinNotEnough,
    SecondFactorNeeded,
    WechatOff,
    WrongCode,
    WrongCredentials,
    WrongWechatCode,
)
from api.accounts.models import Account, AccountKind, Session, WechatIdentity
from api.accounts.sessions import OWN_PHONE, OnPhone, Opened, open_session, renew
from api.audit import service as audit
from api.audit.tags import Tag
from api.integrations.adapters import outside
from api.integrations.http import Klass, UpstreamError
from api.integrations.wechat import PageVisitor, WechatSession
from api.kit import clock
from api.kit.actor import SYSTEM, Actor, Origin
from api.kit.errors import TooMany
from api.kit.personal import Personal
from api.kit.rate_limit import Limit, give_back, spend
from api.kit.transaction import transaction

MINI, OFFICIAL = "mini", "official"
PAIR = Limit("password_pair", 5, 900)
STRANGERS = Limit("password_strangers", 20, 900)


@dataclass(frozen=True, slots=True)
class Proof:
    """Somebody has shown who he is."""

    account: Account
    method: str
    second_factor: bool = False


async def log_in(proof: Proof, origin: Origin, device: str, phone: OnPhone = OWN_PHONE) -> Opened:
    """Open a session on a proof. AccountDisabled when the account is switched off.

    Everybody else who is logged in on a phone that several people use is locked.
    """
    if proof.account.disabled_at is not None:
        raise AccountDisabled
    async with transaction():
        opened = await open_session(
            proof.account,
            method=proof.method,
            origin=origin,
            device=device,
            second_factor=proof.second_factor,
            phone=phone,
        )
        who = Actor(proof.account.id, opened.session_id, origin=origin)
        await shared_phones.make_room(who, phone)
    return opened


async def prove_again(actor: Actor, proof: Proof) -> Opened:
    """Allow dangerous acts for five minutes, with a new token. OtherAccount for another's proof."""
    if proof.account.id != actor.id:
        raise OtherAccount
    return await renew(actor, second_factor=proof.second_factor or None, sudo=True)


async def by_pin(actor: Actor, digits: str) -> Proof:
    """Prove again by the PIN, for who is logged in and no longer has the SIM card of his number.

    PinNotEnough on a shared phone, where others may have seen it; NoPin, WrongPin, PinSpent.
    """
    if actor.shared:
        raise PinNotEnough
    return Proof(await pins.prove(actor, digits), "pin")


async def by_sms(origin: Origin, phone: Personal, code: str, *, newcomers: bool = True) -> Proof:
    """Prove by a code sent to the phone; a phone without an account gets one. WrongCode else.

    Without `newcomers` nobody gets an account: OtherAccount.
    """
    try:
        await sms_codes.use(origin, phone, code)
    except WrongCode:
        await _note_failure(origin, await sms_codes.owner_of(phone))
        raise
    account = await sms_codes.owner_of(phone)
    if account is None and not newcomers:
        raise OtherAccount
    return Proof(account or await _new_person(origin, phone), "sms")


async def by_wechat(origin: Origin, code: str, *, newcomers: bool = True) -> Proof:
    """Prove by a `wx.login` code; a new openid gets an account. WrongWechatCode, WechatOff.

    Without `newcomers` nobody gets an account: OtherAccount.
    """
    session = await mini_session(code)
    return Proof(await _account_of(origin, MINI, session, newcomers), "wechat")


async def by_official_account(origin: Origin, code: str, *, newcomers: bool = True) -> Proof:
    """Prove by the OAuth code of a page inside WeChat. WrongWechatCode, WechatOff.

    Without `newcomers` nobody gets an account: OtherAccount.
    """
    account = outside().official_account
    if account is None:
        raise WechatOff
    try:
        visitor = await account.oauth_openid(code)
    except UpstreamError as error:
        raise _wechat_error(error) from error
    return Proof(await _account_of(origin, OFFICIAL, visitor, newcomers), "wechat_page")


async def mini_session(code: str) -> WechatSession:
    """Who is behind a `wx.login` code. WrongWechatCode, WechatOff."""
    wechat = outside().wechat
    if wechat is None:
        raise WechatOff
    try:
        return await wechat.code2session(code)
    except UpstreamError as error:
        raise _wechat_error(error) from error


def _wechat_error(error: UpstreamError) -> WrongWechatCode | WechatOff:
    ours = error.klass in {Klass.UNAVAILABLE, Klass.CONFIGURATION}
    return WechatOff() if ours else WrongWechatCode()


async def by_password(origin: Origin, username: str, password: str, totp: str | None) -> Proof:
    """Prove by password and, where one is in force, a code of the second factor.

    WrongCredentials alike for a wrong name and a wrong password; SecondFactorNeeded after the
    right password. Locked for this address after five failures, and for all addresses new to the
    account after twenty: never where the owner logged in before, nor for his second factor.
    """
    account = await Account.get_or_none(username=username, kind=AccountKind.STAFF)
    tries = await _spend_tries(origin, username, account, totp)
    right = await passwords.matches(account.password_hash if account else "", password)
    if account is None or not right:
        await _note_failure(origin, account)
        raise WrongCredentials
    if account.totp_confirmed:
        if totp is None:
            await _give_back(tries)
            raise SecondFactorNeeded
        async with transaction():
            await second_factor.spend_code(account, totp)
    await _give_back(tries)
    if passwords.is_outdated(account.password_hash):
        fresh = await passwords.hash_password(password)
        await Account.filter(id=account.id).update(password_hash=fresh)
    return Proof(account, "password", second_factor=account.totp_confirmed)


Tries = list[tuple[Limit, str]]


async def _spend_tries(
    origin: Origin, username: str, account: Account | None, totp: str | None
) -> Tries:
    tries: Tries = [(PAIR, f"{username}:{origin.network}")]
    try:
        await spend(*tries[0])
        if not await _is_known(origin, account):
            tries.append((STRANGERS, username))
            await _spend_as_stranger(username, account, totp)
    except TooMany as error:
        async with transaction():
            subject = ("account", account.id if account else None)
            audit.record(Actor(origin=origin), Tag.LOGIN_LOCKED, subject)
        raise Locked(retry_after_s=error.retry_after_s) from None
    return tries


async def _spend_as_stranger(username: str, account: Account | None, totp: str | None) -> None:
    try:
        await spend(STRANGERS, username)
    except TooMany:
        # Whoever shows the owner's second factor is no stranger, wherever he comes from.
        if account is None or totp is None or not await second_factor.fits(account, totp):
            raise


async def _give_back(tries: Tries) -> None:
    for limit, who in tries:
        await give_back(limit, who)


async def _is_known(origin: Origin, account: Account | None) -> bool:
    # The same question for names that do not exist: the answer takes as long.
    return await Session.filter(
        account_id=account.id if account else None,
        address_index=sms_codes.address_index(origin),
        created_at__gt=clock.now() - sms_codes.KNOWN,
    ).exists()


async def _note_failure(origin: Origin, account: Account | None) -> None:
    async with transaction():
        subject = ("account", account.id if account else None)
        audit.record(Actor(origin=origin), Tag.LOGIN_FAILED, subject)


async def _new_person(origin: Origin, phone: Personal) -> Account:
    try:
        async with transaction():
            return await new_person(origin, phone)
    except IntegrityError:
        # Another request with the same phone was faster.
        return await Account.get(phone_index=phone.index)


async def new_person(origin: Origin, phone: Personal | None) -> Account:
    """A new person's account with the worker's role, within the running transaction."""
    account = await Account.create(
        kind=AccountKind.PERSON, phone=phone, phone_index=phone.index if phone else None
    )
    audit.record(Actor(account.id, origin=origin), Tag.ACCOUNT_CREATED, ("account", account.id))
    await grants.give(SYSTEM, account.id, "worker")
    return account


async def _account_of(
    origin: Origin, app: str, who: WechatSession | PageVisitor, newcomers: bool
) -> Account:
    known = await _known_identity(app, who)
    if known is None:
        known = await _first_identity(origin, app, who, newcomers)
    if isinstance(who, WechatSession):
        known.session_key = who.session_key
        await known.save(update_fields=["session_key"])
    return await Account.get(id=known.account_id)  # type: ignore[attr-defined]


async def _known_identity(app: str, who: WechatSession | PageVisitor) -> WechatIdentity | None:
    return await WechatIdentity.get_or_none(app=app, openid_index=who.openid.index)


async def _first_identity(
    origin: Origin, app: str, who: WechatSession | PageVisitor, newcomers: bool
) -> WechatIdentity:
    try:
        async with transaction():
            return await _new_identity(origin, app, who, newcomers)
    except IntegrityError:
        # Another request was faster: with the same openid, or with the same unionid elsewhere.
        known = await _known_identity(app, who)
    if known is not None:
        return known
    async with transaction():
        return await _new_identity(origin, app, who, newcomers)


async def _new_identity(
    origin: Origin, app: str, who: WechatSession | PageVisitor, newcomers: bool
) -> WechatIdentity:
    # The same person in the mini-program and on the pages shares his unionid, and so his account.
    union = who.unionid.index if who.unionid else None
    sibling = await WechatIdentity.filter(unionid_index=union).first() if union else None
    if sibling is None and not newcomers:
        raise OtherAccount
    account_id = sibling.account_id if sibling else (await new_person(origin, None)).id  # type: ignore[attr-defined]
    return await WechatIdentity.create(
        account_id=account_id,
        app=app,
        openid=who.openid,
        openid_index=who.openid.index,
        unionid_index=union,
        founded=None if sibling else union,
    )
