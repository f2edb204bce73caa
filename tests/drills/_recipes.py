"""Ten recipes by which people cheat, each drawn in the midst of honest colleagues."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from tests.drills._people import HOUR, MINUTE, Act, People

Case = list[Act]
"""The punches of one case, of cheats and of honest people around them."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """A way to cheat, and what gives it away; empty when nothing that a phone sends does."""

    words: str
    seen_by: str
    draw: Callable[[People], Case]

    @property
    def name(self) -> str:
        """Its name, which is its punches' label too."""
        return self.draw.__name__


def _cheat(act: Act, name: str, **changed: object) -> Act:
    return replace(act, label=name, is_honest=False, **changed)  # type: ignore[arg-type]


def _someone(people: People, team: UUID, day: int = 0) -> Act:
    return people.honest(worker=people.id(), team=team, at=people.morning(day))


def teleport(people: People) -> Case:
    """Two sites far apart within minutes."""
    first = _someone(people, people.id())
    later = first.at + people.random.uniform(1, 10) * MINUTE
    place, accuracy_m = people.measured(
        people.away(people.random.uniform(15_000, 800_000)), 5, 60
    )  # fmt: skip
    second = people.honest(worker=first.worker, team=people.id(), at=later)
    return [first, _cheat(second, "teleport", place=place, accuracy_m=accuracy_m)]


def replayed_fix(people: People) -> Case:
    """A fix of hours ago is sent again with a new punch."""
    act = _someone(people, people.id())
    age = people.random.uniform(10, 720) * MINUTE
    return [_cheat(act, "replayed_fix", taken_at=act.at - age)]


def copied_coordinates(people: People) -> Case:
    """The same coordinates are sent for days, with a fresh time each day."""
    first = _someone(people, people.id())
    days = people.random.randint(3, 10)
    return [
        _cheat(
            people.honest(worker=first.worker, team=first.team, at=people.morning(day)),
            "copied_coordinates", place=first.place, accuracy_m=first.accuracy_m,
        )
        for day in range(days)
    ]  # fmt: skip


def one_phone_for_many(people: People) -> Case:
    """One man punches for four to ten with one phone."""
    team, phone = people.id(), str(people.id())
    absent = people.random.randint(4, 10)
    acts = [_someone(people, team) for _ in range(absent)]
    return [_cheat(act, "one_phone_for_many", device=phone) for act in acts]


def stale_site_code(people: People) -> Case:
    """A photo of the gate's code is used later than the code is good for."""
    act = _someone(people, people.id())
    age = people.random.uniform(1.5, 480) * MINUTE
    return [_cheat(act, "stale_site_code", place=None, taken_at=None, code_at=act.at - age)]


def clock_ahead(people: People) -> Case:
    """The phone's clock is set ahead, to have punched for a time that is yet to come."""
    act = _someone(people, people.id())
    ahead = people.random.uniform(3, 240) * MINUTE
    changed = {"claimed_at": act.at + ahead, "taken_at": act.at + ahead}
    return [_cheat(act, "clock_ahead", **changed)]


def from_home(people: People) -> Case:
    """Somebody punches from where he is, kilometres from his team."""
    team = people.id()
    place, accuracy_m = people.measured(people.away(people.random.uniform(1_000, 30_000)), 5, 60)
    cheat = _cheat(_someone(people, team), "from_home", place=place, accuracy_m=accuracy_m)
    return [*people.crew(team, 0), cheat]


def relayed_code(people: People) -> Case:
    """A colleague on the site sends the gate's code at once to one who is at home."""
    act = _someone(people, people.id())
    age = timedelta(seconds=people.random.uniform(3, 25))
    return [_cheat(act, "relayed_code", place=None, taken_at=None, code_at=act.at - age)]


def handed_phone(people: People) -> Case:
    """A colleague on the site punches with the absent man's own phone."""
    team = people.id()
    return [*people.crew(team, 0), _cheat(_someone(people, team), "handed_phone")]


def scattered_mock(people: People) -> Case:
    """A program pretends a position on the site that scatters like a real one."""
    team = people.id()
    act = people.honest(worker=people.id(), team=team, at=people.morning(0) + HOUR / 6)
    return [*people.crew(team, 0), _cheat(act, "scattered_mock")]


RECIPES = (
    Recipe("two sites far apart within minutes", "impossible_travel", teleport),
    Recipe("an old fix sent again", "stale_fix", replayed_fix),
    Recipe("the same coordinates for days", "repeated_coordinates", copied_coordinates),
    Recipe("one phone for four and more", "device_shared", one_phone_for_many),
    Recipe("a photo of the gate's code, used later", "code_expired", stale_site_code),
    Recipe("the phone's clock set ahead", "clock_skew", clock_ahead),
    Recipe("punching kilometres from the team", "team_distance", from_home),
    Recipe("the gate's code sent on within its half minute", "", relayed_code),
    Recipe("a colleague punches with one's own phone", "", handed_phone),
    Recipe("a pretended position that scatters like a real one", "", scattered_mock),
)
