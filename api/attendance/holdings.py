"""What attendance holds about a person."""

from api.attendance.models import (
    Correction,
    DrawnUntil,
    Punch,
    PunchSettings,
    PunchSignal,
    Workday,
    WorkdayStep,
)
from api.engagements.releasing import LEDGER_TERM
from api.kit.holdings import Apart, Fate, Ground, Holding, of, of_account, of_worker

DIRECTIONS = {"in": "上班", "out": "下班"}
STATES = {
    "incomplete": "少打一次卡", "pending": "待确认", "confirmed": "已确认",
    "auto_confirmed": "已自动确认", "rejected": "没通过", "disputed": "有异议",
    "contested": "双方说法不同", "settled": "已说定",
}  # fmt: skip


def _distance(metres: float) -> str:
    """How far from the fence: below nothing is inside of it."""
    whole = round(abs(metres))
    return f"在工地里，离边 {whole:,} 米" if metres < 0 else f"{whole:,} 米"


PUNCHES = Holding(
    model=Punch,
    called="打卡",
    purpose="算您出了多少工",
    ground=Ground.DUTY,
    seen_by="企业和主管部门看到结果和距离，看不到坐标",
    kept=f"{LEDGER_TERM}；位置 1 年后只留到约 100 米",
    whose=of_worker(),
    shown={
        "day": "日期", "at": "时间", "project_id": "工地", "direction": "上下班", "method": "方式",
        "verdict": "位置结果", "distance_m": "离工地（米）", "lon": "经度", "lat": "纬度",
        "accuracy_m": "误差（米）", "received_at": "收到时间", "note": "备注",
    },
    silent=frozenset({
        "client_id", "content", "engagement_id", "team_id", "enterprise_id", "workday_id",
        "claimed_at", "late_upload", "detail", "fence_id", "fence_version", "given_lon",
        "given_lat", "datum", "taken_at", "device_id", "gate", "code_use", "photo_id", "signals",
    }),
    words={
        "direction": DIRECTIONS,
        "method": {
            "fence": "定位", "automatic": "自动", "site_code": "扫码", "manual": "手工登记",
            "roll_call": "班长点名",
        },
        "verdict": {
            "inside": "在工地", "near": "在工地边上", "outside": "不在工地",
            "uncertain": "位置不准", "no_position": "没有位置",
        },
    },
    spoken={"distance_m": _distance},
    fate=Fate.STAYS,
)  # fmt: skip
WORKDAYS = Holding(
    model=Workday,
    called="出勤",
    purpose="算工资的依据",
    ground=Ground.DUTY,
    seen_by="您的企业、总包、主管部门",
    kept=LEDGER_TERM,
    whose=of_worker(),
    shown={
        "day": "日期", "project_id": "工地", "state": "状态", "units": "工", "hours": "小时",
        "first_at": "最早", "last_at": "最晚",
    },
    silent=frozenset({
        "engagement_id", "team_id", "enterprise_id", "found_units", "reasons", "evidence",
        "derived_at", "open_since", "decided_at",
    }),
    words={"state": STATES},
    fate=Fate.STAYS,
)  # fmt: skip
STEPS = Holding(
    model=WorkdayStep,
    called="出勤的每一步",
    purpose="谁确认的、谁改的、为什么",
    ground=Ground.DUTY,
    seen_by="您的企业、总包、主管部门",
    kept=LEDGER_TERM,
    whose=of(WORKDAYS, "workday_id"),
    shown={
        "at": "时间", "act": "做了什么", "state": "之后的状态", "units": "工", "side": "谁",
        "reason": "理由",
    },
    silent=frozenset({"workday_id"}),
    words={
        "act": {
            "drawn": "按打卡算出", "drawn_incomplete": "还差一次打卡", "remind": "催办",
            "more_punches": "又收到打卡", "correct": "您申请补卡", "confirm": "确认",
            "reject": "没有通过", "contest": "有不同意见", "dispute": "您提了异议",
            "auto_confirm": "自动确认", "settle": "说定了",
        },
        "state": STATES,
        "side": {"worker": "您", "enterprise": "企业", "system": "到期自动"},
    },
    fate=Fate.STAYS,
)  # fmt: skip
SIGNALS = Holding(
    model=PunchSignal,
    called="打卡的疑点",
    purpose="提醒核对，不作为处罚依据",
    ground=Ground.DUTY,
    seen_by="核对出勤的企业人员、主管部门",
    kept=LEDGER_TERM,
    whose=of(WORKDAYS, "workday_id"),
    shown={"code": "疑点", "value": "数值", "created_at": "时间"},
    silent=frozenset({"punch_id", "workday_id"}),
    words={
        "code": {
            "clock_skew": "手机时间不准", "device_shared": "一部手机多人打卡",
            "impossible_travel": "两次打卡隔得太远", "late_upload": "后来才上传",
            "low_accuracy": "定位不准", "repeated_coordinates": "位置一模一样",
            "stale_fix": "用的以前的位置", "team_distance": "离班组其他人远",
        },
    },
    fate=Fate.STAYS,
)  # fmt: skip
CORRECTIONS = Holding(
    model=Correction,
    called="补卡",
    purpose="补上漏打的卡",
    ground=Ground.DUTY,
    seen_by="您的企业、总包、主管部门",
    kept=LEDGER_TERM,
    whose=of_worker(),
    shown={"at": "补的时间", "direction": "上下班", "reason": "理由", "state": "结果"},
    silent=frozenset({"workday_id", "photo_id"}),
    words={
        "direction": DIRECTIONS,
        "state": {"pending": "待确认", "accepted": "通过", "refused": "没通过"},
    },
    fate=Fate.STAYS,
)
SETTINGS = Holding(
    model=PunchSettings,
    called="打卡设置",
    purpose="到工地打开就自动打卡，由您开关",
    ground=Ground.CONSENT,
    seen_by="您自己",
    kept="到您注销",
    whose=of_account(),
    shown={"automatic": "自动打卡"},
    fate=Fate.GOES,
)
HOLDINGS: tuple[Holding | Apart, ...] = (
    PUNCHES, WORKDAYS, STEPS, SIGNALS, CORRECTIONS, SETTINGS,
    Apart(DrawnUntil, "one instant for all"),
)  # fmt: skip
