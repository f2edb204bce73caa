"""Collected workers as they come in and go out; persons masked."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, StringConstraints

from api.codes import service as codes
from api.codes.service import Dictionary
from api.collecting.identity import Identity, IdentityIn
from api.collecting.models import LinkState, RowStatus, WorkerImport, WorkerImportRow, WorkerLink
from api.kit.pagination import PageQuery
from api.kit.personal import Kind, Personal, PersonalIn, phone
from api.kit.routes import Upload
from api.kit.schemas import Body, Form, Out, Page
from api.workers import service as workers
from verification import names
from verification.reasons import Refused


def _name(text: str) -> str:
    try:
        return names.parse(text, latin=True)
    except Refused as refused:
        raise ValueError(refused.code.sentence) from None


def _trade(text: str) -> str:
    found = codes.lookup(Dictionary.WORK_TYPES, text)
    code = found.code if found else codes.code_of(Dictionary.WORK_TYPES, text)
    if code is None:
        raise ValueError("没有这个工种。请从工种表里选一个。")
    return code


PersonName = Annotated[Personal, PersonalIn(Kind.NAME, _name, max_length=60)]
PersonPhone = Annotated[Personal, PersonalIn(Kind.PHONE, phone)]
Trade = Annotated[str, StringConstraints(max_length=30), AfterValidator(_trade)]


class PersonIn(Body):
    """A worker as an enterprise reports him. trade: a code of the trades, or its name."""

    name: PersonName
    id_number: Annotated[Identity, IdentityIn()]
    phone: PersonPhone | None = None
    trade: Trade | None = None


class CollectIn(PersonIn):
    """One worker to collect; the enterprise may be left out by those who have only one."""

    enterprise_id: UUID | None = None


class RowIn(PersonIn):
    """The cells of one row: all of them text."""

    model_config = ConfigDict(strict=False)


class ImportForm(Form):
    """An XLSX or CSV file of at most 1,000 workers, in the columns of the template."""

    file: Upload
    enterprise_id: UUID | None = None


class LinkQuery(PageQuery):
    """Links of one enterprise, in one state."""

    enterprise_id: UUID | None = None
    state: Literal[LinkState.PROPOSED, LinkState.CONFIRMED] | None = None


class LinkDecisionIn(Body):
    """The worker's word on a link."""

    decision: Literal["confirm", "deny"]


class CollectedOut(Out):
    """A collected worker. Phone and code are shown once he has confirmed."""

    id: UUID
    enterprise_id: UUID
    worker_id: UUID
    name: str
    id_number: str
    phone: str | None
    verified: bool
    verification_code: str | None
    trade: str
    trade_name: str
    state: LinkState
    collected_at: datetime

    @classmethod
    def of(cls, link: WorkerLink) -> "CollectedOut":
        """The link with its worker, who is loaded."""
        worker, confirmed = link.worker, link.state is LinkState.CONFIRMED
        trade = codes.lookup(Dictionary.WORK_TYPES, link.trade)
        return cls(
            id=link.id,
            enterprise_id=link.enterprise_id,
            worker_id=worker.id,
            name=worker.name.masked,
            id_number=worker.number.masked,
            phone=worker.phone.masked if confirmed and worker.phone else None,
            verified=worker.verified_at is not None,
            verification_code=workers.printed(worker.code) if confirmed else None,
            trade=link.trade,
            trade_name=trade.name if trade else "",
            state=link.state,
            collected_at=link.created_at,
        )


class CollectedPage(Page[CollectedOut]):
    """Collected workers, newest first; those who denied are only counted."""

    denied: int


class CollectOut(Out):
    """What became of the worker: new, already known, or already collected."""

    status: RowStatus
    worker: CollectedOut


class LinkEnterpriseOut(Out):
    """The enterprise that says so."""

    id: UUID
    name: str


class LinkOut(Out):
    """Who collected the worker, when, and what he says of it."""

    id: UUID
    enterprise: LinkEnterpriseOut
    trade: str
    trade_name: str
    state: LinkState
    collected_at: datetime
    decided_at: datetime | None

    @classmethod
    def of(cls, link: WorkerLink, names_by_id: Mapping[UUID, str]) -> "LinkOut":
        """The link as its worker sees it."""
        trade = codes.lookup(Dictionary.WORK_TYPES, link.trade)
        name = names_by_id.get(link.enterprise_id, "")
        return cls(
            id=link.id,
            enterprise=LinkEnterpriseOut(id=link.enterprise_id, name=name),
            trade=link.trade,
            trade_name=trade.name if trade else "",
            state=link.state,
            collected_at=link.created_at,
            decided_at=link.decided_at,
        )


class RowErrorOut(Out):
    """What is wrong with a cell and what to do."""

    path: str
    code: str
    message: str


class RowOut(Out):
    """What became of one row; `number` as the spreadsheet counts, the header being 1."""

    number: int
    status: RowStatus
    errors: list[RowErrorOut]
    link_id: UUID | None

    @classmethod
    def of(cls, row: WorkerImportRow) -> "RowOut":
        """The row as shown."""
        errors = [RowErrorOut(**error) for error in row.errors]
        return cls(number=row.number, status=row.status, errors=errors, link_id=row.link_id)


class ImportOut(Out):
    """One import: how many rows there were and how many ended how."""

    id: UUID
    enterprise_id: UUID
    created_at: datetime
    done: bool
    total: int
    counts: dict[RowStatus, int]

    @classmethod
    def of(cls, report: WorkerImport, counts: Mapping[RowStatus, int]) -> "ImportOut":
        """The import as shown."""
        return cls(
            id=report.id,
            enterprise_id=report.enterprise_id,
            created_at=report.created_at,
            done=report.done,
            total=report.total,
            counts={status: counts.get(status, 0) for status in RowStatus},
        )


class ImportReportOut(ImportOut):
    """One import with all its rows, in their order."""

    rows: list[RowOut]
