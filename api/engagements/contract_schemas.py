"""Contracts as they come in and go out."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from api.engagements.contract_text import TITLES, PayKind
from api.engagements.models import Contract, ContractKind, ContractState
from api.engagements.schemas import NamedOut, Narrowing
from api.kit.routes import Upload
from api.kit.schemas import Body, Form, Out
from api.training.schemas import Day


class ContractIn(Body):
    """What is agreed. paper_signed_on: the day on which it was signed on paper already.

    pay_day: the day of the month on which wages are paid; the project's own when left out.
    """

    kind: ContractKind
    pay_kind: PayKind
    pay_fen: Annotated[int, Field(gt=0, le=10**9)]
    pay_day: Annotated[int, Field(ge=1, le=31)] | None = None
    starts_on: Day
    ends_on: Day | None = None
    paper_signed_on: Day | None = None


class ContractQuery(Narrowing):
    """Contracts in one state, of one worker, or entered too late."""

    state: ContractState | None = None
    worker_id: UUID | None = None
    late: bool | None = None


class SignatureForm(Form):
    """The worker's signature: drawn strokes as a picture, or a confirmation.

    sha256: of the text that he read, as it was shown to him; then another text is refused.
    """

    strokes: Upload | None = None
    confirmed: bool = False
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None


class ContractOut(Out):
    """A contract without its text. `late`: entered more than 15 days after it was signed."""

    id: UUID
    kind: ContractKind
    title: str
    template: str
    state: ContractState
    worker_id: UUID
    worker: str
    project: NamedOut
    enterprise: NamedOut
    pay_kind: PayKind
    pay_fen: int
    pay_day: int
    starts_on: date
    ends_on: date | None
    paper_signed_on: date | None
    late: bool
    drawn: bool
    signed_at: datetime | None
    created_at: datetime

    @classmethod
    def of(
        cls, row: Contract, *, worker: str, project: NamedOut, enterprise: NamedOut
    ) -> "ContractOut":
        """The contract as shown, with the names that the caller looked up."""
        return cls(
            id=row.id,
            kind=ContractKind(row.kind),
            title=TITLES[ContractKind(row.kind)],
            template=row.template,
            state=ContractState(row.state),
            worker_id=row.worker_id,
            worker=worker,
            project=project,
            enterprise=enterprise,
            pay_kind=PayKind(row.pay_kind),
            pay_fen=row.pay_fen,
            pay_day=row.pay_day,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            paper_signed_on=row.paper_signed_on,
            late=row.late,
            drawn=row.strokes_file_id is not None,
            signed_at=row.signed_at,
            created_at=row.created_at,
        )


class ContractTextOut(ContractOut):
    """One's own copy: the exact words, their SHA-256, and whether they are as they were made."""

    text: str
    sha256: str
    intact: bool
