"""A staff member's own account: activation, second factor, devices, password."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from markupsafe import Markup
from pydantic import Field

from api.accounts import second_factor, sessions, staff
from api.accounts.schemas import DeviceOut, Password, SixDigits, Username, VendorCode
from api.kit.actor import Actor
from api.kit.rate_limit import Limit
from api.kit.routes import PUBLIC
from api.kit.schemas import Form
from api.permissions import Permission
from h5 import qr
from h5.areas import enterprise, regulator
from h5.forms import Typed
from h5.pages import See, Visit, page
from h5.rendering import View

ACTIVATIONS = Limit("activation", 10, 900, by="ip")
CODES = Limit("totp", 10, 900)


class ActivationForm(Form):
    """The code an administrator handed over, and the owner's own password."""

    username: Username
    activation_code: VendorCode
    password: Password


class FirstCodeForm(Form):
    """The first code that the authenticator shows."""

    totp: SixDigits


class DeviceForm(Form):
    """The login to end."""

    session_id: UUID


class PasswordForm(Form):
    """The new password."""

    password: Password = Field()


@dataclass(frozen=True, slots=True)
class ActivationPage(View):
    """User name, activation code, new password."""

    template = "public/activate.html"
    title = "public.activate.title"
    typed: Typed
    area: str


@dataclass(frozen=True, slots=True)
class SetupPage(View):
    """The second factor on its way: not begun, begun and shown, or begun before."""

    template = "public/second_factor_setup.html"
    title = "public.second_factor_setup.title"
    typed: Typed
    area: str
    began: bool = False
    qr: Markup | None = None
    secret: str = ""


@dataclass(frozen=True, slots=True)
class AccountPage(View):
    """Devices, password, logging out."""

    template = "public/staff_account.html"
    title = "public.staff_account.title"
    typed: Typed
    area: str
    devices: tuple[DeviceOut, ...]
    second_factor: bool


async def activation_page(typed: Typed, visit: Visit) -> ActivationPage:
    """Ask for the activation code and a password."""
    return ActivationPage(typed, visit.area)


async def activate(actor: Actor, form: ActivationForm, visit: Visit) -> See:
    """Set the first password, then the login."""
    await staff.activate(
        actor, username=form.username, code=form.activation_code, password=form.password
    )
    return See(f"/{visit.area}/login", says="public.activate.done")


async def setup_page(typed: Typed, visit: Visit) -> SetupPage:
    """Say what a second factor is."""
    return SetupPage(typed, visit.area)


async def begin_setup(actor: Actor, typed: Typed, visit: Visit) -> SetupPage:
    """Show a fresh secret, this once."""
    address = await second_factor.begin(actor)
    secret = parse_qs(urlsplit(address).query)["secret"][0]
    spaced = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return SetupPage(typed, visit.area, began=True, qr=qr.drawn(address), secret=spaced)


async def first_code_page(typed: Typed, visit: Visit) -> SetupPage:
    """Ask for the first code once more."""
    return SetupPage(typed, visit.area, began=True)


async def confirm_setup(actor: Actor, form: FirstCodeForm, visit: Visit) -> See:
    """Put the second factor in force; the session gets a new token."""
    await second_factor.confirm(actor, form.totp)
    opened = await sessions.renew(actor, second_factor=True)
    return See(f"/{visit.area}/", says="public.second_factor_setup.done", opened=opened)


async def account_page(actor: Actor, typed: Typed, visit: Visit) -> AccountPage:
    """One's own account."""
    devices = tuple(DeviceOut.of(row, actor) for row in await sessions.own_sessions(actor))
    return AccountPage(typed, visit.area, devices, actor.second_factor)


async def end_device(actor: Actor, form: DeviceForm, visit: Visit) -> See:
    """Log out on another device."""
    await sessions.end(actor, form.session_id)
    return See(f"/{visit.area}/account", says="public.staff_account.ended")


async def change_password(actor: Actor, form: PasswordForm, visit: Visit) -> See:
    """Change the password; every device is logged out."""
    await staff.change_password(actor, form.password)
    return See(f"/{visit.area}/login", says="public.staff_account.changed", closed=True)


READ, UPDATE = Permission.OWN_ACCOUNT_READ, Permission.OWN_ACCOUNT_UPDATE
SETUP = "/second-factor/setup"
FIRST = "/second-factor/confirm"
for area in (enterprise, regulator):
    page(area, "GET", "/activate", permission=PUBLIC)(activation_page)
    page(
        area, "POST", "/activate", permission=PUBLIC, again=activation_page, limits=(ACTIVATIONS,)
    )(activate)
    page(area, "GET", SETUP, permission=UPDATE)(setup_page)
    page(area, "POST", SETUP, permission=UPDATE, again=setup_page, sudo=True)(begin_setup)
    page(area, "GET", FIRST, permission=UPDATE)(first_code_page)
    page(area, "POST", FIRST, permission=UPDATE, again=first_code_page, limits=(CODES,))(
        confirm_setup
    )
    page(area, "GET", "/account", permission=READ)(account_page)
    page(area, "POST", "/account/devices", permission=READ, again=account_page)(end_device)
    page(area, "POST", "/account/password", permission=UPDATE, again=account_page, sudo=True)(
        change_password
    )
