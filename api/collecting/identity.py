"""An identity number that is well formed, with what it says about its holder."""

from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from api.collecting.sheets import DIGITS_LOST
from api.kit import clock
from api.kit.personal import Kind, Personal
from verification import id_number
from verification.document import DocumentKind
from verification.id_number import IdKind
from verification.reasons import Refused

DOCUMENTS = {
    IdKind.RESIDENT: DocumentKind.RESIDENT_ID,
    IdKind.HK_MO_TW_PERMIT: DocumentKind.HK_MO_TW_RESIDENCE_PERMIT,
    IdKind.FOREIGNER: DocumentKind.FOREIGNER_PERMANENT_RESIDENCE,
}
LONGEST = 40
LOST = "表格把证件号码当成了数字，后几位丢了。请把这一列改成“文本”，重新填写。"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is by the number of his document; the kind follows from the number."""

    kind: DocumentKind
    number: Personal
    birth: Personal
    sex: str

    @property
    def key(self) -> tuple[str, str]:
        """What is the same for the same document: kind and blind index of the number."""
        return self.kind.value, self.number.index


def parse(text: str) -> Identity:
    """The identity behind a number as typed. ValueError with the sentence for the person."""
    if text == DIGITS_LOST:
        raise ValueError(LOST)
    try:
        known = id_number.parse(text, today=clock.today())
    except Refused as refused:
        raise ValueError(refused.code.sentence) from None
    return Identity(
        kind=DOCUMENTS[known.kind],
        number=Personal.of(Kind.ID_NUMBER, known.number),
        birth=Personal.of(Kind.TEXT, known.birth.isoformat()),
        sex=known.sex or "",
    )


class IdentityIn:
    """Marks a pydantic field that takes an identity number: `Annotated[Identity, IdentityIn()]`."""

    def __get_pydantic_core_schema__(self, _: Any, __: GetCoreSchemaHandler) -> CoreSchema:
        text = core_schema.str_schema(min_length=1, max_length=LONGEST)
        return core_schema.no_info_after_validator_function(parse, text)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string", "minLength": 1, "maxLength": LONGEST, "writeOnly": True}
