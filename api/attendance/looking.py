"""Before a punch: how it would be judged here and now. Nothing is kept of it."""

from dataclasses import dataclass
from uuid import UUID

from api.accounts import service as accounts
from api.accounts.service import ConsentPurpose
from api.attendance import errors
from api.attendance.models import Verdict
from api.attendance.schemas import PositionIn
from api.attendance.taking import place_of
from api.engagements import service as engagements
from api.kit import clock
from api.kit.actor import Actor
from api.projects import service as projects
from api.projects.service import FenceInForce
from api.workers import service as workers
from geofence.decision import Policy, judge
from geofence.fix import Fix
from geofence.points import Wgs84
from geofence.sentences import verdict_sentence


@dataclass(frozen=True, slots=True)
class Look:
    """Where a position lies on a site. distance_m: to the nearest edge, negative inside."""

    verdict: Verdict
    sentence: str
    distance_m: float | None
    place: Wgs84
    fences: tuple[FenceInForce, ...]


async def look(actor: Actor, project_id: UUID, position: PositionIn) -> Look:
    """How a punch with this position would be judged now.

    ConsentMissing, NotVerified, NotOnSite.
    """
    await accounts.require_consent(actor, ConsentPurpose.LOCATION)
    worker_id = await workers.verified_id(actor)
    today = clock.today()
    if await engagements.on_site(worker_id, project_id, today) is None:
        raise errors.NotOnSite
    policy = await projects.policy_in_force(project_id, today)
    fences = await projects.fences_in_force(project_id, clock.now())
    place = place_of(position)
    fix = Fix(point=place, accuracy_m=position.accuracy_m, taken_at=position.taken_at)
    bounds = Policy(tolerance_m=policy.tolerance_m)
    found = judge(fix, [each.fence for each in fences], bounds, clock.now())
    verdict = Verdict(found.verdict.value)
    return Look(verdict, verdict_sentence(found), found.distance_m, place, fences)
