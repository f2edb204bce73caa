"""Personal data as a type of its own: it prints masked, is sealed at rest, and opens by name.

A `Personal` holds either a plain value just received or a sealed one just read. `masked` is for
answers. `open_for_audit` gives the plain text and is called by the audit's `reveal` alone (a guard
holds that), so that whoever reads a person's data leaves a line.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from api.kit.crypto import key_id_of, keyring


class Kind(StrEnum):
    """The kinds of personal data, each with its mask."""

    PHONE = "phone"
    ID_NUMBER = "id_number"
    BANK_CARD = "bank_card"
    NAME = "name"
    ADDRESS = "address"
    TEXT = "text"
    IDENTITY = "identity"
    SECRET = "secret"  # noqa: S105 - a kind


ERASED_NAME = "（已注销）"
"""What stands in the place of a name that was erased: there is nobody to mask."""


def _mask_name(name: str) -> str:
    if name == ERASED_NAME:
        return name
    if len(name) == 1:
        return "*"
    hidden = len(name) - (1 if len(name) < 3 else 2)
    return name[0] + "*" * hidden + name[1 + hidden :]


MASKS: dict[Kind, Callable[[str], str]] = {
    Kind.PHONE: lambda t: t[:-8] + "****" + t[-4:],
    Kind.ID_NUMBER: lambda t: t[:4] + "*" * (len(t) - 8) + t[-4:] if len(t) > 8 else "*" * len(t),
    Kind.BANK_CARD: lambda t: f"尾号 {t[-4:]}",
    Kind.NAME: _mask_name,
    Kind.ADDRESS: lambda t: t[:6] + "****",
    Kind.TEXT: lambda t: "****",
    Kind.IDENTITY: lambda t: "****",
    Kind.SECRET: lambda t: "****",
}


class Personal:
    """One value about a person. Equal to another when kind and plain text are equal."""

    __slots__ = ("_place", "_plain", "_sealed", "kind")

    def __init__(self, kind: Kind, plain: str | None, sealed: str = "", place: str = "") -> None:
        self.kind = kind
        self._plain = plain
        self._sealed = sealed
        self._place = place

    @classmethod
    def of(cls, kind: Kind, plain: str) -> "Personal":
        """A value just received, already normalised."""
        return cls(kind, plain)

    @classmethod
    def sealed(cls, kind: Kind, sealed: str, place: str) -> "Personal":
        """A value read from its `place` in the database."""
        return cls(kind, None, sealed, place)

    @property
    def masked(self) -> str:
        """The value as any answer may show it."""
        return MASKS[self.kind](self.open_for_audit())

    @property
    def index(self) -> str:
        """The blind index under which an equal value is found."""
        return keyring().index(self.kind, self.open_for_audit())

    def seal(self, place: str) -> str:
        """The sealed text for `place`; a value read from there keeps its own."""
        if self._plain is None and place == self._place:
            return self._sealed
        return keyring().seal(self.open_for_audit().encode(), place)

    @property
    def is_newest(self) -> bool:
        """Whether it is sealed with the newest data key, or not sealed yet."""
        return not self._sealed or key_id_of(self._sealed) == keyring().newest

    def opened(self) -> "Personal":
        """The same value without its seal: saving it seals it anew."""
        return Personal.of(self.kind, self.open_for_audit())

    def open_for_audit(self) -> str:
        """The plain text. Only the audit's `reveal` and this module call it."""
        if self._plain is not None:
            return self._plain
        return keyring().open(self._sealed, self._place).decode()

    def __repr__(self) -> str:
        return f"<{self.kind}>"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return repr(self)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Personal) or other.kind != self.kind:
            return False
        return other.open_for_audit() == self.open_for_audit()

    def __hash__(self) -> int:
        return hash((self.kind, self.index))

    def __reduce__(self) -> str:
        raise TypeError("personal data is not pickled")


@dataclass(frozen=True, slots=True)
class PersonalIn:
    """Marks a pydantic field as personal: `Annotated[Personal, PersonalIn(Kind.PHONE, …)]`.

    `normalise` returns the one written form or raises ValueError; its words reach the user.
    """

    kind: Kind
    normalise: Callable[[str], str]
    max_length: int = 50
    example: str = ""

    def __get_pydantic_core_schema__(self, _: Any, __: GetCoreSchemaHandler) -> CoreSchema:
        text = core_schema.str_schema(min_length=1, max_length=self.max_length)
        return core_schema.no_info_after_validator_function(self._read, text)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string", "minLength": 1, "maxLength": self.max_length, "writeOnly": True}

    def _read(self, text: str) -> Personal:
        return Personal.of(self.kind, self.normalise(text))


_PHONE = re.compile(r"1[3-9]\d{9}")
_FULL_WIDTH = {ord("０") + i: str(i) for i in range(10)} | {ord("＋"): "+", ord("　"): " "}


def phone(text: str) -> str:
    """A mainland mobile number as eleven digits. ValueError otherwise."""
    digits = re.sub(r"[\s-]", "", text.translate(_FULL_WIDTH))
    digits = digits.removeprefix("+86").removeprefix("0086")
    if not _PHONE.fullmatch(digits):
        raise ValueError("手机号要 11 位，以 1 开头。请检查后重填。")
    return digits


def shown_text(text: str) -> str:
    """Text of a person without control characters or outer blanks. ValueError when empty."""
    clean = "".join(c for c in text if c.isprintable()).strip()
    if not clean:
        raise ValueError("不能空着。请填写。")
    return clean
