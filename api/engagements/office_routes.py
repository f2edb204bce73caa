"""Engagements for enterprises: register, check, let in, let go, make contracts."""

from uuid import UUID

from sanic import Blueprint

from api.engagements import (
    contract_print,
    contracts,
    hours,
    listing,
    moving,
    reading,
    registration,
)
from api.engagements.contract_schemas import ContractIn, ContractOut
from api.engagements.errors import (
    AlreadyEngaged,
    ContractClosed,
    ContractTerm,
    DayOutside,
    EntryBlocked,
    NoSuchContract,
    NoSuchEngagement,
    NotEmployer,
    NotInTeam,
    OverrideNotAllowed,
    OverrideTerm,
    ProjectClosed,
    WorkedLater,
    WrongStep,
)
from api.engagements.office_reading import add_reading
from api.engagements.schemas import (
    CheckOut,
    CheckQuery,
    EngagementOut,
    EntryIn,
    ExitIn,
    RegisterIn,
    SettlementIn,
    TeamChangeIn,
)
from api.engagements.training_schemas import YearHoursOut
from api.enterprises.errors import (
    EnterpriseFrozen,
    NoSuchEnterprise,
    NotVerified,
    WhichEnterprise,
)
from api.kit import clock
from api.kit.actor import Actor
from api.kit.rate_limit import Limit
from api.kit.routes import Download, route
from api.permissions import Permission
from api.projects.errors import NoSuchProject
from api.training.errors import NotParticipating
from api.training.schemas import YearQuery
from api.workers.errors import CodeNotActive, NoSuchCode

blueprint = Blueprint("engagement_office", url_prefix="/api/v1/enterprise")
READ = Permission.ENTERPRISE_ENGAGEMENTS_READ
UPDATE = Permission.ENTERPRISE_ENGAGEMENTS_UPDATE
SIGN = Permission.ENTERPRISE_CONTRACTS_CREATE
ALL = "/projects/<project_id:uuid>/engagements"
ONE = f"{ALL}/<engagement_id:uuid>"

add_reading(blueprint, READ, Permission.ENTERPRISE_CONTRACTS_READ)


@route(
    blueprint, "POST", ALL, permission=UPDATE, status=201,
    errors=(
        NoSuchProject, ProjectClosed, NoSuchEnterprise, WhichEnterprise, NotParticipating,
        NotVerified, EnterpriseFrozen, NoSuchCode, CodeNotActive, NotInTeam, AlreadyEngaged,
    ),
    limits=(Limit("engagement_register", 600, 3600),),
)  # fmt: skip
async def register_worker(actor: Actor, project_id: UUID, body: RegisterIn) -> EngagementOut:
    """Pre-register a worker by his verification code; he is told."""
    return await reading.engagement(await registration.register(actor, project_id, body))


@route(blueprint, "GET", ONE, permission=READ, errors=(NoSuchEngagement,))
async def show_engagement(actor: Actor, project_id: UUID, engagement_id: UUID) -> EngagementOut:
    """One period of a worker on the project."""
    return await listing.one(actor, READ, project_id, engagement_id)


@route(blueprint, "GET", f"{ONE}/check", permission=UPDATE, errors=(NoSuchEngagement,))
async def check_entry(
    actor: Actor, project_id: UUID, engagement_id: UUID, query: CheckQuery
) -> CheckOut:
    """What is missing before the worker may enter, each with what to do."""
    return await listing.check(actor, project_id, engagement_id, query.day or clock.today())


@route(
    blueprint, "GET", f"{ONE}/training-hours", permission=Permission.ENTERPRISE_TRAININGS_READ,
    errors=(NoSuchEngagement,),
)  # fmt: skip
async def show_training_hours(
    actor: Actor, project_id: UUID, engagement_id: UUID, query: YearQuery
) -> YearHoursOut:
    """A worker's hours of training by kind, beside what the region asks for."""
    return YearHoursOut.of(*await hours.of_period(actor, project_id, engagement_id, query.year))


@route(
    blueprint, "POST", f"{ONE}/entry", permission=UPDATE,
    errors=(
        NoSuchEngagement, WrongStep, EntryBlocked, DayOutside, NotInTeam, NotParticipating,
        ProjectClosed, OverrideNotAllowed, OverrideTerm,
    ),
)  # fmt: skip
async def enter(
    actor: Actor, project_id: UUID, engagement_id: UUID, body: EntryIn
) -> EngagementOut:
    """Let the worker in; what is missing is listed, and who overrides it says why and how long."""
    return await reading.engagement(await moving.enter(actor, project_id, engagement_id, body))


@route(
    blueprint, "POST", f"{ONE}/exit", permission=UPDATE,
    errors=(NoSuchEngagement, WrongStep, DayOutside, WorkedLater),
)  # fmt: skip
async def leave(actor: Actor, project_id: UUID, engagement_id: UUID, body: ExitIn) -> EngagementOut:
    """Record the worker's exit, and whether his wages are paid; he is told."""
    return await reading.engagement(await moving.leave(actor, project_id, engagement_id, body))


@route(
    blueprint, "PUT", f"{ONE}/settlement", permission=UPDATE, errors=(NoSuchEngagement, WrongStep)
)  # fmt: skip
async def settle(
    actor: Actor, project_id: UUID, engagement_id: UUID, body: SettlementIn
) -> EngagementOut:
    """Say whether the wages of a period that ended are paid."""
    return await reading.engagement(
        await moving.settle(actor, project_id, engagement_id, body.settled)
    )


@route(
    blueprint, "POST", f"{ONE}/cancel", permission=UPDATE, errors=(NoSuchEngagement, WrongStep)
)  # fmt: skip
async def cancel(actor: Actor, project_id: UUID, engagement_id: UUID) -> EngagementOut:
    """The worker did not come after all."""
    return await reading.engagement(await registration.cancel(actor, project_id, engagement_id))


@route(
    blueprint, "PUT", f"{ONE}/team", permission=UPDATE,
    errors=(NoSuchEngagement, NotInTeam, WrongStep),
)  # fmt: skip
async def change_team(
    actor: Actor, project_id: UUID, engagement_id: UUID, body: TeamChangeIn
) -> EngagementOut:
    """Say with which team the worker works from now on."""
    return await reading.engagement(
        await registration.change_team(actor, project_id, engagement_id, body.team_id)
    )


@route(
    blueprint, "POST", f"{ONE}/contracts", permission=SIGN, status=201,
    errors=(
        NoSuchEngagement, NotEmployer, WrongStep, CodeNotActive, NoSuchCode, ContractTerm,
        NotVerified, EnterpriseFrozen,
    ),
)  # fmt: skip
async def offer_contract(
    actor: Actor, project_id: UUID, engagement_id: UUID, body: ContractIn
) -> ContractOut:
    """Make a contract from the template; the worker is asked to sign it on his phone."""
    row = await contracts.offer(actor, project_id, engagement_id, body)
    return await reading.contract(row)


@route(
    blueprint, "POST", "/projects/<project_id:uuid>/contracts/<contract_id:uuid>/withdraw",
    permission=SIGN, errors=(NoSuchContract, NotEmployer, ContractClosed),
)  # fmt: skip
async def withdraw_contract(actor: Actor, project_id: UUID, contract_id: UUID) -> ContractOut:
    """Take back a contract that is not signed yet."""
    row = await contracts.withdraw(actor, project_id, contract_id)
    return await reading.contract(row)


@route(
    blueprint, "GET", "/projects/<project_id:uuid>/contracts/<contract_id:uuid>/pdf",
    permission=Permission.ENTERPRISE_CONTRACTS_READ, errors=(NoSuchContract, NotEmployer),
    limits=(Limit("contract_pdf", 600, 3600),),
)  # fmt: skip
async def print_contract(actor: Actor, project_id: UUID, contract_id: UUID) -> Download:
    """The employer's copy of a contract as a sheet; it names the worker, so it is written down."""
    copy = await contracts.employers_copy(actor, project_id, contract_id)
    sheet = await contract_print.pdf(copy, await contracts.strokes(copy.row))
    return Download(sheet, "application/pdf", f"contract-{contract_id}.pdf")
