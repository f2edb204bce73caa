"""Signatures of requests, ours to the bank and the bank's to us: the same rule both ways."""

import hashlib
import hmac
import re
from collections.abc import Mapping

SKEW_S = 300
NONCE = r"[0-9A-Za-z]{16,64}"


def signature(
    secret: str, *, method: str, target: str, timestamp: str, nonce: str, body: bytes
) -> str:
    """hex(HMAC-SHA256(secret, method LF target LF timestamp LF nonce LF hex(SHA-256(body)))).

    target: the path with its query, as it stands in the request line below the base address.
    """
    digest = hashlib.sha256(body).hexdigest()
    text = "\n".join((method, target, timestamp, nonce, digest))
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


class BadSignature(Exception):
    """Whoever asked has not signed, not so, or not now. code: as in `outcomes`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def verify(
    access: tuple[str, str],
    *,
    method: str,
    target: str,
    headers: Mapping[str, str],
    body: bytes,
    now: float,
) -> str:
    """The nonce of a request that was signed with this key and secret, within the skew of `now`.

    Whether the nonce is new the caller finds out. BadSignature.
    """
    key, secret = access
    timestamp, nonce = headers.get("x-timestamp", ""), headers.get("x-nonce", "")
    if not hmac.compare_digest(headers.get("x-access-key", "").encode(), key.encode()):
        raise BadSignature("key_unknown")
    wanted = signature(
        secret, method=method, target=target, timestamp=timestamp, nonce=nonce, body=body
    )
    if not hmac.compare_digest(headers.get("x-signature", "").encode(), wanted.encode()):
        raise BadSignature("signature_wrong")
    if not re.fullmatch(r"[0-9]{1,12}", timestamp) or abs(now - int(timestamp)) > SKEW_S:
        raise BadSignature("clock_off")
    if not re.fullmatch(NONCE, nonce):
        raise BadSignature("nonce_used")
    return nonce
