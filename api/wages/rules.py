"""Where wage sheets and their lines stand, and which act leads on (domain 7.1). Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, unique

from api.codes.workdays import Calendar

ANSWER_DAYS = 5
"""Working days in which an objection is answered; our choice, as for complaints."""


@unique
class SheetKind(StrEnum):
    """What a sheet pays."""

    MONTHLY = "monthly"
    SETTLEMENT = "settlement"
    BACK_PAY = "back_pay"


@unique
class SheetState(StrEnum):
    """Where a sheet stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    AUDITED = "audited"
    RECHECKED = "rechecked"
    RELEASED = "released"
    PAYING = "paying"
    PARTLY_PAID = "partly_paid"
    PAID = "paid"
    ARCHIVED = "archived"
    VOID = "void"

    @property
    def corrected(self) -> bool:
        """Whether amounts may still change: what was released never does (GY-9)."""
        return self in (SheetState.DRAFT, SheetState.SUBMITTED)

    @property
    def returned(self) -> bool:
        """Whether it may be sent back or made void."""
        return self in (SheetState.SUBMITTED, SheetState.AUDITED, SheetState.RECHECKED)

    @property
    def pays(self) -> bool:
        """Whether its lines are being paid."""
        return self in (SheetState.RELEASED, SheetState.PAYING, SheetState.PARTLY_PAID)


@unique
class Act(StrEnum):
    """A step of a sheet."""

    MADE = "made"
    CORRECTED = "corrected"
    SUBMITTED = "submitted"
    AUDITED = "audited"
    RECHECKED = "rechecked"
    RELEASED = "released"
    RETURNED = "returned"
    VOIDED = "voided"
    PAYING = "paying"
    PARTLY_PAID = "partly_paid"
    PAID = "paid"
    ARCHIVED = "archived"


_RETURNS = (SheetState.SUBMITTED, SheetState.AUDITED, SheetState.RECHECKED)
STEPS: dict[Act, tuple[tuple[SheetState, ...], SheetState]] = {
    Act.SUBMITTED: ((SheetState.DRAFT,), SheetState.SUBMITTED),
    Act.AUDITED: ((SheetState.SUBMITTED,), SheetState.AUDITED),
    Act.RECHECKED: ((SheetState.AUDITED,), SheetState.RECHECKED),
    Act.RELEASED: ((SheetState.RECHECKED,), SheetState.RELEASED),
    Act.RETURNED: (_RETURNS, SheetState.DRAFT),
    Act.VOIDED: ((SheetState.DRAFT, *_RETURNS), SheetState.VOID),
    Act.ARCHIVED: ((SheetState.PAID,), SheetState.ARCHIVED),
}
"""What people do: from which states, and where to. Paying follows from the lines: `paid_state`."""


def after(state: SheetState, act: Act) -> SheetState | None:
    """Where an act leads from a state; None where it is refused."""
    before, then = STEPS[act]
    return then if state in before else None


@unique
class LineState(StrEnum):
    """Whether the worker agrees with his line."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    CONTESTED = "contested"
    ADJUSTED = "adjusted"
    UPHELD = "upheld"

    @property
    def signed(self) -> bool:
        """Whether it carries his signature of what it says now."""
        return self is LineState.CONFIRMED


@unique
class PayState(StrEnum):
    """Whether the line's money has arrived."""

    WAITING = "waiting"
    SENT = "sent"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    RETURNED = "returned"
    REPAID = "repaid"

    @property
    def bucket(self) -> "Bucket":
        """Under which of the sheet's three sums the line counts."""
        return BUCKETS[self]


@unique
class Bucket(StrEnum):
    """The three sums whose sum is the sheet's total."""

    PENDING = "pending"
    PAID = "paid"
    FAILED = "failed"


BUCKETS = {
    PayState.WAITING: Bucket.PENDING,
    PayState.SENT: Bucket.PENDING,
    PayState.SUCCEEDED: Bucket.PAID,
    PayState.REPAID: Bucket.PAID,
    PayState.FAILED: Bucket.FAILED,
    PayState.RETURNED: Bucket.FAILED,
}
PAY_STEPS = {
    PayState.WAITING: {PayState.SENT},
    PayState.SENT: {PayState.SUCCEEDED, PayState.FAILED, PayState.RETURNED, PayState.REPAID},
    PayState.SUCCEEDED: {PayState.RETURNED},
    PayState.REPAID: {PayState.RETURNED},
    PayState.FAILED: {PayState.SENT, PayState.REPAID},
    PayState.RETURNED: {PayState.SENT, PayState.REPAID},
}
"""What may follow: 退票 also takes back what had arrived, 补发 follows a failure."""


@unique
class Payer(StrEnum):
    """Whose money a line is paid from (GY-10)."""

    ACCOUNT = "account"
    CONTRACTOR = "contractor"


@unique
class Way(StrEnum):
    """How a worker confirms his line."""

    DRAWN = "drawn"
    CONFIRM = "confirm"
    PAPER = "paper"


@unique
class ContestState(StrEnum):
    """Where an objection stands."""

    OPEN = "open"
    ADJUSTED = "adjusted"
    UPHELD = "upheld"


@dataclass(frozen=True, slots=True)
class Sums:
    """What of a sheet is waiting, paid and failed, in fen; together always its total."""

    pending_fen: int = 0
    paid_fen: int = 0
    failed_fen: int = 0

    @property
    def total_fen(self) -> int:
        """All of it."""
        return self.pending_fen + self.paid_fen + self.failed_fen

    def moved(self, before: PayState, then: PayState, amount_fen: int) -> "Sums":
        """The sums after a line of that amount went from one state to another."""
        sums = {
            Bucket.PENDING: self.pending_fen,
            Bucket.PAID: self.paid_fen,
            Bucket.FAILED: self.failed_fen,
        }
        sums[before.bucket] -= amount_fen
        sums[then.bucket] += amount_fen
        return Sums(sums[Bucket.PENDING], sums[Bucket.PAID], sums[Bucket.FAILED])

    def state(self) -> SheetState:
        """Where a sheet stands whose lines are being paid."""
        if self.pending_fen:
            return SheetState.PAYING
        return SheetState.PARTLY_PAID if self.failed_fen else SheetState.PAID


def pay_date(calendar: Calendar, wanted: date) -> date:
    """The last working day that is not after the day agreed (Regulation, art. 14; L-02)."""
    while not calendar.is_working(wanted):
        wanted -= timedelta(days=1)
    return wanted


def due_on(calendar: Calendar, to_on: date, pay_day: int) -> date:
    """When the wages of a period are paid: on the pay day that follows it, or before a holiday."""
    after_it = to_on + timedelta(days=1)
    first = after_it.replace(day=1)
    if to_on >= _day_of(first, pay_day):
        first = (first + timedelta(days=32)).replace(day=1)
    return pay_date(calendar, _day_of(first, pay_day))


def _day_of(month: date, day: int) -> date:
    """That day of the month, or its last one."""
    last = (month.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return month.replace(day=min(day, last.day))


def number(unit: str, month: str, serial: int) -> str:
    """`GZD`, four characters of the unit's code, `yyyymm`, a serial of three digits (4.12)."""
    return f"GZD{unit[-4:]}{month.replace('-', '')}{serial:03d}"
