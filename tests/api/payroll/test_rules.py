"""Receipts of one payment end in one state, in whatever order and however often they come."""

import itertools
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.integrations.bank import Outcome
from api.payroll.rules import PaymentState, Verdict, judge, new_number, pay_state
from api.wages.rules import PAY_STEPS, PayState

TRUE_STORIES = {
    (Outcome.SUCCESS,): PaymentState.SUCCEEDED,
    (Outcome.FAILED,): PaymentState.FAILED,
    (Outcome.SUCCESS, Outcome.RETURNED): PaymentState.RETURNED,
    (Outcome.RETURNED,): PaymentState.RETURNED,
}


def after(receipts: list[Outcome]) -> tuple[PaymentState, list[Verdict]]:
    state, verdicts = PaymentState.WAITING, []
    for outcome in receipts:
        verdict, state = judge(state, outcome)
        verdicts.append(verdict)
    return state, verdicts


@given(st.sampled_from(list(TRUE_STORIES)), st.data())
def test_order_and_repetition_change_nothing(
    story: tuple[Outcome, ...], data: st.DataObject
) -> None:
    more = data.draw(st.lists(st.sampled_from(story), max_size=6))
    mixed = data.draw(st.permutations([*story, *more]))
    state, verdicts = after(mixed)
    assert state is TRUE_STORIES[story]
    assert Verdict.CONTRADICTS not in verdicts


@pytest.mark.parametrize("pair", list(itertools.permutations(Outcome, 2)))
def test_what_cannot_both_be_true_contradicts(pair: tuple[Outcome, Outcome]) -> None:
    _, verdicts = after(list(pair))
    impossible = Outcome.FAILED in pair
    assert (Verdict.CONTRADICTS in verdicts) is impossible


@given(st.lists(st.sampled_from(Outcome), max_size=8))
def test_a_contradiction_moves_nothing_and_money_moves_as_wages_allow(
    receipts: list[Outcome],
) -> None:
    state, line = PaymentState.WAITING, PayState.SENT
    for outcome in receipts:
        verdict, then = judge(state, outcome)
        assert (then is state) is (verdict is not Verdict.APPLIED)
        if verdict is Verdict.APPLIED:
            moved = pay_state(then, again=False)
            assert moved in PAY_STEPS[line]
            line = moved
        state = then


def test_a_number_tells_its_day() -> None:
    assert re.fullmatch(r"PL20261129\d{8}", new_number(date(2026, 11, 29)))
