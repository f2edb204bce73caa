"""What training holds about a person."""

from functools import partial

from api.codes import service as codes
from api.codes.service import Dictionary
from api.kit.holdings import Apart, Fate, Ground, Holding, Term, of_worker
from api.training.models import (
    CALLED,
    Certificate,
    Course,
    CourseVersion,
    GroupSession,
    Lesson,
    Progress,
    QuizAttempt,
    SessionPhoto,
    StudyClock,
    Training,
    TrainingCard,
    Visit,
)

TRAININGS = Holding(
    model=Training,
    called="培训记录",
    purpose="没培训不能上岗",
    ground=Ground.DUTY,
    seen_by="企业、总包、主管部门；名字打了星号",
    kept="随档案，注销后只留没有姓名的记录",
    whose=of_worker(),
    shown={
        "project_id": "工地", "kind": "种类", "held_on": "日期", "hours": "学时", "topic": "内容",
        "score": "成绩",
    },
    silent=frozenset({"enterprise_id", "recorded_by", "trade", "session_id", "version_id"}),
    words={"kind": {kind.value: called for kind, called in CALLED.items()}},
    fate=Fate.STAYS,
)  # fmt: skip
CERTIFICATES = Holding(
    model=Certificate,
    called="特种作业证书",
    purpose="没有证不能干特种作业",
    ground=Ground.DUTY,
    seen_by="登记它的企业，证号打了星号",
    kept="到您注销",
    whose=of_worker(),
    shown={
        "operation": "作业代码", "number": "证书编号", "issued_by": "发证机关",
        "valid_from": "起", "valid_to": "止",
    },
    silent=frozenset({"enterprise_id", "recorded_by", "check_code", "reminded_on"}),
    spoken={"operation": partial(codes.name_of, Dictionary.SPECIAL_TRADES)},
    fate=Fate.GOES,
    subject="certificate",
)  # fmt: skip
CARDS = Holding(
    model=TrainingCard,
    called="培训记录的二维码",
    purpose="您拿给新工地看",
    ground=Ground.CONTRACT,
    seen_by="扫码的人",
    kept="到您注销",
    whose=of_worker(),
    shown={"created_at": "生成时间"},
    silent=frozenset({"code"}),
    fate=Fate.GOES,
)
PROGRESS = Holding(
    model=Progress,
    called="学习进度",
    purpose="下次接着学",
    ground=Ground.CONTRACT,
    seen_by="您自己",
    kept="到您注销",
    whose=of_worker(),
    shown={"earned_ms": "已学（毫秒）", "done_at": "学完", "created_at": "开始"},
    silent=frozenset({"content_id", "position_ms"}),
    spoken={"earned_ms": lambda spent: f"{spent // 60_000} 分钟"},
    fate=Fate.GOES,
)
CLOCKS = Holding(
    model=StudyClock,
    called="学习计时",
    purpose="两部手机同时学只算一份",
    ground=Ground.CONTRACT,
    seen_by="没有人",
    kept="到您注销",
    whose=of_worker(),
    shown={"counted_until": "算到"},
    fate=Fate.GOES,
)
VISITS = Holding(
    model=Visit,
    called="打开课程的时间",
    purpose="算学了多久",
    ground=Ground.CONTRACT,
    seen_by="没有人",
    kept="1 年",
    whose=of_worker(),
    shown={"created_at": "打开", "beaten_at": "最后学到"},
    silent=frozenset({"lesson_id", "beats", "position_ms"}),
    fate=Fate.GOES,
    term=Term(365),
)
ATTEMPTS = Holding(
    model=QuizAttempt,
    called="考试答卷",
    purpose="证明考过了",
    ground=Ground.DUTY,
    seen_by="没有人",
    kept="随档案，注销后只留没有姓名的记录",
    whose=of_worker(),
    shown={"day": "日期", "score": "成绩", "passed": "通过"},
    silent=frozenset({"content_id", "lesson_id", "answers", "wrong"}),
    fate=Fate.STAYS,
)
HOLDINGS: tuple[Holding | Apart, ...] = (
    TRAININGS, CERTIFICATES, CARDS, PROGRESS, CLOCKS, VISITS, ATTEMPTS,
    Apart(Course, "a course of an enterprise"),
    Apart(CourseVersion, "what a course says"),
    Apart(Lesson, "what a lesson says"),
    Apart(GroupSession, "a training of many: who attended stands in the records"),
    Apart(SessionPhoto, "a photo of a room or a list, kept by the enterprise as proof"),
)  # fmt: skip
