"""What every page does: who may open it, whose forms count, what is kept, what is told."""

import gzip
import re
from datetime import timedelta

import pytest

from api.kit import clock
from h5 import cookies
from h5.formatters import Formatters
from h5.forms import Typed
from h5.pages import local
from h5.texts import CHINESE, MissingText, lengthened, texts
from tests.h5.visiting import Visitor


async def test_the_bare_address_leads_to_the_login(visitor: Visitor) -> None:
    seen = await visitor.get("/")
    assert seen.path.startswith("/h5/login?next=/h5/")
    assert seen.status == 200


async def test_who_is_not_logged_in_comes_back_after_the_login(visitor: Visitor) -> None:
    seen = await visitor.get("/h5/")
    assert seen.form("/h5/login/code").values["next"] == ["/h5/"]


async def test_who_may_not_is_told_so(visitor: Visitor) -> None:
    await visitor.enter("county")
    seen = await visitor.get("/h5/")
    assert seen.status == 403
    assert "您的账号不能做这件事" in seen.text


async def test_a_dead_login_counts_as_none(visitor: Visitor) -> None:
    visitor.http.cookies.set(cookies.SESSION, "x" * 43)
    assert (await visitor.get("/h5/")).path.startswith("/h5/login")


@pytest.mark.parametrize(
    ("who", "page", "form"),
    [
        ("zhang", "/h5/settings/punch", "/h5/settings/punch"),
        ("zhang", "/h5/more", "/h5/logout"),
        ("officer_a", "/enterprise/account", "/enterprise/logout"),
    ],
)
async def test_a_form_sent_after_the_login_is_over_leads_back_to_a_page(
    visitor: Visitor, who: str, page: str, form: str
) -> None:
    await visitor.enter(who)
    seen = await visitor.get(page)
    visitor.http.cookies.set(cookies.SESSION, "x" * 43, domain="127.0.0.1")
    sent = await visitor.send(seen, form)
    door, _, then = sent.path.partition("/login?next=")
    assert door, sent.path
    await visitor.enter(who)
    assert (await visitor.get(then)).status == 200


async def test_a_list_keeps_its_filters_when_the_login_is_over(visitor: Visitor) -> None:
    answer = await visitor.http.post("/enterprise/days/confirm?state=all", data={})
    assert answer.url.params["next"] == "/enterprise/?state=all"


async def test_a_form_of_another_is_refused(visitor: Visitor, app: object) -> None:
    seen = await visitor.get("/h5/login")
    token = seen.form("/h5/login/code").values["csrf"][0]
    visitor.http.cookies.clear()
    answer = await visitor.http.post("/h5/elder", data={"csrf": token, "elder": "1"})
    assert answer.status_code == 403
    assert "请刷新后再提交" in answer.text


@pytest.mark.parametrize("token", ["", "x", "é", "A" * 64])
async def test_a_form_without_its_token_is_refused(visitor: Visitor, token: str) -> None:
    await visitor.get("/h5/login")
    answer = await visitor.http.post("/h5/elder", data={"csrf": token, "elder": "1"})
    assert answer.status_code == 403


async def test_a_form_sent_from_elsewhere_is_refused(visitor: Visitor) -> None:
    seen = await visitor.get("/h5/login")
    values = {**seen.form("/h5/login/code").values, "elder": "1"}
    values.pop("phone", None)
    answer = await visitor.http.post(
        "/h5/elder", data=values, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 403


async def test_what_was_typed_stays_with_the_fault_beside_it(visitor: Visitor) -> None:
    seen = await visitor.get("/h5/login")
    again = await visitor.send(seen, "/h5/login/code", phone="1380000")
    assert again.status == 422
    assert again.form("/h5/login/code").values["phone"] == ["1380000"]
    assert "手机号要 11 位" in again.text


async def test_headers_let_nothing_foreign_in(visitor: Visitor) -> None:
    seen = await visitor.get("/h5/login")
    policy = seen.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    nonces = set(re.findall(r"'nonce-([^']+)'", policy))
    assert nonces == set(re.findall(r'nonce="([^"]+)"', seen.html))
    assert seen.headers["Cache-Control"] == "no-store"
    assert seen.headers["X-Content-Type-Options"] == "nosniff"
    other = await visitor.get("/h5/login")
    assert other.headers["Content-Security-Policy"] != policy


async def test_cookies_are_for_the_server_alone(visitor: Visitor) -> None:
    answer = await visitor.http.get("/h5/login")
    for cookie in answer.headers.get_list("set-cookie"):
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Path=/" in cookie


async def test_a_page_is_sent_compressed(visitor: Visitor) -> None:
    request = visitor.http.build_request("GET", "/h5/login", headers={"Accept-Encoding": "gzip"})
    answer = await visitor.http.send(request, stream=True)
    raw = b"".join([part async for part in answer.aiter_raw()])
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "登录" in gzip.decompress(raw).decode()


async def test_large_type_is_kept(visitor: Visitor) -> None:
    seen = await visitor.get("/h5/login")
    assert 'class="elder"' not in seen.html
    token = seen.form("/h5/login/code").values["csrf"][0]
    await visitor.http.post("/h5/elder", data={"csrf": token, "elder": "1", "next": "/h5/login"})
    assert 'class="elder"' in (await visitor.get("/h5/login")).html


async def test_an_unknown_address_is_a_page(visitor: Visitor) -> None:
    seen = await visitor.get("/h5/nowhere")
    assert seen.status == 404
    assert "没有找到" in seen.text
    assert "text/html" in seen.headers["content-type"]
    assert (await visitor.http.get("/api/v1/nowhere")).json()["status"] == 404


@pytest.mark.parametrize(
    ("who", "page", "home"),
    [
        ("", "/payslips/AAAAAAAAAAAAAAAAAAAAAA", "/"),
        ("", "/h5/nowhere", "/h5/"),
        ("zhang", "/payslips/AAAAAAAAAAAAAAAAAAAAAA", "/"),
        ("officer_a", "/payslips/AAAAAAAAAAAAAAAAAAAAAA", "/enterprise/"),
        ("officer_a", "/enterprise/nowhere", "/enterprise/"),
        ("officer_a", "/regulator/wages", "/enterprise/"),
        ("county", "/h5/", "/regulator/"),
        ("reviewer_1", "/regulator/wages", "/regulator/reviews"),
        ("zhang", "/enterprise/wages", "/h5/"),
    ],
)
async def test_a_problem_leads_to_where_one_begins(
    visitor: Visitor, who: str, page: str, home: str
) -> None:
    if who:
        await visitor.enter(who)
    seen = await visitor.get(page)
    assert seen.status in (403, 404)
    assert home in seen.links
    assert not [each for each in seen.links if each.startswith("/root")]
    assert (await visitor.get(home)).status == 200


async def test_a_script_is_answered_in_json(visitor: Visitor) -> None:
    answer = await visitor.http.get("/h5/nowhere", headers={"Accept": "application/json"})
    assert answer.json()["code"] == "request.not_found"


async def test_an_unknown_file_is_not_found(visitor: Visitor) -> None:
    for name in ("manifest.json", "..%2Fpages.py", "nothing.css"):
        assert (await visitor.http.get(f"/h5/static/{name}")).status_code == 404


async def test_a_built_file_may_be_kept(visitor: Visitor) -> None:
    seen = await visitor.get("/h5/login")
    [sheet] = set(re.findall(r"/h5/static/app[^\"]+\.css", seen.html))
    answer = await visitor.http.get(sheet)
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example/",
        "https://evil.example",
        "/\\evil.example",
        "/api/v1/me",
        "",
        "/h5/\n",
        "h5/",
    ],
)
def test_nobody_is_sent_elsewhere_after_the_login(path: str) -> None:
    assert local(path, "/h5/") == "/h5/"


@pytest.mark.parametrize("path", ["/h5/", "/h5/days/1?x=2", "/enterprise/?state=pending"])
def test_the_way_back_is_one_of_our_pages(path: str) -> None:
    assert local(path, "/") == path


def test_a_token_of_one_is_no_token_of_another() -> None:
    token = cookies.forgery_token("secret")
    assert cookies.is_own("secret", token)
    assert not cookies.is_own("other", token)
    assert not cookies.is_own("", cookies.forgery_token(""))
    assert token != cookies.forgery_token("secret")


def test_a_missing_text_is_an_error_not_a_key() -> None:
    with pytest.raises(MissingText):
        texts()("no.such.text")
    with pytest.raises(MissingText):
        texts()("format.metres")


def test_the_pseudo_locale_is_two_fifths_longer() -> None:
    assert len(lengthened("确认出勤记录吗？请看清楚")) == round(12 * 1.4)
    assert texts("pseudo")("format.today").startswith("今天")
    assert len(texts("pseudo")("format.today")) == 3


def test_before_the_first_try_the_default_stands() -> None:
    assert Typed().value("name", "x") == "x"
    assert Typed(values={"other": ("1",)}).value("name", "x") == ""


def test_an_override_counts_through_its_last_day() -> None:
    words, today = Formatters(texts(CHINESE)), clock.today()
    assert words.override(today).startswith("特批到")
    assert words.override(today - timedelta(days=1)).endswith("已到期")
