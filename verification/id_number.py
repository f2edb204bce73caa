"""Identity numbers: residents, permit holders of Hong Kong, Macao and Taiwan, and foreigners.

Sources: GB 11643-1999 (18 digits, ISO 7064 MOD 11-2), the residence-permit measures of 2018
(810000, 820000, 830000), the foreigner's permanent residence card of 2023 (18 digits, first one 9)
and the card before it (3 letters + 12 digits). A number that passes may still be false: only
the population register proves that it belongs to somebody.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum, unique
from typing import Literal

from stdnum.cn import ric

from verification import region
from verification.reasons import Reason, Refused

Sex = Literal["male", "female"]

MIN_AGE = 16  # Labour Law art. 15, Minors Law art. 61
MAX_AGE = 100

PERMIT_REGIONS = {
    "810000": "香港特别行政区",
    "820000": "澳门特别行政区",
    "830000": "台湾",
}

_RESIDENT = re.compile(r"[1-8][0-9]{16}[0-9X]")
_FOREIGNER = re.compile(r"9[0-9]{16}[0-9X]")
_FIFTEEN = re.compile(r"[1-8][0-9]{14}")
_FOREIGNER_OLD = re.compile(r"[A-Z]{3}[0-9]{12}")


@unique
class IdKind(StrEnum):
    """Whose number it is."""

    RESIDENT = "resident"
    HK_MO_TW_PERMIT = "hk_mo_tw_permit"
    FOREIGNER = "foreigner"


@dataclass(frozen=True, slots=True)
class IdNumber:
    """A number that is well formed, and what it says about its holder.

    number: 18 characters, capital X; 15 (letters and digits) for a foreigner's old card.
    sex: None for a foreigner's old card, which does not tell.
    region_code: first six digits, the region of first registration; empty for foreigners.
    region_name: with city and province. region_retired: the code is no longer given out.
    """

    number: str = field(repr=False)
    kind: IdKind
    birth: date = field(repr=False)
    sex: Sex | None
    region_code: str = field(repr=False)
    region_name: str = field(repr=False)
    region_retired: bool

    def age_on(self, day: date) -> int:
        """Full years at `day`; the birthday itself counts."""
        return age_on(self.birth, day)


def parse(text: str, *, today: date) -> IdNumber:
    """The number in `text`, normalised, with what it says; raises `Refused` with the reason.

    Accepted: full-width digits, a small x, spaces and dashes anywhere, and 15-digit numbers, which
    become 18 (the century is 19). Checked, in this order: form, region (retired ones are known),
    a real date of birth, check character, not born after `today`, age 16 to 100 at `today`
    (both included; the birthday counts; who was born on 29 February is older from 1 March).

    Example: `parse("510107 19790101 003０", today=day)` is a man's, born on 1979-01-01 and first
    registered in 四川省成都市武侯区.
    """
    number = normalise(text)
    if _FOREIGNER_OLD.fullmatch(number):
        return _foreigner_old(number, today)
    if _FIFTEEN.fullmatch(number):
        number = _upgrade(number)
    if _FOREIGNER.fullmatch(number):
        kind, code, name, retired = IdKind.FOREIGNER, "", "", False
    elif _RESIDENT.fullmatch(number):
        kind, code, name, retired = _place(number[:6])
    else:
        raise Refused(Reason.ID_NUMBER_FORMAT)
    birth = _date(number[6:10], number[10:12], number[12:14])
    if ric.calc_check_digit(number) != number[-1]:
        raise Refused(Reason.ID_NUMBER_CHECK_DIGIT)
    _require_age(birth, today)
    sex: Sex = "male" if int(number[16]) % 2 else "female"
    return IdNumber(number, kind, birth, sex, code, name, retired)


def normalise(text: str) -> str:
    """`text` in half-width capitals without spaces and dashes; nothing is checked."""
    narrow = unicodedata.normalize("NFKC", text).upper()
    return re.sub(r"[\s\-‐-―−]", "", narrow)


def age_on(birth: date, day: date) -> int:
    """Full years between `birth` and `day`; the birthday itself counts; negative before birth."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def _place(code: str) -> tuple[IdKind, str, str, bool]:
    if code in PERMIT_REGIONS:
        return IdKind.HK_MO_TW_PERMIT, code, PERMIT_REGIONS[code], False
    found = region.find(code)
    if found is None:
        raise Refused(Reason.ID_NUMBER_REGION)
    return IdKind.RESIDENT, code, found.full_name, found.retired


def _upgrade(number: str) -> str:
    """A 15-digit number in the form of 1999: century 19 put in, check character appended."""
    seventeen = f"{number[:6]}19{number[6:]}"
    return seventeen + str(ric.calc_check_digit(seventeen + "0"))


def _date(year: str, month: str, day: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise Refused(Reason.ID_NUMBER_BIRTH_DATE) from None


def _require_age(birth: date, today: date) -> None:
    if birth > today:
        raise Refused(Reason.ID_NUMBER_BORN_LATER)
    age = age_on(birth, today)
    if age < MIN_AGE:
        raise Refused(Reason.ID_NUMBER_TOO_YOUNG)
    if age > MAX_AGE:
        raise Refused(Reason.ID_NUMBER_TOO_OLD)


def _foreigner_old(number: str, today: date) -> IdNumber:
    """3 letters of nationality, 4 digits of the place, yymmdd, 2 digits of no public rule."""
    month, day = number[9:11], number[11:13]
    this_century = today.year // 100
    recent = _date_or_none(f"{this_century}{number[7:9]}", month, day)
    if recent is not None and age_on(recent, today) >= MIN_AGE:
        birth = recent
    else:
        birth = _date(f"{this_century - 1}{number[7:9]}", month, day)
    _require_age(birth, today)
    return IdNumber(number, IdKind.FOREIGNER, birth, None, "", "", False)


def _date_or_none(year: str, month: str, day: str) -> date | None:
    try:
        return _date(year, month, day)
    except Refused:
        return None
