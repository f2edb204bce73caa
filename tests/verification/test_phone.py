"""Phones of the mainland, Hong Kong, Macao and Taiwan."""

import pytest

from verification.phone import parse
from verification.reasons import Reason, Refused


@pytest.mark.parametrize(
    ("text", "number", "country"),
    [
        ("13800000000", "+8613800000000", "CN"),
        ("+86 138 0000 0000", "+8613800000000", "CN"),
        ("0086-138-0000-0000", "+8613800000000", "CN"),
        ("８６１９９00000000", "+8619900000000", "CN"),
        ("+852 5123 4567", "+85251234567", "HK"),
        ("+853 6612 3456", "+85366123456", "MO"),
        ("+886 912 345 678", "+886912345678", "TW"),
    ],
)
def test_right_numbers(text: str, number: str, country: str) -> None:
    phone = parse(text)
    assert (phone.number, phone.country) == (number, country)
    assert number.endswith(phone.local)
    assert phone.local not in repr(phone)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12800000000",
        "1380000000",
        "138000000000",
        "028-12345678",
        "+852 1",
        "51234567",
        "+1 415 555 2671",
        "+" + "9" * 50_000,
        "1380000000a",
    ],
)
def test_everything_else_is_refused(text: str) -> None:
    with pytest.raises(Refused) as caught:
        parse(text)
    assert caught.value.code is Reason.PHONE_FORMAT
