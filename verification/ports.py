"""What the product asks of outside providers, and the typed answers they must give.

An adapter never raises for what a provider says, is too busy to say, or fails to say: every
answer has a `ProviderOutcome` and, unless the outcome is `MATCH`, a `Reason`. A score stays inside
the adapter: it leaves as a `Band` (see `face.band`), because "80" means something else at each
vendor and is no business of the person's or of an attacker's.
Values that are personal data are left out of every repr.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum, unique
from typing import Protocol

from verification.reasons import ProviderOutcome, Reason


@unique
class ProviderKind(StrEnum):
    """How strong a provider's word is.

    `AUTHORITY` compares with the population register (or a loopback emulator of such a service);
    only its word can end in "verified" without a person looking. `LOCAL` knows rules alone: a
    number with the right check digit may still be false. `MANUAL` is two officers.
    """

    AUTHORITY = "authority"
    LOCAL = "local"
    MANUAL = "manual"


@unique
class Band(StrEnum):
    """Where a score lies on its provider's own scale: under, between or over its two thresholds."""

    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"


@unique
class FieldName(StrEnum):
    """The printed fields of a second-generation resident ID card, both sides."""

    NAME = "name"
    SEX = "sex"
    NATION = "nation"
    BIRTH = "birth"
    ADDRESS = "address"
    NUMBER = "number"
    ISSUER = "issuer"
    VALID_FROM = "valid_from"
    VALID_TO = "valid_to"


@unique
class CardWarning(StrEnum):
    """What is or may be wrong with the photo of a card. Each has a `Reason` card.<value>."""

    COPY = "copy"
    TEMPORARY = "temporary"
    SCREEN = "screen"
    BLURRED = "blurred"
    OVER_EXPOSED = "over_exposed"
    OVER_DARK = "over_dark"
    INCOMPLETE = "incomplete"
    COVERED = "covered"
    REVERSED_SIDE = "reversed_side"
    NON_ID_CARD = "non_id_card"
    OTHER_CARD = "other_card"
    EDITED = "edited"
    NUMBER_INVALID = "number_invalid"
    NUMBER_MISMATCH = "number_mismatch"
    UNCLEAR = "unclear"
    UNREADABLE = "unreadable"

    @property
    def reason(self) -> Reason:
        """The reason, and so the sentence, that belongs to this warning."""
        return Reason(f"card.{self.value}")


@dataclass(frozen=True, slots=True)
class CardField:
    """One field as read from the card.

    text: normalised: dates `YYYY-MM-DD`, an unlimited validity `长期`, sex `男` or `女`, nation
        without `族`, number without spaces and with a capital X; empty when not read.
    check: why the worker should look at this field again, or None when the reader is sure.
    """

    text: str = field(repr=False)
    check: Reason | None = None


@dataclass(frozen=True, slots=True)
class CardReading:
    """What was read from one or both sides of a card.

    outcome: MATCH = something was read; RETRY_PHOTO, UNAVAILABLE or MISCONFIGURED otherwise.
    fields: only the sides that were sent; keys that are absent were not asked for or not found.
    request_id: the provider's own id of the call, for tracing; empty when there was none.
    """

    outcome: ProviderOutcome
    reason: Reason | None = None
    fields: Mapping[FieldName, CardField] = field(default_factory=dict)
    warnings: tuple[CardWarning, ...] = ()
    request_id: str = ""


@dataclass(frozen=True, slots=True)
class LiveAnswer:
    """Whether a selfie shows one living person in front of the lens.

    outcome: MATCH, MISMATCH (reason FACE_NOT_LIVE), RETRY_PHOTO, UNAVAILABLE or MISCONFIGURED.
        A score in the middle band is MATCH with `reason` FACE_DOUBTFUL: a person looks at it.
    threshold_version: which thresholds were in force, e.g. "baidu-faceverify 0.3/0.9".
    """

    outcome: ProviderOutcome
    reason: Reason | None = None
    band: Band | None = None
    request_id: str = ""
    threshold_version: str = ""


@dataclass(frozen=True, slots=True)
class IdentityAnswer:
    """Whether name, number and (if sent) face belong to one person.

    outcome: any. MISMATCH carries IDENTITY_NAME_NUMBER (name and number do not agree) or
        IDENTITY_OTHER_PERSON (face in the low band); a middle band is MATCH with
        IDENTITY_DOUBTFUL: a person looks at it.
    band: of the comparison of faces; None when no selfie was sent, and then never enough to verify
        somebody who did not decline the face check. A provider that only says yes gives HIGH.
    """

    outcome: ProviderOutcome
    kind: ProviderKind
    reason: Reason | None = None
    band: Band | None = None
    request_id: str = ""
    threshold_version: str = ""


class CardReader(Protocol):
    """Reads the photos of a resident ID card."""

    async def read(self, front: bytes | None, back: bytes | None) -> CardReading:
        """The fields of the sides that were sent; front is the side with the portrait."""
        ...


class FaceCheck(Protocol):
    """Tells a living face from a picture of one."""

    async def live(self, selfie: bytes) -> LiveAnswer:
        """Whether `selfie` was taken of a living person."""
        ...


class IdentityCheck(Protocol):
    """Asks whether a name and number, and perhaps a face, are one person's."""

    @property
    def kind(self) -> ProviderKind:
        """How strong this provider's word is."""
        ...

    async def match(
        self,
        name: str,
        number: str,
        selfie: bytes | None,
        valid_from: date | None,
        valid_to: date | None,
    ) -> IdentityAnswer:
        """The provider's word on the person.

        selfie: None when the person declined the face check; then only name and number count.
        valid_from, valid_to: dates of the card; both None when not known; `valid_to` None with a
            `valid_from` means unlimited (长期).
        """
        ...
