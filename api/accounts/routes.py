"""Addresses of accounts: logging in and out, consents, devices, phone, password, second factor."""

from uuid import UUID

from sanic import Blueprint

from api.accounts import (
    consents,
    contact,
    login,
    pins,
    second_factor,
    sessions,
    shared_phones,
    sms_codes,
    staff,
    wechat_pages,
)
from api.accounts import errors as wrong
from api.accounts import schemas as forms
from api.accounts.consents import ConsentPurpose
from api.kit.actor import Actor, Origin
from api.kit.admission import SudoRequired
from api.kit.errors import NotFound
from api.kit.rate_limit import Limit
from api.kit.routes import PUBLIC, route
from api.permissions import Permission

blueprint = Blueprint("accounts", url_prefix="/api/v1")

LOGINS = Limit("login", 120, 60, by="ip")
PROOF_ERRORS = (
    wrong.WrongCode,
    wrong.WrongCredentials,
    wrong.SecondFactorNeeded,
    wrong.WrongWechatCode,
    wrong.Locked,
    wrong.WechatOff,
    wrong.AccountDisabled,
)
PIN_ERRORS = (wrong.NoPin, wrong.WrongPin, wrong.PinSpent)


@route(
    blueprint,
    "POST",
    "/auth/sms-codes",
    permission=PUBLIC,
    status=202,
    errors=(wrong.TooManyCodes, wrong.SmsOff),
)
async def send_sms_code(actor: Actor, body: forms.SmsCodeIn) -> None:
    """Send a login code to a phone; the same answer whether or not it has an account."""
    await sms_codes.send(actor, body.phone)


@route(
    blueprint,
    "POST",
    "/auth/sessions",
    permission=PUBLIC,
    status=201,
    errors=PROOF_ERRORS,
    limits=(LOGINS,),
    repeatable=False,
)
async def log_in(actor: Actor, body: forms.LoginIn) -> forms.SessionOut:
    """Log in by text message, WeChat or password."""
    proof = await _proof(actor.origin, body.root, newcomers=True)
    phone = sessions.OnPhone(shared=getattr(body.root, "shared", False))
    device = body.root.device or ""
    return forms.SessionOut.of(await login.log_in(proof, actor.origin, device, phone))


@route(
    blueprint,
    "POST",
    "/auth/sudo",
    permission=Permission.OWN_ACCOUNT_UPDATE,
    status=201,
    errors=(*PROOF_ERRORS, *PIN_ERRORS, wrong.OtherAccount, wrong.PinNotEnough),
    limits=(LOGINS,),
    repeatable=False,
)
async def prove_again(actor: Actor, body: forms.ProofIn) -> forms.SessionOut:
    """Show again who you are: dangerous acts are allowed for five minutes, with a new token."""
    way = body.root
    if isinstance(way, forms.PinProof):
        proof = await login.by_pin(actor, way.pin)
    else:
        proof = await _proof(actor.origin, way, newcomers=False)
    return forms.SessionOut.of(await login.prove_again(actor, proof))


async def _proof(origin: Origin, way: forms.Way, *, newcomers: bool) -> login.Proof:
    if isinstance(way, forms.SmsLogin):
        return await login.by_sms(origin, way.phone, way.code, newcomers=newcomers)
    if isinstance(way, forms.WechatLogin):
        return await login.by_wechat(origin, way.code, newcomers=newcomers)
    if isinstance(way, forms.WechatPageLogin):
        await wechat_pages.spend_state(way.state, way.binding)
        return await login.by_official_account(origin, way.code, newcomers=newcomers)
    return await login.by_password(origin, way.username, way.password, way.totp)


@route(
    blueprint,
    "DELETE",
    "/auth/sessions/current",
    permission=Permission.OWN_ACCOUNT_READ,
    status=204,
    while_locked=True,
)
async def log_out(actor: Actor) -> None:
    """Log out on this device."""
    if actor.session_id is None:
        raise NotFound
    await sessions.end(actor, actor.session_id)


@route(
    blueprint,
    "POST",
    "/auth/sessions/current/lock",
    permission=Permission.OWN_ACCOUNT_READ,
    status=204,
    errors=(wrong.NoPin,),
    while_locked=True,
)
async def lock_session(actor: Actor) -> None:
    """Ask for the PIN before this login goes on."""
    await shared_phones.lock_own(actor)


@route(
    blueprint,
    "POST",
    "/auth/sessions/current/unlock",
    permission=Permission.OWN_ACCOUNT_READ,
    status=201,
    errors=PIN_ERRORS,
    limits=(LOGINS,),
    while_locked=True,
    repeatable=False,
)
async def unlock_session(actor: Actor, body: forms.PinIn) -> forms.SessionOut:
    """Open a locked login by the PIN: it goes on with a new token; five wrong ones end it."""
    return forms.SessionOut.of(await pins.unlock(actor, body.pin))


@route(
    blueprint,
    "PUT",
    "/me/pin",
    permission=Permission.WORKER_REGISTRATION_UPDATE,
    status=204,
    errors=(wrong.WeakPin, SudoRequired),
    limits=(Limit("pin", 20, 3600),),
)
async def set_pin(actor: Actor, body: forms.PinIn) -> None:
    """Choose the PIN for shared phones; the first one soon after a login needs no other proof."""
    await pins.set_pin(actor, body.pin)


@route(blueprint, "GET", "/me/sessions", permission=Permission.OWN_ACCOUNT_READ)
async def list_devices(actor: Actor) -> forms.DevicesOut:
    """Where one is logged in."""
    rows = await sessions.own_sessions(actor)
    return forms.DevicesOut(items=[forms.DeviceOut.of(row, actor) for row in rows])


@route(
    blueprint,
    "DELETE",
    "/me/sessions/<session_id:uuid>",
    permission=Permission.OWN_ACCOUNT_UPDATE,
    status=204,
    errors=(wrong.NoSuchSession,),
)
async def log_out_device(actor: Actor, session_id: UUID) -> None:
    """Log out on one device."""
    await sessions.end(actor, session_id)


@route(blueprint, "DELETE", "/me/sessions", permission=Permission.OWN_ACCOUNT_UPDATE, status=204)
async def log_out_everywhere(actor: Actor) -> None:
    """Log out on all devices, this one too."""
    await sessions.end_all(actor, actor.id)


@route(blueprint, "GET", "/consents", permission=PUBLIC)
async def list_consent_texts(actor: Actor) -> forms.ConsentTextsOut:
    """The texts to decide on, each with its version."""
    texts = consents.TEXTS.values()
    return forms.ConsentTextsOut(items=[forms.ConsentTextOut.of(text) for text in texts])


@route(blueprint, "GET", "/me/consents", permission=Permission.WORKER_CONSENTS_UPDATE)
async def list_consents(actor: Actor) -> forms.ConsentsOut:
    """One's newest word on each purpose."""
    found = await consents.decisions(actor.id)
    return forms.ConsentsOut(items=[forms.ConsentOut.of(decision) for decision in found])


@route(
    blueprint,
    "PUT",
    "/me/consents/<purpose:str>",
    permission=Permission.WORKER_CONSENTS_UPDATE,
    errors=(wrong.ConsentOutdated,),
)
async def decide_consent(actor: Actor, purpose: str, body: forms.ConsentIn) -> forms.ConsentOut:
    """Agree to one purpose, or take it back; taking back is as easy as giving."""
    if purpose not in set(ConsentPurpose):
        raise NotFound
    decision = await consents.decide(
        actor, purpose=ConsentPurpose(purpose), version=body.version, granted=body.granted
    )
    return forms.ConsentOut.of(decision)


@route(
    blueprint,
    "PUT",
    "/me/phone",
    permission=Permission.OWN_ACCOUNT_UPDATE,
    errors=(wrong.WrongCode, wrong.PhoneTaken),
    sudo=True,
)
async def set_phone(actor: Actor, body: forms.PhoneIn) -> forms.PhoneOut:
    """Log in by another phone from now on."""
    await contact.set_phone(actor, body.phone, body.code)
    return forms.PhoneOut(phone_masked=body.phone.masked)


@route(
    blueprint,
    "PUT",
    "/me/phone/wechat",
    permission=Permission.OWN_ACCOUNT_UPDATE,
    errors=(wrong.WrongWechatCode, wrong.WechatOff, wrong.PhoneTaken),
    sudo=True,
)
async def set_phone_by_wechat(actor: Actor, body: forms.WechatCodeIn) -> forms.PhoneOut:
    """Take the phone that WeChat knows (`getPhoneNumber`)."""
    phone = await contact.set_phone_by_wechat(actor, body.code)
    return forms.PhoneOut(phone_masked=phone.masked)


@route(
    blueprint,
    "PUT",
    "/me/wechat",
    permission=Permission.OWN_ACCOUNT_UPDATE,
    status=204,
    errors=(wrong.WrongWechatCode, wrong.WechatOff, wrong.WechatTaken),
    sudo=True,
)
async def bind_wechat(actor: Actor, body: forms.WechatCodeIn) -> None:
    """Let this WeChat log in to one's account."""
    await contact.bind_wechat(actor, body.code)


@route(
    blueprint,
    "POST",
    "/auth/activations",
    permission=PUBLIC,
    status=204,
    errors=(wrong.WrongActivation, wrong.WeakPassword),
    limits=(Limit("activation", 10, 900, by="ip"),),
)
async def activate(actor: Actor, body: forms.ActivationIn) -> None:
    """Set the first password of a staff account with its activation code."""
    await staff.activate(
        actor, username=body.username, code=body.activation_code, password=body.password
    )


@route(
    blueprint,
    "PUT",
    "/me/password",
    permission=Permission.OWN_ACCOUNT_UPDATE,
    status=204,
    errors=(wrong.WeakPassword, NotFound),
    sudo=True,
)
async def change_password(actor: Actor, body: forms.PasswordIn) -> None:
    """Change one's password; all devices are logged out."""
    await staff.change_password(actor, body.password)


@route(
    blueprint,
    "POST",
    "/me/second-factor",
    permission=Permission.OWN_ACCOUNT_UPDATE,
    status=201,
    errors=(wrong.SecondFactorSet,),
    sudo=True,
    repeatable=False,
)
async def begin_second_factor(actor: Actor) -> forms.SecondFactorOut:
    """Begin to set up the second factor: a fresh secret for the authenticator."""
    return forms.SecondFactorOut(otpauth_uri=await second_factor.begin(actor))


@route(
    blueprint,
    "PUT",
    "/me/second-factor",
    permission=Permission.OWN_ACCOUNT_UPDATE,
    errors=(wrong.SecondFactorSet, wrong.NoSecondFactor, wrong.SecondFactorNeeded),
    limits=(Limit("totp", 10, 900),),
)
async def confirm_second_factor(actor: Actor, body: forms.TotpIn) -> forms.SessionOut:
    """Put the second factor in force by its first code: a new token, other devices logged out."""
    await second_factor.confirm(actor, body.code)
    return forms.SessionOut.of(await sessions.renew(actor, second_factor=True))


@route(
    blueprint,
    "POST",
    "/auth/second-factor",
    permission=Permission.OWN_ACCOUNT_UPDATE,
    status=201,
    errors=(wrong.NoSecondFactor, wrong.SecondFactorNeeded),
    limits=(Limit("totp_login", 10, 900),),
    repeatable=False,
)
async def give_second_factor(actor: Actor, body: forms.TotpIn) -> forms.SessionOut:
    """Give the second factor after a login by phone or WeChat; the session gets a new token."""
    await second_factor.give(actor, body.code)
    return forms.SessionOut.of(await sessions.renew(actor, second_factor=True))


@route(
    blueprint,
    "GET",
    "/auth/wechat/oauth-url",
    permission=PUBLIC,
    errors=(wrong.WechatOff,),
    limits=(LOGINS,),
)
async def wechat_oauth_url(actor: Actor, query: forms.ReturnQuery) -> forms.OauthUrlOut:
    """Where to send a browser inside WeChat to log in."""
    url, binding = await wechat_pages.oauth_url(query.return_path)
    return forms.OauthUrlOut(url=url, binding=binding)


@route(
    blueprint,
    "GET",
    "/wechat/jsapi-signature",
    permission=PUBLIC,
    errors=(wrong.WechatOff, wrong.BadUrl),
    limits=(Limit("jsapi", 120, 60, by="ip"),),
)
async def jsapi_signature(actor: Actor, query: forms.PageUrlQuery) -> forms.JsapiOut:
    """The JS-SDK signature of one of our pages."""
    return forms.JsapiOut.model_validate(
        await wechat_pages.jsapi_signature(query.url), from_attributes=True
    )
