"""计酬约定: who of a site is paid by what, and for each worker what holds, held and will hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from api.kit import clock
from api.kit.actor import Actor
from api.kit.money import fen
from api.kit.pagination import PageQuery
from api.kit.schemas import Form
from api.permissions import Permission
from api.wages import terms, terms_reading
from api.wages.answers import PaidOut, VersionOut, VersionState, WorkerTermsOut
from api.wages.reckoning import OVERTIME_PERCENT, PayKind
from api.wages.schemas import PaidQuery, TermsIn
from h5.areas import enterprise
from h5.forms import Typed, filled
from h5.pages import See, page
from h5.rendering import View, address
from h5.views.enterprise.wages import LIST, Options, Yuan, project_options

READ, UPDATE = Permission.ENTERPRISE_WAGES_READ, Permission.ENTERPRISE_WAGES_UPDATE
TERMS = f"{LIST}/terms"
ONE = "/wages/terms/<project_id:uuid>/<worker_id:uuid>"
PAY_KINDS = tuple(each.value for each in PayKind)
Hours = Annotated[Decimal, Field(ge=1, le=24, max_digits=4, decimal_places=2)]
Percent = Annotated[int, Field(ge=100, le=500)]


class TermsForm(Form):
    """How a worker is paid, in yuan."""

    pay_kind: PayKind
    rate_yuan: Yuan
    unit_hours: Hours = Decimal(8)
    overtime_percent: Percent = OVERTIME_PERCENT
    overtime_yuan: Yuan | None = None
    pay_day: Annotated[int, Field(ge=1, le=31)] | None = None
    effective_from: date

    def given(self, worker_id: UUID, project_id: UUID) -> TermsIn:
        """The same of one worker on a project."""
        overtime = None if self.overtime_yuan is None else fen(self.overtime_yuan)
        said = {
            "worker_id": worker_id, "project_id": project_id, "pay_kind": self.pay_kind,
            "rate_fen": fen(self.rate_yuan), "unit_hours": str(self.unit_hours),
            "overtime_percent": self.overtime_percent, "overtime_fen": overtime,
            "pay_day": self.pay_day, "effective_from": self.effective_from,
        }  # fmt: skip
        return filled(TermsIn, said)


class SiteQuery(PageQuery):
    """Of which project; without one, of the newest."""

    project_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class PaidPage(View):
    """Those at work on a site and what each is paid by."""

    template = "enterprise/wage_terms.html"
    title = "enterprise.wage_terms.title"
    projects: Options
    project_id: str
    rows: tuple[PaidOut, ...]
    older: str


@dataclass(frozen=True, slots=True)
class WorkerTermsPage(View):
    """All versions of one worker's terms, and the form of the next."""

    template = "enterprise/worker_terms.html"
    title = "enterprise.wage_terms.title"
    typed: Typed
    worker: WorkerTermsOut
    now: VersionOut | None
    pay_kinds: tuple[str, ...]
    today: str
    may_set: bool


def now_of(versions: Iterable[VersionOut]) -> VersionOut | None:
    """What holds today, with which the form of new terms begins."""
    return next((each for each in versions if each.state is VersionState.NOW), None)


@page(enterprise, "GET", "/wages/terms", permission=READ)
async def wage_terms(actor: Actor, query: SiteQuery) -> PaidPage:
    """Who of a site is paid by what today."""
    sites = await project_options(actor)
    site = query.project_id or (UUID(sites[0][0]) if sites else None)
    if site is None:
        return PaidPage(projects=sites, project_id="", rows=(), older="")
    asked = PaidQuery(project_id=site, limit=query.limit, cursor=query.cursor)
    found = await terms_reading.paid(actor, READ, asked)
    return PaidPage(
        projects=sites,
        project_id=str(site),
        rows=tuple(found.items),
        older=address(TERMS, asked, cursor=found.next_cursor) if found.next_cursor else "",
    )


@page(enterprise, "GET", ONE, permission=READ, back=TERMS)
async def worker_terms(
    actor: Actor, project_id: UUID, worker_id: UUID, typed: Typed
) -> WorkerTermsPage:
    """What was agreed with one worker: since when, by whom, what held before."""
    found = await terms_reading.of_worker(actor, READ, project_id, worker_id)
    return WorkerTermsPage(
        typed=typed,
        worker=found,
        now=now_of(found.versions),
        pay_kinds=PAY_KINDS,
        today=clock.today().isoformat(),
        may_set=found.enterprise.id in actor.tenants_of(UPDATE),
    )


@page(enterprise, "POST", ONE, permission=UPDATE, again=worker_terms)
async def set_worker_terms(actor: Actor, project_id: UUID, worker_id: UUID, form: TermsForm) -> See:
    """From a day on he is paid so; he is told."""
    await terms.set_terms(actor, form.given(worker_id, project_id))
    return See(f"{TERMS}/{project_id}/{worker_id}", says="enterprise.wage_line.terms_set")
