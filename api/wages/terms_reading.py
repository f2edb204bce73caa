"""Terms of pay as the offices read them: all versions, who is paid how today, one worker's own."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from api.accounts import service as accounts
from api.engagements import service as engagements
from api.engagements.errors import NoSuchEngagement
from api.enterprises import service as enterprises
from api.kit import clock
from api.kit.actor import Actor
from api.kit.pagination import page
from api.kit.schemas import Page
from api.permissions import Permission
from api.projects import service as projects
from api.wages import queries
from api.wages.answers import (
    AgreedOut,
    NamedOut,
    PaidOut,
    TermsOut,
    VersionOut,
    VersionState,
    WorkerTermsOut,
)
from api.wages.models import WageTerms
from api.wages.reckoning import plain
from api.wages.schemas import PaidQuery, TermsQuery
from api.wages.terms import Agreed, in_force, of_contract, of_row
from api.workers import service as workers

MOST_VERSIONS = 200


async def terms(actor: Actor, permission: Permission, query: TermsQuery) -> Page[TermsOut]:
    """A page of terms of pay, newest first."""
    rows = queries.visible(WageTerms, actor, permission)
    if query.project_id:
        rows = rows.filter(project_id=query.project_id)
    if query.worker_id:
        rows = rows.filter(worker_id=query.worker_id)
    found, cursor = await page(rows, query)
    return Page(items=await terms_out(found), next_cursor=cursor)


async def terms_out(rows: Sequence[WageTerms]) -> list[TermsOut]:
    """Terms as they are read. Three statements."""
    if not rows:
        return []
    names = await workers.masked_names({row.worker_id for row in rows})
    sites = await projects.names({row.project_id for row in rows})
    firms = await enterprises.names_of({row.enterprise_id for row in rows})
    return [
        TermsOut(
            id=row.id,
            worker_id=row.worker_id,
            worker_name=names.get(row.worker_id, ""),
            project=NamedOut(id=row.project_id, name=sites.get(row.project_id, "")),
            enterprise=NamedOut(id=row.enterprise_id, name=firms.get(row.enterprise_id, "")),
            **_pay(of_row(row)),
        )
        for row in rows
    ]


async def paid(actor: Actor, permission: Permission, query: PaidQuery) -> Page[PaidOut]:
    """A page of those at work on a project, each with what he is paid by today. NoSuchProject."""
    project = await projects.require(actor, permission, query.project_id)
    rows = engagements.visible(engagements.Engagement, actor, permission)
    there = rows.filter(project_id=project.id, state=engagements.State.ON_SITE)
    found, cursor = await page(there, query)
    ids = {row.worker_id for row in found}
    agreed = await in_force(ids, project.id, clock.today()) if ids else {}
    names = await workers.masked_names(ids) if ids else {}
    firms = await enterprises.names_of({row.enterprise_id for row in found}) if ids else {}
    return Page(
        items=[
            PaidOut(
                worker_id=row.worker_id,
                worker_name=names.get(row.worker_id, ""),
                enterprise=NamedOut(id=row.enterprise_id, name=firms.get(row.enterprise_id, "")),
                terms=_agreed(agreed[row.worker_id]) if row.worker_id in agreed else None,
            )
            for row in found
        ],
        next_cursor=cursor,
    )


def _agreed(row: Agreed) -> AgreedOut:
    return AgreedOut(**_pay(row), by_contract=row.contract_id is not None)


def _pay(row: Agreed) -> dict[str, Any]:
    return {
        "pay_kind": row.terms.pay_kind,
        "rate_fen": row.terms.rate_fen,
        "unit_hours": plain(row.terms.unit_hours),
        "overtime_percent": row.terms.overtime_percent,
        "overtime_fen": row.terms.overtime_fen,
        "pay_day": row.pay_day,
        "effective_from": row.effective_from,
    }


async def of_worker(
    actor: Actor, permission: Permission, project_id: UUID, worker_id: UUID
) -> WorkerTermsOut:
    """All that was agreed with a worker on a project, what counts first. NoSuchProject,
    NoSuchEngagement."""
    project = await projects.require(actor, permission, project_id)
    periods = engagements.visible(engagements.Engagement, actor, permission)
    period = (
        await periods.filter(project_id=project.id, worker_id=worker_id).order_by("-id").first()
    )
    if period is None:
        raise NoSuchEngagement
    names = await workers.masked_names({worker_id})
    firms = await enterprises.names_of({period.enterprise_id})
    return WorkerTermsOut(
        worker_id=worker_id,
        worker_name=names.get(worker_id, ""),
        project=NamedOut(id=project.id, name=project.name),
        enterprise=NamedOut(id=period.enterprise_id, name=firms.get(period.enterprise_id, "")),
        versions=await versions_of(actor, permission, project.id, worker_id, period.enterprise_id),
    )


async def versions_of(
    actor: Actor, permission: Permission, project_id: UUID, worker_id: UUID, enterprise_id: UUID
) -> list[VersionOut]:
    """All that was agreed with a worker whom this enterprise employs on a project, the last to
    begin first; whoever asks may see him there."""
    rows = queries.visible(WageTerms, actor, permission)
    rows = rows.filter(project_id=project_id, worker_id=worker_id)
    written = await rows.order_by("-effective_from", "-id").limit(MOST_VERSIONS)
    signed = await engagements.contracts_of(worker_id, project_id)
    return versions(written, signed, await _user_names(enterprise_id), clock.today())


async def _user_names(tenant_id: UUID) -> dict[UUID, str]:
    """Those of an enterprise's staff who have a user name, by account."""
    held = await accounts.holders(tenant_id)
    return {each.account.id: each.account.username or "" for each in held}


def versions(
    written: Iterable[WageTerms],
    signed: Iterable[engagements.Contract],
    names: dict[UUID, str],
    today: date,
) -> list[VersionOut]:
    """Terms and contracts in their order of precedence, the last to begin first.

    Each holds until the day before the next begins; of one that another replaced on its first day
    a sheet may have been drawn before.
    """
    # Of terms and a contract that begin on one day the terms count: `terms.in_force`.
    found: list[tuple[Agreed, datetime, str]] = [
        (of_row(row), row.created_at, names.get(row.account_id, "") if row.account_id else "")
        for row in written
    ]
    found += [(of_contract(row), row.signed_at or row.created_at, "") for row in signed]
    found.sort(key=lambda each: each[0].effective_from, reverse=True)
    shown: list[VersionOut] = []
    begins: date | None = None
    holds = True
    for agreed, set_at, set_by in found:
        until = begins - timedelta(days=1) if begins else None
        if until is not None and until < agreed.effective_from:
            state = VersionState.REPLACED
        elif agreed.effective_from > today:
            state = VersionState.LATER
        else:
            state = VersionState.NOW if holds else VersionState.PAST
            holds = False
        begins = agreed.effective_from
        shown.append(
            VersionOut(
                **_agreed(agreed).model_dump(),
                until=until,
                state=state,
                set_at=set_at,
                set_by=set_by,
            )
        )
    return shown
