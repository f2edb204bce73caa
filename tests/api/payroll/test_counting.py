"""A batch's counts follow its payments, whatever the bank says, in whatever order."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from api.integrations.bank import Outcome, Reason, Result
from api.payroll.models import BankBatch, BatchLine
from api.payroll.receiving import _apply, _Work
from api.payroll.rules import PaymentState, Verdict

LINES = 4
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
