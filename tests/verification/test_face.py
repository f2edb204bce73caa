"""Bands of scores, and what is offered after a failed try."""

import pytest

from verification.face import (
    BAIDU_PERSON_VERIFY,
    NextStep,
    Scale,
    band,
    live_outcome,
    live_scale,
    match_outcome,
    next_step,
)
from verification.ports import Band
from verification.reasons import ProviderOutcome, Reason


@pytest.mark.parametrize(
    ("score", "found"),
    [
        (100.0, Band.HIGH),
        (80.0, Band.HIGH),
        (79.99, Band.MIDDLE),
        (60.0, Band.MIDDLE),
        (59.99, Band.LOW),
        (0.0, Band.LOW),
        (float("nan"), Band.LOW),
    ],
)
def test_a_threshold_belongs_to_the_band_above(score: float, found: Band) -> None:
    assert band(score, BAIDU_PERSON_VERIFY) is found


def test_the_usual_line_of_liveness_is_not_enough_unseen() -> None:
    scale = live_scale(0.3, 0.9)
    assert scale.version == "baidu-faceverify 0.3/0.9"
    assert live_outcome(band(0.5, scale)) == (ProviderOutcome.MATCH, Reason.FACE_DOUBTFUL)
    assert live_outcome(band(0.95, scale)) == (ProviderOutcome.MATCH, None)
    assert live_outcome(band(0.1, scale)) == (ProviderOutcome.MISMATCH, Reason.FACE_NOT_LIVE)


def test_a_comparison_by_band() -> None:
    assert match_outcome(Band.HIGH) == (ProviderOutcome.MATCH, None)
    assert match_outcome(Band.MIDDLE) == (ProviderOutcome.MATCH, Reason.IDENTITY_DOUBTFUL)
    assert match_outcome(Band.LOW) == (ProviderOutcome.MISMATCH, Reason.IDENTITY_OTHER_PERSON)


@pytest.mark.parametrize(("low", "high"), [(0.9, 0.3), (float("nan"), 1.0)])
def test_thresholds_out_of_order_are_refused(low: float, high: float) -> None:
    with pytest.raises(ValueError, match="order"):
        Scale(low, high, "x")


@pytest.mark.parametrize(
    ("outcome", "steps"),
    [
        (ProviderOutcome.RETRY_PHOTO, (NextStep.RETAKE, NextStep.RETAKE, NextStep.OTHER_WAY)),
        (ProviderOutcome.MISMATCH, (NextStep.RETAKE, NextStep.RETAKE, NextStep.OTHER_WAY)),
        (ProviderOutcome.UNAVAILABLE, (NextStep.WAIT,) * 3),
        (ProviderOutcome.MISCONFIGURED, (NextStep.WAIT,) * 3),
        (ProviderOutcome.NO_PHOTO, (NextStep.OTHER_WAY,) * 3),
        (ProviderOutcome.NOT_FOUND, (NextStep.OTHER_WAY,) * 3),
    ],
)
def test_three_tries_then_the_other_way(
    outcome: ProviderOutcome, steps: tuple[NextStep, ...]
) -> None:
    assert tuple(next_step(outcome, tries) for tries in (1, 2, 3)) == steps
    assert next_step(outcome, 4) is steps[-1]
