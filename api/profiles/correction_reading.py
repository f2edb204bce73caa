"""Corrections as their owner reads them, and as the officers of his region do."""

from uuid import UUID

from api.audit.tags import Purpose
from api.files import service as files
from api.kit.actor import Actor
from api.kit.pagination import PageQuery, page
from api.kit.schemas import Page
from api.kit.transaction import transaction
from api.permissions import Permission
from api.profiles import queries, wanted
from api.profiles.errors import NoSuchCorrection
from api.profiles.models import ProfileCorrection
from api.profiles.schemas import (
    CorrectionOut,
    CorrectionQuery,
    OwnCorrectionOut,
    RegionCorrectionOut,
    RegionCorrectionWholeOut,
)
from api.workers import service as workers

READ = Permission.REGULATOR_WORKERS_READ
REVEAL = Permission.REGULATOR_WORKERS_REVEAL


def _out(row: ProfileCorrection) -> dict[str, object]:
    return {name: getattr(row, name) for name in CorrectionOut.model_fields}


async def own(actor: Actor, query: PageQuery) -> Page[CorrectionOut]:
    """A page of one's own corrections, the newest first."""
    rows, cursor = await page(queries.own(workers.id_of_account(actor.id)), query)
    return Page(items=[CorrectionOut.model_validate(_out(row)) for row in rows], next_cursor=cursor)


async def own_one(actor: Actor, correction_id: UUID) -> OwnCorrectionOut:
    """One of them in plain. NoSuchCorrection."""
    async with transaction():
        row = await queries.own(workers.id_of_account(actor.id)).filter(id=correction_id).first()
        if row is None:
            raise NoSuchCorrection
        return OwnCorrectionOut.model_validate(_out(row) | _opened(actor, row, Purpose.SHOW_OWNER))


def _opened(actor: Actor, row: ProfileCorrection, purpose: Purpose) -> dict[str, object]:
    return {
        "old": wanted.opened(actor, row.old, purpose, row.id),
        "wanted": wanted.opened(actor, row.wanted, purpose, row.id),
        "photo": files.link(actor, row.photo_id),
    }


async def queue(actor: Actor, query: CorrectionQuery) -> Page[RegionCorrectionOut]:
    """A page of the region's corrections, masked, the newest first."""
    rows, cursor = await page(queries.asked(queries.of_region(actor, READ), query), query)
    names = await workers.masked_names({row.worker_id for row in rows}) if rows else {}
    items = [RegionCorrectionOut.model_validate(_named(row, names)) for row in rows]
    return Page(items=items, next_cursor=cursor)


def _named(row: ProfileCorrection, names: dict[UUID, str]) -> dict[str, object]:
    whose = {"worker_id": row.worker_id, "worker": names.get(row.worker_id, "")}
    return {**_out(row), **whose, "region": row.region}


async def one(actor: Actor, correction_id: UUID) -> RegionCorrectionWholeOut:
    """One of them opened, on record. NoSuchCorrection."""
    async with transaction():
        row = await queries.of_region(actor, REVEAL).filter(id=correction_id).first()
        if row is None:
            raise NoSuchCorrection
        names = await workers.masked_names({row.worker_id})
        opened = _opened(actor, row, Purpose.REVIEW)
        return RegionCorrectionWholeOut.model_validate(_named(row, names) | opened)
