"""The pages of finding one's account again: who asks, colleagues, the officer, the old account."""

from datetime import timedelta

from api.kit import clock, jobs
from api.workers.models import Takeover, Worker
from tests.api.recovery.acquainted import ZHANG, applied, world
from tests.api.workers.test_takeovers import approved, verified
from tests.cast import Client
from tests.h5.visiting import Seen, Visitor


async def as_(visitor: Visitor, name: str, path: str) -> Seen:
    """A page as one of the cast sees it."""
    await visitor.enter(name)
    return await visitor.get(path)


async def test_he_asks_colleagues_answer_and_the_officer_looks_at_his_card(
    client: Client, visitor: Visitor
) -> None:
    zhang = await world(client)
    await applied(client)
    result = await as_(visitor, "new", "/h5/register/result")
    assert "/h5/recovery" in result.links
    begun = await visitor.send(await visitor.get("/h5/recovery"), "/h5/recovery")
    assert "已经告诉您的工友" in begun.text and "工友 0/2" in begun.text
    for name in ("li", "wang"):
        listed = await as_(visitor, name, "/h5/vouchings")
        page = await visitor.get(next(x for x in listed.links if x.startswith("/h5/vouchings/")))
        assert "张" in page.text and "张样例" not in page.html and ZHANG.number not in page.html
        answered = await visitor.send(page, page.path, known="yes")
        assert answered.path == "/h5/vouchings" and "没有工友等您证明" in answered.text
    listed = await as_(visitor, "officer_a", "/enterprise/recoveries")
    one = next(x for x in listed.links if x.startswith("/enterprise/recoveries/"))
    page = await visitor.get(one)
    wrong = await visitor.send(page, one, number="510107199001011234")
    assert "号码" in wrong.text and wrong.status in (409, 422)
    done = await visitor.send(await visitor.get(one), one, number=ZHANG.number)
    assert done.path == "/enterprise/recoveries" and "已经记下" in done.text
    waits = await as_(visitor, "new", "/h5/register/result")
    assert "核对通过了，再等一等" in waits.text
    assert "熟人证明通过了" in (await visitor.get("/h5/recovery")).text
    later = clock.now() + timedelta(hours=24)
    clock.set_clock(lambda: later)
    await jobs.drain()
    assert (await Worker.get(id=zhang.id)).account_id == await client.cast.id("new")
    assert (await as_(visitor, "zhang", "/h5/")).path.startswith("/h5/login")


async def test_the_old_account_is_told_and_stops_it_with_one_tap(
    client: Client, visitor: Visitor
) -> None:
    await verified(client)
    await approved(client)
    inbox = await as_(visitor, "zhang", "/h5/messages")
    row = await Takeover.get()
    opening = next(form.action for form in inbox.forms if form.action.endswith("/read"))
    page = await visitor.send(inbox, opening)
    assert page.path == f"/h5/takeovers/{row.id}"
    stopped = await visitor.send(page, page.path)
    assert stopped.path == "/h5/" and "已经拦下" in stopped.text
    assert (await visitor.get(page.path)).status == 404
    assert (await as_(visitor, "li", page.path)).status == 404


async def test_one_who_does_not_know_him_says_so(client: Client, visitor: Visitor) -> None:
    await world(client)
    await applied(client)
    seen = await as_(visitor, "new", "/h5/recovery")
    await visitor.send(seen, "/h5/recovery")
    listed = await as_(visitor, "li", "/h5/vouchings")
    page = await visitor.get(next(x for x in listed.links if x.startswith("/h5/vouchings/")))
    await visitor.send(page, page.path, known="no")
    own = await as_(visitor, "new", "/h5/recovery")
    assert "现在不用请人证明" in own.text
    assert [form.action for form in own.forms if form.action == "/h5/recovery"] == []


async def test_who_never_registered_is_led_there(client: Client, visitor: Visitor) -> None:
    seen = await as_(visitor, "zhang", "/h5/recovery")
    assert "现在不用请人证明" in seen.text
    how = await visitor.get("/h5/register/new-phone")
    assert "三种办法一样有效" in how.text
