"""Hours of training against what is asked, and shares of the trained, as they go out."""

from decimal import Decimal

from api.engagements.hours import Hours
from api.engagements.trained import By, Share
from api.kit.schemas import Out, Query, RegionCode
from api.training.service import TrainingKind


class KindHoursOut(Out):
    """Hours of a kind of training. aim: how many are asked; enough: nothing is missing."""

    kind: TrainingKind
    hours: Decimal
    aim: Decimal | None
    enough: bool

    @classmethod
    def of(cls, found: Hours) -> "KindHoursOut":
        """The hours as shown."""
        return cls(kind=found.kind, hours=found.hours, aim=found.aim, enough=found.enough)


class YearHoursOut(Out):
    """The hours of a year; of the three levels those that count today."""

    year: int
    items: list[KindHoursOut]

    @classmethod
    def of(cls, year: int, found: list[Hours]) -> "YearHoursOut":
        """The year as shown."""
        return cls(year=year, items=[KindHoursOut.of(each) for each in found])


class SharesQuery(Query):
    """By what, and of which region; left out, one's own."""

    by: By = By.PROJECT
    region: RegionCode | None = None


class ShareOut(Out):
    """Trained on site / on site (SC-P3). `id`: a region's or trade's code, a kind, or an id."""

    id: str
    name: str
    on_site: int
    trained: int
    untrained: int
    share: str | None

    @classmethod
    def of(cls, found: Share) -> "ShareOut":
        """The share as shown."""
        return cls(
            id=found.id,
            name=found.name,
            on_site=found.on_site,
            trained=found.trained,
            untrained=found.untrained,
            share=found.share,
        )


class SharesOut(ShareOut):
    """The region's share, and those by project, enterprise, trade or kind: most untrained first."""

    by: By
    parts: list[ShareOut]
