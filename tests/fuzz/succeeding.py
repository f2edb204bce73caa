"""Ways to succeed at the operations that need more than one well-formed request."""

from typing import Any

import httpx

from api.kit import clock, jobs
from api.privacy.models import Erasure, ErasureState, KeptIdentity
from api.teams.models import Team
from api.workers.models import Worker
from tests.api.attendance import sites
from tests.api.engagements import site
from tests.api.matrix_requests import correction, entry
from tests.api.matrix_world import World, photo
from tests.api.notices import wechat
from tests.api.payroll import test_pushing
from tests.api.payslips import slipped
from tests.api.projects import sites as projects
from tests.api.teams import people
from tests.api.workers import registering, test_code
from tests.cast import Client
from tests.emulators.fixtures import Emulators
from tests.fuzz.succeeding_logins import LOGINS, Way
from tests.fuzz.succeeding_recoveries import RECOVERIES
from tests.specimens import person

FRESH = person(11)
NEW = "chen"
PROJECTS = projects.OWN


async def read_id_card(client: Client, *_: Emulators | World) -> httpx.Response:
    """Photos of both sides of a card, after consent."""
    await registering.enter(client, NEW, "13900000006")
    return await registering.photographed(client, NEW, FRESH)


async def register(client: Client, *_: Emulators | World) -> httpx.Response:
    """The corrected fields and a selfie."""
    return await registering.submitted(client, NEW, FRESH)


async def set_bank_card(client: Client, *_: Emulators | World) -> httpx.Response:
    """One's own wage card, after consent and a fresh proof."""
    await client.agree(NEW, "bank_card")
    await client.cast.sudo(NEW)
    return await client.put("/api/v1/me/bank-card", as_=NEW, json={"number": FRESH.bank_card})


async def enter(client: Client, _: Emulators, world: World) -> httpx.Response:
    """A contract signed and a training recorded, then in."""
    worker = await Worker.get(account_id=client.cast.ids[NEW])
    period = await site.ready(client, str(world.ids["project_id"]), NEW, worker=worker)
    return await period.enter()


async def cancel(client: Client, _: Emulators, world: World) -> httpx.Response:
    """Pre-registered on another site, where he does not come."""
    worker = await Worker.get(account_id=client.cast.ids[NEW])
    period = await site.period(client, await sites.second_site(client), NEW, worker=worker)
    return await period.post("cancel")


async def correct(client: Client, _: Emulators, world: World) -> httpx.Response:
    """A punch out that was forgotten, on a day that nobody has decided."""
    return await client.post("/api/v1/corrections", as_="zhang", **correction(world))


async def dispute(client: Client, _: Emulators, world: World) -> httpx.Response:
    """A day that the officer rejected."""
    workday = str(world.ids["workday_id"])
    await sites.decided(client, workday, "reject", reason="那天没有来")
    return await client.post(
        f"{sites.DAYS}/{workday}/dispute", as_="zhang", json={"reason": "我来了"}
    )


async def sign(client: Client, _: Emulators, world: World) -> httpx.Response:
    """Another contract of the same period, read and agreed to."""
    path = f"{PROJECTS}/{world.ids['project_id']}/engagements/{world.ids['engagement_id']}"
    offered = await client.post(f"{path}/contracts", as_="officer_a", json=site.CONTRACT)
    return await site.sign(client, offered.json()["id"], "zhang")


async def show_file(client: Client, _: Emulators, world: World) -> httpx.Response:
    """A photo by the address that its list gives."""
    path = f"{PROJECTS}/{world.ids['project_id']}/board/photos"
    files = {"photo": ("board.jpg", photo(), "image/jpeg")}
    posted = await client.post(path, as_="officer_a", files=files)
    return await client.get(posted.json()["url"], as_="officer_a")


async def set_status(client: Client, *_: Emulators | World) -> httpx.Response:
    """Building begins once there is a wage officer."""
    made = await projects.another(client, name="天府样例三期")
    await projects.sent(client, f"{made['id']}/posts", projects.post())
    step = {"status": "003", "on": projects.today()}
    return await projects.sent(client, f"{made['id']}/status", step)


async def redraw_fence(client: Client, _: Emulators, world: World) -> httpx.Response:
    """The newest version of a fence, drawn anew."""
    path, fence = await _fence(client, world)
    body = {**projects.DRAWING, "version": fence["version"]}
    return await client.put(path, as_="officer_a", json=body)


async def end_fence(client: Client, _: Emulators, world: World) -> httpx.Response:
    """The newest version of a fence, ended."""
    path, fence = await _fence(client, world)
    return await client.delete(path, as_="officer_a", params={"version": fence["version"]})


async def _fence(client: Client, world: World) -> tuple[str, dict[str, Any]]:
    project_id = str(world.ids["project_id"])
    fence = await projects.fenced(client, project_id)
    return f"{PROJECTS}/{project_id}/fences/{fence['id']}", fence


async def accept_invitation(client: Client, *_: Emulators | World) -> httpx.Response:
    """A fresh code of a team in which one is not yet."""
    team_id = str((await people.team(client, name="样例瓦工班"))["id"])
    return await people.accept(client, await people.code_of(client, team_id), "li")


async def offer_handover(client: Client, *_: Emulators | World) -> httpx.Response:
    """To the one other member of a new team."""
    return (await _offered(client))[1]


async def accept_handover(client: Client, *_: Emulators | World) -> httpx.Response:
    """By the one to whom it was offered."""
    path, offer = await _offered(client)
    return await client.post(f"{path}/{offer.json()['id']}/accept", as_="li")


async def _offered(client: Client) -> tuple[str, httpx.Response]:
    team_id = str((await people.team(client, name="样例木工班"))["id"])
    await people.joined(client, team_id, "li")
    path = f"{people.TEAMS}/{team_id}/handovers"
    body = {"member_id": await people.member_id(client, team_id)}
    return path, await client.post(path, as_="leader", json=body)


async def report_subscriptions(client: Client, *_: Emulators | World) -> httpx.Response:
    """By somebody who has come from the mini-program."""
    await wechat.bound(client, "li")
    return await wechat.reported(client, "wage", who="li")


async def name_acting_leader(client: Client, *_: Emulators | World) -> httpx.Response:
    """The one other member of a new team."""
    team_id = str((await people.team(client, name="样例抹灰班"))["id"])
    await people.joined(client, team_id, "li")
    body = {
        "member_id": await people.member_id(client, team_id),
        "from_on": clock.today().isoformat(), "to_on": clock.today().isoformat(),
    }  # fmt: skip
    path = f"{people.TEAMS}/{team_id}/acting-leaders"
    return await client.post(path, as_="leader", json=body)


async def change_worker_code(client: Client, _: Emulators, world: World) -> httpx.Response:
    """Frozen, and restored for those who come after."""
    path = f"/api/v1/regulator/workers/{world.ids['into_id']}/code-changes"
    words = {"reason": "有人举报，先核对"}
    frozen = await client.post(path, as_="county", json={"action": "freeze", **words})
    await client.post(path, as_="county", json={"action": "restore", **words})
    return frozen


async def check_qr(client: Client, *_: Emulators | World) -> httpx.Response:
    """A QR that a worker shows now."""
    shown = await client.get(test_code.QR, as_="zhang")
    body = {"text": shown.json()["text"]}
    return await client.post(test_code.CHECK, as_="officer_a", json=body)


async def _fresh_entry(client: Client, world: World) -> str:
    body = {**entry(world, units="0.5"), "team_id": str(world.ids["team_id"])}
    answer = await client.post("/api/v1/me/worklog/entries", as_="zhang", json=body)
    return f"/api/v1/worklog/entries/{answer.json()['id']}"


async def remove_entry(client: Client, _: Emulators, world: World) -> httpx.Response:
    """An entry of one's own that was written a moment ago."""
    return await client.delete(await _fresh_entry(client, world), as_="zhang")


async def ask_export(client: Client, *_: Emulators | World) -> httpx.Response:
    """A copy of one's data, after a fresh proof."""
    await client.cast.sudo("li")
    return await client.post("/api/v1/me/data/exports", as_="li")


async def ask_evidence(client: Client, *_: Emulators | World) -> httpx.Response:
    """A pack of what proves one's work, after a fresh proof."""
    await client.cast.sudo("li")
    return await client.post("/api/v1/me/data/evidence-packs", as_="li")


async def confirm_payslip(client: Client, _: Emulators, world: World) -> httpx.Response:
    """Agreed to what was read, after a fresh proof."""
    await slipped.put_back(world.ids, "payslips.confirm_payslip")
    await client.cast.sudo("zhang")
    path = f"/api/v1/me/payslips/{world.ids['payslip_id']}/confirmation"
    return await client.post(path, as_="zhang", json={"digest": world.words["digest"]})


async def fetch_export(client: Client, *_: Emulators | World) -> httpx.Response:
    """A copy that is ready."""
    await client.cast.sudo("leader")
    asked = await client.post("/api/v1/me/data/exports", as_="leader")
    await jobs.drain()
    return await client.post(f"/api/v1/me/data/exports/{asked.json()['id']}/file", as_="leader")


async def ask_erasure(client: Client, _: Emulators, world: World) -> httpx.Response:
    """By somebody who has nothing under way."""
    worker = await Worker.get(account_id=client.cast.ids["li"])
    await Team.filter(leader_id=worker.id).update(leader_id=world.ids["leader_id"])
    await client.cast.sudo("li")
    return await client.post("/api/v1/me/data/erasure", as_="li")


async def withdraw_erasure(client: Client, *_: Emulators | World) -> httpx.Response:
    """A wish that stands."""
    account_id = await client.cast.id("wang")
    if not await Erasure.filter(account_id=account_id, state=ErasureState.WAITING).exists():
        await Erasure.create(account_id=account_id, due_at=clock.in_seconds(3600))
    return await client.delete("/api/v1/me/data/erasure", as_="wang")


async def open_kept_identity(client: Client, _: Emulators, world: World) -> httpx.Response:
    """Of somebody of the region who was erased."""
    row = await Worker.get(id=world.ids["into_id"])
    name, number = row.name.opened(), row.number.opened()
    await KeptIdentity.create(
        worker_id=row.id, region=row.region, id_kind=row.id_kind, name=name, number=number
    )
    await client.cast.sudo("county")
    path = f"/api/v1/regulator/kept-identities/{row.id}/openings"
    body = {"document": "样例〔2026〕1号", "reason": "核查欠薪"}
    return await client.post(path, as_="county", json=body)


async def push_results(client: Client, *_: Emulators | World) -> httpx.Response:
    """A result that names no batch of ours, signed by the bank."""
    push = test_pushing.signed([test_pushing.item("PL2026010100000002")])
    return await client.post(test_pushing.PATH, content=push["body"], headers=push["headers"])


SUCCEEDING: dict[str, Way] = {
    **LOGINS,
    **RECOVERIES,
    "bank.push_results": push_results,
    "attendance.correct": correct,
    "attendance.dispute_workday": dispute,
    "workers.read_id_card": read_id_card,
    "workers.register": register,
    "engagement_office.cancel": cancel,
    "engagement_office.enter": enter,
    "engagements.sign_contract": sign,
    "files.show_file": show_file,
    "kept_identities.open_kept_identity": open_kept_identity,
    "privacy.ask_erasure": ask_erasure,
    "payslips.confirm_payslip": confirm_payslip,
    "privacy.ask_evidence": ask_evidence,
    "privacy.ask_export": ask_export,
    "privacy.fetch_export": fetch_export,
    "privacy.withdraw_erasure": withdraw_erasure,
    "notices.report_subscriptions": report_subscriptions,
    "projects.set_status": set_status,
    "sites.end_fence": end_fence,
    "sites.redraw_fence": redraw_fence,
    "teams.accept_invitation": accept_invitation,
    "teams.accept_handover": accept_handover,
    "teams.name_acting_leader": name_acting_leader,
    "teams.offer_handover": offer_handover,
    "worker_oversight.change_worker_code": change_worker_code,
    "workers.check_qr": check_qr,
    "worklog.remove_entry": remove_entry,
    "workers.set_bank_card": set_bank_card,
}
