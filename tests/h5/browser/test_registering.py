"""Registering in a browser: photos made small on the phone, a camera that stays shut, two taps."""

import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from tests.h5.browser.demo import People
from tests.h5.browser.opening import Openings, path_of
from tests.h5.browser.standing import standing
from tests.h5.browser.wire import Wire, wire
from tests.journeys.people import Visitor
from tests.journeys.serving import Server
from tests.specimens import Person, card_back, card_front, person, selfie

MOST = 300 * 1024
_seeds = count(7101)


@pytest.fixture
def counted(demo: Server) -> Iterator[Wire]:
    with wire(demo.base) as made:
        yield made


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who has just agreed to photos of his card."""

    person: Person
    token: str


@pytest.fixture
def newcomer(demo: Server) -> Newcomer:
    someone = person(next(_seeds))
    with Visitor(demo.base) as visitor:
        visitor.log_in(method="sms", phone=someone.phone, code="246810")
        visitor.agree("id_card")
        return Newcomer(someone, visitor.http.headers["Authorization"].removeprefix("Bearer "))


def large(picture: Image.Image) -> FilePayload:
    """The picture as a phone's camera takes it: 12 megapixels with noise, several MB."""
    wide = picture.convert("RGB").resize((4000, 4000 * picture.height // picture.width))
    noise = Image.frombytes("RGB", (500, 375), os.urandom(500 * 375 * 3)).resize(wide.size)
    content = io.BytesIO()
    Image.blend(wide, noise, 0.05).save(content, "JPEG", quality=97)
    assert len(content.getvalue()) > 1_500_000
    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": content.getvalue()}


def small(picture: Image.Image) -> FilePayload:
    content = io.BytesIO()
    picture.convert("RGB").save(content, "JPEG", quality=90)
    return {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": content.getvalue()}


def give(page: Page, someone: Person, taken: Any = small) -> None:
    """Put photos of both sides into the form."""
    page.goto("/h5/register/photos")
    page.set_input_files("#front", taken(card_front(someone)))
    page.set_input_files("#back", taken(card_back(someone)))


def test_photos_weigh_at_most_300_kb_when_they_arrive(
    page_as: Openings, newcomer: Newcomer, counted: Wire
) -> None:
    page = page_as.with_token(newcomer.token, base_url=counted.base)
    give(page, newcomer.person, large)
    page.click("main form[enctype] .weui-btn_primary")
    page.wait_for_url("**/h5/register/fields")
    sizes = counted.files("/h5/register/photos")
    assert set(sizes) == {"front", "back"}
    assert all(10_000 < size <= MOST for size in sizes.values()), sizes
    expect(page.locator("#number")).to_have_value(newcomer.person.number)


def test_a_photo_is_shown_before_it_is_sent(page_as: Openings, newcomer: Newcomer) -> None:
    page = page_as.with_token(newcomer.token)
    give(page, newcomer.person)
    expect(page.locator("[data-says]")).to_contain_text(["照片好了", "照片好了"])
    expect(page.locator("[data-preview]").first).to_be_visible()


def test_without_scripts_the_photo_goes_as_it_is(
    page_as: Openings, newcomer: Newcomer, counted: Wire
) -> None:
    page = page_as.with_token(newcomer.token, base_url=counted.base, java_script_enabled=False)
    give(page, newcomer.person, large)
    page.click("main form[enctype] .weui-btn_primary")
    page.wait_for_url("**/h5/register/fields")
    assert min(counted.files("/h5/register/photos").values()) > 1_500_000


def test_a_camera_that_stays_shut_leaves_the_album(page_as: Openings, newcomer: Newcomer) -> None:
    page = page_as.with_token(newcomer.token)
    page.goto("/h5/register/photos")
    # What the browser tells when no picture came back from the camera.
    page.dispatch_event("#front", "cancel")
    expect(page.locator("[data-says]").first).to_contain_text("相册")
    page.click("a[href*=album]")
    assert page.get_attribute("#front", "capture") is None


def test_what_is_no_picture_goes_to_the_server_which_says_so(
    page_as: Openings, newcomer: Newcomer
) -> None:
    page = page_as.with_token(newcomer.token)
    give(
        page,
        newcomer.person,
        lambda _: {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": b"none"},
    )
    page.click("main form[enctype] .weui-btn_primary")
    expect(page.locator("#summary")).to_contain_text("不是能用的照片")


def test_two_taps_at_the_end_are_one_attempt(
    page_as: Openings, newcomer: Newcomer, counted: Wire
) -> None:
    page = page_as.with_token(newcomer.token, base_url=counted.base)
    give(page, newcomer.person)
    page.click("main form[enctype] .weui-btn_primary")
    page.wait_for_url("**/h5/register/fields")
    page.click("main form[action='/h5/register/fields'] .weui-btn_primary")
    page.click("main form[action='/h5/register/face'] .weui-btn_primary")
    page.set_input_files("#selfie", small(selfie(newcomer.person)))
    expect(page.locator("[data-says]")).to_contain_text("照片好了")
    page.dblclick("main form[enctype] .weui-btn_primary")
    page.wait_for_url("**/h5/register/result")
    expect(page.locator("main")).to_contain_text("登记好了")
    expect(page.locator(".qr svg")).to_be_visible()
    assert counted.files("/h5/register/submit")["selfie"] <= MOST
    page.goto("/h5/register")
    assert path_of(page) == "/h5/register/result"


def test_the_code_stays_fresh_while_it_is_shown(page_as: Openings) -> None:
    page = page_as("worker")
    page.clock.install()
    page.goto("/h5/code")
    page.locator(".qr svg").evaluate("(svg) => svg.setAttribute('data-old', '')")
    with page.expect_response("**/h5/code/qr"):
        page.clock.run_for(51_000)
    expect(page.locator("[data-qr-until]")).to_have_count(0)
    expect(page.locator(".qr svg")).to_have_count(1)
    expect(page.locator(".qr svg[data-old]")).to_have_count(0)


@pytest.mark.parametrize("elder", [False, True], ids=["normal", "elder"])
def test_a_contract_to_sign_stands_every_check(
    page_as: Openings, people: People, elder: bool
) -> None:
    page = page_as("worker", elder=elder)
    page.goto(f"/h5/contracts/{offered(people)}")
    assert standing(page, "h5.contracts.contract:offered") == []


@pytest.mark.parametrize("elder", [False, True], ids=["normal", "elder"])
def test_doubtful_fields_and_faults_stand_every_check(
    page_as: Openings, newcomer: Newcomer, elder: bool
) -> None:
    page = page_as.with_token(newcomer.token, elder=elder)
    page.goto("/h5/register/photos")
    for side in ("#front", "#back"):
        page.set_input_files(side, small(card_front(newcomer.person)))
    page.click("main form[enctype] .weui-btn_primary")
    page.wait_for_url("**/h5/register/fields")
    expect(page.locator(".doubtful")).not_to_have_count(0)
    page.fill("#number", "5101")
    page.locator("main form[action='/h5/register/fields']").evaluate("(form) => form.submit()")
    expect(page.locator("#summary")).to_be_visible()
    assert standing(page, "h5.registration.fields:faults") == []


def test_a_name_is_written_with_the_finger(page_as: Openings, people: People) -> None:
    contract = offered(people)
    page = page_as("worker")
    page.goto(f"/h5/contracts/{contract}")
    sheet = page.locator("[data-pad] canvas")
    sheet.scroll_into_view_if_needed()
    box = sheet.bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 120, steps=8)
    page.mouse.up()
    expect(page.locator("[data-pad]")).to_have_attribute("data-drawn", "")
    page.check("[name=confirmed]")
    page.click("main form[enctype] .weui-btn_primary")
    expect(page.locator("main")).to_contain_text("手写签名")
    assert people.get("worker", f"/me/contracts/{contract}")["drawn"]


def test_a_wiped_sheet_is_no_signature(page_as: Openings, people: People) -> None:
    page = page_as("worker")
    page.goto(f"/h5/contracts/{offered(people)}")
    page.click("[data-pad] canvas")
    expect(page.locator("[data-pad]")).to_have_attribute("data-drawn", "")
    page.click("[data-wipe]")
    page.check("[name=confirmed]")
    page.click("main form[enctype] .weui-btn_primary")
    expect(page.locator("main")).to_contain_text("勾选同意")


def offered(people: People) -> str:
    """A contract of the first worker that waits for his signature."""
    [period, *_] = people.get("worker", "/me/engagements")["items"]
    path = f"/enterprise/projects/{period['project']['id']}/engagements/{period['id']}/contracts"
    body = {"kind": "labour", "pay_kind": "day", "pay_fen": 32000, "starts_on": "2026-01-01"}
    return str(people.ask("demo.wages.a", "POST", path, json=body)["id"])
