"""Statistics on wages for the contractor and the employer."""

from sanic import Blueprint

from api.kit.actor import Actor
from api.kit.routes import route
from api.payslips import statistics
from api.payslips.statistics_schemas import StatisticsOut, StatisticsQuery

blueprint = Blueprint("wage_statistics", url_prefix="/api/v1/enterprise")


@route(blueprint, "GET", "/wage-statistics", permission=statistics.READ)
async def show_wage_statistics(actor: Actor, query: StatisticsQuery) -> StatisticsOut:
    """Average wages that arrived for a person-month, by project, month and trade."""
    return await statistics.of(actor, query)
