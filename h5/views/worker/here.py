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
from api.engagements.schemas import OwnEngagementOut
from api.kit.actor import Actor
from h5.views.worker.session import marker


@dataclass(frozen=True, slots=True)
class Here:
    """A worker's sites and the one that is meant, with what his phone may know."""

    sites: tuple[OwnEngagementOut, ...]
    site: OwnEngagementOut | None
    standing: Standing | None
    agreed: bool
    """Whether a punch may read the position."""
    automatic: Literal["in", "out", ""]
    """What the phone may punch by itself now."""
    marker: str


async def here(actor: Actor, wanted: UUID | None = None) -> Here:
    """Where the actor is; without his word where he came and has not left, else his newest site."""
    sites = tuple(await reading.own(await engagements.own_now(actor)))
    standing = await standings(actor, [each.project.id for each in sites])
    inside = [each for each in sites if standing[each.project.id].inside]
    named = [each for each in sites if each.project.id == wanted]
    site = next(iter([*named, *inside, *sites]), None)
    stands = standing[site.project.id] if site else None
    agreed = await accounts.has_consent(actor.id, ConsentPurpose.LOCATION)
    by_itself = await _automatic(actor, site, stands) if agreed else ""
    return Here(sites, site, stands, agreed, by_itself, marker(actor))


async def _automatic(
    actor: Actor, site: OwnEngagementOut | None, standing: Standing | None
) -> Literal["in", "out", ""]:
    rules = site.attendance_rules if site else None
    if standing is None or rules is None or rules.photo or "automatic" not in rules.methods:
        return ""
    return standing.automatic if await known.is_automatic(actor) else ""
