"""A fresh proof by a code to the own telephone, before dangerous acts."""

from dataclasses import dataclass
from urllib.parse import quote

from api.accounts import login, pins, sms_codes
from api.accounts import service as accounts
from api.accounts.errors import PinSpent, SmsOff
from api.accounts.schemas import SixDigits
from api.kit.actor import Actor
from api.kit.personal import Personal
from api.kit.schemas import Form
from api.permissions import Permission
from h5.areas import worker
from h5.forms import Typed
from h5.pages import See, Visit, local, page
from h5.rendering import View
from h5.views.public.accounts import HOME, LOGIN, LOGINS, Next

OWN = Permission.OWN_ACCOUNT_UPDATE
PROVED = "public.prove.done"


class NextForm(Form):
    """Where to go on afterwards."""

    next: str = HOME


class PinProofForm(NextForm):
    """The own PIN."""

    pin: SixDigits


class ProofForm(NextForm):
    """The code that came."""

    code: SixDigits


@dataclass(frozen=True, slots=True)
class ProofPage(View):
    """A code to the telephone that is known already; who has none is told what to do."""

    template = "worker/prove.html"
    title = "worker.prove.title"
    typed: Typed
    next: str
    phone: str
    sent: bool
    has_pin: bool
    """Whether the own PIN proves as much, for who no longer has his number's SIM card."""
    wechat: bool
    """Whether the page stands inside WeChat, which proves as much too."""


@page(worker, "GET", "/prove", permission=OWN, back="/h5/me")
async def prove_page(actor: Actor, query: Next, typed: Typed, visit: Visit) -> ProofPage:
    """Say why, and offer the code."""
    return await _page(actor, typed, visit, query.next, sent=False)


@page(worker, "GET", "/prove/code", permission=OWN, along="prove", back="/h5/me")
async def code_page(actor: Actor, query: Next, typed: Typed, visit: Visit) -> ProofPage:
    """Ask for the code."""
    off = typed.problem is not None and typed.problem.code == SmsOff.code
    return await _page(actor, typed, visit, query.next, sent=not off)


@page(worker, "POST", "/prove/code", permission=OWN, again=code_page, along="prove")
async def send_code(actor: Actor, form: NextForm) -> See:
    """Send the code to the own telephone and go on to ask for it."""
    await sms_codes.send(actor, await _own_phone(actor))
    return See(f"/h5/prove/code?next={quote(local(form.next, HOME), safe='/')}")


@page(worker, "POST", "/prove", permission=OWN, again=code_page, along="prove", limits=(LOGINS,))
async def prove(actor: Actor, form: ProofForm) -> See:
    """Allow dangerous acts for five minutes, and back to the page that asked."""
    phone = await _own_phone(actor)
    proof = await login.by_sms(actor.origin, phone, form.code, newcomers=False)
    opened = await login.prove_again(actor, proof)
    return See(local(form.next, HOME), says=PROVED, opened=opened)


@page(worker, "POST", "/prove/pin", permission=OWN, again=prove_page, limits=(LOGINS,))
async def prove_by_pin(actor: Actor, form: PinProofForm) -> See:
    """The same by the own PIN; five wrong ones and one is logged out."""
    try:
        opened = await login.prove_again(actor, await login.by_pin(actor, form.pin))
    except PinSpent:
        return See(LOGIN, says="worker.shared.spent", closed=True)
    return See(local(form.next, HOME), says=PROVED, opened=opened)


async def _own_phone(actor: Actor) -> Personal:
    phone = await accounts.phone_of(actor.id)
    if phone is None:
        raise SmsOff
    return phone


async def _page(actor: Actor, typed: Typed, visit: Visit, to: str, *, sent: bool) -> ProofPage:
    phone = await accounts.phone_of(actor.id)
    shown = phone.masked if phone else ""
    has_pin = not actor.shared and await pins.has_pin(actor.id)
    return ProofPage(typed, typed.value("next", to), shown, sent, has_pin, visit.in_wechat)
