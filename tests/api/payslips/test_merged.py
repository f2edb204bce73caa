"""One man with two records on one sheet: after the merge he sees, signs and gets all his wages."""

from typing import Any

import pytest

from api.kit import jobs
from api.payroll.models import BatchLine
from api.wages.models import WageLine
from api.wages.rules import Way
from api.wages.signing import sign
from tests.api.payroll import banked
from tests.api.payroll.banked import CARDS, Banked
from tests.api.teams import people
from tests.api.wages import paid
from tests.api.wages.paid import fine
from tests.api.workers.test_merging import merge
from tests.cast import Client

ME = "/api/v1/me"


@pytest.fixture
async def world(client: Client) -> Banked:
    return await banked.opened(client)


async def got(world: Banked, path: str, who: str = "li", **query: Any) -> dict[str, Any]:
    return fine(await world.client.get(f"{ME}/{path}", as_=who, params=query))


async def merged(world: Banked) -> dict[str, Any]:
    """Both records have a line on a submitted sheet; then Zhang's turns out to be Li's."""
    sheet = await world.paid.to("submitted")
    await merge(world.client, world.paid.zhang, world.paid.li)
    for name in (*paid.STAFF, "li", "zhang"):
        await paid.entered(world.client, name)
    return sheet


async def test_all_his_lines_are_in_his_own_list(world: Banked) -> None:
    sheet = await merged(world)
    stayed = await WageLine.get(sheet_id=sheet["id"], worker_id=world.paid.zhang)
    found = (await got(world, "payslips"))["items"]
    assert len(found) == 2
    seen = await got(world, f"payslips/{stayed.id}")
    assert seen["net_fen"] == stayed.net_fen and seen["days"]
    assert len((await got(world, "pay-calendar"))["items"]) == 2
    assert (await got(world, "payslips", "zhang"))["items"] == [], "his other account has none"
    other = await world.client.get(f"{ME}/payslips/{stayed.id}", as_="zhang")
    assert other.status_code == 404


async def test_he_signs_and_is_paid_both_on_his_one_card(world: Banked) -> None:
    sheet = await merged(world)
    actor = await people.actor(world.client, "li")
    for row in await WageLine.filter(sheet_id=sheet["id"]):
        await sign(actor, row.id, row.digest, Way.CONFIRM)
    for what, who in (("audit", "auditor_a"), ("recheck", "checker_a"), ("release", "auditor_a")):
        fine(await world.paid.act(sheet["id"], what, who))
    await jobs.drain()
    batch = await world.batch(sheet["id"])
    order = await world.order(batch)
    assert [(each.card, each.amount_fen) for each in order.payees] == [(CARDS["li"], 150_000)] * 2
    assert set(await BatchLine.all().values_list("worker_id", flat=True)) == {world.paid.li}
    assert await world.left_out(sheet["id"]) == {}


async def test_what_happens_to_a_line_that_stayed_is_told_to_him(world: Banked) -> None:
    sheet = await merged(world)
    line = await world.paid.line(sheet["id"], world.paid.zhang)
    await world.paid.bonus(line)
    assert (await paid.told(world.client, "li"))[-1] == "wages.line_revised"
