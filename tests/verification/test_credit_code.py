"""Unified social credit codes: vectors, both check characters, no typo survives."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.cn import uscc

from verification.credit_code import organisation_check, parse
from verification.reasons import Reason, Refused

GOOD = ["91350100M000100Y43", "91510100MA60A0B10K", "91440100MAC0QA112G"]
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def refusal(text: str) -> Reason:
    with pytest.raises(Refused) as caught:
        parse(text)
    return caught.value.code


@pytest.mark.parametrize("text", GOOD)
def test_the_examples(text: str) -> None:
    code = parse(text)
    assert (code.number, code.registry) == (text, "91")
    assert code.region_code == text[2:8]
    assert code.organisation_code == text[8:17]


@pytest.mark.parametrize(
    "text", ["91510100ma60a0b10k", "9151 0100 MA60 A0B1 0K", "９１510100MA60A0B10K"]
)
def test_case_spaces_and_width_are_forgiven(text: str) -> None:
    assert parse(text).number == "91510100MA60A0B10K"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.CREDIT_CODE_FORMAT),
        ("91510100MA60A0B10", Reason.CREDIT_CODE_FORMAT),
        ("91510100MA60A0B10KK", Reason.CREDIT_CODE_FORMAT),
        ("91510100MA6OA0B10K", Reason.CREDIT_CODE_FORMAT),
        ("91510100MA60A0B1SK", Reason.CREDIT_CODE_FORMAT),
        ("B1510100MA60A0B10K", Reason.CREDIT_CODE_REGISTRY),
        ("915101A0MA60A0B10K", Reason.CREDIT_CODE_REGISTRY),
        ("91510100MA60A0B10L", Reason.CREDIT_CODE_CHECK),
    ],
)
def test_refused_for_the_named_reason(text: str, reason: Reason) -> None:
    assert refusal(text) is reason


def test_a_wrong_organisation_check_is_refused_even_under_a_right_last_character() -> None:
    body = "91510100MA60A0B11"
    assert refusal(body + str(uscc.calc_check_digit(body))) is Reason.CREDIT_CODE_ORGANISATION


@given(st.sampled_from(GOOD), st.integers(0, 17), st.sampled_from(ALPHABET))
def test_any_single_changed_character_is_refused(text: str, place: int, char: str) -> None:
    assume(text[place] != char)
    refusal(text[:place] + char + text[place + 1 :])


@given(st.text(ALPHABET, min_size=8, max_size=8), st.integers(100000, 659999))
def test_every_well_formed_code_is_read_back(body: str, place: int) -> None:
    seventeen = f"91{place}{body}{organisation_check(body)}"
    text = seventeen + str(uscc.calc_check_digit(seventeen))
    assert parse(text).number == text


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        parse(text)
    except Refused as refused:
        assert refused.code.value.startswith("credit_code.")
