"""集中培训 and who is trained: sessions with who attended and photos, the trained and untrained."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from api.engagements import listing
from api.engagements.schemas import EngagementOut, EngagementQuery
from api.engagements.service import State
from api.kit import clock
from api.kit.actor import Actor
from api.kit.pagination import PageQuery
from api.kit.schemas import Form, Line
from api.permissions import Permission
from api.projects import service as projects
from api.training import sessions as held
from api.training.schemas import Day, Hours
from api.training.service import TrainingKind
from api.training.session_schemas import (
    SessionIn,
    SessionOut,
    SessionPhotoForm,
    SessionQuery,
    SessionWholeOut,
    Trainer,
)
from h5.areas import enterprise
from h5.forms import Typed, filled
from h5.pages import See, page
from h5.rendering import View, address
from h5.views.enterprise.courses import KINDS
from h5.views.enterprise.projects import Options
from h5.views.enterprise.workers import project_options
from h5.views.public.photos import beside

CREATE, READ = Permission.ENTERPRISE_TRAININGS_CREATE, Permission.ENTERPRISE_TRAININGS_READ
LIST = "/enterprise/training/sessions"
PEOPLE = "/enterprise/training/people"
ON_PROJECT = "/training/projects/<project_id:uuid>/sessions"
MOST = 100


class ProjectSessionsQuery(PageQuery):
    """The sessions of one project."""

    project_id: UUID | None = None


class SessionForm(Form):
    """A session: ticked out of the list, and by codes, one on a line."""

    topic: Line
    kind: TrainingKind
    held_on: Day
    hours: Hours
    trainer: Trainer
    worker_ids: Annotated[list[UUID], Field(max_length=200)] = []  # noqa: RUF012
    codes: Annotated[str, StringConstraints(max_length=8_000)] = ""

    @property
    def session(self) -> SessionIn:
        """The same in the words of the API."""
        values = self.model_dump(exclude={"codes"})
        return filled(SessionIn, {**values, "worker_codes": self.codes.split()})


@dataclass(frozen=True, slots=True)
class SessionsPage(View):
    """The sessions on a project."""

    template = "enterprise/sessions.html"
    title = "enterprise.sessions.title"
    rows: tuple[SessionOut, ...]
    query: ProjectSessionsQuery
    projects: Options
    older: str


@dataclass(frozen=True, slots=True)
class NewSessionPage(View):
    """The form of a session, with the people of the project to tick."""

    template = "enterprise/session_form.html"
    title = "enterprise.sessions.new"
    typed: Typed
    project_id: UUID
    project: str
    people: tuple[EngagementOut, ...]
    kinds: tuple[str, ...]
    today: dt.date


@dataclass(frozen=True, slots=True)
class SessionPage(View):
    """A session with who attended and its photos."""

    template = "enterprise/session.html"
    title = "enterprise.sessions.one"
    typed: Typed
    row: SessionWholeOut
    photos: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PeoplePage(View):
    """Who is on site: the untrained first of all."""

    template = "enterprise/trained.html"
    title = "enterprise.trained.title"
    rows: tuple[EngagementOut, ...]
    query: EngagementQuery
    projects: Options
    older: str


@page(enterprise, "GET", "/training/sessions", permission=READ)
async def session_list(actor: Actor, query: ProjectSessionsQuery) -> SessionsPage:
    """The sessions of a project; the newest project's when none is chosen."""
    options = await project_options(actor)
    chosen = query.project_id or (UUID(options[0][0]) if options else None)
    query = query.model_copy(update={"project_id": chosen})
    if chosen is None:
        return SessionsPage((), query, options, "")
    asked = SessionQuery(limit=query.limit, cursor=query.cursor)
    found = await held.listed(actor, chosen, asked)
    older = address(LIST, query, cursor=found.next_cursor) if found.next_cursor else ""
    return SessionsPage(tuple(found.items), query, options, older)


@page(enterprise, "GET", f"{ON_PROJECT}/new", permission=CREATE)
async def new_session(actor: Actor, project_id: UUID, typed: Typed) -> NewSessionPage:
    """The form of a session."""
    project = await projects.require(actor, CREATE, project_id)
    people: list[EngagementOut] = []
    for state in (State.ON_SITE, State.REGISTERED):
        asked = EngagementQuery(project_id=project_id, state=state, limit=MOST)
        people += (await listing.engagements(actor, READ, asked)).items
    return NewSessionPage(
        typed=typed,
        project_id=project_id,
        project=project.name,
        people=tuple(people),
        kinds=KINDS,
        today=clock.today(),
    )


@page(enterprise, "POST", f"{ON_PROJECT}/new", permission=CREATE, again=new_session)
async def record_session(actor: Actor, project_id: UUID, form: SessionForm) -> See:
    """Record the session; everybody who attended has it in his record."""
    row = await held.record(actor, project_id, form.session)
    return See(_session(project_id, row.id), says="enterprise.sessions.recorded")


def _session(project_id: UUID, session_id: UUID) -> str:
    return f"/enterprise/training/projects/{project_id}/sessions/{session_id}"


@page(enterprise, "GET", f"{ON_PROJECT}/<session_id:uuid>", permission=READ)
async def session(actor: Actor, project_id: UUID, session_id: UUID, typed: Typed) -> SessionPage:
    """One session."""
    row = await held.whole(actor, project_id, session_id)
    shown = tuple(beside("enterprise", each.url) for each in row.photos)
    return SessionPage(typed, row, shown)


@page(
    enterprise, "POST", f"{ON_PROJECT}/<session_id:uuid>/photos", permission=CREATE, again=session
)  # fmt: skip
async def add_photo(
    actor: Actor, project_id: UUID, session_id: UUID, form: SessionPhotoForm
) -> See:
    """Add a photo."""
    await held.add_photo(actor, project_id, session_id, form.photo)
    return See(_session(project_id, session_id), says="enterprise.sessions.photo_added")


@page(enterprise, "GET", "/training/people", permission=READ)
async def people_list(actor: Actor, query: EngagementQuery) -> PeoplePage:
    """Who is on site and untrained, or whoever else is asked for."""
    asked = query.model_copy(
        update={
            "state": query.state or State.ON_SITE,
            "trained": False if query.trained is None else query.trained,
        }
    )
    found = await listing.engagements(actor, READ, asked)
    older = address(PEOPLE, asked, cursor=found.next_cursor) if found.next_cursor else ""
    return PeoplePage(tuple(found.items), asked, await project_options(actor), older)
