"""Lines: signed as they were read, objected to, paid; and what happens when two act at once."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date

import pytest

from api.kit import jobs
from api.kit.errors import Problem
from api.kit.transaction import transaction
from api.wages import contesting, correcting, drawing, merging, paying, sheets, showing, signing
from api.wages.errors import (
    ContestClosed,
    ContestOpen,
    LineChanged,
    NoSuchLine,
    NotAdjusted,
    WrongPayStep,
    WrongStep,
)
from api.wages.models import (
    LineContest,
    LineSignature,
    WageItem,
    WageLine,
    WageSheet,
    WageStep,
    WageTerms,
)
from api.wages.reckoning import ItemKind, digest
from api.wages.rules import Act, LineState, PayState, SheetState, Way
from api.wages.schemas import AuditIn, ContestAnswerIn, CorrectionIn, ItemIn
from api.workers.models import Worker
from tests.api.teams import people
from tests.api.wages import paid
from tests.api.wages.paid import CONTESTS, Paid, days, fine, told
from tests.cast import Client

MANY = 16


@pytest.fixture
async def world(client: Client) -> Paid:
    world = await paid.opened(client)
    await world.terms()
    await world.terms(world.li)
    for worker_id in (world.zhang, world.li):
        await world.work(worker_id, days("2026-10-09", 3))
    return world


async def own(world: Paid, sheet_id: str, who: str = "zhang") -> WageLine:
    worker_id = world.zhang if who == "zhang" else world.li
    return await WageLine.get(sheet_id=sheet_id, worker_id=worker_id)


async def test_a_worker_signs_what_he_read(world: Paid) -> None:
    sheet = await world.to("submitted")
    line, zhang = await own(world, sheet["id"]), await people.actor(world.client, "zhang")
    with pytest.raises(LineChanged):
        await signing.sign(zhang, line.id, "0" * 64, Way.CONFIRM)
    signed = await signing.sign(zhang, line.id, line.digest, Way.DRAWN)
    assert (signed.state, signed.signed_version) == (LineState.CONFIRMED, 1)
    await signing.sign(zhang, line.id, line.digest, Way.DRAWN)
    [row] = await LineSignature.filter(line_id=line.id)
    assert (row.digest, row.way, row.line_version) == (line.digest, Way.DRAWN, 1)
    with pytest.raises(NoSuchLine):
        await signing.sign(
            await people.actor(world.client, "li"), line.id, line.digest, Way.CONFIRM
        )


async def test_a_draft_and_a_void_sheet_are_nobodys_to_sign(world: Paid) -> None:
    sheet = await world.make()
    line, zhang = await own(world, sheet["id"]), await people.actor(world.client, "zhang")
    with pytest.raises(NoSuchLine):
        await signing.sign(zhang, line.id, line.digest, Way.CONFIRM)
    fine(await world.act(sheet["id"], "submission"))
    fine(await world.act(sheet["id"], "voiding", reason="重做"))
    with pytest.raises(NoSuchLine):
        await signing.sign(zhang, line.id, line.digest, Way.CONFIRM)


async def test_an_objection_is_answered_by_its_day(world: Paid) -> None:
    sheet = await world.to("submitted")
    line, zhang = await own(world, sheet["id"]), await people.actor(world.client, "zhang")
    row = await contesting.contest(
        zhang, line.id, "十月十二号也干了", day=date(2026, 10, 12), item=ItemKind.BASIC
    )
    # Tuesday, and five working days on.
    assert row.due_on == date(2026, 11, 10)
    assert "wages.contested" in await told(world.client, "officer_a")
    with pytest.raises(ContestOpen):
        await contesting.contest(zhang, line.id, "再说一遍")
    with pytest.raises(ContestOpen):
        await signing.sign(zhang, line.id, line.digest, Way.CONFIRM)
    [seen] = fine(await world.client.get(CONTESTS, as_="officer_a"))["items"]
    assert (seen["words"], seen["days_left"], seen["item"]) == ("十月十二号也干了", 5, "basic")
    assert fine(await world.client.get(CONTESTS, as_="officer_b"))["items"] == []
    officer = await people.actor(world.client, "officer_a")
    adjusted = ContestAnswerIn(outcome="adjusted", answer="补上一天")
    with pytest.raises(NotAdjusted):
        await contesting.answer(officer, row.id, adjusted)
    await world.bonus(await world.line(sheet["id"]), 300)
    answer = await world.client.post(
        f"{CONTESTS}/{row.id}/answer", as_="officer_a", json=adjusted.model_dump()
    )
    assert fine(answer)["state"] == "adjusted"
    line = await own(world, sheet["id"])
    assert (line.state, line.net_fen) == (LineState.ADJUSTED, 120000)
    assert (await told(world.client, "zhang"))[-1] == "wages.answered"
    with pytest.raises(ContestClosed):
        await contesting.answer(officer, row.id, adjusted)
    assert (await world.sign(sheet["id"])).state is LineState.CONFIRMED


async def test_what_is_upheld_may_be_signed_or_objected_to_again(world: Paid) -> None:
    sheet = await world.to("submitted")
    line, zhang = await own(world, sheet["id"]), await people.actor(world.client, "zhang")
    row = await contesting.contest(zhang, line.id, "少了")
    await contesting.answer(
        await people.actor(world.client, "officer_a"), row.id,
        ContestAnswerIn(outcome="upheld", answer="打卡只有三天"),
    )  # fmt: skip
    assert (await own(world, sheet["id"])).state is LineState.UPHELD
    await contesting.contest(zhang, line.id, "有照片")
    assert await LineContest.filter(line_id=line.id).count() == 2


async def test_who_signed_objected_and_was_answered_may_agree_after_all(world: Paid) -> None:
    sheet = await world.to("submitted")
    line, zhang = await own(world, sheet["id"]), await people.actor(world.client, "zhang")
    await signing.sign(zhang, line.id, line.digest, Way.CONFIRM)
    row = await contesting.contest(zhang, line.id, "少了")
    await contesting.answer(
        await people.actor(world.client, "officer_a"), row.id,
        ContestAnswerIn(outcome="upheld", answer="打卡只有三天"),
    )  # fmt: skip
    again = await signing.sign(zhang, line.id, line.digest, Way.CONFIRM)
    assert (again.state, again.signed_version) == (LineState.CONFIRMED, line.version)
    assert await LineSignature.filter(line_id=line.id).count() == 1


async def test_the_sums_of_a_sheet_follow_its_lines(world: Paid) -> None:
    await world.ready()
    sheet = await world.to("released")
    batches = [batch async for batch in paying.payable(sheet["id"])]
    assert [len(batch) for batch in batches] == [2]
    first, second = batches[0]
    await _mark(first.id, PayState.SENT)
    row = await WageSheet.get(id=sheet["id"])
    assert (row.state, row.pending_fen, row.paid_fen) == (SheetState.PAYING, 180000, 0)
    await _mark(first.id, PayState.SUCCEEDED, on=date(2026, 11, 4))
    await _mark(first.id, PayState.SUCCEEDED, on=date(2026, 11, 4))
    await _mark(second.id, PayState.SENT)
    await _mark(second.id, PayState.FAILED, code="card_closed")
    row = await WageSheet.get(id=sheet["id"])
    assert (row.state, row.pending_fen, row.paid_fen, row.failed_fen) == (
        SheetState.PARTLY_PAID, 0, 90000, 90000,
    )  # fmt: skip
    with pytest.raises(WrongPayStep):
        await _mark(second.id, PayState.SUCCEEDED)
    await _mark(second.id, PayState.REPAID, on=date(2026, 11, 5))
    row = await WageSheet.get(id=sheet["id"])
    assert (row.state, row.paid_fen) == (SheetState.PAID, 180000)
    assert fine(await world.act(sheet["id"], "archiving"))["state"] == "archived"
    # Money that came back opens it again.
    await _mark(first.id, PayState.RETURNED)
    row = await WageSheet.get(id=sheet["id"])
    assert (row.state, row.failed_fen) == (SheetState.PARTLY_PAID, 90000)
    acts = [each.act for each in await WageStep.filter(sheet_id=row.id).order_by("id")]
    assert acts[-5:] == [Act.PAYING, Act.PARTLY_PAID, Act.PAID, Act.ARCHIVED, Act.PARTLY_PAID]


async def test_nothing_is_paid_before_the_release(world: Paid) -> None:
    sheet = await world.to("rechecked")
    line = await own(world, sheet["id"])
    with pytest.raises(WrongStep):
        await _mark(line.id, PayState.SENT)


async def _mark(line_id: object, state: PayState, **more: object) -> None:
    async with transaction():
        await paying.mark(line_id, state, **more)  # type: ignore[arg-type]


async def test_the_store_itself_keeps_the_sums_whole(world: Paid) -> None:
    sheet = await world.make()
    with pytest.raises(Exception, match="append-only"):
        await WageSheet.filter(id=sheet["id"]).update(paid_fen=1)


async def test_of_many_that_act_at_once_one_wins(world: Paid) -> None:
    await world.ready()
    sheet = await world.to("submitted")
    auditor = await people.actor(world.client, "auditor_a")
    checker = await people.actor(world.client, "checker_a")
    row = await WageSheet.get(id=sheet["id"])

    async def race(act: object, *args: object) -> None:
        done = await paid.at_once([lambda: act(*args)] * MANY)  # type: ignore[operator]
        won = [each for each in done if not isinstance(each, BaseException)]
        lost = [each for each in done if isinstance(each, BaseException)]
        assert len(won) == 1 and all(isinstance(each, WrongStep) for each in lost), lost

    await race(sheets.audit_sheet, auditor, row.id, AuditIn())
    await race(sheets.recheck, checker, row.id)
    await world.signed(sheet["id"])
    await race(sheets.release, auditor, row.id)
    acts = await WageStep.filter(sheet_id=row.id).values_list("act", flat=True)
    assert len(acts) == len(set(acts)) == 5


@pytest.mark.parametrize("turn", range(5))
async def test_a_signature_holds_for_what_was_read(world: Paid, turn: int) -> None:
    """Signed while it is corrected: either before, and then void, or refused."""
    sheet = await world.to("submitted")
    line, zhang = await own(world, sheet["id"]), await people.actor(world.client, "zhang")
    officer = await people.actor(world.client, "officer_a")
    given = CorrectionIn(
        add=(ItemIn(kind="bonus", amount_fen=100, note="补"),), reason=f"第 {turn} 次"
    )
    acts: list[Callable[[], Awaitable[object]]] = [
        lambda: signing.sign(zhang, line.id, line.digest, Way.CONFIRM)
    ] * (MANY - 1)
    acts.insert(turn, lambda: correcting.correct(officer, line.sheet_id, line.id, given))
    done = await paid.at_once(acts)
    assert not [each for each in done if isinstance(each, BaseException)
                and not isinstance(each, LineChanged)], done  # fmt: skip
    now = await own(world, sheet["id"])
    assert (now.state, now.version, now.signed_version) == (LineState.WAITING, 2, None)
    for row in await LineSignature.filter(line_id=line.id):
        assert (row.line_version, row.digest) == (1, line.digest)


async def test_many_sheets_made_at_once_have_their_own_numbers(world: Paid) -> None:
    answers = await asyncio.gather(*(world.ask() for _ in range(8)))
    assert {each.status_code for each in answers} == {201}
    numbers = {each.json()["number"] for each in answers}
    assert sorted(each[-3:] for each in numbers) == [f"{n:03d}" for n in range(1, 9)]


async def test_payments_marked_at_once_leave_the_sums_whole(world: Paid) -> None:
    await world.ready()
    sheet = await world.to("released")
    lines = await WageLine.filter(sheet_id=sheet["id"])
    acts = [
        lambda line_id=line.id, state=state: _mark(line_id, state)
        for state in (PayState.SENT, PayState.SUCCEEDED, PayState.FAILED)
        for line in lines
    ] * 3  # fmt: skip
    done = await paid.at_once(acts)
    assert all(each is None or isinstance(each, Problem) for each in done), done
    row = await WageSheet.get(id=sheet["id"])
    assert row.paid_fen + row.failed_fen + row.pending_fen == row.total_fen == 180000
    for line in await WageLine.filter(sheet_id=sheet["id"]):
        assert line.paid_fen == (line.net_fen if line.pay_state is PayState.SUCCEEDED else 0)


async def test_advances_are_open_again_when_a_sheet_is_void(world: Paid) -> None:
    sheet = await world.make()
    fine(await world.act(sheet["id"], "voiding", reason="重做"))
    assert not await WageItem.filter(source_id__isnull=False).exists()
    assert (await world.act(sheet["id"], "submission")).status_code == 409


async def test_a_large_sheet_is_drawn_batch_by_batch(
    world: Paid, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "BATCH", 1)
    row = paid.made(await world.ask())
    assert row["drawing"] and row["persons"] == 1
    answer = await world.act(row["id"], "submission")
    assert answer.json()["code"] == "wages.still_drawing"
    await jobs.drain()
    row = await world.sheet(row["id"])
    assert (row["drawing"], row["persons"], row["total_fen"]) == (False, 2, 180000)


async def test_merged_records_keep_their_wages(world: Paid) -> None:
    sheet = await world.to("submitted")
    await world.sign(sheet["id"])
    alone = await world.make(worker_ids=[str(world.zhang)])
    await Worker.filter(id=world.zhang).update(merged_into_id=world.li)
    await merging.follow(world.zhang)
    # Where both are on a sheet the line stays as it is; everything else is the kept record's.
    assert await WageLine.filter(sheet_id=sheet["id"], worker_id=world.zhang).count() == 1
    line = await WageLine.get(sheet_id=alone["id"])
    assert line.worker_id == world.li
    items = (await showing.items_of([line.id]))[line.id]
    of = await WageSheet.get(id=line.sheet_id)
    assert line.digest == digest(showing.shown(of, line, items))
    assert await WageTerms.filter(worker_id=world.li).count() == 2
