"""工资统计: average wages, who is at work, and for how many years (CS-S1b)."""

from collections.abc import Iterable
from uuid import UUID

from api.engagements import service as engagements
from api.kit.actor import Actor
from api.kit.errors import FieldError, Invalid
from api.payslips.statistics_schemas import (
    AverageOut,
    StatisticsOut,
    StatisticsQuery,
    WorkforceOut,
)
from api.permissions import Permission
from api.projects import service as projects
from api.teams.schemas import trade_name
from api.wages import figures
from api.wages.figures import By, Group

READ = Permission.ENTERPRISE_WAGES_READ
DEFINITION = (
    "平均工资＝已到账的工资 ÷ 人月。人月：一个人在一个项目一个月有工资到账，算 1 个人月；"
    "没到账的、只有借支的不算。"
)

SENIORITY = (
    "总人数：今天在场的人，一个人只算一次。工龄：从他第一次在任何一个项目进场那天算到今天，"
    "中间离场的时间也算；进场以前的工作没有登记，不算。"
)


async def of(actor: Actor, query: StatisticsQuery) -> StatisticsOut:
    """The averages within the actor's scope for these months. Invalid for a reversed span."""
    if query.last < query.first:
        fault = FieldError("to_month", "payslips.reversed", "结束月份早于开始月份。请改一下。")
        raise Invalid(errors=(fault,))
    groups = {
        by: await figures.paid_by(
            actor, READ, by, query.first, query.last, project_id=query.project_id
        )
        for by in By
    }
    sites = await projects.names({UUID(group.key) for group in groups[By.PROJECT]})
    seniority = await engagements.seniority(actor, READ, query.project_id)
    return StatisticsOut(
        definition=DEFINITION,
        workforce=WorkforceOut(
            definition=SENIORITY,
            people=seniority.people,
            ten_years=seniority.long,
            twenty_years=seniority.longest,
        ),
        from_month=query.first,
        to_month=query.last,
        whole=_whole(groups[By.MONTH]),
        by_project=[_out(each, sites.get(UUID(each.key), "")) for each in groups[By.PROJECT]],
        by_month=[_out(each, each.key) for each in groups[By.MONTH]],
        by_trade=[_out(each, trade_name(each.key)) for each in groups[By.TRADE]],
    )


def _whole(months: Iterable[Group]) -> AverageOut:
    known = list(months)
    return _out(
        Group("", sum(each.person_months for each in known), sum(each.paid_fen for each in known)),
        "",
    )


def _out(group: Group, name: str) -> AverageOut:
    return AverageOut(
        key=group.key,
        name=name,
        person_months=group.person_months,
        paid_fen=group.paid_fen,
        average_fen=group.average_fen,
    )
