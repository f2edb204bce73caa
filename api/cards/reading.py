"""Cards with names and history, in a fixed number of statements."""

from collections import defaultdict
from uuid import UUID

from api.cards import queries
from api.cards.errors import NoSuchCard
from api.cards.models import WorkerCard, WorkerCardStep
from api.cards.rules import State
from api.cards.schemas import CardOut, CardQuery, OwnCardsOut
from api.enterprises import service as enterprises
from api.kit.actor import Actor
from api.kit.pagination import page
from api.kit.schemas import Page
from api.permissions import Permission
from api.workers import service as workers

READ = Permission.ENTERPRISE_CARDS_READ


async def own(actor: Actor) -> OwnCardsOut:
    """One's own cards, the newest first."""
    worker = await workers.of_account(actor.id)
    return await of_worker(worker.id) if worker else OwnCardsOut(active_id=None, items=[])


async def of_worker(worker_id: UUID) -> OwnCardsOut:
    """The cards of a worker, the newest first."""
    rows = await queries.of_worker(worker_id).order_by("-id")
    active = next((row.id for row in rows if row.state is State.ACTIVE), None)
    return OwnCardsOut(active_id=active, items=await shown(rows))


async def listed(actor: Actor, query: CardQuery) -> Page[CardOut]:
    """A page of the cards that the actor's enterprises issued, the newest first."""
    rows, cursor = await page(queries.asked(queries.issued(actor, READ), query), query)
    return Page(items=await shown(rows), next_cursor=cursor)


async def shown_one(row: WorkerCard) -> CardOut:
    """One of them as shown."""
    return (await shown([row]))[0]


async def shown(rows: list[WorkerCard]) -> list[CardOut]:
    """The cards as shown."""
    if not rows:
        return []
    names = await workers.masked_names({row.worker_id for row in rows})
    firms = await enterprises.names_of({row.enterprise_id for row in rows})
    steps: dict[UUID, list[WorkerCardStep]] = defaultdict(list)
    for each in await queries.steps_of([row.id for row in rows]):
        steps[each.card_id].append(each)
    return [
        CardOut.of(
            row, names.get(row.worker_id, ""), firms.get(row.enterprise_id, ""), steps[row.id]
        )
        for row in rows
    ]


async def one(actor: Actor, card_id: UUID) -> CardOut:
    """One card that the actor's enterprises issued. NoSuchCard."""
    row = await queries.issued(actor, READ).filter(id=card_id).first()
    if row is None:
        raise NoSuchCard
    return await shown_one(row)
