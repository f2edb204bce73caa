"""Copies of one's data: asked for, made by a job, fetched for a week."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

from api.accounts import service as accounts
from api.audit import service as audit
from api.audit.tags import Tag
from api.files import service as files
from api.files.errors import NoSuchFile
from api.files.models import FilePurpose
from api.kit import clock, jobs
from api.kit.actor import SYSTEM, Actor
from api.kit.holdings import Person
from api.kit.rate_limit import Limit
from api.kit.transaction import transaction
from api.notices import service as notices
from api.privacy import evidence, exporting, person
from api.privacy.errors import ExportUnderWay, NoSuchExport
from api.privacy.models import DataExport, ExportKind, ExportState
from api.privacy.schemas import ExportOut

KEPT = timedelta(days=7)
ASKING = Limit("data_exports", 5, 86_400)
SHOWN = 10
LATE = timedelta(hours=1)
"""A copy takes seconds: what is not ready by then has failed, and another may be asked for."""


MAKERS: dict[ExportKind, Callable[[Person], Awaitable[tuple[bytes, int]]]] = {
    ExportKind.WHOLE: exporting.copy_of,
    ExportKind.EVIDENCE: evidence.pack_of,
}
NOTICES = {
    ExportKind.WHOLE: ("data.export_ready", "data_export"),
    ExportKind.EVIDENCE: ("data.evidence_ready", "evidence_pack"),
}
"""What is told when one is ready, and what that is about."""


async def ask(actor: Actor, kind: ExportKind = ExportKind.WHOLE) -> ExportOut:
    """A copy is being made from now on. ExportUnderWay while another one of the kind is."""
    async with transaction():
        await accounts.hold(actor.id)
        waiting = DataExport.filter(account_id=actor.id, kind=kind, state=ExportState.WAITING)
        recent = waiting.filter(created_at__gt=clock.now() - LATE)
        if await recent.exists():
            raise ExportUnderWay
        row = await DataExport.create(account_id=actor.id, kind=kind)
        jobs.enqueue("privacy.make_export", export_id=row.id)
    return _out(row)


async def own(actor: Actor, kind: ExportKind | None = None) -> list[ExportOut]:
    """The actor's newest copies, of one kind or all."""
    wanted = DataExport.filter(account_id=actor.id, **({"kind": kind} if kind else {}))
    rows = await wanted.order_by("-id").limit(SHOWN)
    return [_out(row) for row in rows]


async def whole_copies(actor: Actor) -> list[ExportOut]:
    """The actor's newest copies of everything."""
    return await own(actor, ExportKind.WHOLE)


async def packs(actor: Actor) -> list[ExportOut]:
    """The actor's newest evidence packs."""
    return await own(actor, ExportKind.EVIDENCE)


async def ask_pack(actor: Actor) -> ExportOut:
    """A pack of what proves his work and wages is being made. ExportUnderWay."""
    return await ask(actor, ExportKind.EVIDENCE)


async def one(actor: Actor, export_id: UUID) -> ExportOut:
    """One of them. NoSuchExport."""
    return _out(await _own(actor, export_id))


async def fetch(actor: Actor, export_id: UUID) -> bytes:
    """The file of a copy; that it was fetched is written down. NoSuchExport once it is gone."""
    row = await _own(actor, export_id)
    if row.file_id is None:
        raise NoSuchExport
    try:
        content = await files.read(row.file_id)
    except NoSuchFile:
        raise NoSuchExport from None
    async with transaction():
        audit.record(actor, Tag.DATA_FETCHED, ("account", actor.id), export=str(row.id))
    return content


async def make(export_id: UUID) -> None:
    """Make a copy that waits, and tell its person. Runs again when it was broken off."""
    row = await DataExport.get_or_none(id=export_id, state=ExportState.WAITING)
    if row is None:
        return
    packed, rows = await MAKERS[row.kind](await person.behind(row.account_id))
    file_id = await files.store(
        packed, FilePurpose.EXPORT, account_id=row.account_id, term=KEPT,
        media_type="application/zip",
    )  # fmt: skip
    async with transaction():
        row.state, row.rows, row.size = ExportState.READY, rows, len(packed)
        row.file_id, row.ready_at = file_id, clock.now()
        await row.save()
        kind, subject = NOTICES[row.kind]
        notices.tell(SYSTEM, row.account_id, kind, about=(subject, row.id))


async def _own(actor: Actor, export_id: UUID) -> DataExport:
    row = await DataExport.get_or_none(id=export_id, account_id=actor.id)
    if row is None:
        raise NoSuchExport
    return row


def _out(row: DataExport) -> ExportOut:
    fresh = row.ready_at is not None and row.ready_at > clock.now() - KEPT
    late = row.state is ExportState.WAITING and row.created_at < clock.now() - LATE
    return ExportOut(
        id=row.id,
        kind=row.kind,
        state=ExportState.FAILED if late else row.state,
        rows=row.rows,
        size=row.size,
        created_at=row.created_at,
        ready_at=row.ready_at,
        fetchable=fresh and row.file_id is not None,
    )
