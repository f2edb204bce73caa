"""A sheet drawn by dice and what a bank makes of it, by the pure rules alone."""

import random
from collections.abc import Sequence

from api.integrations.bank import Outcome
from api.payroll.rules import UNPAID, PaymentState, Verdict, judge, pay_state
from api.wages.rules import PAY_STEPS, Bucket, PayState, Sums
from tests.api.wages.test_reckoning import drawn, whole

FEW, MANY, LONG = 8, 60, 0.02
"""Lines of most sheets and of the long ones at most, and how many sheets are long."""
OUTCOMES = list(Outcome)


class Counting:
    """A sheet whose lines are paid: where each one's money is, and the three sums beside it."""

    def __init__(self, nets_fen: Sequence[int]) -> None:
        self.nets_fen = nets_fen
        self.states = [PayState.WAITING] * len(nets_fen)
        self.total_fen = sum(nets_fen)
        self.sums = Sums(pending_fen=self.total_fen)

    def move(self, line: int, then: PayState) -> None:
        """The line's money is there now; the sums follow and are still the total."""
        before = self.states[line]
        assert then in PAY_STEPS[before]
        self.states[line] = then
        self.sums = self.sums.moved(before, then, self.nets_fen[line])
        assert self.sums.total_fen == self.total_fen

    def pay(self, line: int, said: Sequence[Outcome]) -> None:
        """A payment of the line, and what the bank says of it."""
        again = self.states[line] is not PayState.WAITING
        self.move(line, PayState.SENT)
        payment = PaymentState.WAITING
        for outcome in said:
            verdict, payment = judge(payment, outcome)
            if verdict is Verdict.APPLIED:
                self.move(line, pay_state(payment, again=again))

    def require_whole(self) -> None:
        """Each of the sums is what its lines come to."""
        found = dict.fromkeys(Bucket, 0)
        for net_fen, state in zip(self.nets_fen, self.states, strict=True):
            found[state.bucket] += net_fen
        said = (self.sums.pending_fen, self.sums.paid_fen, self.sums.failed_fen)
        assert said == (found[Bucket.PENDING], found[Bucket.PAID], found[Bucket.FAILED])
        assert sum(said) == self.total_fen and min(said) >= 0


def sheet(dice: random.Random) -> Counting:
    """A sheet, each line whole, whose lines are paid up to three times. AssertionError else."""
    lines = dice.randint(FEW + 1, MANY) if dice.random() < LONG else dice.randint(1, FEW)
    made = Counting([whole(*drawn(dice)) for _ in range(lines)])
    for line, net_fen in enumerate(made.nets_fen):
        for _ in range(dice.randrange(4) if net_fen else 0):
            if made.states[line] in UNPAID:
                made.pay(line, dice.choices(OUTCOMES, k=dice.randrange(5)))
    made.require_whole()
    return made
