"""What follows from typed fields and card photos alone."""

from datetime import date

import pytest

from api.workers import rules
from api.workers.rules import Card, Findings, Typed
from verification.decision import Status
from verification.document import DocumentKind
from verification.ports import (
    Band,
    CardField,
    FieldName,
    IdentityAnswer,
    LiveAnswer,
    ProviderKind,
)
from verification.reasons import ProviderOutcome, Reason

TODAY = date(2026, 11, 21)
TYPED = Typed(
    kind=DocumentKind.RESIDENT_ID,
    number="510107197901010030",
    name="张样本",
    valid_from="2019-03-01",
    valid_to="2039-03-01",
)
READ = Card(
    True,
    {
        FieldName.NUMBER: CardField("510107197901010030"),
        FieldName.NAME: CardField("张样本"),
        FieldName.VALID_FROM: CardField("2019-03-01"),
        FieldName.VALID_TO: CardField("2039-03-01"),
    },
)
LIVE = LiveAnswer(ProviderOutcome.MATCH, band=Band.HIGH)
NOT_LIVE = LiveAnswer(ProviderOutcome.MISMATCH, Reason.FACE_NOT_LIVE, Band.LOW)
SAME = IdentityAnswer(ProviderOutcome.MATCH, ProviderKind.AUTHORITY, band=Band.HIGH)


def local(typed: Typed = TYPED, card: Card = READ) -> tuple[Reason, ...]:
    return rules.local_reasons(typed, rules.parse(typed, TODAY), card)


def with_(**changed: object) -> Typed:
    fields = {name: getattr(TYPED, name) for name in TYPED.__slots__}
    return Typed(**{**fields, **changed})


def test_a_clean_card_gives_no_reason() -> None:
    assert local() == ()


def test_a_card_that_nobody_read_goes_to_people() -> None:
    assert local(card=Card(False, {})) == (Reason.REVIEW_MANUAL,)


def test_a_passport_goes_to_people_without_a_comparison() -> None:
    passport = with_(kind=DocumentKind.PASSPORT, number="E12345678", name="JOHN SPECIMEN")
    assert local(passport, Card(True, READ.fields, (Reason.CARD_NON_ID_CARD,))) == (
        Reason.REVIEW_MANUAL,
    )


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"number": "510107197901010031"}, Reason.ID_NUMBER_CHECK_DIGIT),
        ({"number": "510107201201010039"}, Reason.ID_NUMBER_TOO_YOUNG),
        ({"name": "张3"}, Reason.NAME_CHARACTERS),
        ({"name": "李样本"}, Reason.FIELD_NAME_DIFFERS),
        ({"valid_to": "2020-03-01"}, Reason.DOCUMENT_EXPIRED),
        ({"valid_to": "soon"}, Reason.DOCUMENT_PERIOD),
        ({"sex": "女"}, Reason.DOCUMENT_SEX),
        ({"birth": "1980-01-01"}, Reason.DOCUMENT_BIRTH),
        ({"birth": "1980"}, Reason.DOCUMENT_BIRTH),
    ],
)
def test_each_fault_gives_its_reason(changed: dict[str, str], reason: Reason) -> None:
    assert reason in local(with_(**changed))


def test_only_a_refusing_reason_saves_the_question_outside() -> None:
    assert rules.hopeless((Reason.FIELD_NAME_DIFFERS,)) is None
    found = rules.hopeless((Reason.FIELD_NAME_DIFFERS, Reason.DOCUMENT_EXPIRED))
    assert found is not None and found.status is Status.REFUSED
    assert found.reasons == (Reason.DOCUMENT_EXPIRED, Reason.FIELD_NAME_DIFFERS)


def test_all_well_is_verified() -> None:
    assert rules.verdict(Findings(live=LIVE, identity=SAME), 1).status is Status.VERIFIED


@pytest.mark.parametrize(
    ("tries", "status"),
    [(1, Status.REFUSED), (2, Status.REFUSED), (3, Status.NEEDS_REVIEW), (4, Status.NEEDS_REVIEW)],
)
def test_the_third_failed_face_goes_to_people(tries: int, status: Status) -> None:
    found = rules.verdict(Findings(live=NOT_LIVE), tries)
    assert found.status is status
    assert (Reason.FACE_TRIES_USED in found.reasons) is (tries >= 3)
    assert Reason.IDENTITY_NOT_ASKED not in found.reasons


def test_a_provider_that_is_down_is_no_failed_face() -> None:
    down = LiveAnswer(ProviderOutcome.UNAVAILABLE, Reason.PROVIDER_BUSY)
    findings = Findings(live=down)
    assert findings.waits and findings.face_outcome is None
    assert rules.verdict(findings, 3).status is Status.NEEDS_REVIEW


def test_a_name_and_number_that_disagree_are_no_failed_face() -> None:
    answer = IdentityAnswer(
        ProviderOutcome.MISMATCH, ProviderKind.AUTHORITY, Reason.IDENTITY_NAME_NUMBER
    )
    findings = Findings(live=LIVE, identity=answer)
    assert findings.face_outcome is None
    assert rules.verdict(findings, 1).status is Status.NEEDS_REVIEW


@pytest.mark.parametrize(
    ("chosen", "origin", "place"),
    [
        ("510104", "510107", "510104"),
        (None, "510107", "510107"),
        (None, "110103", "510000"),
        (None, "410102", "510000"),
        (None, "", "510000"),
    ],
)
def test_where_a_record_lies(chosen: str | None, origin: str, place: str) -> None:
    assert rules.place_of(chosen, origin, "510000") == place


@pytest.mark.parametrize(
    ("persons", "line"), [(79_999, None), (80_000, 80_000), (99_999, 80_000), (100_000, 100_000)]
)
def test_the_law_has_a_line(persons: int, line: int | None) -> None:
    assert rules.face_line(persons) == line
