"""代发 on pages, without scripts: batches and their results, files, exceptions, advances."""

from datetime import timedelta
from typing import Any

import pytest

from api.integrations.bank import Outcome, Reason, Result, files
from api.kit import clock
from api.payroll.models import Advance, BankBatch, BankException
from api.payroll.rules import BatchState, ExceptionState, Why
from tests.api.payroll import banked, test_held
from tests.api.payroll.banked import Banked
from tests.api.wages import paid
from tests.cast import Client
from tests.h5.counting import counted
from tests.h5.visiting import Visitor

LIST, REGION = "/enterprise/payments", "/regulator/payments"
MOST = 10
WHOLE_SHEET = 22
"""A sheet with its sums and steps, its batches and who is left out."""


@pytest.fixture
async def world(client: Client) -> Banked:
    return await banked.opened(client)


@pytest.fixture
async def officer(world: Banked, visitor: Visitor) -> Visitor:
    await paid.entered(world.client, "officer_a")
    return await visitor.enter("officer_a")


def receipt(batch: BankBatch, outcome: Outcome = Outcome.SUCCESS) -> bytes:
    results = tuple(
        Result(batch.number, seq, 150_000, outcome, Reason.NONE, f"BK{seq}{outcome[0]}",
               clock.now() + timedelta(minutes=seq))
        for seq in (1, 2)
    )  # fmt: skip
    return files.receipt_of(batch.number, results, dict.fromkeys((1, 2), "ACCOUNT_CLOSED"))


async def test_a_batch_is_carried_to_the_bank_and_its_receipt_brought_back(
    world: Banked, officer: Visitor
) -> None:
    batch = await world.batch((await world.release())["id"])
    here = f"{LIST}/{batch.id}"
    seen = await officer.get(LIST)
    assert here in seen.links and "等下载文件" in seen.text and "由系统发给银行" not in seen.text
    sheet = await officer.get(f"/enterprise/wages/{batch.sheet_id}")
    paying = await officer.get(f"{LIST}/sheets/{batch.sheet_id}")
    for each in (sheet, paying):
        assert "请下载代发文件交给银行，再上传回盘文件" in each.text
        assert "自动回来" not in each.text and "自动更新" not in each.text
    assert not any(form.action.endswith("/pay") for form in paying.forms), "nobody is left"
    assert "现在不用补发" in paying.text
    seen = await officer.get(here)
    assert not any(form.action == f"{here}/receipt" for form in seen.forms)
    await BankBatch.filter(id=batch.id).update(state=BatchState.SENT)
    sent = {"file": ("hp.csv", receipt(batch), "text/csv")}
    done = await officer.send(await officer.get(here), f"{here}/receipt", sent)
    assert done.path == here and "新结果 2 条" in done.text and "到账" in done.text
    bad = {"file": ("hp.csv", receipt(batch)[:-4], "text/csv")}
    refused = await officer.send(await officer.get(here), f"{here}/receipt", bad)
    assert "文件不完整" in refused.text or "校验码不对" in refused.text


async def test_the_file_with_cards_asks_who_one_is(world: Banked, officer: Visitor) -> None:
    batch = await world.batch((await world.release())["id"])
    here = f"{LIST}/{batch.id}"
    seen = await officer.send(await officer.get(here), f"{here}/file")
    assert banked.CARDS["zhang"] not in seen.html
    assert "prove" in seen.path


async def test_who_is_not_paid_is_shown_with_what_to_do(client: Client, visitor: Visitor) -> None:
    world = await banked.opened(client, cards=False)
    await world.card(world.paid.li, banked.CARDS["li"])
    sheet = await world.release()
    await paid.entered(client, "officer_a")
    await visitor.enter("officer_a")
    seen = await visitor.get(f"{LIST}/sheets/{sheet['id']}")
    assert "没有工资卡，请他登记自己的卡" in seen.text
    assert any(form.action.endswith("/pay") for form in seen.forms)
    assert not any(form.action.endswith("/advance") for form in seen.forms)


async def test_whose_payment_failed_is_named_with_the_reason(
    world: Banked, officer: Visitor
) -> None:
    sheet = await world.release()
    batch = await world.batch(sheet["id"])
    await BankBatch.filter(id=batch.id).update(state=BatchState.SENT)
    here, place = f"{LIST}/{batch.id}", f"{LIST}/sheets/{sheet['id']}"
    failed = {"file": ("hp.csv", receipt(batch, Outcome.FAILED), "text/csv")}
    await officer.send(await officer.get(here), f"{here}/receipt", failed)
    seen = await officer.get(place)
    assert seen.text.count("没付成：卡已销户，请他换卡") == 2 and here in seen.links
    await paid.entered(world.client, "officer_a")
    await world.client.cast.sudo("officer_a")
    await officer.enter("officer_a")
    seen = await officer.send(await officer.get(place), f"{place}/pay")
    assert seen.text.count("没付成：卡已销户，请他换卡") == 2, "named once, by the bank's reason"
    assert "上次这张卡没收到" not in seen.text


async def test_an_exception_is_closed_where_it_stands(world: Banked, officer: Visitor) -> None:
    batch = await world.batch((await world.release())["id"])
    row = await BankException.create(
        batch_id=batch.id, project_id=batch.project_id, contractor_id=batch.contractor_id,
        region=batch.region, seq=9, amount_fen=5, outcome=Outcome.SUCCESS, reason=Reason.NONE,
        reference="BK9", at=clock.now(), why=Why.UNKNOWN_LINE,
    )  # fmt: skip
    place = f"{LIST}/exceptions"
    seen = await officer.get(place)
    assert "批次里没有这一笔" in seen.text
    done = await officer.send(seen, f"{place}/{row.id}/handle", note="<b>是银行报错了</b>")
    assert "&lt;b&gt;是银行报错了" in done.html
    assert (await BankException.get(id=row.id)).state is ExceptionState.HANDLED


async def test_a_recovery_is_written_down_in_yuan(world: Banked, officer: Visitor) -> None:
    batch = await world.batch((await world.release())["id"])
    row = await Advance.create(
        batch_id=batch.id, sheet_id=batch.sheet_id, project_id=batch.project_id,
        contractor_id=batch.contractor_id, enterprise_id=batch.enterprise_id,
        region=batch.region, amount_fen=10_000, reason="先垫上",
    )  # fmt: skip
    place = f"{LIST}/advances"
    fields: dict[str, Any] = {"yuan": "33.3", "on": "2026-11-03", "note": "扣回"}
    done = await officer.send(await officer.get(place), f"{place}/{row.id}/recover", **fields)
    assert "¥33.30" in done.text
    much = await officer.send(
        await officer.get(place), f"{place}/{row.id}/recover", **{**fields, "yuan": "100"}
    )
    assert "收回的钱比垫付的多" in much.text


async def test_pages_ask_little(world: Banked, officer: Visitor) -> None:
    sheet = await world.release()
    batch = await world.batch(sheet["id"])
    for path in (
        LIST, f"{LIST}/{batch.id}", f"{LIST}/sheets/{sheet['id']}", f"{LIST}/exceptions",
        f"{LIST}/advances",
    ):  # fmt: skip
        await officer.get(path)
        with counted() as statements:
            await officer.get(path)
        most = WHOLE_SHEET if "sheets" in path else MOST
        assert len(statements) <= most, (path, statements)
        assert all(each.startswith(("SELECT", "BEGIN", "COMMIT")) for each in statements), path


async def test_the_region_looks_on(world: Banked, visitor: Visitor) -> None:
    batch = await world.batch((await world.release())["id"])
    await paid.entered(world.client, "county")
    await visitor.enter("county")
    assert f"{REGION}/{batch.id}" in (await visitor.get(REGION)).links
    one = await visitor.get(f"{REGION}/{batch.id}")
    assert "张*例" in one.text and "张样例" not in one.html
    assert not any("payments" in form.action for form in one.forms if form.method == "post")
    assert "没有对不上的记录" in (await visitor.get(f"{REGION}/exceptions")).text


async def test_a_sheet_that_waits_for_an_agreement_says_so(
    client: Client, visitor: Visitor
) -> None:
    world = await banked.opened(client, ends_on=test_held.LAST)
    sheet_id = await test_held.held(world)
    await visitor.enter("officer_a")
    account = f"/enterprise/projects/{world.paid.project_id}/account"
    for path in (f"/enterprise/payments/sheets/{sheet_id}", f"/enterprise/wages/{sheet_id}"):
        seen = await visitor.get(path)
        assert "工资停着没有发" in seen.text and account in seen.links, path
    await test_held.renewed(world)
    await test_held.looked(world)
    batch = await world.batch(sheet_id)
    for path in (f"/enterprise/wages/{sheet_id}", f"/enterprise/payments/{batch.id}"):
        assert "工资停着没有发" not in (await visitor.get(path)).text, path
