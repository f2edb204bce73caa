"""Short messages: what arrives, what is refused, and what a retry may do."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from api.integrations.http import Klass, UpstreamError, Vendor
from api.integrations.sms import SmsConfig, SmsSender, words
from api.integrations.sms.outcomes import OUTCOMES
from tests.emulators import sms as gateway
from tests.emulators.fixtures import Emulators

PHONE = "13900139000"
PATH = gateway.SEND_PATH
CODE = {"code": "246810"}


@contextmanager
def sender_of(emulators: Emulators, **more: Any) -> Iterator[SmsSender]:
    values = {"base_url": emulators.url("sms"), **emulators.accounts["sms"], **more}
    config = SmsConfig(**values)
    vendor = Vendor(config.endpoint())
    yield SmsSender(config, vendor)
    vendor.close()


@pytest.fixture
def sender(emulators: Emulators) -> Iterator[SmsSender]:
    with sender_of(emulators) as adapter:
        yield adapter


async def refused(sender: SmsSender, **params: str) -> UpstreamError:
    with pytest.raises(UpstreamError) as error:
        await sender.send(PHONE, "login_code", params or CODE)
    return error.value


async def test_a_message_arrives(sender: SmsSender, emulators: Emulators) -> None:
    receipt = await sender.send(PHONE, "login_code", CODE)
    [message] = emulators.sms(PHONE)
    assert message["text"] == "【工友】验证码 246810，5 分钟内有效。不要告诉别人。"
    assert message["biz_id"] == receipt.biz_id
    assert emulators.sms("13900139001") == []


async def test_a_repeated_attempt_is_not_a_second_message(
    sender: SmsSender, emulators: Emulators
) -> None:
    first = await sender.send(PHONE, "login_code", CODE, out_id="job-1")
    again = await sender.send(PHONE, "login_code", CODE, out_id="job-1")
    assert first.biz_id == again.biz_id
    assert len(emulators.sms(PHONE)) == 1


async def test_a_wrong_secret_is_refused(emulators: Emulators) -> None:
    with sender_of(emulators, access_secret="wrong") as sender:
        error = await refused(sender)
    assert (error.code, error.klass) == ("signature_wrong", Klass.CONFIGURATION)
    assert emulators.sms(PHONE) == []


async def test_an_unknown_key_is_refused(emulators: Emulators) -> None:
    with sender_of(emulators, access_key="somebody") as sender:
        assert (await refused(sender)).code == "access_key_unknown"


async def test_a_clock_that_is_off_is_noticed(sender: SmsSender, emulators: Emulators) -> None:
    emulators.advance(301)
    assert (await refused(sender)).code == "clock_off"


@pytest.mark.parametrize(
    ("account", "ours", "permanent"),
    [
        ({"blocked": [PHONE]}, "number_blocked", True),
        ({"balance": 0}, "balance_empty", False),
        ({"per_minute": 0}, "too_often", False),
    ],
)
async def test_the_account_may_forbid(
    sender: SmsSender, emulators: Emulators, account: object, ours: str, permanent: bool
) -> None:
    emulators.control("POST", "account", account, vendor="sms")
    error = await refused(sender)
    assert (error.code, error.permanent) == (ours, permanent)


async def test_one_message_a_minute(sender: SmsSender, emulators: Emulators) -> None:
    emulators.control("POST", "account", {"per_minute": 1}, vendor="sms")
    await sender.send(PHONE, "login_code", CODE)
    assert (await refused(sender)).code == "too_often"
    await sender.send("13900139001", "login_code", CODE)


async def test_missing_and_long_parameters(sender: SmsSender) -> None:
    assert (await refused(sender, other="1")).code == "parameter_missing"
    assert (await refused(sender, code="1" * 36)).code == "parameter_too_long"


async def test_a_template_of_ours_must_be_known(sender: SmsSender) -> None:
    with pytest.raises(KeyError):
        await sender.send(PHONE, "unheard_of", {})


@pytest.mark.parametrize("code", sorted(OUTCOMES))
async def test_each_code_has_its_outcome(
    sender: SmsSender, emulators: Emulators, code: str
) -> None:
    status, _ = gateway.CODES[code]
    emulators.fault(PATH, "status", status=status, json={"code": code, "message": PHONE})
    error = await refused(sender)
    assert error.code == OUTCOMES[code].code
    assert re.fullmatch(r"[^a-zA-Z]+。[^a-zA-Z]+。", words(error))
    assert PHONE not in f"{error} {error!r}"


def test_the_gateways_codes_are_all_known() -> None:
    assert set(gateway.CODES) == set(OUTCOMES)


async def test_an_unknown_code_alarms(sender: SmsSender, emulators: Emulators) -> None:
    emulators.fault(PATH, "json", json={"code": "isv.NEW"})
    error = await refused(sender)
    assert (error.code, error.klass) == ("unknown_code", Klass.CONFIGURATION)


@pytest.mark.parametrize(
    ("kind", "spec", "ours"),
    [
        ("delay", {"seconds": 5}, "timeout"),
        ("drop", {}, "connection"),
        ("malformed", {}, "malformed"),
        ("body", {"body": "busy"}, "malformed"),
        ("json", {"json": []}, "malformed"),
        ("json", {"json": {"code": "OK"}}, "malformed"),
        ("json", {"json": {"code": 7}}, "malformed"),
        ("status", {"status": 502}, "http_502"),
    ],
)
async def test_a_broken_answer_may_be_tried_again(
    emulators: Emulators, kind: str, spec: dict[str, Any], ours: str
) -> None:
    emulators.fault(PATH, kind, **spec)
    with sender_of(emulators, total_s=0.5) as sender:
        error = await refused(sender)
    assert (error.code, error.permanent) == (ours, False)


async def test_the_certificate_is_checked(emulators: Emulators) -> None:
    tls = emulators.url("sms", tls=True)
    with sender_of(emulators, base_url=tls) as stranger:
        assert (await refused(stranger)).code == "certificate"
    with sender_of(emulators, base_url=tls, ca_bundle=emulators.ca) as known:
        assert (await known.send(PHONE, "login_code", CODE)).biz_id


def test_the_secret_is_not_printed(emulators: Emulators) -> None:
    config = SmsConfig(base_url=emulators.url("sms"), **emulators.accounts["sms"])
    assert config.access_secret not in repr(config)


async def test_the_call_after_an_unread_answer_is_not_spoilt(
    sender: SmsSender, emulators: Emulators
) -> None:
    emulators.fault(PATH, "status", status=503, json={"code": "busy"})
    with pytest.raises(UpstreamError):
        await sender.send(PHONE, "login_code", {"code": "123456"})
    await sender.send(PHONE, "login_code", {"code": "654321"})
    assert len(emulators.sms(PHONE)) == 1
