"""Texts that people write: one line is one line, and nothing in it is unseen."""

import json
from decimal import Decimal
from typing import Annotated

import pytest
from pydantic import Field

from api.kit.errors import Invalid
from api.kit.schemas import Body, Line, Note, parse


class Written(Body):
    line: Line
    note: Note = "好"


class Paid(Body):
    yuan: Annotated[Decimal, Field(max_digits=5, decimal_places=2, strict=False)]


def read(**fields: str) -> Written:
    return parse(Written, json.dumps(fields).encode())


@pytest.mark.parametrize("unseen", "\n\r\t\x0b\x1b\x7f\x85\u2028\u2029\u202e\u200b\ufeff")
def test_a_line_is_one_line(unseen: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(line=f"钢筋{unseen}一班")
    assert [(each.path, each.code) for each in refused.value.errors] == [
        ("line", "field.value_error")
    ]


def test_a_line_loses_what_stands_around_it() -> None:
    assert read(line=" 钢筋 一班\n").line == "钢筋 一班"


def test_a_remark_may_have_several_lines() -> None:
    assert read(line="一", note="没有到。\n有记录。").note == "没有到。\n有记录。"
    with pytest.raises(Invalid):
        read(line="一", note="没有\u202e到。")


@pytest.mark.parametrize(
    ("sent", "words"),
    [("12.345", "最多写 2 位小数。请改短。"), ("123456", "数太大了。请检查。")],
)
def test_a_number_that_does_not_fit_is_told_how(sent: str, words: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse(Paid, json.dumps({"yuan": sent}).encode())
    assert [each.message for each in refused.value.errors] == [words]
