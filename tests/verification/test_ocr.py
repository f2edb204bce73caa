"""What differs between card and worker, and two sides as one reading."""

import pytest

from verification.ocr import Difference, Weight, compare, merge
from verification.ports import CardField, CardReading, CardWarning, FieldName
from verification.reasons import ProviderOutcome, Reason

CARD = {
    FieldName.NAME: "买买提·吐尔逊",
    FieldName.SEX: "男",
    FieldName.NATION: "维吾尔",
    FieldName.BIRTH: "1979-01-01",
    FieldName.ADDRESS: "四川省成都市武侯区某街1号",
    FieldName.NUMBER: "510107197901010030",
    FieldName.ISSUER: "成都市公安局武侯分局",
    FieldName.VALID_FROM: "2015-03-01",
    FieldName.VALID_TO: "长期",
}
READ = {name: CardField(text) for name, text in CARD.items()}


def test_the_same_is_no_difference() -> None:
    assert compare(READ, CARD) == ()


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        (FieldName.NAME, "买买提 • 吐尔逊"),
        (FieldName.NATION, "维吾尔族"),
        (FieldName.NUMBER, "510107 19790101 0030"),
        (FieldName.BIRTH, "1979.01.01"),
        (FieldName.VALID_FROM, "20150301"),
        (FieldName.ADDRESS, " 四川省成都市武侯区 某街1号"),
        (FieldName.ISSUER, ""),
    ],
)
def test_spelling_is_no_difference(name: FieldName, typed: str) -> None:
    assert compare(READ, {**CARD, name: typed}) == ()


@pytest.mark.parametrize(
    ("name", "typed", "weight", "reason"),
    [
        (FieldName.NAME, "买买提吐尔逊", Weight.REVIEW, Reason.FIELD_NAME_DIFFERS),
        (FieldName.NUMBER, "510107197901010031", Weight.REVIEW, Reason.FIELD_NUMBER_DIFFERS),
        (FieldName.SEX, "女", Weight.REVIEW, Reason.FIELD_BIRTH_DIFFERS),
        (FieldName.BIRTH, "1979-01-02", Weight.REVIEW, Reason.FIELD_BIRTH_DIFFERS),
        (FieldName.VALID_FROM, "2015-03-02", Weight.REVIEW, Reason.FIELD_VALIDITY_DIFFERS),
        (FieldName.VALID_TO, "2035-03-01", Weight.REVIEW, Reason.FIELD_VALIDITY_DIFFERS),
        (FieldName.NATION, "汉", Weight.FINE, Reason.FIELD_OTHER_DIFFERS),
        (FieldName.ADDRESS, "四川省成都市", Weight.FINE, Reason.FIELD_OTHER_DIFFERS),
        (FieldName.ISSUER, "成都市公安局", Weight.FINE, Reason.FIELD_OTHER_DIFFERS),
    ],
)
def test_what_weighs(name: FieldName, typed: str, weight: Weight, reason: Reason) -> None:
    assert compare(READ, {**CARD, name: typed}) == (Difference(name, weight, reason),)


def test_every_field_is_compared() -> None:
    other = {name: "别的" for name in FieldName}
    assert [difference.field for difference in compare(READ, other)] == list(FieldName)


def test_an_unread_name_or_number_weighs_and_other_fields_do_not() -> None:
    unread = compare({FieldName.ADDRESS: CardField(""), FieldName.NAME: CardField(" ")}, CARD)
    assert [(d.field, d.reason) for d in unread] == [
        (FieldName.NAME, Reason.CARD_UNREADABLE),
        (FieldName.NUMBER, Reason.CARD_UNREADABLE),
    ]


def test_two_sides_are_one_reading() -> None:
    front = CardReading(
        ProviderOutcome.MATCH,
        fields={FieldName.NAME: CardField("张三")},
        warnings=(CardWarning.COPY,),
        request_id="a",
    )
    back = CardReading(
        ProviderOutcome.RETRY_PHOTO,
        Reason.CARD_BLURRED,
        fields={FieldName.ISSUER: CardField("某局"), FieldName.NAME: CardField("李四")},
        warnings=(CardWarning.BLURRED, CardWarning.COPY),
        request_id="b",
    )
    both = merge(front, back)
    assert (both.outcome, both.reason) == (ProviderOutcome.RETRY_PHOTO, Reason.CARD_BLURRED)
    assert both.fields[FieldName.NAME].text == "张三"
    assert set(both.fields) == {FieldName.NAME, FieldName.ISSUER}
    assert both.warnings == (CardWarning.COPY, CardWarning.BLURRED)
    assert both.request_id == "a,b"


def test_what_was_read_does_not_print() -> None:
    assert "张三" not in repr(
        CardReading(ProviderOutcome.MATCH, fields={FieldName.NAME: CardField("张三")})
    )
