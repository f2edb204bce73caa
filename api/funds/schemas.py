"""Special accounts as they come in and go out."""

import datetime as dt
import re
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from api.codes import service as codes
from api.codes.service import Dictionary
from api.funds.rules import AccountState, EntryKind, GuaranteeKind, GuaranteeState
from api.kit.pagination import PageQuery
from api.kit.routes import Upload
from api.kit.schemas import Body, Form, Line, Out, RegionCode
from api.projects.schemas import Day

MOST_FEN = 10**13
Fen = Annotated[int, Field(ge=-MOST_FEN, le=MOST_FEN)]
Number = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[0-9]{8,30}$")]
Name = Annotated[Line, Field(max_length=50)]


def _bank(code: str) -> str:
    if not codes.is_known(Dictionary.BANKS, code):
        raise ValueError("没有这个银行。请从列表里选。")
    return code


def _two(text: str) -> str:
    if not 2 <= len(parties_of(text)) <= 4:
        raise ValueError("写清协议各方，用“、”隔开，例如：总包单位、银行。")
    return text


def parties_of(text: str) -> list[str]:
    """The names in a line, which stand between commas."""
    return [each.strip() for each in re.split(r"[、，,]", text) if each.strip()]


def _percent(text: str) -> str:
    if Decimal(text) > 100:
        raise ValueError("比例最多 100%。请检查。")
    return text


Ratio = Annotated[
    str, StringConstraints(pattern=r"^[0-9]{1,3}(\.[0-9]{1,2})?$"), AfterValidator(_percent)
]
BankCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{3}$"), AfterValidator(_bank)]


class AccountIn(Body):
    """A special account as it was opened at a bank."""

    bank_code: BankCode
    bank_name: Line | None = None
    number: Number
    opened_on: Day


class AgreementForm(Form):
    """An agreement to pay wages through the bank, with its scan."""

    number: Name
    parties: Annotated[Line, Field(max_length=200), AfterValidator(_two)]
    starts_on: Day
    ends_on: Day | None = None
    scan: Upload


class EntryForm(Form):
    """A line of the ledger: in is positive, out negative."""

    kind: EntryKind
    amount_fen: Fen
    on: Day
    reference: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z-]{1,64}$")] | None = None
    note: Annotated[Line, Field(max_length=200)] | None = None
    scan: Upload | None = None


class GuaranteeIn(Body):
    """A deposit, or a guarantee of a bank or an insurer; `ratio` in percent of the contract."""

    kind: GuaranteeKind
    amount_fen: Annotated[int, Field(ge=1, le=MOST_FEN)]
    ratio: Ratio
    number: Name
    issued_by: Line
    valid_to: Day | None = None


class AccountQuery(PageQuery):
    """Which accounts: of a project, in a state, in a region; `differs`: not as the bank says."""

    project_id: UUID | None = None
    state: AccountState | None = None
    region: RegionCode | None = None
    differs: bool = False


class NamedOut(Out):
    """Something by its name."""

    id: UUID
    name: str


class AgreementOut(Out):
    """An agreement; `holds`: it is in force today."""

    id: UUID
    number: str
    parties: list[str]
    starts_on: dt.date
    ends_on: dt.date | None
    holds: bool
    scan: str


class AccountOut(Out):
    """A special account. `number` is masked. `notice_until`: the last day of the public notice.

    bank_fen: what the bank said at bank_asked_at that it holds, bank_gap_fen: so much more than
    our ledger then; both null before the first time, or without an interface to the bank.
    """

    id: UUID
    project: NamedOut
    contractor: NamedOut
    bank_code: str
    bank_name: str
    number: str
    state: AccountState
    balance_fen: int
    bank_fen: int | None
    bank_gap_fen: int | None
    bank_asked_at: dt.datetime | None
    opened_on: dt.date
    notice_until: dt.date | None
    closed_on: dt.date | None


class AccountWholeOut(AccountOut):
    """The same with its agreements, newest first; `ready`: wages can be paid today.

    last_transfer_on: when labour cost came in last; late: more than 31 days ago (L-11).
    """

    agreements: list[AgreementOut]
    ready: bool
    last_transfer_on: dt.date | None
    late: bool


class EntryOut(Out):
    """A line of the ledger; `flagged`: it was no wage. `scan`: address of the bank's slip."""

    id: UUID
    kind: EntryKind
    amount_fen: int
    balance_fen: int
    on: dt.date
    reference: str | None
    note: str
    flagged: bool
    scan: str | None


class GuaranteeOut(Out):
    """A deposit or guarantee."""

    id: UUID
    kind: GuaranteeKind
    amount_fen: int
    ratio: str
    number: str
    issued_by: str
    valid_to: dt.date | None
    state: GuaranteeState


def ratio_text(ratio: Decimal) -> str:
    """Percent as it is written."""
    return f"{ratio.normalize():f}"
