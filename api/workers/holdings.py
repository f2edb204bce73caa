"""What workers' records hold about a person."""

import json

from tortoise.expressions import Q

from api.kit import clock, on_paper
from api.kit.holdings import Apart, Fate, Ground, Holding, of, of_account, of_worker
from api.kit.personal import ERASED_NAME, Kind, Personal
from api.workers.models import (
    BankCard,
    CodeState,
    IdCardReading,
    Restriction,
    Review,
    Takeover,
    Verification,
    Worker,
    WorkerChange,
    WorkerState,
)

SEXES = {"male": "男", "female": "女", "": "没有登记"}
CARD = {
    "name": "姓名", "sex": "性别", "nation": "民族", "birth": "出生日期", "address": "住址",
    "number": "证件号码", "issuer": "签发机关", "valid_from": "证件起", "valid_to": "证件止",
}  # fmt: skip
CHANGED = {
    **CARD, "phone": "手机号", "education": "文化程度", "skill": "技能等级", "origin": "户籍地",
    "account": "账号", "code_state": "核验码状态", "revealed": "有人看了原文",
    "merged_into": "合并到另一份", "merged_from": "从另一份合并", "kept_opened": "封存的身份被查阅",
}  # fmt: skip
DOCUMENTS = {
    "01": "居民身份证", "08": "护照", "10": "港澳居民来往内地通行证",
    "12": "台湾居民来往大陆通行证",
    "residence_permit": "港澳台居民居住证", "permanent_residence": "外国人永久居留身份证",
}  # fmt: skip


def _read(fields: str) -> str:
    """What was read from a card, name by name; as it stands where it is masked."""
    if not fields.startswith("{"):
        return fields
    read = json.loads(fields)
    said = (f"{CARD.get(name, on_paper.OTHER)} {each['text']}" for name, each in read.items())
    return "，".join(said)


WORKER = Holding(
    model=Worker,
    called="实名信息",
    purpose="实名登记，发核验码，算工资认得是您",
    ground=Ground.DUTY,
    seen_by="核验人员；您的企业和主管部门看到的打了星号，查看原文要有理由并留记录",
    kept="到您注销；有用工记录的，工程完工、工资付清后满 3 年",
    whose=of_worker("id"),
    shown={
        "name": "姓名", "id_kind": "证件", "number": "证件号码", "sex": "性别", "birth": "出生日期",
        "nation": "民族", "address": "住址", "issuer": "签发机关", "valid_from": "证件起",
        "valid_to": "证件止", "phone": "手机号", "education": "文化程度",
        "skill": "技能等级", "code": "实名核验码", "code_state": "核验码状态",
        "state": "登记状态", "verified_at": "核验时间",
    },
    silent=frozenset({"number_index", "birth_index", "origin", "merged_into_id"}),
    words={
        "sex": SEXES,
        "id_kind": DOCUMENTS,
        "education": {
            "01": "小学", "02": "初中", "03": "高中", "04": "中专", "05": "大专", "06": "本科",
            "07": "硕士", "08": "博士", "99": "其他",
        },
        "skill": {
            "none": "没有等级", "junior": "初级工", "middle": "中级工", "senior": "高级工",
            "technician": "技师", "senior_technician": "高级技师",
        },
        "code_state": {"active": "有效", "frozen": "冻结", "replaced": "已更换", "dead": "已作废"},
        "state": {
            "collected": "企业登记", "verified": "已实名", "merged": "已合并", "erased": "已注销",
        },
    },
    spoken={"birth": on_paper.dated},
    fate=Fate.BLANKED,
    blank={
        "account_id": None,
        "state": WorkerState.ERASED,
        "number": lambda row: Personal.of(Kind.ID_NUMBER, row.id.hex),
        "number_index": lambda row: row.id.hex,
        "name": lambda row: Personal.of(Kind.NAME, ERASED_NAME),
        "sex": "", "birth": None, "birth_index": None, "nation": "", "address": None,
        "issuer": None, "valid_from": None, "valid_to": None, "phone": None, "origin": "",
        "education": "", "skill": "",
        "code_state": lambda row: CodeState.DEAD if row.code else None,
    },
    subject="worker",
)  # fmt: skip
READINGS = Holding(
    model=IdCardReading,
    called="从身份证读出的内容",
    purpose="交之前让您核对",
    ground=Ground.CONSENT,
    seen_by="您自己",
    kept="1 天",
    whose=of_account(),
    shown={"fields_read": "读出的内容", "created_at": "时间"},
    silent=frozenset({"front_file_id", "back_file_id", "warnings", "outcome", "request_id"}),
    spoken={"fields_read": _read},
    fate=Fate.GOES,
    subject="id_card_reading",
)
VERIFICATIONS = Holding(
    model=Verification,
    called="实名核验的经过",
    purpose="核对是不是您本人",
    ground=Ground.DUTY,
    seen_by="两位核验人员，每看一次都有记录",
    kept="填写的内容核验完就清空；经过随档案",
    whose=of_account(),
    shown={
        "name": "姓名", "number": "证件号码", "birth": "出生日期", "address": "住址",
        "issuer": "签发机关", "stage": "结果", "face_declined": "没有刷脸",
        "created_at": "提交时间", "decided_at": "办结时间",
    },
    silent=frozenset({
        "open_account_id", "reading_id", "seat", "id_kind", "number_index", "sex", "nation",
        "origin", "valid_from", "valid_to", "front_file_id", "back_file_id", "selfie_file_id",
        "face_failed", "tries", "local_reasons", "reasons", "provider", "live_outcome",
        "identity_outcome", "request_ids", "threshold_version", "cleared_at",
    }),
    words={
        "stage": {
            "submitted": "已提交", "needs_review": "人工核对中", "waiting": "等原账号答复",
            "verified": "通过",
            "refused": "没通过", "withdrawn": "已撤回",
        },
    },
    spoken={"birth": on_paper.dated},
    fate=Fate.BLANKED,
    blank={
        "number": None, "number_index": "", "name": None, "birth": None, "address": None,
        "issuer": None, "sex": "", "nation": "", "origin": "", "valid_from": None, "valid_to": None,
        "cleared_at": lambda row: row.cleared_at or clock.now(),
    },
    subject="verification",
)  # fmt: skip
REVIEWS = Holding(
    model=Review,
    called="核验人员的意见",
    purpose="两人分别核对，互不知道",
    ground=Ground.DUTY,
    seen_by="主管部门",
    kept="随档案",
    whose=of(VERIFICATIONS, "verification_id"),
    shown={"approved": "同意", "created_at": "时间"},
    silent=frozenset({"verification_id", "officer_id", "seat", "number_index", "note"}),
    fate=Fate.BLANKED,
    blank={"note": None, "number_index": ""},
)
BANK_CARDS = Holding(
    model=BankCard,
    called="工资卡",
    purpose="把工资直接打到您卡上",
    ground=Ground.CONSENT,
    seen_by="您自己，只看到后四位",
    kept="到您注销；换过的卡作为历史留着",
    whose=of_worker(),
    shown={
        "number": "卡号", "bank_name": "银行", "created_at": "登记时间", "replaced_at": "更换时间",
    },
    silent=frozenset({"number_index", "active_number", "active_worker_id", "bank_code"}),
    fate=Fate.GOES,
    subject="bank_card",
)  # fmt: skip
CHANGES = Holding(
    model=WorkerChange,
    called="实名信息的更正",
    purpose="改过什么、谁改的、为什么",
    ground=Ground.DUTY,
    seen_by="主管部门，旧内容打了星号",
    kept="随档案",
    whose=of_worker(),
    shown={"field": "改了什么", "old": "原来的内容", "reason": "原因", "created_at": "时间"},
    silent=frozenset({"shown"}),
    spoken={"field": on_paper.by(CHANGED), "old": on_paper.dated},
    fate=Fate.BLANKED,
    blank={"old": None, "shown": ""},
)
TAKEOVERS = Holding(
    model=Takeover,
    called="找回账号",
    purpose="换了手机，把档案接到新账号上",
    ground=Ground.CONTRACT,
    seen_by="没有人",
    kept="到您注销",
    whose=of_worker(),
    shown={"created_at": "申请", "state": "结果", "due_at": "等到", "ended_at": "办结"},
    silent=frozenset({"verification_id", "before_id", "open_worker_id"}),
    words={
        "state": {"waiting": "等待中", "done": "接过来了", "objected": "原账号不同意",
                  "ended": "没有办成"},
    },
    fate=Fate.GOES,
)  # fmt: skip
RESTRICTIONS = Holding(
    model=Restriction,
    called="限制进场的决定",
    purpose="法律规定的限制",
    ground=Ground.DUTY,
    seen_by="作决定的主管部门；企业只能查有没有",
    kept="随决定，到期不再生效",
    whose=lambda person: Q(subject="worker", subject_index__in=person.number_indexes),
    shown={
        "reason": "种类", "document": "文号", "valid_from": "起", "valid_to": "止",
        "ended_on": "解除日期", "ended_reason": "解除原因",
    },
    silent=frozenset({"subject", "subject_index", "number", "made_by", "ended_by"}),
    words={
        "reason": {
            "black_list": "黑名单", "disputed": "身份有争议", "order": "行政决定", "other": "其他",
        },
    },
    fate=Fate.STAYS,
    subject="restriction",
)  # fmt: skip
HOLDINGS: tuple[Holding | Apart, ...] = (
    WORKER, READINGS, VERIFICATIONS, REVIEWS, BANK_CARDS, CHANGES, TAKEOVERS, RESTRICTIONS,
)  # fmt: skip
