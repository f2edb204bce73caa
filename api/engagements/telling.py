"""Who hears of what happens on a site: the worker, his employer, the contractor, the region."""

from uuid import UUID

from api.accounts import service as accounts
from api.engagements.models import Engagement
from api.kit.actor import Actor
from api.notices import service as notices
from api.workers import service as workers

RESPONSIBLE = ("wage_officer", "project_manager")


async def tell_worker(actor: Actor, row: Engagement, kind: str, params: dict[str, str]) -> None:
    """Tell the worker, if he has an account."""
    for account_id in (await workers.accounts_of({row.worker_id})).values():
        notices.tell(actor, account_id, kind, params, about=("engagement", row.id))


async def tell_offices(actor: Actor, row: Engagement, kind: str) -> None:
    """Tell those responsible for the site, of the employer and of the general contractor."""
    params = {"enterprise": str(row.enterprise_id), "project": str(row.project_id)}
    found: set[UUID] = set()
    for firm in {row.enterprise_id, row.contractor_id}:
        found |= await _responsible(firm)
    for account_id in sorted(found):
        notices.tell(actor, account_id, kind, params, about=("engagement", row.id))


async def _responsible(enterprise_id: UUID) -> set[UUID]:
    """Whoever looks after sites in the enterprise; its administrators when nobody does."""
    holders = await accounts.holders(enterprise_id)
    responsible = {each.account.id for each in holders if each.role in RESPONSIBLE}
    return responsible or {each.account.id for each in holders}


async def tell_region(actor: Actor, row: Engagement, kind: str) -> None:
    """Tell the officers who are nearest to the site."""
    params = {"enterprise": str(row.enterprise_id), "project": str(row.project_id)}
    for account_id in await accounts.overseers(row.region):
        notices.tell(actor, account_id, kind, params, about=("engagement", row.id))
