"""What teams hold about a person."""

from functools import partial

from tortoise.expressions import Q

from api.codes import service as codes
from api.codes.service import Dictionary
from api.kit import clock
from api.kit.holdings import Apart, Fate, Ground, Holding, Term, of_account, of_worker
from api.teams.models import ActingLeader, Handover, Invitation, Member, Team

OFFERS = {
    "open": "等答复", "offered": "等答复", "accepted": "接受", "declined": "没接受",
    "withdrawn": "收回", "ended": "结束",
}  # fmt: skip
TEAMS = Holding(
    model=Team,
    called="您带的班组",
    purpose="组织班组干活",
    ground=Ground.CONTRACT,
    seen_by="班组成员；班组在的工地",
    kept="随用工记录",
    whose=of_worker("leader_id"),
    shown={"name": "班组", "trade": "工种代码", "created_at": "成立", "ended_at": "解散"},
    silent=frozenset({"leader_id"}),
    spoken={"trade": partial(codes.name_of, Dictionary.WORK_TYPES)},
    fate=Fate.STAYS,
)
MEMBERS = Holding(
    model=Member,
    called="您在的班组",
    purpose="谁和谁一个班组",
    ground=Ground.CONTRACT,
    seen_by="班组成员，名字打了星号",
    kept="随用工记录；外号离开班组就删",
    whose=of_worker(),
    shown={"team_id": "班组", "nickname": "外号", "joined_on": "加入", "left_on": "离开"},
    silent=frozenset({"invitation_id"}),
    fate=Fate.BLANKED,
    blank={"nickname": "", "left_on": lambda row: row.left_on or clock.today()},
)
INVITATIONS = Holding(
    model=Invitation,
    called="您发的班组邀请",
    purpose="请工友进班组",
    ground=Ground.CONTRACT,
    seen_by="班组长",
    kept="过期后 1 年",
    whose=of_account("made_by"),
    shown={"team_id": "班组", "created_at": "时间", "used": "用过几次", "expires_at": "有效期"},
    silent=frozenset({"code", "uses", "revoked_at", "made_by"}),
    fate=Fate.GOES,
    term=Term(365, since="expires_at"),
)
HANDOVERS = Holding(
    model=Handover,
    called="交接班组",
    purpose="换班组长要双方同意",
    ground=Ground.CONTRACT,
    seen_by="两位班组长",
    kept="随用工记录",
    whose=lambda p: Q(from_worker_id__in=p.worker_ids) | Q(to_worker_id__in=p.worker_ids),
    shown={"team_id": "班组", "state": "结果", "created_at": "提出", "decided_at": "答复"},
    silent=frozenset({"from_worker_id", "to_worker_id"}),
    words={"state": OFFERS},
    fate=Fate.STAYS,
)
ACTING = Holding(
    model=ActingLeader,
    called="代班长",
    purpose="班组长不在时谁带班",
    ground=Ground.CONTRACT,
    seen_by="班组成员",
    kept="随用工记录",
    whose=of_worker(),
    shown={"team_id": "班组", "from_on": "起", "to_on": "止", "state": "结果"},
    silent=frozenset({"named_by", "decided_at", "ended_at"}),
    words={"state": OFFERS},
    fate=Fate.STAYS,
)
HOLDINGS: tuple[Holding | Apart, ...] = (TEAMS, MEMBERS, INVITATIONS, HANDOVERS, ACTING)
