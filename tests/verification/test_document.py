"""Documents: number forms by kind, and which validity periods can be true."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification import id_number
from verification.document import (
    DocumentKind,
    Validity,
    check_holder,
    check_validity,
    parse_number,
    parse_validity,
)
from verification.reasons import Reason, Refused

TODAY = date(2026, 11, 21)
BORN_1990 = date(1990, 5, 1)


@pytest.mark.parametrize(
    ("kind", "text", "number"),
    [
        (DocumentKind.RESIDENT_ID, "510107 19790101 0030", "510107197901010030"),
        (DocumentKind.HK_MO_TW_RESIDENCE_PERMIT, "810000199001010019", "810000199001010019"),
        (DocumentKind.FOREIGNER_PERMANENT_RESIDENCE, "usa510085010112", "USA510085010112"),
        (DocumentKind.PASSPORT, "e 0000-0001", "E00000001"),
        (DocumentKind.HK_MACAO_TRAVEL_PERMIT, "h00000001", "H00000001"),
        (DocumentKind.HK_MACAO_TRAVEL_PERMIT, "M0000000101", "M0000000101"),
        (DocumentKind.TAIWAN_TRAVEL_PERMIT, "00000001", "00000001"),
    ],
)
def test_right_numbers(kind: DocumentKind, text: str, number: str) -> None:
    assert parse_number(kind, text, today=TODAY) == number


@pytest.mark.parametrize(
    ("kind", "text", "reason"),
    [
        (DocumentKind.RESIDENT_ID, "810000199001010019", Reason.DOCUMENT_NUMBER),
        (DocumentKind.RESIDENT_ID, "510107197901010031", Reason.ID_NUMBER_CHECK_DIGIT),
        (DocumentKind.HK_MO_TW_RESIDENCE_PERMIT, "510107197901010030", Reason.DOCUMENT_NUMBER),
        (DocumentKind.PASSPORT, "E001", Reason.DOCUMENT_NUMBER),
        (DocumentKind.PASSPORT, "E" * 21, Reason.DOCUMENT_NUMBER),
        (DocumentKind.HK_MACAO_TRAVEL_PERMIT, "H000000001", Reason.DOCUMENT_NUMBER),
        (DocumentKind.TAIWAN_TRAVEL_PERMIT, "0000001", Reason.DOCUMENT_NUMBER),
    ],
)
def test_wrong_numbers(kind: DocumentKind, text: str, reason: Reason) -> None:
    with pytest.raises(Refused) as caught:
        parse_number(kind, text, today=TODAY)
    assert caught.value.code is reason


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2015.03.01", "2035.03.01"),
        ("2015-03-01", "2035-03-01"),
        ("20150301", "20350301"),
        ("2015年03月01日", " 2035年03月01日 "),
    ],
)
def test_printed_periods(start: str, end: str) -> None:
    assert parse_validity(start, end) == Validity(date(2015, 3, 1), date(2035, 3, 1))


def test_unlimited() -> None:
    assert parse_validity("2015.03.01", "长期").end is None


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("", ""),
        ("长期", "长期"),
        ("2015.02.30", "2035.03.01"),
        ("2015.03.01", "2015.03.01"),
        ("2035.03.01", "2015.03.01"),
        ("15.03.01", "35.03.01"),
    ],
)
def test_no_period(start: str, end: str) -> None:
    with pytest.raises(Refused) as caught:
        parse_validity(start, end)
    assert caught.value.code is Reason.DOCUMENT_PERIOD


@pytest.mark.parametrize(
    ("birth", "start", "end", "problems"),
    [
        # issued at 29: twenty years
        (BORN_1990, date(2019, 6, 1), date(2039, 6, 1), ()),
        (BORN_1990, date(2019, 6, 1), date(2039, 5, 31), ()),
        (BORN_1990, date(2019, 6, 1), date(2029, 6, 1), (Reason.DOCUMENT_PERIOD_AGE,)),
        (BORN_1990, date(2019, 6, 1), None, (Reason.DOCUMENT_PERIOD_AGE,)),
        (BORN_1990, date(2019, 6, 1), date(2034, 6, 1), (Reason.DOCUMENT_PERIOD,)),
        (BORN_1990, date(2019, 6, 1), date(2039, 6, 5), (Reason.DOCUMENT_PERIOD,)),
        # at 26 either rule may have been applied
        (BORN_1990, date(2016, 6, 1), date(2026, 12, 1), (Reason.DOCUMENT_PERIOD,)),
        (BORN_1990, date(2016, 12, 1), date(2026, 12, 1), ()),
        (BORN_1990, date(2016, 12, 1), date(2036, 12, 1), ()),
        # at 15 five or ten years; at 13 only five
        (date(2010, 1, 1), date(2025, 6, 1), date(2030, 6, 1), ()),
        (date(2010, 1, 1), date(2025, 6, 1), date(2035, 6, 1), ()),
        (date(2010, 1, 1), date(2023, 6, 1), date(2033, 6, 1), (Reason.DOCUMENT_PERIOD_AGE,)),
        # from 46 on unlimited
        (date(1970, 1, 1), date(2016, 1, 1), None, ()),
        (date(1970, 1, 1), date(2018, 1, 1), date(2038, 1, 1), (Reason.DOCUMENT_PERIOD_AGE,)),
        # 29 February
        (BORN_1990, date(2020, 2, 29), date(2040, 2, 29), ()),
        (date(2000, 5, 1), date(2020, 2, 29), date(2030, 2, 28), ()),
        (date(2000, 5, 1), date(2020, 2, 29), date(2030, 3, 1), ()),
        # expired, not yet valid; the last day counts
        (BORN_1990, date(2006, 11, 21), date(2026, 11, 21), (Reason.DOCUMENT_PERIOD_AGE,)),
        (date(2000, 5, 1), date(2016, 11, 21), date(2026, 11, 21), ()),
        (date(2000, 5, 1), date(2016, 11, 20), date(2026, 11, 20), (Reason.DOCUMENT_EXPIRED,)),
        (BORN_1990, date(2026, 11, 22), date(2046, 11, 22), (Reason.DOCUMENT_NOT_YET_VALID,)),
    ],
)
def test_periods(birth: date, start: date, end: date | None, problems: tuple[Reason, ...]) -> None:
    assert check_validity(Validity(start, end), birth, TODAY) == problems


@given(st.dates(), st.dates() | st.none(), st.dates())
def test_any_dates_are_judged(start: date, end: date | None, birth: date) -> None:
    problems = check_validity(Validity(start, end), birth, TODAY)
    assert (Reason.DOCUMENT_EXPIRED in problems) == (end is not None and end < TODAY)


@given(st.dates(date(1930, 1, 1), date(2008, 1, 1)), st.integers(16 * 366, 25 * 365))
def test_ten_years_between_16_and_25_are_never_questioned(birth: date, days: int) -> None:
    start = birth + timedelta(days=days)
    day = min(start.day, 28) if start.month == 2 else start.day
    end = date(start.year + 10, start.month, day)
    problems = check_validity(Validity(start, end), birth, start)
    assert problems == ()


def test_holder_against_number() -> None:
    number = id_number.parse("510107197901010030", today=TODAY)
    assert check_holder(number, sex="male", birth=date(1979, 1, 1)) == ()
    assert check_holder(number, sex=None, birth=None) == ()
    assert check_holder(number, sex="female", birth=None) == (Reason.DOCUMENT_SEX,)
    assert check_holder(number, sex=None, birth=date(1979, 1, 2)) == (Reason.DOCUMENT_BIRTH,)
