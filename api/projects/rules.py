"""What is true of projects: which step may follow, what is missing, what a policy says of a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum, unique
from functools import lru_cache

from api.projects.models import Policy, Project, Status

CONTRACTOR = "009"
OWNER = "008"
SUPERVISOR = "007"
SUBCONTRACTORS = ("001", "006")
"""Codes of the dictionary 参建类型."""

MANAGER_POST = "1"
OFFICER_POST = "g01"
"""Codes of the dictionary 管理岗位: 项目经理 and 劳资专管员."""

STEPS: dict[Status, frozenset[Status]] = {
    Status.PREPARING: frozenset({Status.BUILDING}),
    Status.BUILDING: frozenset({Status.SUSPENDED, Status.FINISHED}),
    Status.SUSPENDED: frozenset({Status.BUILDING, Status.FINISHED}),
    Status.FINISHED: frozenset(),
}
"""Which status may follow which; a finished project stays finished."""

DAY_MIN = 24 * 60


@unique
class Method(StrEnum):
    """How a punch may be taken."""

    FENCE = "fence"
    AUTOMATIC = "automatic"
    SITE_CODE = "site_code"
    MANUAL = "manual"


@unique
class Item(StrEnum):
    """Key information 关键信息 of a project; a warning rule (R02) counts what is missing."""

    ADDRESS = "address"
    AREA = "area_m2"
    INVESTMENT = "investment_fen"
    DATES = "dates"
    PAY_DAY = "pay_day"
    PERMIT = "permit"
    FENCE = "fence"
    OFFICER = "officer"
    MANAGER = "manager"
    OWNER = "owner"

    @property
    def label(self) -> str:
        """What people call it."""
        return LABELS[self]


LABELS = {
    Item.ADDRESS: "项目地址",
    Item.AREA: "建筑面积",
    Item.INVESTMENT: "总投资",
    Item.DATES: "开工和竣工日期",
    Item.PAY_DAY: "工资支付日",
    Item.PERMIT: "施工许可证",
    Item.FENCE: "电子围栏",
    Item.OFFICER: "劳资专管员",
    Item.MANAGER: "项目经理",
    Item.OWNER: "建设单位",
}


def may_follow(before: Status, after: Status) -> bool:
    """Whether a project may go from one status to the other."""
    return after in STEPS[before]


def missing(
    project: Project, *, permits: int, fences: int, posts: Iterable[str], kinds: Iterable[str]
) -> list[Item]:
    """The key information a project lacks, in the order people fill it in.

    permits, fences: how many there are; posts, kinds: codes of posts and units in force.
    """
    held, present = set(posts), set(kinds)
    has = {
        Item.ADDRESS: bool(project.address),
        Item.AREA: project.area_m2 is not None,
        Item.INVESTMENT: project.investment_fen is not None,
        Item.DATES: project.starts_on is not None and project.ends_on is not None,
        Item.PAY_DAY: project.pay_day is not None,
        Item.PERMIT: permits > 0,
        Item.FENCE: fences > 0,
        Item.OFFICER: OFFICER_POST in held,
        Item.MANAGER: MANAGER_POST in held,
        Item.OWNER: OWNER in present,
    }
    return [item for item in Item if not has[item]]


@dataclass(frozen=True, slots=True)
class AttendancePolicy:
    """How attendance is taken on a day, times in Asia/Shanghai.

    shift_end_next_day: the shift ends the day after it began. manual_needs_confirmation: work
    registered by hand is an exception that the enterprise has to confirm (GZ-B).
    """

    methods: frozenset[Method]
    photo: bool
    shift_start: time
    shift_end: time
    shift_end_next_day: bool
    tolerance_m: int
    manual_needs_confirmation: bool
    effective_from: date | None = None


DEFAULT_POLICY = AttendancePolicy(
    methods=frozenset(Method),
    photo=False,
    shift_start=time(7),
    shift_end=time(19),
    shift_end_next_day=False,
    tolerance_m=30,
    manual_needs_confirmation=True,
)
"""What holds until a project says otherwise; near means within 30 m beyond the error (BY-01)."""


def policy_on(day: date, policies: Iterable[Policy]) -> AttendancePolicy:
    """What holds on a day: the latest that has begun, of one day the one written last."""
    begun = [policy for policy in policies if policy.effective_from <= day]
    if not begun:
        return DEFAULT_POLICY
    row = max(begun, key=lambda policy: (policy.effective_from, policy.id))
    free = row.manual_checked_from is not None and day < row.manual_checked_from
    return AttendancePolicy(
        methods=frozenset(Method(method) for method in row.methods),
        photo=row.photo,
        shift_start=clock_time(row.shift_start_min),
        shift_end=clock_time(row.shift_end_min),
        shift_end_next_day=row.shift_end_min >= DAY_MIN,
        tolerance_m=row.tolerance_m,
        manual_needs_confirmation=not free,
        effective_from=row.effective_from,
    )


@dataclass(frozen=True, slots=True, eq=False)
class PoliciesAbout:
    """What holds on the day before, on the day, and on the next one. Equal to itself alone."""

    before: AttendancePolicy
    own: AttendancePolicy
    after: AttendancePolicy


@lru_cache(maxsize=4096)
def policies_about(day: date, policies: tuple[Policy, ...]) -> PoliciesAbout:
    """What holds around a day; the very same object again, since punching asks each time."""
    days = (day - timedelta(days=1), day, day + timedelta(days=1))
    return PoliciesAbout(*(policy_on(each, policies) for each in days))


def clock_time(minutes: int) -> time:
    """The time of day so many minutes after midnight, of the next day from 1440 on."""
    return time(minutes % DAY_MIN // 60, minutes % 60)
