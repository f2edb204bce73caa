"""What profiles hold about a person."""

from api.kit.holdings import Apart, Fate, Ground, Holding, Term, of_worker
from api.profiles.models import ProfileCorrection, Resume

CORRECTIONS = Holding(
    model=ProfileCorrection,
    called="更正申请",
    purpose="资料不对，您来改",
    ground=Ground.DUTY,
    seen_by="办理的主管部门",
    kept="3 年",
    whose=of_worker(),
    shown={
        "field": "改什么", "old": "原来", "wanted": "改成", "state": "结果", "reason": "原因",
        "created_at": "申请时间", "decided_at": "办结时间",
    },
    silent=frozenset({"certificate_id", "photo_id", "decided_by"}),
    words={
        "field": {
            "name": "姓名", "nation": "民族", "address": "住址", "issuer": "签发机关",
            "validity": "证件有效期", "education": "文化程度", "skill": "技能等级",
            "certificate": "证书",
        },
        "state": {
            "pending": "等办理", "accepted": "改好了", "refused": "没有通过", "withdrawn": "撤回",
        },
    },
    fate=Fate.GOES,
    term=Term(1096),
    subject="profile_correction",
)  # fmt: skip
RESUMES = Holding(
    model=Resume,
    called="从业简历的二维码",
    purpose="您拿给新单位看",
    ground=Ground.CONTRACT,
    seen_by="扫码的人，只看您选的部分",
    kept="到您收回或注销",
    whose=of_worker(),
    shown={"shown_at": "生成", "expires_at": "到期"},
    silent=frozenset({"code", "parts"}),
    fate=Fate.GOES,
)
HOLDINGS: tuple[Holding | Apart, ...] = (CORRECTIONS, RESUMES)
