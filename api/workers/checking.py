"""核验: asks the providers about an attempt and ends it; may be repeated until it has ended.

No transaction is open while an outside system is asked, and the attempt's state is looked at again
before anything is written.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Purpose
from api.files import service as files
from api.files.errors import NoSuchFile
from api.integrations.adapters import outside
from api.kit import jobs
from api.kit.actor import SYSTEM, Actor
from api.kit.transaction import transaction
from api.workers import endings, restrictions, rules
from api.workers.models import CodeState, Seat, Stage, Verification, Worker
from api.workers.rules import Findings
from verification import photo
from verification.document import DocumentKind
from verification.ports import IdentityAnswer, LiveAnswer
from verification.reasons import ProviderOutcome, Reason


class StillWaiting(Exception):
    """A provider is down: the job comes back later."""


@dataclass(frozen=True, slots=True)
class Case:
    """An attempt opened for the providers."""

    row: Verification
    name: str = field(repr=False)
    number: str = field(repr=False)
    valid_from: date | None
    valid_to: date | None
    restricted: bool


async def check(actor: Actor, attempt_id: UUID) -> bool:
    """Bring the attempt to an ending, unless it has one; whether a provider must be asked again."""
    case = await _open(actor, attempt_id)
    if case is None:
        return False
    local = tuple(Reason(code) for code in case.row.local_reasons)
    decided = rules.hopeless(local)
    if decided is not None:
        await endings.end(actor, attempt_id, decided, Findings(local))
        return False
    findings = await _ask(case, local)
    await endings.end(actor, attempt_id, rules.verdict(findings, case.row.tries), findings)
    return findings.waits


@jobs.job("workers.check", attempts=20)
async def check_again(verification_id: str) -> None:
    """Finish a check that was broken off, or waits for a provider; tried for about ten hours."""
    if await check(SYSTEM, UUID(verification_id)):
        raise StillWaiting


async def _open(actor: Actor, attempt_id: UUID) -> Case | None:
    async with transaction():
        row = await Verification.get(id=attempt_id)
        if not _is_ours(row) or row.number is None or row.name is None:
            return None
        subject = ("verification", row.id)
        return Case(
            row=row,
            name=audit.reveal(actor, row.name, Purpose.CHECK, subject),
            number=audit.reveal(actor, row.number, Purpose.CHECK, subject),
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            restricted=await _is_restricted(row),
        )


def _is_ours(row: Verification) -> bool:
    """Whether the machine may still end it: not once people have begun to decide."""
    if row.stage is Stage.SUBMITTED:
        return True
    waits = {Reason.PROVIDER_BUSY.value, Reason.PROVIDER_UNAVAILABLE.value} & {*row.reasons}
    return row.stage is Stage.NEEDS_REVIEW and row.seat is Seat.FIRST and bool(waits)


async def _is_restricted(row: Verification) -> bool:
    if await restrictions.is_restricted_index(row.number_index):
        return True
    known = await Worker.get_or_none(id_kind=row.id_kind, number_index=row.number_index)
    return known is not None and known.code_state in (CodeState.FROZEN, CodeState.DEAD)


async def _ask(case: Case, local: tuple[Reason, ...]) -> Findings:
    row = case.row
    declined, selfie = row.face_declined, await _selfie_of(row)
    if selfie is None:
        identity = await _identity(case, None) if declined else None
        return Findings(local, True, case.restricted, identity=identity)
    bad = (await asyncio.to_thread(photo.judge_selfie, selfie)).problems
    live = None if bad else await _live(selfie)
    passed = live is not None and live.outcome is ProviderOutcome.MATCH
    identity = await _identity(case, selfie) if passed else None
    return Findings(local, False, case.restricted, bad, live, identity)


async def _selfie_of(row: Verification) -> bytes | None:
    """The selfie; None when the face check was declined or its consent taken back since."""
    if row.selfie_file_id is None:
        return None
    try:
        return await files.read(row.selfie_file_id)
    except NoSuchFile:
        return None


async def _live(selfie: bytes) -> LiveAnswer | None:
    provider = outside().face_check
    if provider is None:
        return None
    return await provider.live(selfie)


async def _identity(case: Case, selfie: bytes | None) -> IdentityAnswer | None:
    provider = outside().identity_check
    if provider is None or case.row.id_kind != DocumentKind.RESIDENT_ID.value:
        return None
    return await provider.match(case.name, case.number, selfie, case.valid_from, case.valid_to)
