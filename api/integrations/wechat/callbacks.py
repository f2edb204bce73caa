"""Messages that WeChat pushes to us: signature, decryption, and the encrypted reply.

developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/api/Before_Develop/
Technical_Plan.html: AES-256-CBC with the key given in the console, SHA-1 over the sorted parts.
"""

import binascii
import hashlib
import hmac
import struct
from collections.abc import Mapping
from typing import Any
from xml.parsers.expat import ExpatError

import xmltodict  # type: ignore[import-untyped]
from wechatpy.crypto import WeChatCrypto
from wechatpy.exceptions import WeChatException

from api.kit import clock

LARGEST_BODY = 64 * 1024
SKEW_S = 300
AES_KEY_LENGTH = 43

Message = Mapping[str, Any]


class CallbackRefusedError(Exception):
    """A push that WeChat did not send, or that cannot be read. Says no more than that."""


class Callbacks:
    """One app's pushes. `token` and `aes_key` (43 characters) come from its console."""

    def __init__(self, appid: str, token: str, aes_key: str) -> None:
        if len(aes_key) != AES_KEY_LENGTH:
            raise ValueError(f"the callback key has {AES_KEY_LENGTH} characters")
        self._token = token
        self._crypto = WeChatCrypto(token, aes_key, appid)

    def verify(self, signature: str, timestamp: str, nonce: str) -> None:
        """Return when a plain push (or the address check) is WeChat's and not older than 5 min."""
        self._check(signature, timestamp, nonce)

    def decrypt(self, body: bytes, signature: str, timestamp: str, nonce: str) -> Message:
        """The message in an encrypted push; `signature` is `msg_signature` of its address.

        CallbackRefusedError for a wrong signature, app, form or entity in the XML. A repeated
        push is the caller's business: WeChat itself repeats a push it got no answer to.
        """
        sealed = _parsed(body).get("Encrypt")
        if not isinstance(sealed, str):
            raise CallbackRefusedError
        self._check(signature, timestamp, nonce, sealed)
        try:
            plain = self._crypto.decrypt_message({"Encrypt": sealed}, signature, timestamp, nonce)
        except (WeChatException, ValueError, IndexError, struct.error, binascii.Error):
            raise CallbackRefusedError from None
        return _parsed(plain.encode())

    def encrypt(self, reply: str, nonce: str) -> str:
        """The XML envelope of a reply."""
        now = str(int(clock.now().timestamp()))
        return str(self._crypto.encrypt_message(reply, nonce, now))

    def _check(self, signature: str, timestamp: str, nonce: str, *more: str) -> None:
        parts = "".join(sorted((self._token, timestamp, nonce, *more)))
        # SHA-1 is the vendor's choice
        wanted = hashlib.sha1(parts.encode(), usedforsecurity=False).hexdigest()
        fresh = timestamp.isdecimal() and len(timestamp) <= 12
        if not hmac.compare_digest(wanted.encode(), signature.encode()) or not fresh:
            raise CallbackRefusedError
        if abs(clock.now().timestamp() - int(timestamp)) > SKEW_S:
            raise CallbackRefusedError


def _parsed(body: bytes) -> Message:
    """The fields under `<xml>`; xmltodict refuses entities."""
    if len(body) > LARGEST_BODY:
        raise CallbackRefusedError
    try:
        fields = xmltodict.parse(body)
    except (ExpatError, ValueError):
        raise CallbackRefusedError from None
    message = fields.get("xml")
    if not isinstance(message, dict):
        raise CallbackRefusedError
    return message
