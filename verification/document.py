"""Identity documents: number formats by kind, and whether a resident ID card's dates can be true.

Sources: Resident Identity Cards Law art. 5 (validity by age at issue), domain practice for travel
documents, whose numbers have no public check digit and are kept as text.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, unique

from verification import id_number
from verification.id_number import IdNumber, Sex, age_on
from verification.reasons import Reason, Refused

UNLIMITED = "长期"

_DATE = re.compile(r"([0-9]{4})[-./年]?([0-9]{2})[-./月]?([0-9]{2})日?")


@unique
class DocumentKind(StrEnum):
    """Kinds of documents; the value is the code of the national wage interface where it has one."""

    RESIDENT_ID = "01"
    PASSPORT = "08"
    HK_MACAO_TRAVEL_PERMIT = "10"
    TAIWAN_TRAVEL_PERMIT = "12"
    HK_MO_TW_RESIDENCE_PERMIT = "residence_permit"
    FOREIGNER_PERMANENT_RESIDENCE = "permanent_residence"


_TEXT_FORMS = {
    DocumentKind.PASSPORT: re.compile(r"[A-Z0-9]{5,20}"),
    DocumentKind.HK_MACAO_TRAVEL_PERMIT: re.compile(r"[HM](?:[0-9]{8}|[0-9]{10})"),
    DocumentKind.TAIWAN_TRAVEL_PERMIT: re.compile(r"[0-9]{8}"),
}
_ID_KINDS = {
    DocumentKind.RESIDENT_ID: id_number.IdKind.RESIDENT,
    DocumentKind.HK_MO_TW_RESIDENCE_PERMIT: id_number.IdKind.HK_MO_TW_PERMIT,
    DocumentKind.FOREIGNER_PERMANENT_RESIDENCE: id_number.IdKind.FOREIGNER,
}


@dataclass(frozen=True, slots=True)
class Validity:
    """The period printed on a card, both days included; `end` None is unlimited (长期)."""

    start: date
    end: date | None


def parse_number(kind: DocumentKind, text: str, *, today: date) -> str:
    """The number of a document of this kind, normalised; raises `Refused` with the reason.

    Documents with a check digit are parsed as identity numbers and must be of the kind named;
    of the others only the form is judged.

    Example: `parse_number(DocumentKind.HK_MACAO_TRAVEL_PERMIT, "h00000001", today=day)` is
    "H00000001".
    """
    if kind in _ID_KINDS:
        parsed = id_number.parse(text, today=today)
        if parsed.kind is not _ID_KINDS[kind]:
            raise Refused(Reason.DOCUMENT_NUMBER)
        return parsed.number
    number = id_number.normalise(text)
    if not _TEXT_FORMS[kind].fullmatch(number):
        raise Refused(Reason.DOCUMENT_NUMBER)
    return number


def parse_validity(start: str, end: str) -> Validity:
    """The period in two printed texts; raises `Refused(DOCUMENT_PERIOD)` when it is none.

    Dates as 2015.03.01, 2015-03-01, 20150301 or 2015年03月01日; `end` may be 长期. The end must
    be after the start.
    """
    first = printed_date(start)
    last = None if end.strip() == UNLIMITED else printed_date(end)
    if last is not None and last <= first:
        raise Refused(Reason.DOCUMENT_PERIOD)
    return Validity(first, last)


def printed_date(text: str) -> date:
    """The date in a printed text; raises `Refused(DOCUMENT_PERIOD)` when there is none."""
    match = _DATE.fullmatch(text.strip())
    if match is None:
        raise Refused(Reason.DOCUMENT_PERIOD)
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise Refused(Reason.DOCUMENT_PERIOD) from None


def check_validity(validity: Validity, birth: date, today: date) -> tuple[Reason, ...]:
    """What is wrong with the period of a resident ID card; empty when nothing is.

    The period must be one of 5, 10, 20 years or unlimited, and fit the age at issue give or
    take a year: under 16 five, 16 to 25 ten, 26 to 45 twenty, from 46 on unlimited. A card is good
    through its last day. Example: issued at 30 for ten years is DOCUMENT_PERIOD_AGE.
    """
    problems = []
    period = _period(validity)
    if period == _NO_PERIOD:
        problems.append(Reason.DOCUMENT_PERIOD)
    elif period not in _periods_at(age_on(birth, validity.start)):
        problems.append(Reason.DOCUMENT_PERIOD_AGE)
    if validity.start > today:
        problems.append(Reason.DOCUMENT_NOT_YET_VALID)
    if validity.end is not None and validity.end < today:
        problems.append(Reason.DOCUMENT_EXPIRED)
    return tuple(problems)


def check_holder(number: IdNumber, *, sex: Sex | None, birth: date | None) -> tuple[Reason, ...]:
    """Where sex and birth printed on a card contradict its number; unread (None) ones do not."""
    problems = []
    if sex is not None and number.sex is not None and sex != number.sex:
        problems.append(Reason.DOCUMENT_SEX)
    if birth is not None and birth != number.birth:
        problems.append(Reason.DOCUMENT_BIRTH)
    return tuple(problems)


_UNLIMITED_PERIOD = 0
_NO_PERIOD = -1
_DAYS_A_YEAR = 365.2425


def _period(validity: Validity) -> int:
    """The whole years of the period, to a day or two (cards of 29 February), or `_NO_PERIOD`."""
    if validity.end is None:
        return _UNLIMITED_PERIOD
    days = (validity.end - validity.start).days
    fitting = [years for years in (5, 10, 20) if abs(days - years * _DAYS_A_YEAR) <= 2]
    return fitting[0] if fitting else _NO_PERIOD


def _periods_at(age: int) -> set[int]:
    return {_period_at(near) for near in (age - 1, age, age + 1)}


def _period_at(age: int) -> int:
    if age < 16:
        return 5
    if age <= 25:
        return 10
    return 20 if age <= 45 else _UNLIMITED_PERIOD
