"""计酬约定: how a worker is paid on a project, by the employer's word or the signed contract."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.engagements import service as engagements
from api.kit.actor import Actor
from api.kit.scope import scope_of
from api.kit.transaction import transaction
from api.notices import service as notices
from api.permissions import Permission
from api.projects import service as projects
from api.wages.errors import NotEmployed
from api.wages.models import WageTerms
from api.wages.reckoning import PayKind, Terms
from api.wages.schemas import TermsIn
from api.workers import service as workers

UPDATE = Permission.ENTERPRISE_WAGES_UPDATE
DEFAULT_PAY_DAY = 20


@dataclass(frozen=True, slots=True)
class Agreed:
    """The terms that hold; id: of the row that says so, contract_id: of the contract that does."""

    terms: Terms
    pay_day: int
    effective_from: date
    id: UUID | None = None
    contract_id: UUID | None = None


async def set_terms(actor: Actor, given: TermsIn) -> WageTerms:
    """From a day on the worker is paid so; he is told. NoSuchProject, NotEmployed."""
    project = await projects.require(actor, UPDATE, given.project_id)
    periods = await engagements.periods_of([given.worker_id], project.id)
    scope = scope_of(actor, UPDATE)
    period = next(
        (each for each in periods.get(given.worker_id, []) if scope.has_tenant(each.enterprise_id)),
        None,
    )
    if period is None:
        raise NotEmployed
    async with transaction():
        row = await WageTerms.create(
            worker_id=period.worker_id,
            project_id=project.id,
            enterprise_id=period.enterprise_id,
            contractor_id=period.contractor_id,
            region=period.region,
            pay_kind=given.pay_kind,
            rate_fen=given.rate_fen,
            unit_hours=Decimal(given.unit_hours),
            overtime_percent=None if given.overtime_fen is not None else given.overtime_percent,
            overtime_fen=given.overtime_fen,
            pay_day=given.pay_day or project.pay_day or DEFAULT_PAY_DAY,
            effective_from=given.effective_from,
            account_id=actor.account_id,
        )
        await _tell(actor, row)
        audit.record(
            actor, Tag.WAGE_TERMS_SET, ("wage_terms", row.id), tenant_id=row.enterprise_id,
            worker=str(row.worker_id), project=str(row.project_id),
        )  # fmt: skip
    return row


async def _tell(actor: Actor, row: WageTerms) -> None:
    accounts = await workers.accounts_of([row.worker_id])
    if account_id := accounts.get(row.worker_id):
        params = {
            "enterprise": str(row.enterprise_id),
            "project": str(row.project_id),
            "date": row.effective_from.isoformat(),
        }
        notices.tell(
            actor, account_id, "wages.terms_set", params, about=("wage_terms", row.project_id)
        )


async def in_force(worker_ids: Collection[UUID], project_id: UUID, on: date) -> dict[UUID, Agreed]:
    """What holds for each worker on that day: the newer of his terms and his signed contract.

    Whoever has neither is left out. Two statements.
    """
    found = await until(worker_ids, project_id, on)
    return {worker_id: agreed[-1] for worker_id, agreed in found.items()}


async def until(
    worker_ids: Collection[UUID], project_id: UUID, last: date
) -> dict[UUID, list[Agreed]]:
    """All that held for each worker up to that day, each since its day, the earliest first.

    Of terms and a contract that begin on one day the terms count, and of several the latest.
    Whoever has nothing is left out. Two statements.
    """
    rows = WageTerms.filter(
        worker_id__in=list(worker_ids), project_id=project_id, effective_from__lte=last
    )
    found: dict[UUID, dict[date, Agreed]] = defaultdict(dict)
    for contract in await engagements.signed_contracts(worker_ids, project_id, last):
        found[contract.worker_id][contract.starts_on] = of_contract(contract)
    for row in await rows.order_by("id"):
        found[row.worker_id][row.effective_from] = of_row(row)
    return {
        worker_id: [agreed[day] for day in sorted(agreed)] for worker_id, agreed in found.items()
    }


def of_row(row: WageTerms) -> Agreed:
    """The terms that a row states."""
    return Agreed(
        terms=Terms(
            row.pay_kind, row.rate_fen, row.unit_hours, row.overtime_percent, row.overtime_fen
        ),
        pay_day=row.pay_day,
        effective_from=row.effective_from,
        id=row.id,
        contract_id=row.contract_id,
    )


def of_contract(row: engagements.Contract) -> Agreed:
    """The terms that a signed contract states."""
    return Agreed(
        terms=Terms(PayKind(row.pay_kind), row.pay_fen),
        pay_day=row.pay_day,
        effective_from=row.starts_on,
        contract_id=row.id,
    )
