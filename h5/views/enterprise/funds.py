"""工资专户: a project's account, its ledger, agreements and guarantees."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from api.codes.service import Dictionary
from api.funds import guarantees, ledger, opening, reading
from api.funds import service as funds
from api.funds.rules import AccountState, EntryKind, GuaranteeKind
from api.funds.schemas import (
    AccountIn,
    AccountQuery,
    AccountWholeOut,
    AgreementForm,
    EntryForm,
    EntryOut,
    GuaranteeIn,
    GuaranteeOut,
)
from api.kit import clock
from api.kit.actor import Actor
from api.kit.money import fen
from api.kit.pagination import PageQuery
from api.kit.routes import Upload
from api.kit.schemas import Form, Line
from api.permissions import Permission
from api.projects import listing
from api.projects.schemas import ProjectOut
from h5.areas import enterprise
from h5.forms import Typed, filled
from h5.pages import See, page
from h5.rendering import View, address
from h5.views.enterprise.projects import LIST, ONE, Options, options
from h5.views.public.photos import beside

READ, UPDATE = Permission.ENTERPRISE_FUNDS_READ, Permission.ENTERPRISE_FUNDS_UPDATE
HERE = f"{ONE}/account"
KINDS = tuple(each.value for each in EntryKind if each.by_hand)
GUARANTEES = tuple(each.value for each in GuaranteeKind)
Yuan = Annotated[Decimal, Field(gt=-(10**10), lt=10**10, max_digits=13, decimal_places=2)]


class EntryYuanForm(Form):
    """A line of the ledger, in yuan: in is positive, out negative."""

    kind: EntryKind
    amount_yuan: Yuan
    on: date
    reference: str | None = None
    note: Line | None = None
    scan: Upload | None = None

    @property
    def given(self) -> EntryForm:
        """The same in fen."""
        values = self.model_dump(exclude={"amount_yuan", "scan"}, exclude_none=True)
        return filled(EntryForm, {**values, "amount_fen": fen(self.amount_yuan), "scan": self.scan})


class GuaranteeYuanForm(Form):
    """A deposit or guarantee, in yuan."""

    kind: GuaranteeKind
    amount_yuan: Yuan
    ratio: str
    number: str
    issued_by: Line
    valid_to: date | None = None

    @property
    def given(self) -> GuaranteeIn:
        """The same in fen."""
        values = self.model_dump(exclude={"amount_yuan"}, exclude_none=True)
        return filled(GuaranteeIn, {**values, "amount_fen": fen(self.amount_yuan)})


@dataclass(frozen=True, slots=True)
class AccountPage(View):
    """The project's account; the form to register it while there is none.

    contracts: the actor's enterprise is the general contractor, who registers it. elsewhere: the
    general contractor has one, which the actor does not see. closes_on: from that day on it may be
    closed, none while that is not announced.
    """

    template = "enterprise/account.html"
    title = "enterprise.funds.title"
    typed: Typed
    project: ProjectOut
    account: AccountWholeOut | None
    entries: tuple[EntryOut, ...]
    slips: dict[UUID, str]
    """Where the scans of lines and agreements are."""
    older: str
    guarantees: tuple[GuaranteeOut, ...]
    banks: Options
    kinds: tuple[str, ...]
    guarantee_kinds: tuple[str, ...]
    today: str
    may_change: bool
    contracts: bool
    elsewhere: bool
    closes_on: date | None
    may_close: bool


@page(enterprise, "GET", HERE, permission=READ)
async def account(actor: Actor, project_id: UUID, query: PageQuery, typed: Typed) -> AccountPage:
    """The account with a page of its ledger."""
    project = await listing.one(actor, READ, project_id)
    found = await reading.accounts(actor, READ, AccountQuery(project_id=project_id, limit=1))
    row = await reading.account(actor, READ, found.items[0].id) if found.items else None
    lines = await reading.entries(actor, READ, row.id, query) if row else None
    entries = tuple(lines.items) if lines else ()
    cursor = lines.next_cursor if lines else None
    contractor_id = row.contractor.id if row else project.enterprise_id
    contracts = contractor_id in actor.tenants_of(READ)
    closes_on = _closes_on(row)
    stands = await reading.guarantees(actor, READ, project_id, PageQuery(limit=20))
    return AccountPage(
        typed=typed,
        project=project,
        account=row,
        entries=entries,
        slips=_slips(row, entries),
        older=address(f"{LIST}/{project_id}/account", query, cursor=cursor) if cursor else "",
        guarantees=tuple(stands.items),
        banks=options(Dictionary.BANKS),
        kinds=KINDS,
        guarantee_kinds=GUARANTEES,
        today=clock.today().isoformat(),
        may_change=contractor_id in actor.tenants_of(UPDATE),
        contracts=contracts,
        elsewhere=not contracts and await funds.of_project(project_id) is not None,
        closes_on=closes_on,
        may_close=closes_on is not None and closes_on <= clock.today(),
    )


def _closes_on(row: AccountWholeOut | None) -> date | None:
    if row is None or row.state is not AccountState.CLOSING or row.notice_until is None:
        return None
    return row.notice_until + timedelta(days=1)


def _slips(row: AccountWholeOut | None, entries: tuple[EntryOut, ...]) -> dict[UUID, str]:
    scans = {each.id: each.scan for each in entries if each.scan}
    scans |= {each.id: each.scan for each in (row.agreements if row else [])}
    return {row_id: beside("enterprise", url) for row_id, url in scans.items()}


def _seen(project_id: UUID, what: str) -> See:
    return See(f"{LIST}/{project_id}/account", says=f"enterprise.funds.done.{what}")


@page(enterprise, "POST", HERE, permission=UPDATE, again=account)
async def open_account(actor: Actor, project_id: UUID, form: AccountIn) -> See:
    """Register the account."""
    await opening.open_account(actor, project_id, form)
    return _seen(project_id, "opened")


OF = f"{HERE}/<special_account_id:uuid>"


@page(enterprise, "POST", f"{OF}/agreements", permission=UPDATE, again=account)
async def add_agreement(
    actor: Actor, project_id: UUID, special_account_id: UUID, form: AgreementForm
) -> See:
    """Record an agreement."""
    await opening.agree(actor, special_account_id, form)
    return _seen(project_id, "agreed")


@page(enterprise, "POST", f"{OF}/entries", permission=UPDATE, again=account)
async def add_entry(
    actor: Actor, project_id: UUID, special_account_id: UUID, form: EntryYuanForm
) -> See:
    """Write a line."""
    await ledger.enter(actor, special_account_id, form.given)
    return _seen(project_id, "entered")


@page(enterprise, "POST", f"{OF}/closing", permission=UPDATE, again=account)
async def announce(actor: Actor, project_id: UUID, special_account_id: UUID) -> See:
    """Begin the public notice."""
    await opening.announce(actor, special_account_id)
    return _seen(project_id, "announced")


@page(enterprise, "POST", f"{OF}/closure", permission=UPDATE, again=account)
async def close(actor: Actor, project_id: UUID, special_account_id: UUID) -> See:
    """Close it for good."""
    await opening.close(actor, special_account_id)
    return _seen(project_id, "closed")


@page(enterprise, "POST", f"{HERE}/guarantees", permission=UPDATE, again=account)
async def add_guarantee(actor: Actor, project_id: UUID, form: GuaranteeYuanForm) -> See:
    """Record a deposit or guarantee."""
    await guarantees.add(actor, project_id, form.given)
    return _seen(project_id, "guaranteed")


@page(
    enterprise, "POST", f"{HERE}/guarantees/<guarantee_id:uuid>/return", permission=UPDATE,
    again=account,
)  # fmt: skip
async def return_guarantee(actor: Actor, project_id: UUID, guarantee_id: UUID) -> See:
    """It was given back."""
    await guarantees.give_back(actor, guarantee_id)
    return _seen(project_id, "given_back")
