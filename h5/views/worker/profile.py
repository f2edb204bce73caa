"""个人信息: one's one record, the look behind its mask, the card 安康卡 and the insurance."""

from dataclasses import dataclass
from uuid import UUID

from api.accounts import service as accounts
from api.cards import reading as card_reading
from api.cards import service as cards
from api.cards.schemas import CardOut
from api.insurance import reading as insurance_reading
from api.insurance.schemas import OwnInsuranceOut
from api.kit.actor import Actor
from api.kit.rate_limit import Limit
from api.permissions import Permission
from api.profiles import reading
from api.profiles.schemas import OwnIdentityOut, ProfileOut
from h5.areas import worker
from h5.forms import Typed
from h5.pages import See, page
from h5.rendering import View

READ, UPDATE = Permission.WORKER_PROFILE_READ, Permission.WORKER_PROFILE_UPDATE
PROFILE, CARD = "/h5/profile", "/h5/profile/card"
LOOKS = Limit("profile_reveals", 20, 86_400)


@dataclass(frozen=True, slots=True)
class ProfilePage(View):
    """Everything that is known of oneself, masked, in its groups."""

    template = "worker/profile.html"
    title = "worker.profile.title"
    found: ProfileOut
    phone: str


@dataclass(frozen=True, slots=True)
class IdentityPage(View):
    """One's own identity in plain text, for one look."""

    template = "worker/profile_identity.html"
    title = "worker.profile.identity.title"
    opened: OwnIdentityOut


@dataclass(frozen=True, slots=True)
class WorkerCardPage(View):
    """The card in use, and those of before."""

    template = "worker/worker_card.html"
    title = "worker.card.title"
    typed: Typed
    active: CardOut | None
    earlier: tuple[CardOut, ...]


@dataclass(frozen=True, slots=True)
class OwnInsurancePage(View):
    """What insures oneself, and where nothing does."""

    template = "worker/insurance.html"
    title = "worker.insurance.title"
    found: OwnInsuranceOut


@page(worker, "GET", "/profile", permission=READ, back="/h5/more")
async def profile(actor: Actor) -> ProfilePage:
    """What is known of me."""
    account = await accounts.account_view(actor)
    return ProfilePage(await reading.own(actor), account.phone_masked or "")


@page(worker, "GET", "/profile/identity", permission=READ, sudo=True, back=PROFILE,
      limits=(LOOKS,))  # fmt: skip
async def identity(actor: Actor) -> IdentityPage:
    """My own numbers in full, after a fresh proof."""
    return IdentityPage(await reading.reveal_own(actor))


@page(worker, "GET", "/profile/card", permission=READ, back=PROFILE)
async def worker_card(actor: Actor, typed: Typed) -> WorkerCardPage:
    """My card."""
    found = await card_reading.own(actor)
    active = next((each for each in found.items if each.id == found.active_id), None)
    return WorkerCardPage(typed, active, tuple(each for each in found.items if each is not active))


@page(worker, "POST", "/profile/card/<card_id:uuid>/loss", permission=UPDATE, again=worker_card)
async def report_loss(actor: Actor, card_id: UUID) -> See:
    """It is lost: it counts no more from now on."""
    await cards.lose_own(actor, card_id)
    return See(CARD, says="worker.card.lost")


@page(worker, "GET", "/profile/insurance", permission=READ, back=PROFILE)
async def own_insurance(actor: Actor) -> OwnInsurancePage:
    """What insures me."""
    return OwnInsurancePage(await insurance_reading.own(actor))
