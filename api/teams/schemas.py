"""Teams as they come in and go out. Nobody's documents or cards are ever among it."""

import re
import unicodedata
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from api.codes import service as codes
from api.codes.service import Dictionary
from api.kit import clock
from api.kit.schemas import Body, Line, Out
from api.teams.leading import Leaders
from api.teams.models import (
    ActingLeader,
    ActingState,
    Handover,
    HandoverState,
    Invitation,
    Member,
)

SHARED = "“{team}”请您加入班组。点开链接看清楚再决定：{link} 邀请码 {code}，{until} 前有效。"


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


def short_name(text: str) -> str:
    """A nickname. ValueError when a number could hide in it."""
    if re.search(r"\d{4}", unicodedata.normalize("NFKC", text)):
        raise ValueError("小名里不要写号码。请换一个。")
    return text


Nickname = Annotated[Line, Field(max_length=8), AfterValidator(short_name)]


class NicknameIn(Body):
    """What the team calls a member; null for nothing."""

    nickname: Nickname | None


class ActingIn(Body):
    """Who shall lead beside the leader, from which day to which, both included."""

    member_id: UUID
    from_on: date
    to_on: date


class HandoverIn(Body):
    """To whom the team is offered."""

    member_id: UUID


class TeamOut(Out):
    """A team. `leading`: whether the asker is its leader; `acting`: its acting leader today.

    `acting_leader`: the masked name of who leads for a term today; empty without one.
    """

    id: UUID
    name: str
    trade: str
    trade_name: str
    leader: str
    acting_leader: str
    leading: bool
    acting: bool
    members: int
    created_at: datetime


class InvitedOut(Out):
    """Where a code leads, for everybody who has it. `in_it`: whether the asker has joined."""

    team: str
    trade_name: str
    leader: str
    in_it: bool
    expires_at: datetime


class MemberOut(Out):
    """A member, his name masked. `me`: whether it is the asker himself."""

    id: UUID
    name: str
    nickname: str
    leader: bool
    acting: bool
    me: bool
    joined_on: date

    @classmethod
    def of(cls, row: Member, name: str, leaders: Leaders, worker_id: UUID) -> "MemberOut":
        """The member as this worker is shown him, with the masked name that was looked up."""
        return cls(
            id=row.id,
            name=name,
            nickname=row.nickname,
            leader=row.worker_id == leaders.leader_id,
            acting=row.worker_id == leaders.acting_id,
            me=row.worker_id == worker_id,
            joined_on=row.joined_on,
        )


class InvitationOut(Out):
    """An invitation; `open` while its code can be used.

    `link` is what its QR holds and what is passed on, `share_text` says it in words.
    """

    id: UUID
    code: str
    uses: int
    used: int
    open: bool
    expires_at: datetime
    revoked_at: datetime | None
    link: str
    share_text: str

    @classmethod
    def of(cls, row: Invitation, team: str, is_open: bool, link: str) -> "InvitationOut":
        """The invitation of the team of this name as shown."""
        return cls(
            id=row.id,
            code=row.code,
            uses=row.uses,
            used=row.used,
            open=is_open,
            expires_at=row.expires_at,
            revoked_at=row.revoked_at,
            link=link,
            share_text=SHARED.format(
                team=team,
                link=link,
                code=f"{row.code[:4]} {row.code[4:]}",
                until=f"{clock.beijing(row.expires_at):%m月%d日 %H:%M}",
            ),
        )


class ActingOut(Out):
    """An acting leader's term and where it stands. `to_me`: whether it is the asker's."""

    id: UUID
    team_id: UUID
    to: str
    to_me: bool
    from_on: date
    to_on: date
    state: ActingState
    created_at: datetime

    @classmethod
    def of(cls, row: ActingLeader, to: str, to_me: bool) -> "ActingOut":
        """The term as shown."""
        return cls(
            id=row.id,
            team_id=row.team_id,
            to=to,
            to_me=to_me,
            from_on=row.from_on,
            to_on=row.to_on,
            state=row.state,
            created_at=row.created_at,
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
            state=row.state,
            created_at=row.created_at,
            decided_at=row.decided_at,
        )
