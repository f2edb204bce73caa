"""Accidents and contacts as they come in and go out."""

import datetime as dt
from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from api.accidents.rules import MOST_CONTACTS, MOST_PHOTOS, Act, Harm, Relation, Side, State
from api.engagements.schemas import NamedOut
from api.kit.pagination import PageQuery
from api.kit.routes import Upload
from api.kit.schemas import Body, Form, Line, Out, RegionCode, Words
from api.training.schemas import Day
from api.workers.schemas import NameIn, PhoneIn

Place = Annotated[int, Field(ge=1, le=MOST_CONTACTS)]
Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
TOLD = ("told_ambulance", "told_safety", "told_leader", "told_enterprise", "told_family")


class ContactIn(Body):
    """Whom to call, and who he is to the worker."""

    name: NameIn
    phone: PhoneIn
    relation: Relation


class SaidForm(Form):
    """What happened: day, time, place, words, how bad, who was told, photos."""

    happened_on: Day
    happened_at: Clock | None = None
    harm: Harm
    spot: Line
    text: Words
    told_ambulance: bool = False
    told_safety: bool = False
    told_leader: bool = False
    told_enterprise: bool = False
    told_family: bool = False
    photo_1: Upload | None = None
    photo_2: Upload | None = None
    photo_3: Upload | None = None

    @property
    def photos(self) -> dict[str, Upload]:
        """The photos that came, by field."""
        names = [f"photo_{number}" for number in range(1, MOST_PHOTOS + 1)]
        return {name: upload for name in names if (upload := getattr(self, name)) is not None}

    @property
    def told(self) -> list[str]:
        """Who was told, by code."""
        return [name.removeprefix("told_") for name in TOLD if getattr(self, name)]


class AccidentForm(SaidForm):
    """The same on a site; a leader names the member of his team to whom it happened."""

    project_id: UUID
    team_id: UUID | None = None
    member_id: UUID | None = None


class OfficeAccidentForm(SaidForm):
    """The same of a worker on the enterprise's site, by his period there."""

    engagement_id: UUID


class AnswerIn(Body):
    """What the enterprise did: handled, told the insurer, claimed, closed. number: of the claim."""

    act: Literal["handled", "insurer_told", "claimed", "closed"]
    note: Words
    number: Line | None = None


class ClaimIn(Body):
    """That he, or somebody for him, made the claim himself."""

    note: Words | None = None
    number: Line | None = None


class OfficeAccidentQuery(PageQuery):
    """Accidents in one state, of one project; unclaimed: nobody made the claim yet."""

    state: State | None = None
    project_id: UUID | None = None
    harm: Harm | None = None
    unclaimed: bool = False


class RegionAccidentQuery(OfficeAccidentQuery):
    """The same of a region. late: the employer's term is over and nobody claimed."""

    region: RegionCode | None = None
    late: bool = False


class ContactOut(Out):
    """A contact, masked."""

    place: int
    name: str
    phone: str
    relation: Relation


class ContactsOut(Out):
    """One's own contacts, by their place."""

    items: list[ContactOut]


class CalledOut(Out):
    """Somebody to call now: who, masked name, and the number to dial."""

    who: Literal["ambulance", "safety", "manager", "contact"]
    name: str
    relation: Relation | None
    phone: str


class EmergencyOut(Out):
    """一键求助: where one is, in words to tell, and whom to call, in order."""

    site: str
    address: str
    calls: list[CalledOut]


class OpenedContactOut(Out):
    """A contact in plain, for one look in an accident."""

    name: str
    phone: str
    relation: Relation


class OpenedContactsOut(Out):
    """The contacts of the worker to whom it happened."""

    items: list[OpenedContactOut]


class AccidentStepOut(Out):
    """One step: what, by which side, when, and what was said."""

    act: Act
    side: Side
    at: datetime
    note: str


class AccidentOut(Out):
    """An accident as it stands in a list, the worker's name masked.

    employer_days_left, worker_days_left: days to the end of the terms of the claim, below 0 when
    they are over; None once it was made.
    """

    id: UUID
    worker: str
    project: NamedOut
    enterprise: NamedOut
    side: Side
    happened_on: date
    happened_at: str
    harm: Harm
    state: State
    insurer_told_on: date | None
    claimed_on: date | None
    claimed_by: str
    claim_number: str
    employer_due_on: date
    worker_due_on: date
    employer_days_left: int | None
    worker_days_left: int | None
    created_at: dt.datetime


class AccidentWholeOut(AccidentOut):
    """The same opened: where, what, photos for some minutes, who was told, every step.

    may: what can be done now by who reads it.
    """

    spot: str
    text: str
    photos: list[str]
    told: list[str]
    steps: list[AccidentStepOut]
    may: list[str]
