"""What can go wrong with teams, each with its words."""

from api.kit.errors import Conflict, Forbidden, Invalid, NotFound


class NoSuchTeam(NotFound):
    """No such team of which the actor is a member."""

    code = "teams.no_such_team"
    detail = "没有找到这个班组。请返回“我的班组”看看。"


class NotLeader(Forbidden):
    """Only the leader does this."""

    code = "teams.not_leader"
    detail = "只有班组长能做这件事。需要的话请联系您的班组长。"


class NoSuchInvitation(NotFound):
    """No invitation with this code, or it is not the team's."""

    code = "teams.no_such_invitation"
    detail = "没有这个邀请码。请对照原码，一位一位核对。"


class InvitationOver(Conflict):
    """The code has expired, was revoked, or is used up."""

    code = "teams.invitation_over"
    title = "邀请码不能用了"
    detail = "这个邀请码已过期、用完或作废。请让班组长再发一个。"


class TooManyInvitations(Conflict):
    """The team has too many open codes."""

    code = "teams.too_many_invitations"
    detail = "没用完的邀请码太多了。请先作废几个再发新的。"


class TeamFull(Conflict):
    """A team has a largest size."""

    code = "teams.full"
    detail = "这个班组人数已满。请另外建一个班组。"


class NoSuchMember(NotFound):
    """No such member in this team now."""

    code = "teams.no_such_member"
    detail = "班组里没有这个人，可能已经退出。请刷新后再看。"


class LeaderStays(Conflict):
    """The leader hands over before he leaves."""

    code = "teams.leader_stays"
    detail = "您是班组长，班组里还有人。请先把班组交给别人，再退出。"


class HandoverOpen(Conflict):
    """Another offer is open."""

    code = "teams.handover_open"
    detail = "已经请了一个人接手，还没有答复。请等答复，或先收回。"


class NoSuchHandover(NotFound):
    """No open offer to this worker, or of this leader."""

    code = "teams.no_such_handover"
    detail = "没有这次交接，可能已收回或已答复。请刷新后再看。"


class ActingOpen(Conflict):
    """Somebody leads for a term already, or is asked to."""

    code = "teams.acting_open"
    detail = "已经有代班长，或者已经请了人还没答复。请先结束那一个，再请别人。"


class ActingTerm(Invalid):
    """A term begins today or within a month and lasts three months at most."""

    code = "teams.acting_term"
    detail = "代班从今天起、一个月内开始，最长 92 天。请重新选日期。"


class NoSuchActing(NotFound):
    """No acting leader of this team, or no offer to this worker."""

    code = "teams.no_such_acting"
    detail = "没有这次代班，可能已结束、收回或已答复。请刷新后再看。"


class MemberNotVerified(Conflict):
    """The member's verification code does not count now."""

    code = "teams.member_not_verified"
    detail = "这个人的实名核验码现在不能用，不能代班。请让他先处理，或者请别人。"
