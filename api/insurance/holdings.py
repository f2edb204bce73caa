"""What insurance holds about a person."""

from api.insurance.models import Cover, InsurancePolicy
from api.kit.holdings import Apart, Fate, Ground, Holding, of_worker

COVERS = Holding(
    model=Cover,
    called="保险",
    purpose="受了伤有保障",
    ground=Ground.DUTY,
    seen_by="您的企业、总包、主管部门",
    kept="随档案，注销后只留没有姓名的记录",
    whose=of_worker(),
    shown={
        "project_id": "工地", "enterprise_id": "投保单位", "starts_on": "起", "ends_on": "止",
    },
    silent=frozenset({"policy_id", "engagement_id"}),
    fate=Fate.STAYS,
)  # fmt: skip
HOLDINGS: tuple[Holding | Apart, ...] = (
    COVERS,
    Apart(InsurancePolicy, "a policy of an enterprise for a project"),
)
