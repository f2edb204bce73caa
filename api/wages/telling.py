"""Who is told what about wages: workers, the employer's officers and the contractor's."""

from collections.abc import Iterable
from uuid import UUID

from api.accounts import service as accounts
from api.kit.actor import Actor
from api.notices import service as notices
from api.wages.models import WageLine, WageSheet
from api.workers import service as workers

OFFICERS = ("enterprise_admin", "wage_officer")


def params_of(sheet: WageSheet) -> dict[str, str]:
    """What a notice about a sheet names."""
    return {"project": str(sheet.project_id), "date": sheet.pay_on.isoformat()}


async def tell_office(
    actor: Actor,
    tenant_id: UUID,
    kind: str,
    params: dict[str, str],
    about: tuple[str, UUID],
    roles: tuple[str, ...] = OFFICERS,
) -> None:
    """Tell those of an enterprise who look after wages, but for the actor himself."""
    holders = await accounts.holders(tenant_id)
    for account_id in sorted({each.account.id for each in holders if each.role in roles}):
        if account_id != actor.account_id:
            notices.tell(actor, account_id, kind, params, about=about)


async def tell_workers(
    actor: Actor, lines: Iterable[WageLine], kind: str, params: dict[str, str]
) -> None:
    """Tell the workers of some lines, each about his own. Two statements.

    A line may have stayed with a record that was merged: its worker is the one who was kept.
    """
    homes = await workers.homes()
    by_worker = {homes.get(line.worker_id, line.worker_id): line.id for line in lines}
    for worker_id, account_id in sorted((await workers.accounts_of(by_worker)).items()):
        notices.tell(actor, account_id, kind, params, about=("wage_line", by_worker[worker_id]))
