"""What the audit holds about a person."""

from api.audit.models import AuditHead, AuditLine
from api.kit.holdings import Apart, Fate, Ground, Holding, of_account

LINES = Holding(
    model=AuditLine,
    called="操作记录",
    purpose="出了问题能查清楚是谁做的",
    ground=Ground.DUTY,
    seen_by="审计人员，只有编号",
    kept="不删除，里面没有姓名和号码",
    whose=of_account(),
    shown={"at": "时间", "tag": "做了什么", "subject": "对象"},
    silent=frozenset({
        "chain", "seq", "session_id", "request_id", "subject_id", "tenant_id", "facts", "hash",
    }),
    fate=Fate.STAYS,
)  # fmt: skip
HOLDINGS: tuple[Holding | Apart, ...] = (LINES, Apart(AuditHead, "ends of the audit's chains"))
