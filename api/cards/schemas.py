"""Cards as they come in and go out; numbers are masked in every answer."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from api.cards.models import WorkerCard, WorkerCardStep
from api.cards.rules import Act, State
from api.kit.pagination import PageQuery
from api.kit.personal import Kind, Personal, PersonalIn
from api.kit.schemas import Body, Line, Note, Out
from api.training.schemas import Day, WorkerCode
from api.workers.models import Worker
from api.workers.schemas import bank_card_text
from api.workers.service import printed

CardNumber = Annotated[Personal, PersonalIn(Kind.BANK_CARD, bank_card_text, max_length=40)]


class CardIn(Body):
    """A card that the bank has issued, as printed. enterprise_id: whose staff hands it out."""

    worker_code: WorkerCode
    number: CardNumber
    bank_name: Line
    issued_on: Day | None = None
    enterprise_id: UUID | None = None


class ReplacementIn(Body):
    """The card that comes in the place of another, and why."""

    number: CardNumber
    bank_name: Line | None = None
    issued_on: Day | None = None
    reason: Note


class CardLookupIn(Body):
    """The number of a card that is shown at a gate; in the body, never in an address."""

    number: CardNumber


class CardQuery(PageQuery):
    """Cards in one state, or of one worker."""

    state: State | None = None
    worker_id: UUID | None = None


class CardStepOut(Out):
    """What happened to a card, and when."""

    act: Act
    at: datetime
    reason: str

    @classmethod
    def of(cls, row: WorkerCardStep) -> "CardStepOut":
        """The step as shown."""
        return cls(act=row.act, at=row.created_at, reason=row.reason)


class CardOut(Out):
    """A card, its number masked, with everything that happened to it."""

    id: UUID
    worker_id: UUID
    worker: str
    number: str
    bank_name: str
    issued_on: date
    issuer: str
    state: State
    replaces_id: UUID | None
    closed_on: date | None
    steps: list[CardStepOut]

    @classmethod
    def of(
        cls, row: WorkerCard, worker: str, issuer: str, steps: list[WorkerCardStep]
    ) -> "CardOut":
        """The card as its holder and the issuer see it."""
        return cls(
            id=row.id,
            worker_id=row.worker_id,
            worker=worker,
            number=row.number.masked,
            bank_name=row.bank_name,
            issued_on=row.issued_on,
            issuer=issuer,
            state=row.state,
            replaces_id=row.replaces_id,
            closed_on=row.closed_on,
            steps=[CardStepOut.of(each) for each in steps],
        )


class OwnCardsOut(Out):
    """One's own cards, the newest first; `active_id`: the one that counts, if any."""

    active_id: UUID | None
    items: list[CardOut]


class CardCheckOut(Out):
    """Who holds a card that counts, masked, for whoever stands at the gate."""

    name: str
    verification_code: str
    bank_name: str
    issued_on: date

    @classmethod
    def of(cls, row: WorkerCard, holder: Worker) -> "CardCheckOut":
        """The holder as a checker sees him."""
        return cls(
            name=holder.name.masked,
            verification_code=printed(holder.code) or "",
            bank_name=row.bank_name,
            issued_on=row.issued_on,
        )
