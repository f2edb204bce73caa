"""What engagements hold about a person."""

from functools import partial

from api.codes import service as codes
from api.codes.service import Dictionary
from api.engagements.models import (
    Contract,
    Engagement,
    EntryRule,
    LedgerLine,
    Override,
    TeamPresence,
)
from api.engagements.releasing import LEDGER_TERM
from api.kit.holdings import Apart, Fate, Ground, Holding, of_worker

STATES = {"registered": "待进场", "on_site": "在场", "left": "已离场", "cancelled": "已取消"}
ENGAGEMENTS = Holding(
    model=Engagement,
    called="进场和离场",
    purpose="哪段时间在哪个工地干活",
    ground=Ground.DUTY,
    seen_by="您的企业、总包、主管部门",
    kept="随档案，注销后只留没有姓名的记录",
    whose=of_worker(),
    shown={
        "project_id": "工地", "enterprise_id": "企业", "team_id": "班组", "trade": "工种代码",
        "state": "状态", "entered_on": "进场", "left_on": "离场", "settled": "工资结清",
        "left_reason": "离场原因",
    },
    silent=frozenset({"worker_code", "registered_by", "trained_on", "released_on"}),
    words={"state": STATES},
    spoken={"trade": partial(codes.name_of, Dictionary.WORK_TYPES)},
    fate=Fate.STAYS,
)  # fmt: skip
LEDGER = Holding(
    model=LedgerLine,
    called="进退场台账",
    purpose="法律要求的花名册",
    ground=Ground.DUTY,
    seen_by="您的企业、总包、主管部门",
    kept="随工程档案，注销后只留没有姓名的记录",
    whose=of_worker(),
    shown={"on": "日期", "move": "事项", "project_id": "工地", "enterprise_id": "企业"},
    silent=frozenset({"mover", "team_id", "engagement_id"}),
    words={
        "move": {
            "entered": "进场", "left": "离场", "joined_team": "进班组", "left_team": "离班组",
        },
    },
    fate=Fate.STAYS,
)  # fmt: skip
OVERRIDES = Holding(
    model=Override,
    called="缺材料先进场的批准",
    purpose="谁批的、到哪天",
    ground=Ground.DUTY,
    seen_by="企业、总包、主管部门",
    kept=LEDGER_TERM,
    whose=of_worker(),
    shown={"project_id": "工地", "reason": "理由", "until": "到", "created_at": "时间"},
    silent=frozenset({"engagement_id", "enterprise_id", "items", "role"}),
    fate=Fate.STAYS,
)
CONTRACTS = Holding(
    model=Contract,
    called="合同和用工协议",
    purpose="您和企业约定的活和工资",
    ground=Ground.DUTY,
    seen_by="您自己看全文；您的企业看全文有记录",
    kept=LEDGER_TERM,
    whose=of_worker(),
    shown={
        "project_id": "工地", "enterprise_id": "企业", "kind": "种类", "text": "全文",
        "pay_kind": "计酬方式", "pay_fen": "单价（分）", "starts_on": "起", "ends_on": "止",
        "state": "状态", "signed_at": "签字时间",
    },
    silent=frozenset({
        "template", "digest", "pay_day", "paper_signed_on", "late", "strokes_file_id", "made_by",
    }),
    words={
        "kind": {"labour": "劳动合同", "work_agreement": "用工书面协议"},
        "state": {"offered": "没签", "signed": "已签", "withdrawn": "已撤回"},
        "pay_kind": {"month": "按月", "day": "按天", "hour": "按小时", "piece": "按件"},
    },
    fate=Fate.STAYS,
    subject="contract",
)  # fmt: skip
HOLDINGS: tuple[Holding | Apart, ...] = (
    ENGAGEMENTS, LEDGER, OVERRIDES, CONTRACTS,
    Apart(TeamPresence, "how many people of a team are on a site"),
    Apart(EntryRule, "what a region asks before entry"),
)  # fmt: skip
