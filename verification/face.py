"""What a face provider's score means, and what happens after a try that failed.

Scores are never shown or kept: they become a `Band` on the provider's own scale, since the same
figure stands for different error rates at each vendor. Nobody is punished for a face that will
not be recognised (dust, sweat, an old card photo): after a few tries another way of equal
standing is offered, and a face alone never refuses anyone but for plainly being another person's.
"""

from dataclasses import dataclass
from enum import StrEnum, unique

from verification.ports import Band
from verification.reasons import ProviderOutcome, Reason

MAX_TRIES = 3  # then the other way


@dataclass(frozen=True, slots=True)
class Scale:
    """A provider's two thresholds: under `low` is LOW, from `high` on HIGH, between them MIDDLE.

    version: names the provider and the figures in force, to be kept with the result.
    """

    low: float
    high: float
    version: str

    def __post_init__(self) -> None:
        """Refuses thresholds that are not in order, or not numbers."""
        if not self.low <= self.high:
            raise ValueError("thresholds are not in order")


# person/verify V4: 80 of 100 is the vendor's line (one false acceptance in 10,000). The lower line
# is our choice: under it the pictures are plainly two people's, between the two a person looks.
BAIDU_PERSON_VERIFY = Scale(low=60.0, high=80.0, version="baidu-person-verify 60/80")


def live_scale(frr_1e_3: float, frr_1e_2: float) -> Scale:
    """The scale of single-image liveness from the thresholds that came with the answer.

    Baidu faceverify returns them with each answer and may change them. The usual line
    (`frr_1e-3`, example 0.3) lets one replayed picture in ten pass, so that only the stricter one
    (`frr_1e-2`, example 0.9, two to three in a hundred) passes unseen.
    """
    version = f"baidu-faceverify {frr_1e_3:g}/{frr_1e_2:g}"
    return Scale(low=frr_1e_3, high=frr_1e_2, version=version)


def band(score: float, scale: Scale) -> Band:
    """Where `score` lies. A threshold itself belongs to the band above it; NaN is LOW."""
    if score >= scale.high:
        return Band.HIGH
    return Band.MIDDLE if score >= scale.low else Band.LOW


def live_outcome(found: Band) -> tuple[ProviderOutcome, Reason | None]:
    """Outcome and reason of a liveness answer in this band."""
    if found is Band.LOW:
        return ProviderOutcome.MISMATCH, Reason.FACE_NOT_LIVE
    return ProviderOutcome.MATCH, Reason.FACE_DOUBTFUL if found is Band.MIDDLE else None


def match_outcome(found: Band) -> tuple[ProviderOutcome, Reason | None]:
    """Outcome and reason of a comparison of a selfie with the register's photo in this band."""
    if found is Band.LOW:
        return ProviderOutcome.MISMATCH, Reason.IDENTITY_OTHER_PERSON
    return ProviderOutcome.MATCH, Reason.IDENTITY_DOUBTFUL if found is Band.MIDDLE else None


@unique
class NextStep(StrEnum):
    """What the person is offered after a failed try."""

    RETAKE = "retake"
    WAIT = "wait"
    OTHER_WAY = "other_way"


def next_step(outcome: ProviderOutcome, tries: int) -> NextStep:
    """What to offer after try number `tries` (1 is the first) ended in `outcome`.

    A bad picture or a face taken for a picture may be retaken, until `MAX_TRIES` are used up. What
    is the provider's or our fault does not use the person's patience: wait. Everything else, and
    the last try, leads to the other way; it may also be chosen at any time.
    """
    if outcome in (ProviderOutcome.UNAVAILABLE, ProviderOutcome.MISCONFIGURED):
        return NextStep.WAIT
    may_retake = outcome in (ProviderOutcome.RETRY_PHOTO, ProviderOutcome.MISMATCH)
    return NextStep.RETAKE if may_retake and tries < MAX_TRIES else NextStep.OTHER_WAY
