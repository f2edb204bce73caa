"""Tables that leave the house: who took which list away, and how much of it."""

from api.audit import service as audit
from api.audit.tags import Tag
from api.kit.actor import Actor
from api.kit.transaction import transaction


async def exported(actor: Actor, what: str, rows: int, asked: str) -> None:
    """The audit says that the actor took `rows` rows of the list `what` away.

    `asked` is what he narrowed it to: ids, codes and dates, never a text that somebody typed.
    """
    async with transaction():
        audit.record(actor, Tag.LIST_EXPORTED, ("list", None), what=what, rows=rows, asked=asked)
