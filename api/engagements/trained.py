"""Who on a site has had what entry teaches: kept on his period, since lists and counts ask it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum, unique
from typing import Any
from uuid import UUID

from tortoise.expressions import Subquery
from tortoise.functions import Count
from tortoise.queryset import QuerySet

from api.codes import service as codes
from api.codes.service import Dictionary
from api.engagements import checking, queries
from api.engagements.errors import OutsideRegion
from api.engagements.models import Engagement, State
from api.enterprises import service as enterprises
from api.kit import clock
from api.kit.actor import Actor
from api.kit.scope import scope_of, within
from api.kit.transaction import transaction
from api.permissions import Permission
from api.projects import service as projects
from api.training import service as training

MOST = 100
"""How many lines a table of shares has at most, those with the most untrained first."""


async def worker_trained(worker_id: UUID) -> int:
    """Where the worker is on site untrained and has now had enough, he counts as trained."""
    today, changed = clock.today(), 0
    async with transaction():
        rows = queries.on_site().filter(worker_id=worker_id, trained_on=None)
        for row in await rows.select_for_update():
            if await checking.is_taught(row, today):
                row.trained_on = today
                await row.save(update_fields=["trained_on"])
                changed += 1
    return changed


@unique
class By(StrEnum):
    """By what the share of the trained is shown."""

    PROJECT = "project"
    ENTERPRISE = "enterprise"
    TRADE = "trade"
    KIND = "kind"
    """A row for each kind of training: who ever had one. Here a person counts once."""

    @property
    def column(self) -> str:
        """The column of a period."""
        return "trade" if self is By.TRADE else f"{self}_id"


@dataclass(frozen=True, slots=True)
class Share:
    """How many are on site, and how many of them are trained."""

    id: str
    name: str
    on_site: int
    trained: int

    @property
    def untrained(self) -> int:
        """Who is on site without what entry teaches."""
        return self.on_site - self.trained

    @property
    def share(self) -> str | None:
        """Trained on site / on site, to four decimals; None when nobody is there."""
        return share_of(self.trained, self.on_site)


def share_of(part: int, whole: int) -> str | None:
    """The part of the whole to four decimals; None of nothing."""
    return str((Decimal(part) / whole).quantize(Decimal("0.0001"))) if whole else None


async def shares(
    actor: Actor, permission: Permission, region: str | None, by: By
) -> tuple[str, Share, list[Share]]:
    """The region, its share, and those by project, enterprise, trade or kind. OutsideRegion.

    Three statements, whatever the region's size.
    """
    own = scope_of(actor, permission).regions
    wanted = region or (own[0] if own else "")
    if not any(codes.within(wanted, each) for each in own):
        raise OutsideRegion
    people = queries.visible(Engagement, actor, permission).filter(
        **within("region", wanted), state=State.ON_SITE.value
    )
    counts, found = await (_by_kind(people) if by is By.KIND else _by_column(people, by))
    return wanted, Share(wanted, codes.region_name(wanted) or "", *counts), found


async def _by_column(people: QuerySet[Engagement], by: By) -> tuple[tuple[int, int], list[Share]]:
    counted = people.annotate(n=Count("id"), t=Count("trained_on")).group_by(by.column)
    rows = await counted.values_list(by.column, "n", "t")
    whole = (sum(n for _, n, _ in rows), sum(t for _, _, t in rows))
    shown = sorted(rows, key=lambda each: (each[2] - each[1], str(each[0])))[:MOST]
    names = await _names(by, [key for key, _, _ in shown])
    return whole, [Share(str(key), names.get(str(key), str(key)), n, t) for key, n, t in shown]


async def _by_kind(people: QuerySet[Engagement]) -> tuple[tuple[int, int], list[Share]]:
    counted = people.annotate(
        n=Count("id"), t=Count("trained_on"), p=Count("worker_id", distinct=True)
    )
    [(periods, taught, persons)] = await counted.values_list("n", "t", "p")
    held = await training.held_by_kind(Subquery(people.values("worker_id")))
    rows = [Share(kind.value, kind.called, persons, number) for kind, number in held.items()]
    return (periods, taught), sorted(rows, key=lambda row: -row.untrained)


async def _names(by: By, keys: list[Any]) -> Mapping[str, str]:
    if by is By.TRADE:
        known = {each.code: each.name for each in codes.entries(Dictionary.WORK_TYPES)}
        return {str(key): known.get(str(key), str(key)) for key in keys}
    ids = {UUID(str(key)) for key in keys}
    ask = projects.names if by is By.PROJECT else enterprises.names_of
    return {str(key): name for key, name in (await ask(ids)).items()}
