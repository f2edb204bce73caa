"""What recoveries hold about a person."""

from api.kit.holdings import Apart, Fate, Ground, Holding, of_account
from api.recovery.models import Recovery, Vouching

RECOVERIES = Holding(
    model=Recovery,
    called="请熟人证明",
    purpose="换了手机，请认识您的人说一声",
    ground=Ground.CONTRACT,
    seen_by="您班组的人和您的企业，名字打了星号",
    kept="随账号编号，里面没有姓名",
    whose=of_account(),
    shown={"created_at": "申请", "state": "结果", "ended_at": "办结"},
    silent=frozenset({"verification_id", "team_id", "enterprise_id"}),
    words={
        "state": {
            "open": "等人说",
            "passed": "证明了",
            "refused": "有人不认得",
            "over": "没有人说",
        },
    },
    fate=Fate.STAYS,
)
VOUCHINGS = Holding(
    model=Vouching,
    called="您给别人的证明",
    purpose="您说过认不认得他",
    ground=Ground.CONTRACT,
    seen_by="没有人",
    kept="随账号编号，里面没有姓名",
    whose=of_account(),
    shown={"created_at": "时间", "known": "认得"},
    silent=frozenset({"recovery_id", "side"}),
    fate=Fate.STAYS,
)
HOLDINGS: tuple[Holding | Apart, ...] = (RECOVERIES, VOUCHINGS)
