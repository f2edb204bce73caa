"""Group sessions: recorded by the enterprise, with who attended and photos."""

from uuid import UUID

from sanic import Blueprint

from api.enterprises.errors import NoSuchEnterprise, WhichEnterprise
from api.files.errors import BadPhoto
from api.kit.actor import Actor
from api.kit.errors import TooMany
from api.kit.routes import route
from api.kit.schemas import Page
from api.permissions import Permission
from api.projects.errors import NoSuchProject
from api.training import sessions
from api.training.errors import (
    HeldInFuture,
    NobodyThere,
    NoSuchSession,
    NotOnProject,
    NotParticipating,
    TooManyPhotos,
)
from api.training.session_schemas import (
    SessionIn,
    SessionOut,
    SessionPhotoForm,
    SessionQuery,
    SessionWholeOut,
)
from api.workers.errors import CodeNotActive, NoSuchCode

blueprint = Blueprint(
    "group_sessions", url_prefix="/api/v1/enterprise/projects/<project_id:uuid>/group-sessions"
)
CREATE, READ = Permission.ENTERPRISE_TRAININGS_CREATE, Permission.ENTERPRISE_TRAININGS_READ
ONE = "/<group_session_id:uuid>"


@route(
    blueprint, "POST", "", permission=CREATE, status=201,
    errors=(NoSuchProject, NotParticipating, NoSuchEnterprise, WhichEnterprise, NoSuchCode,
            CodeNotActive, HeldInFuture, NobodyThere, NotOnProject),
)  # fmt: skip
async def record_session(actor: Actor, project_id: UUID, body: SessionIn) -> SessionWholeOut:
    """Record a training that was held for several; each of them has it in his record."""
    row = await sessions.record(actor, project_id, body)
    return await sessions.whole(actor, project_id, row.id)


@route(blueprint, "GET", "", permission=READ, errors=(NoSuchProject,))
async def list_sessions(actor: Actor, project_id: UUID, query: SessionQuery) -> Page[SessionOut]:
    """The group sessions on the project: one's own, as the contractor all."""
    return await sessions.listed(actor, project_id, query)


@route(blueprint, "GET", ONE, permission=READ, errors=(NoSuchSession,))
async def show_session(actor: Actor, project_id: UUID, group_session_id: UUID) -> SessionWholeOut:
    """A group session with everybody who attended and its photos."""
    return await sessions.whole(actor, project_id, group_session_id)


@route(
    blueprint, "POST", f"{ONE}/photos", permission=CREATE, status=201,
    errors=(NoSuchSession, BadPhoto, TooManyPhotos, TooMany),
)  # fmt: skip
async def add_session_photo(
    actor: Actor, project_id: UUID, group_session_id: UUID, form: SessionPhotoForm
) -> SessionWholeOut:
    """Add a photo of the sign-in list or the room."""
    return await sessions.add_photo(actor, project_id, group_session_id, form.photo)
