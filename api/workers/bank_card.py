"""工资卡: one active card per worker and one worker per card; replaced ones stay in the history."""

from datetime import timedelta
from typing import NoReturn

from tortoise.exceptions import IntegrityError

from api.accounts import service as accounts
from api.accounts.service import ConsentPurpose
from api.audit import service as audit
from api.audit.tags import Purpose, Tag
from api.kit import clock
from api.kit.actor import Actor
from api.kit.personal import Personal
from api.kit.transaction import transaction
from api.notices import service as notices
from api.settings import settings
from api.workers import changes
from api.workers.errors import CardOfAnother, CardRests, HolderDiffers, NoBankCard, NotVerified
from api.workers.models import BankCard, Worker, WorkerState
from verification import bank_card
from verification.names import same_name


async def set_card(
    actor: Actor, *, number: Personal, holder: Personal | None, bank_name: str
) -> BankCard:
    """The worker's wages go to this card from now on; he is told. The same card again is no change.

    Needs the consent to bank cards and a verified worker. HolderDiffers when a holder is named who
    is not the worker; CardRests for another card soon after he found his account again;
    CardOfAnother, with a line in the audit, when another worker uses the card.
    """
    await accounts.require_consent(actor, ConsentPurpose.BANK_CARD)
    try:
        async with transaction():
            worker = await _own_worker(actor)
            _require_holder(actor, worker, holder)
            await _refuse_shared(actor, worker, number)
            return await _replace(actor, worker, number, bank_name)
    except IntegrityError:
        # Two workers sent the same card at the same moment: the second one is refused.
        async with transaction():
            _refuse(actor, await _own_worker(actor))


async def _own_worker(actor: Actor) -> Worker:
    worker = await Worker.filter(account_id=actor.id).select_for_update().first()
    if worker is None or worker.state is not WorkerState.VERIFIED:
        raise NotVerified
    return worker


def _require_holder(actor: Actor, worker: Worker, holder: Personal | None) -> None:
    if holder is None:
        return
    subject = ("worker", worker.id)
    given = audit.reveal(actor, holder, Purpose.CHECK, subject)
    if not same_name(given, audit.reveal(actor, worker.name, Purpose.CHECK, subject)):
        raise HolderDiffers


async def _refuse_shared(actor: Actor, worker: Worker, number: Personal) -> None:
    others = BankCard.filter(active_number=number.index).exclude(worker_id=worker.id)
    if await others.exists():
        _refuse(actor, worker)


def _refuse(actor: Actor, worker: Worker) -> NoReturn:
    audit.record(actor, Tag.BANK_CARD_REFUSED, ("worker", worker.id), reason="card_of_another")
    raise CardOfAnother


async def _replace(actor: Actor, worker: Worker, number: Personal, bank_name: str) -> BankCard:
    current = await BankCard.filter(active_worker_id=worker.id).select_for_update().first()
    if current is not None and current.number_index == number.index:
        return current
    if current is not None:
        await _refuse_at_rest(worker)
        current.active_number = current.active_worker_id = None
        current.replaced_at = clock.now()
        await current.save(update_fields=["active_number", "active_worker_id", "replaced_at"])
    plain = audit.reveal(actor, number, Purpose.CHECK, ("worker", worker.id))
    row = await BankCard.create(
        worker_id=worker.id,
        number=number,
        number_index=number.index,
        active_number=number.index,
        active_worker_id=worker.id,
        bank_code=bank_card.parse(plain).bank_hint or "",
        bank_name=bank_name,
    )
    audit.record(actor, Tag.BANK_CARD_SET, ("bank_card", row.id), replaced=current is not None)
    notices.tell(actor, actor.id, "bank_card.set", about=("bank_card", row.id))
    return row


async def _refuse_at_rest(worker: Worker) -> None:
    since = clock.now() - timedelta(hours=settings().takeover_card_hours)
    if await changes.account_moved_since(worker.id, since):
        raise CardRests


async def own_card(actor: Actor) -> BankCard:
    """The actor's own wage card. NoBankCard when there is none."""
    worker = await Worker.get_or_none(account_id=actor.id)
    card = await BankCard.get_or_none(active_worker_id=worker.id) if worker else None
    if card is None:
        raise NoBankCard
    return card
