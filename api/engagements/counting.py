"""How many entered, left and are on site: equal on every level, region, project, unit and team."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from tortoise.functions import Count
from tortoise.queryset import QuerySet

from api.codes import service as codes
from api.engagements import queries
from api.engagements.errors import OutsideRegion
from api.engagements.models import Engagement, Move, Mover, State
from api.engagements.rules import Item
from api.kit.actor import Actor
from api.kit.scope import scope_of, within
from api.permissions import Permission

IN = {Move.ENTERED.value: 1, Move.JOINED_TEAM.value: 1}
OUT = {Move.LEFT.value: 1, Move.LEFT_TEAM.value: 1}
WHOLE = (Move.ENTERED.value, Move.LEFT.value)
UNPREPARED = frozenset({Item.TRAINING, Item.RETRAINING, Item.CERTIFICATE})


@dataclass(slots=True)
class Tally:
    """Entries and exits from the ledger, people on site from their periods.

    unprepared: those of them who entered without what they had to be taught, or a certificate.
    trained: those who have had, by now, what entry teaches (SC-P3).
    """

    entries: int = 0
    exits: int = 0
    on_site: int = 0
    unprepared: int = 0
    trained: int = 0

    @property
    def prepared(self) -> int:
        """Who is on site and entered with training and certificate (GY-5)."""
        return self.on_site - self.unprepared

    @property
    def prepared_share(self) -> str | None:
        """Their share of those on site, to four decimals; None when nobody is."""
        share = Decimal(self.prepared) / self.on_site if self.on_site else None
        return None if share is None else str(share.quantize(Decimal("0.0001")))


Key = tuple[Any, ...]


async def _tallies(
    moves: QuerySet[Any], there: QuerySet[Engagement], columns: tuple[str, ...]
) -> dict[Key, Tally]:
    """The tallies by the values of the columns; three statements, four when papers lack."""
    found: dict[Key, Tally] = defaultdict(Tally)
    lines = moves.filter(mover=Mover.WORKER).annotate(n=Count("id")).group_by(*columns, "move")
    for *key, move, number in await lines.values_list(*columns, "move", "n"):
        tally = found[tuple(key)]
        tally.entries += number * IN.get(move, 0)
        tally.exits += number * OUT.get(move, 0)
    people = there.filter(state=State.ON_SITE)
    on_site = people.annotate(n=Count("id"), t=Count("trained_on")).group_by(*columns)
    for *key, number, trained in await on_site.values_list(*columns, "n", "t"):
        found[tuple(key)].on_site += number
        found[tuple(key)].trained += trained
    if lacking := await queries.let_in_without(people, UNPREPARED):
        for each in await people.filter(id__in=lacking).values_list(*columns):
            found[tuple(each)].unprepared += 1
    return found


def _sum(tallies: Iterable[Tally]) -> Tally:
    whole: Counter[str] = Counter()
    for each in tallies:
        whole.update(asdict(each))
    return Tally(**whole)


async def of_region(
    actor: Actor, permission: Permission, region: str | None
) -> tuple[str, Tally, dict[str, Tally]]:
    """The region, its tally, and those of the regions one level below. OutsideRegion."""
    own = scope_of(actor, permission).regions
    wanted = region or (own[0] if own else "")
    if not any(codes.within(wanted, each) for each in own):
        raise OutsideRegion
    inside = within("region", wanted)
    moves = queries.ledger(actor, permission).filter(**inside, move__in=WHOLE)
    there = queries.visible(Engagement, actor, permission).filter(**inside)
    found = await _tallies(moves, there, ("region",))
    parts: dict[str, list[Tally]] = {place.code: [] for place in codes.regions_under(wanted)}
    for (code,), tally in found.items():
        home = next((part for part in parts if codes.within(code, part)), code)
        if home != wanted:
            parts.setdefault(home, []).append(tally)
    return wanted, _sum(found.values()), {code: _sum(own) for code, own in parts.items()}


@dataclass(frozen=True, slots=True)
class ProjectTally:
    """A project's tally, by unit and by team."""

    whole: Tally
    units: dict[UUID, Tally]
    teams: dict[UUID | None, Tally]


async def of_project(actor: Actor, permission: Permission, project_id: UUID) -> ProjectTally:
    """The tally of the part of a project that the actor sees."""
    moves = queries.ledger(actor, permission).filter(project_id=project_id)
    there = queries.visible(Engagement, actor, permission).filter(project_id=project_id)
    units = await _tallies(moves.filter(move__in=WHOLE), there, ("enterprise_id",))
    teams = await _tallies(moves, there, ("team_id",))
    return ProjectTally(
        _sum(units.values()),
        {key[0]: tally for key, tally in units.items()},
        {key[0]: tally for key, tally in teams.items()},
    )
