"""What the signals see and what they leave alone; `make drill-signals`.

Ten recipes of cheating, 1,000 punches each, and 20,000 punches of honest people (in the open,
between towers with an accuracy of 50 to 300 m, before tunnels, with shared phones, offline up to
eight hours) go through the rules that punching uses: the fence's verdict, the signals of the fix
and claim, those found by comparing punches, and the age of a gate's code. Without HTTP or database.

A recipe counts as seen by the one signal that is made for it, or by the refusal of an old code. Of
honest people every signal that speaks against somebody counts, and the verdict "outside".
`late_upload` and `low_accuracy` only say under what circumstances a punch was taken: they are
counted apart. The recipes that no signal can see are published as they are.
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from api.attendance import signals, site_codes, taking
from api.attendance.errors import SiteCodeExpired
from api.attendance.signals import Seen, Signal
from api.kit import crypto
from api.kit.clock import day_of
from geofence.decision import Policy, Verdict, judge
from tests.drills._people import FENCE, Act, People
from tests.drills._recipes import RECIPES, Case, Recipe

RECALL, FALSE_FLAGS, PLACED = 0.95, 0.005, 0.95
CIRCUMSTANCES = frozenset({Signal.LATE_UPLOAD, Signal.LOW_ACCURACY})
POLICY = Policy()
SITE = UUID(int=1)
HONEST_DAYS = 5


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a punch: its verdict (none with a code), and what was found."""

    act: Act
    verdict: Verdict | None
    found: frozenset[str]

    @property
    def flags(self) -> frozenset[str]:
        """What speaks against it."""
        against = self.found - CIRCUMSTANCES
        return against | {"outside"} if self.verdict is Verdict.OUTSIDE else against


def outcomes(acts: Iterable[Act]) -> list[Outcome]:
    """What becomes of punches that belong together."""
    kept = list(acts)
    compared = _compared([_seen(number, act) for number, act in enumerate(kept)])
    return [_outcome(act, compared[number]) for number, act in enumerate(kept)]


def _outcome(act: Act, compared: set[str]) -> Outcome:
    at, late = taking.counted_at(act.claimed_at, act.received_at)
    found = set(
        signals.at_once(
            at=at,
            received_at=act.received_at,
            claimed_at=act.claimed_at,
            taken_at=act.taken_at,
            accuracy_m=act.accuracy_m,
            late=late,
        )
    )
    if act.code_at is not None:
        return Outcome(act, None, frozenset(found | compared | _refusal(act)))
    verdict = judge(act.fix, [FENCE], POLICY, at).verdict
    return Outcome(act, verdict, frozenset(found | compared))


def _refusal(act: Act) -> set[str]:
    assert act.code_at is not None
    try:
        site_codes.read(site_codes.shown_at(SITE, "gate", act.code_at).text, SITE, act.at)
    except SiteCodeExpired:
        return {"code_expired"}
    return set()


def _seen(number: int, act: Act) -> Seen:
    lon, lat = act.place or (None, None)
    return Seen(
        UUID(int=number), act.worker, act.team, act.device, day_of(act.at), act.at, lon, lat,
        act.accuracy_m,
    )  # fmt: skip


def _compared(seen: list[Seen]) -> dict[int, set[str]]:
    """The signals found by comparing, as the job after the commit compares."""
    ways: tuple[tuple[Callable[[Seen], object], Callable[[list[Seen]], list[signals.Found]]], ...]
    ways = (
        (lambda each: each.worker_id, signals.impossible_travel),
        (lambda each: each.worker_id, signals.repeated_coordinates),
        (lambda each: (each.device_id, each.day), signals.device_shared),
        (lambda each: (each.team_id, each.day), signals.team_distance),
    )
    found: dict[int, set[str]] = defaultdict(set)
    for key, look in ways:
        groups: dict[object, list[Seen]] = defaultdict(list)
        for each in seen:
            groups[key(each)].append(each)
        for group in groups.values():
            for hit in look(group):
                found[hit.punch_id.int].add(hit.code.value)
    return found


def cheats(people: People, draw: Callable[[People], Case], count: int) -> list[Outcome]:
    """At least `count` punches that follow a recipe, cut to as many, each case by itself."""
    kept: list[Outcome] = []
    while len(kept) < count:
        kept += [each for each in outcomes(draw(people)) if not each.act.is_honest]
    return kept[:count]


def honest(people: People, count: int, tries: int = 3) -> list[Outcome]:
    """`count` punches of honest teams, team by team."""
    kept: list[Outcome] = []
    while len(kept) < count:
        kept += outcomes(people.honest_team(HONEST_DAYS, tries))
    return list(islice(kept, count))


def share(outcomes: list[Outcome], holds: Callable[[Outcome], bool]) -> float:
    """Of how many it holds, as a part of one."""
    return round(sum(holds(each) for each in outcomes) / len(outcomes), 4)


def is_flagged(outcome: Outcome, by: str = "") -> bool:
    """Whether that speaks against it, or anything at all."""
    return by in outcome.flags if by else bool(outcome.flags)


def is_placed(outcome: Outcome) -> bool:
    """Whether it ended inside or near."""
    return outcome.verdict in (Verdict.INSIDE, Verdict.NEAR)


def main() -> int:
    """Simulate, print what is seen and what is missed; 0 when every figure holds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--each", type=int, default=1_000)
    parser.add_argument("--honest", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=20260601)
    options = parser.parse_args()
    crypto.use(crypto.Keyring(crypto.Secrets.fresh()))
    people = People(options.seed)
    recalls = {each.name: recall_of(people, each, options.each) for each in RECIPES}
    good = honest(people, options.honest)
    figures = {
        "false_flags": share(good, is_flagged),
        "placed": share(good, is_placed),
        "refused": share(good, lambda each: "code_expired" in each.found),
        "placed_by_one_fix": share(honest(people, options.honest, tries=1), is_placed),
    }
    _print_honest(good, figures)
    print(json.dumps({"recall": recalls, "honest": figures}))
    return 0 if _is_good(recalls, figures) else 1


def recall_of(people: People, recipe: Recipe, count: int) -> float:
    """The part of a recipe's punches that is seen; of one that cannot be, that has any flag."""
    found = cheats(people, recipe.draw, count)
    flags = Counter(flag for each in found for flag in each.flags)
    recall = share(found, lambda each: is_flagged(each, recipe.seen_by))
    short = "  SHORT" if recipe.seen_by and recall < RECALL else ""
    seen_by = ", ".join(f"{flag} {number}" for flag, number in flags.most_common())
    print(f"{recipe.words:50}{recall:7.1%}  {seen_by or 'nothing gives it away'}{short}")
    return recall


def _print_honest(good: list[Outcome], figures: dict[str, float]) -> None:
    kinds: dict[str, list[Outcome]] = defaultdict(list)
    for each in good:
        kinds[each.act.label].append(each)
    for kind, found in sorted(kinds.items()):
        by = Counter(name for each in found for name in (*each.flags, *each.found & CIRCUMSTANCES))
        words = ", ".join(f"{name} {number}" for name, number in by.most_common())
        print(
            f"honest, {kind:9}{len(found):6} punches, placed {share(found, is_placed):6.1%}  "
            f"{words}"
        )
    print(
        f"honest, all: {figures['false_flags']:.2%} flagged, {figures['placed']:.1%} inside or "
        f"near, {figures['refused']:.0%} refused "
        f"({figures['placed_by_one_fix']:.1%} inside or near if phones sent their first fix)"
    )


def _is_good(recalls: dict[str, float], figures: dict[str, float]) -> bool:
    seen = all(recalls[each.name] >= RECALL for each in RECIPES if each.seen_by)
    return (
        seen
        and figures["false_flags"] <= FALSE_FLAGS
        and figures["placed"] >= PLACED
        and not figures["refused"]
    )


if __name__ == "__main__":
    sys.exit(main())
