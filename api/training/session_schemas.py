"""Group sessions as they come in and go out."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from api.kit.pagination import PageQuery
from api.kit.routes import Upload
from api.kit.schemas import Body, Form, Line, Out
from api.training.models import GroupSession, TrainingKind
from api.training.schemas import Day, Hours, WorkerCode

MOST_PEOPLE = 200
Trainer = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=50)]


class SessionIn(Body):
    """A training that was held, and who attended: by code, or out of the project's own list.

    enterprise_id: whose training; left out, the actor's own enterprise.
    """

    topic: Line
    kind: TrainingKind
    held_on: Day
    hours: Hours
    trainer: Trainer
    worker_codes: list[WorkerCode] = Field(default_factory=list, max_length=MOST_PEOPLE)
    worker_ids: list[UUID] = Field(default_factory=list, max_length=MOST_PEOPLE)
    enterprise_id: UUID | None = None


class SessionPhotoForm(Form):
    """A photo of the sign-in list or the room."""

    photo: Upload


class SessionQuery(PageQuery):
    """The sessions of one kind."""

    kind: TrainingKind | None = None


class SessionOut(Out):
    """A group session. Hours as a decimal string. people: how many attended."""

    id: UUID
    project_id: UUID
    enterprise_id: UUID
    enterprise: str
    kind: TrainingKind
    topic: str
    trainer: str
    held_on: date
    hours: Decimal
    people: int
    created_at: datetime

    @classmethod
    def of(cls, row: GroupSession, enterprise: str) -> "SessionOut":
        """The session as shown."""
        return cls(
            id=row.id,
            project_id=row.project_id,
            enterprise_id=row.enterprise_id,
            enterprise=enterprise,
            kind=row.kind,
            topic=row.topic,
            trainer=row.trainer,
            held_on=row.held_on,
            hours=row.hours,
            people=row.people,
            created_at=row.created_at,
        )


class AttendeeOut(Out):
    """Somebody who attended, his name masked."""

    worker_id: UUID
    worker: str


class SessionPhotoOut(Out):
    """A photo by a short-lived address."""

    id: UUID
    url: str


class SessionWholeOut(SessionOut):
    """A session with everybody who attended and its photos."""

    attendees: list[AttendeeOut]
    photos: list[SessionPhotoOut]
