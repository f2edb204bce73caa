"""Complaints as they go out: to the complainant, to the enterprise, to the authority."""

import datetime as dt
from datetime import datetime
from uuid import UUID

from api.complaints.rules import Act, Body, Check, Kind, OfficeState, Outcome, Side, State, Topic
from api.kit.schemas import Out


class NamedOut(Out):
    """A project or enterprise by name."""

    id: UUID
    name: str


class ComplaintPlaceOut(Out):
    """A project with an enterprise that he may complain of."""

    project: NamedOut
    enterprise: NamedOut


class ComplaintPlacesOut(Out):
    """Where he is or was, the newest first."""

    items: list[ComplaintPlaceOut]


class ComplaintStepOut(Out):
    """One step. to: the region and office to which it went. by_itself: the clock did it."""

    act: Act
    side: Side
    at: datetime
    note: str
    to: str
    due_on: dt.date | None
    by_itself: bool


class ComplaintOut(Out):
    """A complaint as the complainant sees it in a list.

    days_left: working days up to the next deadline, below 0 when it is over. provisional: the
    holidays of the deadline's year are not published yet.
    """

    id: UUID
    number: str
    kind: Kind
    topic: Topic
    project: NamedOut
    enterprise: NamedOut
    addressee: Body
    holder: Body
    office: str
    anonymous: bool
    state: State
    outcome: Outcome
    filed_at: datetime
    accept_by: dt.date
    answer_by: dt.date | None
    due_on: dt.date | None
    days_left: int | None
    provisional: bool
    overdue: bool


class OwnComplaintOut(ComplaintOut):
    """One complaint of his own with every step. photos: addresses for him alone, for minutes.

    digest: SHA-256 of the frozen evidence. may: what he can say now.
    """

    text: str
    photos: list[str]
    voice_seconds: int
    digest: str
    steps: list[ComplaintStepOut]
    may: list[str]


class EvidenceOut(Out):
    """The frozen evidence with its hash; intact: the hash is still right."""

    number: str
    digest: str
    intact: bool
    taken_at: datetime
    from_on: dt.date
    to_on: dt.date
    days: list[dict[str, object]]
    lines: list[dict[str, object]]
    slips: list[dict[str, object]]


class OfficeStepOut(Out):
    """One step as the enterprise sees it; the worker's and the clock's by their day alone."""

    act: Act
    side: Side
    on: dt.date
    note: str


class OfficeComplaintOut(Out):
    """A complaint as the enterprise sees it in its inbox. complainant: masked, or empty."""

    id: UUID
    number: str
    kind: Kind
    topic: Topic
    project: NamedOut
    enterprise: NamedOut
    anonymous: bool
    complainant: str
    state: OfficeState
    filed_on: dt.date
    accept_by: dt.date | None
    answer_by: dt.date | None
    days_left: int | None


class OfficeComplaintWholeOut(OfficeComplaintOut):
    """The same with what may be read of it: text, photos and recording once they passed."""

    content: Check
    text: str
    photos: list[str]
    voice_seconds: int
    sealed: int
    """How many photos and recordings the authority alone may see."""
    steps: list[OfficeStepOut]


class RegionComplaintOut(ComplaintOut):
    """A complaint as the region's officers see it in their queue."""

    region: str
    region_name: str
    complainant: str
    content: Check
    flagged_on: dt.date | None


class RegionComplaintWholeOut(RegionComplaintOut):
    """The same with everything; worker_id opens his record, where the audit keeps who looked."""

    worker_id: UUID
    text: str
    photos: list[str]
    voice_seconds: int
    digest: str
    extended: bool
    read_on: dt.date | None
    steps: list[ComplaintStepOut]
    may: list[str]
