"""What does not go as planned in the thirty days. Keys: team, place in it, days before today."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import date, timedelta
from uuid import UUID

from api.attendance import corrections, decisions, examining
from api.attendance.decisions import Decision
from api.attendance.models import State, Workday
from api.attendance.schemas import CorrectionIn
from api.attendance.taking import workday_id
from api.engagements import moving
from api.engagements.schemas import EntryIn, ExitIn
from api.projects import fences
from api.projects.fence_schemas import FenceChangeIn
from tests.demo import acts
from tests.demo.crews import GANGS, Hand, Hands, Office
from tests.demo.places import garden_widened
from tests.demo.punching import Act, at_the_gate, by_clock, chance, shift, standing, usual

Maker = Callable[[Hand, date], Iterable[Act]]
Event = Callable[[Hands, date], Awaitable[None]]
AUTOMATIC = (0, 5)
"""Who lets his phone punch by itself."""
TWO_SITES, SECOND_SITE = (1, 3), (7, 6)
"""The electrician who works on two sites a day, and he on the second one."""
AWAY = {(7, 5): range(6), (3, 5): range(11, 14), SECOND_SITE: range(31)}
"""Who is not there, and when: one left, one left and came again, one comes for hours only."""


def is_away(hand: Hand, back: int) -> bool:
    """Whether the worker has no usual day then."""
    return back in AWAY.get((hand.gang, hand.place), ())


def _forgot_out(hand: Hand, day: date) -> list[Act]:
    return usual(hand, day)[:1]


def _half_a_day(hand: Hand, day: date) -> list[Act]:
    into, _ = usual(hand, day)
    return [into, Act(by_clock(day, "11:32"), hand, "out", into.more)]


def _afternoon(hand: Hand, day: date) -> list[Act]:
    dice = chance(hand, day)
    return [
        Act(by_clock(day, text), hand, way, {"position": standing(hand, dice)})
        for text, way in (("13:28", "in"), ("18:04", "out"))
    ]


def _came_in_at(east: float, accuracy_m: float) -> Maker:
    def make(hand: Hand, day: date) -> list[Act]:
        into, out = usual(hand, day)
        spot = hand.site.plan.place.position(east, 0)
        there = {"position": {**spot, "accuracy_m": accuracy_m}}
        return [Act(into.at, hand, "in", there), out]

    return make


def _without_signal(hand: Hand, day: date) -> list[Act]:
    sent = by_clock(day + timedelta(days=1), "12:10")
    return [Act(act.at, hand, act.direction, act.more, sent) for act in usual(hand, day)]


def _tapped_twice(hand: Hand, day: date) -> list[Act]:
    into, out = usual(hand, day)
    return [into, Act(into.at + timedelta(seconds=40), hand, None, into.more), out]


def _by_hand(hand: Hand, day: date) -> list[Act]:
    into, out = shift(hand, day, chance(hand, day))
    more = {"method": "manual", "note": "手机进水了，班长看着我进出的。"}
    return [Act(into, hand, "in", more), Act(out, hand, "out", more)]


def _by_code(hand: Hand, day: date) -> list[Act]:
    into, out = shift(hand, day, chance(hand, day))
    ways = ((into, "in"), (out, "out"))
    return [Act(moment, hand, way, at_the_gate(hand, moment)) for moment, way in ways]


def _with_the_leaders_phone(hand: Hand, day: date) -> list[Act]:
    return usual(hand, day, device_id=f"demo-{hand.gang}-0")


def _never_moving(hand: Hand, day: date) -> list[Act]:
    spot = {**hand.site.plan.place.position(12, -9), "accuracy_m": 10}
    return usual(hand, day, position=spot)


INSTEAD: dict[tuple[int, int, int], Maker] = {
    (0, 1, 6): usual,
    (0, 2, 5): usual,
    (0, 3, 7): _half_a_day,
    (0, 4, 16): _forgot_out,
    (1, 1, 9): _forgot_out,
    (1, 2, 5): _forgot_out,
    (2, 1, 8): _came_in_at(east=-138, accuracy_m=15),
    (2, 2, 8): _came_in_at(east=-560, accuracy_m=15),
    (2, 3, 8): _came_in_at(east=0, accuracy_m=600),
    (2, 2, 2): _came_in_at(east=-560, accuracy_m=15),
    (3, 1, 9): usual,
    (4, 1, 10): _without_signal,
    (4, 2, 10): _tapped_twice,
    (4, 3, 2): _without_signal,
    (6, 0, 9): _by_hand,
    (6, 0, 3): _by_hand,
    (6, 3, 2): _forgot_out,
    (7, 0, 11): usual,
}
INSTEAD |= {(*TWO_SITES, back): _half_a_day for back in (4, 5, 6)}
INSTEAD |= {(*SECOND_SITE, back): _afternoon for back in (4, 5, 6)}
INSTEAD |= {(6, 2, back): _by_code for back in range(8, 13)}
INSTEAD |= {(5, place, 4): _with_the_leaders_phone for place in range(6)}
INSTEAD |= {(7, 1, back): _never_moving for back in range(4, 10)}


def _workday(hand: Hand, day: date) -> UUID:
    return workday_id(hand.worker_id, hand.site.id, day.isoformat())


def _corrects(key: tuple[int, int], text: str) -> Event:
    async def act(hands: Hands, day: date) -> None:
        hand = hands[key]
        acts.at(by_clock(day + timedelta(days=1), "07:40"))
        given = {
            "project_id": hand.site.id,
            "direction": "out",
            "at": by_clock(day, text),
            "reason": "下班时手机没电了，忘了打卡。",
        }
        await corrections.correct(hand.actor, acts.sent(CorrectionIn, given))

    return act


def _rejects(key: tuple[int, int], reason: str) -> Event:
    async def act(hands: Hands, day: date) -> None:
        hand = hands[key]
        acts.at(by_clock(day + timedelta(days=1), "09:10"))
        await decisions.decide(hand.officer, _workday(hand, day), Decision.REJECT, reason=reason)

    return act


def _disputes(key: tuple[int, int], reason: str) -> Event:
    async def act(hands: Hands, day: date) -> None:
        hand = hands[key]
        acts.at(by_clock(day + timedelta(days=1), "12:20"))
        await decisions.dispute(hand.actor, _workday(hand, day), reason)

    return act


def _gives_in(key: tuple[int, int]) -> Event:
    async def act(hands: Hands, day: date) -> None:
        hand = hands[key]
        acts.at(by_clock(day + timedelta(days=1), "16:00"))
        why = "问过班长，人在工地，按一个工算。"
        await decisions.decide(hand.officer, _workday(hand, day), Decision.CONFIRM, reason=why)

    return act


def _contests(key: tuple[int, int], earlier: int) -> Event:
    async def act(hands: Hands, day: date) -> None:
        hand = hands[key]
        acts.at(by_clock(day + timedelta(days=1), "10:05"))
        disputed = _workday(hand, day - timedelta(days=earlier))
        why = "当天下午停电停工，请按半天核对。"
        await decisions.decide(hand.officer, disputed, Decision.CONTEST, reason=why)

    return act


def _looked_at(key: tuple[int, int]) -> Event:
    async def act(hands: Hands, day: date) -> None:
        acts.at(by_clock(day + timedelta(days=1), "08:00"))
        await examining.examine(_workday(hands[key], day))

    return act


async def _widen_the_garden(hands: Hands, day: date) -> None:
    acts.at(by_clock(day, "05:30"))
    site = hands[0, 0].site
    [(fence, newest)] = await fences.listed(site.id, ended=False)
    given = acts.sent(FenceChangeIn, garden_widened(newest.version))
    await fences.redraw(site.manager, site.id, fence.id, given)


def _leaves(key: tuple[int, int], *, settled: bool) -> Event:
    async def act(hands: Hands, day: date) -> None:
        hand = hands[key]
        acts.at(by_clock(day, "19:30"))
        given = ExitIn(settled=settled, reason="活干完了。")
        await moving.leave(hand.officer, hand.site.id, hand.period.id, given)

    return act


async def _comes_again(hands: Hands, day: date) -> None:
    hand = hands[3, 5]
    acts.at(by_clock(day, "05:20"))
    office = Office(hand.officer, hand.period.enterprise_id, hand.site)
    period = await office.take_on(hand.actor, GANGS[3].trade, hand.period.team_id)
    await moving.enter(hand.officer, hand.site.id, period.id, EntryIn())


async def _takes_a_second_site(hands: Hands, day: date) -> None:
    own, there = hands[TWO_SITES], hands[7, 0]
    acts.at(by_clock(day, "05:20"))
    office = Office(there.officer, there.period.enterprise_id, there.site)
    period = await office.take_on(own.actor, GANGS[1].trade, None)
    await office.train(own.actor)
    await moving.enter(there.officer, there.site.id, period.id, EntryIn())
    hands[SECOND_SITE] = Hand(
        *SECOND_SITE, own.actor, own.worker_id, there.site, period, there.officer
    )


BEFORE: dict[int, tuple[Event, ...]] = {
    12: (_widen_the_garden,),
    10: (_comes_again,),
    7: (_takes_a_second_site,),
}
AFTER: dict[int, tuple[Event, ...]] = {
    16: (_corrects((0, 4), "18:50"),),
    14: (_leaves((3, 5), settled=False),),
    11: (
        _rejects((7, 0), "监控里没看到人。"),
        _disputes((7, 0), "我在地下室绑扎，班长可以证明。"),
        _gives_in((7, 0)),
    ),
    9: (_corrects((1, 1), "18:45"),),
    6: (
        _leaves((7, 5), settled=True),
        _rejects((0, 1), "当天点名没到。"),
        _disputes((0, 1), "我七点就进场了，打卡有记录。"),
    ),
    5: (_rejects((0, 2), "下午请假没有回来。"),),
    4: (_contests((3, 1), earlier=5), _looked_at((5, 0)), _looked_at((7, 1))),
    2: (_corrects((6, 3), "18:20"),),
}


async def confirm(hands: Hands, ids: set[UUID]) -> None:
    """The officers look at the odd days, ask, and confirm what is complete."""
    officers = {hand.worker_id: hand.officer for hand in hands.values() if hand.gang not in (3, 5)}
    for row in await Workday.filter(id__in=list(ids), state=State.PENDING).order_by("id"):
        officer = officers.get(row.worker_id)
        if officer is not None and row.found_units:
            why = "问过班长，情况属实。"
            await decisions.decide(officer, row.id, Decision.CONFIRM, reason=why)
