"""From a release to each worker's card by the bank's interface, and what may go wrong."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
from tortoise.exceptions import OperationalError

from api.funds.models import AccountEntry, SpecialAccount
from api.integrations.adapters import Adapters
from api.kit import clock, jobs
from api.payroll import drawing, sending
from api.payroll.errors import NobodyToPay
from api.payroll.models import BankBatch, BankReceipt, BatchLine
from api.payroll.rules import BatchState
from api.payroll.schemas import PaymentIn
from api.wages.rules import SheetState
from api.workers.models import Worker, WorkerState
from tests.api.payroll import banked
from tests.api.payroll.banked import CARDS, NEW_CARD, Banked
from tests.api.teams import people
from tests.api.wages import paid
from tests.api.wages.paid import fine, made, refusal
from tests.cast import FIRM_A, Client
from tests.emulators.fixtures import Emulators

WAGE_FEN = 5 * 30000


@pytest.fixture
def adapters(emulated_adapters: Adapters) -> Adapters:
    return emulated_adapters


@pytest.fixture
async def world(client: Client, emulators: Emulators) -> Banked:
    return await banked.opened(client, emulators)


async def test_a_release_pays_everybody_without_another_hand(world: Banked) -> None:
    sheet = await world.release()
    batch = await world.batch(sheet["id"])
    assert (batch.state, batch.lines, batch.total_fen) == (BatchState.DONE, 2, 2 * WAGE_FEN)
    assert world.really_paid() == {batch.number: {"lines": 2, "total_fen": 2 * WAGE_FEN}}
    assert await world.pay_states(sheet["id"]) == {"zhang": "succeeded", "li": "succeeded"}
    row = await banked.whole(sheet["id"])
    assert (row.state, row.paid_fen) == (SheetState.PAID, 2 * WAGE_FEN)
    entries = await AccountEntry.filter(kind="wage_out").order_by("id")
    assert [each.amount_fen for each in entries] == [-WAGE_FEN, -WAGE_FEN]
    assert {each.reference for each in entries} == {f"{batch.number}-1", f"{batch.number}-2"}


async def test_each_is_paid_on_his_own_card_under_his_own_name(world: Banked) -> None:
    sheet = await world.release()
    order = await world.order(await world.batch(sheet["id"]))
    assert order.account == banked.ACCOUNT
    assert {(p.name, p.card, p.amount_fen) for p in order.payees} == {
        ("张样例", CARDS["zhang"], WAGE_FEN), ("张样例", CARDS["li"], WAGE_FEN),
    }  # fmt: skip


async def test_he_hears_of_the_amount_on_his_own_number(
    world: Banked, emulators: Emulators
) -> None:
    await world.release()
    [(kind, params)] = await banked.told(world.client, "zhang")
    assert (kind, params["amount"], params["month"]) == ("payroll.arrived", "1500.00", "2026-10")
    texts = [each["text"] for each in emulators.sms("13900000001")]
    assert "【工友】您的工资 1500.00 元已到您的工资卡。没收到请打开工友查看。" in texts
    inbox = fine(await world.client.get("/api/v1/me/messages", as_="zhang"))["items"]
    assert any("10月的工资 1500.00 元" in each["text"] for each in inbox)


async def test_a_card_that_is_closed_is_told_and_paid_again_once_it_is_changed(
    world: Banked,
) -> None:
    world.behave(cards={CARDS["zhang"]: "ACCOUNT_CLOSED"})
    sheet = await world.release()
    assert await world.pay_states(sheet["id"]) == {"zhang": "failed", "li": "succeeded"}
    assert (await banked.whole(sheet["id"])).state is SheetState.PARTLY_PAID
    assert [kind for kind, _ in await banked.told(world.client, "zhang")] == ["payroll.failed_card"]
    office = await banked.told(world.client, "auditor_a")
    assert ("payroll.failed_office", "1") in [(k, p.get("count")) for k, p in office]
    # the same card would fail again
    assert refusal(await world.pay(sheet["id"])) == (409, "payroll.nobody_to_pay")
    assert await world.left_out(sheet["id"]) == {world.paid.zhang: "same_card"}
    await world.card(world.paid.zhang, NEW_CARD)
    again = made(await world.pay(sheet["id"]))
    assert (again["lines"], again["total_fen"], again["account"]) == (1, WAGE_FEN, "尾号 0123")
    await jobs.drain()
    assert await world.pay_states(sheet["id"]) == {"zhang": "repaid", "li": "succeeded"}
    assert (await banked.whole(sheet["id"])).state is SheetState.PAID
    assert await world.left_out(sheet["id"]) == {}
    assert sum(each["lines"] for each in world.really_paid().values()) == 2


async def test_a_name_that_is_not_the_workers(world: Banked) -> None:
    world.behave(names={CARDS["li"]: "别人"})
    await world.release()
    assert [kind for kind, _ in await banked.told(world.client, "li")] == ["payroll.failed_name"]


async def test_a_payment_comes_back_days_later(world: Banked) -> None:
    sheet = await world.release()
    batch = await world.batch(sheet["id"])
    world.give_back(batch.number, await world.seq_of(batch, world.paid.li))
    before = (await SpecialAccount.get()).balance_fen
    await sending.ask(batch.id)
    await sending.ask(batch.id)
    assert await world.pay_states(sheet["id"]) == {"zhang": "succeeded", "li": "returned"}
    row = await banked.whole(sheet["id"])
    assert (row.state, row.failed_fen) == (SheetState.PARTLY_PAID, WAGE_FEN)
    assert (await SpecialAccount.get()).balance_fen == before + WAGE_FEN
    shown = await world.shown(batch.id)
    assert (shown["arrived"], shown["failed"], shown["state"]) == (1, 1, "done")


async def test_an_answer_that_was_lost_pays_once(world: Banked) -> None:
    world.behave(answers_lost=1)
    sheet = await world.release()
    batch = await world.batch(sheet["id"])
    assert (batch.state, batch.attempts, batch.trouble) == (BatchState.SENT, 1, "http_504")
    now = clock.now()
    clock.set_clock(lambda: now + timedelta(seconds=30))
    await jobs.drain()
    batch = await world.batch(sheet["id"])
    assert (batch.state, batch.attempts) == (BatchState.DONE, 2)
    assert world.really_paid()[batch.number]["lines"] == 2


async def test_a_job_that_runs_twice_pays_once(world: Banked) -> None:
    sheet = await world.release()
    batch = await world.batch(sheet["id"])
    for _ in range(2):
        await drawing.released(UUID(sheet["id"]))
        await sending.send(batch.id)
        await sending.ask(batch.id)
    assert await BankBatch.all().count() == 1
    assert world.really_paid()[batch.number]["lines"] == 2
    assert await AccountEntry.filter(kind="wage_out").count() == 2


async def test_receipts_twice_and_out_of_order_change_nothing_twice(world: Banked) -> None:
    world.behave(repeated=True, shuffled=True)
    sheet = await world.release()
    batch = await world.batch(sheet["id"])
    assert (batch.arrived, batch.failed, batch.state) == (2, 0, BatchState.DONE)
    await BankBatch.filter(id=batch.id).update(place=0)
    await sending.ask(batch.id)
    assert await AccountEntry.filter(kind="wage_out").count() == 2
    assert await BankReceipt.filter(batch_id=batch.id).count() == 1
    assert len(await banked.told(world.client, "zhang")) == 1


async def test_results_that_are_late_are_asked_for_again(
    world: Banked, emulators: Emulators
) -> None:
    world.behave(delay_s=3600)
    sheet = await world.release()
    assert (await world.batch(sheet["id"])).state is BatchState.ACCEPTED
    assert await world.pay_states(sheet["id"]) == {"zhang": "sent", "li": "sent"}
    world.behave(delay_s=0)
    now = clock.now()
    clock.set_clock(lambda: now + timedelta(minutes=2))
    await sending.watch()
    await jobs.drain()
    assert (await world.batch(sheet["id"])).state is BatchState.DONE


async def test_a_bank_that_refuses_the_batch_pays_nobody(world: Banked) -> None:
    world.behave(balances={banked.ACCOUNT: 100})
    sheet = await world.release()
    batch = await world.batch(sheet["id"])
    assert (batch.state, batch.trouble, batch.failed) == (BatchState.FAILED, "balance_short", 2)
    assert await world.pay_states(sheet["id"]) == {"zhang": "failed", "li": "failed"}
    assert "payroll.refused" in [kind for kind, _ in await banked.told(world.client, "auditor_a")]
    assert await banked.told(world.client, "zhang") == []
    world.behave(balances={banked.ACCOUNT: 10**9})
    made(await world.pay(sheet["id"]))  # the cards are not at fault: no change of card is needed
    await jobs.drain()
    assert (await banked.whole(sheet["id"])).state is SheetState.PAID


async def test_who_cannot_be_paid_is_left_out_with_the_reason(
    client: Client, emulators: Emulators
) -> None:
    world = await banked.opened(client, emulators, cards=False)
    await world.card(world.paid.li, CARDS["li"])
    sheet = await world.release()
    assert await world.left_out(sheet["id"]) == {world.paid.zhang: "no_card"}
    assert await world.pay_states(sheet["id"]) == {"zhang": "waiting", "li": "succeeded"}
    assert [kind for kind, _ in await banked.told(client, "zhang")] == ["payroll.left_out"]
    await Worker.filter(id=world.paid.zhang).update(state=WorkerState.COLLECTED)
    await world.card(world.paid.zhang, CARDS["zhang"])
    assert refusal(await world.pay(sheet["id"])) == (409, "payroll.nobody_to_pay")
    assert await world.left_out(sheet["id"]) == {world.paid.zhang: "not_verified"}


async def test_one_card_for_two_persons_pays_one(world: Banked) -> None:
    world.behave(cards={CARDS["li"]: "ACCOUNT_CLOSED"})
    sheet = await world.release()
    # Li takes over the card that Zhang gave up after he was paid.
    await world.card(world.paid.zhang, NEW_CARD)
    await world.card(world.paid.li, CARDS["zhang"])
    assert refusal(await world.pay(sheet["id"])) == (409, "payroll.nobody_to_pay")
    assert await world.left_out(sheet["id"]) == {world.paid.li: "shared_card"}


async def test_an_agreement_that_has_ended_pays_nobody(world: Banked) -> None:
    world.behave(balances={banked.ACCOUNT: 100})
    sheet = await world.release()
    await SpecialAccount.all().update(state="opening")
    assert refusal(await world.pay(sheet["id"]))[1] == "funds.not_ready"
    assert await BankBatch.all().count() == 1


async def test_only_a_released_sheet_is_paid(world: Banked) -> None:
    sheet = await world.paid.to("rechecked")
    assert refusal(await world.pay(sheet["id"])) == (409, "payroll.not_released")
    assert refusal(await world.pay(sheet["id"], "admin_b")) == (404, "payroll.no_such_sheet")
    assert await BankBatch.all().count() == 0


async def test_a_payment_needs_a_fresh_proof(world: Banked) -> None:
    sheet = await world.release()
    answer = await world.client.post(
        f"{banked.SHEETS}/{sheet['id']}/payments", as_="officer_a", json={}
    )
    assert answer.status_code == 403


async def test_amounts_never_change_after_approval(world: Banked) -> None:
    sheet = await world.release()
    batch = await world.batch(sheet["id"])
    for rows, change in (
        (BatchLine.filter(batch_id=batch.id), {"amount_fen": 1}),
        (BankBatch.filter(id=batch.id), {"total_fen": 1}),
    ):
        with pytest.raises(Exception, match="append-only"):
            await rows.update(**change)
    for table in (BatchLine, BankReceipt):
        with pytest.raises(Exception, match="append-only"):
            await table.filter(batch_id=batch.id).delete()


async def test_others_see_what_is_theirs(world: Banked) -> None:
    sheet = await world.release()
    batch = await world.batch(sheet["id"])
    for who, path, status in (
        ("officer_b", banked.BATCHES, 404),
        ("county", banked.REGION, 200),
        ("neighbour", banked.REGION, 404),
        ("city", banked.REGION, 200),
    ):
        await paid.entered(world.client, who)
        for end in ("", "/lines"):
            answer = await world.client.get(f"{path}/{batch.id}{end}", as_=who)
            assert answer.status_code == status, (who, answer.text)
    [first, _] = await world.payments(batch.id)
    assert (first["payee"], first["card"][:2]) == ("张*例", "尾号")


async def test_of_sixteen_at_once_one_pays(world: Banked) -> None:
    """Sixteen officers press at the same moment."""
    world.behave(balances={banked.ACCOUNT: 100})
    sheet = await world.release()
    world.behave(balances={banked.ACCOUNT: 10**9})
    actor = await people.actor(world.client, "officer_a")
    acts = [drawing.pay(actor, UUID(sheet["id"]), PaymentIn()) for _ in range(16)]
    done = await asyncio.gather(*acts, return_exceptions=True)
    won = [each for each in done if isinstance(each, BankBatch)]
    lost = [each for each in done if isinstance(each, BaseException)]
    assert len(won) == 1
    assert {type(each) for each in lost} <= {NobodyToPay, OperationalError}
    await jobs.drain()
    assert world.really_paid()[won[0].number]["lines"] == 2
    assert (await banked.whole(sheet["id"])).state is SheetState.PAID


async def test_a_receipt_that_comes_sixteen_times_at_once_counts_once(world: Banked) -> None:
    world.behave(delay_s=3600)
    sheet = await world.release()
    world.behave(delay_s=0)
    batch = await world.batch(sheet["id"])
    await asyncio.gather(*(sending.ask(batch.id) for _ in range(16)))
    row = await banked.whole(sheet["id"])
    assert (row.state, row.paid_fen) == (SheetState.PAID, 2 * WAGE_FEN)
    assert await AccountEntry.filter(kind="wage_out").count() == 2
    assert len(await banked.told(world.client, "zhang")) == 1


async def test_a_large_sheet_goes_in_batches(
    world: Banked, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With one line a batch there are two, drawn one after the other."""
    monkeypatch.setattr(drawing, "MOST_LINES", 500)
    monkeypatch.setattr("api.wages.paying.BATCH", 1)
    monkeypatch.setattr(drawing, "PART", 500)
    sheet = await world.release()
    rows = await BankBatch.filter(sheet_id=sheet["id"]).order_by("id")
    assert [row.lines for row in rows] == [1, 1]
    assert sum(row.total_fen for row in rows) == (await banked.whole(sheet["id"])).total_fen
    assert {row.contractor_id for row in rows} == {FIRM_A}
    assert await world.pay_states(sheet["id"]) == {"zhang": "succeeded", "li": "succeeded"}
