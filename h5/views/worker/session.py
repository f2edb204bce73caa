"""What scripts ask before they send: who is logged in on this phone, with a fresh token."""

from dataclasses import dataclass

from api.kit.actor import Actor
from api.kit.crypto import keyring
from api.kit.routes import PUBLIC
from api.kit.schemas import Out
from h5 import cookies
from h5.areas import worker
from h5.pages import Visit, page
from h5.rendering import View


class SessionOut(Out):
    """Whose login this is, as a mark that says nothing of him; both empty without a login."""

    marker: str
    csrf: str


@dataclass(frozen=True, slots=True)
class OfflinePage(View):
    """Punching without a network: the same for everybody, filled in by the phone itself."""

    template = "worker/offline.html"
    title = "worker.offline.title"


@page(worker, "GET", "/session", permission=PUBLIC)
async def session(actor: Actor, visit: Visit) -> SessionOut:
    """Who is logged in."""
    if actor.account_id is None:
        return SessionOut(marker="", csrf="")
    return SessionOut(marker=marker(actor), csrf=cookies.forgery_token(visit.secret))


@page(worker, "GET", "/offline", permission=PUBLIC, back="/h5/")
async def offline() -> OfflinePage:
    """What the phone keeps for when the network is gone."""
    return OfflinePage()


def marker(actor: Actor) -> str:
    """What tells one account's punches from another's on a shared phone."""
    return keyring().index("page_account", str(actor.id))
