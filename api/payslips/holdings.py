"""What payslips hold about a person."""

from api.kit.holdings import Apart, Fate, Ground, Holding, Term, of_worker
from api.payslips.models import CardAnswer, PayslipShare

SHARES = Holding(
    model=PayslipShare,
    called="给家人看工资条的链接",
    purpose="让您信得过的人看一张工资条",
    ground=Ground.CONTRACT,
    seen_by="您自己；拿到链接的人看到的姓名打了星号",
    kept="到期后 30 天",
    whose=of_worker(),
    shown={"created_at": "生成时间", "expires_at": "到期", "revoked_at": "您收回的时间"},
    silent=frozenset({"line_id", "project_id", "key"}),
    fate=Fate.GOES,
    term=Term(30, "expires_at"),
)
CARD_ANSWERS = Holding(
    model=CardAnswer,
    called="工资卡在谁手里",
    purpose="没人能扣您的工资卡",
    ground=Ground.DUTY,
    seen_by="您自己；主管部门只看有多少人",
    kept="3 年",
    whose=of_worker(),
    shown={"created_at": "时间", "project_id": "工地", "in_hand": "在自己手里"},
    silent=frozenset({"line_id"}),
    fate=Fate.GOES,
    term=Term(3 * 366),
)
HOLDINGS: tuple[Holding | Apart, ...] = (SHARES, CARD_ANSWERS)
