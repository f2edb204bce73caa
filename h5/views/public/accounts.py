"""Login by phone, logging out, and large type."""

from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from api.accounts import login, pins, sessions, sms_codes
from api.accounts.errors import SmsOff
from api.accounts.schemas import Phone, SixDigits
from api.accounts.sessions import OnPhone
from api.kit.actor import Actor
from api.kit.ids import new_token
from api.kit.rate_limit import Limit
from api.kit.routes import PUBLIC
from api.kit.schemas import Form, Query
from api.permissions import Permission
from h5 import cookies
from h5.areas import worker
from h5.forms import Typed
from h5.pages import See, Visit, local, page
from h5.rendering import View

HOME, LOGIN, CODE = "/h5/", "/h5/login", "/h5/login/code"
LOGINS = Limit("login", 120, 60, by="ip")


class Next(Query):
    """Where to go afterwards."""

    next: str = HOME


class PhoneForm(Form):
    """Where to send the code. shared: the phone is one that several people use."""

    phone: Phone
    next: str = HOME
    shared: bool = False


class CodeForm(PhoneForm):
    """The code that came."""

    code: SixDigits


class ElderForm(Form):
    """Large type of 22, 26 or 30 px, or 0 for no longer."""

    elder: Literal["0", "1", "2", "3"]
    next: str = HOME


@dataclass(frozen=True, slots=True)
class LoginPage(View):
    """The phone's number first, then the code that was sent to it."""

    template = "public/login.html"
    title = "public.login.title"
    typed: Typed
    next: str
    phone: str
    """Empty until a code was sent."""
    sent: bool
    """Whether one was sent just now."""
    wechat: bool
    """Whether the page stands inside WeChat, which can log in without a code."""
    shared: bool
    """Whether several people have used this phone."""


@page(worker, "GET", "/login", permission=PUBLIC, along="login")
async def log_in_page(query: Next, typed: Typed, visit: Visit) -> LoginPage:
    """Ask for the phone."""
    return _asking(typed, visit, query.next, asks_code=False)


@page(worker, "GET", "/login/code", permission=PUBLIC, along="login", back=LOGIN)
async def code_page(query: Next, typed: Typed, visit: Visit) -> LoginPage:
    """Ask for the code; whoever comes without a phone is asked for that."""
    return _asking(typed, visit, query.next, asks_code=True)


def _asking(typed: Typed, visit: Visit, to: str, *, asks_code: bool) -> LoginPage:
    return LoginPage(
        typed=typed,
        # Where one wants to go now counts more than where one once came from.
        next=to if to != HOME else typed.value("next", to),
        phone=phone_sent_to(typed) if asks_code else "",
        sent=typed.problem is None,
        wechat=visit.in_wechat,
        shared=bool(visit.cookie(cookies.PHONE)),
    )


def phone_sent_to(typed: Typed) -> str:
    """The phone that a code was sent to, by the form that asked for it; empty for none."""
    unsent = typed.fault("phone") or (typed.problem and typed.problem.code == SmsOff.code)
    return "" if unsent else typed.value("phone")


@page(worker, "POST", "/login/code", permission=PUBLIC, again=code_page, along="login")
async def send_code(actor: Actor, form: PhoneForm, typed: Typed) -> See:
    """Send the code and go on to ask for it; the number never stands in an address."""
    await sms_codes.send(actor, form.phone)
    return See(CODE, along=typed)


@page(worker, "POST", "/login", permission=PUBLIC, again=code_page, along="login", limits=(LOGINS,))
async def log_in(actor: Actor, form: CodeForm, visit: Visit) -> See:
    """Log in with the code."""
    proof = await login.by_sms(actor.origin, form.phone, form.code)
    browser = visit.cookie(cookies.PHONE) or (new_token() if form.shared else "")
    opened = await login.log_in(proof, actor.origin, "", OnPhone(form.shared, browser))
    to = local(form.next, HOME)
    if not form.shared:
        return See(to, opened=opened)
    if not await pins.has_pin(opened.account.id):
        to = f"/h5/me/pin?next={quote(to, safe='/')}"
    return See(to, opened=opened, cookies={cookies.PHONE: browser})


@page(worker, "POST", "/logout", permission=Permission.OWN_ACCOUNT_READ)
async def log_out(actor: Actor) -> See:
    """Log out on this device."""
    if actor.session_id:
        await sessions.end(actor, actor.session_id)
    return See("/h5/login", says="public.login.left", closed=True)


@page(worker, "POST", "/elder", permission=PUBLIC)
async def choose_elder(form: ElderForm) -> See:
    """Show large type from now on, or no longer."""
    kept = "" if form.elder == "0" else form.elder
    return See(local(form.next, HOME), cookies={cookies.ELDER: kept})
