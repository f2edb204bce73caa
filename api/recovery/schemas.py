"""Bodies and answers of recoveries."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from api.kit.schemas import Body, Out
from api.recovery.rules import State
from api.workers.schemas import IdNumberIn


class OwnRecoveryOut(Out):
    """How one's own recovery stands: who has said that it is he. Nothing tells what was found."""

    id: UUID
    state: State
    begun_at: datetime
    colleagues: int
    colleagues_needed: int
    officer: bool


class VouchingOut(Out):
    """A colleague to be known, by his masked name."""

    id: UUID
    name: str
    team: str
    begun_at: datetime


class AnswerIn(Body):
    """Whether it is he: seen face to face."""

    known: bool


class OfficeRecoveryOut(Out):
    """A worker of the enterprise who waits for an officer, by his masked name."""

    id: UUID
    name: str
    colleagues: int
    colleagues_needed: int
    begun_at: datetime


class DecisionIn(Body):
    """The officer's word; to confirm he types the number from the card before him."""

    decision: Literal["confirm", "refuse"]
    number: IdNumberIn | None = None
