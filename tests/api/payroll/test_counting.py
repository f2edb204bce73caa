"""Counts follow payments, whatever the bank says, in whatever order: a batch's and a sheet's."""

import random
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.integrations.bank import Outcome, Reason, Result
from api.payroll.models import BankBatch, BatchLine
from api.payroll.receiving import _apply, _Work
from api.payroll.rules import PaymentState, Verdict
from api.wages.rules import PayState, Sums
from tests.api.payroll import counted
from tests.api.payroll.counted import Counting

LINES = 4
SHEETS = 20_000
NUMBER = "PL2026112900000001"
SAID = st.tuples(st.integers(1, LINES + 1), st.sampled_from(Outcome), st.sampled_from([0, 0, 0, 1]))


def result(seq: int, outcome: Outcome, off_fen: int) -> Result:
    at = datetime(2026, 11, 29, tzinfo=UTC)
    return Result(NUMBER, seq, 100 * seq + off_fen, outcome, Reason.NONE, f"BK{seq}", at)


@given(st.lists(SAID, max_size=30))
def test_counts_are_what_the_payments_say(said: list[tuple[int, Outcome, int]]) -> None:
    batch = BankBatch(number=NUMBER, lines=LINES)
    lines = {
        seq: BatchLine(seq=seq, amount_fen=100 * seq, again=False) for seq in range(1, LINES + 1)
    }
    work = _Work(batch, lines)
    for each in said:
        _apply(work, result(*each))
    arrived = [line for line in lines.values() if line.state is PaymentState.SUCCEEDED]
    ended = [line for line in lines.values() if line.state is not PaymentState.WAITING]
    assert batch.arrived == len(arrived)
    assert batch.arrived_fen == sum(line.amount_fen for line in arrived)
    assert batch.arrived + batch.failed == len(ended) <= LINES
    # Nothing the bank says is lost: it moved a payment, was known, or waits for a person.
    assert len(work.rows) == len(said)
    assert all((row.why is not None) is (row.verdict is Verdict.CONTRADICTS) for row in work.rows)


def test_a_count_that_forgot_returns_would_be_seen() -> None:
    batch = BankBatch(number=NUMBER, lines=1)
    work = _Work(batch, {1: BatchLine(seq=1, amount_fen=100, again=False)})
    for outcome in (Outcome.SUCCESS, Outcome.RETURNED):
        _apply(work, result(1, outcome, 0))
    assert (batch.arrived, batch.arrived_fen, batch.failed) == (0, 0, 1)


def test_twenty_thousand_sheets_are_whole() -> None:
    dice, ends = random.Random(20261031), set[PayState]()
    for _ in range(SHEETS):
        ends.update(counted.sheet(dice).states)
    assert ends == set(PayState)


@pytest.mark.parametrize("sums", [Sums(1, 99), Sums(0, 101), Sums(0, 99), Sums(-1, 101)])
def test_a_fen_astray_would_be_seen(sums: Sums) -> None:
    sheet = Counting([60, 40])
    for line in (0, 1):
        sheet.pay(line, [Outcome.SUCCESS])
    sheet.require_whole()
    sheet.sums = sums
    with pytest.raises(AssertionError):
        sheet.require_whole()
