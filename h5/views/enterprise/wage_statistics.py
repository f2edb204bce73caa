"""工资统计: average wages by project, month and trade, with what they mean."""

from dataclasses import dataclass

from api.kit.actor import Actor
from api.payslips import statistics
from api.payslips.statistics_schemas import StatisticsOut, StatisticsQuery
from h5.areas import enterprise
from h5.forms import Typed
from h5.pages import page
from h5.rendering import View


@dataclass(frozen=True, slots=True)
class WageStatisticsPage(View):
    """The averages of some months."""

    template = "enterprise/wage_statistics.html"
    title = "enterprise.wage_statistics.title"
    typed: Typed
    found: StatisticsOut


@page(enterprise, "GET", "/wage-statistics", permission=statistics.READ)
async def wage_statistics(actor: Actor, query: StatisticsQuery, typed: Typed) -> WageStatisticsPage:
    """What a month of work is paid."""
    return WageStatisticsPage(typed, await statistics.of(actor, query))
