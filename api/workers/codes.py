"""实名核验码: finding its holder, its state, and the short-lived QR that proves presence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from api.kit import clock, qr
from api.kit.actor import Actor
from api.kit.cache import CacheDown, cache
from api.kit.crypto import keyring
from api.kit.errors import FieldError, Unavailable
from api.kit.rate_limit import Limit
from api.workers.errors import BadQr, CodeNotActive, NoSuchCode, NotVerified, QrUsed
from api.workers.models import CodeState, Worker, WorkerState
from verification.code import check_qr, parse_code, qr_payload
from verification.reasons import Refused

QR_LIFE_S = 60
LOOKUPS = Limit("code_lookups", 30, 300, by="ip")
"""How often one address may ask whose code it is, by API and page together."""


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR token: its text, the picture as SVG, and when it ends."""

    code: str
    text: str
    svg: str
    expires_at: datetime


def printed(stored: str | None) -> str | None:
    """The code as people read it, with dashes."""
    return str(parse_code(stored)) if stored else None


def compact(code: str) -> str:
    """The code in the form in which it is stored. NoSuchCode when it cannot be one."""
    try:
        return parse_code(code).compact
    except Refused as refused:
        raise NoSuchCode(refused.code.sentence) from None


async def by_code(code: str) -> Worker:
    """The holder of a verification code in force. NoSuchCode, or CodeNotActive once annulled."""
    worker = await Worker.get_or_none(code=compact(code))
    if worker is None:
        raise NoSuchCode
    if worker.code_state is not CodeState.ACTIVE:
        raise CodeNotActive
    return worker


async def by_codes(texts: Iterable[str]) -> list[Worker]:
    """The holders of codes in force, in one statement. NoSuchCode, CodeNotActive likewise."""
    wanted = {compact(each) for each in texts}
    found = await Worker.filter(code__in=list(wanted)) if wanted else []
    if len(found) < len(wanted):
        raise NoSuchCode
    if any(each.code_state is not CodeState.ACTIVE for each in found):
        raise CodeNotActive
    return found


async def held(code: str) -> Worker:
    """Whose code this is, wherever it stands. NoSuchCode when nobody ever held it."""
    worker = await Worker.get_or_none(code=compact(code))
    if worker is None or worker.code_state is None:
        raise NoSuchCode
    return worker


async def code_state(code: str) -> CodeState:
    """Where a code stands. NoSuchCode when nobody ever held it."""
    worker = await held(code)
    return worker.code_state or CodeState.DEAD


async def own_qr(actor: Actor) -> Qr:
    """A fresh QR of the actor's own code, good for 60 seconds."""
    worker = await Worker.get_or_none(account_id=actor.id)
    if worker is None or worker.state is not WorkerState.VERIFIED or worker.code is None:
        raise NotVerified
    if worker.code_state is not CodeState.ACTIVE:
        raise CodeNotActive
    moment = clock.now()
    text = qr_payload(parse_code(worker.code), moment, keyring().secret.signing)
    return Qr(worker.code, text, qr.svg(text), moment + timedelta(seconds=QR_LIFE_S))


async def check(actor: Actor, text: str) -> Worker:
    """Whose QR this is. BadQr, CodeNotActive, or QrUsed when this checker has read it before."""
    try:
        code = check_qr(text, clock.now(), keyring().secret.signing, QR_LIFE_S)
    except Refused as refused:
        fault = FieldError("text", refused.code.value, refused.code.sentence)
        raise BadQr(refused.code.sentence, errors=(fault,)) from None
    worker = await by_code(code.compact)
    await _use_once(actor, text)
    return worker


async def _use_once(actor: Actor, text: str) -> None:
    key = f"qr:{keyring().index('qr', f'{actor.id}:{text}')}"
    try:
        fresh = await cache().add(key, "1", 2 * QR_LIFE_S)
    except CacheDown:
        raise Unavailable from None
    if not fresh:
        raise QrUsed
