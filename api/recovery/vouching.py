"""熟人证明: he asks, colleagues and an officer answer, and his attempt passes as if reviewed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from tortoise.exceptions import IntegrityError
from tortoise.queryset import QuerySet

from api.audit import service as audit
from api.audit.tags import Tag
from api.engagements import service as engagements
from api.kit import clock
from api.kit.actor import Actor
from api.kit.personal import Personal
from api.kit.rate_limit import Limit, spend
from api.kit.transaction import transaction
from api.notices import service as notices
from api.permissions import Permission
from api.recovery import queries, rules
from api.recovery.errors import AlreadyVouched, NoSuchRecovery, NothingToVouch, NumberDiffers
from api.recovery.models import Recovery, Vouching
from api.recovery.rules import Side, State
from api.teams import service as teams
from api.workers import service as workers
from api.workers.models import Verification

ASKED_OF_ONE = Limit("recoveries_of_one", 3, 86_400)
"""How often a day colleagues are asked about one document number, from whatever accounts."""
MOST_ASKED = 50


@dataclass(frozen=True, slots=True)
class Known:
    """The record that an attempt claims, with the team and enterprise it belongs to."""

    worker_id: UUID | None = None
    team_id: UUID | None = None
    enterprise_id: UUID | None = None


async def begin(actor: Actor) -> Recovery:
    """Those who know the actor are asked; the same again while it is open. NothingToVouch.

    The answer and the limits are the same whether or not there is such a record.
    """
    attempt = await workers.own_attempt(actor)
    if attempt is None:
        raise NothingToVouch
    begun = await Recovery.get_or_none(verification_id=attempt.id)
    if begun is not None:
        return begun
    await spend(ASKED_OF_ONE, attempt.number_index)
    known = await _known(attempt)
    try:
        async with transaction():
            return await _add(actor, attempt, known)
    except IntegrityError:
        # The second of two taps.
        return await Recovery.get(verification_id=attempt.id)


async def _known(attempt: Verification) -> Known:
    worker = await workers.claimed(attempt)
    if worker is None:
        return Known()
    period = await engagements.last_of(worker.id)
    return Known(
        worker.id, await teams.last_of(worker.id), period.enterprise_id if period else None
    )


async def _add(actor: Actor, attempt: Verification, known: Known) -> Recovery:
    row = await Recovery.create(
        verification_id=attempt.id,
        account_id=actor.id,
        worker_id=known.worker_id,
        team_id=known.team_id,
        enterprise_id=known.enterprise_id,
    )
    audit.record(actor, Tag.RECOVERY_BEGUN, ("recovery", row.id))
    if row.team_id is not None and row.worker_id is not None:
        day = clock.today() - timedelta(days=1)
        asked = (await queries.colleagues(row.team_id, row.worker_id, day))[:MOST_ASKED]
        for account_id in (await workers.accounts_of(asked)).values():
            team = {"team": str(row.team_id)}
            notices.tell(actor, account_id, "recovery.asked", team, about=("recovery", row.id))
    return row


async def answer(actor: Actor, recovery_id: UUID, *, known: bool) -> None:
    """A colleague's word. NotVerified, NoSuchRecovery, AlreadyVouched."""
    async with _once():
        worker = await workers.worker_of(actor)
        row = await _locked(actor, await queries.of_colleague(actor), recovery_id)
        await _say(actor, row, Side.COLLEAGUE, known, worker.id)


async def decide(
    actor: Actor, recovery_id: UUID, *, confirm: bool, number: Personal | None
) -> None:
    """The word of an officer of his enterprise, who sees him and holds his card.

    To confirm he types the number from the card. NoSuchRecovery, AlreadyVouched, NumberDiffers.
    """
    async with _once():
        rows = queries.of_enterprise(actor, Permission.ENTERPRISE_WORKERS_COLLECT)
        row = await _locked(actor, rows, recovery_id)
        if confirm and not (number and await workers.is_number_of(row.verification_id, number)):
            raise NumberDiffers
        await _say(actor, row, Side.OFFICER, confirm, None)


@asynccontextmanager
async def _once() -> AsyncIterator[None]:
    """A transaction in which somebody gives his one word; of two taps the second is told so."""
    try:
        async with transaction():
            yield
    except IntegrityError:
        raise AlreadyVouched from None


async def _locked(actor: Actor, rows: QuerySet[Recovery], recovery_id: UUID) -> Recovery:
    row = await rows.filter(id=recovery_id).select_for_update().first()
    if row is not None:
        return row
    if await Vouching.exists(recovery_id=recovery_id, account_id=actor.id):
        raise AlreadyVouched
    raise NoSuchRecovery


async def _say(
    actor: Actor, row: Recovery, side: Side, known: bool, worker_id: UUID | None
) -> None:
    await Vouching.create(
        recovery_id=row.id, account_id=actor.id, worker_id=worker_id, side=side, known=known
    )
    tenant = row.enterprise_id if side is Side.OFFICER else None
    about = ("recovery", row.id)
    audit.record(actor, Tag.RECOVERY_VOUCHED, about, tenant_id=tenant, side=side.value, known=known)
    words = await Vouching.filter(recovery_id=row.id)
    state = rules.verdict((word.side, word.known) for word in words)
    if state is State.PASSED and not await workers.let_pass(actor, row.verification_id):
        state = State.OVER
    if state is State.REFUSED:
        notices.tell(actor, row.account_id, "recovery.refused", about=("recovery_own", row.id))
    await end(row, state)


async def end(row: Recovery, state: State) -> None:
    """The recovery stands so; anything but open is its end."""
    if state is not State.OPEN:
        row.state, row.ended_at = state, clock.now()
        await row.save(update_fields=["state", "ended_at"])
