"""What the work log holds about a person."""

from api.engagements.releasing import LEDGER_TERM
from api.kit import on_paper
from api.kit.holdings import Apart, Fate, Ground, Holding, of_worker
from api.worklog import wording
from api.worklog.models import LogChange, LogEntry, LogLine, PayTemplate
from api.worklog.wording import KINDS

BOOKS = {"worker": "您的账", "leader": "班长的账"}
DIFFERENCES = {
    "same": "一致", "only_worker": "只有您记了", "only_leader": "只有班长记了", "work": "工不一样",
    "rate": "工价不一样", "money": "钱不一样",
}  # fmt: skip
ENTRIES = Holding(
    model=LogEntry,
    called="记工",
    purpose="您和班长各记一本，好对账",
    ground=Ground.CONTRACT,
    seen_by="您和班长；企业和总包能看",
    kept=LEDGER_TERM,
    whose=of_worker(),
    shown={
        "day": "日期", "project_id": "工地", "team_id": "班组", "book": "谁的账", "kind": "种类",
        "hours": "小时", "overtime_hours": "加班小时", "units": "工", "quantity": "数量",
        "unit": "单位", "amount_fen": "金额（分）", "note": "备注", "removed_at": "删掉的时间",
    },
    silent=frozenset({
        "enterprise_id", "part", "given", "price_fen", "roll_call", "version", "written_by",
    }),
    words={"book": BOOKS, "kind": KINDS},
    fate=Fate.STAYS,
)  # fmt: skip
CHANGES = Holding(
    model=LogChange,
    called="记工的改动",
    purpose="谁在什么时候改成什么",
    ground=Ground.CONTRACT,
    seen_by="您和班长",
    kept=LEDGER_TERM,
    whose=of_worker(),
    shown={"created_at": "时间", "book": "谁的账", "act": "做了什么", "said": "写的内容"},
    silent=frozenset({"entry_id", "version", "team_id"}),
    words={"book": BOOKS},
    spoken={"act": on_paper.by(wording.ACTS), "said": wording.change},
    fate=Fate.STAYS,
)
TEMPLATES = Holding(
    model=PayTemplate,
    called="工价",
    purpose="一个工多少钱、几小时算一个工",
    ground=Ground.CONTRACT,
    seen_by="您和班长",
    kept="随记工",
    whose=of_worker(),
    shown={
        "book": "谁的账", "team_id": "班组", "effective_from": "起", "rate_fen": "一个工（分）",
        "unit_hours": "几小时一个工", "overtime_unit_hours": "加班几小时一个工",
        "overtime_rate_fen": "加班每小时（分）",
    },
    words={"book": BOOKS},
    fate=Fate.STAYS,
)  # fmt: skip
LINES = Holding(
    model=LogLine,
    called="两本账的对照",
    purpose="看哪天对不上",
    ground=Ground.CONTRACT,
    seen_by="您和班长；企业和总包能看",
    kept=LEDGER_TERM,
    whose=of_worker(),
    shown={
        "day": "日期", "project_id": "工地", "kind": "种类", "difference": "对照",
        "worker_units": "您记的工", "leader_units": "班长记的工",
        "worker_amount_fen": "您记的金额（分）", "leader_amount_fen": "班长记的金额（分）",
    },
    silent=frozenset({
        "team_id", "enterprise_id", "unit", "worker_entries", "worker_hours", "worker_overtime",
        "worker_quantity", "worker_kept_at", "leader_entries", "leader_hours", "leader_overtime",
        "leader_quantity", "leader_kept_at",
    }),
    words={"kind": KINDS, "difference": DIFFERENCES},
    fate=Fate.STAYS,
)  # fmt: skip
HOLDINGS: tuple[Holding | Apart, ...] = (ENTRIES, CHANGES, TEMPLATES, LINES)
