"""实名登记 without scripts: each step, whatever goes wrong, and the way of equal standing."""

import pytest

from api.integrations.adapters import Adapters
from api.workers.models import CodeState, Verification, Worker
from tests.api.workers.registering import jpeg
from tests.h5.registering import (
    CONSENT,
    FACE,
    FIELDS,
    PHOTOS,
    START,
    SUBMIT,
    agreed,
    declined,
    facing,
    handed_in,
    photographed,
    selfie_page,
)
from tests.h5.visiting import Visitor
from tests.specimens import card_back, card_front, expired, person, selfie

SOMEONE = person(4101)
OTHER = person(4102)


@pytest.fixture
def adapters(emulated_adapters: Adapters) -> Adapters:
    return emulated_adapters


async def test_a_worker_walks_from_the_start_to_his_code(visitor: Visitor) -> None:
    await visitor.enter("zhang")
    read = await photographed(visitor, SOMEONE)
    assert read.path == FIELDS
    assert read.form(FIELDS).values["number"] == [SOMEONE.number]
    asked = await visitor.send(read, FIELDS)
    assert "刷脸核对本人" in asked.text
    assert SOMEONE.number not in asked.path
    ready = await visitor.send(asked, FACE)
    done = await visitor.send(ready, SUBMIT, {"selfie": jpeg(selfie(SOMEONE))})
    assert done.path == "/h5/register/result"
    worker = await Worker.get()
    assert "登记好了" in done.text and "<svg" in done.html
    assert worker.name.masked in done.text
    assert SOMEONE.number not in done.text and SOMEONE.name not in done.text
    again = await visitor.get(START)
    assert again.path == "/h5/register/result"
    code = await visitor.get("/h5/code")
    assert "前有效" in code.text and 'viewBox="0 0' in code.html


async def test_who_does_not_want_photos_is_told_the_other_way(visitor: Visitor) -> None:
    await visitor.enter("zhang")
    seen = await visitor.get(f"{CONSENT}?next={PHOTOS}")
    assert "不同意也可以" in seen.text
    told = await visitor.send(seen, CONSENT, granted="0")
    assert told.path == "/h5/register/in-person"
    assert "劳资专管员" in told.text
    assert (await visitor.get(PHOTOS)).path.startswith(CONSENT)


async def test_without_the_face_officers_decide(visitor: Visitor) -> None:
    await visitor.enter("zhang")
    done = await declined(visitor, SOMEONE)
    assert done.path == "/h5/register/result"
    assert "人工核对中" in done.text
    assert "选择了不刷脸" in done.text
    assert (await visitor.get(START)).path == "/h5/register/result"
    assert (await visitor.get(FIELDS)).path == "/h5/register/result"


async def test_no_consent_to_the_face_is_needed_for_the_other_way(visitor: Visitor) -> None:
    await visitor.enter("zhang")
    seen = await facing(visitor, SOMEONE)
    assert "selfie" not in seen.html
    assert FIELDS in seen.links
    changed = await visitor.send(await visitor.get(FIELDS), FIELDS, nation="藏族")
    assert changed.form(SUBMIT).values["nation"] == ["藏族"]
    assert (await visitor.get(FIELDS)).form(FIELDS).values["nation"] == ["藏族"]
    assert seen.form(FACE).values["number"] == seen.form(SUBMIT).values["number"]


async def test_a_bad_upload_is_told_beside_its_side(visitor: Visitor) -> None:
    await visitor.enter("zhang")
    seen = await agreed(visitor)
    bad = {"front": ("x.jpg", b"no picture", "image/jpeg"), "back": jpeg(card_back(SOMEONE))}
    again = await visitor.send(seen, PHOTOS, bad)
    assert again.status == 422
    assert "有头像的一面" in again.text and "不是能用的照片" in again.text
    missing = await visitor.send(again, PHOTOS, {"back": jpeg(card_back(SOMEONE))})
    assert missing.status == 422 and "必填" in missing.text


async def test_too_much_at_once_is_refused(visitor: Visitor) -> None:
    await visitor.enter("zhang")
    seen = await agreed(visitor)
    heavy = ("x.jpg", b"\xff\xd8" + b"0" * 14_000_000, "image/jpeg")
    again = await visitor.send(seen, PHOTOS, {"front": heavy, "back": heavy})
    assert again.status == 413
    assert "太大" in again.text


async def test_the_camera_that_stays_shut_leaves_the_album(visitor: Visitor) -> None:
    await visitor.enter("zhang")
    seen = await agreed(visitor)
    assert 'capture="environment"' in seen.html
    album = await visitor.get(next(link for link in seen.links if "album" in link))
    assert "capture=" not in album.html


async def test_an_unreadable_card_is_typed_by_hand(visitor: Visitor) -> None:
    await visitor.enter("zhang")
    dark = card_front(SOMEONE).point(lambda value: value // 12)
    seen = await photographed(visitor, SOMEONE, dark)
    assert seen.path == FIELDS
    assert "照片不太清楚" in seen.text


async def test_a_slip_in_the_number_is_told_before_it_is_sent(visitor: Visitor) -> None:
    await visitor.enter("zhang")
    last = "1" if SOMEONE.number[-1] != "1" else "2"
    seen = await facing(visitor, SOMEONE, number=SOMEONE.number[:-1] + last, nation="藏族")
    assert seen.status == 422
    assert "有一位填错了" in seen.text
    assert seen.form(FIELDS).values["nation"] == ["藏族"]
    assert not await Verification.exists()
    short = await visitor.send(seen, FIELDS, number=SOMEONE.number[:-1])
    assert "位数不对" in short.text
    assert (await visitor.send(short, FIELDS, number="")).status == 422
    assert "位数不对" in (await visitor.send(short, FIELDS, number="123")).text
    passport = await visitor.send(short, FIELDS, number="E12345678", id_kind="08")
    assert "两种办法" in passport.text


async def test_a_doubtful_field_is_marked_with_what_to_check(visitor: Visitor) -> None:
    await visitor.enter("zhang")
    backs = {"front": jpeg(card_front(SOMEONE)), "back": jpeg(card_front(SOMEONE))}
    seen = await visitor.send(await agreed(visitor), PHOTOS, backs)
    assert seen.path == FIELDS
    assert seen.html.count('class="doubtful"') >= 2
    assert "标黄的要特别看一遍" in seen.text and "这一项没有认出来" in seen.text


async def test_the_way_to_the_face_leads_over_the_fields(visitor: Visitor) -> None:
    await visitor.enter("zhang")
    await photographed(visitor, SOMEONE)
    assert (await visitor.get(FACE)).path == FIELDS


async def test_a_bad_selfie_keeps_the_fields(visitor: Visitor) -> None:
    await visitor.enter("zhang")
    seen = await selfie_page(visitor, SOMEONE)
    again = await visitor.send(seen, SUBMIT, {"selfie": ("x.jpg", b"x", "image/jpeg")})
    assert again.status == 422
    assert again.form(SUBMIT).values["number"] == [SOMEONE.number]
    done = await visitor.send(again, SUBMIT, {"selfie": jpeg(selfie(SOMEONE))})
    assert "登记好了" in done.text


async def test_neither_face_nor_the_other_way_is_a_fault(visitor: Visitor) -> None:
    await visitor.enter("zhang")
    again = await visitor.send(await selfie_page(visitor, SOMEONE), SUBMIT)
    assert again.status == 422 and "两样选一样" in again.text


async def test_two_taps_are_one_attempt(visitor: Visitor) -> None:
    await visitor.enter("zhang")
    seen = await selfie_page(visitor, SOMEONE)
    files = {"selfie": jpeg(selfie(SOMEONE))}
    first = await visitor.send(seen, SUBMIT, files)
    second = await visitor.send(seen, SUBMIT, files)
    assert first.path == second.path == "/h5/register/result"
    assert await Verification.all().count() == 1


async def test_another_ones_card_is_refused_with_what_to_do(visitor: Visitor) -> None:
    await visitor.enter("zhang")
    done = await handed_in(visitor, SOMEONE, selfie(OTHER))
    assert "没有通过" in done.text and "不是同一个人" in done.text
    assert FIELDS in done.links and PHOTOS in done.links
    start = await visitor.get(START)
    assert "上次登记没有通过" in start.text


async def test_an_expired_card_is_told(visitor: Visitor) -> None:
    await visitor.enter("zhang")
    seen = await photographed(visitor, expired(person(4103)))
    assert "已经过期" in seen.text


async def test_a_new_phone_takes_the_record_over(visitor: Visitor) -> None:
    await visitor.enter("zhang")
    await handed_in(visitor, SOMEONE)
    code = (await Worker.get()).code
    visitor.http.cookies.clear()
    await visitor.enter("li")
    assert "再登记一次" in (await visitor.get("/h5/register/new-phone")).text
    done = await handed_in(visitor, SOMEONE)
    assert "登记好了" in done.text
    assert [worker.code for worker in await Worker.all()] == [code]
    visitor.http.cookies.clear()
    assert (await (await visitor.enter("zhang")).get("/h5/code")).path.startswith("/h5/login")


async def test_a_frozen_code_has_no_qr(visitor: Visitor) -> None:
    await visitor.enter("zhang")
    await handed_in(visitor, SOMEONE)
    await Worker.all().update(code_state=CodeState.FROZEN)
    seen = await visitor.get("/h5/code")
    assert "现在不能用" in seen.text and "data-qr" not in seen.html
    assert (await visitor.get("/h5/register/result")).status == 200
    answer = await visitor.http.get("/h5/code/qr", headers={"Accept": "application/json"})
    assert answer.status_code == 409


@pytest.mark.parametrize("path", [START, PHOTOS, FIELDS, FACE, "/h5/register/result", "/h5/code"])
async def test_nobody_and_officers_have_no_business_here(visitor: Visitor, path: str) -> None:
    assert (await visitor.get(path)).path.startswith("/h5/login?next=")
    await visitor.enter("officer_a")
    assert (await visitor.get(path)).status == 403


async def test_an_old_text_is_not_agreed_to(visitor: Visitor) -> None:
    await visitor.enter("zhang")
    seen = await visitor.get(CONSENT)
    again = await visitor.send(seen, CONSENT, granted="1", version="2020-01")
    assert again.status == 409
    assert (await visitor.get(PHOTOS)).path.startswith(CONSENT)


async def test_consents_stand_one_by_one_and_are_taken_back(visitor: Visitor) -> None:
    await visitor.enter("zhang")
    privacy = "/h5/settings/privacy"
    given = await visitor.send(
        await visitor.get(f"/h5/consents/location?next={privacy}"), "/h5/consents/location",
        granted="1",
    )  # fmt: skip
    assert given.path == privacy and "已记下您同意了" in given.text
    assert [form.action for form in given.forms] == [f"{privacy}/location"]
    taken = await visitor.send(given, f"{privacy}/location")
    assert "已经收回" in taken.text and not taken.forms
    assert (await visitor.get("/h5/consents/shoe_size")).status == 404
    elsewhere = await visitor.get("/h5/consents/location?next=//evil.example/")
    assert elsewhere.form("/h5/consents/location").values["next"] == [privacy]
