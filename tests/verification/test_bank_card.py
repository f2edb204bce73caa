"""Bank cards: form, Luhn, a hint at the bank, and nothing printed."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum import luhn

from verification.bank_card import BANK_HINTS, parse
from verification.reasons import Reason, Refused


def refusal(text: str) -> Reason:
    with pytest.raises(Refused) as caught:
        parse(text)
    return caught.value.code


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("6222020000000000000", "102"),
        ("6217000000000000004", "105"),
        ("6217 0000 0000 0000 004", "105"),
        ("６２１７000000000000004", "105"),
    ],
)
def test_the_examples(text: str, hint: str) -> None:
    card = parse(text)
    assert (card.bank_hint, len(card.number)) == (hint, 19)
    assert card.number not in repr(card)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.BANK_CARD_FORMAT),
        ("62220200000", Reason.BANK_CARD_FORMAT),
        ("62220200000000000000", Reason.BANK_CARD_FORMAT),
        ("000000000000", Reason.BANK_CARD_FORMAT),
        ("622202000000000000a", Reason.BANK_CARD_FORMAT),
        ("6222020000000000001", Reason.BANK_CARD_CHECK_DIGIT),
    ],
)
def test_refused_for_the_named_reason(text: str, reason: Reason) -> None:
    assert refusal(text) is reason


def test_last_four_and_unknown_bank() -> None:
    body = "99999912345"
    card = parse(body + luhn.calc_check_digit(body))
    assert card.bank_hint is None
    assert card.last_four == card.number[-4:]


def test_hints_are_six_digits_to_three() -> None:
    assert all(len(bin_) == 6 and len(bank) == 3 for bin_, bank in BANK_HINTS.items())


@given(st.integers(10**10, 10**18 - 1), st.integers(0, 18), st.sampled_from("0123456789"))
def test_any_single_changed_digit_is_refused(body: int, place: int, digit: str) -> None:
    text = f"{body}{luhn.calc_check_digit(str(body))}"
    assert parse(text).number == text
    assume(place < len(text) and text[place] != digit)
    refusal(text[:place] + digit + text[place + 1 :])
