"""Conduct as it goes out: to the subject, the proposing enterprise, the authority, everybody."""

import datetime as dt
from datetime import datetime
from typing import Literal
from uuid import UUID

from api.conduct.rules import Act, EvaluationState, Level, Outcome, Side, State, Subject
from api.kit.schemas import Out


class ConductStepOut(Out):
    """One step. photos: addresses for who asked alone, for minutes. by_itself: the clock did it."""

    act: Act
    side: Side
    at: datetime
    note: str
    photos: list[str]
    due_on: dt.date | None
    by_itself: bool


class ConductOut(Out):
    """A record in a list. name: whose it is, a worker's masked. proposer: empty for the authority.

    days_left: working days up to what happens next by itself, below 0 when it is over. listed: on
    the black list. shown: in the public list.
    """

    id: UUID
    subject: Subject
    name: str
    kind: str
    kind_name: str
    good: bool
    level: Level
    project: str
    proposer: str
    region_name: str
    happened_on: dt.date
    state: State
    outcome: Outcome
    due_on: dt.date | None
    days_left: int | None
    valid_from: dt.date | None
    valid_to: dt.date | None
    listed: bool
    shown: bool


class ReasonOut(Out):
    """One reason of a score: a record in force, all evaluations, or what an officer added."""

    why: Literal["record", "evaluations", "review"]
    name: str = ""
    count: int
    record_id: UUID | None = None
    points: int


class ScoreOut(Out):
    """A score: the base and what each reason adds, between 0 and 100."""

    score: int
    base: int
    reasons: list[ReasonOut]


class ConductWholeOut(ConductOut):
    """The same with every step, the first of which says what it rests on.

    office: who decided. appeal_by: the last day to appeal; repair_from: the first to ask for a
    repair. worker_id: for officers, to open his record. may: what who asks can do now.
    """

    office: str
    document: str
    appeal_by: dt.date | None
    repair_from: dt.date | None
    worker_id: UUID | None
    steps: list[ConductStepOut]
    may: list[str]


class PublicConductOut(Out):
    """What everybody reads of a record in force."""

    subject: Subject
    name: str
    kind_name: str
    good: bool
    level: Level
    project: str
    region_name: str
    valid_from: dt.date
    valid_to: dt.date


class EvaluationOut(Out):
    """An evaluation with the words of both. may: what who asks can do now."""

    id: UUID
    subject: Subject
    name: str
    project: str
    enterprise: str
    month: str
    quality: int
    safety: int
    teamwork: int
    text: str
    state: EvaluationState
    said: str
    answer: str
    given_on: dt.date
    may: list[str]


class ReviewOut(Out):
    """A worker's request that a person look at his score. name: his, masked, for officers."""

    id: UUID
    name: str
    asked_on: dt.date
    text: str
    answer: str
    points: int
    answered_on: dt.date | None


class OwnScoreOut(ScoreOut):
    """One's own score, the newest requests of it, and whether one can ask now."""

    reviews: list[ReviewOut]
    may_ask: bool
