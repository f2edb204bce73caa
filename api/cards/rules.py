"""What is true of a card: where it stands, and which act leads where. Pure."""

from collections.abc import Mapping
from enum import StrEnum, unique


@unique
class State(StrEnum):
    """Where a card stands; only an active one counts at a gate."""

    ACTIVE = "active"
    LOST = "lost"
    REPLACED = "replaced"
    RETURNED = "returned"


@unique
class Act(StrEnum):
    """What happened to a card."""

    ISSUED = "issued"
    LOST = "lost"
    REPLACED = "replaced"
    RETURNED = "returned"


LEADS: Mapping[Act, tuple[frozenset[State], State]] = {
    Act.LOST: (frozenset({State.ACTIVE}), State.LOST),
    Act.REPLACED: (frozenset({State.ACTIVE, State.LOST}), State.REPLACED),
    Act.RETURNED: (frozenset({State.ACTIVE, State.LOST}), State.RETURNED),
}
"""From which states an act leads where. What was lost never counts again: who finds it returns it,
since in between anybody may have held it."""


def after(state: State, act: Act) -> State | None:
    """Where the act leads from `state`; None when it does not."""
    before, to = LEADS.get(act, (frozenset(), state))
    return to if state in before else None
