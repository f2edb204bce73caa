"""What is true of accidents: their states, and the terms of the work-injury claim. Pure.

工伤保险条例 art. 17: the employer applies for 工伤认定 within 30 days of the accident; where it
does not, the worker, his relatives or the union may within one year. Both terms are settings: a
region may lengthen the first, and no lawyer has checked our reading of the article.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, unique

MOST_PHOTOS = 3
MOST_CONTACTS = 2
AMBULANCE = "120"
SAFETY_POSTS = ("8", "1")
"""Whom a worker calls first: the site's safety officer, else its manager. Codes of key posts."""


@unique
class Relation(StrEnum):
    """Who the contact is to him."""

    SPOUSE = "spouse"
    PARENT = "parent"
    CHILD = "child"
    SIBLING = "sibling"
    FRIEND = "friend"


@unique
class Harm(StrEnum):
    """How bad it is, as whoever reports it sees it."""

    NONE = "none"
    LIGHT = "light"
    SERIOUS = "serious"
    DEATH = "death"

    @property
    def grave(self) -> bool:
        """Whether the authority of the region is told at once."""
        return self in (Harm.SERIOUS, Harm.DEATH)


@unique
class State(StrEnum):
    """Where it stands with the employer."""

    REPORTED = "reported"
    HANDLED = "handled"
    CLOSED = "closed"


@unique
class Act(StrEnum):
    """What a step did."""

    REPORTED = "reported"
    HANDLED = "handled"
    INSURER_TOLD = "insurer_told"
    CLAIMED = "claimed"
    REMINDED = "reminded"
    CONTACT_OPENED = "contact_opened"
    CLOSED = "closed"


@unique
class Side(StrEnum):
    """Whose step it is."""

    WORKER = "worker"
    LEADER = "leader"
    ENTERPRISE = "enterprise"
    SYSTEM = "system"


LEADS: Mapping[Act, tuple[frozenset[State], State | None]] = {
    Act.HANDLED: (frozenset({State.REPORTED, State.HANDLED}), State.HANDLED),
    Act.INSURER_TOLD: (frozenset({State.REPORTED, State.HANDLED}), State.HANDLED),
    Act.CLAIMED: (frozenset({State.REPORTED, State.HANDLED, State.CLOSED}), None),
    Act.CLOSED: (frozenset({State.HANDLED}), State.CLOSED),
}
"""From which states an act leads where; None: it stays where it is. A claim may come late."""


def after(state: State, act: Act) -> State | None:
    """Where the act leads from `state`; None when it does not."""
    before, to = LEADS.get(act, (frozenset(), None))
    return (to or state) if state in before else None


@dataclass(frozen=True, slots=True)
class Terms:
    """The last days of the claim: the employer's, and the worker's own."""

    employer: date
    worker: date


def terms(day: date, employer_days: int, worker_days: int) -> Terms:
    """The terms of an accident of that day. The day itself does not count."""
    return Terms(day + timedelta(days=employer_days), day + timedelta(days=worker_days))


@unique
class Reminder(StrEnum):
    """What the clock says of a claim that nobody has made."""

    EMPLOYER_SOON = "employer_soon"
    EMPLOYER_LAST = "employer_last"
    EMPLOYER_OVER = "employer_over"
    WORKER_SOON = "worker_soon"
    WORKER_LAST = "worker_last"


def schedule(both: Terms) -> tuple[tuple[date, Reminder], ...]:
    """When the clock speaks, in order: a week and a day before the employer's term is over, the
    day after it, three months and one month before the worker's own is."""

    def day(of: date, days: int) -> date:
        return of + timedelta(days=days)

    found = (
        (day(both.employer, -7), Reminder.EMPLOYER_SOON),
        (day(both.employer, -1), Reminder.EMPLOYER_LAST),
        (day(both.employer, 1), Reminder.EMPLOYER_OVER),
        (day(both.worker, -90), Reminder.WORKER_SOON),
        (day(both.worker, -30), Reminder.WORKER_LAST),
    )
    return tuple(sorted(found))


def upcoming(both: Terms, day: date) -> date | None:
    """The first day after `day` on which the clock speaks; None when it has said everything."""
    return next((on for on, _ in schedule(both) if on > day), None)


def due(both: Terms, day: date) -> Reminder | None:
    """What the clock has to say by that day: the last of what is due."""
    return next((each for on, each in reversed(schedule(both)) if on <= day), None)
