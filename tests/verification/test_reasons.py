"""Every reason has a sentence a worker can act on."""

import re

import pytest

from verification.ports import CardWarning
from verification.reasons import (
    GENERAL_REASON,
    SENTENCES,
    WAITING,
    ProviderOutcome,
    Reason,
    Refused,
)


def test_every_reason_has_one_sentence() -> None:
    assert set(SENTENCES) == set(Reason)
    assert len(set(SENTENCES.values())) == len(SENTENCES)


@pytest.mark.parametrize("reason", Reason)
def test_a_sentence_is_plain_chinese_and_says_what_next(reason: Reason) -> None:
    text = reason.sentence
    assert text.endswith("。") and text.count("。") >= 2
    assert "您" in text
    assert not re.search(r"[A-Za-z0-9]", text)
    assert not re.search(r"系统错误|参数|非法|操作失败|异常|校验", text)
    assert len(text) <= 50


@pytest.mark.parametrize("reason", Reason)
def test_a_code_is_subject_dot_what(reason: Reason) -> None:
    assert re.fullmatch(r"[a-z_]+\.[a-z_]+", reason.value)


def test_every_warning_and_outcome_has_a_reason() -> None:
    assert {warning.reason for warning in CardWarning} <= set(Reason)
    assert set(GENERAL_REASON) == set(ProviderOutcome)


def test_a_refusal_names_its_code_and_nothing_else() -> None:
    error = Refused(Reason.ID_NUMBER_CHECK_DIGIT)
    assert str(error) == "id_number.check_digit"
    assert error.code is Reason.ID_NUMBER_CHECK_DIGIT


def test_what_asks_to_wait_is_known_as_such() -> None:
    assert {reason for reason in Reason if "等" in reason.sentence} == WAITING
