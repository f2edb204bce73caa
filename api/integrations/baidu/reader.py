"""Reads ID cards with Baidu's `ocr/v1/idcard`."""

import asyncio
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from api.integrations.baidu.client import BaiduClient
from api.integrations.baidu.codes import meaning_of
from api.integrations.baidu.shapes import IdCard
from api.integrations.http import UpstreamError
from verification.ocr import merge
from verification.ports import CardField, CardReading, CardWarning, FieldName
from verification.reasons import ProviderOutcome, Reason

FRONT: Final = "front"
BACK: Final = "back"
NOTHING = CardReading(ProviderOutcome.MATCH)

NAMES: Mapping[str, Mapping[str, FieldName]] = MappingProxyType(
    {
        FRONT: {
            "姓名": FieldName.NAME,
            "性别": FieldName.SEX,
            "民族": FieldName.NATION,
            "出生": FieldName.BIRTH,
            "住址": FieldName.ADDRESS,
            "公民身份号码": FieldName.NUMBER,
        },
        BACK: {
            "签发机关": FieldName.ISSUER,
            "签发日期": FieldName.VALID_FROM,
            "失效日期": FieldName.VALID_TO,
        },
    }
)

STATUS: Mapping[str, CardWarning | None] = MappingProxyType(
    {
        "normal": None,
        "reversed_side": CardWarning.REVERSED_SIDE,
        "non_idcard": CardWarning.NON_ID_CARD,
        "blurred": CardWarning.BLURRED,
        "other_type_card": CardWarning.OTHER_CARD,
        "over_exposure": CardWarning.OVER_EXPOSED,
        "over_dark": CardWarning.OVER_DARK,
        "unknown": CardWarning.UNCLEAR,
    }
)
RISK: Mapping[str, CardWarning | None] = MappingProxyType(
    {
        "normal": None,
        "copy": CardWarning.COPY,
        "temporary": CardWarning.TEMPORARY,
        "screen": CardWarning.SCREEN,
        "unknown": CardWarning.UNCLEAR,
    }
)
NUMBER_TYPE: Mapping[int, tuple[CardWarning, tuple[FieldName, ...]]] = MappingProxyType(
    {
        # -1 is "no number": it shows as a missing field
        0: (CardWarning.NUMBER_INVALID, (FieldName.NUMBER,)),
        2: (CardWarning.NUMBER_MISMATCH, (FieldName.NUMBER, FieldName.SEX, FieldName.BIRTH)),
        3: (CardWarning.NUMBER_MISMATCH, (FieldName.NUMBER, FieldName.BIRTH)),
        4: (CardWarning.NUMBER_MISMATCH, (FieldName.NUMBER, FieldName.SEX)),
    }
)


class BaiduCardReader:
    """A `verification.ports.CardReader`."""

    def __init__(self, client: BaiduClient) -> None:
        self._client = client

    async def read(self, front: bytes | None, back: bytes | None) -> CardReading:
        """Both sides at once; a picture on the wrong side is read and warned about."""
        first, second = await asyncio.gather(self._side(front, FRONT), self._side(back, BACK))
        return merge(first, second)

    async def _side(self, image: bytes | None, side: str) -> CardReading:
        if image is None:
            return NOTHING
        try:
            return reading_of(await self._client.idcard(image, side), side)
        except UpstreamError as error:
            meaning = meaning_of(error)
            return CardReading(meaning.outcome, meaning.reason)


def reading_of(answer: IdCard, asked: str) -> CardReading:
    """The vendor's answer in our words; `asked` is the side that was wanted."""
    warnings = _warnings(answer)
    side = _side_shown(answer, asked)
    fields = _fields(answer, NAMES[side], warnings)
    if not any(field.text for field in fields.values()):
        reason = warnings[0].reason if warnings else Reason.CARD_UNREADABLE
        return CardReading(
            ProviderOutcome.RETRY_PHOTO, reason, warnings=warnings, request_id=answer.log_id
        )
    return CardReading(
        ProviderOutcome.MATCH, fields=fields, warnings=warnings, request_id=answer.log_id
    )


def _side_shown(answer: IdCard, asked: str) -> str:
    if answer.image_status != "reversed_side":
        return asked
    return BACK if asked == FRONT else FRONT


def _warnings(answer: IdCard) -> tuple[CardWarning, ...]:
    quality = answer.card_quality
    found = (
        # A word we do not know is a doubt, not a pass.
        STATUS.get(answer.image_status, CardWarning.UNCLEAR),
        RISK.get(answer.risk_type, CardWarning.UNCLEAR),
        CardWarning.EDITED if answer.edit_tool else None,
        CardWarning.INCOMPLETE if quality and not quality.is_complete else None,
        CardWarning.COVERED if quality and not quality.is_not_covered else None,
        CardWarning.BLURRED if quality and not quality.is_clear else None,
        NUMBER_TYPE[answer.idcard_number_type][0]
        if answer.idcard_number_type in NUMBER_TYPE
        else None,
    )
    return tuple(dict.fromkeys(warning for warning in found if warning))


DOUBTFUL = frozenset(
    {
        CardWarning.BLURRED,
        CardWarning.OVER_EXPOSED,
        CardWarning.OVER_DARK,
        CardWarning.INCOMPLETE,
        CardWarning.COVERED,
        CardWarning.UNCLEAR,
        CardWarning.EDITED,
    }
)
"""Warnings after which each single field deserves a look."""


def _fields(
    answer: IdCard, names: Mapping[str, FieldName], warnings: tuple[CardWarning, ...]
) -> dict[FieldName, CardField]:
    doubt = Reason.FIELD_CHECK if DOUBTFUL.intersection(warnings) else None
    warning, suspects = NUMBER_TYPE.get(answer.idcard_number_type, (None, ()))
    fields = {}
    for theirs, ours in names.items():
        words = answer.words_result.get(theirs)
        text = NORMAL.get(ours, _compact)(words.words) if words else ""
        check = warning.reason if warning and ours in suspects else doubt
        fields[ours] = CardField(text, check if text else Reason.FIELD_MISSING)
    return fields


def _compact(text: str) -> str:
    return "".join(text.split())


def _number(text: str) -> str:
    return _compact(text).upper()


def _nation(text: str) -> str:
    return _compact(text).removesuffix("族")


def _date(text: str) -> str:
    """`YYYY-MM-DD`, `长期` as it stands, and what is neither as it was read."""
    match = re.fullmatch(r"(\d{4})\D?(\d{2})\D?(\d{2})日?", _compact(text), re.ASCII)
    return "-".join(match.groups()) if match else _compact(text)


NORMAL: Mapping[FieldName, Callable[[str], str]] = MappingProxyType(
    {
        FieldName.NUMBER: _number,
        FieldName.NATION: _nation,
        FieldName.BIRTH: _date,
        FieldName.VALID_FROM: _date,
        FieldName.VALID_TO: _date,
    }
)
