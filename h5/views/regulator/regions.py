"""The region picker: which regions an officer may look at, and the one he chose."""

from dataclasses import dataclass

from api.codes import service as codes
from api.kit.actor import Actor
from api.kit.scope import scope_of


@dataclass(frozen=True, slots=True)
class Place:
    """A region with its name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Picker:
    """The way down to the chosen region, and the regions one level below it."""

    chosen: Place
    above: tuple[Place, ...]
    below: tuple[Place, ...]


def picker(actor: Actor, permission: str, region: str | None) -> Picker:
    """The picker for one's own region, or the chosen one inside it."""
    own = scope_of(actor, permission).regions
    chosen = region or (own[0] if own else "")
    levels = (chosen[:2] + "0000", chosen[:4] + "00")
    above = [
        code
        for code in dict.fromkeys(levels)
        if code != chosen and any(codes.within(code, each) for each in own)
    ]
    return Picker(
        chosen=_place(chosen),
        above=tuple(_place(code) for code in above),
        below=tuple(Place(each.code, each.name) for each in codes.regions_under(chosen)),
    )


def _place(code: str) -> Place:
    return Place(code, codes.region_name(code) or code)
