"""The mini-program adapter: right answers, typed errors, one token, nothing leaked."""

import asyncio
import logging
import traceback
from collections.abc import Iterator
from typing import Any

import pytest

from api.integrations.http import Klass, UpstreamError
from api.integrations.wechat import MiniProgram, Scene, Verdict, WechatSession
from api.kit.cache import DictCache
from api.kit.personal import Kind
from tests.api.integrations.wechat_cast import config, mini_program
from tests.emulators.fixtures import Emulators

CANARY = "Y2FuYXJ5"
TOKEN = "/cgi-bin/stable_token"
PHONE = "13800138000"


@pytest.fixture
def wechat(emulators: Emulators) -> Iterator[MiniProgram]:
    with mini_program(emulators) as adapter:
        yield adapter


async def openid(wechat: MiniProgram, code: str = "demo-li") -> str:
    return (await wechat.code2session(code)).openid.open_for_audit()


async def refused(wechat: MiniProgram, code: str) -> UpstreamError:
    with pytest.raises(UpstreamError) as error:
        await wechat.code2session(code)
    return error.value


async def test_a_code_becomes_a_session(wechat: MiniProgram, emulators: Emulators) -> None:
    session = await wechat.code2session("demo-li")
    assert session.openid.kind == Kind.IDENTITY
    assert session.unionid is not None
    assert session.session_key.open_for_audit().startswith(CANARY)
    assert emulators.calls(TOKEN) == []
    [call] = emulators.calls("/sns/jscode2session")
    assert "access_token" not in call["query"]


async def test_a_session_without_unionid(wechat: MiniProgram, emulators: Emulators) -> None:
    answer = {"openid": "oE1", "session_key": "k"}
    emulators.fault("/sns/jscode2session", "json", json=answer)
    assert (await wechat.code2session("demo-li")).unionid is None


async def test_no_printed_form_shows_a_secret(
    wechat: MiniProgram, emulators: Emulators, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    session = await wechat.code2session("demo-li")
    await wechat.phone_number("demo-phone-" + PHONE)
    error = await refused(wechat, "nonsense")
    printed = "".join(traceback.format_exception(error)) + repr(error.__dict__)
    printed += f"{session} {session!r} {wechat.config!r} {caplog.text}"
    secret = emulators.accounts["wechat"]["mini_program"]["secret"]
    for hidden in (CANARY, session.openid.open_for_audit(), secret, PHONE, "nonsense"):
        assert hidden not in printed


async def test_an_error_does_not_hold_the_request(wechat: MiniProgram) -> None:
    error = await refused(wechat, "nonsense")
    assert error.__cause__ is None
    assert error.__context__ is None


@pytest.mark.parametrize(
    ("code", "ours", "klass", "permanent"),
    [
        ("nonsense", "code_invalid", Klass.INPUT, True),
        ("rate-li", "too_often", Klass.INPUT, False),
        ("risky-li", "person_blocked", Klass.IDENTITY, True),
        ("busy-li", "busy", Klass.UNAVAILABLE, False),
    ],
)
async def test_a_bad_code_has_a_reason(
    wechat: MiniProgram, code: str, ours: str, klass: Klass, permanent: bool
) -> None:
    error = await refused(wechat, code)
    assert (error.code, error.klass, error.permanent) == (ours, klass, permanent)


async def test_a_code_is_good_once(wechat: MiniProgram) -> None:
    assert isinstance(await wechat.code2session("once-li"), WechatSession)
    assert (await refused(wechat, "once-li")).code == "code_used"


async def test_a_session_key_is_checked(wechat: MiniProgram) -> None:
    old = await wechat.code2session("demo-li")
    new = await wechat.code2session("demo-li")
    person = new.openid.open_for_audit()
    assert await wechat.check_session(person, new.session_key.open_for_audit())
    assert not await wechat.check_session(person, old.session_key.open_for_audit())


async def test_a_phone_code_becomes_a_number(wechat: MiniProgram) -> None:
    number = await wechat.phone_number("once-phone-" + PHONE)
    assert (number.kind, number.open_for_audit()) == (Kind.PHONE, PHONE)
    with pytest.raises(UpstreamError) as error:
        await wechat.phone_number("once-phone-" + PHONE)
    assert error.value.code == "code_invalid"


@pytest.mark.parametrize(
    ("info", "ours"),
    [
        ({"purePhoneNumber": "91234567", "countryCode": "852"}, "phone_foreign"),
        ({"purePhoneNumber": "123", "countryCode": "86"}, "malformed"),
        ({"countryCode": "86"}, "malformed"),
        (None, "malformed"),
    ],
)
async def test_a_strange_number_is_refused(
    wechat: MiniProgram, emulators: Emulators, info: object, ours: str
) -> None:
    answer = {"errcode": 0, "phone_info": info}
    emulators.fault("/wxa/business/getuserphonenumber", "json", json=answer)
    with pytest.raises(UpstreamError) as error:
        await wechat.phone_number("demo-phone-" + PHONE)
    assert error.value.code == ours


async def test_a_country_code_may_be_a_number(wechat: MiniProgram, emulators: Emulators) -> None:
    info = {"purePhoneNumber": PHONE, "countryCode": 86}
    emulators.fault("/wxa/business/getuserphonenumber", "json", json={"phone_info": info})
    assert (await wechat.phone_number("demo-phone-1")).open_for_audit() == PHONE


async def test_a_subscribe_message_is_sent(wechat: MiniProgram, emulators: Emulators) -> None:
    await wechat.send_subscribe(await openid(wechat), "t-1", "pages/me/me", {"thing1": "工资条"})
    [call] = emulators.calls("/cgi-bin/message/subscribe/send")
    assert call["body"]["data"] == {"thing1": {"value": "工资条"}}
    assert call["body"]["miniprogram_state"] == "formal"


@pytest.mark.parametrize(
    ("code", "template_id", "value", "ours"),
    [
        ("once-li", "t-1", "工资条", "not_subscribed"),
        ("demo-li", "bad-1", "工资条", "template_unknown"),
        ("demo-li", "t-1", "长" * 21, "template_data_wrong"),
    ],
)
async def test_a_subscribe_message_is_refused(
    wechat: MiniProgram, code: str, template_id: str, value: str, ours: str
) -> None:
    person = await openid(wechat, code)
    with pytest.raises(UpstreamError) as error:
        await wechat.send_subscribe(person, template_id, "pages/me/me", {"thing1": value})
    assert (error.value.code, error.value.permanent) == (ours, True)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [("今天绑扎钢筋", Verdict.PASS), ("来赌博", Verdict.RISKY), ("加微信聊", Verdict.REVIEW)],
)
async def test_a_text_is_judged(wechat: MiniProgram, text: str, verdict: Verdict) -> None:
    assert await wechat.check_text(await openid(wechat), Scene.COMMENT, text) == verdict


async def test_an_unknown_verdict_goes_to_a_human(
    wechat: MiniProgram, emulators: Emulators
) -> None:
    emulators.fault("/wxa/msg_sec_check", "json", json={"result": {"suggest": "perhaps"}})
    verdict = await wechat.check_text(await openid(wechat), Scene.COMMENT, "今天绑扎钢筋")
    assert verdict == Verdict.REVIEW


@pytest.mark.parametrize("text", ["", "长" * 2501])
async def test_a_text_out_of_bounds_is_not_sent(wechat: MiniProgram, text: str) -> None:
    with pytest.raises(ValueError, match="1 to 2500"):
        await wechat.check_text("o", Scene.COMMENT, text)


async def test_a_picture_is_handed_in(wechat: MiniProgram) -> None:
    person = await openid(wechat)
    assert await wechat.check_image_async(person, Scene.PROFILE, "https://gongyou.example/p/1")
    with pytest.raises(UpstreamError) as error:
        await wechat.check_image_async(person, Scene.PROFILE, "file:///p/1")
    assert error.value.code == "arguments_invalid"


async def test_a_hundred_callers_fetch_one_token(emulators: Emulators) -> None:
    cache = DictCache()
    with mini_program(emulators, cache) as one, mini_program(emulators, cache) as other:
        codes = ["demo-phone-" + PHONE] * 50
        calls = [adapter.phone_number(code) for adapter in (one, other) for code in codes]
        numbers = await asyncio.gather(*calls)
    assert len(numbers) == 100
    assert len(emulators.calls(TOKEN)) == 1


async def test_an_expired_token_is_renewed_once_for_all(emulators: Emulators) -> None:
    cache = DictCache()
    with mini_program(emulators, cache) as one, mini_program(emulators, cache) as other:
        await one.phone_number("demo-phone-" + PHONE)
        emulators.advance(7201)
        codes = ["demo-phone-" + PHONE] * 20
        calls = [adapter.phone_number(code) for adapter in (one, other) for code in codes]
        await asyncio.gather(*calls)
    assert len(emulators.calls(TOKEN)) == 2


@pytest.mark.parametrize("errcode", [40001, 40014, 42001])
async def test_a_token_that_stays_refused_is_renewed_once(
    wechat: MiniProgram, emulators: Emulators, errcode: int
) -> None:
    path = "/wxa/business/getuserphonenumber"
    emulators.fault(path, "json", times=None, json={"errcode": errcode, "errmsg": "no"})
    with pytest.raises(UpstreamError) as error:
        await wechat.phone_number("demo-phone-" + PHONE)
    assert (error.value.code, error.value.klass) == ("token_rejected", Klass.CONFIGURATION)
    assert len(emulators.calls(path)) == 2
    assert len(emulators.calls(TOKEN)) == 2


async def test_a_wrong_secret_is_our_fault(emulators: Emulators) -> None:
    with mini_program(emulators, secret="wrong") as wechat, pytest.raises(UpstreamError) as error:
        await wechat.phone_number("demo-phone-" + PHONE)
    assert (error.value.code, error.value.klass) == ("secret_invalid", Klass.CONFIGURATION)


@pytest.mark.parametrize("path", [TOKEN, "/wxa/business/getuserphonenumber"])
@pytest.mark.parametrize(
    ("kind", "spec", "ours"),
    [
        ("delay", {"seconds": 5}, "timeout"),
        ("drop", {}, "connection"),
        ("malformed", {}, "malformed"),
        ("body", {"body": "<html>busy</html>"}, "malformed"),
        ("json", {"json": []}, "malformed"),
        ("json", {"json": {"errcode": None}}, "malformed"),
        ("json", {"json": {"errcode": "no"}}, "malformed"),
        ("json", {"json": {"base_resp": 7}}, "malformed"),
        ("json", {"json": {}}, "malformed"),
        ("status", {"status": 500}, "http_500"),
        ("status", {"status": 403}, "http_403"),
    ],
)
async def test_a_broken_answer_is_a_typed_error(
    emulators: Emulators, path: str, kind: str, spec: dict[str, Any], ours: str
) -> None:
    emulators.fault(path, kind, **spec)
    with mini_program(emulators, total_s=0.5) as wechat, pytest.raises(UpstreamError) as error:
        await wechat.phone_number("demo-phone-" + PHONE)
    assert error.value.code == ours


async def test_the_certificate_is_checked(emulators: Emulators) -> None:
    tls = emulators.url("wechat", tls=True)
    with mini_program(emulators, base_url=tls) as stranger:
        assert (await refused(stranger, "demo-li")).code == "certificate"
    with mini_program(emulators, base_url=tls, ca_bundle=emulators.ca) as known:
        assert (await known.code2session("demo-li")).unionid


def test_plain_http_is_for_loopback_only(emulators: Emulators) -> None:
    with pytest.raises(ValueError, match="loopback"):
        config(emulators, "mini_program", base_url="http://api.weixin.qq.com").endpoint()
