"""What complaints hold about a person."""

from typing import Any

from api.complaints.models import Complaint, ComplaintEvidence, ComplaintStep
from api.engagements.releasing import LEDGER_TERM
from api.kit import on_paper
from api.kit.holdings import Apart, Fate, Ground, Holding, of, of_worker


def _frozen(taken: dict[str, Any]) -> str:
    """From when to when, and how much of it; every word of it stands in what machines read."""
    days = f"{on_paper.dated(taken['from'])}至{on_paper.dated(taken['to'])}"
    counts = (("出勤", "天", "days"), ("记工", "条", "lines"), ("工资条", "张", "slips"))
    return f"{days}：" + "，".join(
        f"{called} {len(taken.get(name, ()))} {unit}" for called, unit, name in counts
    )


BODIES = {"enterprise": "企业", "authority": "主管部门"}
COMPLAINTS = Holding(
    model=Complaint,
    called="投诉和建议",
    purpose="让人答复您",
    ground=Ground.DUTY,
    seen_by="主管部门；您交给的企业（匿名时看不到是谁）",
    kept=LEDGER_TERM,
    whose=of_worker(),
    shown={
        "number": "编号", "kind": "种类", "topic": "什么事", "project_id": "工地",
        "enterprise_id": "企业", "addressee": "交给", "holder": "现在由谁办", "anonymous": "匿名",
        "state": "进度", "text": "您写的", "filed_on": "日期",
    },
    silent=frozenset({
        "office", "outcome", "office_state", "office_lags", "shown_text", "content", "photo_ids",
        "voice_id", "voice_seconds", "accept_by", "answer_by", "due_on", "extended", "overdue",
        "digest", "read_on", "seen_by", "flagged_on", "flagged_engagement_id",
    }),
    words={
        "kind": {"suggestion": "建议", "complaint": "投诉"},
        "topic": {
            "wages": "工资", "attendance": "考勤", "safety": "安全", "living": "吃住",
            "other": "其他",
        },
        "addressee": BODIES,
        "holder": BODIES,
        "state": {
            "received": "待受理", "accepted": "办理中", "answered": "已答复", "closed": "已办结",
        },
    },
    fate=Fate.STAYS,
    subject="complaint",
)  # fmt: skip
STEPS = Holding(
    model=ComplaintStep,
    called="投诉的每一步",
    purpose="您随时能看到办到哪了",
    ground=Ground.DUTY,
    seen_by="您自己；主管部门",
    kept=LEDGER_TERM,
    whose=of(COMPLAINTS, "complaint_id"),
    shown={"created_at": "时间", "act": "做了什么", "side": "谁", "note": "说了什么"},
    silent=frozenset({"complaint_id", "office", "due_on", "by_itself"}),
    words={
        "act": {
            "filed": "提交", "seen": "看到", "accepted": "受理", "handled": "有进展",
            "extended": "延长期限", "transferred": "移交", "answered": "答复", "satisfied": "满意",
            "escalated": "交给主管部门", "withdrawn": "撤回", "reminded": "催办",
            "overdue": "超期提醒", "closed": "办结",
        },
        "side": {
            "worker": "您", "enterprise": "企业", "authority": "主管部门", "system": "到期自动",
        },
    },
    fate=Fate.STAYS,
)  # fmt: skip
EVIDENCE = Holding(
    model=ComplaintEvidence,
    called="投诉时固定的证据",
    purpose="防止事后改动",
    ground=Ground.DUTY,
    seen_by="您自己；主管部门",
    kept=LEDGER_TERM,
    whose=of(COMPLAINTS, "complaint_id"),
    shown={"created_at": "时间", "frozen": "出勤和记工", "digest": "校验码"},
    silent=frozenset({"complaint_id"}),
    spoken={"frozen": _frozen},
    fate=Fate.STAYS,
)
HOLDINGS: tuple[Holding | Apart, ...] = (COMPLAINTS, STEPS, EVIDENCE)
