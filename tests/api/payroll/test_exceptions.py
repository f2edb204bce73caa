"""What fits no payment, and what the contractor pays from its own money."""

from typing import Any

import pytest

from api.funds.models import AccountEntry, SpecialAccount
from api.integrations.adapters import Adapters
from api.integrations.bank import Outcome, Reason, Result
from api.kit import clock, jobs
from api.kit.actor import SYSTEM
from api.payroll import receiving, sending
from api.payroll.models import Advance, BankBatch, BankException, BatchLine
from api.payroll.receiving import Told
from api.payroll.rules import Verdict, Way, Why
from api.wages.models import WageLine, WageSheet
from api.wages.rules import SheetState
from tests.api.payroll import banked
from tests.api.payroll.banked import OWN_ACCOUNT, Banked
from tests.api.wages.paid import fine, made, refusal
from tests.cast import FIRM_B, Client
from tests.emulators.fixtures import Emulators

WAGE_FEN = 5 * 30000


@pytest.fixture
def adapters(emulated_adapters: Adapters) -> Adapters:
    return emulated_adapters


@pytest.fixture
async def world(client: Client, emulators: Emulators) -> Banked:
    return await banked.opened(client, emulators)


async def _told(world: Banked, of: BankBatch, **changed: Any) -> list[receiving.Row]:
    assert world.bank is not None
    line = await BatchLine.get(batch_id=of.id, worker_id=world.paid.zhang)
    said = {
        "batch": of.number, "seq": line.seq, "amount_fen": line.amount_fen,
        "outcome": Outcome.FAILED, "reason": Reason.CLOSED, "reference": "BKX",
        "at": clock.now(), **changed,
    }  # fmt: skip
    told = Told([Result(**said)], clock.now().isoformat(), Way.API)
    return await receiving.take(SYSTEM, of.id, told)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({}, Why.CONTRADICTS),
        ({"seq": 99}, Why.UNKNOWN_LINE),
        ({"batch": "PL2026010100000000"}, Why.UNKNOWN_LINE),
        ({"amount_fen": 1}, Why.OTHER_AMOUNT),
    ],
)
async def test_what_fits_no_payment_is_an_exception_until_a_person_closes_it(
    world: Banked, changed: dict[str, Any], why: Why
) -> None:
    sheet = await world.release()
    batch = await world.batch(sheet["id"])
    for _ in range(2):
        [row] = await _told(world, batch, **changed)
        assert (row.verdict, row.why) == (Verdict.CONTRADICTS, why)
    assert await BankException.all().count() == 1
    assert await world.pay_states(sheet["id"]) == {"zhang": "succeeded", "li": "succeeded"}
    [shown] = fine(await world.client.get(banked.EXCEPTIONS, as_="officer_a"))["items"]
    assert (shown["why"], shown["state"]) == (why.value, "open")
    path = f"{banked.EXCEPTIONS}/{shown['id']}/handling"
    body = {"note": "已和银行核对，是银行重复报送。"}
    assert (await world.client.post(path, as_="admin_b", json=body)).status_code == 404
    assert fine(await world.client.post(path, as_="officer_a", json=body))["state"] == "handled"
    assert refusal(await world.client.post(path, as_="officer_a", json=body))[0] == 409


async def test_an_account_that_is_gone_is_an_exception_and_the_worker_stays_paid(
    world: Banked,
) -> None:
    world.behave(delay_s=3600)
    sheet = await world.release()
    await SpecialAccount.all().update(state="closed")
    world.behave(delay_s=0)
    await sending.ask((await world.batch(sheet["id"])).id)
    assert await world.pay_states(sheet["id"]) == {"zhang": "succeeded", "li": "succeeded"}
    assert {row.why for row in await BankException.all()} == {Why.NO_ACCOUNT}


async def test_the_contractor_advances_a_subcontractors_wages_and_recovers_them(
    world: Banked,
) -> None:
    world.behave(balances={banked.ACCOUNT: 100})
    sheet = await world.release()
    body = {"payer": "contractor", "account": OWN_ACCOUNT, "reason": "分包没有付，先垫上。"}
    assert refusal(await world.pay(sheet["id"], **body)) == (409, "payroll.own_sheet")
    await WageSheet.filter(id=sheet["id"]).update(enterprise_id=FIRM_B)
    batch = made(await world.pay(sheet["id"], **body))
    assert (batch["payer"], batch["account"]) == ("contractor", "尾号 0777")
    await jobs.drain()
    assert (await banked.whole(sheet["id"])).state is SheetState.PAID
    assert {row.payer.value for row in await WageLine.all()} == {"contractor"}
    assert await AccountEntry.filter(kind="wage_out").count() == 0
    [row] = fine(await world.client.get(banked.ADVANCES, as_="officer_a"))["items"]
    assert (row["amount_fen"], row["recovered_fen"], row["state"]) == (2 * WAGE_FEN, 0, "open")
    assert "payroll.advanced" in [kind for kind, _ in await banked.told(world.client, "officer_b")]
    await _recovered(world, row["id"])


async def _recovered(world: Banked, advance_id: str) -> None:
    path = f"{banked.ADVANCES}/{advance_id}/recoveries"

    async def back(amount_fen: int, who: str = "officer_a", on: str = "2026-11-03") -> Any:
        said = {"amount_fen": amount_fen, "on": on, "note": "从进度款里扣回。"}
        return await world.client.post(path, as_=who, json=said)

    assert (await back(1, "officer_b")).status_code == 404  # who owes does not write it off
    for day in ("2026-11-02", "2026-11-04"):  # before it was advanced, and in days to come
        answer = await back(WAGE_FEN, on=day)
        assert refusal(answer) == (422, "payroll.wrong_recovery_day")
        assert [each["path"] for each in answer.json()["errors"]] == ["on"]
    assert made(await back(WAGE_FEN))["state"] == "open"
    assert refusal(await back(WAGE_FEN + 1)) == (422, "payroll.recovered_too_much")
    assert made(await back(WAGE_FEN))["state"] == "recovered"
    assert (await Advance.get(id=advance_id)).recovered_fen == 2 * WAGE_FEN


@pytest.mark.parametrize("arrives_later", [True, False])
async def test_an_advance_is_recovered_by_what_has_arrived_in_the_end(
    world: Banked, arrives_later: bool
) -> None:
    """More of it arrives after all was recovered, or some is returned after half of it was."""
    world.behave(balances={banked.ACCOUNT: 100})
    sheet = await world.release()
    await WageSheet.filter(id=sheet["id"]).update(enterprise_id=FIRM_B)
    world.behave(delay_s=3600)
    said = {"payer": "contractor", "account": OWN_ACCOUNT, "reason": "先垫上。"}
    batch = await BankBatch.get(id=made(await world.pay(sheet["id"], **said))["id"])
    await jobs.drain()
    path = f"{banked.ADVANCES}/{(await Advance.get()).id}/recoveries"
    if not arrives_later:
        await _told(world, batch, seq=2, outcome=Outcome.SUCCESS)
    await _told(world, batch, seq=1, outcome=Outcome.SUCCESS)
    body = {"amount_fen": WAGE_FEN, "on": "2026-11-03", "note": "从进度款里扣回。"}
    row = made(await world.client.post(path, as_="officer_a", json=body))
    assert row["state"] == ("recovered" if arrives_later else "open")
    last = Outcome.SUCCESS if arrives_later else Outcome.RETURNED
    await _told(world, batch, seq=2, outcome=last)
    [row] = fine(await world.client.get(banked.ADVANCES, as_="officer_a"))["items"]
    assert (row["amount_fen"], row["state"]) == (
        (2 * WAGE_FEN, "open") if arrives_later else (WAGE_FEN, "recovered")
    )


@pytest.mark.parametrize(
    "body",
    [
        {"payer": "contractor"},
        {"payer": "contractor", "account": OWN_ACCOUNT},
        {"payer": "contractor", "account": "12a", "reason": "垫付"},
        {"payer": "account", "account": OWN_ACCOUNT, "reason": "垫付"},
        {"amount_fen": 5},
    ],
)
async def test_an_advance_says_from_where_and_why(world: Banked, body: dict[str, Any]) -> None:
    sheet = await world.release()
    assert (await world.pay(sheet["id"], **body)).status_code == 422
