"""What goes in and out: strict pydantic models, and `parse` that never repeats a value.

Unknown fields are refused, numbers are bounded, and a fault names its place, a code and what to do.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Generic, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    WithJsonSchema,
)

from api.kit.errors import FieldError, Invalid

M = TypeVar("M", bound=BaseModel)
T = TypeVar("T")


class Body(BaseModel):
    """A JSON request body."""

    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, hide_input_in_errors=True, allow_inf_nan=False,
        arbitrary_types_allowed=True,
    )  # fmt: skip


class Query(BaseModel):
    """The query string."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, hide_input_in_errors=True, allow_inf_nan=False
    )


class Form(BaseModel):
    """The fields and files of a multipart form."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, hide_input_in_errors=True, allow_inf_nan=False,
        arbitrary_types_allowed=True,
    )  # fmt: skip


class Out(BaseModel):
    """A JSON answer: only what is declared leaves the house."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)


class Page(Out, Generic[T]):
    """One page of a list; `next_cursor` None on the last."""

    items: list[T]
    next_cursor: str | None


PageSize = Annotated[int, Field(ge=1, le=100)]


def _shown(text: str) -> str:
    if any(not c.isprintable() and c != "\n" for c in text):
        raise ValueError("有看不见的字符。请重新输入。")
    return text


def _one_line(text: str) -> str:
    if "\n" in _shown(text):
        raise ValueError("只写一行。请去掉换行。")
    return text


Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=100),
    AfterValidator(_one_line),
]
"""One line of text that people write: a title, a name of a thing."""

Note = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=500),
    AfterValidator(_shown),
]
"""A reason or remark in a few sentences."""

LONGEST_WORDS = 1_000


def _lines(text: object) -> object:
    """Browsers send line ends as two signs."""
    return text.replace("\r\n", "\n") if isinstance(text, str) else text


Words = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_WORDS),
    BeforeValidator(_lines),
    AfterValidator(_shown),
]
"""What somebody says, in several lines."""

DECIMAL_TEXT = WithJsonSchema({"type": "string", "pattern": r"^[0-9]{1,12}(\.[0-9]{1,2})?$"})
"""Marks a Decimal that is sent as text, as every decimal is; its own limits are checked besides."""

RegionCode = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{5}$")]
"""Six digits of GB/T 2260."""

WORDS = {
    "missing": "必填。请补上。",
    "extra_forbidden": "没有这一项。请删掉。",
    "string_too_short": "太短了。请检查。",
    "string_too_long": "太长了。请缩短。",
    "string_pattern_mismatch": "格式不对。请检查后重填。",
    "json_invalid": "内容读不出来。请重新提交。",
    "enum": "只能从给出的选项里选。",
    "literal_error": "只能从给出的选项里选。",
    "decimal_max_places": "最多写 {decimal_places} 位小数。请改短。",
    "decimal_max_digits": "数太大了。请检查。",
    "decimal_whole_digits": "数太大了。请检查。",
    "too_long": "太多了。请分几次提交。",
    "too_short": "至少要有一项。",
}
# The name of an unknown field is repeated only when it cannot be somebody's number or name.
_SAFE_PATH = re.compile(r"(?!.*\d{4})[a-z][a-z0-9_]{0,39}")


def parse(model: type[M], raw: bytes) -> M:
    """The model in a JSON body. Invalid (422) with each fault's place, never a value.

    A name that comes twice is refused: whoever reads the first value and whoever reads the last
    would read different things.
    """
    if b"\\u0000" in raw or b"\x00" in raw:
        raise Invalid(
            errors=(FieldError("", "text.null_character", "有看不见的字符。请重新输入。"),)
        )
    _refuse_repeated(raw)
    try:
        return model.model_validate_json(raw or b"null")
    except ValidationError as error:
        raise Invalid(errors=faults(error)) from None


class _Repeated(Exception):
    """A name stands twice in one object."""


def _refuse_repeated(raw: bytes) -> None:
    try:
        _reader.decode(raw.decode())
    except _Repeated:
        fault = FieldError("", "field.repeated", "填了两次。请只填一次。")
        raise Invalid(errors=(fault,)) from None
    except (ValueError, RecursionError):
        pass  # the model's own reader says what is wrong with it


def _once_each(pairs: list[tuple[str, Any]]) -> None:
    if len({name for name, _ in pairs}) != len(pairs):
        raise _Repeated


_reader = json.JSONDecoder(object_pairs_hook=_once_each)


def parse_fields(model: type[M], values: Mapping[str, Any], *, strict: bool | None = None) -> M:
    """The model in a query string or form. Invalid (422) likewise.

    `strict` False reads texts as what they stand for, also in a model made for JSON.
    """
    if any(isinstance(value, str) and "\x00" in value for value in values.values()):
        raise Invalid(
            errors=(FieldError("", "text.null_character", "有看不见的字符。请重新输入。"),)
        )
    try:
        return model.model_validate(values, strict=strict)
    except ValidationError as error:
        raise Invalid(errors=faults(error)) from None


def single(*sources: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """The one value of each name. Invalid (422) for a name that comes twice."""
    found: dict[str, Any] = {}
    for name, items in ((name, items) for source in sources for name, items in source.items()):
        if name in found or len(items) > 1:
            fault = FieldError(_path((name,)), "field.repeated", "填了两次。请只填一次。")
            raise Invalid(errors=(fault,))
        found[name] = items[0]
    return found


def faults(error: ValidationError) -> tuple[FieldError, ...]:
    """The faults of a failed validation: path, code and words; no input, no unknown name."""
    return tuple(
        FieldError(_path(each["loc"]), f"field.{each['type']}", _words(each))
        for each in error.errors(include_url=False, include_input=False)[:50]
    )


def _path(parts: tuple[int | str, ...]) -> str:
    return ".".join(
        str(part) if isinstance(part, int) or _SAFE_PATH.fullmatch(part) else "?" for part in parts
    )


def _words(fault: Any) -> str:
    if fault["type"] == "value_error":
        return str(fault["ctx"]["error"])
    return WORDS.get(fault["type"], "填得不对。请检查后重填。").format(**fault.get("ctx", {}))
