"""Login of staff: password and second factor, and the fresh proof before dangerous acts."""

from dataclasses import dataclass

from pydantic import Field

from api.accounts import login, second_factor, sessions
from api.accounts.schemas import Password, SixDigits, Username
from api.kit.actor import Actor
from api.kit.rate_limit import Limit
from api.kit.routes import PUBLIC
from api.kit.schemas import Form, Query
from api.permissions import Permission
from h5.areas import enterprise, regulator
from h5.forms import Typed
from h5.pages import See, Visit, local, page
from h5.rendering import View
from h5.views.public.accounts import LOGINS

TOTP = Limit("totp_login", 10, 900)


class Next(Query):
    """Where to go afterwards; the start page of the area when empty."""

    next: str = ""


class PasswordForm(Form):
    """User name, password, and the second factor where one is set."""

    username: Username
    password: Password
    totp: SixDigits | None = None
    next: str = ""


class TotpForm(Form):
    """A code of the second factor."""

    totp: SixDigits = Field()
    next: str = ""


@dataclass(frozen=True, slots=True)
class StaffLoginPage(View):
    """User name, password and second factor on one page."""

    template = "public/staff_login.html"
    title = "public.staff_login.title"
    typed: Typed
    next: str
    area: str


@dataclass(frozen=True, slots=True)
class SecondFactorPage(StaffLoginPage):
    """The second factor of somebody who logged in without it."""

    template = "public/second_factor.html"
    title = "public.second_factor.title"


@dataclass(frozen=True, slots=True)
class ProvePage(StaffLoginPage):
    """A fresh proof before a dangerous act."""

    template = "public/prove.html"
    title = "public.prove.title"


async def staff_login_page(query: Next, typed: Typed, visit: Visit) -> StaffLoginPage:
    """Ask for user name, password and second factor."""
    return StaffLoginPage(typed, typed.value("next", query.next), visit.area)


async def staff_log_in(actor: Actor, form: PasswordForm, visit: Visit) -> See:
    """Log in, to where one wanted to go."""
    proof = await login.by_password(actor.origin, form.username, form.password, form.totp)
    opened = await login.log_in(proof, actor.origin, "")
    return See(local(form.next, f"/{visit.area}/"), opened=opened)


async def staff_log_out(actor: Actor, visit: Visit) -> See:
    """Log out on this device."""
    if actor.session_id:
        await sessions.end(actor, actor.session_id)
    return See(f"/{visit.area}/login", says="public.login.left", closed=True)


async def second_factor_page(query: Next, typed: Typed, visit: Visit) -> SecondFactorPage:
    """Ask for the second factor."""
    return SecondFactorPage(typed, typed.value("next", query.next), visit.area)


async def give_second_factor(actor: Actor, form: TotpForm, visit: Visit) -> See:
    """Take the second factor; the session gets a new token."""
    await second_factor.give(actor, form.totp)
    opened = await sessions.renew(actor, second_factor=True)
    return See(local(form.next, f"/{visit.area}/"), opened=opened)


async def prove_page(query: Next, typed: Typed, visit: Visit) -> ProvePage:
    """Ask once more who it is."""
    return ProvePage(typed, typed.value("next", query.next), visit.area)


async def prove(actor: Actor, form: PasswordForm, visit: Visit) -> See:
    """Allow dangerous acts for five minutes, and back to the page that asked."""
    proof = await login.by_password(actor.origin, form.username, form.password, form.totp)
    opened = await login.prove_again(actor, proof)
    return See(local(form.next, f"/{visit.area}/"), says="public.prove.done", opened=opened)


OWN = Permission.OWN_ACCOUNT_UPDATE
for area in (enterprise, regulator):
    page(area, "GET", "/login", permission=PUBLIC)(staff_login_page)
    page(area, "POST", "/login", permission=PUBLIC, again=staff_login_page, limits=(LOGINS,))(
        staff_log_in
    )
    page(area, "POST", "/logout", permission=Permission.OWN_ACCOUNT_READ)(staff_log_out)
    page(area, "GET", "/second-factor", permission=OWN)(second_factor_page)
    page(area, "POST", "/second-factor", permission=OWN, again=second_factor_page, limits=(TOTP,))(
        give_second_factor
    )
    page(area, "GET", "/prove", permission=OWN)(prove_page)
    page(area, "POST", "/prove", permission=OWN, again=prove_page, limits=(LOGINS,))(prove)
