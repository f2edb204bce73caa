"""The verdict as a table, and what holds for any evidence."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.decision import (
    NOTED,
    REFUSED,
    Evidence,
    Review,
    Status,
    decide,
    second_review,
    weight,
)
from verification.ocr import Difference, Weight
from verification.ports import (
    Band,
    CardWarning,
    FieldName,
    IdentityAnswer,
    LiveAnswer,
    ProviderKind,
)
from verification.reasons import ProviderOutcome, Reason

MATCH = ProviderOutcome.MATCH
ADDRESS = Difference(FieldName.ADDRESS, Weight.FINE, Reason.FIELD_OTHER_DIFFERS)
NUMBER = Difference(FieldName.NUMBER, Weight.REVIEW, Reason.FIELD_NUMBER_DIFFERS)
NAME = Difference(FieldName.NAME, Weight.REVIEW, Reason.FIELD_NAME_DIFFERS)


def live(outcome: ProviderOutcome, reason: Reason | None = None) -> LiveAnswer:
    return LiveAnswer(outcome, reason)


def identity(
    outcome: ProviderOutcome,
    reason: Reason | None = None,
    kind: ProviderKind = ProviderKind.AUTHORITY,
    band: Band | None = Band.HIGH,
) -> IdentityAnswer:
    return IdentityAnswer(outcome, kind, reason, band)


CLEAN = Evidence(live=LiveAnswer(MATCH, band=Band.HIGH), identity=identity(MATCH))
DECLINED = Evidence(face_declined=True, identity=identity(MATCH, band=None))

VERIFIED, REVIEW, REFUSE = Status.VERIFIED, Status.NEEDS_REVIEW, Status.REFUSED
TABLE = [
    (CLEAN, VERIFIED, ()),
    (replace(CLEAN, differences=(ADDRESS,)), VERIFIED, (Reason.FIELD_OTHER_DIFFERS,)),
    (
        replace(CLEAN, warnings=(CardWarning.REVERSED_SIDE,)),
        VERIFIED,
        (Reason.CARD_REVERSED_SIDE,),
    ),
    (Evidence(), REVIEW, (Reason.IDENTITY_NOT_ASKED,)),
    (replace(CLEAN, live=None), REVIEW, (Reason.IDENTITY_NOT_ASKED,)),
    (replace(CLEAN, identity=None), REVIEW, (Reason.IDENTITY_NOT_ASKED,)),
    (DECLINED, REVIEW, (Reason.FACE_DECLINED,)),
    (replace(CLEAN, differences=(NUMBER,)), REVIEW, (Reason.FIELD_NUMBER_DIFFERS,)),
    (replace(CLEAN, differences=(NAME,)), REVIEW, (Reason.FIELD_NAME_DIFFERS,)),
    (replace(CLEAN, restricted=True), REVIEW, (Reason.RESTRICTED,)),
    (replace(CLEAN, document=(Reason.DOCUMENT_PERIOD_AGE,)), REVIEW, (Reason.DOCUMENT_PERIOD_AGE,)),
    (replace(CLEAN, document=(Reason.DOCUMENT_SEX,)), REVIEW, (Reason.DOCUMENT_SEX,)),
    (replace(CLEAN, warnings=(CardWarning.TEMPORARY,)), REVIEW, (Reason.CARD_TEMPORARY,)),
    (replace(CLEAN, warnings=(CardWarning.EDITED,)), REVIEW, (Reason.CARD_EDITED,)),
    (replace(CLEAN, live=LiveAnswer(MATCH, band=Band.MIDDLE)), REVIEW, (Reason.FACE_DOUBTFUL,)),
    (replace(CLEAN, live=live(MATCH, Reason.FACE_DOUBTFUL)), REVIEW, (Reason.FACE_DOUBTFUL,)),
    (replace(CLEAN, live=live(ProviderOutcome.MISMATCH)), REVIEW, (Reason.FACE_NOT_LIVE,)),
    (
        replace(CLEAN, live=live(ProviderOutcome.RETRY_PHOTO, Reason.PHOTO_FORMAT)),
        REVIEW,
        (Reason.FACE_RETAKE,),
    ),
    (replace(CLEAN, selfie=(Reason.PHOTO_BLURRED,)), REVIEW, (Reason.FACE_RETAKE,)),
    (
        replace(CLEAN, live=live(ProviderOutcome.UNAVAILABLE)),
        REVIEW,
        (Reason.PROVIDER_UNAVAILABLE,),
    ),
    (
        replace(CLEAN, identity=identity(MATCH, kind=ProviderKind.MANUAL)),
        REVIEW,
        (Reason.REVIEW_MANUAL,),
    ),
    (
        replace(CLEAN, identity=identity(MATCH, kind=ProviderKind.LOCAL)),
        REVIEW,
        (Reason.REVIEW_MANUAL,),
    ),
    (replace(CLEAN, identity=identity(MATCH, band=None)), REVIEW, (Reason.IDENTITY_DOUBTFUL,)),
    (
        replace(CLEAN, identity=identity(MATCH, band=Band.MIDDLE)),
        REVIEW,
        (Reason.IDENTITY_DOUBTFUL,),
    ),
    (
        replace(CLEAN, identity=identity(ProviderOutcome.MISMATCH, band=None)),
        REVIEW,
        (Reason.IDENTITY_NAME_NUMBER,),
    ),
    (
        replace(CLEAN, identity=identity(ProviderOutcome.NOT_FOUND)),
        REVIEW,
        (Reason.IDENTITY_NOT_FOUND,),
    ),
    (
        replace(CLEAN, identity=identity(ProviderOutcome.NO_PHOTO)),
        REVIEW,
        (Reason.IDENTITY_NO_PHOTO,),
    ),
    (
        replace(CLEAN, identity=identity(ProviderOutcome.MISCONFIGURED)),
        REVIEW,
        (Reason.PROVIDER_MISCONFIGURED,),
    ),
    (
        replace(CLEAN, identity=identity(ProviderOutcome.RETRY_PHOTO, Reason.FACE_COVERED)),
        REVIEW,
        (Reason.FACE_COVERED,),
    ),
    (
        replace(
            CLEAN,
            identity=identity(
                ProviderOutcome.MISMATCH, Reason.IDENTITY_OTHER_PERSON, band=Band.LOW
            ),
        ),
        REFUSE,
        (Reason.IDENTITY_OTHER_PERSON,),
    ),
    (
        replace(CLEAN, number=Reason.ID_NUMBER_CHECK_DIGIT),
        REFUSE,
        (Reason.ID_NUMBER_CHECK_DIGIT,),
    ),
    (replace(CLEAN, name=Reason.NAME_CHARACTERS), REFUSE, (Reason.NAME_CHARACTERS,)),
    (replace(CLEAN, document=(Reason.DOCUMENT_EXPIRED,)), REFUSE, (Reason.DOCUMENT_EXPIRED,)),
    (replace(CLEAN, photo=(Reason.PHOTO_BLURRED,)), REFUSE, (Reason.PHOTO_BLURRED,)),
    (replace(CLEAN, warnings=(CardWarning.COPY,)), REFUSE, (Reason.CARD_COPY,)),
    (replace(CLEAN, warnings=(CardWarning.SCREEN,)), REFUSE, (Reason.CARD_SCREEN,)),
    (replace(CLEAN, warnings=(CardWarning.BLURRED,)), REFUSE, (Reason.CARD_BLURRED,)),
    (replace(CLEAN, warnings=(CardWarning.NON_ID_CARD,)), REFUSE, (Reason.CARD_NON_ID_CARD,)),
    (
        replace(DECLINED, restricted=True, warnings=(CardWarning.COPY,), differences=(ADDRESS,)),
        REFUSE,
        (
            Reason.CARD_COPY,
            Reason.FACE_DECLINED,
            Reason.RESTRICTED,
            Reason.FIELD_OTHER_DIFFERS,
        ),
    ),
]


@pytest.mark.parametrize(("evidence", "status", "reasons"), TABLE)
def test_the_table(evidence: Evidence, status: Status, reasons: tuple[Reason, ...]) -> None:
    decision = decide(evidence)
    assert (decision.status, decision.reasons) == (status, reasons)


def test_refusing_and_noted_reasons_do_not_overlap() -> None:
    assert not REFUSED & NOTED


ORDER = [Status.VERIFIED, Status.NEEDS_REVIEW, Status.REFUSED]
reasons = st.sampled_from(Reason)
some_reasons = st.lists(reasons, max_size=2).map(tuple)
warnings = st.lists(st.sampled_from(CardWarning), max_size=2).map(tuple)
differences = st.lists(st.sampled_from([ADDRESS, NUMBER, NAME]), max_size=2).map(tuple)
outcomes = st.sampled_from(ProviderOutcome)
bands = st.none() | st.sampled_from(Band)
maybe = st.none() | reasons
kinds = st.sampled_from(ProviderKind)
lives = st.none() | st.builds(LiveAnswer, outcomes, maybe, bands)
identities = st.none() | st.builds(IdentityAnswer, outcomes, kinds, maybe, bands)
evidences = st.just(CLEAN) | st.builds(
    Evidence,
    number=maybe,
    name=maybe,
    document=some_reasons,
    differences=differences,
    photo=some_reasons,
    warnings=warnings,
    selfie=some_reasons,
    face_declined=st.booleans(),
    live=lives,
    identity=identities,
    restricted=st.booleans(),
)


@given(evidences, reasons, st.sampled_from(["document", "photo", "selfie"]))
def test_one_more_problem_never_helps(evidence: Evidence, reason: Reason, place: str) -> None:
    if place == "document":
        worse = replace(evidence, document=(*evidence.document, reason))
    elif place == "photo":
        worse = replace(evidence, photo=(*evidence.photo, reason))
    else:
        worse = replace(evidence, selfie=(*evidence.selfie, reason))
    assert ORDER.index(decide(worse).status) >= ORDER.index(decide(evidence).status)


@given(evidences, st.sampled_from(CardWarning), st.sampled_from([ADDRESS, NUMBER, NAME]))
def test_one_more_warning_difference_or_restriction_never_helps(
    evidence: Evidence, warning: CardWarning, difference: Difference
) -> None:
    before = ORDER.index(decide(evidence).status)
    for worse in (
        replace(evidence, warnings=(*evidence.warnings, warning)),
        replace(evidence, differences=(*evidence.differences, difference)),
        replace(evidence, restricted=True),
        replace(evidence, live=None),
        replace(evidence, identity=None),
    ):
        missing_answer = worse.live is None or worse.identity is None
        after = decide(worse).status
        assert ORDER.index(after) >= before or (missing_answer and after is not Status.VERIFIED)


@given(evidences)
def test_status_is_the_heaviest_reason(evidence: Evidence) -> None:
    decision = decide(evidence)
    weights = [ORDER.index(weight(reason)) for reason in decision.reasons]
    assert weights == sorted(weights, reverse=True)
    assert ORDER.index(decision.status) == max(weights, default=0)
    assert len(set(decision.reasons)) == len(decision.reasons)


@given(evidences)
def test_verified_only_by_an_authority_that_saw_the_face(evidence: Evidence) -> None:
    if decide(evidence).status is Status.VERIFIED:
        assert evidence.identity is not None
        assert evidence.identity.kind is ProviderKind.AUTHORITY
        assert evidence.identity.band is Band.HIGH
        assert evidence.live is not None
        assert not evidence.face_declined


@given(lives, some_reasons)
def test_declining_or_failing_the_face_never_refuses(
    answer: LiveAnswer | None, selfie: tuple[Reason, ...]
) -> None:
    for declined in (True, False):
        evidence = replace(CLEAN, face_declined=declined, live=answer, selfie=selfie)
        assert decide(evidence).status is not Status.REFUSED


def officer(name: str, *, approved: bool = True, number: str = "510107197901010030") -> Review:
    return Review(name, approved, number)


@pytest.mark.parametrize(
    ("first", "second", "status", "reasons"),
    [
        (officer("a"), officer("b"), VERIFIED, ()),
        (officer("a"), officer("b", number="510107 19790101 0030"), VERIFIED, ()),
        (
            officer("a"),
            officer("b", number="510107197901010031"),
            REVIEW,
            (Reason.REVIEW_DIFFERS,),
        ),
        (officer("a", number=""), officer("b", number=""), REVIEW, (Reason.REVIEW_DIFFERS,)),
        (officer("a"), officer("b", approved=False), REVIEW, (Reason.REVIEW_DIFFERS,)),
        (officer("a", approved=False), officer("b"), REVIEW, (Reason.REVIEW_DIFFERS,)),
        (
            officer("a", approved=False),
            officer("b", approved=False),
            REFUSE,
            (Reason.REVIEW_REFUSED,),
        ),
    ],
)
def test_two_officers(
    first: Review, second: Review, status: Status, reasons: tuple[Reason, ...]
) -> None:
    decision = second_review(first, second)
    assert (decision.status, decision.reasons) == (status, reasons)
    assert first.number == "" or first.number not in repr(first)


def test_nobody_checks_himself() -> None:
    with pytest.raises(ValueError, match="two officers"):
        second_review(officer("a"), officer("a"))
