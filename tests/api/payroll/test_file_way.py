"""A bank without an interface: the batch goes out as a file, its receipt comes back as one."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import httpx
import pytest

from api.funds.models import AccountEntry
from api.integrations.bank import Outcome, Reason, Result, files
from api.kit import clock
from api.payroll.models import BankBatch, BankException, BankReceipt
from api.payroll.rules import BatchState
from api.wages.rules import SheetState
from tests.api.payroll import banked, test_pushing
from tests.api.payroll.banked import BATCHES, CARDS, Banked
from tests.api.wages.paid import fine, refusal
from tests.cast import Client


@pytest.fixture
async def world(client: Client) -> Banked:
    return await banked.opened(client)


async def _exported(world: Banked, batch: BankBatch) -> httpx.Response:
    await world.client.cast.sudo("officer_a")
    return await world.client.post(f"{BATCHES}/{batch.id}/file", as_="officer_a")


async def _brought(world: Banked, batch: BankBatch, content: bytes) -> httpx.Response:
    sent = {"file": ("hp.csv", content, "text/csv")}
    return await world.client.post(f"{BATCHES}/{batch.id}/receipts", as_="officer_a", files=sent)


def _receipt(
    batch: BankBatch, outcomes: Mapping[int, Outcome], *, amount_fen: int = 150_000, later: int = 0
) -> bytes:
    at = clock.now() + timedelta(hours=later)
    results = tuple(
        Result(batch.number, seq, amount_fen, outcome, Reason.NONE, f"BK{seq}{later}", at)
        for seq, outcome in outcomes.items()
    )
    return files.receipt_of(batch.number, results, dict.fromkeys(outcomes, "ACCOUNT_FROZEN"))


async def test_a_file_goes_out_and_a_receipt_comes_in(world: Banked) -> None:
    sheet = await world.release()
    batch = await world.batch(sheet["id"])
    assert (batch.way.value, batch.state) == ("file", BatchState.WAITING)
    answer = await _exported(world, batch)
    assert answer.headers["content-type"].startswith("text/csv")
    assert CARDS["zhang"] in answer.text
    assert (await _exported(world, batch)).content == answer.content
    assert (await world.batch(sheet["id"])).state is BatchState.SENT
    receipt = _receipt(batch, {1: Outcome.SUCCESS, 2: Outcome.FAILED})
    first = fine(await _brought(world, batch, receipt))
    assert (first["applied"], first["same"], first["exceptions"]) == (2, 0, 0)
    again = fine(await _brought(world, batch, receipt))
    assert (again["applied"], again["same"], again["exceptions"]) == (0, 2, 0)
    assert await BankReceipt.filter(batch_id=batch.id).count() == 1
    assert await AccountEntry.filter(kind="wage_out").count() == 1
    assert (await banked.whole(sheet["id"])).state is SheetState.PARTLY_PAID


async def test_a_return_that_comes_before_its_success(world: Banked) -> None:
    sheet = await world.release()
    batch = await world.batch(sheet["id"])
    await _exported(world, batch)
    for outcome, applied in ((Outcome.RETURNED, 1), (Outcome.SUCCESS, 0)):
        found = fine(await _brought(world, batch, _receipt(batch, {1: outcome})))
        assert found["applied"] == applied
    assert (await world.batch(sheet["id"])).failed == 1
    assert await AccountEntry.all().count() == 0


async def test_a_contradiction_is_on_the_exception_list(world: Banked) -> None:
    batch = await world.batch((await world.release())["id"])
    await _exported(world, batch)
    await _brought(world, batch, _receipt(batch, {1: Outcome.SUCCESS}))
    found = fine(await _brought(world, batch, _receipt(batch, {1: Outcome.FAILED}, later=1)))
    assert (found["exceptions"], found["rows"][0]["why"]) == (1, "contradicts")
    assert await BankException.all().count() == 1


async def test_a_hostile_file_is_refused_whole_with_its_line(world: Banked) -> None:
    sheet = await world.release()
    batch = await world.batch(sheet["id"])
    await _exported(world, batch)
    good = _receipt(batch, {1: Outcome.SUCCESS, 2: Outcome.SUCCESS})
    for content in (
        good[:-3],
        good.replace(b"SUCCESS", b"FAILED", 1),
        b"",
        b"=1+1\n",
        b"PK\x03\x04",
    ):
        answer = await _brought(world, batch, content)
        assert refusal(answer) == (422, "payroll.bad_receipt")
        assert answer.json()["errors"][0]["message"].endswith("。")
    bad = _receipt(batch, {1: Outcome.SUCCESS, 2: Outcome.SUCCESS}, amount_fen=150_001)
    assert "第 2 行" in (await _brought(world, batch, bad)).json()["errors"][0]["message"]
    assert (await banked.whole(sheet["id"])).paid_fen == 0
    assert await BankReceipt.all().count() == 0


async def test_a_receipt_before_the_file_went_out(world: Banked) -> None:
    batch = await world.batch((await world.release())["id"])
    receipt = _receipt(batch, {1: Outcome.SUCCESS})
    assert refusal(await _brought(world, batch, receipt)) == (409, "payroll.wrong_step")


async def test_cards_in_plain_need_a_fresh_proof(world: Banked) -> None:
    batch = await world.batch((await world.release())["id"])
    answer = await world.client.post(f"{BATCHES}/{batch.id}/file", as_="officer_a")
    assert answer.status_code == 403


async def test_a_batch_that_the_system_sends_is_no_file(world: Banked) -> None:
    batch = await world.batch((await world.release())["id"])
    said: dict[str, Any] = {"attempts": 0}
    await BankBatch.filter(id=batch.id).update(**said)
    await world.client.cast.sudo("admin_b")
    answer = await world.client.post(f"{BATCHES}/{batch.id}/file", as_="admin_b")
    assert refusal(answer) == (404, "payroll.no_such_batch")


async def test_a_bank_without_an_interface_pushes_nothing(world: Banked) -> None:
    push = test_pushing.signed([test_pushing.item("PL2026110300000001")])
    assert refusal(await test_pushing.deliver(world, push)) == (401, "payroll.bad_bank_signature")
