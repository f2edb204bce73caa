"""Who may be paid and where: the verified worker himself, on his own active wage card (L-01)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from api.kit.personal import Personal
from api.workers.merged import homes
from api.workers.models import BankCard, Worker, WorkerState


@dataclass(frozen=True, slots=True)
class Payee:
    """A worker as a payee. number, index: of his active card, None and empty without one.

    worker_id: of the record that was kept, where his was merged.
    """

    worker_id: UUID
    verified: bool
    name: Personal = field(repr=False)
    number: Personal | None = field(default=None, repr=False)
    index: str = field(default="", repr=False)


async def payees(ids: Iterable[UUID]) -> dict[UUID, Payee]:
    """The workers as payees, by id; of a merged record the one that was kept. Three statements."""
    merged = await homes()
    kept = {each: merged.get(each, each) for each in ids}
    wanted = list(set(kept.values()))
    rows = await Worker.filter(id__in=wanted).only("id", "state", "name")
    cards = {
        card.active_worker_id: card for card in await BankCard.filter(active_worker_id__in=wanted)
    }
    found = {row.id: _payee(row, cards.get(row.id)) for row in rows}
    return {each: found[home] for each, home in kept.items() if home in found}


def _payee(row: Worker, card: BankCard | None) -> Payee:
    verified = row.state is WorkerState.VERIFIED
    if card is None:
        return Payee(row.id, verified, row.name)
    return Payee(row.id, verified, row.name, card.number, card.number_index)
