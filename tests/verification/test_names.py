"""Names: dots, rare characters, lengths, and when two spellings are one name."""

import pytest

from verification.names import parse, same_name
from verification.reasons import Reason, Refused


def refusal(text: str, *, latin: bool = False) -> Reason:
    with pytest.raises(Refused) as caught:
        parse(text, latin=latin)
    return caught.value.code


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("张三", "张三"),
        ("  张三\u3000", "张三"),
        ("李", "李"),
        ("买买提•吐尔逊", "买买提·吐尔逊"),
        ("买买提・吐尔逊", "买买提·吐尔逊"),
        ("买买提.吐尔逊", "买买提·吐尔逊"),
        ("买买提．吐尔逊·艾力", "买买提·吐尔逊·艾力"),
        ("\u3400三", "\u3400三"),
        ("\U00020000\U000323af", "\U00020000\U000323af"),
        ("欧阳〇", "欧阳〇"),
        ("字" * 50, "字" * 50),
        ("\U00020000" * 50, "\U00020000" * 50),
    ],
)
def test_right_names(text: str, name: str) -> None:
    assert parse(text) == name


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.NAME_LENGTH),
        ("  ", Reason.NAME_LENGTH),
        ("字" * 51, Reason.NAME_LENGTH),
        ("张 三", Reason.NAME_CHARACTERS),
        ("张三1", Reason.NAME_CHARACTERS),
        ("张三（小）", Reason.NAME_CHARACTERS),
        ("Zhang San", Reason.NAME_CHARACTERS),
        ("张San", Reason.NAME_CHARACTERS),
        ("·张三", Reason.NAME_CHARACTERS),
        ("张三·", Reason.NAME_CHARACTERS),
        ("张··三", Reason.NAME_CHARACTERS),
        ("张\ue000", Reason.NAME_CHARACTERS),
        ("张三\u200b", Reason.NAME_CHARACTERS),
        ("<b>", Reason.NAME_CHARACTERS),
        ("张\n三", Reason.NAME_CHARACTERS),
    ],
)
def test_refused_for_the_named_reason(text: str, reason: Reason) -> None:
    assert refusal(text) is reason


@pytest.mark.parametrize(
    "text", ["Anna Maria O'Neil", "José Núñez", "Nguyễn Văn An", "J. Smith-Lee"]
)
def test_latin_names_by_parameter(text: str) -> None:
    assert parse(text, latin=True) == text
    assert refusal(text) is Reason.NAME_CHARACTERS


@pytest.mark.parametrize("text", ["Anna 2", "{{7*7}}", "张 San", "-", "."])
def test_latin_names_are_letters(text: str) -> None:
    assert refusal(text, latin=True) is Reason.NAME_CHARACTERS


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("张三", "张 三", True),
        ("买买提•吐尔逊", "买买提·吐尔逊", True),
        ("Anna  MARIA", "anna maria", True),
        ("张三", "张四", False),
        ("买买提·吐尔逊", "买买提吐尔逊", False),
        ("", "", False),
        ("张三", "", False),
    ],
)
def test_same_name(first: str, second: str, same: bool) -> None:
    assert same_name(first, second) is same
    assert same_name(second, first) is same


def test_a_long_text_is_refused_at_once() -> None:
    assert refusal("A" * 50_000, latin=True) is Reason.NAME_LENGTH
