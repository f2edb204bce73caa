"""Pushes from WeChat: only signed, fresh, readable ones get through."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from wechatpy.crypto import WeChatCrypto

from api.integrations.wechat import CallbackRefusedError, Callbacks
from api.kit import clock

APPID, TOKEN, KEY = "wxdemominiprogram1", "callback-token", "A" * 43
NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
STAMP = str(int(NOW.timestamp()))
EVENT = "<xml><MsgType>event</MsgType><Event>wxa_media_check</Event></xml>"


@pytest.fixture(autouse=True)
def fixed_clock() -> Iterator[None]:
    clock.set_clock(lambda: NOW)
    yield
    clock.set_clock()


@pytest.fixture
def callbacks() -> Callbacks:
    return Callbacks(APPID, TOKEN, KEY)


def signature(*parts: str) -> str:
    text = "".join(sorted((TOKEN, *parts)))
    return hashlib.sha1(text.encode()).hexdigest()  # noqa: S324 - the vendor's


def pushed(xml: str, appid: str = APPID, stamp: str = STAMP) -> tuple[bytes, str]:
    """A push as the vendor makes it, and its msg_signature."""
    envelope = WeChatCrypto(TOKEN, KEY, appid).encrypt_message(xml, "n1", stamp)
    sealed = envelope.partition("<Encrypt><![CDATA[")[2].partition("]]>")[0]
    body = f"<xml><ToUserName>gh_1</ToUserName><Encrypt>{sealed}</Encrypt></xml>"
    return body.encode(), signature(stamp, "n1", sealed)


def test_a_push_is_read(callbacks: Callbacks) -> None:
    body, signed = pushed(EVENT)
    message = callbacks.decrypt(body, signed, STAMP, "n1")
    assert message == {"MsgType": "event", "Event": "wxa_media_check"}


def test_a_plain_push_is_verified(callbacks: Callbacks) -> None:
    callbacks.verify(signature(STAMP, "n1"), STAMP, "n1")
    with pytest.raises(CallbackRefusedError):
        callbacks.verify(signature(STAMP, "n2"), STAMP, "n1")


@pytest.mark.parametrize("seconds", [-301, 301])
def test_an_old_push_is_refused(callbacks: Callbacks, seconds: int) -> None:
    stamp = str(int((NOW + timedelta(seconds=seconds)).timestamp()))
    body, signed = pushed(EVENT, stamp=stamp)
    with pytest.raises(CallbackRefusedError):
        callbacks.decrypt(body, signed, stamp, "n1")


@pytest.mark.parametrize("stamp", ["", "soon", "٣", "9" * 13, "-1"])
def test_a_strange_timestamp_is_refused(callbacks: Callbacks, stamp: str) -> None:
    with pytest.raises(CallbackRefusedError):
        callbacks.verify(signature(stamp, "n1"), stamp, "n1")


def test_a_wrong_signature_is_refused(callbacks: Callbacks) -> None:
    body, _ = pushed(EVENT)
    for wrong in ("0" * 40, "", "签"):
        with pytest.raises(CallbackRefusedError):
            callbacks.decrypt(body, wrong, STAMP, "n1")


def test_a_push_for_another_app_is_refused(callbacks: Callbacks) -> None:
    body, signed = pushed(EVENT, appid="wxother")
    with pytest.raises(CallbackRefusedError):
        callbacks.decrypt(body, signed, STAMP, "n1")


def test_entities_are_refused(callbacks: Callbacks) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><xml><M>&b;</M></xml>'
    body, signed = pushed(bomb)
    with pytest.raises(CallbackRefusedError):
        callbacks.decrypt(body, signed, STAMP, "n1")
    with pytest.raises(CallbackRefusedError):
        callbacks.decrypt(bomb.encode(), signed, STAMP, "n1")


@pytest.mark.parametrize(
    "body",
    [b"", b"not xml", b"<xml/>", b"<a><Encrypt>x</Encrypt></a>", b"\xff"],
)
def test_an_unreadable_body_is_refused(callbacks: Callbacks, body: bytes) -> None:
    with pytest.raises(CallbackRefusedError):
        callbacks.decrypt(body, signature(STAMP, "n1", ""), STAMP, "n1")


def test_a_huge_body_is_refused_unread(callbacks: Callbacks) -> None:
    body, signed = pushed(EVENT)
    assert callbacks.decrypt(body + b" " * (65536 - len(body)), signed, STAMP, "n1")
    with pytest.raises(CallbackRefusedError):
        callbacks.decrypt(body + b" " * 65536, signed, STAMP, "n1")


@pytest.mark.parametrize("sealed", ["x", "====", "QUJD", "A" * 64, "密"])
def test_a_signed_but_broken_cipher_is_refused(callbacks: Callbacks, sealed: str) -> None:
    body = f"<xml><Encrypt>{sealed}</Encrypt></xml>".encode()
    with pytest.raises(CallbackRefusedError):
        callbacks.decrypt(body, signature(STAMP, "n1", sealed), STAMP, "n1")


def test_a_reply_is_readable_by_the_vendors_own_code(callbacks: Callbacks) -> None:
    envelope = callbacks.encrypt(EVENT, "n2")
    signed = envelope.partition("<MsgSignature><![CDATA[")[2].partition("]]>")[0]
    crypto = WeChatCrypto(TOKEN, KEY, APPID)
    assert crypto.decrypt_message(envelope, signed, STAMP, "n2") == EVENT


def test_a_key_of_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="43"):
        Callbacks(APPID, TOKEN, "short")
