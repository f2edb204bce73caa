"""Verification codes survive any one slip; QR tokens are ours, and young."""

import hashlib
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from verification import region
from verification.code import (
    ALPHABET,
    CodeKind,
    VerificationCode,
    check_qr,
    new_code,
    parse_code,
    qr_payload,
)
from verification.reasons import Reason, Refused

EXAMPLE = "W51-7K3M-Q9TD-2XAH-1"
NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
KEY = bytes(range(32))


def stream(seed: int) -> Callable[[int], bytes]:
    """Random bytes that are the same for the same seed."""
    turns = count()
    return lambda n: hashlib.sha256(f"{seed}/{next(turns)}".encode()).digest()[:n]


codes = st.builds(
    lambda kind, province, seed: new_code(kind, province, stream(seed)),
    st.sampled_from(CodeKind),
    st.sampled_from([province.code[:2] for province in region.provinces()]),
    st.integers(),
)


def refusal(text: str) -> Reason:
    with pytest.raises(Refused) as caught:
        parse_code(text)
    return caught.value.code


def test_the_example() -> None:
    code = parse_code(EXAMPLE)
    assert (code.kind, code.province, str(code)) == (CodeKind.WORKER, "51", EXAMPLE)


@pytest.mark.parametrize(
    "text",
    [
        "w51-7k3m-q9td-2xah-1",
        "W517K3MQ9TD2XAH1",
        " W51 7K3M Q9TD 2XAH I ",
        "W5l-7K3M-Q9TD-2XAH-l",
        "W51—7K3M—Q9TD—2XAH—1",
    ],
)
def test_spelling_is_forgiven(text: str) -> None:
    assert str(parse_code(text)) == EXAMPLE


def test_o_is_read_as_zero() -> None:
    code = next(
        c for c in (new_code(CodeKind.PAY, "11", stream(n)) for n in count()) if "0" in c.compact
    )
    assert parse_code(str(code).replace("0", "O")) == code


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.CODE_FORMAT),
        ("W51-7K3M-Q9TD-2XAH", Reason.CODE_FORMAT),
        ("W51-7K3M-Q9TD-2XAH-11", Reason.CODE_FORMAT),
        ("X51-7K3M-Q9TD-2XAH-1", Reason.CODE_FORMAT),
        ("W56-7K3M-Q9TD-2XAH-1", Reason.CODE_FORMAT),
        ("W5A-7K3M-Q9TD-2XAH-1", Reason.CODE_FORMAT),
        ("W51-7U3M-Q9TD-2XAH-1", Reason.CODE_FORMAT),
        ("W51-7K3M-Q9TD-2XAH-2", Reason.CODE_CHECK),
    ],
)
def test_refused_for_the_named_reason(text: str, reason: Reason) -> None:
    assert refusal(text) is reason


@given(codes)
def test_a_new_code_is_read_back(code: VerificationCode) -> None:
    assert re.fullmatch(r"[WEPDY]\d\d(-[0-9A-HJKMNP-TV-Z]{4}){3}-[0-9A-HJKMNP-TV-Z]", str(code))
    assert parse_code(str(code)) == code


@given(codes, st.integers(0, 15), st.sampled_from(ALPHABET + "U"))
def test_any_single_changed_character_is_refused(
    code: VerificationCode, place: int, char: str
) -> None:
    text = code.compact
    assume(text[place] != char)
    refusal(text[:place] + char + text[place + 1 :])


@given(codes)
def test_any_two_neighbours_swapped_are_refused(code: VerificationCode) -> None:
    text = code.compact
    for i in range(15):
        if text[i] != text[i + 1]:
            refusal(text[:i] + text[i + 1] + text[i] + text[i + 2 :])


def draws(*texts: str) -> Callable[[int], bytes]:
    """Gives the bytes that spell these texts, one after the other, and no more."""
    left = [bytes(ALPHABET.index(char) for char in text) for text in texts]
    return lambda n: left.pop(0)[:n]


@pytest.mark.parametrize(
    "unsafe",
    [
        pytest.param("NQJA9RWS79HJ", id="two neighbours could be swapped unseen"),
        pytest.param("E0CESPPXH0R8", id="the check character would be an I, L, O or U"),
    ],
)
def test_an_unsafe_draw_is_drawn_again(unsafe: str) -> None:
    code = new_code(CodeKind.WORKER, "51", draws(unsafe, "7K3MQ9TD2XAH"))
    assert str(code) == EXAMPLE


@pytest.mark.parametrize("province", ["", "5", "510", "ab", "05", "56", "五一"])
def test_a_province_is_two_digits(province: str) -> None:
    with pytest.raises(ValueError, match="province"):
        new_code(CodeKind.WORKER, province, stream(1))


def qr_refusal(payload: str, now: datetime = NOW, key: bytes = KEY) -> Reason:
    with pytest.raises(Refused) as caught:
        check_qr(payload, now, key)
    return caught.value.code


def test_a_token_is_good_for_a_minute() -> None:
    code = parse_code(EXAMPLE)
    token = qr_payload(code, NOW, KEY)
    for seconds in (-5, 0, 60):
        assert check_qr(token, NOW + timedelta(seconds=seconds), KEY) == code
    assert qr_refusal(token, NOW + timedelta(seconds=61)) is Reason.QR_EXPIRED
    assert qr_refusal(token, NOW - timedelta(seconds=6)) is Reason.QR_FUTURE


def test_a_token_made_by_others_is_refused() -> None:
    token = qr_payload(parse_code(EXAMPLE), NOW, KEY)
    assert qr_refusal(token, key=bytes(32)) is Reason.QR_FORGED
    assert qr_refusal(token.replace("W51", "W52")) is Reason.QR_FORGED
    later = token.replace(str(int(NOW.timestamp())), str(int(NOW.timestamp()) + 30))
    assert qr_refusal(later) is Reason.QR_FORGED


@pytest.mark.parametrize(
    "payload", ["", EXAMPLE, "GY1.a.b.c", "https://example.com/", "x" * 50_000]
)
def test_what_is_no_token(payload: str) -> None:
    assert qr_refusal(payload) is Reason.QR_FORMAT


@given(st.integers(0, 60), st.sampled_from("0123456789ABCabc_-."))
def test_any_changed_character_of_a_token_is_refused(place: int, char: str) -> None:
    token = qr_payload(parse_code(EXAMPLE), NOW, KEY)
    assume(place < len(token) and token[place] != char)
    qr_refusal(token[:place] + char + token[place + 1 :])


def test_naive_times_and_short_keys_are_our_fault() -> None:
    code = parse_code(EXAMPLE)
    with pytest.raises(ValueError, match="naive"):
        qr_payload(code, NOW.replace(tzinfo=None), KEY)
    with pytest.raises(ValueError, match="key"):
        qr_payload(code, NOW, b"short")
