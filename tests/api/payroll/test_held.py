"""A released sheet whose agreement ended waits, its officers know once, it goes on by itself."""

import pytest

from api.audit.models import AuditLine
from api.funds.models import SpecialAccount
from api.integrations.bank import Outcome, Reason, Result
from api.kit import clock, jobs
from api.kit.actor import SYSTEM
from api.payroll import drawing, receiving
from api.payroll import jobs as timetable
from api.payroll.models import BankBatch, HeldSheet
from api.payroll.receiving import Told
from api.payroll.rules import BatchState, Way
from api.wages.models import WageLine
from tests.api.payroll import banked
from tests.api.payroll.banked import SHEETS, Banked
from tests.api.wages.paid import fine
from tests.cast import Client

LAST = "2026-11-03"
LATER = "2026-11-04"


@pytest.fixture
async def world(client: Client) -> Banked:
    """The agreement ends with the day of the release."""
    return await banked.opened(client, ends_on=LAST)


async def held(world: Banked) -> str:
    """A sheet that was released on that day and is to be paid on the next; its id."""
    sheet = await world.paid.to("released")
    await world.paid.go(LATER)
    await jobs.drain()
    return str(sheet["id"])


async def renewed(world: Banked, **changed: str) -> None:
    account = await SpecialAccount.get()
    answer = await world.paid.agreed(str(account.id), starts_on=LATER, **changed)
    assert answer.status_code == 201, answer.text


async def looked(world: Banked) -> None:
    """Five minutes have passed."""
    await timetable.watch_held()
    await jobs.drain()


async def kinds(world: Banked, who: str) -> list[str]:
    return [kind for kind, _ in await banked.told(world.client, who)]


async def test_the_officers_know_once_and_it_goes_on_by_itself(world: Banked) -> None:
    sheet_id = await held(world)
    assert await BankBatch.all().count() == 0
    for _ in range(2):
        await looked(world)
        await drawing.released((await HeldSheet.get()).sheet_id)
    for who in ("officer_a", "admin_a", "auditor_a"):
        assert await kinds(world, who) == ["payroll.held"], who
    assert await AuditLine.filter(tag="payroll.held").count() == 1
    path = f"{SHEETS}/{sheet_id}/left-out"
    assert fine(await world.client.get(path, as_="officer_a"))["held_since"]
    await renewed(world)
    await looked(world)
    assert (await world.batch(sheet_id)).lines == 2
    assert await HeldSheet.all().count() == 0
    assert fine(await world.client.get(path, as_="officer_a"))["held_since"] is None
    await looked(world)
    assert await BankBatch.all().count() == 1, "and once"


async def test_an_agreement_that_begins_later_is_waited_for(world: Banked) -> None:
    await held(world)
    account = await SpecialAccount.get()
    assert (await world.paid.agreed(str(account.id), starts_on="2026-11-06")).status_code == 201
    await looked(world)
    assert await BankBatch.all().count() == 0
    await world.paid.go("2026-11-06")
    await looked(world)
    assert await BankBatch.all().count() == 1


async def test_the_next_batch_meets_the_same_door(world: Banked) -> None:
    """An agreement that ends between two batches of one sheet holds the second."""
    sheet = await world.release()
    batch = await world.batch(sheet["id"])
    last = await WageLine.filter(sheet_id=batch.sheet_id).order_by("-id").first()
    assert last is not None
    await failed(batch)
    await world.paid.go(LATER)
    await drawing.go_on(batch.id, last.id)
    [row] = await HeldSheet.all()
    assert (row.after, row.account_id) == (last.id, batch.account_id)
    await renewed(world)
    await looked(world)
    assert await BankBatch.all().count() == 1, "whom to pay again is an officer's word"
    assert await HeldSheet.all().count() == 0


async def failed(batch: BankBatch) -> None:
    """The bank could not pay its first payment."""
    await BankBatch.filter(id=batch.id).update(state=BatchState.SENT)
    result = Result(
        batch.number, 1, 150_000, Outcome.FAILED, Reason.OTHER, "BK1", clock.now()
    )  # fmt: skip
    await receiving.take(SYSTEM, batch.id, Told([result], "0" * 64, Way.FILE))
