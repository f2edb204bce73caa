"""Special accounts as the contractor and the region read them; numbers stay masked."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from api.enterprises import service as enterprises
from api.files import service as files
from api.funds import queries, rules
from api.funds.errors import NoSuchAccount
from api.funds.models import AccountEntry, Agreement, Guarantee, SpecialAccount
from api.funds.rules import EntryKind
from api.funds.schemas import (
    AccountOut,
    AccountQuery,
    AccountWholeOut,
    AgreementOut,
    EntryOut,
    GuaranteeOut,
    NamedOut,
    ratio_text,
)
from api.kit import clock
from api.kit.actor import Actor
from api.kit.pagination import PageQuery, page
from api.kit.schemas import Page
from api.kit.scope import within
from api.permissions import Permission
from api.projects import service as projects


async def accounts(actor: Actor, permission: Permission, query: AccountQuery) -> Page[AccountOut]:
    """A page of accounts, newest first."""
    rows = queries.visible(SpecialAccount, actor, permission)
    if query.project_id:
        rows = rows.filter(project_id=query.project_id)
    if query.state:
        rows = rows.filter(state=query.state)
    if query.region:
        rows = rows.filter(**within("region", query.region))
    if query.differs:
        rows = rows.filter(bank_gap_fen__not=0)  # SQL leaves out those that were never compared
    found, cursor = await page(rows, query)
    figures = await _figures(found)
    return Page(items=[AccountOut(**each) for each in figures], next_cursor=cursor)


async def _figures(rows: Sequence[SpecialAccount]) -> list[dict[str, Any]]:
    sites = await projects.names({row.project_id for row in rows}) if rows else {}
    firms = await enterprises.names_of({row.contractor_id for row in rows}) if rows else {}
    return [
        {
            "id": row.id,
            "project": NamedOut(id=row.project_id, name=sites.get(row.project_id, "")),
            "contractor": NamedOut(id=row.contractor_id, name=firms.get(row.contractor_id, "")),
            "bank_code": row.bank_code,
            "bank_name": row.bank_name,
            "number": row.number.masked,
            "state": row.state,
            "balance_fen": row.balance_fen,
            "bank_fen": row.bank_fen,
            "bank_gap_fen": row.bank_gap_fen,
            "bank_asked_at": row.bank_asked_at,
            "opened_on": row.opened_on,
            "notice_until": rules.notice_until(row.announced_on) if row.announced_on else None,
            "closed_on": row.closed_on,
        }
        for row in rows
    ]


async def find(actor: Actor, permission: Permission, account_id: UUID) -> SpecialAccount:
    """One of the accounts that the actor may see. NoSuchAccount."""
    row = await queries.visible(SpecialAccount, actor, permission).filter(id=account_id).first()
    if row is None:
        raise NoSuchAccount
    return row


async def account(actor: Actor, permission: Permission, account_id: UUID) -> AccountWholeOut:
    """One account with its agreements. NoSuchAccount."""
    row = await find(actor, permission, account_id)
    today = clock.today()
    agreements = [_agreement(actor, each) for each in await queries.agreements_of(row.id).limit(20)]
    paid_in = queries.entries_of(row.id).filter(kind=EntryKind.LABOUR_COST_IN)
    last = await paid_in.order_by("-on").first()
    since = last.on if last else row.opened_on
    return AccountWholeOut(
        **(await _figures([row]))[0],
        agreements=agreements,
        ready=row.state.pays and any(each.holds for each in agreements),
        last_transfer_on=last.on if last else None,
        late=row.state.pays and since + timedelta(days=rules.TRANSFER_DAYS) < today,
    )


def _agreement(actor: Actor, row: Agreement) -> AgreementOut:
    return AgreementOut(
        id=row.id,
        number=row.number,
        parties=row.parties,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        holds=rules.Term(row.starts_on, row.ends_on).holds(clock.today()),
        scan=files.link(actor, row.file_id),
    )


async def entries(
    actor: Actor, permission: Permission, account_id: UUID, query: PageQuery
) -> Page[EntryOut]:
    """A page of the ledger, newest first. NoSuchAccount."""
    row = await find(actor, permission, account_id)
    found, cursor = await page(queries.entries_of(row.id), query)
    return Page(items=[entry(actor, each) for each in found], next_cursor=cursor)


def entry(actor: Actor, row: AccountEntry) -> EntryOut:
    """A line as it is read."""
    return EntryOut(
        id=row.id,
        kind=row.kind,
        amount_fen=row.amount_fen,
        balance_fen=row.balance_fen,
        on=row.on,
        reference=row.reference,
        note=row.note,
        flagged=row.flagged,
        scan=files.link(actor, row.file_id) if row.file_id else None,
    )


async def guarantees(
    actor: Actor, permission: Permission, project_id: UUID, query: PageQuery
) -> Page[GuaranteeOut]:
    """A page of what stands good for a project's wages, newest first. NoSuchProject."""
    await projects.require(actor, permission, project_id)
    rows = queries.visible(Guarantee, actor, permission).filter(project_id=project_id)
    found, cursor = await page(rows, query)
    return Page(items=[guarantee(each) for each in found], next_cursor=cursor)


def guarantee(row: Guarantee) -> GuaranteeOut:
    """A deposit or guarantee as it is read."""
    return GuaranteeOut(
        id=row.id,
        kind=row.kind,
        amount_fen=row.amount_fen,
        ratio=ratio_text(row.ratio),
        number=row.number,
        issued_by=row.issued_by,
        valid_to=row.valid_to,
        state=row.state,
    )
