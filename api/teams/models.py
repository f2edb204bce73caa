"""Teams, who is in them, invitations, and the handing over of leadership."""

from enum import StrEnum, unique

from tortoise import fields

from api.kit.fields import EnumField, InstantField, Record


class Team(Record):
    """A team 班组. leader_id: the worker who leads it. ended_at: dissolved by its last member."""

    name = fields.CharField(max_length=50)
    trade = fields.CharField(max_length=4)
    leader_id = fields.UUIDField(db_index=True)
    ended_at = InstantField(null=True)

    class Meta:
        table = "team"


class Member(Record):
    """A worker in a team, by his own acceptance, from one day to another. One open row at most.

    nickname: what the team calls him, seen inside the team alone, gone with the membership.
    """

    team_id = fields.UUIDField()
    worker_id = fields.UUIDField()
    invitation_id = fields.UUIDField(null=True)
    nickname = fields.CharField(max_length=8, default="")
    joined_on = fields.DateField()
    left_on = fields.DateField(null=True)

    class Meta:
        table = "team_member"
        indexes = (("team_id", "id"), ("worker_id", "left_on"))


class Invitation(Record):
    """A code by which workers join a team, until it expires, is used up or revoked."""

    team_id = fields.UUIDField()
    code = fields.CharField(max_length=8, unique=True)
    uses = fields.SmallIntField()
    used = fields.SmallIntField(default=0)
    expires_at = InstantField()
    revoked_at = InstantField(null=True)
    made_by = fields.UUIDField()

    class Meta:
        table = "team_invitation"
        indexes = (("team_id", "id"),)


@unique
class HandoverState(StrEnum):
    """Whether the one who shall lead has agreed."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Handover(Record):
    """Leadership offered to a member, it passes with his acceptance. One open offer at most."""

    team_id = fields.UUIDField()
    from_worker_id = fields.UUIDField()
    to_worker_id = fields.UUIDField(db_index=True)
    state = EnumField(HandoverState, max_length=12, default=HandoverState.OPEN)
    decided_at = InstantField(null=True)

    class Meta:
        table = "team_handover"
        indexes = (("team_id", "id"),)


@unique
class ActingState(StrEnum):
    """Whether the one who shall lead for a term has agreed, and whether it is over."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


class ActingLeader(Record):
    """代班长: a member leads beside the leader for a term, both days included, once he agreed.

    named_by: the worker who led. One that is offered or accepted at most, in each team.
    """

    team_id = fields.UUIDField()
    worker_id = fields.UUIDField()
    named_by = fields.UUIDField()
    from_on = fields.DateField()
    to_on = fields.DateField()
    state = EnumField(ActingState, max_length=12, default=ActingState.OFFERED)
    decided_at = InstantField(null=True)
    ended_at = InstantField(null=True)

    class Meta:
        table = "team_acting_leader"
        indexes = (("team_id", "id"), ("worker_id", "state"), ("state", "to_on"))
