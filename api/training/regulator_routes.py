"""Trainings for the officers of the region."""

from sanic import Blueprint

from api.kit.actor import Actor
from api.kit.routes import route
from api.kit.schemas import Page
from api.permissions import Permission
from api.training import region_reading
from api.training.schemas import RegionTrainingQuery, TrainingOut

blueprint = Blueprint("training_oversight", url_prefix="/api/v1/regulator")


@route(blueprint, "GET", "/trainings", permission=Permission.REGULATOR_TRAININGS_READ)
async def list_trainings_of_region(actor: Actor, query: RegionTrainingQuery) -> Page[TrainingOut]:
    """The trainings of the region, newest first: by project, enterprise, trade and kind."""
    return (await region_reading.listed(actor, query))[0]
