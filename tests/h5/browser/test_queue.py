"""Punches without a network: kept in the phone, shown as waiting, sent exactly once."""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image
from playwright.sync_api import Page, Request, expect

from h5 import cookies
from tests.h5.browser.demo import People
from tests.h5.browser.opening import Openings
from tests.h5.browser.phones import FILL, QUEUE, Site, kept, phone, punches, site_of

WHO, OTHER, MANY = "worker.2", "worker.3", "team_leader"
BUTTON = "[data-punch]"
NO_SIGNAL = "没有信号。已存在手机里，有信号会自动上传，不用重打。"


@pytest.fixture
def site(people: People) -> Site:
    return site_of(people, WHO)


def press_without_network(page: Page) -> dict[str, Any]:
    """Punch with the network cut; what the phone keeps then."""
    page.context.set_offline(True)
    page.click(BUTTON)
    expect(page.locator("[data-notice]")).to_contain_text(NO_SIGNAL)
    return kept(page)[-1]


def rows(people: People, who: str, item: dict[str, Any]) -> int:
    return Counter(each["client_id"] for each in punches(people, who))[item["client_id"]]


def test_a_punch_survives_the_closed_tab_and_goes_out_once(
    page_as: Openings, people: People, site: Site
) -> None:
    page = phone(page_as, WHO, site.inside)
    page.goto("/h5/punch")
    item = press_without_network(page)
    expect(page.locator(".queue-item")).to_contain_text("等信号上传")
    assert rows(people, WHO, item) == 0
    context = page.context
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto("/h5/punch")
    expect(again.locator("[data-notice]")).to_contain_text("上传好了，1 次打卡都已收到")
    again.reload()
    again.wait_for_load_state("networkidle")
    assert kept(again) == []
    assert rows(people, WHO, item) == 1


def test_the_home_page_counts_and_the_network_alone_sends(
    page_as: Openings, people: People, site: Site
) -> None:
    page = phone(page_as, WHO, site.inside)
    page.goto("/h5/punch")
    item = press_without_network(page)
    page.context.set_offline(False)
    page.wait_for_function("() => document.querySelector('[data-queue]').hidden")
    assert rows(people, WHO, item) == 1
    page.goto("/h5/")
    expect(page.locator("[data-waiting]")).to_be_hidden()


def test_what_waits_is_counted_on_the_home_page(
    page_as: Openings, people: People, site: Site
) -> None:
    page = phone(page_as, WHO, site.inside)
    page.route("**/h5/punches/batch", lambda route: route.abort())
    page.goto("/h5/punch")
    page.click(BUTTON)
    expect(page.locator("[data-notice]")).to_contain_text(NO_SIGNAL)
    page.goto("/h5/")
    expect(page.locator("[data-waiting]")).to_have_text("1 次打卡还没上传")
    [item] = kept(page)
    page.unroute("**/h5/punches/batch")
    page.reload()
    expect(page.locator("[data-waiting]")).to_be_hidden()
    page.wait_for_load_state("networkidle")
    assert rows(people, WHO, item) == 1


def test_an_answer_that_is_lost_makes_no_second_row(
    page_as: Openings, people: People, site: Site
) -> None:
    page = phone(page_as, WHO, site.inside)
    page.goto("/h5/punch")

    def lose(route: Any) -> None:
        route.fetch()
        route.abort()

    page.route("**/h5/punches/batch", lose)
    page.click(BUTTON)
    expect(page.locator("[data-notice]")).to_contain_text(NO_SIGNAL)
    [item] = kept(page)
    assert rows(people, WHO, item) == 1
    page.unroute("**/h5/punches/batch")
    page.click("[data-queue-send]")
    expect(page.locator("[data-queue]")).to_be_hidden()
    assert kept(page) == []
    assert rows(people, WHO, item) == 1


def test_a_refused_one_stays_with_its_reason(page_as: Openings, people: People, site: Site) -> None:
    page = phone(page_as, WHO, site.inside)
    page.goto("/h5/punch")
    item = press_without_network(page)
    old = (datetime.now(UTC) - timedelta(days=4)).isoformat()
    page.evaluate(FILL, [{**item, "punch": {**item["punch"], "claimed_at": old}}])
    page.context.set_offline(False)
    expect(page.locator(".queue-item")).to_contain_text("超过 3 天才上传")
    expect(page.locator("[data-notice]")).to_contain_text("有 1 次没收下")
    page.goto("/h5/")
    expect(page.locator("[data-waiting]")).to_contain_text("1 次打卡没收下")
    page.click("[data-waiting]")
    page.click("[data-queue-drop]")
    expect(page.locator("[data-queue]")).to_be_hidden()
    assert kept(page) == []
    assert rows(people, WHO, item) == 0


def test_on_a_shared_phone_nobody_sends_anothers_punches(
    page_as: Openings, people: People, site: Site
) -> None:
    site_of(people, OTHER)
    page = phone(page_as, WHO, site.inside)
    page.goto("/h5/punch")
    item = press_without_network(page)
    page.goto("about:blank")
    page.context.set_offline(False)
    page_as.cookie(page.context, cookies.SESSION, people.token(OTHER))
    page.goto("/h5/punch")
    expect(page.locator("[data-queue-other]")).to_be_visible()
    expect(page.locator(".queue-item")).to_have_count(0)
    page.wait_for_load_state("networkidle")
    assert len(kept(page)) == 1
    assert rows(people, OTHER, item) == 0
    page_as.cookie(page.context, cookies.SESSION, people.token(WHO))
    page.goto("/h5/punch")
    expect(page.locator("[data-queue]")).to_be_hidden()
    page.wait_for_load_state("networkidle")
    assert rows(people, WHO, item) == 1


def test_an_ended_login_keeps_the_queue_and_asks_to_log_in(
    page_as: Openings, people: People, site: Site
) -> None:
    page = phone(page_as, WHO, site.inside)
    page.goto("/h5/punch")
    item = press_without_network(page)
    page.context.clear_cookies()
    page.context.set_offline(False)
    expect(page.locator("[data-notice]")).to_contain_text("请重新登录")
    expect(page.locator("[data-queue-login]")).to_be_visible()
    assert len(kept(page)) == 1
    assert rows(people, WHO, item) == 0


def test_five_hundred_go_out_in_parts(page_as: Openings, people: People) -> None:
    site = site_of(people, MANY)
    page = phone(page_as, MANY, site.inside)
    page.goto("/h5/punch")
    item = press_without_network(page)
    page.evaluate(FILL, [numbered(item, n) for n in range(499)])
    sizes: list[int] = []

    def count(sent: Request) -> None:
        if sent.url.endswith("/batch"):
            sizes.append(len(json.loads(sent.post_data or "")["punches"]))

    page.on("request", count)
    page.context.set_offline(False)
    page.wait_for_function("() => document.querySelector('[data-queue]').hidden", timeout=60_000)
    assert sum(sizes) == 500
    assert max(sizes) <= 200
    counted = Counter(each["client_id"] for each in punches(people, MANY))
    assert counted[item["client_id"]] == 1
    assert set(counted.values()) == {1}


def test_a_photo_is_small_and_goes_ahead_of_its_punch(
    page_as: Openings, people: People, site: Site
) -> None:
    page = phone(page_as, WHO, site.inside)
    page.goto("/h5/punch/manual")
    page.fill("#note", "手机不能定位")
    photo: Any = {"name": "site.jpg", "mimeType": "image/jpeg", "buffer": large_photo()}
    page.set_input_files('input[type="file"]', [photo])
    expect(page.locator("[data-preview]")).to_be_visible()
    page.context.set_offline(True)
    page.click(".form button:not([type])")
    expect(page.locator("[data-notice]")).to_contain_text(NO_SIGNAL, timeout=20_000)
    [item] = kept(page)
    size = page.evaluate(f"({QUEUE})().then(([one]) => one.photo.bytes.byteLength)")
    assert size <= 300 * 1024
    page.context.set_offline(False)
    expect(page.locator("[data-queue]")).to_be_hidden()
    assert kept(page) == []
    assert rows(people, WHO, item) == 1


def large_photo() -> bytes:
    """A picture as a phone's camera makes it: some megabytes."""
    made = BytesIO()
    Image.effect_noise((2400, 1800), 20).convert("RGB").save(made, "JPEG", quality=95)
    return made.getvalue()


def numbered(item: dict[str, Any], n: int) -> dict[str, Any]:
    """One more like `item`, some minutes earlier."""
    client_id = str(uuid4())
    at = (datetime.now(UTC) - timedelta(minutes=8 * (n + 1))).isoformat()
    position = {**item["punch"]["position"], "taken_at": at}
    sent = {**item["punch"], "client_id": client_id, "claimed_at": at, "position": position}
    return {**item, "client_id": client_id, "punch": sent}


def ready(page: Page) -> None:
    """Until the service worker has everything and rules the page."""
    page.wait_for_function("() => navigator.serviceWorker.controller !== null", timeout=20_000)


def test_without_a_network_the_kept_page_takes_the_punch(
    page_as: Openings, people: People, site: Site
) -> None:
    page = phone(page_as, WHO, site.inside, service_workers="allow")
    page.goto("/h5/punch")
    ready(page)
    page.context.set_offline(True)
    page.goto("/h5/")
    expect(page.locator("h1")).to_have_text("没有信号")
    expect(page.locator("[data-sites]")).to_contain_text(site.name)
    page.check('[name="direction"][value="in"]', force=True)
    page.click(BUTTON)
    expect(page.locator("[data-notice]")).to_contain_text(NO_SIGNAL)
    [item] = kept(page)
    page.context.set_offline(False)
    page.goto("/h5/punch")
    expect(page.locator("[data-queue]")).to_be_hidden()
    page.wait_for_load_state("networkidle")
    assert rows(people, WHO, item) == 1


def test_a_new_service_worker_keeps_the_queue(
    page_as: Openings, people: People, site: Site
) -> None:
    page = phone(page_as, WHO, site.inside, service_workers="allow")
    page.goto("/h5/punch")
    ready(page)
    page.route("**/h5/punches/batch", lambda route: route.abort())
    page.click(BUTTON)
    expect(page.locator("[data-notice]")).to_contain_text(NO_SIGNAL)
    [item] = kept(page)
    page.evaluate(
        """() => new Promise((resolve) => {
          navigator.serviceWorker.addEventListener("controllerchange", resolve);
          navigator.serviceWorker.register("/h5/sw.js?newer", { scope: "/h5/" });
        })"""
    )
    assert [each["client_id"] for each in kept(page)] == [item["client_id"]]
    page.unroute("**/h5/punches/batch")
    page.reload()
    expect(page.locator("[data-queue]")).to_be_hidden()
    page.wait_for_load_state("networkidle")
    assert rows(people, WHO, item) == 1


def test_nothing_personal_is_kept_beside_the_queue(
    page_as: Openings, people: People, site: Site
) -> None:
    page = phone(page_as, WHO, site.inside, service_workers="allow", elder=True)
    page.goto("/h5/punch")
    ready(page)
    addresses = page.evaluate(
        """async () => {
          const found = [];
          for (const name of await caches.keys())
            for (const each of await (await caches.open(name)).keys())
              found.push(new URL(each.url).pathname);
          return found;
        }"""
    )
    pages = [each for each in addresses if not each.startswith("/h5/static/")]
    assert pages == ["/h5/offline"]
    text = page.evaluate("async () => (await caches.match('/h5/offline')).text()")
    assert site.name not in text
    assert site.id not in text
    assert 'class="elder"' not in text, "kept as a stranger sees it"
    page.context.set_offline(True)
    page.goto("/h5/punch")
    expect(page.locator("html.elder")).to_have_count(1)


def test_after_a_logout_the_kept_page_knows_nobody(
    page_as: Openings, people: People, site: Site
) -> None:
    page = page_as.with_token(people.fresh_token(WHO), service_workers="allow")
    page.goto("/h5/punch")
    ready(page)
    page.evaluate(
        """() => {
          const form = document.createElement("form");
          form.method = "post";
          form.action = "/h5/logout";
          const token = document.createElement("input");
          token.name = "csrf";
          token.value = document.querySelector('meta[name="csrf"]').content;
          form.append(token);
          document.body.append(form);
          form.submit();
        }"""
    )
    page.wait_for_url("**/h5/login")
    page.context.set_offline(True)
    page.goto("/h5/punch")
    expect(page.locator("[data-nobody]")).to_be_visible()
    expect(page.locator("[data-punch-form]")).to_be_hidden()
