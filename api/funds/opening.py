"""专户: opened by the general contractor, ready with an agreement, closed after a public notice."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID

from tortoise.exceptions import IntegrityError

from api.audit import service as audit
from api.audit.tags import Tag
from api.codes import service as codes
from api.codes.service import Dictionary
from api.files import service as files
from api.files.models import FilePurpose
from api.funds import queries, rules, telling
from api.funds.errors import (
    AccountClosed,
    AccountExists,
    NoSuchAccount,
    NotContractorHere,
    NoticeRunning,
    WagesOwed,
    WrongTerm,
)
from api.funds.models import Agreement, SpecialAccount
from api.funds.rules import AccountState
from api.funds.schemas import AccountIn, AgreementForm, parties_of
from api.kit import clock
from api.kit.actor import Actor
from api.kit.errors import FieldError
from api.kit.personal import Kind, Personal
from api.kit.routes import Upload
from api.kit.scope import scope_of
from api.kit.transaction import transaction
from api.permissions import Permission
from api.projects import service as projects

UPDATE = Permission.ENTERPRISE_FUNDS_UPDATE
KEPT = timedelta(days=10 * 366)
"""How long scans are kept: longer than any project and its three years after."""
_owed: list[Callable[[UUID], Awaitable[bool]]] = []


def ask_before_closing(owed: Callable[[UUID], Awaitable[bool]]) -> None:
    """Let a room above say whether wages of a project are still owed."""
    _owed.append(owed)


async def contracted(actor: Actor, permission: Permission, project_id: UUID) -> projects.Project:
    """The project whose contractor the actor acts for. NoSuchProject, NotContractorHere."""
    project = await projects.require(actor, permission, project_id)
    if not scope_of(actor, permission).has_tenant(project.enterprise_id):
        raise NotContractorHere
    return project


async def wages_owed(project_id: UUID) -> bool:
    """Whether a room above says that wages of the project are not paid yet."""
    for owed in _owed:
        if await owed(project_id):
            return True
    return False


@asynccontextmanager
async def locked(actor: Actor, account_id: UUID) -> AsyncIterator[SpecialAccount]:
    """An account of the actor's enterprise, locked. NoSuchAccount."""
    async with transaction():
        rows = queries.visible(SpecialAccount, actor, UPDATE).filter(id=account_id)
        row = await rows.select_for_update().first()
        if row is None:
            raise NoSuchAccount
        yield row


async def open_account(actor: Actor, project_id: UUID, given: AccountIn) -> SpecialAccount:
    """The project's account. It waits for its agreement. NotContractorHere, AccountExists."""
    project = await contracted(actor, UPDATE, project_id)
    number = Personal.of(Kind.BANK_CARD, given.number)
    try:
        async with transaction():
            row = await SpecialAccount.create(
                project_id=project.id,
                contractor_id=project.enterprise_id,
                region=project.region,
                bank_code=given.bank_code,
                bank_name=given.bank_name or _bank_name(given.bank_code),
                number=number,
                number_index=number.index,
                opened_on=given.opened_on,
                opened_by=actor.account_id,
            )
            _record(actor, Tag.SPECIAL_ACCOUNT_OPENED, row)
    except IntegrityError:
        raise AccountExists from None
    return row


def _bank_name(code: str) -> str:
    found = codes.lookup(Dictionary.BANKS, code)
    return found.name if found else ""


async def scanned(actor: Actor, upload: Upload | None) -> UUID | None:
    """A scan, re-encoded and kept; None without one. BadPhoto."""
    if upload is None:
        return None
    content = await files.clean(actor, upload, field="scan")
    return await files.store(content, FilePurpose.EVIDENCE, account_id=actor.id, term=KEPT)


async def agree(actor: Actor, account_id: UUID, given: AgreementForm) -> Agreement:
    """The agreement is on record; an account that waited for it is ready. NoSuchAccount."""
    if given.ends_on is not None and given.ends_on < given.starts_on:
        raise WrongTerm(errors=(FieldError("ends_on", WrongTerm.code, WrongTerm.detail),))
    file_id = await scanned(actor, given.scan)
    async with locked(actor, account_id) as row:
        if not row.state.open:
            raise AccountClosed
        made = await Agreement.create(
            special_account_id=row.id,
            project_id=row.project_id,
            contractor_id=row.contractor_id,
            region=row.region,
            number=given.number,
            parties=parties_of(given.parties),
            starts_on=given.starts_on,
            ends_on=given.ends_on,
            file_id=file_id,
            account_id=actor.account_id,
        )
        if row.state is AccountState.OPENING:
            row.state = AccountState.ACTIVE
            await row.save(update_fields=["state"])
        _record(actor, Tag.SPECIAL_ACCOUNT_AGREEMENT_RECORDED, row, agreement=str(made.id))
    return made


async def announce(actor: Actor, account_id: UUID) -> SpecialAccount:
    """Its closing is announced for thirty days; the region is told. AccountClosed."""
    async with locked(actor, account_id) as row:
        if row.state is not AccountState.ACTIVE:
            raise AccountClosed
        row.state, row.announced_on = AccountState.CLOSING, clock.today()
        await row.save(update_fields=["state", "announced_on"])
        params = {
            "project": str(row.project_id),
            "date": rules.notice_until(row.announced_on).isoformat(),
        }
        await telling.tell_region(
            actor, row.region, "funds.closing_region", params, ("region_account", row.id)
        )
        _record(actor, Tag.SPECIAL_ACCOUNT_ANNOUNCED, row)
    return row


async def close(actor: Actor, account_id: UUID) -> SpecialAccount:
    """The account is closed for good.

    AccountClosed, NoticeRunning before the notice is over, WagesOwed while anything is unpaid.
    """
    async with locked(actor, account_id) as row:
        if not row.state.open:
            raise AccountClosed
        if row.announced_on is None or not rules.notice_over(row.announced_on, clock.today()):
            raise NoticeRunning
        if await wages_owed(row.project_id):
            raise WagesOwed
        row.state, row.closed_on = AccountState.CLOSED, clock.today()
        await row.save(update_fields=["state", "closed_on"])
        _record(actor, Tag.SPECIAL_ACCOUNT_CLOSED, row)
    return row


def _record(actor: Actor, tag: Tag, row: SpecialAccount, **facts: str) -> None:
    audit.record(
        actor, tag, ("special_account", row.id), tenant_id=row.contractor_id,
        project=str(row.project_id), **facts,
    )  # fmt: skip


async def announced(project_id: UUID) -> projects.Announcement | None:
    """The public notice of closing the project's account while it runs (art. 27)."""
    row = await queries.open_of(project_id).filter(state=AccountState.CLOSING).first()
    if row is None or row.announced_on is None:
        return None
    if rules.notice_over(row.announced_on, clock.today()):
        return None
    return projects.Announcement(
        "工资专户销户公示",
        f"本项目在{row.bank_name}的工资专户准备销户。还有工资没拿到的，请在公示期内提出。",
        row.announced_on,
        rules.notice_until(row.announced_on),
    )


projects.announce_by(announced)
