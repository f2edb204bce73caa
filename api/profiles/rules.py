"""What is true of a profile: corrections and their states, skills, parts of a résumé. Pure."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum, unique

PROOFS_KEPT = timedelta(days=180)
"""A proof is kept so long after the decision, as what officers see at a registration is."""
LIVES = (7, 30, 90)
"""For how many days a résumé's code may live; our choice."""


@unique
class Field(StrEnum):
    """What may be asked to be corrected. The phone is the account's, proved by a code."""

    NAME = "name"
    NATION = "nation"
    ADDRESS = "address"
    ISSUER = "issuer"
    VALIDITY = "validity"
    EDUCATION = "education"
    SKILL = "skill"
    CERTIFICATE = "certificate"


@unique
class State(StrEnum):
    """Where a correction stands."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@unique
class Act(StrEnum):
    """What becomes of a correction."""

    ACCEPT = "accept"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"


LEADS: Mapping[Act, State] = {
    Act.ACCEPT: State.ACCEPTED,
    Act.REFUSE: State.REFUSED,
    Act.WITHDRAW: State.WITHDRAWN,
}


def after(state: State, act: Act) -> State | None:
    """Where the act leads; None once anything was decided."""
    return LEADS[act] if state is State.PENDING else None


@unique
class Skill(StrEnum):
    """技能等级 of the national standards of occupations (职业技能等级), and none."""

    NONE = "none"
    JUNIOR = "junior"
    MIDDLE = "middle"
    SENIOR = "senior"
    TECHNICIAN = "technician"
    SENIOR_TECHNICIAN = "senior_technician"

    @property
    def called(self) -> str:
        """What people call it."""
        return SKILLS[self]


SKILLS = {
    Skill.NONE: "普通工",
    Skill.JUNIOR: "初级工",
    Skill.MIDDLE: "中级工",
    Skill.SENIOR: "高级工",
    Skill.TECHNICIAN: "技师",
    Skill.SENIOR_TECHNICIAN: "高级技师",
}


def skill_name(code: str) -> str:
    """What a stored skill is called; empty when none is known."""
    return Skill(code).called if code else ""


@unique
class Part(StrEnum):
    """What a worker may let others see of his career, each by itself."""

    PROJECTS = "projects"
    EMPLOYERS = "employers"
    TRADES = "trades"
    DAYS = "days"
    CERTIFICATES = "certificates"
    TRAINING = "training"


PERIODS = frozenset({Part.PROJECTS, Part.EMPLOYERS, Part.TRADES, Part.DAYS})
"""Parts that are told by his periods; without any of them no period is shown."""


def is_over(valid_to: date | None, day: date) -> bool:
    """Whether a document's term, None for good, is over on the day."""
    return valid_to is not None and valid_to < day
