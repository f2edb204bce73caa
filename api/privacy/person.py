"""Who asks: an account and all records of the worker behind it."""

from uuid import UUID

from api.accounts import service as accounts
from api.kit.actor import Actor
from api.kit.holdings import Person
from api.workers import service as workers


async def person_of(actor: Actor) -> Person:
    """The actor as a person."""
    return await behind(actor.id)


async def behind(account_id: UUID) -> Person:
    """The person whose account this is: his worker's record with those merged into it, if any."""
    phone = await accounts.phone_of(account_id)
    worker = await workers.of_account(account_id)
    return Person(
        account_ids=(account_id,),
        worker_ids=tuple(await workers.ids_of(worker.id)) if worker else (),
        number_indexes=(worker.number_index,) if worker else (),
        phone_indexes=(phone.index,) if phone else (),
    )
