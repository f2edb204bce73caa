"""The small world of the matrix: one thing of each kind, and who they belong to.

All of it belongs to firm A, to Zhang and to the county 510107; everybody else is a stranger to it.
"""

import io
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from uuid import UUID

from PIL import Image

from api.accounts import sessions
from api.accounts.models import Account, Session
from api.collecting.models import RowStatus, WorkerImport, WorkerImportRow, WorkerLink
from api.engagements.models import Engagement
from api.enterprises.models import Enterprise
from api.files import service as files
from api.files.models import FilePurpose
from api.kit import clock
from api.kit.actor import SYSTEM, Origin
from api.kit.personal import Kind, Personal
from api.kit.transaction import transaction
from api.notices import service as notices
from api.notices.models import Notice
from api.privacy.models import DataExport, Erasure, ExportState
from api.teams.models import (
    ActingLeader,
    ActingState,
    Handover,
    HandoverState,
    Invitation,
    Member,
    Team,
)
from api.wages.models import WageLine
from api.workers.models import (
    BankCard,
    Restriction,
    RestrictionReason,
    Seat,
    Stage,
    Subject,
    Verification,
)
from api.worklog.models import LogLine
from tests.api.attendance import sites as punching
from tests.api.complaints import complained
from tests.api.conduct import conducted
from tests.api.engagements.site import CONTRACT
from tests.api.enterprises.firms import both_firms, credit_code
from tests.api.payroll import listed
from tests.api.payslips import slipped
from tests.api.profiles import profiled
from tests.api.projects import sites
from tests.api.recovery import asked
from tests.api.teams import people
from tests.api.training import classes
from tests.api.wages import sheeted
from tests.api.workers import records
from tests.cast import FIRM_A, PARTS, Client
from tests.specimens import courseware, person

ZHANG, WAITING, OTHER, LEADER, LI = (person(seed) for seed in range(1, 6))
WORDS = {
    "name": "special_trades", "purpose": "location", "role": "wage_officer", "table": "workday",
}  # fmt: skip

# What ends a thing is asked last, so that the others still find it.
LAST = (
    "courses.publish_course",
    "courses.remove_lesson",
    "courses.withdraw_course",
    "engagement_office.leave",
    "engagement_office.settle",
    "enterprise_oversight.decide_enterprise",
    "platform.disable_account",
    "staff.take_role",
    "teams.accept_acting",
    "teams.accept_handover",
    "teams.accept_invitation",
    "teams.leave_team",
    "worker_oversight.change_worker_code",
    "worker_oversight.merge_worker",
)


@dataclass
class World:
    """The ids of the things that requests name, and the words, codes among them."""

    ids: dict[str, UUID] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=lambda: dict(WORDS))

    def path(self, template: str) -> str:
        """An operation's address with its parameters filled. KeyError for an unknown one."""
        for name, row_id in self.ids.items():
            template = template.replace(f"<{name}:uuid>", str(row_id))
        for name, word in self.words.items():
            template = template.replace(f"<{name}:str>", word)
        if "<" in template:
            raise KeyError(template)
        return template


@cache
def photo() -> bytes:
    """A sharp enough picture of nothing."""
    content = io.BytesIO()
    Image.effect_noise((1200, 800), 90).convert("RGB").save(content, "JPEG", quality=90)
    return content.getvalue()


async def made(client: Client) -> World:
    """The world, with the whole cast in it."""
    for name in PARTS:
        await client.cast.token(name)
    await both_firms(client)
    world = World({"enterprise_id": FIRM_A, "account_id": client.cast.ids["officer_a"]})
    await _workers(client, world)
    await _photos(client, world)
    await _papers(client, world)
    await _own(client, world)
    await _site(client, world)
    await _team(client, world)
    await _engaged(client, world)
    await _worked(client, world)
    await _taught(client, world)
    await _written(client, world)
    await _complained(client, world)
    world.ids |= await sheeted.made(world.ids)
    world.ids |= await listed.made(world.ids)
    zhang = client.cast.ids["zhang"]
    copy = await DataExport.create(account_id=zhang, state=ExportState.READY)
    world.ids["export_id"] = copy.id
    world.ids |= await conducted.of_zhang(client, world.ids)
    await profiled.furnish(client, world.ids, world.words)
    world.ids |= await asked.made(client, world.ids)
    world.ids |= await slipped.made(world.ids, zhang)
    world.words["share_token"] = slipped.TOKEN
    world.words["digest"] = (await WageLine.get(id=world.ids["payslip_id"])).digest
    return world


async def put_back(world: World, name: str) -> None:
    """Let an operation find what it acts on as it expects it."""
    room = name.partition(".")[0]
    ids = world.ids
    if room.startswith("team"):
        await _teams_back(ids, name)
    elif name == "privacy.withdraw_erasure":
        whose = (await DataExport.get(id=ids["export_id"])).account_id
        await Erasure.filter(account_id=whose).delete()
        await Erasure.create(account_id=whose, due_at=clock.in_seconds(86_400))
    elif room.startswith(("accident", "card", "profile")):
        await profiled.put_back(ids, world.words)
    elif "recovery" in name or "takeover" in name:
        await asked.put_back(ids)
    elif room.startswith("complaint"):
        await complained.put_back(ids["complaint_id"], name)
    else:
        for rooms, back in BACK.items():
            if room.startswith(rooms):
                await back(ids, name)


BACK = {
    ("funds", "wages"): sheeted.put_back,
    ("payslips",): slipped.put_back,
    ("payroll", "bank_strays"): listed.put_back,
    ("conduct",): conducted.put_back,
}


async def _teams_back(ids: dict[str, UUID], name: str) -> None:
    if "_handover" in name:
        await Team.filter(id=ids["team_id"]).update(leader_id=ids["leader_id"])
        await Handover.filter(team_id=ids["team_id"]).update(state=HandoverState.WITHDRAWN)
        offer = Handover.filter(id=ids["handover_id"])
        await offer.update(state=HandoverState.OPEN, decided_at=None)
    if name == "teams.leave_team":
        # Whoever joined by the code a moment ago is a stranger again.
        await Member.filter(invitation_id=ids["invitation_id"]).delete()
    code = Invitation.filter(id=ids["invitation_id"])
    await code.update(revoked_at=None, used=0)
    await ActingLeader.filter(team_id=ids["team_id"]).update(state=ActingState.WITHDRAWN)
    term = ActingLeader.filter(id=ids["acting_id"])
    await term.update(state=ActingState.OFFERED, decided_at=None, ended_at=None)


async def _workers(client: Client, world: World) -> None:
    zhang = await records.known(ZHANG, account_id=client.cast.ids["zhang"])
    number = Personal.of(Kind.BANK_CARD, ZHANG.bank_card)
    await BankCard.create(
        worker_id=zhang.id, active_worker_id=zhang.id,
        number=number, number_index=number.index, active_number=number.index,
    )  # fmt: skip
    link = await WorkerLink.create(
        enterprise_id=FIRM_A, worker=zhang, collected_by=client.cast.ids["officer_a"]
    )
    other = await records.known(OTHER)
    leader = await records.known(LEADER, account_id=client.cast.ids["leader"])
    await records.known(LI, account_id=client.cast.ids["li"])
    world.words |= {"zhang_code": zhang.code or "", "other_code": other.code or ""}
    world.ids |= {
        "worker_id": zhang.id, "link_id": link.id, "into_id": other.id, "leader_id": leader.id,
    }  # fmt: skip


async def _photos(client: Client, world: World) -> None:
    wang = client.cast.ids["wang"]
    front = await files.store(photo(), FilePurpose.CARD_FRONT, account_id=wang)
    back = await files.store(photo(), FilePurpose.CARD_BACK, account_id=wang)
    licence = await files.store(photo(), FilePurpose.LICENCE, account_id=None)
    await Enterprise.filter(id=FIRM_A).update(licence_file_id=licence)
    number = Personal.of(Kind.ID_NUMBER, WAITING.number)
    waiting = await Verification.create(
        account_id=wang, open_account_id=wang, stage=Stage.NEEDS_REVIEW, seat=Seat.FIRST,
        region="510107", id_kind="01", number=number, number_index=number.index,
        name=Personal.of(Kind.NAME, WAITING.name), front_file_id=front, back_file_id=back,
        face_declined=True,
    )  # fmt: skip
    world.ids |= {"file_id": front, "verification_id": waiting.id}


async def _papers(client: Client, world: World) -> None:
    restriction = await Restriction.create(
        subject=Subject.ENTERPRISE, subject_index=credit_code(55), region="510107",
        reason=RestrictionReason.ORDER, document="样例1号", valid_from=date(2026, 1, 1),
    )  # fmt: skip
    report = await WorkerImport.create(
        enterprise_id=FIRM_A, made_by=client.cast.ids["officer_a"], total=1, done=True
    )
    await WorkerImportRow.create(report=report, number=1, status=RowStatus.CREATED)
    world.ids |= {"restriction_id": restriction.id, "import_id": report.id}


async def _site(client: Client, world: World) -> None:
    project = await sites.another(client)
    path = project["id"]
    unit = sites.made(await sites.sent(client, f"{path}/units", sites.unit(82)))
    post = sites.made(await sites.sent(client, f"{path}/posts", sites.post("1")))
    fence = await sites.fenced(client, path)
    made = {"project_id": project, "unit_id": unit, "post_id": post, "fence_id": fence}
    world.ids |= {name: UUID(row["id"]) for name, row in made.items()}
    world.words["board_code"] = project["code"]


async def _team(client: Client, world: World) -> None:
    team = await people.team(client)
    path = f"{people.TEAMS}/{team['id']}"
    await people.joined(client, team["id"], "zhang")
    offered = {"member_id": await people.member_id(client, team["id"])}
    offer = people.made(await client.post(f"{path}/handovers", as_="leader", json=offered))
    code = people.made(await client.post(f"{path}/invitations", as_="leader", json={}))
    member = await Member.create(
        team_id=UUID(team["id"]), worker_id=world.ids["into_id"], joined_on=sites.day(sites.today())
    )
    term = await ActingLeader.create(
        team_id=UUID(team["id"]), worker_id=world.ids["worker_id"],
        named_by=world.ids["leader_id"], from_on=sites.day(sites.today()),
        to_on=sites.day(sites.today(6)),
    )  # fmt: skip
    world.ids["acting_id"] = term.id
    made = {"team_id": team, "handover_id": offer, "invitation_id": code}
    world.ids |= {name: UUID(row["id"]) for name, row in made.items()} | {"member_id": member.id}
    world.words["code"] = code["code"]


async def _engaged(client: Client, world: World) -> None:
    project_id = str(world.ids["project_id"])
    await punching.enter(world.ids["worker_id"], project_id, team_id=world.ids["team_id"])
    engagement = await Engagement.get(worker_id=world.ids["worker_id"])
    await Engagement.filter(id=engagement.id).update(worker_code=world.words["zhang_code"])
    path = f"{project_id}/engagements/{engagement.id}/contracts"
    contract = sites.made(await sites.sent(client, path, CONTRACT))
    world.ids |= {"engagement_id": engagement.id, "contract_id": UUID(contract["id"])}


async def _worked(client: Client, world: World) -> None:
    await client.agree("zhang", "location")
    body = punching.punch(str(world.ids["project_id"]))
    punch = await punching.taken(client, "zhang", body)
    world.ids |= {"punch_id": UUID(punch["id"]), "workday_id": UUID(punch["workday_id"])}


async def _taught(client: Client, world: World) -> None:
    row = await classes.published(
        client, film=courseware.pdf(), project_id=str(world.ids["project_id"])
    )
    lesson, quiz = (UUID(each["id"]) for each in row["current"]["lessons"])
    world.ids |= {"course_id": UUID(row["id"]), "lesson_id": lesson, "quiz_id": quiz}
    world.ids["visit_id"] = UUID(await classes.open_lesson(client, str(lesson)))
    path = f"{classes.COURSES}/{row['id']}/draft"
    draft = sites.made(await client.post(path, as_="officer_a"))["draft"]
    world.ids["draft_lesson_id"] = UUID(draft["lessons"][0]["id"])
    await _recorded(client, world)


async def _recorded(client: Client, world: World) -> None:
    given = {
        "topic": "样例培训", "kind": "entry", "held_on": sites.today(), "hours": "2",
        "trainer": "周样例", "worker_ids": [str(world.ids["worker_id"])],
    }  # fmt: skip
    path = f"{sites.OWN}/{world.ids['project_id']}/group-sessions"
    row = sites.made(await client.post(path, as_="officer_a", json=given))
    world.ids["group_session_id"] = UUID(row["id"])
    paper = {
        "worker_code": world.words["zhang_code"], "operation": "01", "number": "A0120190001",
        "issued_by": "样例省住房和城乡建设厅", "valid_from": "2025-01-01",
        "valid_to": sites.today(400),
    }  # fmt: skip
    shown = await client.post("/api/v1/enterprise/certificates", as_="officer_a", json=paper)
    card = await client.put("/api/v1/me/training-card", as_="zhang")
    world.words |= {
        "check_code": sites.made(shown)["check_url"].rpartition("/")[2],
        "record_code": card.json()["url"].rpartition("/")[2],
    }


async def _written(client: Client, world: World) -> None:
    """Zhang's word of today in his own book; the leader has said nothing yet."""
    mate = await Member.get(team_id=world.ids["team_id"], worker_id=world.ids["worker_id"])
    body = {
        "kind": "time", "project_id": str(world.ids["project_id"]), "day": sites.today(),
        "units": "1", "team_id": str(world.ids["team_id"]),
    }  # fmt: skip
    path = "/api/v1/me/worklog/entries"
    entry = sites.made(await client.post(path, as_="zhang", json=body))
    line = await LogLine.get()
    world.ids |= {"entry_id": UUID(entry["id"]), "line_id": line.id, "mate_id": mate.id}


async def _complained(client: Client, world: World) -> None:
    """Zhang's complaint to firm A, with his name and a recording."""
    world.ids["complaint_id"] = await complained.by_zhang(client, str(world.ids["project_id"]))


async def _own(client: Client, world: World) -> None:
    zhang = await Account.get(id=client.cast.ids["zhang"])
    async with transaction():
        notices.tell(SYSTEM, zhang.id, "bank_card.set")
        await sessions.open_session(
            zhang, method="test", origin=Origin(), device="second", second_factor=True
        )
    message = await Notice.filter(account_id=zhang.id).get()
    session = await Session.filter(device="second").get()
    world.ids |= {"message_id": message.id, "session_id": session.id}
