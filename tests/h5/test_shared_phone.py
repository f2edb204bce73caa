"""The pages of a phone that several people use: login, PIN, locking, handing over."""

from datetime import timedelta

import pytest

from api.accounts.models import Session
from api.integrations.adapters import Adapters
from api.kit import clock
from h5 import cookies
from tests.api.accounts.ways_in import Watch, sent_code
from tests.api.teams import people
from tests.cast import PARTS, Client
from tests.emulators.fixtures import Emulators
from tests.h5.visiting import Seen, Visitor

PIN, WRONG = "270815", "270816"
ZHANG, LI = (PARTS[name].phone or "" for name in ("zhang", "li"))


@pytest.fixture
def adapters(emulated_adapters: Adapters) -> Adapters:
    return emulated_adapters


async def logged_in(
    visitor: Visitor, emulators: Emulators, phone: str, shared: str | None = "true"
) -> Seen:
    """Behind the login by text message."""
    seen = await visitor.get("/h5/login")
    asked = await visitor.send(seen, "/h5/login/code", phone=phone, shared=shared)
    return await visitor.send(asked, "/h5/login", code=sent_code(emulators, phone))


async def with_pin(visitor: Visitor, emulators: Emulators, phone: str) -> Seen:
    """Logged in on a shared phone for the first time, his PIN chosen."""
    seen = await logged_in(visitor, emulators, phone)
    assert seen.path == "/h5/me/pin?next=/h5/", seen.text
    return await visitor.send(seen, "/h5/me/pin", pin=PIN)


async def two_people(client: Client, visitor: Visitor, emulators: Emulators) -> None:
    """Zhang and Li on one phone, Li last."""
    for name in ("zhang", "li"):
        await people.worker(client, name)
    await with_pin(visitor, emulators, ZHANG)
    await with_pin(visitor, emulators, LI)


async def opened(visitor: Visitor, end: str, pin: str = PIN) -> Seen:
    """The login of the one with this end of his number, by his PIN."""
    seen = await visitor.get("/h5/phone")
    rows = [link for link in seen.links if link.startswith("/h5/phone/")]
    pages = [await visitor.get(link) for link in rows]
    page = next(each for each in pages if f"尾号 {end}" in each.text)
    return await visitor.send(page, page.path.partition("?")[0], pin=pin)


async def test_two_people_share_a_phone_by_their_pins(
    client: Client, visitor: Visitor, emulators: Emulators
) -> None:
    await two_people(client, visitor, emulators)
    assert "2" in (await visitor.get("/h5/me")).text
    seen = await visitor.get("/h5/phone")
    assert "张*例" in seen.text or "张**" in seen.text
    assert "尾号 01" in seen.text and "尾号 02" in seen.text
    assert ZHANG not in seen.html and "张样例" not in seen.html
    inside = await opened(visitor, "01")
    assert inside.path == "/h5/"
    assert "139****0001" in (await visitor.get("/h5/me")).text
    li = await Session.get(account_id=await client.cast.id("li"), shared=True)
    assert li.locked_at is not None


async def test_handing_over_locks_every_page_and_script(
    client: Client, visitor: Visitor, emulators: Emulators
) -> None:
    await two_people(client, visitor, emulators)
    seen = await visitor.send(await visitor.get("/h5/more"), "/h5/phone/lock")
    assert seen.path == "/h5/phone" and "已锁好" in seen.text
    for path in ("/h5/", "/h5/me", "/h5/history", "/h5/messages"):
        assert (await visitor.get(path)).path == f"/h5/phone?next={path}"
    asked = await visitor.http.get("/h5/session", headers={"accept": "application/json"})
    assert asked.json() == {"marker": "", "csrf": ""}
    queue = await visitor.http.post("/h5/punches/batch", json={"punches": []})
    assert queue.status_code == 403


async def test_what_was_asked_for_before_comes_after_the_pin(
    client: Client, visitor: Visitor, emulators: Emulators
) -> None:
    await two_people(client, visitor, emulators)
    later = clock.now() + timedelta(minutes=3)
    clock.set_clock(lambda: later)
    seen = await visitor.get("/h5/history")
    assert seen.path == "/h5/phone?next=/h5/history"
    row = next(link for link in seen.links if link.startswith("/h5/phone/"))
    page = await visitor.get(row)
    inside = await visitor.send(page, page.path.partition("?")[0], pin=PIN)
    assert inside.path.startswith("/h5/history")


async def test_a_wrong_pin_is_told_and_the_fifth_leads_to_the_login(
    client: Client, visitor: Visitor, emulators: Emulators
) -> None:
    await two_people(client, visitor, emulators)
    for _ in range(4):
        wrong = await opened(visitor, "01", WRONG)
        assert "密码不对" in wrong.text and WRONG not in wrong.html
    spent = await opened(visitor, "01", WRONG)
    assert spent.path == "/h5/login" and "输错了 5 次" in spent.text
    assert "尾号 01" not in (await visitor.get("/h5/phone")).text


async def test_another_browser_knows_nobody(
    client: Client, visitor: Visitor, emulators: Emulators
) -> None:
    await two_people(client, visitor, emulators)
    rows = await Session.filter(shared=True)
    visitor.http.cookies.clear()
    assert "没有别人" in (await visitor.get("/h5/phone")).text
    for row in rows:
        assert (await visitor.get(f"/h5/phone/{row.id}")).path.startswith("/h5/login")


async def test_an_own_login_on_a_shared_phone_locks_the_others_and_stays_out_of_the_list(
    client: Client, visitor: Visitor, emulators: Emulators
) -> None:
    await people.worker(client, "zhang")
    await with_pin(visitor, emulators, ZHANG)
    home = await logged_in(visitor, emulators, LI, shared=None)
    assert home.path == "/h5/"
    seen = await visitor.get("/h5/phone")
    assert "尾号 01" in seen.text and "尾号 02" not in seen.text
    row = await Session.get(account_id=await client.cast.id("zhang"), shared=True)
    assert row.locked_at is not None


async def test_a_shared_phone_has_its_script_and_an_own_one_has_not(
    visitor: Visitor, emulators: Emulators
) -> None:
    await with_pin(visitor, emulators, ZHANG)
    assert "shared-" in (await visitor.get("/h5/me")).html
    assert visitor.http.cookies.get(cookies.PHONE)
    await visitor.enter("li")
    assert "shared-" not in (await visitor.get("/h5/me")).html


async def test_the_pin_proves_again_where_the_sim_card_is_gone(
    visitor: Visitor, emulators: Emulators
) -> None:
    watch = Watch()
    await logged_in(visitor, emulators, ZHANG, shared=None)
    await visitor.send(await visitor.get("/h5/me/pin"), "/h5/me/pin", pin=PIN)
    seen = await visitor.get("/h5/me/phone")
    assert seen.path == "/h5/prove?next=/h5/me/phone"
    wrong = await visitor.send(seen, "/h5/prove/pin", pin=WRONG)
    assert "密码不对" in wrong.text
    proved = await visitor.send(wrong, "/h5/prove/pin", pin=PIN)
    assert proved.path == "/h5/me/phone"
    watch.forward(minutes=6)
    assert (await visitor.get("/h5/me/pin")).path == "/h5/prove?next=/h5/me/pin"


async def test_a_shared_phone_asks_for_a_code_where_others_may_have_seen_the_pin(
    visitor: Visitor, emulators: Emulators
) -> None:
    await with_pin(visitor, emulators, ZHANG)
    seen = await visitor.get("/h5/me/phone")
    assert seen.path == "/h5/prove?next=/h5/me/phone"
    assert "/h5/prove/pin" not in {form.action for form in seen.forms}
