"""Statistics on wages: what is asked for, and the figures with their definition."""

from datetime import timedelta
from uuid import UUID

from api.attendance.schemas import Month
from api.kit import clock
from api.kit.schemas import Out, Query


class StatisticsQuery(Query):
    """Which months, both included; without them the twelve up to the last one."""

    from_month: Month | None = None
    to_month: Month | None = None
    project_id: UUID | None = None

    @property
    def last(self) -> str:
        """The last month."""
        return self.to_month or f"{clock.today().replace(day=1) - timedelta(days=1):%Y-%m}"

    @property
    def first(self) -> str:
        """The first month."""
        if self.from_month:
            return self.from_month
        year, month = map(int, self.last.split("-"))
        return f"{year}-01" if month == 12 else f"{year - 1}-{month + 1:02d}"


class AverageOut(Out):
    """What person-months of a project, a month or a trade were paid on average; whole fen."""

    key: str
    name: str
    person_months: int
    paid_fen: int
    average_fen: int | None


class WorkforceOut(Out):
    """People at work today, and those of ten and of twenty years' seniority, with its meaning."""

    definition: str
    people: int
    ten_years: int
    twenty_years: int


class StatisticsOut(Out):
    """Average wages, with what they mean, and who is at work."""

    definition: str
    workforce: WorkforceOut
    from_month: str
    to_month: str
    whole: AverageOut
    by_project: list[AverageOut]
    by_month: list[AverageOut]
    by_trade: list[AverageOut]
