"""Whatever a form is answered, going back or loading again sends nothing twice."""

from datetime import timedelta

import pytest

from api.integrations.adapters import Adapters
from api.kit import clock
from h5 import carrying, cookies
from h5.pages import PAGES
from tests.api.accounts.ways_in import sent_code
from tests.cast import PARTS
from tests.emulators.fixtures import Emulators
from tests.h5.registering import FACE, FIELDS, facing
from tests.h5.visiting import Visitor
from tests.specimens import person

SOMEONE, PHONE = person(4301), "13900001234"
LOGIN, CODE = "/h5/login", "/h5/login/code"


@pytest.fixture
def adapters(emulated_adapters: Adapters) -> Adapters:
    return emulated_adapters


async def test_no_form_is_answered_with_a_page(visitor: Visitor) -> None:
    seen = await visitor.get(LOGIN)
    for phone in ("1380000", PHONE):
        values = {**seen.form(CODE).values, "phone": phone}
        answer = await visitor.http.post(CODE, data=values, follow_redirects=False)
        assert answer.status_code == 303
        assert answer.headers["location"] == CODE
        assert phone not in answer.headers["set-cookie"]


async def test_a_fault_is_told_once_with_its_status(visitor: Visitor) -> None:
    await visitor.enter("zhang")
    new = "/h5/invitations"
    wrong = await visitor.send(await visitor.get(new), new, invitation="XXXXXXXX")
    assert wrong.path == new and wrong.status == 404
    assert wrong.form(new).values["invitation"] == ["XXXXXXXX"]
    later = await visitor.get(new)
    assert later.status == 200 and later.form(new).values["invitation"] == [""]


async def test_a_fault_keeps_the_filters_of_its_address(visitor: Visitor) -> None:
    await visitor.enter("admin_a")
    seen = await visitor.get("/enterprise/")
    data = {"csrf": seen.html.split('name="csrf" content="')[1].partition('"')[0]}
    wrong = await visitor.http.post("/enterprise/days/reject?state=pending", data=data)
    assert wrong.status_code == 422
    assert wrong.url.raw_path == b"/enterprise/?state=pending"


async def test_a_step_may_be_loaded_again(visitor: Visitor, emulators: Emulators) -> None:
    asked = await visitor.send(await visitor.get("/h5/login?next=/h5/more"), CODE, phone=PHONE)
    assert asked.path == CODE and asked.status == 200
    again = await visitor.get(CODE)
    assert again.form(LOGIN).values["phone"] == [PHONE]
    wrong = await visitor.send(again, LOGIN, code="000000")
    assert wrong.path == CODE and wrong.status == 401
    right = await visitor.send(wrong, LOGIN, code=sent_code(emulators, PHONE))
    assert right.path == "/h5/more"
    assert not visitor.http.cookies.get(carrying.COOKIE)


async def test_a_new_way_to_the_login_leads_where_it_says(visitor: Visitor) -> None:
    await visitor.send(await visitor.get("/h5/login?next=/h5/more"), CODE, phone=PHONE)
    assert (await visitor.get(LOGIN)).form(CODE).values["next"] == ["/h5/more"]
    other = await visitor.get("/h5/login?next=/h5/history")
    assert other.form(CODE).values["next"] == ["/h5/history"]
    assert other.form(CODE).values["phone"] == [PHONE]


async def test_a_wrong_proof_keeps_where_it_leads(visitor: Visitor, emulators: Emulators) -> None:
    await visitor.enter("zhang")
    asked = await visitor.send(await visitor.get("/h5/me/phone"), "/h5/prove/code")
    await visitor.send(asked, "/h5/prove", code="000000")
    again = await visitor.get("/h5/prove/code")
    own = sent_code(emulators, str(PARTS["zhang"].phone))
    proved = await visitor.send(again, "/h5/prove", code=own)
    assert proved.path == "/h5/me/phone" and "身份已验证。请继续刚才的操作。" in proved.text


async def test_a_code_asked_for_too_soon_leaves_the_first_to_be_typed(visitor: Visitor) -> None:
    asked = await visitor.send(await visitor.get(LOGIN), CODE, phone=PHONE)
    soon = await visitor.send(asked, CODE)
    assert soon.status == 429 and soon.headers["Retry-After"]
    assert soon.form(LOGIN).values["phone"] == [PHONE]


async def test_what_is_carried_is_for_one_login_alone(visitor: Visitor) -> None:
    await visitor.enter("zhang")
    seen = await facing(visitor, SOMEONE)
    assert seen.path == FACE and seen.form(FACE).values["number"] == [SOMEONE.number]
    own = str(visitor.http.cookies.get(cookies.SESSION))
    await visitor.enter("li")
    assert (await visitor.get(FACE)).path != FACE
    visitor.http.cookies.set(cookies.SESSION, own, domain="127.0.0.1")
    assert (await visitor.get(FACE)).path == FACE


async def test_what_is_carried_ends(visitor: Visitor) -> None:
    await visitor.send(await visitor.get(LOGIN), CODE, phone=PHONE)
    later = clock.now() + timedelta(seconds=carrying.LIFE_S + 1)
    clock.set_clock(lambda: later)
    try:
        assert (await visitor.get(CODE)).form(CODE).values["phone"] == [""]
    finally:
        clock.set_clock()


@pytest.mark.parametrize("value", ["x", "v1.x.y.z", "é"])
async def test_a_made_up_cookie_carries_nothing(visitor: Visitor, value: str) -> None:
    await visitor.get(LOGIN)
    header = f"{carrying.COOKIE}={value}".encode()
    answer = await visitor.http.get(CODE, headers={b"Cookie": header})
    assert answer.status_code == 200


async def test_the_second_of_two_taps_carries_the_same(visitor: Visitor) -> None:
    await visitor.enter("zhang")
    form = (await facing(visitor, SOMEONE)).form(FACE)
    taps = [
        await visitor.http.post(FACE, data=form.values, follow_redirects=False) for _ in range(2)
    ]
    assert [tap.headers["location"] for tap in taps] == [FACE, FACE]
    assert taps[0].cookies[carrying.COOKIE] == taps[1].cookies[carrying.COOKIE]


async def test_what_is_too_long_is_shown_at_once(visitor: Visitor) -> None:
    await visitor.enter("zhang")
    new = "/h5/invitations"
    values = {**(await visitor.get(new)).form(new).values, "invitation": "字" * 2_000}
    answer = await visitor.http.post(new, data=values, follow_redirects=False)
    assert answer.status_code == 422
    assert "字字字" in answer.text


def test_each_way_of_pages_has_one_that_shows_it() -> None:
    ways = {page.along for page in PAGES.values() if page.along}
    shown = {page.along for page in PAGES.values() if page.method == "GET" and page.along}
    assert ways == shown
    assert FIELDS in {page.path for page in PAGES.values() if page.along == "register"}
