"""What was paid, by project, month or trade: sums over many lines, for statistics."""

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum, unique
from fractions import Fraction
from uuid import UUID

from tortoise.functions import Count, Sum

from api.kit import money
from api.kit.actor import Actor
from api.permissions import Permission
from api.wages import queries
from api.wages.models import WageLine
from api.wages.rules import BUCKETS, Bucket

ARRIVED = [state for state, bucket in BUCKETS.items() if bucket is Bucket.PAID]


@unique
class By(StrEnum):
    """By what lines are put together: a column of theirs."""

    PROJECT = "project_id"
    MONTH = "month"
    TRADE = "trade"


@dataclass(frozen=True, slots=True)
class Group:
    """What a group was paid. person_months: pairs of a worker and a month on a project."""

    key: str
    person_months: int
    paid_fen: int

    @property
    def average_fen(self) -> int | None:
        """For one person-month, to the whole fen; None without any."""
        if not self.person_months:
            return None
        return money.whole(Fraction(self.paid_fen, self.person_months))


async def paid_by(
    actor: Actor,
    permission: Permission,
    by: By,
    first_month: str,
    last_month: str,
    *,
    project_id: UUID | None = None,
) -> list[Group]:
    """What arrived within the actor's scope for these months, by group in the order of its key.

    A person on two sheets of a project for a month counts once. One statement.
    """
    rows = queries.visible(WageLine, actor, permission).filter(
        month__gte=first_month, month__lte=last_month, pay_state__in=ARRIVED, paid_fen__gt=0
    )
    if project_id is not None:
        rows = rows.filter(project_id=project_id)
    columns = list(dict.fromkeys([by.value, "project_id", "month"]))
    found = (
        await rows.annotate(people=Count("worker_id", distinct=True), fen=Sum("paid_fen"))
        .group_by(*columns)
        .values_list(by.value, "people", "fen")
    )
    people: dict[str, int] = defaultdict(int)
    fen: dict[str, int] = defaultdict(int)
    for key, many, paid in found:
        people[str(key)] += int(many)
        fen[str(key)] += int(paid)
    return [Group(key, people[key], fen[key]) for key in sorted(people)]
