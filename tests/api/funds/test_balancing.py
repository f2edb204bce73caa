"""Our ledger and the bank's balance: compared each day, a gap told once and seen by both sides."""

import pytest

from api.audit.models import AuditLine
from api.funds import balancing
from api.funds.models import SpecialAccount
from api.integrations.adapters import Adapters
from api.notices.models import Notice
from tests.api.payroll import banked
from tests.api.payroll.banked import ACCOUNT, Banked
from tests.api.wages import paid
from tests.api.wages.paid import FUNDS, fine, made
from tests.cast import Client
from tests.emulators.fixtures import Emulators

REGION = "/api/v1/regulator/special-accounts"
PAID_IN = 1_000_000


@pytest.fixture
def adapters(emulated_adapters: Adapters) -> Adapters:
    return emulated_adapters


@pytest.fixture
async def world(client: Client, emulators: Emulators) -> Banked:
    world = await banked.opened(client, emulators)
    await entered(world, PAID_IN)
    return world


async def entered(world: Banked, amount_fen: int) -> None:
    account = await SpecialAccount.get()
    body = {"kind": "labour_cost_in", "amount_fen": str(amount_fen), "on": "2026-11-02"}
    path = f"{FUNDS}/{account.id}/entries"
    made(await world.client.post(path, as_="officer_a", data=body, files={"scan": paid.PHOTO}))


async def told() -> int:
    return await Notice.filter(kind="funds.gap").count()


async def test_a_gap_is_told_once_and_seen_by_both_sides(world: Banked) -> None:
    world.behave(balances={ACCOUNT: PAID_IN + 50_000})
    officers = 4
    for _ in range(2):
        assert await balancing.compare_all() == 1
        assert await told() == officers
    for who, path in (("officer_a", FUNDS), ("county", REGION)):
        [row] = fine(await world.client.get(path, as_=who, params={"differs": "true"}))["items"]
        assert (row["bank_fen"], row["bank_gap_fen"]) == (PAID_IN + 50_000, 50_000)
    neighbours = fine(await world.client.get(REGION, as_="neighbour"))["items"]
    assert neighbours == []
    world.behave(balances={ACCOUNT: PAID_IN + 60_000})
    await balancing.compare_all()
    assert await told() == 2 * officers, "another gap is another matter"
    await entered(world, 60_000)
    await balancing.compare_all()
    [row] = fine(await world.client.get(FUNDS, as_="officer_a"))["items"]
    assert (row["bank_gap_fen"], await told()) == (0, 2 * officers)
    seen = fine(await world.client.get(FUNDS, as_="officer_a", params={"differs": "true"}))
    assert seen["items"] == []
    assert await AuditLine.filter(tag="special_account.gap_found").count() == 2
    assert await AuditLine.filter(tag="special_account.gap_closed").count() == 1


async def test_wages_that_were_paid_leave_no_gap(world: Banked) -> None:
    world.behave(balances={ACCOUNT: PAID_IN})
    await world.release()
    await balancing.compare_all()
    row = await SpecialAccount.get()
    assert (row.balance_fen, row.bank_fen, row.bank_gap_fen) == (700_000, 700_000, 0)
    assert await told() == 0


async def test_a_bank_that_does_not_answer_leaves_what_was_known(world: Banked) -> None:
    assert await balancing.compare_all() == 0, "it does not know the account"
    row = await SpecialAccount.get()
    assert (row.bank_fen, row.bank_gap_fen, row.bank_asked_at, await told()) == (None,) * 3 + (0,)


async def test_a_closed_account_is_not_asked_for(world: Banked) -> None:
    world.behave(balances={ACCOUNT: 1})
    await SpecialAccount.all().update(state="closed")
    assert await balancing.compare_all() == 0
