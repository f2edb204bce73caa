"""Mobile numbers a worker can be reached at: the mainland, Hong Kong, Macao and Taiwan."""

import re
import unicodedata
from dataclasses import dataclass, field

import phonenumbers

from verification.reasons import Reason, Refused

# Mainland mobiles by form alone: any table of prefixes is behind the operators.
_MAINLAND = re.compile(r"(?:\+?86|0086)?(1[3-9][0-9]{9})")
_ABROAD = ("HK", "MO", "TW")


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone number.

    number: E.164, e.g. +86 and eleven digits, the form to store and compare.
    local: the number without country code, as its owner says it. country: CN, HK, MO or TW.
    """

    number: str = field(repr=False)
    local: str = field(repr=False)
    country: str


def parse(text: str) -> Phone:
    """The number in `text`; raises `Refused` with the reason.

    Mainland: `1[3-9]` and nine digits, with or without 86. Hong Kong, Macao and Taiwan: only with
    +852, +853 or +886, and valid by the numbering plans in `phonenumbers`. Spaces, dashes,
    brackets and full-width digits are accepted.

    Example: `parse("+86 138-0013-8000").local` is "13800138000".
    """
    compact = re.sub(r"[\s\-()]", "", unicodedata.normalize("NFKC", text))
    mainland = _MAINLAND.fullmatch(compact)
    if mainland:
        return Phone(f"+86{mainland[1]}", mainland[1], "CN")
    return _abroad(compact)


def _abroad(compact: str) -> Phone:
    if not re.fullmatch(r"\+[0-9]{8,15}", compact):
        raise Refused(Reason.PHONE_FORMAT)
    try:
        number = phonenumbers.parse(compact)
    except phonenumbers.NumberParseException:
        raise Refused(Reason.PHONE_FORMAT) from None
    country = phonenumbers.region_code_for_number(number)
    if country not in _ABROAD or not phonenumbers.is_valid_number(number):
        raise Refused(Reason.PHONE_FORMAT)
    return Phone(compact, phonenumbers.national_significant_number(number), country)
