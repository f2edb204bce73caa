"""The words in the QR of certificates and records, and where they lead."""

import re
import secrets

from api.settings import settings

_SHAPE = re.compile(r"[A-Za-z0-9_-]{1,32}")


def new_code() -> str:
    """A word of 128 random bits that says nothing of its holder."""
    return secrets.token_urlsafe(16)


def is_code(text: str) -> bool:
    """Whether it may be one of ours: what cannot be is not looked for."""
    return _SHAPE.fullmatch(text) is not None


def certificate_address(code: str) -> str:
    """Where a certificate's QR leads."""
    return f"{settings().public_url}/certificates/{code}"


def record_address(code: str) -> str:
    """Where the QR of a training record leads."""
    return f"{settings().public_url}/training-records/{code}"
