"""What the privacy room itself holds about a person."""

from api.engagements.releasing import LEDGER_TERM
from api.kit.holdings import Apart, Fate, Ground, Holding, Term, of_account, of_worker
from api.privacy.models import DataExport, Erasure, KeptIdentity

EXPORTS = Holding(
    model=DataExport,
    called="您下载的资料",
    purpose="让您带走自己的资料",
    ground=Ground.DUTY,
    seen_by="您自己",
    kept="文件 7 天，下载记录 1 年",
    whose=of_account(),
    shown={
        "created_at": "申请时间", "kind": "内容", "state": "状态", "rows": "条数",
        "ready_at": "生成时间",
    },
    silent=frozenset({"size", "file_id"}),
    words={
        "kind": {"whole": "全部资料", "evidence": "证据包"},
        "state": {"waiting": "正在准备", "ready": "可以下载", "failed": "没做成"},
    },
    fate=Fate.GOES,
    term=Term(365),
)  # fmt: skip
ERASURES = Holding(
    model=Erasure,
    called="注销申请",
    purpose="按您的要求删除资料",
    ground=Ground.DUTY,
    seen_by="您自己",
    kept="随账号编号留作证明，里面没有姓名",
    whose=of_account(),
    shown={"created_at": "申请时间", "state": "状态", "due_at": "到期", "ended_at": "办结时间"},
    silent=frozenset({"rows"}),
    words={
        "state": {
            "waiting": "等待中", "withdrawn": "您撤回了", "stopped": "没有办成", "done": "已注销",
        },
    },
    fate=Fate.STAYS,
)  # fmt: skip
KEPT = Holding(
    model=KeptIdentity,
    called="依法封存的身份",
    purpose="用工和工资台账认得出是谁",
    ground=Ground.DUTY,
    seen_by="只有主管部门，凭文书查阅，留记录",
    kept=LEDGER_TERM,
    whose=of_worker(),
    shown={"name": "姓名", "number": "证件号码"},
    silent=frozenset({"id_kind"}),
    fate=Fate.STAYS,
    subject="kept_identity",
)
HOLDINGS: tuple[Holding | Apart, ...] = (EXPORTS, ERASURES, KEPT)
