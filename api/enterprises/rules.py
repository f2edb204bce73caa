"""What is true of enterprises: when two names are one, what is doubtful, which step may follow."""

import re
import unicodedata
from enum import StrEnum, unique

from api.enterprises.models import State


@unique
class Doubt(StrEnum):
    """Why a person must look at an application."""

    NAME_DIFFERS = "name_differs"
    LEGAL_PERSON_DIFFERS = "legal_person_differs"
    NAME_IN_USE = "name_in_use"
    DISPUTED = "disputed"

    @property
    def sentence(self) -> str:
        """What the applicant reads."""
        return SENTENCES[self]


SENTENCES = {
    Doubt.NAME_DIFFERS: (
        "填的企业名称和登记机关的不一样。请对照营业执照核对，没有错就请等人工复核。"
    ),
    Doubt.LEGAL_PERSON_DIFFERS: (
        "填的法定代表人和登记机关的不一样。请对照营业执照核对，没有错就请等人工复核。"
    ),
    Doubt.NAME_IN_USE: "另一家企业用了同样的名称。请核对名称和信用代码，没有错就请等人工复核。",
    Doubt.DISPUTED: "有别人用同一个信用代码提交了不同的名称。请等人工复核，备好营业执照原件。",
}


@unique
class Decision(StrEnum):
    """What an officer decides."""

    VERIFY = "verify"
    REFUSE = "refuse"
    FREEZE = "freeze"
    RESTORE = "restore"
    ANNUL = "annul"


STEPS: dict[tuple[State, Decision], State] = {
    (State.SUBMITTED, Decision.VERIFY): State.VERIFIED,
    (State.SUBMITTED, Decision.REFUSE): State.REFUSED,
    (State.REVIEW, Decision.VERIFY): State.VERIFIED,
    (State.REVIEW, Decision.REFUSE): State.REFUSED,
    (State.VERIFIED, Decision.FREEZE): State.FROZEN,
    (State.VERIFIED, Decision.ANNUL): State.ANNULLED,
    (State.FROZEN, Decision.RESTORE): State.VERIFIED,
    (State.FROZEN, Decision.ANNUL): State.ANNULLED,
}
"""Which decision leads from where to where (domain 7.2); every other one is refused."""


def possible(state: State) -> tuple[Decision, ...]:
    """The decisions open in a state."""
    return tuple(decision for before, decision in STEPS if before is state)


def name_key(name: str) -> str:
    """The form in which names of enterprises are compared: half-width, without any blank."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", name)).casefold()
