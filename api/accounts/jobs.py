"""Regular acts of accounts."""

from datetime import time

from api.accounts import sessions, sms_codes
from api.kit import idempotency
from api.kit.jobs import regular


@regular("accounts.forget_codes", at=time(3, 10))
async def forget_codes() -> None:
    """Delete old text-message codes, ended sessions and answered idempotency keys."""
    await sms_codes.forget_old()
    await sessions.forget_old()
    await idempotency.expire()
