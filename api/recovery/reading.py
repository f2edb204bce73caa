"""What each side sees of a recovery: never a number, never more than a masked name."""

from collections.abc import Sequence
from uuid import UUID

from api.kit.actor import Actor
from api.kit.pagination import PageQuery, page
from api.kit.schemas import Page
from api.permissions import Permission
from api.recovery import queries
from api.recovery.errors import NoSuchRecovery
from api.recovery.models import Recovery
from api.recovery.rules import COLLEAGUES, Side
from api.recovery.schemas import OfficeRecoveryOut, OwnRecoveryOut, VouchingOut
from api.teams import service as teams
from api.workers import service as workers

READ = Permission.ENTERPRISE_WORKERS_READ


async def own(actor: Actor) -> OwnRecoveryOut:
    """The actor's newest recovery. NoSuchRecovery when he never began one."""
    row = await Recovery.filter(account_id=actor.id).order_by("-id").first()
    if row is None:
        raise NoSuchRecovery
    known = await queries.known_by([row.id])
    return OwnRecoveryOut(
        id=row.id,
        state=row.state,
        begun_at=row.created_at,
        colleagues=known[row.id, Side.COLLEAGUE],
        colleagues_needed=COLLEAGUES,
        officer=known[row.id, Side.OFFICER] > 0,
    )


async def to_vouch(actor: Actor, query: PageQuery) -> Page[VouchingOut]:
    """Colleagues who ask the actor to say that it is they, newest first."""
    rows, cursor = await page(await queries.of_colleague(actor), query)
    return Page(items=await _vouchings(rows), next_cursor=cursor)


async def one_to_vouch(actor: Actor, recovery_id: UUID) -> VouchingOut:
    """One of them. NoSuchRecovery."""
    rows = await (await queries.of_colleague(actor)).filter(id=recovery_id)
    if not rows:
        raise NoSuchRecovery
    return (await _vouchings(rows))[0]


async def _vouchings(rows: Sequence[Recovery]) -> list[VouchingOut]:
    names = await workers.masked_names({row.worker_id for row in rows if row.worker_id})
    called = await teams.names({row.team_id for row in rows if row.team_id})
    return [
        VouchingOut(
            id=row.id,
            name=names.get(row.worker_id, "") if row.worker_id else "",
            team=called.get(row.team_id, "") if row.team_id else "",
            begun_at=row.created_at,
        )
        for row in rows
    ]


async def of_office(actor: Actor, query: PageQuery) -> Page[OfficeRecoveryOut]:
    """Workers of the enterprise who lost their accounts and wait for an officer, newest first."""
    rows, cursor = await page(queries.of_enterprise(actor, READ), query)
    return Page(items=await _office_rows(rows), next_cursor=cursor)


async def one_of_office(actor: Actor, recovery_id: UUID) -> OfficeRecoveryOut:
    """One of them. NoSuchRecovery."""
    rows = await queries.of_enterprise(actor, READ).filter(id=recovery_id)
    if not rows:
        raise NoSuchRecovery
    return (await _office_rows(rows))[0]


async def _office_rows(rows: Sequence[Recovery]) -> list[OfficeRecoveryOut]:
    names = await workers.masked_names({row.worker_id for row in rows if row.worker_id})
    known = await queries.known_by([row.id for row in rows])
    return [
        OfficeRecoveryOut(
            id=row.id,
            name=names.get(row.worker_id, "") if row.worker_id else "",
            colleagues=known[row.id, Side.COLLEAGUE],
            colleagues_needed=COLLEAGUES,
            begun_at=row.created_at,
        )
        for row in rows
    ]
