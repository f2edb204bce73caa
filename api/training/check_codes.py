"""The words in the QR of certificates and records, and where they lead."""

import secrets

from api.settings import settings


def new_code() -> str:
    """A word of 128 random bits that says nothing of its holder."""
    return secrets.token_urlsafe(16)


def certificate_address(code: str) -> str:
    """Where a certificate's QR leads."""
    return f"{settings().public_url}/certificates/{code}"


def record_address(code: str) -> str:
    """Where the QR of a training record leads."""
    return f"{settings().public_url}/training-records/{code}"
