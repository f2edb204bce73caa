"""What wages hold about a person: ledgers that the law keeps (国务院令第724号, 15)."""

from dataclasses import replace

from tortoise.expressions import Q, Subquery

from api.engagements.releasing import LEDGER_TERM
from api.kit import on_paper
from api.kit.holdings import Apart, Fate, Ground, Holding, Person, of, of_worker
from api.wages import queries, wording
from api.wages.models import (
    LineContest,
    LineSignature,
    SheetSerial,
    WageItem,
    WageLine,
    WageLineVersion,
    WageSheet,
    WageStep,
    WageTerms,
)
from api.wages.wording import ITEMS, PAY_KINDS

SEEN_BY = "您自己；单位和总包的工资管理人员；主管部门"
TERMS = Holding(
    model=WageTerms,
    called="计酬约定",
    purpose="按什么算工资",
    ground=Ground.CONTRACT,
    seen_by=SEEN_BY,
    kept=LEDGER_TERM,
    whose=of_worker(),
    shown={
        "project_id": "工地", "enterprise_id": "企业", "pay_kind": "计酬方式",
        "rate_fen": "单价（分）", "unit_hours": "几小时一个工", "overtime_percent": "加班百分比",
        "overtime_fen": "加班每小时（分）", "pay_day": "发薪日", "effective_from": "起",
    },
    silent=frozenset({"contract_id"}),
    words={"pay_kind": PAY_KINDS},
    spoken={"overtime_percent": "{}%".format, "pay_day": "每月 {} 日".format},
    fate=Fate.STAYS,
)  # fmt: skip
LINES = Holding(
    model=WageLine,
    called="工资单",
    purpose="给您发工资",
    ground=Ground.DUTY,
    seen_by=SEEN_BY,
    kept=LEDGER_TERM,
    whose=of_worker(),
    shown={
        "month": "月份", "project_id": "工地", "enterprise_id": "企业", "days": "每天的工",
        "units": "工", "hours": "小时", "overtime_hours": "加班小时", "pay_kind": "计酬方式",
        "rate_fen": "单价（分）", "gross_fen": "应发（分）", "deducted_fen": "应扣（分）",
        "net_fen": "实发（分）", "state": "确认", "unsigned_reason": "没签字的原因",
        "pay_state": "发放", "paid_fen": "已发（分）", "paid_on": "到账日期", "payer": "谁付的",
    },
    silent=frozenset({
        "sheet_id", "engagement_id", "team_id", "trade", "terms_id", "unit_hours",
        "overtime_percent", "overtime_fen", "version", "digest", "hints", "differs", "overlaps_id",
        "signed_version", "pay_code",
    }),
    words={
        "pay_kind": PAY_KINDS,
        "state": {
            "waiting": "待确认", "confirmed": "已确认", "contested": "有异议", "adjusted": "已调整",
            "upheld": "维持",
        },
        "pay_state": {
            "waiting": "待发", "sent": "发放中", "succeeded": "成功", "failed": "失败",
            "returned": "退票", "repaid": "补发",
        },
        "payer": {"account": "工资专户", "contractor": "总包垫付"},
    },
    spoken={"days": wording.days},
    fate=Fate.STAYS,
    subject="wage_line",
)  # fmt: skip
ITEM_ROWS = Holding(
    model=WageItem,
    called="工资的每一项",
    purpose="钱是怎么算出来的",
    ground=Ground.DUTY,
    seen_by=SEEN_BY,
    kept=LEDGER_TERM,
    whose=of(LINES, "line_id"),
    shown={
        "kind": "项目", "amount_fen": "金额（分）", "quantity": "数量", "unit": "单位",
        "price_fen": "单价（分）", "note": "说明",
    },
    silent=frozenset({"line_id", "source_id"}),
    words={"kind": ITEMS},
    spoken={"note": on_paper.dated},
    fate=Fate.STAYS,
)  # fmt: skip
VERSIONS = Holding(
    model=WageLineVersion,
    called="工资单改之前的样子",
    purpose="改了什么、为什么改",
    ground=Ground.DUTY,
    seen_by=SEEN_BY,
    kept=LEDGER_TERM,
    whose=of_worker(),
    shown={"created_at": "时间", "shown": "改之前的内容", "reason": "为什么改"},
    silent=frozenset({"line_id", "project_id", "version", "digest"}),
    spoken={"shown": wording.version},
    fate=Fate.STAYS,
)
SIGNATURES = Holding(
    model=LineSignature,
    called="工资单的签字",
    purpose="证明您看过并同意",
    ground=Ground.DUTY,
    seen_by=SEEN_BY,
    kept=LEDGER_TERM,
    whose=of_worker(),
    shown={"at": "时间", "way": "怎么签的", "digest": "校验码"},
    silent=frozenset({"line_id", "project_id", "line_version", "strokes_file_id"}),
    words={"way": {"drawn": "手写", "confirm": "点确认", "paper": "纸上签"}},
    fate=Fate.STAYS,
)
CONTESTS = Holding(
    model=LineContest,
    called="对工资的异议",
    purpose="让单位答复您",
    ground=Ground.DUTY,
    seen_by=SEEN_BY,
    kept=LEDGER_TERM,
    whose=of_worker(),
    shown={
        "created_at": "时间", "project_id": "工地", "day": "哪一天", "item": "哪一项",
        "words": "您写的", "state": "进度", "due_on": "最晚答复", "answer": "答复",
    },
    silent=frozenset({
        "line_id", "sheet_id", "enterprise_id", "line_version", "photo_id", "answered_by",
        "answered_at",
    }),
    words={
        "item": ITEMS, "state": {"open": "等答复", "adjusted": "已调整", "upheld": "维持"},
    },
    fate=Fate.STAYS,
    subject="line_contest",
)  # fmt: skip
HOLDINGS: tuple[Holding | Apart, ...] = (
    TERMS,
    ITEM_ROWS,
    SIGNATURES,
    VERSIONS,
    CONTESTS,
    LINES,
    Apart(WageSheet, "an employer's sheet with its sums: its lines name workers"),
    Apart(WageStep, "what officers did with a sheet"),
    Apart(SheetSerial, "the last number given to a unit's sheets"),
)


def _given(person: Person) -> Q:
    """His lines on sheets that he may see: a draft is the enterprise's own, a void one is gone."""
    return Q(id__in=Subquery(queries.own_lines(person.worker_ids).values("id")))


GIVEN_LINES = replace(LINES, whose=_given)
GIVEN_ITEMS = replace(ITEM_ROWS, whose=of(GIVEN_LINES, "line_id"))
GIVEN_VERSIONS = replace(VERSIONS, whose=of(GIVEN_LINES, "line_id"))
"""What was given to him, which is what proves something; all that is held stands in `HOLDINGS`.

What he signed or objected to himself was given to him, also where its sheet is a draft again.
"""
