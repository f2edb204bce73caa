"""Accidents for enterprises: report, answer, claim, close; and for regulators to look on."""

from uuid import UUID

from sanic import Blueprint

from api.accidents import handling, reading, reporting
from api.accidents.errors import InFuture, NoSuchAccident, NotThere, WrongStep
from api.accidents.schemas import (
    AccidentOut,
    AccidentWholeOut,
    AnswerIn,
    OfficeAccidentForm,
    OfficeAccidentQuery,
    OpenedContactsOut,
    RegionAccidentQuery,
)
from api.engagements.errors import NoSuchEngagement
from api.files.errors import BadPhoto
from api.kit.actor import Actor
from api.kit.errors import TooMany
from api.kit.rate_limit import Limit
from api.kit.routes import route
from api.kit.schemas import Page
from api.permissions import Permission
from api.workers.office_schemas import ReasonIn

blueprint = Blueprint("accident_office", url_prefix="/api/v1/enterprise")
oversight = Blueprint("accident_oversight", url_prefix="/api/v1/regulator")
READ, UPDATE = Permission.ENTERPRISE_ACCIDENTS_READ, Permission.ENTERPRISE_ACCIDENTS_UPDATE
OVERSEE = Permission.REGULATOR_ACCIDENTS_READ
ALL, ONE = "/accidents", "/accidents/<accident_id:uuid>"


@route(blueprint, "GET", ALL, permission=READ)
async def list_office_accidents(actor: Actor, query: OfficeAccidentQuery) -> Page[AccidentOut]:
    """What happened on the sites of one's enterprise."""
    return await reading.listed(actor, READ, query)


@route(
    blueprint, "POST", ALL, permission=UPDATE, status=201, limits=(reporting.REPORTS,),
    largest_body=reporting.MOST_BYTES,
    errors=(NoSuchEngagement, NotThere, InFuture, BadPhoto, TooMany),
)  # fmt: skip
async def report_office_accident(actor: Actor, form: OfficeAccidentForm) -> AccidentOut:
    """Report what happened to a worker on one's site; he is told."""
    return (await reading.shown([await reporting.report_for(actor, form)]))[0]


@route(blueprint, "GET", ONE, permission=READ, errors=(NoSuchAccident,))
async def show_office_accident(actor: Actor, accident_id: UUID) -> AccidentWholeOut:
    """One of them opened; who looked stands in the audit."""
    return await _office(actor, accident_id)


async def _office(actor: Actor, accident_id: UUID) -> AccidentWholeOut:
    return await reading.office_one(actor, READ, accident_id, reading.OFFICE_ACTS)


@route(
    blueprint, "POST", f"{ONE}/answers", permission=UPDATE, errors=(NoSuchAccident, WrongStep)
)  # fmt: skip
async def answer_accident(actor: Actor, accident_id: UUID, body: AnswerIn) -> AccidentWholeOut:
    """Write down what was done: handled, insurer told, claim made, closed; he reads it."""
    await handling.answer(actor, accident_id, body)
    return await _office(actor, accident_id)


@route(
    blueprint, "POST", f"{ONE}/contact-reveals", permission=UPDATE, errors=(NoSuchAccident,),
    limits=(Limit("accident_contacts", 60, 3600),),
)  # fmt: skip
async def open_accident_contacts(
    actor: Actor, accident_id: UUID, body: ReasonIn
) -> OpenedContactsOut:
    """Whom to call for the worker, in plain; he reads who looked and why."""
    return await handling.open_contacts(actor, accident_id, body.reason)


@route(oversight, "GET", ALL, permission=OVERSEE)
async def list_region_accidents(actor: Actor, query: RegionAccidentQuery) -> Page[AccidentOut]:
    """What happened on the sites of one's region."""
    return await reading.listed(actor, OVERSEE, query)


@route(oversight, "GET", ONE, permission=OVERSEE, errors=(NoSuchAccident,))
async def show_region_accident(actor: Actor, accident_id: UUID) -> AccidentWholeOut:
    """One of them opened; who looked stands in the audit."""
    return await reading.office_one(actor, OVERSEE, accident_id)
