"""我的资料: what is held about me, who looked at it, a copy to take away, and being erased."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from api.kit.actor import Actor
from api.kit.pagination import PageQuery
from api.kit.rate_limit import Limit
from api.kit.routes import Download
from api.permissions import Permission
from api.privacy import erasing, exports, reading
from api.privacy.schemas import ErasureOut, ExportOut, HeldOut, LookOut
from h5.areas import worker
from h5.forms import Typed
from h5.pages import See, page
from h5.rendering import View

READ, UPDATE = Permission.WORKER_DATA_READ, Permission.WORKER_DATA_UPDATE
DATA = "/h5/me/data"
COPIES, ERASURE = f"{DATA}/copies", f"{DATA}/erasure"
ZIP, FILE_NAME = "application/zip", "我的资料.zip"


@dataclass(frozen=True, slots=True)
class DataPage(View):
    """Every kind of data that there may be."""

    template = "worker/data.html"
    title = "worker.data.title"
    kinds: tuple[HeldOut, ...]


@dataclass(frozen=True, slots=True)
class KindPage(View):
    """One kind: what for, how long, who sees it, and my rows of it."""

    template = "worker/data_kind.html"
    title = "worker.data.kind"
    held: HeldOut
    rows: tuple[tuple[tuple[str, str], ...], ...]
    """Each row as names and words."""
    older: str


@dataclass(frozen=True, slots=True)
class LooksPage(View):
    """Who looked."""

    template = "worker/data_looks.html"
    title = "worker.data.looks"
    looks: tuple[LookOut, ...]


@dataclass(frozen=True, slots=True)
class CopiesPage(View):
    """My copies, and the way to a new one."""

    template = "worker/data_copies.html"
    title = "worker.data.copies"
    typed: Typed
    copies: tuple[ExportOut, ...]


@dataclass(frozen=True, slots=True)
class ErasurePage(View):
    """Where being erased stands, and what it means."""

    template = "worker/data_erasure.html"
    title = "worker.data.erasure"
    typed: Typed
    erasure: ErasureOut
    due_on: dt.datetime | None


@page(worker, "GET", "/me/data", permission=READ, back="/h5/more")
async def data(actor: Actor) -> DataPage:
    """What may be held about me."""
    return DataPage(tuple(reading.held().items))


@page(worker, "GET", "/me/data/kinds/<table:str>", permission=READ, back=DATA)
async def kind(actor: Actor, table: str, query: PageQuery) -> KindPage:
    """My rows of one kind."""
    found = await reading.said_rows(actor, table, query)
    older = f"{DATA}/kinds/{table}?cursor={found.next_cursor}" if found.next_cursor else ""
    return KindPage(found.held, found.rows, older)


@page(worker, "GET", "/me/data/looks", permission=READ, back=DATA)
async def looks(actor: Actor) -> LooksPage:
    """Who looked at my data."""
    return LooksPage(tuple((await reading.looks(actor)).items))


@page(worker, "GET", "/me/data/copies", permission=READ, back=DATA)
async def copies(actor: Actor, typed: Typed) -> CopiesPage:
    """My copies."""
    return CopiesPage(typed, tuple(await exports.whole_copies(actor)))


@page(worker, "POST", "/me/data/copies", permission=UPDATE, sudo=True, again=copies,
      limits=(exports.ASKING,))  # fmt: skip
async def ask_copy(actor: Actor) -> See:
    """Make one."""
    await exports.ask(actor)
    return See(COPIES, says="worker.data.asked")


@page(worker, "POST", "/me/data/copies/<export_id:uuid>/file", permission=UPDATE, sudo=True,
      again=copies)  # fmt: skip
async def fetch_copy(actor: Actor, export_id: UUID) -> Download:
    """The file."""
    return Download(await exports.fetch(actor, export_id), ZIP, FILE_NAME)


@page(worker, "GET", "/me/data/erasure", permission=READ, back=DATA)
async def erasure(actor: Actor, typed: Typed) -> ErasurePage:
    """What being erased means, and where it stands."""
    found = await erasing.shown(actor)
    return ErasurePage(typed, found, found.due_at)


@page(worker, "POST", "/me/data/erasure", permission=UPDATE, sudo=True, again=erasure,
      limits=(Limit("erasure_page", 10, 86_400),))  # fmt: skip
async def ask_erasure(actor: Actor) -> See:
    """Be erased when the days are over."""
    await erasing.ask(actor)
    return See(ERASURE, says="worker.data.erasure_asked")


@page(worker, "POST", "/me/data/erasure/withdraw", permission=UPDATE, again=erasure)
async def withdraw_erasure(actor: Actor) -> See:
    """Stay."""
    await erasing.withdraw(actor)
    return See(ERASURE, says="worker.data.erasure_withdrawn")
