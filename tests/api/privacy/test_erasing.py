"""Erasing: what stands in the way, days to think, what is gone, what the law keeps and for whom."""

import asyncio
from uuid import UUID

import pytest

from api.accounts.models import Account, Session, WechatIdentity
from api.attendance.models import Punch, Workday
from api.audit import service as audit
from api.engagements.models import Contract, Engagement, State
from api.files import service as files
from api.files.models import FilePurpose
from api.kit import clock
from api.kit.personal import ERASED_NAME, Kind, Personal
from api.privacy import rules
from api.privacy.models import Erasure, ErasureState, KeptIdentity
from api.privacy.rules import Hindrance, Standing
from api.workers.models import CodeState, Verification, Worker, WorkerState
from tests.api.matrix_world import ZHANG, World
from tests.api.privacy import held
from tests.api.privacy.held import DATA
from tests.cast import Client

ERASURE = f"{DATA}/erasure"
KEPT = {
    ("contract", "text"), ("kept_identity", "name"), ("kept_identity", "number"),
}  # fmt: skip


@pytest.fixture
async def world(client: Client) -> World:
    return await held.opened(client)


async def ask(client: Client, who: str = "zhang") -> tuple[int, str]:
    await client.cast.sudo(who)
    answer = await client.post(ERASURE, as_=who)
    return answer.status_code, answer.json().get("code", "")


async def erased(client: Client, world: World) -> None:
    """Zhang left, asked, and his days are over."""
    await held.gone_home(world)
    assert await ask(client) == (201, "")
    held.later(days=7, minutes=1)
    await held.erased()
    clock.set_clock()


def test_each_hindrance_says_what_to_do() -> None:
    everything = Standing(
        periods=1, teams=1, unpaid=1, complaints=1, accidents=1, verifying=True, staff_roles=1
    )
    assert rules.hindrances(everything) == tuple(Hindrance)
    free = Standing(
        periods=0, teams=0, unpaid=0, complaints=0, accidents=0, verifying=False, staff_roles=0
    )
    assert rules.hindrances(free) == ()
    assert all("再来注销" in each.sentence for each in Hindrance)


async def test_what_is_under_way_stands_in_the_way(client: Client, world: World) -> None:
    status, code = await ask(client)
    assert (status, code) == (409, "privacy.not_now")
    shown = (await client.get(ERASURE, as_="zhang")).json()
    assert shown["hindrances"] == [
        Hindrance.ON_SITE.sentence, Hindrance.WAGES.sentence, Hindrance.COMPLAINT.sentence,
        Hindrance.ACCIDENT.sentence, Hindrance.VERIFICATION.sentence,
    ]  # fmt: skip
    assert (await ask(client, "leader"))[1] == "privacy.not_now"
    assert (await ask(client, "wang"))[1] == "privacy.not_now", "his verification is open"
    assert await Erasure.all().count() == 0


async def test_nobody_is_erased_before_his_wages_have_arrived(client: Client, world: World) -> None:
    await held.gone_home(world, settled=False)
    assert await ask(client) == (409, "privacy.not_now")
    shown = (await client.get(ERASURE, as_="zhang")).json()
    assert shown["hindrances"] == [Hindrance.WAGES.sentence]


async def test_it_waits_and_can_be_taken_back(client: Client, world: World) -> None:
    await held.gone_home(world)
    assert (await client.post(ERASURE, as_="zhang")).status_code == 403, "fresh proof"
    assert await ask(client) == (201, "")
    assert await ask(client) == (409, "privacy.erasure_under_way")
    held.later(days=6, hours=23)
    await held.erased()
    assert (await client.get(ERASURE, as_="zhang")).json()["state"] == "waiting"
    assert (await client.delete(ERASURE, as_="zhang")).json()["state"] == "withdrawn"
    assert (await client.delete(ERASURE, as_="zhang")).status_code == 404
    held.later(days=2)
    await held.erased()
    assert (await Worker.get(id=world.ids["worker_id"])).state is WorkerState.VERIFIED


async def test_what_came_in_between_stops_it(client: Client, world: World) -> None:
    await held.gone_home(world)
    assert await ask(client) == (201, "")
    await Engagement.filter(worker_id=world.ids["worker_id"]).update(state=State.ON_SITE)
    held.later(days=8)
    await held.erased()
    row = await Erasure.get()
    assert row.state is ErasureState.STOPPED
    kinds = [
        m["kind"] for m in (await client.get("/api/v1/me/messages", as_="zhang")).json()["items"]
    ]
    assert "data.erasure_stopped" in kinds


async def test_only_the_ledgers_of_the_law_know_him_still(client: Client, world: World) -> None:
    before = await held.traces()
    assert {("worker", "number"), ("worker", "name"), ("account", "phone"),
            ("bank_card", "number")} <= before  # fmt: skip
    card = await files.store(b"card", FilePurpose.CARD_FRONT,
                             account_id=await held.account_of(client, "zhang"))  # fmt: skip
    await erased(client, world)
    assert await held.traces() == KEPT
    worker = await Worker.get(id=world.ids["worker_id"])
    assert worker.name.masked == ERASED_NAME and worker.state is WorkerState.ERASED
    assert worker.code_state is CodeState.DEAD and worker.account_id is None
    number, phone = (
        Personal.of(Kind.ID_NUMBER, ZHANG.number),
        Personal.of(Kind.PHONE, "13900000001"),
    )
    assert not await Worker.filter(number_index=number.index).exists()
    assert not await Verification.filter(number_index=number.index).exists()
    assert not await Account.filter(phone_index=phone.index).exists()
    account = await held.account_of(client, "zhang")
    assert not await Session.filter(account_id=account).exists()
    assert not await WechatIdentity.filter(account_id=account).exists()
    with pytest.raises(Exception, match="no_such_file"):
        await files.read(card)
    assert not await audit.verify(), "the audit is whole"


async def test_work_and_wage_ledgers_stay_without_a_name(client: Client, world: World) -> None:
    days, punches = await Workday.all().count(), await Punch.all().count()
    await erased(client, world)
    assert (await Workday.all().count(), await Punch.all().count()) == (days, punches)
    assert await Contract.filter(worker_id=world.ids["worker_id"]).exists()
    path = f"/api/v1/enterprise/workdays/{world.ids['workday_id']}"
    shown = await client.get(path, as_="officer_a")
    assert shown.status_code == 200 and ERASED_NAME in shown.text
    assert Personal.of(Kind.NAME, ZHANG.name).masked not in shown.text


async def test_he_is_logged_out_and_may_begin_anew(client: Client, world: World) -> None:
    await erased(client, world)
    assert (await client.get("/api/v1/me", as_="zhang")).status_code == 401
    row = await Erasure.get()
    assert row.state is ErasureState.DONE and row.rows > 5


async def test_what_is_kept_is_blocked_for_everybody_but_an_authority(
    client: Client, world: World
) -> None:
    await erased(client, world)
    contract = (
        f"/api/v1/enterprise/projects/{world.ids['project_id']}"
        f"/contracts/{world.ids['contract_id']}/pdf"
    )
    answer = await client.get(contract, as_="officer_a")
    assert (answer.status_code, answer.json()["code"]) == (403, "workers.record_blocked")
    answer = await client.get(
        f"/api/v1/regulator/complaints/{world.ids['complaint_id']}", as_="county"
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "workers.record_blocked")
    kept = f"/api/v1/regulator/kept-identities/{world.ids['worker_id']}/openings"
    body = {"document": "武劳监〔2027〕3号", "reason": "核查欠薪"}
    assert (await client.post(kept, as_="county", json=body)).status_code == 403, "fresh proof"
    for name in ("county", "neighbour"):
        await client.cast.sudo(name)
    assert (await client.post(kept, as_="neighbour", json=body)).status_code == 404
    assert (await client.post(kept, as_="officer_a", json=body)).status_code == 403
    shown = (await client.post(kept, as_="county", json=body)).json()
    assert (shown["name"], shown["number"]) == (ZHANG.name, ZHANG.number)
    history = await client.get(
        f"/api/v1/regulator/workers/{world.ids['worker_id']}/history", as_="county"
    )
    assert "武劳监〔2027〕3号：核查欠薪" in history.text


async def test_nobody_corrects_or_merges_who_is_gone(client: Client, world: World) -> None:
    await erased(client, world)
    path = f"/api/v1/regulator/workers/{world.ids['worker_id']}"
    body = {"nation": "藏", "reason": "写错了，按证件改"}
    answer = await client.post(f"{path}/corrections", as_="county", json=body)
    assert (answer.status_code, answer.json()["code"]) == (409, "workers.state_forbids")
    into = {"into_id": str(world.ids["into_id"]), "reason": "核对过是同一个人"}
    answer = await client.post(f"{path}/merge", as_="county", json=into)
    assert (answer.status_code, answer.json()["code"]) == (409, "workers.state_forbids")


async def test_who_never_worked_leaves_nothing(client: Client, world: World) -> None:
    li = await held.account_of(client, "li")
    worker = await Worker.get(account_id=li)
    texts = {worker.name.open_for_audit(), worker.number.open_for_audit()}
    assert await ask(client, "li") == (201, "")
    held.later(days=8)
    await held.erased()
    assert await held.traces(texts) == set()
    assert not await KeptIdentity.filter(worker_id=worker.id).exists()


async def test_two_wishes_at_once_are_one(client: Client, world: World) -> None:
    await held.gone_home(world)
    await client.cast.sudo("zhang")
    answers = await asyncio.gather(*(client.post(ERASURE, as_="zhang") for _ in range(8)))
    assert sorted({answer.status_code for answer in answers}) == [201, 409]
    assert await Erasure.filter(state=ErasureState.WAITING).count() == 1


async def test_erasing_twice_at_once_is_once(client: Client, world: World) -> None:
    await held.gone_home(world)
    assert await ask(client) == (201, "")
    held.later(days=8)
    await asyncio.gather(held.erased(), held.erased())
    assert await KeptIdentity.all().count() == 1
    assert isinstance(world.ids["worker_id"], UUID)
