"""Workers and restrictions for regulators, in their region's subtree."""

from uuid import UUID

from sanic import Blueprint

from api.kit.actor import Actor
from api.kit.errors import FieldError
from api.kit.pagination import PageQuery, page
from api.kit.rate_limit import Limit
from api.kit.routes import route
from api.kit.schemas import Page
from api.permissions import Permission
from api.workers import codes, listing, master, restrictions
from api.workers.check_schemas import RestrictionIn, RestrictionOut
from api.workers.errors import (
    BadPeriod,
    NoSuchCode,
    NoSuchRestriction,
    NoSuchWorker,
    OneSubject,
    StateForbids,
    UnknownRegion,
)
from api.workers.office_schemas import (
    ChangeOut,
    CodeChangeIn,
    CorrectionIn,
    HistoryOut,
    MergeIn,
    ReasonIn,
    RevealedOut,
    WorkerOut,
    WorkerQuery,
    WorkerSearchIn,
)
from api.workers.restrictions import NewRestriction

blueprint = Blueprint("worker_oversight", url_prefix="/api/v1/regulator")
ONE = "/workers/<worker_id:uuid>"
READ, UPDATE = Permission.REGULATOR_WORKERS_READ, Permission.REGULATOR_WORKERS_UPDATE
RESTRICT = Permission.REGULATOR_RESTRICTIONS_UPDATE


@route(blueprint, "GET", "/workers", permission=READ)
async def list_workers(actor: Actor, query: WorkerQuery) -> Page[WorkerOut]:
    """The workers of one's region, masked, newest first."""
    return await listing.overseen(actor, query)


@route(
    blueprint,
    "POST",
    "/workers/searches",
    permission=READ,
    errors=(NoSuchCode, NoSuchWorker, OneSubject),
    limits=(Limit("worker_searches", 300, 3600),),
)
async def search_worker(actor: Actor, body: WorkerSearchIn) -> WorkerOut:
    """The worker with this number or code, masked."""
    if (body.id_number is None) is (body.verification_code is None):
        raise OneSubject(errors=(FieldError("", "subject.one", OneSubject.detail),))
    code = codes.compact(body.verification_code) if body.verification_code else None
    return WorkerOut.of(await master.find(actor, number=body.id_number, code=code))


@route(blueprint, "GET", ONE, permission=READ, errors=(NoSuchWorker,))
async def show_worker(actor: Actor, worker_id: UUID) -> WorkerOut:
    """One worker of one's region, masked."""
    return WorkerOut.of(await master.one(actor, worker_id))


@route(blueprint, "GET", f"{ONE}/history", permission=READ, errors=(NoSuchWorker,))
async def list_worker_history(actor: Actor, worker_id: UUID) -> HistoryOut:
    """Every change of the record: the old value masked, who, when, why."""
    rows = await master.history(actor, worker_id)
    return HistoryOut(items=[ChangeOut.of(row) for row in rows])


@route(
    blueprint,
    "POST",
    f"{ONE}/reveals",
    permission=Permission.REGULATOR_WORKERS_REVEAL,
    sudo=True,
    errors=(NoSuchWorker,),
    limits=(Limit("worker_reveals", 60, 3600),),
)
async def reveal_worker(actor: Actor, worker_id: UUID, body: ReasonIn) -> RevealedOut:
    """The worker's identity in plain text, for a reason that is kept."""
    return RevealedOut.of(await master.reveal(actor, worker_id, reason=body.reason))


@route(
    blueprint,
    "POST",
    f"{ONE}/corrections",
    permission=UPDATE,
    errors=(NoSuchWorker, StateForbids, UnknownRegion),
)
async def correct_worker(actor: Actor, worker_id: UUID, body: CorrectionIn) -> WorkerOut:
    """Correct the record; old values, who, when and why are kept, and the worker is told."""
    row = await master.correct(actor, worker_id, body.values, reason=body.reason)
    return WorkerOut.of(row)


@route(blueprint, "POST", f"{ONE}/merge", permission=UPDATE, errors=(NoSuchWorker, StateForbids))
async def merge_worker(actor: Actor, worker_id: UUID, body: MergeIn) -> WorkerOut:
    """Say that this record is the same person as another, which stays."""
    return WorkerOut.of(await master.merge(actor, worker_id, body.into_id, reason=body.reason))


@route(
    blueprint,
    "POST",
    f"{ONE}/code-changes",
    permission=UPDATE,
    errors=(NoSuchWorker, StateForbids),
)
async def change_worker_code(actor: Actor, worker_id: UUID, body: CodeChangeIn) -> WorkerOut:
    """Freeze, restore or annul the verification code."""
    row = await master.change_code(actor, worker_id, body.action, reason=body.reason)
    return WorkerOut.of(row)


@route(blueprint, "GET", "/restrictions", permission=RESTRICT)
async def list_restrictions(actor: Actor, query: PageQuery) -> Page[RestrictionOut]:
    """The restrictions of one's region, ended ones too, newest first."""
    rows, cursor = await page(restrictions.overseen(actor), query)
    return Page(items=[RestrictionOut.of(row) for row in rows], next_cursor=cursor)


@route(
    blueprint,
    "POST",
    "/restrictions",
    permission=RESTRICT,
    status=201,
    errors=(BadPeriod, NoSuchRestriction, OneSubject),
)
async def add_restriction(actor: Actor, body: RestrictionIn) -> RestrictionOut:
    """Enter a restriction on a person or enterprise, with the document it rests on."""
    fields = {name: getattr(body, name) for name in type(body).model_fields}
    new = NewRestriction(number=fields.pop("id_number"), **fields)
    return RestrictionOut.of(await restrictions.add(actor, new))


@route(
    blueprint,
    "POST",
    "/restrictions/<restriction_id:uuid>/end",
    permission=RESTRICT,
    errors=(NoSuchRestriction,),
)
async def end_restriction(actor: Actor, restriction_id: UUID, body: ReasonIn) -> RestrictionOut:
    """End a restriction today; it stays in the history."""
    row = await restrictions.end(actor, restriction_id, reason=body.reason)
    return RestrictionOut.of(row)
