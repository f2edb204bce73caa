"""Who is told of what happens to an account: the contractor's officers and the region's."""

from uuid import UUID

from api.accounts import service as accounts
from api.kit.actor import Actor
from api.notices import service as notices

ROLES = ("enterprise_admin", "wage_officer")


async def tell_contractor(
    actor: Actor, contractor_id: UUID, kind: str, params: dict[str, str], about: tuple[str, UUID]
) -> None:
    """Tell those who look after wages at the general contractor, but for the actor himself."""
    holders = await accounts.holders(contractor_id)
    for account_id in sorted({each.account.id for each in holders if each.role in ROLES}):
        if account_id != actor.account_id:
            notices.tell(actor, account_id, kind, params, about=about)


async def tell_region(
    actor: Actor, region: str, kind: str, params: dict[str, str], about: tuple[str, UUID]
) -> None:
    """Tell the officers nearest to the region."""
    for account_id in await accounts.overseers(region):
        notices.tell(actor, account_id, kind, params, about=about)
