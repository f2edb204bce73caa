"""What the collecting room holds about a person."""

from api.collecting.models import WorkerImport, WorkerImportRow, WorkerLink
from api.kit.holdings import Apart, Fate, Ground, Holding, Term, of, of_worker

LINKS = Holding(
    model=WorkerLink,
    called="登记您的企业",
    purpose="哪家企业说您是它的工人，您认不认",
    ground=Ground.DUTY,
    seen_by="那家企业",
    kept="到您注销",
    whose=of_worker(),
    shown={
        "enterprise_id": "企业", "state": "您的答复", "created_at": "登记时间",
        "decided_at": "答复时间",
    },
    silent=frozenset({"trade", "collected_by", "told"}),
    words={"state": {"proposed": "等您确认", "confirmed": "是", "denied": "不是"}},
    fate=Fate.GOES,
)  # fmt: skip
IMPORT_ROWS = Holding(
    model=WorkerImportRow,
    called="企业导入名单里的一行",
    purpose="告诉企业导入成功没有",
    ground=Ground.CONTRACT,
    seen_by="那家企业，里面没有您的内容",
    kept="1 年",
    whose=of(LINKS, "link_id"),
    shown={"status": "结果", "created_at": "时间"},
    silent=frozenset({"report_id", "number", "errors", "link_id"}),
    words={
        "status": {
            "created": "新登记", "merged": "已有", "invalid": "有错", "duplicate": "重复",
        },
    },
    fate=Fate.GOES,
    term=Term(365),
)  # fmt: skip
HOLDINGS: tuple[Holding | Apart, ...] = (
    # Rows of a report before the links they lead by.
    IMPORT_ROWS,
    LINKS,
    Apart(WorkerImport, "a file that an enterprise read in: how many rows it had"),
)
