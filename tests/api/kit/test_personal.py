"""Personal data never prints, whatever it is put into."""

import copy
import io
import json
import logging
import pickle
import traceback
from operator import mod
from typing import Annotated

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from api.kit import crypto, http
from api.kit.errors import Invalid
from api.kit.logging import only_allowed
from api.kit.personal import MASKS, Kind, Personal, PersonalIn, phone, shown_text
from api.kit.schemas import Body, Line, Out, parse

PLAIN = {
    Kind.PHONE: "13912345678",
    Kind.ID_NUMBER: "510107199003071234",
    Kind.BANK_CARD: "6222020000000000001",
    Kind.NAME: "欧阳建国",
    Kind.ADDRESS: "四川省成都市武侯区人民南路四段1号",
    Kind.TEXT: "他有慢性病",
    Kind.IDENTITY: "oABCdefGHIjkl",
    Kind.SECRET: "JBSWY3DPEHPK3PXP",
}
CASES = [pytest.param(Personal.of(kind, plain), plain, id=kind) for kind, plain in PLAIN.items()]


class Card(Body):
    """A body with every awkward place for a value."""

    phone: Annotated[Personal, PersonalIn(Kind.PHONE, phone)]
    name: Line
    born: int = 0


@pytest.fixture(autouse=True)
def ring() -> None:
    made = crypto.Keyring(crypto.Secrets.fresh())
    made.learn("a", made.wrap("a", crypto.new_data_key()))
    crypto.use(made)


def test_every_kind_is_tried() -> None:
    assert set(PLAIN) == set(Kind) == set(MASKS)


@pytest.mark.parametrize(("value", "plain"), CASES)
def test_no_way_of_printing_shows_it(value: Personal, plain: str) -> None:
    shown = [
        repr(value), str(value), f"{value}", f"{value!r:>40}", f"{value:>40}",
        mod("%s", (value,)), mod("%r", (value,)), repr([value]), repr({"a": value}),
        "".join(map(str, [value])), ascii(value), str(vars(type(value)).keys()),
    ]  # fmt: skip
    assert plain not in "".join(shown)


@pytest.mark.parametrize(("value", "plain"), CASES)
def test_it_is_neither_json_nor_pickle(value: Personal, plain: str) -> None:
    for dump in (json.dumps, orjson.dumps, pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError) as refusal:
            dump({"value": value} if dump is not copy.copy else value)
        assert plain not in str(refusal.value)
    assert plain not in json.dumps({"value": value}, default=str)


@pytest.mark.parametrize(("value", "plain"), CASES)
def test_an_answer_cannot_carry_it(value: Personal, plain: str) -> None:
    class Loose(BaseModel):
        """A model that lets anything in."""

        value: object

    with pytest.raises(Exception, match="serialize") as refusal:
        Loose(value=value).model_dump_json()
    assert plain not in str(refusal.value)


@pytest.mark.parametrize(("value", "plain"), CASES)
def test_exceptions_and_logs_show_nothing(value: Personal, plain: str) -> None:
    written = io.StringIO()
    logger = logging.getLogger("a library")
    logger.handlers[:] = [logging.StreamHandler(written)]
    logger.propagate = False
    try:
        raise LookupError(value, f"for {value}")
    except LookupError as error:
        logger.exception("failed with %s", value)
        assert plain not in "".join(traceback.format_exception(error)) + repr(error)
    assert plain not in written.getvalue()
    assert plain not in str(only_allowed(None, "info", {"event": "x", "name": value}))
    assert plain not in str(only_allowed(None, "info", {"event": "x", "unknown": plain}))


@pytest.mark.parametrize(
    "raw",
    [
        '{"phone": "139123456789", "name": "x"}',
        '{"phone": 13912345678, "name": "x"}',
        '{"phone": "13912345678", "name": ["13912345678"]}',
        '{"phone": "13912345678", "name": "x", "born": "13912345678"}',
        '{"phone": "13912345678", "name": "x", "13912345678": 1}',
        '{"phone": "13912345678", "name": "x"} 13912345678',
        '["13912345678"]',
        '"13912345678"',
    ],
)
def test_a_refused_body_is_not_repeated(raw: str) -> None:
    with pytest.raises(Invalid) as refusal:
        parse(Card, raw.encode())
    document = http.problem_response(refusal.value, "-").body or b""
    shown = document.decode() + "".join(traceback.format_exception(refusal.value))
    assert "1391234567" not in shown
    assert refusal.value.errors


def test_pydantic_itself_hides_the_input() -> None:
    for base in (Body, Out):
        assert base.model_config["hide_input_in_errors"]
    with pytest.raises(ValidationError) as refusal:
        Card.model_validate({"phone": "139123456789", "name": ["139123456789"]})
    assert "139123456789" not in str(refusal.value)


@pytest.mark.parametrize(
    ("kind", "mask"),
    [
        (Kind.PHONE, "139****5678"),
        (Kind.ID_NUMBER, "5101**********1234"),
        (Kind.BANK_CARD, "尾号 0001"),
        (Kind.NAME, "欧**国"),
        (Kind.ADDRESS, "四川省成都市****"),
        (Kind.TEXT, "****"),
        (Kind.IDENTITY, "****"),
        (Kind.SECRET, "****"),
    ],
)
def test_masks(kind: Kind, mask: str) -> None:
    assert Personal.of(kind, PLAIN[kind]).masked == mask


@pytest.mark.parametrize(("name", "mask"), [("王", "*"), ("王五", "王*"), ("王小五", "王*五")])
def test_a_short_name_is_masked_too(name: str, mask: str) -> None:
    assert Personal.of(Kind.NAME, name).masked == mask


@given(st.sampled_from(list(Kind)), st.text(min_size=1, max_size=40))
def test_a_mask_never_shows_the_whole(kind: Kind, text: str) -> None:
    masked = Personal.of(kind, text).masked
    assert "*" in masked or masked.startswith("尾号")
    assert masked != text or "*" in text


def test_it_equals_itself_sealed_and_opened() -> None:
    value = Personal.of(Kind.PHONE, PLAIN[Kind.PHONE])
    sealed = Personal.sealed(Kind.PHONE, value.seal("a:1:b"), "a:1:b")
    assert value == sealed
    assert hash(value) == hash(sealed)
    assert value != Personal.of(Kind.TEXT, PLAIN[Kind.PHONE])
    assert value != PLAIN[Kind.PHONE]
    assert sealed.seal("a:1:b") == sealed.seal("a:1:b")
    assert sealed.opened() == value


@pytest.mark.parametrize(
    "text",
    [
        "13900000001",
        " 139 0000 0001 ",
        "+86 139-0000-0001",
        "008613900000001",
        "１３９０００００００１",
    ],
)
def test_a_phone_has_one_written_form(text: str) -> None:
    assert phone(text) == "13900000001"


@pytest.mark.parametrize("text", ["1390000000", "139000000011", "23900000001", "12900000001", "a"])
def test_another_number_is_no_phone(text: str) -> None:
    with pytest.raises(ValueError, match="手机号"):
        phone(text)


def test_text_loses_what_cannot_be_seen() -> None:
    assert shown_text(" 张\u200b三\n ") == "张三"
    with pytest.raises(ValueError, match="不能空着"):
        shown_text("\u200b \n")
