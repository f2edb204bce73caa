"""Oneself in an emergency: whom to call, what happened, and the claim."""

from uuid import UUID

from sanic import Blueprint

from api.accidents import contacts, handling, reading, reporting
from api.accidents.errors import InFuture, NoSuchAccident, NoSuchContact, NotThere, WrongStep
from api.accidents.schemas import (
    AccidentForm,
    AccidentOut,
    AccidentWholeOut,
    ClaimIn,
    ContactIn,
    ContactsOut,
    EmergencyOut,
)
from api.files.errors import BadPhoto
from api.kit.actor import Actor
from api.kit.errors import TooMany
from api.kit.pagination import PageQuery
from api.kit.rate_limit import Limit
from api.kit.routes import route
from api.kit.schemas import Page
from api.permissions import Permission
from api.teams.errors import NoSuchTeam, NotLeader
from api.workers.errors import NotVerified

blueprint = Blueprint("accidents", url_prefix="/api/v1/me")
READ, UPDATE = Permission.WORKER_ACCIDENTS_READ, Permission.WORKER_ACCIDENTS_UPDATE
CONTACTS, ONE = "/emergency-contacts", "/accidents/<accident_id:uuid>"
CHANGES = Limit("emergency_contacts", 30, 86_400)


@route(blueprint, "GET", CONTACTS, permission=READ)
async def list_emergency_contacts(actor: Actor) -> ContactsOut:
    """Whom to call when something happened to oneself, masked."""
    return await contacts.own(actor)


@route(
    blueprint, "PUT", f"{CONTACTS}/first", permission=UPDATE, errors=(NotVerified,),
    limits=(CHANGES,),
)  # fmt: skip
async def put_first_contact(actor: Actor, body: ContactIn) -> ContactsOut:
    """Name whom to call first."""
    return await contacts.put(actor, 1, body)


@route(
    blueprint, "PUT", f"{CONTACTS}/second", permission=UPDATE, errors=(NotVerified,),
    limits=(CHANGES,),
)  # fmt: skip
async def put_second_contact(actor: Actor, body: ContactIn) -> ContactsOut:
    """Name whom to call when the first does not answer."""
    return await contacts.put(actor, 2, body)


@route(
    blueprint, "DELETE", f"{CONTACTS}/first", permission=UPDATE, status=204,
    errors=(NoSuchContact,),
)  # fmt: skip
async def remove_first_contact(actor: Actor) -> None:
    """Take back whom to call first."""
    await contacts.remove(actor, 1)


@route(
    blueprint, "DELETE", f"{CONTACTS}/second", permission=UPDATE, status=204,
    errors=(NoSuchContact,),
)  # fmt: skip
async def remove_second_contact(actor: Actor) -> None:
    """Take back the other one."""
    await contacts.remove(actor, 2)


@route(blueprint, "GET", "/emergency", permission=READ)
async def show_emergency(actor: Actor) -> EmergencyOut:
    """Whom to call now, with numbers to dial, and the place in words."""
    return await contacts.emergency(actor)


@route(
    blueprint, "POST", "/accidents", permission=UPDATE, status=201, limits=(reporting.REPORTS,),
    largest_body=reporting.MOST_BYTES,
    errors=(NotVerified, NotThere, InFuture, NoSuchTeam, NotLeader, BadPhoto, TooMany),
)  # fmt: skip
async def report_accident(actor: Actor, form: AccidentForm) -> AccidentOut:
    """Report what happened to oneself, or as leader to a member of the team."""
    return (await reading.shown([await reporting.report(actor, form)]))[0]


@route(blueprint, "GET", "/accidents", permission=READ)
async def list_accidents(actor: Actor, query: PageQuery) -> Page[AccidentOut]:
    """What happened to oneself."""
    return await reading.own(actor, query)


@route(blueprint, "GET", ONE, permission=READ, errors=(NoSuchAccident,))
async def show_accident(actor: Actor, accident_id: UUID) -> AccidentWholeOut:
    """One of them with every step and the terms of the claim."""
    return await reading.own_one(actor, accident_id)


@route(blueprint, "POST", f"{ONE}/claim", permission=UPDATE, errors=(NoSuchAccident, WrongStep))
async def claim_injury(actor: Actor, accident_id: UUID, body: ClaimIn) -> AccidentWholeOut:
    """Say that one made the claim oneself: nobody is reminded any more."""
    await handling.claim(actor, accident_id, body)
    return await reading.own_one(actor, accident_id)
