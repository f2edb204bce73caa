"""What is true of conduct: kinds, the way of a record, its clocks, what is public, the score."""

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum, unique
from typing import Final

from api.codes import service as codes
from api.codes import workdays
from api.codes.service import Dictionary, Entry

MOST_PHOTOS = 3
PROVINCE = "0000"


@unique
class Subject(StrEnum):
    """Whose conduct it is."""

    WORKER = "worker"
    TEAM = "team"
    ENTERPRISE = "enterprise"


@unique
class Level(StrEnum):
    """How grave bad conduct is; by whom good conduct is honoured."""

    LIGHT = "light"
    GENERAL = "general"
    SERIOUS = "serious"
    ENTERPRISE = "enterprise"
    CITY = "city"
    PROVINCIAL = "provincial"
    NATIONAL = "national"

    @property
    def good(self) -> bool:
        """Whether good conduct has it."""
        return self not in MONTHS


MONTHS: Final[Mapping[Level, tuple[int, int]]] = {
    Level.LIGHT: (1, 6),
    Level.GENERAL: (3, 12),
    Level.SERIOUS: (6, 36),
}
"""The shortest and longest term of a bad record by level; no record is for good (BY-20).

Three years at most, as ministry order 45 of 2021 has it for serious arrears of wages.
"""
GOOD_MONTHS = (1, 36)


def months_of(level: Level) -> tuple[int, int]:
    """The shortest and the longest term of a record of this level."""
    return MONTHS.get(level, GOOD_MONTHS)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of conduct of the dictionary, with the level and term that a decision starts from."""

    code: str
    name: str
    subject: Subject
    good: bool
    level: Level
    months: int


def kinds() -> tuple[Kind, ...]:
    """All kinds that can be proposed today."""
    return tuple(_kind(entry) for entry in codes.entries(Dictionary.CONDUCT_KINDS))


def kind_of(code: str, version: str | None = None) -> Kind | None:
    """The kind with this code, in a version of the dictionary; None for an unknown one."""
    entry = codes.lookup(Dictionary.CONDUCT_KINDS, code, version)
    return _kind(entry) if entry else None


def _kind(entry: Entry) -> Kind:
    return Kind(
        code=entry.code,
        name=entry.name,
        subject=Subject(entry.traits["subject"]),
        good=entry.traits["side"] == "good",
        level=Level(entry.traits["level"]),
        months=int(entry.traits["months"]),
    )


@unique
class State(StrEnum):
    """Where a record stands (7.7)."""

    HEARING = "hearing"
    TO_DECIDE = "to_decide"
    UPHELD = "upheld"
    IN_FORCE = "in_force"
    APPEALED = "appealed"
    REPAIRING = "repairing"
    ENDED = "ended"

    @property
    def undecided(self) -> bool:
        """Whether nothing was decided yet."""
        return self in (State.HEARING, State.TO_DECIDE)

    @property
    def counts(self) -> bool:
        """Whether the decision is final and its term runs."""
        return self in (State.IN_FORCE, State.REPAIRING)


@unique
class Outcome(StrEnum):
    """How it ended."""

    NONE = ""
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    LAPSED = "lapsed"
    OVERTURNED = "overturned"
    REPAIRED = "repaired"
    EXPIRED = "expired"


@unique
class Side(StrEnum):
    """Whose step it is."""

    SUBJECT = "subject"
    ENTERPRISE = "enterprise"
    AUTHORITY = "authority"
    SYSTEM = "system"


@unique
class Act(StrEnum):
    """One step of a record."""

    PROPOSED = "proposed"
    ANSWERED = "answered"
    UNANSWERED = "unanswered"
    WITHDRAWN = "withdrawn"
    UPHELD = "upheld"
    HONOURED = "honoured"
    REFUSED = "refused"
    LAPSED = "lapsed"
    CAME_IN_FORCE = "came_in_force"
    APPEALED = "appealed"
    CONFIRMED = "confirmed"
    OVERTURNED = "overturned"
    ASKED_REPAIR = "asked_repair"
    REPAIRED = "repaired"
    KEPT = "kept"
    OVERDUE = "overdue"
    EXPIRED = "expired"


@unique
class EvaluationState(StrEnum):
    """Where an evaluation stands: a contested one counts again once the enterprise keeps it."""

    GIVEN = "given"
    CONTESTED = "contested"
    KEPT = "kept"
    WITHDRAWN = "withdrawn"

    @property
    def counts(self) -> bool:
        """Whether the score knows it."""
        return self in (EvaluationState.GIVEN, EvaluationState.KEPT)

    @property
    def stands(self) -> bool:
        """Whether the enterprise did not take it back."""
        return self is not EvaluationState.WITHDRAWN


@unique
class Way(StrEnum):
    """What a subject states: his answer before the decision, an appeal, a repair asked for."""

    ANSWER = "answer"
    APPEAL = "appeal"
    REPAIR = "repair"


S, A = State, Act
MOVES: Final[Mapping[tuple[State, Act], State]] = {
    (S.HEARING, A.ANSWERED): S.TO_DECIDE,
    (S.HEARING, A.UNANSWERED): S.TO_DECIDE,
    (S.HEARING, A.WITHDRAWN): S.ENDED,
    (S.TO_DECIDE, A.WITHDRAWN): S.ENDED,
    (S.TO_DECIDE, A.UPHELD): S.UPHELD,
    (S.TO_DECIDE, A.HONOURED): S.IN_FORCE,
    (S.TO_DECIDE, A.REFUSED): S.ENDED,
    (S.TO_DECIDE, A.LAPSED): S.ENDED,
    (S.UPHELD, A.CAME_IN_FORCE): S.IN_FORCE,
    (S.UPHELD, A.APPEALED): S.APPEALED,
    (S.IN_FORCE, A.APPEALED): S.APPEALED,
    (S.APPEALED, A.CONFIRMED): S.IN_FORCE,
    (S.APPEALED, A.OVERTURNED): S.ENDED,
    (S.APPEALED, A.OVERDUE): S.APPEALED,
    (S.IN_FORCE, A.ASKED_REPAIR): S.REPAIRING,
    (S.REPAIRING, A.REPAIRED): S.ENDED,
    (S.REPAIRING, A.KEPT): S.IN_FORCE,
    (S.REPAIRING, A.OVERDUE): S.REPAIRING,
    (S.UPHELD, A.EXPIRED): S.ENDED,
    (S.IN_FORCE, A.EXPIRED): S.ENDED,
    (S.APPEALED, A.EXPIRED): S.ENDED,
    (S.REPAIRING, A.EXPIRED): S.ENDED,
}
"""Every way that a record can go; whatever is not here is refused."""
OUTCOMES: Final[Mapping[Act, Outcome]] = {
    A.WITHDRAWN: Outcome.WITHDRAWN,
    A.REFUSED: Outcome.REFUSED,
    A.LAPSED: Outcome.LAPSED,
    A.OVERTURNED: Outcome.OVERTURNED,
    A.REPAIRED: Outcome.REPAIRED,
    A.EXPIRED: Outcome.EXPIRED,
}
"""The acts that end a record, and how it ends by them."""

ANSWER_WITHIN = 5
DECIDE_WITHIN = 30
APPEAL_WITHIN = 10
HANDLE_WITHIN = 20
"""Working days, our choice: for the subject to answer; for the region to decide, else the proposal
lapses; until a decision is final and published; for an appeal or repair, else the level above is
told."""
APPEAL_DAYS = 60
"""Days after a decision in which it can still be appealed, published or not: the term of the
administrative reconsideration law (2023), article 20."""
REPAIR_AGAIN = timedelta(days=30)
"""After a refused repair, before the next one can be asked for; our choice."""


def working_days(day: date, count: int) -> date:
    """The `count`th working day after `day`."""
    return workdays.calendar().after(day, count)


def term(day: date, months: int) -> date:
    """The last day of a term of some months that begins on `day`, both included.

    Examples:
        >>> term(date(2026, 11, 30), 3)
        datetime.date(2027, 2, 27)
        >>> term(date(2026, 12, 1), 36)
        datetime.date(2029, 11, 30)
    """
    at = day.month - 1 + months
    year, month = day.year + at // 12, at % 12 + 1
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(day.day, last)) - timedelta(days=1)


def half_way(first: date, last: date) -> date:
    """The first day of the second half of a term: from then on a repair can be asked for."""
    return first + timedelta(days=((last - first).days + 2) // 2)


def above(region: str) -> str:
    """The region one level above, which decides on appeals; a province's own is decided there."""
    return f"{region[:2]}{PROVINCE}" if region[4:] == "00" else f"{region[:4]}00"


def is_public(subject: Subject, level: Level) -> bool:
    """Whether a record in force stands in the public list.

    Light bad conduct of a worker or team does not: who once smoked where he should not is no
    business of the public, and a masked name on a known site is soon a known name.
    """
    return level is not Level.LIGHT or subject is Subject.ENTERPRISE


def may_restrict(subject: Subject, level: Level) -> bool:
    """Whether a decision may put the subject on the black list: serious, and not of a team."""
    return level is Level.SERIOUS and subject is not Subject.TEAM


BASE, LEAST, MOST = 80, 0, 100
POINTS: Final[Mapping[Level, int]] = {
    Level.LIGHT: -5,
    Level.GENERAL: -15,
    Level.SERIOUS: -40,
    Level.ENTERPRISE: 3,
    Level.CITY: 6,
    Level.PROVINCIAL: 9,
    Level.NATIONAL: 12,
}
"""What each record in force adds to the score, by its level; our choice."""
MIDDLE, EACH_STAR = Decimal(3), Decimal(5)
EVALUATED_MONTHS = 12
"""How long an evaluation counts, and is shown."""


def evaluation_points(marks: Iterable[int]) -> int:
    """What the marks (1 to 5) of all evaluations add: 5 points for each above or below 3."""
    found = list(marks)
    if not found:
        return 0
    average = Decimal(sum(found)) / len(found)
    return int(((average - MIDDLE) * EACH_STAR).quantize(Decimal(1), ROUND_HALF_UP))


def score(points: Iterable[int]) -> int:
    """80 and what each reason adds, between 0 and 100."""
    return max(LEAST, min(MOST, BASE + sum(points)))


def first_month(today: date) -> str:
    """The first month `YYYY-MM` whose evaluations count."""
    months = today.year * 12 + today.month - EVALUATED_MONTHS
    return f"{months // 12:04}-{months % 12 + 1:02}"
