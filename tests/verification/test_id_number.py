"""Identity numbers: the vectors of the standards, each refusal, and what no typo survives."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from verification import region
from verification.id_number import IdKind, IdNumber, age_on, parse
from verification.reasons import Reason, Refused

TODAY = date(2026, 11, 21)
SICHUAN_MAN = "510107197901010030"


def checked(body: str) -> str:
    """`body`, 17 digits, with its check character."""
    return body + str(ric.calc_check_digit(body + "0"))


def born(birth: date, sequence: str = "001") -> str:
    return checked(f"510107{birth:%Y%m%d}{sequence}")


def refusal(text: str, today: date = TODAY) -> Reason:
    with pytest.raises(Refused) as caught:
        parse(text, today=today)
    return caught.value.code


def test_says_who_and_where() -> None:
    number = parse(SICHUAN_MAN, today=TODAY)
    assert number == IdNumber(
        SICHUAN_MAN,
        IdKind.RESIDENT,
        date(1979, 1, 1),
        "male",
        "510107",
        "四川省成都市武侯区",
        region_retired=False,
    )
    assert number.age_on(TODAY) == 47


def test_the_examples_of_the_standard() -> None:
    woman = parse("11010519491231002X", today=TODAY)
    assert (woman.sex, woman.birth) == ("female", date(1949, 12, 31))
    assert refusal("440524188001010014") is Reason.ID_NUMBER_TOO_OLD


@pytest.mark.parametrize("check", "123456789X")
def test_any_other_check_character_is_refused(check: str) -> None:
    assert refusal(SICHUAN_MAN[:-1] + check) is Reason.ID_NUMBER_CHECK_DIGIT


@pytest.mark.parametrize(
    "text",
    [
        "５１０１０７１９７９０１０１００３０",
        " 510107 19790101 0030 ",
        "510107-1979-0101-0030",
        "510107\u300019790101—0030",
    ],
)
def test_full_width_spaces_and_dashes_are_forgiven(text: str) -> None:
    assert parse(text, today=TODAY).number == SICHUAN_MAN


@pytest.mark.parametrize("x", ["x", "X", "ｘ", "Ｘ"])
def test_every_spelling_of_x(x: str) -> None:
    assert parse("11010519491231002" + x, today=TODAY).number == "11010519491231002X"


def test_fifteen_digits_become_eighteen() -> None:
    assert parse("510107790101003", today=TODAY).number == SICHUAN_MAN


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.ID_NUMBER_FORMAT),
        ("51010719790101003", Reason.ID_NUMBER_FORMAT),
        ("5101071979010100300", Reason.ID_NUMBER_FORMAT),
        ("5101071979010100A0", Reason.ID_NUMBER_FORMAT),
        ("X10107197901010030", Reason.ID_NUMBER_FORMAT),
        ("٥١٠١٠٧١٩٧٩٠١٠١٠٠٣٠", Reason.ID_NUMBER_FORMAT),
        ("010107197901010030", Reason.ID_NUMBER_FORMAT),
        ("510107197902300013", Reason.ID_NUMBER_BIRTH_DATE),
        ("510107197913010013", Reason.ID_NUMBER_BIRTH_DATE),
        ("510107000001010013", Reason.ID_NUMBER_BIRTH_DATE),
        (checked("51010719790229001"), Reason.ID_NUMBER_BIRTH_DATE),
        (checked("51999919790101003"), Reason.ID_NUMBER_REGION),
        (checked("77010719790101003"), Reason.ID_NUMBER_REGION),
        (checked("81000119900101001"), Reason.ID_NUMBER_REGION),
        (born(date(2030, 1, 1)), Reason.ID_NUMBER_BORN_LATER),
    ],
)
def test_refused_for_the_named_reason(text: str, reason: Reason) -> None:
    assert refusal(text) is reason


@pytest.mark.parametrize(
    ("birth", "reason"),
    [
        (TODAY + timedelta(days=1), Reason.ID_NUMBER_BORN_LATER),
        (TODAY, Reason.ID_NUMBER_TOO_YOUNG),
        (date(2010, 11, 22), Reason.ID_NUMBER_TOO_YOUNG),
        (date(2010, 11, 21), None),
        (date(1925, 11, 22), None),
        (date(1925, 11, 21), Reason.ID_NUMBER_TOO_OLD),
    ],
)
def test_sixteen_to_a_hundred_and_the_birthday_counts(birth: date, reason: Reason | None) -> None:
    if reason is None:
        assert parse(born(birth), today=TODAY).birth == birth
    else:
        assert refusal(born(birth)) is reason


def test_who_is_born_on_29_february_is_older_from_1_march() -> None:
    birth = date(2008, 2, 29)
    assert age_on(birth, date(2025, 2, 28)) == 16
    assert age_on(birth, date(2025, 3, 1)) == 17


@pytest.mark.parametrize("code", ["110103", "440524", "110228"])
def test_retired_regions_are_known(code: str) -> None:
    number = parse(checked(f"{code}19790101003"), today=TODAY)
    assert number.region_retired
    assert number.region_name


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("810000199001010019", "香港特别行政区"),
        (checked("82000019880704123"), "澳门特别行政区"),
        ("830000198512310020", "台湾"),
    ],
)
def test_residence_permits(text: str, place: str) -> None:
    number = parse(text, today=TODAY)
    assert (number.kind, number.region_name) == (IdKind.HK_MO_TW_PERMIT, place)


def test_foreigners_card_of_2023() -> None:
    text = checked("91184019900101002")
    number = parse(text, today=TODAY)
    assert (number.kind, number.sex, number.region_code) == (IdKind.FOREIGNER, "female", "")
    wrong = "0" if text[-1] != "0" else "1"
    assert refusal(text[:-1] + wrong) is Reason.ID_NUMBER_CHECK_DIGIT


@pytest.mark.parametrize(
    ("text", "birth"),
    [
        ("USA510085010112", date(1985, 1, 1)),
        ("usa 5100 050101 12", date(2005, 1, 1)),
    ],
)
def test_foreigners_card_before_2023(text: str, birth: date) -> None:
    number = parse(text, today=TODAY)
    assert (number.kind, number.sex, number.birth) == (IdKind.FOREIGNER, None, birth)
    assert len(number.number) == 15


def test_foreigners_old_card_with_an_impossible_date_is_refused() -> None:
    assert refusal("USA510085013212") is Reason.ID_NUMBER_BIRTH_DATE


def test_personal_data_does_not_print() -> None:
    number = parse(SICHUAN_MAN, today=TODAY)
    shown = f"{number!r} {number}"
    assert not any(text in shown for text in (SICHUAN_MAN, "1979", "510107", "武侯"))


births = st.dates(date(1926, 1, 1), date(2010, 1, 1))
codes = st.sampled_from(sorted(region.table()))


@given(codes, births, st.integers(0, 999))
def test_every_well_formed_number_is_read_back(code: str, birth: date, sequence: int) -> None:
    text = checked(f"{code}{birth:%Y%m%d}{sequence:03}")
    number = parse(text, today=TODAY)
    assert (number.number, number.birth) == (text, birth)
    assert number.sex == ("male" if sequence % 2 else "female")


@given(codes, births, st.integers(0, 999), st.integers(0, 17), st.sampled_from("0123456789X"))
def test_any_single_changed_character_is_refused(
    code: str, birth: date, sequence: int, place: int, char: str
) -> None:
    text = checked(f"{code}{birth:%Y%m%d}{sequence:03}")
    changed = text[:place] + char + text[place + 1 :]
    if changed != text:
        refusal(changed)


@given(codes, births, st.integers(0, 999), st.integers(0, 16))
def test_any_two_neighbours_swapped_are_refused(
    code: str, birth: date, sequence: int, place: int
) -> None:
    text = checked(f"{code}{birth:%Y%m%d}{sequence:03}")
    swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    if swapped != text:
        refusal(swapped)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        parse(text, today=TODAY)
    except Refused as refused:
        assert refused.code in Reason
