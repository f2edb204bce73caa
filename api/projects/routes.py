"""Projects for the enterprises that build them or take part."""

from uuid import UUID

from sanic import Blueprint

from api.enterprises.errors import NoSuchEnterprise, WhichEnterprise
from api.kit.actor import Actor
from api.kit.rate_limit import Limit
from api.kit.routes import route
from api.permissions import Permission
from api.projects import policies, posts, registration, units
from api.projects.errors import (
    AlreadyEnded,
    AlreadyLeft,
    AlreadyParticipates,
    ContractorNotVerified,
    ContractorStays,
    EndBeforeStart,
    ExitBeforeEntry,
    LastOfficer,
    NoSuchParticipation,
    NoSuchPost,
    NoSuchProject,
    NotContractor,
    OfficerMissing,
    OfficerOfContractor,
    PolicyInPast,
    PostHeld,
    ProjectFinished,
    RestrictedUnit,
    StatusTooEarly,
    WrongStatusStep,
)
from api.projects.policy_schemas import PolicyIn, PolicyOut
from api.projects.reading import ONE, add_reading, shown
from api.projects.schemas import (
    DetailsIn,
    PermitsIn,
    ProjectIn,
    ProjectOut,
    StatusIn,
)
from api.projects.unit_schemas import EndIn, LeaveIn, PostIn, PostOut, UnitIn, UnitOut

blueprint = Blueprint("projects", url_prefix="/api/v1/enterprise/projects")
UPDATE = Permission.ENTERPRISE_PROJECTS_UPDATE
KEPT = (NoSuchProject, NotContractor, ProjectFinished)

add_reading(blueprint, Permission.ENTERPRISE_PROJECTS_READ)


@route(
    blueprint,
    "POST",
    "",
    permission=Permission.ENTERPRISE_PROJECTS_CREATE,
    status=201,
    errors=(ContractorNotVerified, NoSuchEnterprise, WhichEnterprise),
    limits=(Limit("project_create", 50, 3600),),
)
async def create_project(actor: Actor, body: ProjectIn) -> ProjectOut:
    """Set up a project; one's verified enterprise is its general contractor."""
    return await shown(await registration.create(actor, body))


@route(blueprint, "PUT", ONE, permission=UPDATE, errors=KEPT)
async def change_project(actor: Actor, project_id: UUID, body: DetailsIn) -> ProjectOut:
    """Change what the project says of itself; its region stays."""
    return await shown(await registration.change(actor, project_id, body))


@route(blueprint, "PUT", f"{ONE}/permits", permission=UPDATE, errors=KEPT)
async def change_permits(actor: Actor, project_id: UUID, body: PermitsIn) -> ProjectOut:
    """Say which construction permits the project has."""
    return await shown(await registration.change_permits(actor, project_id, body.items))


@route(
    blueprint,
    "POST",
    f"{ONE}/status",
    permission=UPDATE,
    errors=(*KEPT, WrongStatusStep, OfficerMissing, StatusTooEarly),
)
async def set_status(actor: Actor, project_id: UUID, body: StatusIn) -> ProjectOut:
    """Begin, suspend, resume or finish the works; they begin only with a wage officer."""
    return await shown(await registration.set_status(actor, project_id, body))


@route(
    blueprint,
    "POST",
    f"{ONE}/units",
    permission=UPDATE,
    status=201,
    errors=(*KEPT, AlreadyParticipates, ExitBeforeEntry, RestrictedUnit),
)
async def enter_unit(actor: Actor, project_id: UUID, body: UnitIn) -> UnitOut:
    """Enter a unit that takes part; it sees the project from then on and is told."""
    return UnitOut.of(await units.enter(actor, project_id, body))


@route(
    blueprint,
    "POST",
    f"{ONE}/units/<unit_id:uuid>/exit",
    permission=UPDATE,
    errors=(
        NoSuchProject, NotContractor, NoSuchParticipation, ContractorStays, ExitBeforeEntry,
        AlreadyLeft,
    ),
)  # fmt: skip
async def leave_unit(actor: Actor, project_id: UUID, unit_id: UUID, body: LeaveIn) -> UnitOut:
    """Record a unit's exit, as the contractor or as the unit itself."""
    return UnitOut.of(await units.leave(actor, project_id, unit_id, body.left_on))


@route(
    blueprint,
    "POST",
    f"{ONE}/posts",
    permission=UPDATE,
    status=201,
    errors=(*KEPT, EndBeforeStart, NoSuchParticipation, OfficerOfContractor, PostHeld),
)
async def give_post(actor: Actor, project_id: UUID, body: PostIn) -> PostOut:
    """Say who holds a manager's post, and from when."""
    return PostOut.of(await posts.give(actor, project_id, body))


@route(
    blueprint,
    "POST",
    f"{ONE}/posts/<post_id:uuid>/end",
    permission=UPDATE,
    errors=(*KEPT, NoSuchPost, EndBeforeStart, AlreadyEnded, LastOfficer),
)
async def end_post(actor: Actor, project_id: UUID, post_id: UUID, body: EndIn) -> PostOut:
    """Say until when a post is held; a site keeps at least one wage officer."""
    return PostOut.of(await posts.end(actor, project_id, post_id, body.ends_on))


@route(
    blueprint,
    "POST",
    f"{ONE}/attendance-policies",
    permission=UPDATE,
    status=201,
    errors=(*KEPT, PolicyInPast),
)
async def set_policy(actor: Actor, project_id: UUID, body: PolicyIn) -> PolicyOut:
    """Say how attendance is taken from a day on; days that began keep theirs."""
    return PolicyOut.of(await policies.set_policy(actor, project_id, body))
