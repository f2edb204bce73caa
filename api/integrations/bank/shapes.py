"""What goes to the bank and what comes back, the same by request and by file."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from api.integrations.bank.outcomes import Outcome, Reason

MOST_LINES = 1000
"""Lines of one batch: banks take so many at once, and so many fit into memory whole."""


@dataclass(frozen=True, slots=True)
class Payee:
    """One payment of a batch: to whom, which card, how much. seq: from 1, its name in results."""

    seq: int
    name: str = field(repr=False)
    card: str = field(repr=False)
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Order:
    """A batch as it goes to the bank. account: number of the account that pays."""

    number: str
    account: str = field(repr=False)
    payees: Sequence[Payee] = field(repr=False)

    @property
    def total_fen(self) -> int:
        """The sum of its payments."""
        return sum(each.amount_fen for each in self.payees)

    @property
    def digest(self) -> str:
        """SHA-256 of exactly what is asked for: a repeat of the number must say the same."""
        lines = [f"{self.number},{self.account}"]
        lines += [f"{p.seq},{p.name},{p.card},{p.amount_fen}" for p in self.payees]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Accepted:
    """The bank has the batch. `repeated`: it had it before."""

    number: str
    repeated: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a batch is at the bank: payments that arrived, and that did not."""

    number: str
    done: bool
    paid: int
    failed: int


@dataclass(frozen=True, slots=True)
class Result:
    """What the bank says of one payment. reference: its own number of that payment."""

    batch: str
    seq: int
    amount_fen: int
    outcome: Outcome
    reason: Reason
    reference: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ResultPage:
    """Results after a place, oldest first. `next`: the place after them; digest: of the page."""

    results: tuple[Result, ...]
    next: int
    more: bool
    digest: str


@dataclass(frozen=True, slots=True)
class Balance:
    """What an account holds at an instant."""

    balance_fen: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One movement on an account, signed, with the bank's reference."""

    amount_fen: int
    reference: str
    at: datetime
