"""How an account is reached: its phone, its WeChat identities."""

from uuid import UUID

from tortoise.exceptions import IntegrityError

from api.accounts import sms_codes
from api.accounts.errors import PhoneTaken, WechatOff, WechatTaken, WrongWechatCode
from api.accounts.login import MINI, mini_session
from api.accounts.models import Account, Consent, RoleGrant, WechatIdentity
from api.accounts.sessions import end_all
from api.audit import service as audit
from api.audit.tags import Tag
from api.integrations.adapters import outside
from api.integrations.http import Klass, UpstreamError
from api.integrations.wechat import WechatSession
from api.kit import clock, jobs
from api.kit.actor import Actor
from api.kit.personal import Personal
from api.kit.transaction import transaction


async def set_phone(actor: Actor, phone: Personal, code: str) -> None:
    """Log in by this phone from now on. WrongCode, PhoneTaken."""
    await sms_codes.use(actor.origin, phone, code)
    await _set(actor, phone)


async def set_phone_by_wechat(actor: Actor, code: str) -> Personal:
    """Take the phone that WeChat vouches for (`getPhoneNumber`). WrongWechatCode, PhoneTaken."""
    wechat = outside().wechat
    if wechat is None:
        raise WechatOff
    try:
        phone = await wechat.phone_number(code)
    except UpstreamError as error:
        ours = error.klass in {Klass.UNAVAILABLE, Klass.CONFIGURATION}
        raise (WechatOff if ours else WrongWechatCode) from error
    await _set(actor, phone)
    return phone


async def _set(actor: Actor, phone: Personal) -> None:
    try:
        async with transaction():
            await _free_phone(phone)
            account = await Account.get(id=actor.id)
            had_one = account.phone is not None
            account.former_phone = account.phone
            account.phone, account.phone_index = phone, phone.index
            await account.save(update_fields=["phone", "phone_index", "former_phone"])
            audit.record(actor, Tag.ACCOUNT_PHONE_CHANGED, ("account", actor.id))
            if had_one:
                jobs.enqueue("notices.tell", account_id=actor.id, kind="account.phone_changed")
    except IntegrityError:
        raise PhoneTaken from None


async def _free_phone(phone: Personal) -> None:
    left = await Account.get_or_none(phone_index=phone.index, left_at__isnull=False)
    if left is not None and not await _serves(left.id):
        await Account.filter(id=left.id).update(phone=None, phone_index=None)


async def leave(account_id: UUID, to_id: UUID) -> None:
    """The person behind the account goes on in another one, within the running transaction.

    The account is open to whoever proves its phone, who finds nobody's record in it; its phone and
    WeChat go to the other account once he proves them there.
    """
    await Account.filter(id=account_id).update(left_at=clock.now())
    await Account.filter(id=to_id).update(left_at=None)


async def bind_wechat(actor: Actor, code: str) -> None:
    """Let the WeChat identity behind a `wx.login` code log in to the actor's account.

    An account that holds nothing but this identity gives it up; any other keeps it: WechatTaken.
    """
    session = await mini_session(code)
    try:
        async with transaction():
            await _bind(actor, session)
            audit.record(actor, Tag.ACCOUNT_WECHAT_BOUND, ("account", actor.id))
    except IntegrityError:
        # Another account bound the same identity at this very moment.
        raise WechatTaken from None


async def _bind(actor: Actor, session: WechatSession) -> None:
    same = WechatIdentity.filter(app=MINI, openid_index=session.openid.index)
    row = await same.select_for_update().first()
    if row is None:
        row = await WechatIdentity.create(
            account_id=actor.id,
            app=MINI,
            openid=session.openid,
            openid_index=session.openid.index,
            unionid_index=session.unionid.index if session.unionid else None,
        )
    elif row.account_id != actor.id:  # type: ignore[attr-defined]
        await _empty(actor, row.account_id)  # type: ignore[attr-defined]
    row.session_key = session.session_key
    await row.save(update_fields=["session_key"])


async def _empty(actor: Actor, account_id: UUID) -> None:
    # All its identities move: the same person's in the official account may be among them.
    if await _is_in_use(account_id):
        raise WechatTaken
    await WechatIdentity.filter(account_id=account_id).update(account_id=actor.id)
    await end_all(actor, account_id)


async def _is_in_use(account_id: UUID) -> bool:
    account = await Account.get(id=account_id)
    agreed = await Consent.filter(account_id=account_id).exists()
    own = account.left_at is None and (agreed or account.phone_index is not None)
    return own or await _serves(account_id)


async def _serves(account_id: UUID) -> bool:
    """Whether it holds another role than a worker's, which stays reachable."""
    held = RoleGrant.filter(account_id=account_id, ended_at=None)
    return await held.exclude(role="worker").exists()


async def phone_of(account_id: UUID) -> Personal | None:
    """The phone by which the account is reached."""
    account = await Account.get_or_none(id=account_id)
    return account.phone if account else None


async def former_phone_of(account_id: UUID) -> Personal | None:
    """The phone that the account had before, as long as that is not told of its change."""
    account = await Account.get_or_none(id=account_id)
    return account.former_phone if account else None


async def forget_former_phone(account_id: UUID) -> None:
    """The phone of before knows."""
    await Account.filter(id=account_id).update(former_phone=None)


async def openid_of(account_id: UUID) -> Personal | None:
    """The account's openid in the mini-program."""
    row = await WechatIdentity.filter(account_id=account_id, app=MINI).order_by("-id").first()
    return row.openid if row else None


async def hold(account_id: UUID) -> None:
    """The account's row is held until the running transaction ends: its acts come one by one."""
    await Account.filter(id=account_id).select_for_update().first()
