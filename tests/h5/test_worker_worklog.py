"""记工 and 点名 on pages, without scripts."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from api.attendance.models import Punch
from api.kit import clock
from api.worklog.models import LogEntry, LogLine, PayTemplate
from tests.api.attendance import sites
from tests.api.attendance.sites import at
from tests.api.worklog import books
from tests.api.worklog.books import Books, made
from tests.cast import Client
from tests.h5.counting import counted
from tests.h5.visiting import Visitor

WORKLOG, NEW = "/h5/worklog", "/h5/worklog/new"


@pytest.fixture
async def world(client: Client) -> Books:
    return await books.opened(client)


@pytest.fixture
async def zhang(world: Books, visitor: Visitor) -> Visitor:
    return await visitor.enter("zhang")


@pytest.fixture
async def leader(world: Books, visitor: Visitor) -> Visitor:
    return await visitor.enter("leader")


async def test_one_tap_writes_a_day_down(world: Books, zhang: Visitor) -> None:
    assert WORKLOG in (await zhang.get("/h5/more")).links
    page = await zhang.get(NEW)
    seen = await zhang.send(page, NEW)
    assert "记好了" in seen.text and seen.path.startswith(WORKLOG)
    row = await LogEntry.get()
    assert (row.units, row.day, str(row.project_id)) == (
        Decimal(1),
        clock.today(),
        world.project_id,
    )
    again = await zhang.send(page, NEW)
    assert await LogEntry.all().count() == 1, "two taps are one"
    assert again.status == 200


@pytest.mark.parametrize(
    ("kind", "typed", "shown"),
    [
        ("time", {"hours": "9.5", "overtime_hours": "2"}, "加班 2 小时"),
        ("piece", {"quantity": "12.5", "unit": "米", "price_yuan": "18.50"}, "12.5 米"),
        ("piece_days", {"units": "0.5"}, "0.5 工"),
        ("advance", {"amount_yuan": "500"}, "¥500.00"),
        ("settlement", {"amount_yuan": "1234.56"}, "¥1,234.56"),
    ],
)
async def test_every_kind_has_its_form(
    world: Books, zhang: Visitor, kind: str, typed: dict[str, Any], shown: str
) -> None:
    seen = await zhang.send(await zhang.get(f"{NEW}?kind={kind}"), NEW, **typed)
    assert shown in seen.text, seen.text


async def test_a_fault_stays_beside_what_was_typed(world: Books, zhang: Visitor) -> None:
    seen = await zhang.send(await zhang.get(NEW), NEW, hours="25", note="<b>三号楼</b>")
    assert seen.status == 422
    assert seen.form(NEW).values["hours"] == ["25"]
    assert "<b>三" not in seen.html
    future = str(clock.today() + timedelta(days=1))
    assert (await zhang.send(await zhang.get(NEW), NEW, day=future)).status == 422


async def test_an_entry_is_mended_and_struck_out_with_its_history(
    world: Books, zhang: Visitor
) -> None:
    entry = await world.write(units="1")
    path = f"{WORKLOG}/entries/{entry['id']}"
    seen = await zhang.send(await zhang.get(path), path, units="1.5")
    assert "改了：1.5 工" in seen.text and "记了一笔：1 工" in seen.text
    gone = await zhang.send(seen, f"{path}/remove")
    assert "删了，不再算" in gone.text
    assert all(form.action != path for form in gone.forms)


async def test_differences_are_settled_by_two_buttons(world: Books, zhang: Visitor) -> None:
    await world.write(units="1")
    made(await world.write_of(units="0.5"))
    month = await zhang.get(WORKLOG)
    assert "有 1 处" in month.text
    listed = await zhang.get(f"{WORKLOG}/differences")
    [line] = await LogLine.all()
    path = f"{WORKLOG}/lines/{line.id}"
    assert path in listed.links
    kept = await zhang.send(await zhang.get(path), f"{path}/keep")
    assert "工人看过，留他自己的" in kept.text
    done = await zhang.send(kept, f"{path}/accept")
    assert "两边一样" in done.text
    assert "两边记的都一样" in (await zhang.get(f"{WORKLOG}/differences")).text


async def test_who_wrote_nothing_stands_by_that(world: Books, zhang: Visitor) -> None:
    made(await world.write_of(units="1"))
    [line] = await LogLine.all()
    path = f"{WORKLOG}/lines/{line.id}"
    seen = await zhang.get(path)
    assert "没打卡" in seen.text
    kept = await zhang.send(seen, f"{path}/keep")
    assert "工人看过，留他自己的" in kept.text
    assert f"{path}/keep" not in kept.html and f"{path}/accept" in kept.html


async def test_advances_are_confirmed_one_by_one(world: Books, zhang: Visitor) -> None:
    made(await world.write_of(kind="advance", amount_fen=50000))
    seen = await zhang.get(f"{WORKLOG}/money")
    assert "¥500.00" in seen.text and "工人没记" in seen.text


async def test_the_pay_is_agreed_on(world: Books, zhang: Visitor) -> None:
    path = f"{WORKLOG}/templates/{world.team_id}"
    answer = await world.pay("leader", rate_fen=30000, unit_hours="9", overtime_rate_fen=4000)
    assert answer.status_code == 204
    page = await zhang.get(path)
    assert "9 小时一个工，¥300.00，加班一小时 ¥40.00" in page.text
    own = await zhang.send(page, path, unit_hours="8", rate_yuan="320", overtime_unit_hours="6")
    assert "加班 6 小时一个工" in own.text and "两边定的不一样" in own.text
    same = await zhang.send(own, f"{path}/accept")
    assert "两边定的不一样" not in same.text
    assert await PayTemplate.filter(book="worker").count() == 2


async def test_the_year_and_its_file(world: Books, zhang: Visitor) -> None:
    await world.write(units="1")
    seen = await zhang.get(f"{WORKLOG}/figures")
    assert "1 工" in seen.text
    answer = await zhang.http.get(f"{WORKLOG}/export?year={clock.today().year}")
    assert answer.status_code == 200 and answer.content.startswith(b"PK")


async def test_whoever_has_no_team_is_told_what_to_do(world: Books, visitor: Visitor) -> None:
    await visitor.enter("li")
    assert "/h5/invitations" in (await visitor.get(WORKLOG)).links
    assert "班组" in (await visitor.get(NEW)).text


async def test_the_roll_is_called_without_scripts(world: Books, leader: Visitor) -> None:
    sites.stop(at(str(clock.today()), "19:00"))
    team = f"/h5/teams/{world.team_id}"
    path = f"{team}/roll-call"
    assert path in (await leader.get(team)).links
    page = await leader.get(path)
    assert "member" not in page.form(path).values
    [every] = [link for link in page.links if link.endswith("all=1")]
    ticked = await leader.get(every)
    assert len(ticked.form(path).values["member"]) == 2
    one: dict[str, Any] = {f"one.{world.member_id}": "morning"}
    seen = await leader.send(ticked, path, **one)
    assert "记好了 2 人，替 1 人登记了上工" in seen.text
    row = await LogEntry.get(worker_id=world.zhang)
    assert (row.units, row.part, row.roll_call) == (Decimal("0.5"), "morning", True)
    assert await Punch.filter(worker_id=world.zhang).count() == 2
    again = await leader.send(ticked, path, **one)
    assert await LogEntry.all().count() == 2, again.text
    assert "已记 0.5 工" in (await leader.get(path)).text


async def test_nobody_ticked_is_a_fault(world: Books, leader: Visitor) -> None:
    path = f"/h5/teams/{world.team_id}/roll-call"
    seen = await leader.send(await leader.get(path), path)
    assert seen.status == 422


async def test_a_day_long_ago_says_which_days_there_are(world: Books, leader: Visitor) -> None:
    path = f"/h5/teams/{world.team_id}/roll-call"
    seen = await leader.send(await leader.get(path), path, member=world.member_id, day="2019-12-31")
    assert seen.status == 409 and "前 3 天" in seen.text and "至少要有一项" not in seen.text


async def test_the_leader_writes_for_many_and_sees_everybodys_figures(
    world: Books, leader: Visitor
) -> None:
    team = f"/h5/teams/{world.team_id}/worklog"
    page = await leader.get(f"{team}/new?kind=advance")
    seen = await leader.send(page, f"{team}/new", member=[world.member_id], amount_yuan="200")
    assert "给 1 人记好了" in seen.text and "¥200.00" in seen.text
    assert "-¥200.00" in (await leader.get(f"{team}/figures")).text
    assert "工人没记" in (await leader.get(f"{team}/differences")).text
    pay = await leader.get(f"{team}/templates")
    done = await leader.send(pay, f"{team}/templates", unit_hours="9", rate_yuan="300")
    assert "9 小时一个工，¥300.00" in done.text
    assert (await leader.http.get(f"{team}/export")).content.startswith(b"PK")


async def test_members_and_strangers_see_no_team_book(world: Books, visitor: Visitor) -> None:
    for who, status in (("zhang", 403), ("li", 404)):
        visitor.http.cookies.clear()
        await visitor.enter(who)
        for page in ("roll-call", "worklog", "worklog/new", "worklog/figures", "worklog/templates"):
            assert (await visitor.get(f"/h5/teams/{world.team_id}/{page}")).status == status, page


async def test_the_office_reads_along(world: Books, visitor: Visitor) -> None:
    await world.write(units="1")
    made(await world.write_of(units="0.5"))
    await visitor.enter("officer_a")
    seen = await visitor.get("/enterprise/worklog?differing=true")
    assert "工数不一样" in seen.text and "0.5 工" in seen.text
    visitor.http.cookies.clear()
    await visitor.enter("officer_b")
    assert "没有记工" in (await visitor.get("/enterprise/worklog")).text


async def test_the_day_shows_both_books_and_who_called(world: Books, visitor: Visitor) -> None:
    sites.stop(at(str(clock.today()), "19:00"))
    await world.call()
    punch = await Punch.filter(worker_id=world.zhang).first()
    assert punch is not None
    await visitor.enter("zhang")
    assert "点的名" in (await visitor.get(f"/h5/days/{punch.workday_id}")).text
    await sites.log_in_again(world.client, "officer_a")
    visitor.http.cookies.clear()
    await visitor.enter("officer_a")
    seen = await visitor.get(f"/enterprise/days/{punch.workday_id}")
    assert "点名登记" in seen.text and "两本账怎么记" in seen.text


async def test_long_books_ask_little(world: Books, visitor: Visitor) -> None:
    for back in range(24):
        day = str(clock.today() - timedelta(days=back))
        await world.write(units="1", day=day)
        made(await world.write_of(units="0.5", day=day))
    await visitor.enter("zhang")
    await _asks_little(visitor, WORKLOG, f"{WORKLOG}/differences", f"{WORKLOG}/money", NEW)
    await _asks_little(visitor, f"{WORKLOG}/figures")
    visitor.http.cookies.clear()
    await visitor.enter("leader")
    team = f"/h5/teams/{world.team_id}"
    await _asks_little(visitor, f"{team}/worklog", f"{team}/worklog/figures", f"{team}/roll-call")
    await _asks_little(visitor, f"{team}/worklog/differences", f"{team}/worklog/templates")
    visitor.http.cookies.clear()
    await visitor.enter("officer_a")
    await _asks_little(visitor, "/enterprise/worklog")


async def _asks_little(visitor: Visitor, *paths: str) -> None:
    for path in paths:
        await visitor.get(path)
        with counted() as asked:
            seen = await visitor.get(path)
        assert seen.status == 200
        assert len(asked) <= 10, (path, len(asked), asked)
