"""Every reason and fault has a plain Chinese sentence that says what to do."""

import re

import pytest

from geofence.decision import Judgement, Policy, Reason, Verdict, judge
from geofence.faults import FenceFault, FenceRefused, Spot
from geofence.sentences import (
    FENCE_SENTENCES,
    SENTENCES,
    fence_sentence,
    length_in_words,
    verdict_sentence,
)
from tests.geofence.places import CHENGDU, NOON, circle_fence, fix_at, moved

FORBIDDEN = re.compile(r"[A-Za-z{}]|系统错误|参数非法|操作失败|非法|无效")


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_sentence(reason: Reason) -> None:
    judgement = Judgement(
        verdict=Verdict.UNCERTAIN, reasons=(reason,), distance_m=320.2, accuracy_m=800
    )
    sentence = verdict_sentence(judgement)
    assert sentence.endswith("。") and not FORBIDDEN.search(sentence)
    assert set(SENTENCES) == set(Reason)


@pytest.mark.parametrize("fault", FenceFault)
@pytest.mark.parametrize("spot", [Spot(), Spot(part=0), Spot(part=1, ring=2, vertex=3)])
def test_every_fault_has_a_sentence(fault: FenceFault, spot: Spot) -> None:
    sentence = fence_sentence(FenceRefused(fault, spot))
    assert sentence.endswith("。") and not FORBIDDEN.search(sentence)
    assert set(FENCE_SENTENCES) == set(FenceFault)


def test_says_what_the_worker_reads() -> None:
    site = circle_fence(CHENGDU, 100)

    def said(east_m: float, accuracy_m: float) -> str:
        fix = fix_at(moved(CHENGDU, east_m=east_m, north_m=0), accuracy_m)
        return verdict_sentence(judge(fix, [site], Policy(), NOON))

    assert said(0, 10) == "您在工地范围内。"
    assert said(120, 10).startswith("您就在工地旁边，离边线 20 米。")
    assert said(200, 150) == "定位误差约 150 米，您就在工地附近。已记下，不用重打。"
    assert re.fullmatch(r"离工地还有 4\d\d 米。已记下，等班长核对。", said(540, 10))
    assert said(8100, 10) == "离工地还有 8 公里。已记下，等班长核对。"
    assert said(0, 800).startswith("定位误差约 800 米，太大了。走到空旷处再试，")


@pytest.mark.parametrize(
    ("metres", "words"),
    [
        (0, "不到 1 米"),
        (0.99, "不到 1 米"),
        (1, "1 米"),
        (320.4, "320 米"),
        (999.6, "1,000 米"),
        (1000.4, "1,000 米"),
        (1000.6, "1 公里"),
        (1049, "1 公里"),
        (1260, "1.3 公里"),
        (9949, "9.9 公里"),
        (9960, "10 公里"),
        (12_345, "12 公里"),
        (1_236_000, "1,236 公里"),
        (-35, "35 米"),
    ],
)
def test_lengths_in_words(metres: float, words: str) -> None:
    assert length_in_words(metres) == words
