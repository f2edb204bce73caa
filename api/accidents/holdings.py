"""What accidents hold about a person."""

from api.accidents.models import Accident, AccidentStep, EmergencyContact
from api.engagements.releasing import LEDGER_TERM
from api.kit.holdings import Apart, Fate, Ground, Holding, of, of_worker

SIDES = {"worker": "您", "leader": "班组长", "enterprise": "企业", "system": "到期自动"}
CONTACTS = Holding(
    model=EmergencyContact,
    called="紧急联系人",
    purpose="出了事故通知您家里人",
    ground=Ground.CONTRACT,
    seen_by="出了事故时的企业人员，每看一次都有记录",
    kept="到您删掉或注销",
    whose=of_worker(),
    shown={"name": "姓名", "phone": "电话", "relation": "关系"},
    silent=frozenset({"place"}),
    words={
        "relation": {
            "spouse": "爱人", "parent": "父母", "child": "子女", "sibling": "兄弟姐妹",
            "friend": "亲友",
        },
    },
    fate=Fate.GOES,
    subject="emergency_contact",
)  # fmt: skip
ACCIDENTS = Holding(
    model=Accident,
    called="事故和工伤",
    purpose="按时申报工伤，不耽误您的权利",
    ground=Ground.DUTY,
    seen_by="您的企业、总包、主管部门",
    kept=LEDGER_TERM,
    whose=of_worker(),
    shown={
        "happened_on": "哪天", "project_id": "工地", "harm": "伤情", "spot": "在哪",
        "text": "经过", "side": "谁报的", "state": "进度", "claimed_on": "申报工伤",
        "worker_due_on": "您最晚申报",
    },
    silent=frozenset({
        "engagement_id", "enterprise_id", "happened_at", "photo_ids", "told", "insurer_told_on",
        "claimed_by", "claim_number", "employer_due_on", "next_on",
    }),
    words={
        "harm": {"none": "没受伤", "light": "轻伤", "serious": "重伤", "death": "死亡"},
        "side": SIDES,
        "state": {"reported": "已报", "handled": "办理中", "closed": "办结"},
    },
    fate=Fate.STAYS,
    subject="accident",
)  # fmt: skip
STEPS = Holding(
    model=AccidentStep,
    called="事故的每一步",
    purpose="您随时能看到办到哪了",
    ground=Ground.DUTY,
    seen_by="您的企业、总包、主管部门",
    kept=LEDGER_TERM,
    whose=of(ACCIDENTS, "accident_id"),
    shown={"created_at": "时间", "act": "做了什么", "side": "谁", "note": "说了什么"},
    silent=frozenset({"accident_id"}),
    words={
        "act": {
            "reported": "报上来", "handled": "处理", "insurer_told": "通知保险公司",
            "claimed": "申报工伤", "reminded": "提醒", "contact_opened": "查看紧急联系人",
            "closed": "办结",
        },
        "side": SIDES,
    },
    fate=Fate.STAYS,
)  # fmt: skip
HOLDINGS: tuple[Holding | Apart, ...] = (CONTACTS, ACCIDENTS, STEPS)
