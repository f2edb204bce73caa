"""The verdict on a registration: verified, needs review by people, or refused, with all reasons.

Every reason has one weight, and the heaviest decides; so one more problem never helps anybody
towards "verified". What no table names is looked at by people: neither a silent yes nor a silent
no. Personal data does not come in here: only reasons do.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum, unique

from verification import id_number
from verification.ocr import Difference
from verification.ports import Band, CardWarning, IdentityAnswer, LiveAnswer, ProviderKind
from verification.reasons import GENERAL_REASON, ProviderOutcome, Reason


@unique
class Status(StrEnum):
    """What a registration ends in, for now."""

    VERIFIED = "verified"
    NEEDS_REVIEW = "needs_review"
    REFUSED = "refused"


_ORDER = (Status.VERIFIED, Status.NEEDS_REVIEW, Status.REFUSED)

# The person is told what to mend and comes again: wrong numbers, unusable pictures, an expired
# card, and a face that is plainly another person's.
REFUSED = frozenset(
    {
        Reason.ID_NUMBER_FORMAT,
        Reason.ID_NUMBER_CHECK_DIGIT,
        Reason.ID_NUMBER_REGION,
        Reason.ID_NUMBER_BIRTH_DATE,
        Reason.ID_NUMBER_BORN_LATER,
        Reason.ID_NUMBER_TOO_YOUNG,
        Reason.ID_NUMBER_TOO_OLD,
        Reason.NAME_LENGTH,
        Reason.NAME_CHARACTERS,
        Reason.DOCUMENT_NUMBER,
        Reason.DOCUMENT_EXPIRED,
        Reason.PHOTO_FORMAT,
        Reason.PHOTO_BROKEN,
        Reason.PHOTO_TOO_LARGE,
        Reason.PHOTO_TOO_SMALL,
        Reason.PHOTO_BLURRED,
        Reason.PHOTO_TOO_DARK,
        Reason.PHOTO_TOO_BRIGHT,
        Reason.PHOTO_NO_CARD,
        Reason.PHOTO_CARD_SMALL,
        Reason.CARD_COPY,
        Reason.CARD_SCREEN,
        Reason.CARD_BLURRED,
        Reason.CARD_OVER_EXPOSED,
        Reason.CARD_OVER_DARK,
        Reason.CARD_INCOMPLETE,
        Reason.CARD_COVERED,
        Reason.CARD_NON_ID_CARD,
        Reason.CARD_OTHER_CARD,
        Reason.IDENTITY_OTHER_PERSON,
    }
)

# Worth telling, of no weight.
NOTED = frozenset(
    {
        Reason.CARD_REVERSED_SIDE,
        Reason.FIELD_CHECK,
        Reason.FIELD_MISSING,
        Reason.FIELD_OTHER_DIFFERS,
        Reason.IDENTITY_MATCH,
    }
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is known when the verdict falls. The default of everything is "not known".

    number, name: None when they parsed, else why they were refused.
    document: from `document.check_validity` and `check_holder`.
    differences: from `ocr.compare`. photo: of the card, from `photo.judge_card_photo`.
    warnings: of the card's reader. selfie: from `photo.judge_selfie`.
    face_declined: the person chose the other way; `live` and `selfie` are then not expected.
    restricted: a restriction in force on this day.
    """

    number: Reason | None = None
    name: Reason | None = None
    document: tuple[Reason, ...] = ()
    differences: tuple[Difference, ...] = ()
    photo: tuple[Reason, ...] = ()
    warnings: tuple[CardWarning, ...] = ()
    selfie: tuple[Reason, ...] = ()
    face_declined: bool = False
    live: LiveAnswer | None = None
    identity: IdentityAnswer | None = None
    restricted: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """A status with its reasons, the heaviest first; a verified one may carry notes."""

    status: Status
    reasons: tuple[Reason, ...] = ()


def decide(evidence: Evidence) -> Decision:
    """The verdict on `evidence`.

    Verified only when an authority confirmed the person, a living face was seen, and nothing else
    weighs. Refused when any reason in `REFUSED` is there, whatever else is. Everything between
    goes to people: a declined or doubtful face (never a ground for refusal), a manual or merely
    local provider, an authority that does not know the person, is down, or says that name and
    number do not agree, a difference that weighs, a restriction.
    """
    reasons = tuple(dict.fromkeys(_reasons(evidence)))
    ordered = sorted(reasons, key=lambda reason: _ORDER.index(weight(reason)), reverse=True)
    status = max((weight(reason) for reason in reasons), key=_ORDER.index, default=Status.VERIFIED)
    return Decision(status, tuple(ordered))


def weight(reason: Reason) -> Status:
    """The best status that is still possible with this reason."""
    if reason in REFUSED:
        return Status.REFUSED
    return Status.VERIFIED if reason in NOTED else Status.NEEDS_REVIEW


def _reasons(evidence: Evidence) -> Iterable[Reason]:
    yield from (reason for reason in (evidence.number, evidence.name) if reason)
    yield from evidence.document
    yield from evidence.photo
    yield from (warning.reason for warning in evidence.warnings)
    yield from (difference.reason for difference in evidence.differences)
    yield from _face_reasons(evidence)
    yield from _identity_reasons(evidence)
    if evidence.restricted:
        yield Reason.RESTRICTED


def _face_reasons(evidence: Evidence) -> Iterable[Reason]:
    if evidence.face_declined:
        yield Reason.FACE_DECLINED
        return
    yield from (_not_refusing(reason, Reason.FACE_RETAKE) for reason in evidence.selfie)
    live = evidence.live
    if live is None:
        yield Reason.IDENTITY_NOT_ASKED
    elif live.outcome is not ProviderOutcome.MATCH:
        yield _not_refusing(live.reason or _LIVE_REASON[live.outcome], Reason.FACE_RETAKE)
    elif live.reason or live.band in (Band.LOW, Band.MIDDLE):
        yield Reason.FACE_DOUBTFUL


def _identity_reasons(evidence: Evidence) -> Iterable[Reason]:
    answer = evidence.identity
    if answer is None:
        yield Reason.IDENTITY_NOT_ASKED
        return
    if answer.kind is not ProviderKind.AUTHORITY:
        yield Reason.REVIEW_MANUAL
    if answer.outcome is not ProviderOutcome.MATCH:
        yield _refusal_of(answer)
    elif not evidence.face_declined and (answer.reason or answer.band is not Band.HIGH):
        yield Reason.IDENTITY_DOUBTFUL


def _refusal_of(answer: IdentityAnswer) -> Reason:
    """Its reason; only another person's face refuses, and only where the provider denies."""
    general = GENERAL_REASON[answer.outcome]
    reason = answer.reason or general
    denied = answer.outcome is ProviderOutcome.MISMATCH
    if denied and reason is Reason.IDENTITY_OTHER_PERSON:
        return reason
    return _not_refusing(reason, general)


def _not_refusing(reason: Reason, instead: Reason) -> Reason:
    """`reason` where people are to look at it, `instead` where it would refuse or weigh nothing."""
    return reason if weight(reason) is Status.NEEDS_REVIEW else instead


_LIVE_REASON = {**GENERAL_REASON, ProviderOutcome.MISMATCH: Reason.FACE_NOT_LIVE}


@dataclass(frozen=True, slots=True)
class Review:
    """One officer's word in a manual verification.

    officer: an opaque id. number: as this officer typed it from the card, not seeing the other's.
    """

    officer: str
    approved: bool
    number: str = field(repr=False)


def second_review(first: Review, second: Review) -> Decision:
    """The verdict of two officers who looked independently.

    Both approve and typed the same number: verified. Both refuse: refused. Otherwise a third, the
    lead, looks: needs review with REVIEW_DIFFERS. Raises ValueError when one officer stands twice:
    nobody checks himself.
    """
    if first.officer == second.officer:
        raise ValueError("two officers are needed")
    if not (first.approved or second.approved):
        return Decision(Status.REFUSED, (Reason.REVIEW_REFUSED,))
    if first.approved and second.approved and _same_number(first, second):
        return Decision(Status.VERIFIED)
    return Decision(Status.NEEDS_REVIEW, (Reason.REVIEW_DIFFERS,))


def _same_number(first: Review, second: Review) -> bool:
    numbers = [id_number.normalise(review.number) for review in (first, second)]
    return bool(numbers[0]) and numbers[0] == numbers[1]
