"""Oneself: masked data, the telephone, and the devices on which one is logged in."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from api.accounts import contact, sessions, sms_codes
from api.accounts import service as accounts
from api.accounts.schemas import DeviceOut, Phone, SixDigits
from api.kit.actor import Actor
from api.kit.rate_limit import Limit
from api.kit.schemas import Form
from api.permissions import Permission
from api.workers import service as workers
from api.workers.schemas import OwnWorkerOut
from h5.areas import worker
from h5.forms import Typed
from h5.pages import See, page
from h5.rendering import View
from h5.views.public.accounts import phone_sent_to

READ, UPDATE = Permission.WORKER_REGISTRATION_READ, Permission.OWN_ACCOUNT_UPDATE
ME, DEVICES, PHONE = "/h5/me", "/h5/me/devices", "/h5/me/phone"
CHANGES = Limit("phone_change", 20, 3600)
METHODS = frozenset({"sms", "wechat", "wechat_page"})


@dataclass(frozen=True, slots=True)
class MePage(View):
    """What is known of the person, masked."""

    template = "worker/me.html"
    title = "worker.me.title"
    phone: str
    me: OwnWorkerOut | None
    nation: str


@dataclass(frozen=True, slots=True)
class Device:
    """A login: how, since when, when it was last used, and whether others use that phone."""

    id: UUID
    method: str
    since: dt.datetime
    seen: dt.datetime
    current: bool
    shared: bool


@dataclass(frozen=True, slots=True)
class DevicesPage(View):
    """Where one is logged in."""

    template = "worker/devices.html"
    title = "worker.devices.title"
    devices: tuple[Device, ...]


@dataclass(frozen=True, slots=True)
class PhonePage(View):
    """The new telephone first, then the code that was sent to it."""

    template = "worker/phone.html"
    title = "worker.phone.title"
    typed: Typed
    now: str
    phone: str
    """Empty until a code was sent."""
    sent: bool
    """Whether one was sent just now."""


class PhoneForm(Form):
    """Where to send the code."""

    phone: Phone


class PhoneCodeForm(PhoneForm):
    """The code that came to the new telephone."""

    code: SixDigits


@page(worker, "GET", "/me", permission=READ, back="/h5/more")
async def me(actor: Actor) -> MePage:
    """What is known of me."""
    account = await accounts.account_view(actor)
    found = await workers.of_account(actor.id)
    shown = OwnWorkerOut.of(found) if found else None
    return MePage(account.phone_masked or "", shown, shown.nation if shown else "")


@page(worker, "GET", "/me/devices", permission=READ, back=ME)
async def devices(actor: Actor) -> DevicesPage:
    """Where I am logged in."""
    rows = [DeviceOut.of(row, actor) for row in await sessions.own_sessions(actor)]
    return DevicesPage(tuple(_device(row) for row in rows))


@page(worker, "POST", "/me/devices/<session_id:uuid>/end", permission=UPDATE)
async def end_device(actor: Actor, session_id: UUID) -> See:
    """Log out there; whoever ends his own login is out."""
    await sessions.end(actor, session_id)
    here = session_id == actor.session_id
    to = "/h5/login" if here else DEVICES
    said = "public.login.left" if here else "worker.devices.ended"
    return See(to, says=said, closed=here)


@page(worker, "POST", "/me/devices/end-others", permission=UPDATE)
async def end_others(actor: Actor) -> See:
    """Log out everywhere else."""
    await sessions.end_others(actor)
    return See(DEVICES, says="worker.devices.others_ended")


@page(worker, "GET", "/me/phone", permission=UPDATE, sudo=True, along="phone", back=ME)
async def phone(actor: Actor, typed: Typed) -> PhonePage:
    """Ask for the new telephone."""
    return await _asking(actor, typed, asks_code=False)


@page(worker, "GET", "/me/phone/code", permission=UPDATE, sudo=True, along="phone", back=PHONE)
async def phone_code(actor: Actor, typed: Typed) -> PhonePage:
    """Ask for the code; whoever comes without a phone is asked for that."""
    return await _asking(actor, typed, asks_code=True)


@page(worker, "POST", "/me/phone/code", permission=UPDATE, sudo=True, again=phone_code,
      along="phone")  # fmt: skip
async def send_phone_code(actor: Actor, form: PhoneForm, typed: Typed) -> See:
    """Send a code to the new telephone and go on to ask for it."""
    await sms_codes.send(actor, form.phone)
    return See(f"{PHONE}/code", along=typed)


@page(worker, "POST", "/me/phone", permission=UPDATE, sudo=True, again=phone_code, along="phone",
      limits=(CHANGES,))  # fmt: skip
async def change_phone(actor: Actor, form: PhoneCodeForm) -> See:
    """Log in by this telephone from now on."""
    await contact.set_phone(actor, form.phone, form.code)
    return See(ME, says="worker.phone.changed")


async def _asking(actor: Actor, typed: Typed, *, asks_code: bool) -> PhonePage:
    account = await accounts.account_view(actor)
    new = phone_sent_to(typed) if asks_code else ""
    return PhonePage(typed, account.phone_masked or "", new, typed.problem is None)


def _device(row: DeviceOut) -> Device:
    method = row.method if row.method in METHODS else "other"
    return Device(row.id, method, row.created_at, row.last_seen_at, row.current, row.shared)
