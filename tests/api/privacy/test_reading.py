"""What is held about me, row by row, and who looked at it."""

import pytest

from api.kit.holdings import Fate
from api.privacy.register import HELD
from tests import canaries
from tests.api.matrix_world import ZHANG, World
from tests.api.privacy import held
from tests.api.privacy.held import DATA
from tests.cast import Client


@pytest.fixture
async def world(client: Client) -> World:
    return await held.opened(client)


async def test_every_kind_is_told_with_purpose_ground_and_term(
    client: Client, world: World
) -> None:
    items = (await client.get(DATA, as_="zhang")).json()["items"]
    assert [item["table"] for item in items] == [holding.table for holding in HELD]
    worker = next(item for item in items if item["table"] == "worker")
    assert worker["called"] == "实名信息" and worker["ground"] == "法律要求留存"
    assert worker["on_erasure"] == "去掉身份信息"
    assert {item["on_erasure"] for item in items} == {fate.called for fate in Fate}


async def test_rows_are_ones_own_and_masked(client: Client, world: World) -> None:
    for holding in HELD:
        answer = await client.get(f"{DATA}/rows/{holding.table}", as_="zhang")
        assert answer.status_code == 200, (holding.table, answer.text)
        assert not canaries.found_in(answer.content), holding.table
    days = (await client.get(f"{DATA}/rows/workday", as_="zhang")).json()
    assert [row["id"] for row in days["items"]] == [str(world.ids["workday_id"])]
    assert days["columns"]["units"] == "工" and days["words"]["state"]["pending"] == "待确认"
    assert days["names"][str(world.ids["project_id"])]
    me = (await client.get(f"{DATA}/rows/worker", as_="zhang")).json()["items"]
    assert [row["number"] for row in me] == [f"{ZHANG.number[:4]}**********{ZHANG.number[-4:]}"]


async def test_a_stranger_sees_nothing_of_his(client: Client, world: World) -> None:
    his = {str(row_id) for row_id in world.ids.values()} - {str(world.ids["enterprise_id"])}
    for holding in HELD:
        answer = await client.get(f"{DATA}/rows/{holding.table}", as_="li")
        shown = {row["id"] for row in answer.json()["items"]}
        assert not shown & his, holding.table


async def test_an_unknown_kind_is_not_found(client: Client, world: World) -> None:
    for table in ("data_key", "nothing", "enterprise"):
        assert (await client.get(f"{DATA}/rows/{table}", as_="zhang")).status_code == 404


async def test_who_looked_is_told_by_office_and_not_by_name(client: Client, world: World) -> None:
    assert (await client.get(f"{DATA}/looks", as_="li")).json()["items"] == []
    before = (await client.get(f"{DATA}/looks", as_="zhang")).json()["items"]
    await client.cast.sudo("county")
    path = f"/api/v1/regulator/workers/{world.ids['worker_id']}/reveals"
    answer = await client.post(path, as_="county", json={"reason": "核对投诉"})
    assert answer.is_success, answer.text
    items = (await client.get(f"{DATA}/looks", as_="zhang")).json()["items"]
    new = items[: len(items) - len(before)]
    assert new and {(each["what"], each["who"], each["why"]) for each in new} == {
        ("实名信息", "四川省成都市武侯区 县（区）主管部门", "工作需要查看")
    }
    assert (await client.get(f"{DATA}/looks", as_="li")).json()["items"] == []


async def test_the_enterprise_that_read_the_contract_is_named(client: Client, world: World) -> None:
    path = (
        f"/api/v1/enterprise/projects/{world.ids['project_id']}"
        f"/contracts/{world.ids['contract_id']}/pdf"
    )
    answer = await client.get(path, as_="officer_a")
    assert answer.status_code == 200, answer.text
    items = (await client.get(f"{DATA}/looks", as_="zhang")).json()["items"]
    assert any(
        each["what"] == "合同和用工协议" and each["who"].endswith("劳资专管员") for each in items
    )
