"""共用手机: who is logged in on this phone, the PIN that opens one of them, and one's own PIN."""

from dataclasses import dataclass
from urllib.parse import quote
from uuid import UUID

from api.accounts import pins, shared_phones
from api.accounts.errors import PinSpent
from api.accounts.schemas import SixDigits
from api.accounts.shared_phones import Person
from api.kit.actor import Actor
from api.kit.rate_limit import Limit
from api.kit.routes import PUBLIC
from api.permissions import Permission
from api.workers import service as workers
from h5 import cookies
from h5.areas import worker
from h5.forms import Typed
from h5.pages import See, Visit, local, page
from h5.rendering import View
from h5.views.public.accounts import HOME, LOGIN, LOGINS, Next
from h5.views.worker.proving import NextForm

READ, UPDATE = Permission.OWN_ACCOUNT_READ, Permission.WORKER_REGISTRATION_UPDATE
PHONE, PIN = "/h5/phone", "/h5/me/pin"


@dataclass(frozen=True, slots=True)
class OnThisPhone:
    """Somebody on this phone: his masked name, or nothing of it, and the end of his number."""

    session_id: UUID
    name: str
    phone_end: str
    has_pin: bool


@dataclass(frozen=True, slots=True)
class PeoplePage(View):
    """Who is on this phone; each opens his own login."""

    template = "worker/phone_people.html"
    title = "worker.shared.title"
    people: tuple[OnThisPhone, ...]
    next: str


@dataclass(frozen=True, slots=True)
class UnlockPage(View):
    """The PIN of one of them."""

    template = "worker/phone_unlock.html"
    title = "worker.shared.unlock"
    typed: Typed
    who: OnThisPhone
    next: str


@dataclass(frozen=True, slots=True)
class PinPage(View):
    """A PIN of one's own."""

    template = "worker/pin.html"
    title = "worker.pin.title"
    typed: Typed
    has_one: bool
    next: str


class PinForm(NextForm):
    """Six digits."""

    pin: SixDigits


@page(worker, "GET", "/phone", permission=PUBLIC)
async def people(query: Next, visit: Visit) -> PeoplePage:
    """Whoever is on this phone, and a login for everybody else."""
    return PeoplePage(await _people(visit), local(query.next, HOME))


@page(worker, "POST", "/phone/lock", permission=READ, while_locked=True)
async def lock(actor: Actor) -> See:
    """Leave the phone to the next one; who has no PIN yet chooses one first."""
    if not await pins.has_pin(actor.id):
        return See(PIN)
    await shared_phones.lock_own(actor)
    return See(PHONE, says="worker.shared.locked")


@page(worker, "GET", "/phone/<session_id:uuid>", permission=PUBLIC, along="unlock", back=PHONE)
async def unlock(session_id: UUID, query: Next, typed: Typed, visit: Visit) -> UnlockPage | See:
    """Ask for the PIN; who has none, or is here no more, logs in by text message."""
    found = next((each for each in await _people(visit) if each.session_id == session_id), None)
    if found is None or not found.has_pin:
        return See(f"{LOGIN}?next={quote(local(query.next, HOME), safe='/')}")
    return UnlockPage(typed, found, typed.value("next", local(query.next, HOME)))


@page(worker, "POST", "/phone/<session_id:uuid>", permission=PUBLIC, again=unlock, along="unlock",
      limits=(LOGINS,))  # fmt: skip
async def open_one(actor: Actor, session_id: UUID, form: PinForm, visit: Visit) -> See:
    """The phone is this one's from now on."""
    browser = visit.cookie(cookies.PHONE)
    try:
        opened = await shared_phones.switch(actor.origin, browser, session_id, form.pin)
    except PinSpent:
        return See(LOGIN, says="worker.shared.spent")
    return See(local(form.next, HOME), opened=opened)


@page(worker, "GET", "/me/pin", permission=UPDATE, along="pin", back="/h5/me")
async def pin(actor: Actor, query: Next, typed: Typed) -> PinPage | See:
    """Choose the PIN; who has not just shown who he is does so first."""
    if not await pins.may_set(actor):
        return See(f"/h5/prove?next={PIN}")
    return PinPage(typed, await pins.has_pin(actor.id), typed.value("next", query.next))


@page(worker, "POST", "/me/pin", permission=UPDATE, again=pin, along="pin",
      limits=(Limit("pin", 20, 3600),))  # fmt: skip
async def set_pin(actor: Actor, form: PinForm) -> See:
    """Open shared phones by it from now on."""
    await pins.set_pin(actor, form.pin)
    return See(local(form.next, HOME), says="worker.pin.set")


async def _people(visit: Visit) -> tuple[OnThisPhone, ...]:
    found = await shared_phones.people(visit.cookie(cookies.PHONE))
    names = await workers.masked_names_of_accounts({each.account_id for each in found})
    return tuple(_shown(each, names.get(each.account_id, "")) for each in found)


def _shown(each: Person, name: str) -> OnThisPhone:
    return OnThisPhone(each.session_id, name, each.phone[-2:], each.has_pin)
