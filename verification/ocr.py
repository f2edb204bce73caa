"""What the card says beside what the worker typed: both sides put together, and the differences."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum, unique

from verification import document, id_number
from verification.names import same_name
from verification.ports import CardField, CardReading, FieldName
from verification.reasons import ProviderOutcome, Reason, Refused

Fields = Mapping[FieldName, CardField]
Typed = Mapping[FieldName, str]


@unique
class Weight(StrEnum):
    """`FINE`: readers err in such fields and nothing hangs on them. `REVIEW`: a person looks."""

    FINE = "fine"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which card and worker disagree; the values are not kept."""

    field: FieldName
    weight: Weight
    reason: Reason


_REVIEWED = {
    FieldName.NUMBER: Reason.FIELD_NUMBER_DIFFERS,
    FieldName.NAME: Reason.FIELD_NAME_DIFFERS,
    FieldName.SEX: Reason.FIELD_BIRTH_DIFFERS,
    FieldName.BIRTH: Reason.FIELD_BIRTH_DIFFERS,
    FieldName.VALID_FROM: Reason.FIELD_VALIDITY_DIFFERS,
    FieldName.VALID_TO: Reason.FIELD_VALIDITY_DIFFERS,
}
_NEEDED = (FieldName.NAME, FieldName.NUMBER)


def compare(read: Fields, typed: Typed) -> tuple[Difference, ...]:
    """The fields in which `typed` differs from what was read, in the order of `FieldName`.

    Name, number, sex, birth and validity weigh (REVIEW); address, nation and issuer do not (FINE).
    Dot variants and spaces in names, spaces and a small x in numbers, the way a date is written,
    and 族 after a nation make no difference. A field that was not read, or not typed, is not
    compared; but a name or number that was typed and not read is CARD_UNREADABLE and weighs.

    Example: a typed address with another house number is one FINE difference.
    """
    found = (_difference(name, read.get(name), typed.get(name, "")) for name in FieldName)
    return tuple(difference for difference in found if difference)


def merge(front: CardReading, back: CardReading) -> CardReading:
    """Both sides as one reading: fields and warnings of both, the worse outcome with its reason.

    Each side keeps only what it may say: a field on both is taken from the front. Request ids are
    joined by a comma.
    """
    worse = max((front, back), key=lambda side: _BADNESS.index(side.outcome))
    ids = (side.request_id for side in (front, back))
    return CardReading(
        outcome=worse.outcome,
        reason=worse.reason,
        fields={**back.fields, **front.fields},
        warnings=tuple(dict.fromkeys((*front.warnings, *back.warnings))),
        request_id=",".join(request_id for request_id in ids if request_id),
    )


_BADNESS = (
    ProviderOutcome.MATCH,
    ProviderOutcome.RETRY_PHOTO,
    ProviderOutcome.NO_PHOTO,
    ProviderOutcome.NOT_FOUND,
    ProviderOutcome.MISMATCH,
    ProviderOutcome.UNAVAILABLE,
    ProviderOutcome.MISCONFIGURED,
)


def _difference(name: FieldName, read: CardField | None, typed: str) -> Difference | None:
    if not typed.strip():
        return None
    if read is None or not read.text.strip():
        unread = name in _NEEDED
        return Difference(name, Weight.REVIEW, Reason.CARD_UNREADABLE) if unread else None
    if _SAME.get(name, _same_text)(read.text, typed):
        return None
    if name in _REVIEWED:
        return Difference(name, Weight.REVIEW, _REVIEWED[name])
    return Difference(name, Weight.FINE, Reason.FIELD_OTHER_DIFFERS)


def _same_text(read: str, typed: str) -> bool:
    return "".join(read.split()) == "".join(typed.split())


def _same_number(read: str, typed: str) -> bool:
    return id_number.normalise(read) == id_number.normalise(typed)


def _same_date(read: str, typed: str) -> bool:
    try:
        return document.printed_date(read) == document.printed_date(typed)
    except Refused:
        return _same_text(read, typed)


def _same_nation(read: str, typed: str) -> bool:
    return read.strip().removesuffix("族") == typed.strip().removesuffix("族")


_SAME: Mapping[FieldName, Callable[[str, str], bool]] = {
    FieldName.NAME: same_name,
    FieldName.NUMBER: _same_number,
    FieldName.NATION: _same_nation,
    FieldName.BIRTH: _same_date,
    FieldName.VALID_FROM: _same_date,
    FieldName.VALID_TO: _same_date,
}
