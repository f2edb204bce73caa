"""Steps of an accident: each is kept for good, and told to those whom it concerns.

Everything here runs within the transaction of the service that calls it.
"""

from api.accidents.models import Accident, AccidentStep
from api.accidents.rules import Act, Side, Terms
from api.accounts import service as accounts
from api.audit import service as audit
from api.audit.tags import Tag
from api.kit.actor import Actor
from api.kit.personal import Kind, Personal
from api.notices import service as notices
from api.workers import service as workers

ANSWERING_ROLES = ("enterprise_admin", "wage_officer", "project_manager")


async def add(actor: Actor, row: Accident, act: Act, side: Side, note: str = "") -> None:
    """The step is kept."""
    await AccidentStep.create(
        accident_id=row.id,
        act=act,
        side=side,
        note=Personal.of(Kind.TEXT, note) if note else None,
        account_id=actor.account_id,
    )


def terms_of(row: Accident) -> Terms:
    """The terms of its claim."""
    return Terms(row.employer_due_on, row.worker_due_on)


def params_of(row: Accident) -> dict[str, str]:
    """What a notice about it names."""
    return {
        "project": str(row.project_id),
        "enterprise": str(row.enterprise_id),
        "date": row.happened_on.isoformat(),
        "due": row.employer_due_on.isoformat(),
        "until": row.worker_due_on.isoformat(),
    }


async def tell_worker(actor: Actor, row: Accident, kind: str) -> None:
    """Tell him to whom it happened; nobody when he has no account."""
    told = (await workers.accounts_of({row.worker_id})).get(row.worker_id)
    if told is not None:
        notices.tell(actor, told, kind, params_of(row), about=("accident", row.id))


async def tell_enterprise(actor: Actor, row: Accident, kind: str) -> None:
    """Tell those in the employer who answer, but for who did it himself."""
    holders = await accounts.holders(row.enterprise_id)
    answering = {each.account.id for each in holders if each.role in ANSWERING_ROLES}
    for account_id in sorted(answering - {actor.account_id}):
        about = ("enterprise_accident", row.id)
        notices.tell(actor, account_id, kind, params_of(row), about=about)


async def tell_region(actor: Actor, row: Accident, kind: str) -> None:
    """Tell the officers nearest to the region."""
    for account_id in await accounts.overseers(row.region):
        notices.tell(actor, account_id, kind, params_of(row), about=("region_accident", row.id))


def record(actor: Actor, tag: Tag, row: Accident, side: Side, **facts: str | int) -> None:
    """The audit's line."""
    audit.record(
        actor, tag, ("accident", row.id), tenant_id=row.enterprise_id, side=side.value, **facts
    )
