"""Cards are issued, reported lost, replaced and given back; what a gate learns of a number."""

from datetime import date
from uuid import UUID

from tortoise.exceptions import IntegrityError

from api.audit import service as audit
from api.audit.tags import Tag
from api.cards import queries, rules
from api.cards.errors import (
    HasCard,
    IssuedInFuture,
    NoSuchCard,
    NotInUse,
    NumberTaken,
    WrongStep,
)
from api.cards.models import WorkerCard, WorkerCardStep
from api.cards.rules import Act, State
from api.cards.schemas import CardIn, ReplacementIn
from api.enterprises import service as enterprises
from api.kit import clock
from api.kit.actor import Actor
from api.kit.errors import FieldError
from api.kit.personal import Personal
from api.kit.transaction import transaction
from api.notices import service as notices
from api.permissions import Permission
from api.workers import service as workers
from api.workers.models import Worker

__all__ = ["active_card", "give_back", "issue", "look_up", "lose", "lose_own", "replace"]
UPDATE = Permission.ENTERPRISE_CARDS_UPDATE


async def issue(actor: Actor, given: CardIn) -> WorkerCard:
    """The worker's first card, or the one after a loss; he is told.

    NoSuchEnterprise, NoSuchCode, CodeNotActive, HasCard, NumberTaken, IssuedInFuture.
    """
    tenant = await enterprises.acting_for(actor, UPDATE, given.enterprise_id)
    worker = await workers.by_code(given.worker_code)
    row = _row(worker.id, tenant, worker.region, given.number, given.bank_name, given.issued_on)
    try:
        async with transaction():
            if await queries.of_worker(worker.id).filter(state=State.ACTIVE).exists():
                raise HasCard
            await _begin(actor, row, "")
    except IntegrityError:
        # Two officers at once: the store lets one card of a worker be active.
        await _refuse_taken(row)
        raise HasCard from None
    return row


def _row(
    worker_id: UUID,
    tenant: UUID,
    region: str,
    number: Personal,
    bank_name: str,
    issued_on: date | None,
) -> WorkerCard:
    day = issued_on or clock.today()
    if day > clock.today():
        fault = FieldError("issued_on", IssuedInFuture.code, IssuedInFuture.detail)
        raise IssuedInFuture(errors=(fault,))
    return WorkerCard(
        worker_id=worker_id, enterprise_id=tenant, region=region, number=number,
        number_index=number.index, bank_name=bank_name, issued_on=day,
    )  # fmt: skip


async def _refuse_taken(row: WorkerCard) -> None:
    if await WorkerCard.exists(number_index=row.number_index):
        raise NumberTaken


async def _begin(actor: Actor, row: WorkerCard, reason: str) -> None:
    await _refuse_taken(row)
    await row.save(force_create=True)
    await _step(actor, row, Act.ISSUED, reason)
    audit.record(actor, Tag.CARD_ISSUED, ("worker_card", row.id), tenant_id=row.enterprise_id)
    await _tell(actor, row, "card.issued")


async def replace(actor: Actor, card_id: UUID, given: ReplacementIn) -> WorkerCard:
    """A card that was damaged or lost gives way to another one; both stay in the history.

    NoSuchCard, WrongStep, HasCard when he has got yet another one, NumberTaken, IssuedInFuture.
    """
    try:
        async with transaction():
            old = await _issued(actor, card_id)
            row = _row(
                old.worker_id, old.enterprise_id, old.region, given.number,
                given.bank_name or old.bank_name, given.issued_on,
            )  # fmt: skip
            row.replaces_id = old.id
            await _move(actor, old, Act.REPLACED, given.reason)
            await _begin(actor, row, given.reason)
    except IntegrityError:
        await _refuse_taken(row)
        raise HasCard from None
    return row


async def lose_own(actor: Actor, card_id: UUID) -> WorkerCard:
    """The worker's own card counts no more from this moment on. NoSuchCard, WrongStep.

    Nothing but his login is asked for: whoever lost a card must be quicker than who found it.
    """
    async with transaction():
        own = workers.id_of_account(actor.id)
        rows = WorkerCard.filter(worker_id=own, id=card_id)
        row = await _locked(await rows.select_for_update().first())
        await _move(actor, row, Act.LOST, "")
        await _tell(actor, row, "card.lost")
    return row


async def lose(actor: Actor, card_id: UUID, reason: str) -> WorkerCard:
    """The worker told the office that it is lost. NoSuchCard, WrongStep."""
    async with transaction():
        row = await _issued(actor, card_id)
        await _move(actor, row, Act.LOST, reason)
        await _tell(actor, row, "card.lost")
    return row


async def give_back(actor: Actor, card_id: UUID, reason: str) -> WorkerCard:
    """The card lies with the office again. NoSuchCard, WrongStep."""
    async with transaction():
        row = await _issued(actor, card_id)
        await _move(actor, row, Act.RETURNED, reason)
    return row


async def look_up(actor: Actor, number: Personal) -> tuple[WorkerCard, Worker]:
    """The card in use with this number, and who holds it. NoSuchCard, NotInUse.

    CodeNotActive is no matter here: what a gate asks next is the code's own state.
    """
    row = await WorkerCard.get_or_none(number_index=number.index)
    if row is None:
        raise NoSuchCard
    if row.state is not State.ACTIVE:
        raise NotInUse
    return row, await workers.require(row.worker_id)


async def active_card(worker_id: UUID) -> WorkerCard | None:
    """The worker's card in use; None without one."""
    return await queries.of_worker(worker_id).filter(state=State.ACTIVE).first()


async def _issued(actor: Actor, card_id: UUID) -> WorkerCard:
    rows = queries.issued(actor, UPDATE).filter(id=card_id)
    return await _locked(await rows.select_for_update().first())


async def _locked(row: WorkerCard | None) -> WorkerCard:
    if row is None:
        raise NoSuchCard
    return row


async def _move(actor: Actor, row: WorkerCard, act: Act, reason: str) -> None:
    state = rules.after(row.state, act)
    if state is None:
        raise WrongStep
    row.state, row.closed_on = state, row.closed_on or clock.today()
    await row.save(update_fields=["state", "closed_on"])
    await _step(actor, row, act, reason)
    audit.record(
        actor, Tag.CARD_CLOSED, ("worker_card", row.id), tenant_id=row.enterprise_id, act=act.value
    )


async def _step(actor: Actor, row: WorkerCard, act: Act, reason: str) -> None:
    await WorkerCardStep.create(card_id=row.id, act=act, reason=reason, account_id=actor.account_id)


async def _tell(actor: Actor, row: WorkerCard, kind: str) -> None:
    account_id = (await workers.accounts_of({row.worker_id})).get(row.worker_id)
    if account_id is not None:
        notices.tell(actor, account_id, kind, about=("worker_card", row.id))
