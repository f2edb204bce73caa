"""What a bank says: of a request, by its codes, and of one payment, by result and reason."""

from dataclasses import dataclass
from enum import StrEnum, unique

from api.integrations.http import Klass, UpstreamError

SYSTEM = "bank"
LATER = "银行暂时连不上。系统会自动再发，不用重做。"
OUR_SIDE = "银行没有收下，我们正在处理。请先不要重做。"


@unique
class Outcome(StrEnum):
    """What became of one payment. RETURNED 退票: it had arrived, or seemed to, and came back."""

    SUCCESS = "SUCCESS"
    FAILED = "FAILED"
    RETURNED = "RETURNED"


@unique
class Reason(StrEnum):
    """Why a payment did not arrive, in our words for it; NONE for one that did."""

    NONE = ""
    CLOSED = "closed"
    NAME_DIFFERS = "name_differs"
    FROZEN = "frozen"
    UNKNOWN_CARD = "unknown_card"
    DORMANT = "dormant"
    LIMIT = "limit"
    REFUSED = "refused"
    OTHER = "other"


REASONS = {
    "": Reason.NONE,
    "ACCOUNT_CLOSED": Reason.CLOSED,
    "NAME_MISMATCH": Reason.NAME_DIFFERS,
    "ACCOUNT_FROZEN": Reason.FROZEN,
    "ACCOUNT_UNKNOWN": Reason.UNKNOWN_CARD,
    "ACCOUNT_DORMANT": Reason.DORMANT,
    "LIMIT_EXCEEDED": Reason.LIMIT,
    "OTHER": Reason.OTHER,
}
"""The bank's reasons; one that is not here is OTHER, so that no payment is lost for its word."""


def reason_of(code: str, outcome: Outcome) -> Reason:
    """Our word for the bank's reason of a payment that had that outcome."""
    if outcome is Outcome.SUCCESS:
        return Reason.NONE
    found = REASONS.get(code, Reason.OTHER)
    return Reason.OTHER if found is Reason.NONE else found


@dataclass(frozen=True, slots=True)
class Answer:
    """What a code of a request means for us. `permanent` None follows from the class."""

    code: str
    klass: Klass
    words: str
    permanent: bool | None = None


_CONFIGURATION, _INPUT, _UNAVAILABLE = Klass.CONFIGURATION, Klass.INPUT, Klass.UNAVAILABLE
ANSWERS: dict[str, Answer] = {
    "KEY_UNKNOWN": Answer("key_unknown", _CONFIGURATION, OUR_SIDE),
    "SIGNATURE_WRONG": Answer("signature_wrong", _CONFIGURATION, OUR_SIDE),
    # our clock or theirs is off
    "TIMESTAMP_EXPIRED": Answer("clock_off", _CONFIGURATION, OUR_SIDE, permanent=False),
    "NONCE_USED": Answer("nonce_used", _UNAVAILABLE, LATER),
    "PARAMETERS_WRONG": Answer("parameters_wrong", _CONFIGURATION, OUR_SIDE),
    # the same number with other contents: nothing was paid twice, somebody has to look
    "BATCH_CONFLICT": Answer("batch_conflict", _CONFIGURATION, OUR_SIDE),
    "BATCH_UNKNOWN": Answer("batch_unknown", _INPUT, "银行没有这个批次。请重新发起代发。"),
    "ACCOUNT_UNKNOWN": Answer(
        "account_unknown", _INPUT, "银行不认识付款账户。请核对专户账号，再发起代发。"
    ),
    "BALANCE_SHORT": Answer(
        "balance_short", _INPUT, "专户余额不够。请先把人工费转进专户，再发起代发。"
    ),
    "AGREEMENT_MISSING": Answer(
        "agreement_missing", _INPUT, "银行没有这个专户的代发协议。请和银行签好，再发起代发。"
    ),
    "BUSY": Answer("busy", _UNAVAILABLE, LATER),
}


def error_of(code: str) -> UpstreamError:
    """The error of a code. An unknown one alarms and is not tried again."""
    known = ANSWERS.get(code)
    if known is None:
        return UpstreamError(SYSTEM, "unknown_code", Klass.CONFIGURATION)
    return UpstreamError(SYSTEM, known.code, known.klass, permanent=known.permanent)


_WORDS = {row.code: row.words for row in ANSWERS.values()}


def words(code: str) -> str:
    """What an officer is told about a request's error, by our code."""
    return _WORDS.get(code, LATER)
