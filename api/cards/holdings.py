"""What cards hold about a person."""

from api.cards.models import WorkerCard, WorkerCardStep
from api.kit.holdings import Apart, Fate, Ground, Holding, of, of_worker
from api.kit.personal import Kind, Personal

CARDS = Holding(
    model=WorkerCard,
    called="安康卡",
    purpose="在工地认得是您，丢了马上停用",
    ground=Ground.CONTRACT,
    seen_by="发卡的企业，卡号打了星号",
    kept="随档案，注销后去掉卡号",
    whose=of_worker(),
    shown={
        "number": "卡号", "bank_name": "银行", "enterprise_id": "发卡企业", "issued_on": "发卡",
        "state": "状态", "closed_on": "停用",
    },
    silent=frozenset({"number_index", "replaces_id"}),
    words={
        "state": {"active": "在用", "lost": "挂失", "replaced": "已换", "returned": "已退"},
    },
    fate=Fate.BLANKED,
    blank={
        "number": lambda row: Personal.of(Kind.BANK_CARD, row.id.hex),
        "number_index": lambda row: row.id.hex,
        "bank_name": "",
    },
    subject="worker_card",
)  # fmt: skip
STEPS = Holding(
    model=WorkerCardStep,
    called="安康卡的变动",
    purpose="什么时候发的、丢的、换的",
    ground=Ground.CONTRACT,
    seen_by="发卡的企业",
    kept="随档案，里面没有姓名和卡号",
    whose=of(CARDS, "card_id"),
    shown={"created_at": "时间", "act": "变动"},
    silent=frozenset({"card_id", "reason"}),
    words={"act": {"issued": "发卡", "lost": "挂失", "replaced": "换卡", "returned": "退卡"}},
    fate=Fate.STAYS,
)
HOLDINGS: tuple[Holding | Apart, ...] = (CARDS, STEPS)
