"""What work comes to: exact until each item is rounded once; the sums always fit. Pure."""

import random
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.codes.workdays import calendar
from api.wages import reckoning, rules
from api.wages.reckoning import (
    Advance,
    Day,
    Hint,
    Item,
    ItemKind,
    PayKind,
    Piece,
    Schedule,
    Terms,
    Work,
)
from api.wages.rules import Act, PayState, SheetState, Sums

FIRST = date(2026, 10, 1)
MONTHS = {(2026, 10): 18, (2026, 9): 22}
DATES = [FIRST + timedelta(days=each) for each in range(31)]
UNITS = [Decimal(each) / 10 for each in range(31)]
OVERTIME = [Decimal(each) / 100 for each in range(1201)]


def worked(units: str, overtime: str = "0", count: int = 1) -> list[Day]:
    return [
        Day(FIRST + timedelta(days=each), Decimal(units), Decimal(overtime))
        for each in range(count)
    ]


def items_of(agreed: Schedule, work: Work) -> list[Item]:
    return reckoning.items_of(reckoning.parts_of(agreed, work), work.advances)


def amounts(items: list[Item]) -> dict[ItemKind, int]:
    return {each.kind: each.amount_fen for each in items}


@pytest.mark.parametrize(
    ("terms", "days", "basic", "overtime"),
    [
        (Terms(PayKind.DAY, 30000), worked("1", "2", 20), 600000, 225000),
        (Terms(PayKind.DAY, 30000, Decimal(9)), worked("0.5", "1"), 15000, 5000),
        (Terms(PayKind.DAY, 30001), worked("0.5"), 15001, None),
        (Terms(PayKind.HOUR, 2500), worked("1", "3"), 20000, 11250),
        (Terms(PayKind.DAY, 30000, overtime_fen=4000), worked("1", "2.5"), 30000, 10000),
        (Terms(PayKind.DAY, 30000, overtime_percent=None), worked("1", "2"), 30000, None),
        # Every working day of the month: the whole of the rate, and no fen more or less.
        (Terms(PayKind.MONTH, 600000), worked("1", "0", 18), 600000, None),
        (Terms(PayKind.MONTH, 600000), worked("1", "0", 9), 300000, None),
        # 6,000 / 21.75 / 8 × 1.5 × 2 hours.
        (Terms(PayKind.MONTH, 600000), worked("1", "2"), 33333, 10345),
        (Terms(PayKind.PIECE, 2000), worked("1", "2"), None, None),
    ],
)
def test_time_is_paid_by_its_terms(
    terms: Terms, days: list[Day], basic: int | None, overtime: int | None
) -> None:
    found = amounts(items_of([(FIRST, terms)], Work(days, month_days=MONTHS)))
    assert (found.get(ItemKind.BASIC), found.get(ItemKind.OVERTIME)) == (basic, overtime)


def test_piece_work_is_paid_as_agreed_or_at_the_terms_price() -> None:
    pieces = [Piece("平方米", Decimal("12.5"), 26000), Piece("吨", Decimal("1.25"))]
    by_piece = items_of([(FIRST, Terms(PayKind.PIECE, 2001))], Work(pieces=pieces))
    assert [each.amount_fen for each in by_piece] == [2501, 26000]
    by_day = items_of([(FIRST, Terms(PayKind.DAY, 30000))], Work(pieces=pieces))
    assert [each.amount_fen for each in by_day] == [26000]


def test_each_day_is_paid_by_the_terms_of_that_day() -> None:
    third, fifth = FIRST + timedelta(days=2), FIRST + timedelta(days=4)
    by_hour = Terms(PayKind.HOUR, 4000, Decimal(9), overtime_fen=5000)
    agreed = [
        (FIRST, Terms(PayKind.DAY, 30000)), (third, Terms(PayKind.DAY, 32000)), (fifth, by_hour),
    ]  # fmt: skip
    pieces = [
        Piece("吨", Decimal(2), 100, FIRST), Piece("吨", Decimal(3), 500, FIRST),
        Piece("吨", Decimal(1), 700, fifth),
    ]  # fmt: skip
    items = items_of(agreed, Work(worked("1", "1", 5), pieces))
    found = [(each.kind, each.amount_fen, int(each.quantity or 0), each.note) for each in items]
    assert found == [
        (ItemKind.BASIC, 60000, 2, "10月3日前"), (ItemKind.PIECE, 600, 5, "10月3日前"),
        (ItemKind.OVERTIME, 11250, 2, "10月3日前"), (ItemKind.BASIC, 64000, 2, "10月3日起"),
        (ItemKind.OVERTIME, 12000, 2, "10月3日起"), (ItemKind.BASIC, 36000, 9, "10月5日起"),
        (ItemKind.PIECE, 700, 1, "10月5日起"), (ItemKind.OVERTIME, 5000, 1, "10月5日起"),
    ]  # fmt: skip
    # What begins after the last day, or ended before the first one, pays nothing and says nothing.
    alone = items_of(agreed, Work(worked("1", count=2)))
    assert [(each.amount_fen, each.note) for each in alone] == [(60000, "")]
    later = items_of(agreed[1:], Work(worked("1", count=4)))
    assert [(each.amount_fen, each.note) for each in later] == [(128000, "")]


def test_advances_are_taken_in_order_and_never_below_nothing() -> None:
    advances = [
        Advance("b", FIRST + timedelta(days=2), 20000), Advance("a", FIRST, 15000),
        Advance("c", FIRST + timedelta(days=3), 1),
    ]  # fmt: skip
    items = items_of([(FIRST, Terms(PayKind.DAY, 30000))], Work(worked("1"), advances=advances))
    assert [each.source for each in items if each.source] == ["a"]
    assert reckoning.totals(each.amount_fen for each in items).net_fen == 15000


def test_hints_say_what_to_look_at() -> None:
    terms = Terms(PayKind.DAY, 10000)
    items = [Item(ItemKind.BASIC, 10000), Item(ItemKind.DEDUCTION, -2001)]
    found = reckoning.hints(terms, items, units=Decimal(1), minimum_month_fen=218000)
    assert found == [Hint.DEDUCTION_CAP, Hint.BELOW_MINIMUM]
    fair = [Item(ItemKind.BASIC, 10024), Item(ItemKind.DEDUCTION, 0)]
    assert not reckoning.hints(terms, fair, units=Decimal(1), minimum_month_fen=218000)
    assert reckoning.hints(None, [], units=Decimal(0)) == [Hint.NO_TERMS]


def test_the_digest_is_of_everything_shown() -> None:
    shown = {"b": 1, "a": [["2026-10-01", "1", "0"]], "名": "工"}
    same = {"名": "工", "a": [["2026-10-01", "1", "0"]], "b": 1}
    assert reckoning.digest(shown) == reckoning.digest(same)
    assert reckoning.digest({**shown, "b": 2}) != reckoning.digest(shown)
    assert reckoning.canonical(shown).decode() == '{"a":[["2026-10-01","1","0"]],"b":1,"名":"工"}'


def earned(terms: Terms, work: Work) -> Counter[ItemKind]:
    """What every kind of work earns, a second way: in hundredths, each divided once at its end."""
    units, overtime = (int(each * 100) for each in (work.units, work.overtime))
    rate, hours = terms.rate_fen, int(terms.unit_hours * 100)
    basic = {
        PayKind.DAY: (units * rate, 100),
        PayKind.HOUR: (units * hours * rate, 10_000),
        PayKind.MONTH: (units * rate, 100 * MONTHS[FIRST.year, FIRST.month]),
    }
    by_percent = {
        PayKind.DAY: 100 * hours, PayKind.HOUR: 10_000, PayKind.MONTH: 2175 * hours,
    }  # fmt: skip
    found: Counter[ItemKind] = Counter()
    if terms.pay_kind in basic:
        found[ItemKind.BASIC] = divided(*basic[terms.pay_kind])
    found[ItemKind.PIECE] = sum(each.amount_fen or 0 for each in work.pieces)
    if terms.pay_kind is PayKind.PIECE:
        # All are of one unit, which is priced as a whole.
        unpriced = sum(int(each.quantity * 100) for each in work.pieces if each.amount_fen is None)
        found[ItemKind.PIECE] += divided(unpriced * rate, 100)
    if terms.overtime_fen is not None:
        found[ItemKind.OVERTIME] = divided(overtime * terms.overtime_fen, 100)
    elif terms.overtime_percent is not None and terms.pay_kind in by_percent:
        percent = terms.overtime_percent
        found[ItemKind.OVERTIME] = divided(overtime * rate * percent, by_percent[terms.pay_kind])
    return +found


def divided(above: int, below: int) -> int:
    """Half up, as a child does it: what is left over, doubled, is a whole one or is not."""
    times, left = divmod(above, below)
    return times + (2 * left >= below)


def drawn(dice: random.Random) -> tuple[Terms, Work]:
    """One worker's month."""
    kind = dice.choice(list(PayKind))
    terms = Terms(
        kind, dice.randint(1, 2_000_000), Decimal(dice.randint(100, 1200)) / 100,
        dice.choice([None, 150, 200, 300]), dice.choice([None, dice.randint(1, 20_000)]),
    )  # fmt: skip
    count = dice.randint(0, len(DATES))
    days = list(map(Day, DATES, dice.choices(UNITS, k=count), dice.choices(OVERTIME, k=count)))
    pieces = [
        Piece(
            "吨", Decimal(dice.randint(1, 99_999)) / 100,
            dice.choice([None, dice.randint(1, 10**6)]),
        )
        for _ in range(dice.randint(0, 3))
    ]  # fmt: skip
    advances = [
        Advance(str(each), FIRST, dice.randint(1, 300_000)) for each in range(dice.randint(0, 3))
    ]
    return terms, Work(days, pieces, advances, MONTHS)


def whole(terms: Terms, work: Work) -> int:
    """The net of a line, when all that must be true of it is."""
    items = items_of([(FIRST, terms)], work)
    sums = reckoning.totals(each.amount_fen for each in items)
    assert sums.net_fen == sum(each.amount_fen for each in items) >= 0
    assert all(type(each.amount_fen) is int for each in items)
    assert all((each.amount_fen < 0) == each.kind.taken or not each.amount_fen for each in items)
    found: Counter[ItemKind] = Counter()
    for each in items:
        found[each.kind] += each.amount_fen
    assert +found == earned(terms, work)
    return sums.net_fen


@given(
    rate=st.integers(1, 10**7), units=st.integers(0, 300), hours=st.integers(100, 2400),
    overtime=st.integers(0, 2400),
)  # fmt: skip
def test_more_work_never_earns_less(rate: int, units: int, hours: int, overtime: int) -> None:
    terms = Terms(PayKind.DAY, rate, Decimal(hours) / 100)
    less = Work([Day(FIRST, Decimal(units) / 10, Decimal(overtime) / 100)])
    more = Work([Day(FIRST, Decimal(units + 1) / 10, Decimal(overtime + 1) / 100)])
    assert whole(terms, more) >= whole(terms, less)


@given(st.lists(st.tuples(st.sampled_from(PayState), st.integers(0, 10**9)), max_size=20))
def test_sums_stay_whole_while_lines_move(moves: list[tuple[PayState, int]]) -> None:
    total = sum(amount for _, amount in moves)
    sums = Sums(pending_fen=total)
    for state, amount in moves:
        sums = sums.moved(PayState.WAITING, state, amount)
        assert (
            sums.total_fen == total and min(sums.pending_fen, sums.paid_fen, sums.failed_fen) >= 0
        )


def test_the_machine_of_a_sheet() -> None:
    allowed = {
        (state, act) for act in rules.STEPS for state in SheetState if rules.after(state, act)
    }
    assert (SheetState.DRAFT, Act.RELEASED) not in allowed
    assert {act for state, act in allowed if state is SheetState.DRAFT} == {
        Act.SUBMITTED, Act.VOIDED,
    }  # fmt: skip
    for state in (SheetState.RELEASED, SheetState.PAYING, SheetState.VOID, SheetState.ARCHIVED):
        assert not {act for one, act in allowed if one is state}


@pytest.mark.parametrize(
    ("to_on", "pay_day", "due"),
    [
        (date(2026, 10, 31), 20, date(2026, 11, 20)),
        # Sunday the 15th: paid on the Friday before.
        (date(2026, 10, 31), 15, date(2026, 11, 13)),
        # Inside the National Day holiday: before it begins.
        (date(2026, 9, 30), 5, date(2026, 9, 30)),
        (date(2026, 10, 10), 15, date(2026, 10, 15)),
        (date(2026, 1, 31), 31, date(2026, 2, 28)),
    ],
)
def test_wages_are_due_on_the_last_working_day_by_their_day(
    to_on: date, pay_day: int, due: date
) -> None:
    assert rules.due_on(calendar(), to_on, pay_day) == due
