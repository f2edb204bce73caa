"""What conduct holds about a person."""

from functools import partial

from api.codes import service as codes
from api.codes.service import Dictionary
from api.conduct.models import ConductRecord, ConductStep, Evaluation, ScoreReview
from api.kit.holdings import Apart, Fate, Ground, Holding, Term, of, of_worker

RECORDS = Holding(
    model=ConductRecord,
    called="诚信记录",
    purpose="良好和不良行为，认定前先听您说",
    ground=Ground.DUTY,
    seen_by="报的单位、主管部门；公布的名字打了星号",
    kept="到期不再公布；注销后只留没有姓名的记录",
    whose=of_worker(),
    shown={
        "kind": "种类代码", "level": "程度", "project_id": "工地", "happened_on": "哪天",
        "state": "状态", "outcome": "结果", "document": "文号", "valid_from": "起",
        "valid_to": "止", "shown": "公布", "restricts": "限制进场",
    },
    silent=frozenset({
        "subject", "team_id", "firm_id", "enterprise_id", "version", "proposed_by", "due_on",
        "decided_by", "decided_region", "appealed_on", "appeal_region", "repair_from",
        "restriction_id",
    }),
    words={
        "level": {
            "light": "轻微", "general": "一般", "serious": "严重", "enterprise": "企业级",
            "city": "市级", "provincial": "省级", "national": "国家级",
        },
        "state": {
            "hearing": "等您说明", "to_decide": "等认定", "upheld": "已认定", "in_force": "已生效",
            "appealed": "申诉中", "repairing": "修复中", "ended": "结束",
        },
        "outcome": {
            "": "没有结束", "withdrawn": "撤回", "refused": "没有认定", "lapsed": "到期作废",
            "overturned": "撤销", "repaired": "修复", "expired": "到期",
        },
    },
    spoken={"kind": partial(codes.name_of, Dictionary.CONDUCT_KINDS)},
    fate=Fate.STAYS,
    subject="conduct_record",
)  # fmt: skip
STEPS = Holding(
    model=ConductStep,
    called="诚信记录的每一步",
    purpose="谁说了什么、怎么定的",
    ground=Ground.DUTY,
    seen_by="报的单位、主管部门",
    kept="随诚信记录；注销后去掉说的话",
    whose=of(RECORDS, "record_id"),
    shown={"created_at": "时间", "act": "做了什么", "side": "谁", "note": "说了什么"},
    silent=frozenset({"record_id", "photo_ids", "due_on"}),
    words={
        "act": {
            "proposed": "报上来", "answered": "说明", "unanswered": "到期没有说明",
            "withdrawn": "撤回", "upheld": "认定", "honoured": "认定为良好", "refused": "没有认定",
            "lapsed": "到期作废", "came_in_force": "生效", "appealed": "申诉", "confirmed": "维持",
            "overturned": "撤销", "asked_repair": "申请修复", "repaired": "修复通过",
            "kept": "修复没有通过", "overdue": "超期提醒", "expired": "到期结束",
        },
        "side": {
            "subject": "您", "enterprise": "单位", "authority": "主管部门", "system": "到期自动",
        },
    },
    fate=Fate.BLANKED,
    blank={"note": None},
)  # fmt: skip
EVALUATIONS = Holding(
    model=Evaluation,
    called="每月评价",
    purpose="单位对您干活的评价，您可以不同意",
    ground=Ground.CONTRACT,
    seen_by="评的单位、主管部门",
    kept="3 年",
    whose=of_worker(),
    shown={
        "month": "月份", "project_id": "工地", "enterprise_id": "企业", "quality": "质量",
        "safety": "安全", "teamwork": "配合", "text": "评语", "said": "您说的", "answer": "答复",
        "state": "状态",
    },
    silent=frozenset({"subject", "team_id", "made_by"}),
    words={
        "state": {
            "given": "已评", "contested": "您不同意", "kept": "维持", "withdrawn": "撤回",
        },
    },
    fate=Fate.GOES,
    term=Term(1096),
)  # fmt: skip
REVIEWS = Holding(
    model=ScoreReview,
    called="请人看我的分",
    purpose="分数是机器算的，您可以请人看",
    ground=Ground.DUTY,
    seen_by="主管部门",
    kept="3 年",
    whose=of_worker(),
    shown={
        "created_at": "时间", "text": "您说的", "answer": "答复", "points": "补的分",
        "answered_on": "答复日期",
    },
    silent=frozenset({"answered_by"}),
    fate=Fate.GOES,
    term=Term(1096),
)  # fmt: skip
HOLDINGS: tuple[Holding | Apart, ...] = (STEPS, RECORDS, EVALUATIONS, REVIEWS)
