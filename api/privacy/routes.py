"""One's own data: what is held, who looked, a copy, erasing."""

from uuid import UUID

from sanic import Blueprint

from api.kit.actor import Actor
from api.kit.errors import NotFound, TooMany
from api.kit.pagination import PageQuery
from api.kit.rate_limit import Limit
from api.kit.routes import Download, route
from api.kit.schemas import Page
from api.permissions import Permission
from api.privacy import erasing, errors, exports, reading
from api.privacy.schemas import ErasureOut, ExportOut, HeldListOut, HeldRowsOut, LooksOut

blueprint = Blueprint("privacy", url_prefix="/api/v1/me/data")
READ, UPDATE = Permission.WORKER_DATA_READ, Permission.WORKER_DATA_UPDATE
ZIP, FILE_NAME = "application/zip", "我的资料.zip"
ONE = "/exports/<export_id:uuid>"


@route(blueprint, "GET", "", permission=READ)
async def list_held(actor: Actor) -> HeldListOut:
    """Every kind of data held about a person: purpose, ground, term, who sees it."""
    return reading.held()


@route(blueprint, "GET", "/rows/<table:str>", permission=READ, errors=(NotFound,))
async def list_held_rows(actor: Actor, table: str, query: PageQuery) -> HeldRowsOut:
    """One's own rows of one kind, personal values masked."""
    return await reading.rows(actor, table, query)


@route(blueprint, "GET", "/looks", permission=READ)
async def list_looks(actor: Actor) -> LooksOut:
    """Who of others looked at one's data: when, at what, from which office, why."""
    return await reading.looks(actor)


@route(
    blueprint, "POST", "/exports", permission=UPDATE, status=201, sudo=True,
    limits=(exports.ASKING,), errors=(errors.ExportUnderWay, TooMany),
)  # fmt: skip
async def ask_export(actor: Actor) -> ExportOut:
    """Ask for a copy of everything as JSON and PDF; a notice says when it is ready."""
    return await exports.ask(actor)


@route(
    blueprint, "POST", "/evidence-packs", permission=UPDATE, status=201, sudo=True,
    limits=(exports.ASKING,), errors=(errors.ExportUnderWay, TooMany),
)  # fmt: skip
async def ask_evidence(actor: Actor) -> ExportOut:
    """Ask for a signed pack of what proves one's work and wages; it is fetched like a copy."""
    return await exports.ask_pack(actor)


@route(blueprint, "GET", "/exports", permission=READ)
async def list_exports(actor: Actor) -> Page[ExportOut]:
    """One's newest copies and evidence packs."""
    return Page(items=await exports.own(actor), next_cursor=None)


@route(blueprint, "GET", ONE, permission=READ, errors=(errors.NoSuchExport,))
async def show_export(actor: Actor, export_id: UUID) -> ExportOut:
    """Whether a copy is ready."""
    return await exports.one(actor, export_id)


@route(
    blueprint, "POST", f"{ONE}/file", permission=UPDATE, sudo=True, errors=(errors.NoSuchExport,)
)  # fmt: skip
async def fetch_export(actor: Actor, export_id: UUID) -> Download:
    """The copy itself, a ZIP file; that it was fetched is written down."""
    return Download(await exports.fetch(actor, export_id), ZIP, FILE_NAME)


@route(blueprint, "GET", "/erasure", permission=READ)
async def show_erasure(actor: Actor) -> ErasureOut:
    """Whether one is to be erased, when, and what has to be done first."""
    return await erasing.shown(actor)


@route(
    blueprint, "POST", "/erasure", permission=UPDATE, status=201, sudo=True,
    limits=(Limit("erasure", 10, 86_400),), errors=(errors.NotNow, errors.ErasureUnderWay),
)  # fmt: skip
async def ask_erasure(actor: Actor) -> ErasureOut:
    """Ask to be erased when the days of thought are over."""
    await erasing.ask(actor)
    return await erasing.shown(actor)


@route(blueprint, "DELETE", "/erasure", permission=UPDATE, errors=(errors.NoErasure,))
async def withdraw_erasure(actor: Actor) -> ErasureOut:
    """Take the wish back."""
    await erasing.withdraw(actor)
    return await erasing.shown(actor)
