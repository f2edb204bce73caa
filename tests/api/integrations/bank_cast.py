"""Orders and receipts of the bank's tests. The cards are invented; their check digits are right."""

from datetime import datetime

from api.integrations.bank import Order, Outcome, Payee, Reason, Result
from api.kit import clock

ACCOUNT = "5101990000000000123"
CARDS = ("6217000000000000004", "6222020000000000006", "6228480000000000008")
NUMBER = "PL202611290001"
NOON = datetime(2026, 11, 29, 12, tzinfo=clock.BEIJING)


def order(number: str = NUMBER, lines: int = 3, account: str = ACCOUNT) -> Order:
    payees = [
        Payee(seq, f"样例{'甲乙丙'[(seq - 1) % 3]}", CARDS[(seq - 1) % 3], 548_000 + seq)
        for seq in range(1, lines + 1)
    ]
    return Order(number, account, payees)


def result(seq: int = 1, outcome: Outcome = Outcome.SUCCESS, number: str = NUMBER) -> Result:
    reason = Reason.NONE if outcome is Outcome.SUCCESS else Reason.CLOSED
    return Result(number, seq, 548_000 + seq, outcome, reason, f"BK{seq:012d}", NOON)
