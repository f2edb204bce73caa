"""On which of his sites a worker is, and how far his day there has come."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from api.accounts import service as accounts
from api.accounts.service import ConsentPurpose
from api.attendance import known
from api.attendance.standing import Standing, standings
from api.engagements import reading
from api.engagements import service as engagements
from api.engagements.reading import OwnSite
from api.kit.actor import Actor
from api.workers import service as workers
from h5.views.worker.session import marker


@dataclass(frozen=True, slots=True)
class Here:
    """A worker's sites and the one that is meant, with what his phone may know."""

    verified: bool
    """Whether he is a worker with a code."""
    agreed: bool
    """Whether a punch may read the position; not asked for who only looks."""
    sites: tuple[OwnSite, ...]
    site: OwnSite | None
    standing: Standing | None
    automatic: Literal["in", "out", ""]
    """What the phone may punch by itself now."""
    marker: str


async def here(actor: Actor, wanted: UUID | None = None, *, to_punch: bool = False) -> Here:
    """Where the actor is; without his word where he came and has not left, else his newest site."""
    worker = await workers.of_account(actor.id)
    periods = await engagements.now_of(worker.id) if worker else []
    sites = await reading.sites(periods, with_fences=to_punch)
    about = {each.project.id: each.policies for each in sites}
    standing = await standings(periods[0].worker_id, about) if periods else {}
    named = [each for each in sites if each.project.id == wanted]
    inside = [each for each in sites if standing[each.project.id].inside]
    site = next(iter([*named, *inside, *sites]), None)
    stands = standing[site.project.id] if site else None
    verified = worker is not None and worker.state == "verified"
    agreed = await _agreed(actor) if to_punch else None
    by_itself = await _automatic(actor, site, stands, agreed)
    return Here(verified, agreed is True, sites, site, stands, by_itself, marker(actor))


async def _automatic(
    actor: Actor, site: OwnSite | None, standing: Standing | None, agreed: bool | None
) -> Literal["in", "out", ""]:
    if site is None or standing is None or site.attendance_rules.photo:
        return ""
    if "automatic" not in site.attendance_rules.methods or not standing.automatic:
        return ""
    if agreed is False or not await known.is_automatic(actor):
        return ""
    return standing.automatic if agreed or await _agreed(actor) else ""


async def _agreed(actor: Actor) -> bool:
    return await accounts.has_consent(actor.id, ConsentPurpose.LOCATION)
