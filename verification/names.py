"""Names of persons as identity documents print them."""

import re

from verification.reasons import Reason, Refused

MAX_LENGTH = 50
DOT = "·"  # U+00B7, the separator in GA/T and GB names of minorities and foreigners

# What keyboards, OCR and other systems put where the dot belongs.
_DOTS = re.compile("[·•‧∙⋅⸱・･ᐧ●]")
_PLAIN_DOTS = re.compile("[.．]")  # also full stops, but only between Chinese characters

# Unified ideographs with extensions A to I, the compatibility blocks and 〇.
_HAN = (
    "〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0002a6df\U0002a700-\U0002ee5d\U0002f800-\U0002fa1f\U00030000-\U000323af"
)
_CHINESE = re.compile(f"[{_HAN}]+(?:{DOT}[{_HAN}]+)*")
_LETTER = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
_LATIN = re.compile(f"[{_LETTER}]+(?:[ '’.,{DOT}-]+[{_LETTER}]+)*[.]?")


def parse(text: str, *, latin: bool = False) -> str:
    """The name in `text` with every dot written `·` (U+00B7); raises `Refused` with the reason.

    1 to 50 characters after outer spaces are dropped, counted as a person counts them (an ideograph
    outside the basic plane is one). A Chinese name has ideographs, rare ones (extensions
    A to I) included, and single dots between them: no spaces, digits or Latin letters. With `latin`
    (holders of foreign documents) a name in Latin letters is right too; inner spaces are squeezed.

    Example: `parse("买买提•吐尔逊")` is "买买提·吐尔逊".
    """
    name = text.strip()
    if not 1 <= len(name) <= MAX_LENGTH:
        raise Refused(Reason.NAME_LENGTH)
    chinese = _dotted(name)
    if _CHINESE.fullmatch(chinese):
        return chinese
    squeezed = " ".join(name.split())
    if latin and _LATIN.fullmatch(squeezed):
        return squeezed
    raise Refused(Reason.NAME_CHARACTERS)


def same_name(first: str, second: str) -> bool:
    """Whether two spellings are one name: spaces, dot variants and the case of letters aside.

    Empty names are the same as nothing, not even each other.
    """
    left, right = _folded(first), _folded(second)
    return bool(left) and left == right


def _dotted(text: str) -> str:
    return _PLAIN_DOTS.sub(DOT, _DOTS.sub(DOT, text))


def _folded(text: str) -> str:
    return "".join(_dotted(text).split()).casefold()
