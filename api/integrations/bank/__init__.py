"""A bank that pays wages out of special accounts: `BankClient`, its codes, and its file format.

The protocol (signed JSON over HTTPS) is written down in `client`; a bank without it takes and
gives the files of `files`. A bank with another protocol gets a folder of its own beside this one,
with the same calls.
"""

from api.integrations.bank.client import BankClient, BankConfig
from api.integrations.bank.outcomes import Outcome, Reason, words
from api.integrations.bank.shapes import (
    Accepted,
    Balance,
    Entry,
    Order,
    Payee,
    Result,
    ResultPage,
    Standing,
)

__all__ = [
    "Accepted",
    "Balance",
    "BankClient",
    "BankConfig",
    "Entry",
    "Order",
    "Outcome",
    "Payee",
    "Reason",
    "Result",
    "ResultPage",
    "Standing",
    "words",
]
