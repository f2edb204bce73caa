"""发薪进度: how far a wage is on its way, whose turn it is, and since when that is late. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum, unique

from api.codes.workdays import Calendar

SHEET_WITHIN = 5
"""Working days after a period in which the employer hands in its sheet; our choice: the Regulation
(art. 31) says every month, and leaves the day open."""


@unique
class Stage(StrEnum):
    """The stations of a wage, in their order (BY-13)."""

    WORKED = "worked"
    SHEET = "sheet"
    SIGNED = "signed"
    CONTRACTOR = "contractor"
    BANK = "bank"
    ARRIVED = "arrived"


@unique
class Who(StrEnum):
    """Whose turn it is."""

    WORKER = "worker"
    EMPLOYER = "employer"
    CONTRACTOR = "contractor"
    BANK = "bank"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a wage.

    worked_on: the last day of its period. sheet_on: when its sheet was handed in. signed_on: when
    he signed; excused: paid without, for a reason on record. answer_by: an objection of his waits
    until then. released_on: by the contractor. sent: to the bank. failed: the bank gave it back.
    """

    worked_on: date
    pay_on: date
    sheet_on: date | None = None
    signed_on: date | None = None
    excused: bool = False
    answer_by: date | None = None
    released_on: date | None = None
    sent: bool = False
    failed: bool = False
    paid_on: date | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a wage is.

    done: the stations behind it with their days, None where no day is kept. stage: the one it
    waits at; None: arrived. who: whose turn it is. due: until when; late_days: working days since.
    """

    done: tuple[tuple[Stage, date | None], ...]
    stage: Stage | None
    who: Who
    due: date | None
    late_days: int


def progress(calendar: Calendar, today: date, known: Known) -> Progress:
    """How far the wage is today."""
    done = _done(known, today)
    order = list(Stage)
    if len(done) == len(order):
        return Progress(done, None, Who.NOBODY, None, 0)
    stage = order[len(done)]
    who, due = _turn(calendar, stage, known)
    late = max(0, -calendar.left(today, due)) if due else 0
    return Progress(done, stage, who, due, late)


def _done(known: Known, today: date) -> tuple[tuple[Stage, date | None], ...]:
    """The stations behind it, up to the first that is not."""
    signed = known.signed_on is not None or known.excused
    sent = known.sent or known.paid_on is not None
    stations: list[tuple[Stage, bool, date | None]] = [
        (Stage.WORKED, known.worked_on < today or known.sheet_on is not None, known.worked_on),
        (Stage.SHEET, known.sheet_on is not None, known.sheet_on),
        (Stage.SIGNED, signed or known.released_on is not None, known.signed_on),
        (Stage.CONTRACTOR, known.released_on is not None, known.released_on),
        (Stage.BANK, sent and not known.failed, None),
        (Stage.ARRIVED, known.paid_on is not None, known.paid_on),
    ]
    found: list[tuple[Stage, date | None]] = []
    for stage, over, on in stations:
        if not over:
            break
        found.append((stage, on))
    return tuple(found)


def _turn(calendar: Calendar, stage: Stage, known: Known) -> tuple[Who, date | None]:
    """Whose turn it is and until when; he himself has no deadline, nor has work that goes on."""
    if stage is Stage.WORKED:
        return Who.NOBODY, None
    if stage is Stage.SHEET:
        handed = calendar.after(known.worked_on, SHEET_WITHIN)
        return Who.EMPLOYER, min(handed, known.pay_on)
    if stage is Stage.SIGNED:
        waits = known.answer_by is not None
        return (Who.EMPLOYER, known.answer_by) if waits else (Who.WORKER, None)
    if stage is Stage.CONTRACTOR or known.failed:
        return Who.CONTRACTOR, known.pay_on
    return (Who.CONTRACTOR if stage is Stage.BANK else Who.BANK), known.pay_on
