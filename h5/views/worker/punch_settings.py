"""Whether the phone may punch by itself when it is opened on the site."""

from dataclasses import dataclass

from api.attendance import known
from api.kit.actor import Actor
from api.kit.schemas import Form
from api.permissions import Permission
from h5.areas import worker
from h5.pages import See, page
from h5.rendering import View

ADDRESS = "/h5/settings/punch"


class AutomaticForm(Form):
    """On or off."""

    automatic: bool


@dataclass(frozen=True, slots=True)
class PunchSettingsPage(View):
    """The switch, and what it does."""

    template = "worker/punch_settings.html"
    title = "worker.punch_settings.title"
    automatic: bool


@page(
    worker, "GET", "/settings/punch", permission=Permission.WORKER_ATTENDANCE_READ, back="/h5/more"
)
async def punch_settings(actor: Actor) -> PunchSettingsPage:
    """Show the switch."""
    return PunchSettingsPage(automatic=(await known.settings_of(actor)).automatic)


@page(worker, "POST", "/settings/punch", permission=Permission.WORKER_ATTENDANCE_UPDATE)
async def set_automatic(actor: Actor, form: AutomaticForm) -> See:
    """Switch it."""
    await known.set_automatic(actor, form.automatic)
    word = "on" if form.automatic else "off"
    return See(ADDRESS, says=f"worker.punch_settings.now_{word}")
