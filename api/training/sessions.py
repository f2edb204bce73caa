"""集中培训: a training that was held for several, recorded with who attended and photos."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.enterprises import service as enterprises
from api.files import service as files
from api.files.models import FilePurpose
from api.kit import clock
from api.kit.actor import Actor
from api.kit.errors import FieldError
from api.kit.ids import new_id
from api.kit.pagination import page
from api.kit.routes import Upload
from api.kit.schemas import Page
from api.kit.transaction import transaction
from api.permissions import Permission
from api.projects import service as projects
from api.training import queries, records
from api.training.errors import (
    HeldInFuture,
    NobodyThere,
    NoSuchSession,
    NotOnProject,
    TooManyPhotos,
)
from api.training.models import GroupSession, SessionPhoto, Training
from api.training.session_schemas import (
    AttendeeOut,
    SessionIn,
    SessionOut,
    SessionPhotoOut,
    SessionQuery,
    SessionWholeOut,
)
from api.training.sites import sites
from api.training.units import employer
from api.workers import service as workers

CREATE, READ = Permission.ENTERPRISE_TRAININGS_CREATE, Permission.ENTERPRISE_TRAININGS_READ
MOST_PHOTOS = 6
KEPT = timedelta(days=731)
"""Photos of a training are kept as long as images of attendance (L-26)."""


async def record(actor: Actor, project_id: UUID, given: SessionIn) -> GroupSession:
    """The session, and the record of everybody who attended.

    NoSuchProject, NotParticipating, NoSuchCode, CodeNotActive, HeldInFuture, NobodyThere,
    NotOnProject.
    """
    require_past(given.held_on)
    project = await projects.require(actor, CREATE, project_id)
    unit = await employer(actor, CREATE, project, given.enterprise_id, clock.today())
    people = await _people(project.id, given)
    session = GroupSession(
        id=new_id(), project_id=project.id, enterprise_id=unit,
        contractor_id=project.enterprise_id, region=project.region, kind=given.kind,
        topic=given.topic, trainer=given.trainer, held_on=given.held_on, hours=given.hours,
        people=len(people), recorded_by=actor.account_id,
    )  # fmt: skip
    await write(actor, session, people)
    return session


async def write(actor: Actor, session: GroupSession, people: Iterable[UUID]) -> list[Training]:
    """The session and its records are there, whole or not at all."""
    ids = list(people)
    places = {each.worker_id: each for each in await sites().on_project(session.project_id, ids)}
    rows = [
        Training(
            id=new_id(), worker_id=each, project_id=session.project_id,
            enterprise_id=session.enterprise_id, contractor_id=session.contractor_id,
            region=session.region, kind=session.kind.value, held_on=session.held_on,
            hours=session.hours, topic=session.topic, recorded_by=session.recorded_by,
            trade=places[each].trade if each in places else None, session_id=session.id,
        )
        for each in ids
    ]  # fmt: skip
    async with transaction():
        await session.save(force_create=True)
        audit.record(
            actor, Tag.GROUP_SESSION_RECORDED, ("group_session", session.id),
            tenant_id=session.enterprise_id, project=str(session.project_id), people=len(ids),
        )  # fmt: skip
        await records.write(actor, rows, "training.recorded")
    return rows


def require_past(day: date) -> None:
    """Raise HeldInFuture for a day that has not come."""
    if day > clock.today():
        raise HeldInFuture(errors=(FieldError("held_on", HeldInFuture.code, HeldInFuture.detail),))


async def _people(project_id: UUID, given: SessionIn) -> list[UUID]:
    """Who attended, each once. The list of the project names its own people alone."""
    chosen = set(given.worker_ids)
    known = {each.worker_id for each in await sites().on_project(project_id, chosen)}
    if chosen - known:
        fault = FieldError("worker_ids", NotOnProject.code, NotOnProject.detail)
        raise NotOnProject(errors=(fault,))
    found = chosen | {each.id for each in await workers.by_codes(given.worker_codes)}
    if not found:
        fault = FieldError("worker_ids", NobodyThere.code, NobodyThere.detail)
        raise NobodyThere(errors=(fault,))
    return sorted(found)


async def listed(actor: Actor, project_id: UUID, query: SessionQuery) -> Page[SessionOut]:
    """The sessions on a project, newest first. NoSuchProject."""
    await projects.require(actor, READ, project_id)
    rows = queries.sessions(actor, READ).filter(project_id=project_id)
    if query.kind:
        rows = rows.filter(kind=query.kind)
    found, cursor = await page(rows, query)
    names = await enterprises.names_of({row.enterprise_id for row in found})
    items = [SessionOut.of(row, names.get(row.enterprise_id, "")) for row in found]
    return Page(items=items, next_cursor=cursor)


async def whole(actor: Actor, project_id: UUID, session_id: UUID) -> SessionWholeOut:
    """A session with everybody who attended and its photos. NoSuchSession."""
    row = await _one(actor, READ, project_id, session_id)
    ids = [
        UUID(str(each))
        for each in await Training.filter(session_id=row.id).values_list("worker_id", flat=True)
    ]
    names = await workers.masked_names(set(ids))
    photos = await SessionPhoto.filter(session_id=row.id).order_by("id")
    firms = await enterprises.names_of({row.enterprise_id})
    return SessionWholeOut(
        **dict(SessionOut.of(row, firms.get(row.enterprise_id, ""))),
        attendees=[AttendeeOut(worker_id=each, worker=names.get(each, "")) for each in ids],
        photos=[
            SessionPhotoOut(id=each.file_id, url=files.link(actor, each.file_id)) for each in photos
        ],
    )


async def add_photo(
    actor: Actor, project_id: UUID, session_id: UUID, photo: Upload
) -> SessionWholeOut:
    """The session with one more photo. NoSuchSession, BadPhoto, TooManyPhotos."""
    row = await _one(actor, CREATE, project_id, session_id)
    content = await files.clean(actor, photo, field="photo")
    file_id = await files.store(content, FilePurpose.EVIDENCE, account_id=actor.id)
    async with transaction():
        await GroupSession.filter(id=row.id).select_for_update().get()
        if await SessionPhoto.filter(session_id=row.id).count() >= MOST_PHOTOS:
            raise TooManyPhotos
        await SessionPhoto.create(session_id=row.id, file_id=file_id)
        await files.keep_until([file_id], clock.now() + KEPT)
        audit.record(
            actor, Tag.GROUP_SESSION_PHOTO_ADDED, ("group_session", row.id),
            tenant_id=row.enterprise_id, file=str(file_id),
        )  # fmt: skip
    return await whole(actor, project_id, session_id)


async def _one(
    actor: Actor, permission: Permission, project_id: UUID, session_id: UUID
) -> GroupSession:
    rows = queries.sessions(actor, permission)
    row = await rows.filter(id=session_id, project_id=project_id).first()
    if row is None:
        raise NoSuchSession
    return row
