"""How far a wage is, whose turn it is, and how late: over weekends, holidays, and any history."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.codes.workdays import calendar
from api.payslips.rules import Known, Stage, Who, progress

OCTOBER, DUE = date(2026, 10, 31), date(2026, 11, 20)
DAY = st.dates(date(2026, 11, 1), date(2027, 1, 31))
KNOWN = st.builds(
    Known,
    worked_on=st.just(OCTOBER),
    pay_on=st.just(DUE),
    sheet_on=st.none() | DAY,
    signed_on=st.none() | DAY,
    excused=st.booleans(),
    answer_by=st.none() | DAY,
    released_on=st.none() | DAY,
    sent=st.booleans(),
    failed=st.booleans(),
    paid_on=st.none() | DAY,
)


def known(**changed: object) -> Known:
    return Known(**{"worked_on": OCTOBER, "pay_on": DUE, **changed})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "today", "stage", "who", "late"),
    [
        ({}, date(2026, 10, 20), Stage.WORKED, Who.NOBODY, 0),
        # Five working days after Saturday, the 31st, are over on Friday, the sixth.
        ({}, date(2026, 11, 6), Stage.SHEET, Who.EMPLOYER, 0),
        # A weekend makes it no later.
        ({}, date(2026, 11, 8), Stage.SHEET, Who.EMPLOYER, 0),
        ({}, date(2026, 11, 9), Stage.SHEET, Who.EMPLOYER, 1),
        ({"sheet_on": date(2026, 11, 3)}, date(2026, 12, 1), Stage.SIGNED, Who.WORKER, 0),
        (
            {"sheet_on": date(2026, 11, 3), "answer_by": date(2026, 11, 10)},
            date(2026, 11, 12), Stage.SIGNED, Who.EMPLOYER, 2,
        ),
        (
            {"sheet_on": date(2026, 11, 3), "excused": True},
            date(2026, 11, 24), Stage.CONTRACTOR, Who.CONTRACTOR, 2,
        ),
        (
            {"sheet_on": date(2026, 11, 3), "released_on": date(2026, 11, 18), "sent": True},
            date(2026, 11, 20), Stage.ARRIVED, Who.BANK, 0,
        ),
        (
            {"sheet_on": date(2026, 11, 3), "released_on": date(2026, 11, 18), "sent": True,
             "failed": True},
            date(2026, 11, 23), Stage.BANK, Who.CONTRACTOR, 1,
        ),
        (
            {"sheet_on": date(2026, 11, 3), "released_on": date(2026, 11, 18), "sent": True,
             "paid_on": date(2026, 11, 19)},
            date(2026, 12, 30), None, Who.NOBODY, 0,
        ),
    ],
)  # fmt: skip
def test_whose_turn_it_is(
    changed: dict[str, object], today: date, stage: Stage | None, who: Who, late: int
) -> None:
    found = progress(calendar(), today, known(**changed))
    assert (found.stage, found.who, found.late_days) == (stage, who, late)


def test_a_holiday_makes_nobody_late() -> None:
    # Spring Festival of 2026: 15 to 23 February.
    wage = Known(worked_on=date(2026, 1, 31), pay_on=date(2026, 2, 13), sheet_on=date(2026, 2, 3),
                 signed_on=date(2026, 2, 4))  # fmt: skip
    assert progress(calendar(), date(2026, 2, 23), wage).late_days <= 1
    assert progress(calendar(), date(2026, 2, 25), wage).late_days >= 2


@given(KNOWN, DAY)
def test_stations_come_in_their_order_and_time_alone_makes_late(each: Known, today: date) -> None:
    found = progress(calendar(), today, each)
    order = list(Stage)
    assert [stage for stage, _ in found.done] == order[: len(found.done)]
    assert found.stage is (order[len(found.done)] if len(found.done) < len(order) else None)
    assert (found.stage is None) == (found.who is Who.NOBODY)
    assert found.late_days >= 0 and (found.due is not None or not found.late_days)
    later = progress(calendar(), today + timedelta(days=7), each)
    assert later.late_days >= found.late_days
    if found.who is Who.WORKER:
        assert found.late_days == 0
