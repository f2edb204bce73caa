"""Teams as they come in and go out. Nobody's documents or cards are ever among it."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from api.codes import service as codes
from api.codes.service import Dictionary
from api.kit.schemas import Body, Line, Out
from api.teams.models import Handover, HandoverState, Invitation, Member


def known_trade(code: str) -> str:
    """The trade's code. ValueError for one that is not in force."""
    if not codes.is_known(Dictionary.WORK_TYPES, code):
        raise ValueError("没有这个工种。请重新选择。")
    return code


def trade_name(code: str) -> str:
    """What a trade is called, the code itself when the dictionary lost it."""
    entry = codes.lookup(Dictionary.WORK_TYPES, code)
    return entry.name if entry else code


Trade = Annotated[str, StringConstraints(max_length=4), AfterValidator(known_trade)]


class TeamIn(Body):
    """A new team."""

    name: Annotated[Line, Field(min_length=2, max_length=50)]
    trade: Trade


class InvitationIn(Body):
    """How many may join by the code, and for how many hours."""

    uses: Annotated[int, Field(ge=1, le=100)] = 20
    hours: Annotated[int, Field(ge=1, le=168)] = 72


class HandoverIn(Body):
    """To whom the team is offered."""

    member_id: UUID


class TeamOut(Out):
    """A team. `leading`: whether the asker leads it."""

    id: UUID
    name: str
    trade: str
    trade_name: str
    leader: str
    leading: bool
    members: int
    created_at: datetime


class MemberOut(Out):
    """A member, his name masked."""

    id: UUID
    name: str
    leader: bool
    joined_on: date

    @classmethod
    def of(cls, row: Member, name: str, leader_id: UUID) -> "MemberOut":
        """The member as shown, with the masked name that the caller looked up."""
        leads = row.worker_id == leader_id
        return cls(id=row.id, name=name, leader=leads, joined_on=row.joined_on)


class InvitationOut(Out):
    """An invitation; `open` while its code can be used."""

    id: UUID
    code: str
    uses: int
    used: int
    open: bool
    expires_at: datetime
    revoked_at: datetime | None

    @classmethod
    def of(cls, row: Invitation, is_open: bool) -> "InvitationOut":
        """The invitation as shown."""
        return cls(
            id=row.id,
            code=row.code,
            uses=row.uses,
            used=row.used,
            open=is_open,
            expires_at=row.expires_at,
            revoked_at=row.revoked_at,
        )


class HandoverOut(Out):
    """An offer of leadership and what became of it. `to_me`: whether the asker may accept it."""

    id: UUID
    team_id: UUID
    to: str
    to_me: bool
    state: HandoverState
    created_at: datetime
    decided_at: datetime | None

    @classmethod
    def of(cls, row: Handover, to: str, to_me: bool) -> "HandoverOut":
        """The offer as shown."""
        return cls(
            id=row.id,
            team_id=row.team_id,
            to=to,
            to_me=to_me,
            state=HandoverState(row.state),
            created_at=row.created_at,
            decided_at=row.decided_at,
        )
