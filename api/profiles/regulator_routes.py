"""Corrections of a region's workers, for its officers."""

from uuid import UUID

from sanic import Blueprint

from api.kit.actor import Actor
from api.kit.rate_limit import Limit
from api.kit.routes import route
from api.kit.schemas import Page
from api.permissions import Permission
from api.profiles import correction_reading, corrections
from api.profiles.errors import NoSuchCorrection, ReasonMissing, WrongStep
from api.profiles.schemas import (
    CorrectionQuery,
    DecisionIn,
    RegionCorrectionOut,
    RegionCorrectionWholeOut,
)
from api.workers.errors import NoSuchWorker, StateForbids

blueprint = Blueprint("profile_oversight", url_prefix="/api/v1/regulator")
ALL, ONE = "/profile-corrections", "/profile-corrections/<correction_id:uuid>"


@route(blueprint, "GET", ALL, permission=Permission.REGULATOR_WORKERS_READ)
async def list_region_corrections(
    actor: Actor, query: CorrectionQuery
) -> Page[RegionCorrectionOut]:
    """The corrections of one's region, masked, the newest first."""
    return await correction_reading.queue(actor, query)


@route(
    blueprint, "GET", ONE, permission=Permission.REGULATOR_WORKERS_REVEAL,
    errors=(NoSuchCorrection,), limits=(Limit("profile_correction_looks", 300, 3600),),
)  # fmt: skip
async def show_region_correction(actor: Actor, correction_id: UUID) -> RegionCorrectionWholeOut:
    """One of them with both values and its proof; who looked stands in the audit."""
    return await correction_reading.one(actor, correction_id)


@route(
    blueprint, "POST", f"{ONE}/decisions", permission=Permission.REGULATOR_WORKERS_UPDATE,
    errors=(NoSuchCorrection, WrongStep, ReasonMissing, NoSuchWorker, StateForbids),
)  # fmt: skip
async def decide_region_correction(
    actor: Actor, correction_id: UUID, body: DecisionIn
) -> RegionCorrectionWholeOut:
    """Accept or refuse; the record keeps what it said, who, when and why."""
    await corrections.decide(actor, correction_id, body)
    return await correction_reading.one(actor, correction_id)
