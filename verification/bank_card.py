"""Bank card numbers of persons: form, check digit, and a hint at the bank.

Corporate accounts follow no common rule and are not judged here.
"""

import re
import unicodedata
from dataclasses import dataclass, field

from stdnum import luhn

from verification.reasons import Reason, Refused

# First six digits -> three-digit bank code of the national wage interface. A few common debit-card
# ranges, to fill in the bank's name for the worker; never a reason to refuse a card.
BANK_HINTS = {
    "622202": "102",
    "621226": "102",
    "622848": "103",
    "622845": "103",
    "621661": "104",
    "621660": "104",
    "621700": "105",
    "622700": "105",
    "622260": "301",
    "622262": "301",
    "622690": "302",
    "622660": "303",
    "622630": "304",
    "622622": "305",
    "622568": "306",
    "622155": "307",
    "622588": "308",
    "622609": "308",
    "622909": "309",
    "622521": "310",
    "622188": "403",
    "621799": "403",
}

_FORM = re.compile(r"[1-9][0-9]{11,18}")


@dataclass(frozen=True, slots=True)
class BankCard:
    """A card number of the right form.

    bank_hint: three-digit bank code guessed from the first six digits, or None. Only a hint.
    """

    number: str = field(repr=False)
    bank_hint: str | None

    @property
    def last_four(self) -> str:
        """The digits a person recognises the card by."""
        return self.number[-4:]


def parse(text: str) -> BankCard:
    """The card number in `text`; raises `Refused` with the reason.

    12 to 19 digits, not starting with 0, last one the Luhn check digit (ISO/IEC 7812-1); full-width
    digits, spaces and dashes are accepted. Any one changed digit is refused.

    Example: `parse("6217 0000 0000 0000 004").bank_hint` is "105" (建设银行).
    """
    number = re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text))
    if not _FORM.fullmatch(number):
        raise Refused(Reason.BANK_CARD_FORMAT)
    if not luhn.is_valid(number):
        raise Refused(Reason.BANK_CARD_CHECK_DIGIT)
    return BankCard(number, BANK_HINTS.get(number[:6]))
