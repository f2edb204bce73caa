"""维权告示牌: what the rights notice board of a site has to say, and the proof that it hangs.

Regulation on wages of rural migrant workers (国务院令第724号), article 34: owner, contractor,
project office, subcontractors, authority, wage officer; local minimum wage and pay day; whom to
call.
"""

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Purpose, Tag
from api.files import service as files
from api.files.models import FilePurpose
from api.kit import clock
from api.kit.actor import Actor
from api.kit.money import written
from api.kit.personal import Personal
from api.kit.routes import Upload
from api.kit.transaction import transaction
from api.projects import queries, standards
from api.projects.access import kept
from api.projects.errors import NoSuchProject
from api.projects.models import BoardPhoto, Participation, Post, Project, RegionStandard
from api.projects.rules import CONTRACTOR, MANAGER_POST, OFFICER_POST, OWNER, SUBCONTRACTORS
from api.settings import settings
from verification.code import parse_code
from verification.reasons import Refused

TITLE = "农民工工资维权告示牌"
RIGHTS = (
    "工资按月足额发到您本人的卡上，每月至少一次。",
    "任何人不得扣下您的身份证、银行卡、社保卡。",
    "没拿到工资，先找本项目劳资专管员，也可以直接打上面的电话。",
)
HOTLINES = "12333（人社）　12345（政务服务）　12348（法律援助）　12351（工会）"
KEPT = timedelta(days=3 * 366)
"""How long the proof is kept: as long as wage evidence."""

NATIONWIDE = "12333（人社）"

Say = Callable[[Personal], str]


@dataclass(frozen=True, slots=True)
class Announcement:
    """A public notice 公示 that runs until the end of its last day."""

    title: str
    text: str
    first: date
    last: date


Announce = Callable[[UUID], Awaitable[Announcement | None]]
_announced: list[Announce] = []


def announce_by(running: Announce) -> None:
    """Let a room above say which public notice of a project runs today."""
    _announced.append(running)


@dataclass(frozen=True, slots=True)
class Board:
    """The board of a day: labels and texts in order, a text empty where it is missing.

    announcements: public notices that run beside it, which a photo of the board need not show.
    object_to: where whoever objects to one turns to.
    """

    code: str
    lines: tuple[tuple[str, str], ...]
    as_of: date
    announcements: tuple[Announcement, ...] = ()
    object_to: str = NATIONWIDE

    @property
    def address(self) -> str:
        """Where everybody reads what the board says today: what the QR on it leads to."""
        return f"{settings().public_url}/boards/{self.code}"

    @property
    def digest(self) -> str:
        """Equal for boards that say the same."""
        return sha256(json.dumps(self.lines, ensure_ascii=False).encode()).hexdigest()

    @property
    def missing(self) -> list[str]:
        """The labels without a text."""
        return [label for label, text in self.lines if not text]


async def board(project: Project) -> Board:
    """What the board reads today, names and phones masked."""
    return await _board(project, lambda value: value.masked)


async def printed(actor: Actor, project: Project) -> Board:
    """The same with names and phones, as the law wants it on site; each look is audited."""
    subject = ("project", project.id)
    async with transaction():
        return await _board(
            project, lambda value: audit.reveal(actor, value, Purpose.SHOW_STAFF, subject)
        )


async def _board(project: Project, say: Say) -> Board:
    today = clock.today()
    units = await queries.in_force(today).filter(project_id=project.id).order_by("id")
    posts = await queries.posts_on([project.id], today).order_by("id")
    standard = await standards.in_force(project.region)
    lines = (
        ("项目名称", project.name),
        *_unit_lines(units),
        ("项目部地址", project.address),
        ("项目经理", _people(posts, MANAGER_POST, say)),
        ("劳资专管员", _people(posts, OFFICER_POST, say)),
        ("工资支付日", f"每月 {project.pay_day} 日" if project.pay_day else ""),
        *_standard_lines(standard),
        ("全国热线", HOTLINES),
    )
    running = await _running(project.id)
    return Board(project.code, lines, today, running, _object_to(standard))


async def _running(project_id: UUID) -> tuple[Announcement, ...]:
    found = [await running(project_id) for running in _announced]
    return tuple(each for each in found if each is not None)


def _object_to(row: RegionStandard | None) -> str:
    if row is None:
        return NATIONWIDE
    return f"{row.authority} {row.authority_phone}；劳动监察 {row.labour_phone}；{NATIONWIDE}"


def _unit_lines(units: Sequence[Participation]) -> tuple[tuple[str, str], ...]:
    def named(*kinds: str) -> str:
        return "、".join(dict.fromkeys(unit.name for unit in units if unit.kind in kinds))

    return (
        ("建设单位", named(OWNER)),
        ("总承包单位", named(CONTRACTOR)),
        ("分包单位", named(*SUBCONTRACTORS) or "无"),
    )


def _people(posts: Sequence[Post], code: str, say: Say) -> str:
    held = [post for post in posts if post.post == code]
    return "；".join(f"{say(post.name)} {say(post.phone)}" for post in held)


def _standard_lines(row: RegionStandard | None) -> tuple[tuple[str, str], ...]:
    if row is None:
        labels = ("当地最低工资标准", "行业主管部门", "劳动监察投诉电话", "劳动仲裁", "法律援助")
        return tuple((label, "") for label in labels)
    wage = f"每月 {written(row.minimum_month_fen)} 元"
    if row.minimum_hour_fen:
        wage += f"，每小时 {written(row.minimum_hour_fen)} 元"
    return (
        ("当地最低工资标准", f"{wage}（{row.source}）"),
        ("行业主管部门", f"{row.authority} {row.authority_phone}"),
        ("劳动监察投诉电话", row.labour_phone),
        ("劳动仲裁", row.arbitration),
        ("法律援助", row.legal_aid),
    )


async def of_code(code: str) -> Project:
    """The project on whose board this code stands. NoSuchProject for any other text."""
    try:
        known = await Project.get_or_none(code=parse_code(code).compact)
    except Refused:
        known = None
    if known is None:
        raise NoSuchProject
    return known


@dataclass(frozen=True, slots=True)
class Proof:
    """When the last photo was taken in; whether the board says the same as then."""

    posted_at: datetime | None = None
    current: bool = False


async def proof(project_id: UUID, shown: Board) -> Proof:
    """What the newest photo proves: a board that has changed since has to be posted anew."""
    newest = await queries.board_photos(project_id).order_by("-id").first()
    return Proof(newest.created_at, newest.shows == shown.digest) if newest else Proof()


async def post_photo(actor: Actor, project_id: UUID, photo: Upload) -> BoardPhoto:
    """The photo, which proves that the board hangs; kept for three years. BadPhoto."""
    async with transaction():
        await kept(actor, project_id)
    content = await files.clean(actor, photo, field="photo")
    file_id = await files.store(content, FilePurpose.EVIDENCE, account_id=actor.id)
    async with transaction():
        project = await kept(actor, project_id)
        await files.keep_until([file_id], clock.now() + KEPT)
        row = await BoardPhoto.create(
            project_id=project.id,
            file_id=file_id,
            account_id=actor.account_id,
            shows=(await board(project)).digest,
        )
        tenant = project.enterprise_id
        audit.record(actor, Tag.BOARD_POSTED, ("project", project.id), tenant_id=tenant)
    return row
