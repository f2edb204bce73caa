"""Whose sheets: the doors of the employer, the contractor, the region and the worker."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from tortoise.queryset import QuerySet

from api.kit.actor import Actor
from api.kit.scope import scope_of
from api.kit.transaction import transaction
from api.permissions import Permission
from api.wages import queries
from api.wages.errors import NoSuchLine, NoSuchSheet, StillDrawing, WrongStep
from api.wages.models import WageLine, WageSheet
from api.wages.rules import Act, after


async def sheet(actor: Actor, permission: Permission, sheet_id: UUID) -> WageSheet:
    """A sheet that the actor may see. NoSuchSheet."""
    row = await queries.visible(WageSheet, actor, permission).filter(id=sheet_id).first()
    if row is None:
        raise NoSuchSheet
    return row


@asynccontextmanager
async def stepping(
    actor: Actor, permission: Permission, sheet_id: UUID, act: Act, *, contractor: bool
) -> AsyncIterator[WageSheet]:
    """A sheet, locked and where the act leads, for its contractor or its employer to act on.

    Saved when the block ends. NoSuchSheet, WrongStep, StillDrawing.
    """
    async with transaction():
        row = await locked(actor, permission, sheet_id, contractor=contractor)
        then = after(row.state, act)
        if then is None:
            raise WrongStep
        row.state = then
        yield row
        await row.save()


async def locked(
    actor: Actor, permission: Permission, sheet_id: UUID, *, contractor: bool
) -> WageSheet:
    """A sheet, locked, of which the actor's enterprise is the contractor or the employer.

    In a running transaction. NoSuchSheet, StillDrawing while its lines are being drawn.
    """
    row = await locked_by_either(actor, permission, sheet_id)
    acting = row.contractor_id if contractor else row.enterprise_id
    if not scope_of(actor, permission).has_tenant(acting):
        raise NoSuchSheet
    return row


async def locked_by_either(actor: Actor, permission: Permission, sheet_id: UUID) -> WageSheet:
    """A sheet, locked, of which the actor's enterprise is the one or the other."""
    rows = queries.visible(WageSheet, actor, permission).filter(id=sheet_id)
    row = await rows.select_for_update().first()
    if row is None:
        raise NoSuchSheet
    if row.drawing:
        raise StillDrawing
    return row


async def line(sheet_row: WageSheet, line_id: UUID, *, lock: bool = False) -> WageLine:
    """A line of a sheet that the actor may see. NoSuchLine."""
    return await _one(queries.lines_of(sheet_row.id), line_id, lock)


async def own_line(actor: Actor, line_id: UUID, *, lock: bool = False) -> WageLine:
    """One of the actor's own lines, on a sheet that he may see. NoSuchLine."""
    return await _one(await queries.own(actor), line_id, lock)


async def _one(rows: QuerySet[WageLine], line_id: UUID, lock: bool) -> WageLine:
    found = rows.filter(id=line_id)
    row = await (found.select_for_update() if lock else found).first()
    if row is None:
        raise NoSuchLine
    return row
