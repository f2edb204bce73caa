"""Signatures of requests, ours to the bank and the bank's to us: the same rule both ways."""

import hashlib
import hmac

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
