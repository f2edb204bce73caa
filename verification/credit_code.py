"""The unified social credit code of enterprises and other bodies (GB 32100-2015)."""

import re
import unicodedata
from dataclasses import dataclass

from stdnum.cn import uscc

from verification.reasons import Reason, Refused

# Registering authority (first character) and kind of body (second); GB 32100-2015 table 1 and
# its later supplements for agriculture (N) and the army (A).
REGISTRIES = {
    "11": "机关",
    "12": "事业单位",
    "13": "编办直接管理的群众团体",
    "19": "机构编制其他",
    "51": "社会团体",
    "52": "民办非企业单位",
    "53": "基金会",
    "59": "民政其他",
    "81": "基层工会",
    "89": "工会其他",
    "91": "企业",
    "92": "个体工商户",
    "93": "农民专业合作社",
}
AUTHORITIES = frozenset("123456789ANY")

_FORM = re.compile(r"[0-9A-HJ-NP-RTUWXY]{18}")
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True, slots=True)
class CreditCode:
    """A credit code whose form and both check characters are right.

    registry: first two characters; its name is in `REGISTRIES` when it is a common one.
    region_code: six digits of the registering authority's region; 100000 is the state itself.
    organisation_code: nine characters, the body's own code (GB 11714) with its check character.
    """

    number: str
    registry: str
    region_code: str
    organisation_code: str


def parse(text: str) -> CreditCode:
    """The code in `text`, normalised; raises `Refused` with the reason.

    Accepted: small letters, full-width characters, spaces, dashes. Checked, in this order: 18
    characters without I O S V Z, a known authority and a numeric region, the check character of the
    whole (weights 3^i mod 31), that of the organisation code (mod 11). Any one changed
    character is refused.

    Example: `parse("9151 0100 MA60 A0B1 0K").region_code` is "510100".
    """
    number = re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text).upper())
    if not _FORM.fullmatch(number):
        raise Refused(Reason.CREDIT_CODE_FORMAT)
    if number[0] not in AUTHORITIES or not number[2:8].isdecimal():
        raise Refused(Reason.CREDIT_CODE_REGISTRY)
    if uscc.calc_check_digit(number[:17]) != number[17]:
        raise Refused(Reason.CREDIT_CODE_CHECK)
    if organisation_check(number[8:16]) != number[16]:
        raise Refused(Reason.CREDIT_CODE_ORGANISATION)
    return CreditCode(number, number[:2], number[2:8], number[8:17])


def organisation_check(body: str) -> str:
    """The check character of the eight characters of an organisation code (GB 11714-1997).

    Digits count as themselves, A to Z as 10 to 35; 10 is written X. Example: "MA60A0B1" has "0".
    """
    total = sum(int(char, 36) * w for char, w in zip(body, _ORGANISATION_WEIGHTS, strict=True))
    check = (11 - total % 11) % 11
    return "X" if check == 10 else str(check)
