"""What payments hold about a person."""

from api.engagements.releasing import LEDGER_TERM
from api.kit.holdings import Apart, Fate, Ground, Holding, of_worker
from api.payroll.models import (
    Advance,
    AdvanceRecovery,
    BankBatch,
    BankException,
    BankReceipt,
    BatchLine,
    HeldSheet,
    LeftOut,
    StrayResult,
)

PAYMENTS = Holding(
    model=BatchLine,
    called="工资代发",
    purpose="把工资付到您自己的卡，留下付款证明",
    ground=Ground.DUTY,
    seen_by="付工资的总包单位；您的用工单位和主管部门（姓名和卡号打码）；银行",
    kept=LEDGER_TERM,
    whose=of_worker(),
    shown={
        "created_at": "时间", "project_id": "工地", "payee": "收款人", "card": "收款卡",
        "amount_fen": "金额（分）", "again": "是不是补发", "state": "结果",
        "reason": "没到账的原因", "reference": "银行流水号", "at": "银行办理时间",
    },
    silent=frozenset({
        "batch_id", "line_id", "sheet_id", "worker_id", "seq", "card_index", "received_at",
    }),
    words={
        "state": {
            "waiting": "等银行", "succeeded": "到账", "failed": "没到账", "returned": "退回",
        },
        "reason": {
            "": "", "closed": "卡已销户", "name_differs": "姓名不符", "frozen": "卡被冻结",
            "unknown_card": "卡号不对", "dormant": "卡长期不用", "limit": "超过限额",
            "refused": "银行没有收下", "other": "银行没有说明",
        },
    },
    fate=Fate.STAYS,
    subject="bank_batch",
)  # fmt: skip
LEFT_OUT = Holding(
    model=LeftOut,
    called="工资还没付的原因",
    purpose="让单位知道为什么还付不了",
    ground=Ground.DUTY,
    seen_by="付工资的总包单位",
    kept="付了就删",
    whose=of_worker(),
    shown={"created_at": "时间", "project_id": "工地", "reason": "原因"},
    silent=frozenset({"line_id", "sheet_id", "worker_id"}),
    words={
        "reason": {
            "not_verified": "还没有实名核验", "no_card": "没有工资卡",
            "shared_card": "卡是两个人用的", "same_card": "卡收不了钱，还没有换",
        },
    },
    fate=Fate.STAYS,
)  # fmt: skip
HOLDINGS: tuple[Holding | Apart, ...] = (
    PAYMENTS,
    LEFT_OUT,
    Apart(BankBatch, "batches of an enterprise: sums, and the number of its own account"),
    Apart(HeldSheet, "sheets that wait for an agreement: no line names a worker"),
    Apart(BankReceipt, "what a bank told: counts and a digest"),
    Apart(BankException, "bank lines that fit no payment: amounts and the bank's references"),
    Apart(StrayResult, "bank results that name no batch of ours: amounts and references"),
    Apart(Advance, "what one enterprise advanced for another"),
    Apart(AdvanceRecovery, "what was given back for an advance"),
)
