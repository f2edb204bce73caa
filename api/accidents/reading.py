"""Accidents as he reads them to whom it happened, his employer, and the region's officers."""

from datetime import date
from typing import Any
from uuid import UUID

from tortoise.queryset import QuerySet

from api.accidents import queries, rules
from api.accidents.errors import NoSuchAccident
from api.accidents.models import Accident
from api.accidents.rules import Act
from api.accidents.schemas import (
    AccidentOut,
    AccidentStepOut,
    AccidentWholeOut,
    OfficeAccidentQuery,
)
from api.audit import service as audit
from api.audit.tags import Purpose
from api.engagements.schemas import NamedOut
from api.enterprises import service as enterprises
from api.files import service as files
from api.kit import clock
from api.kit.actor import Actor
from api.kit.pagination import PageQuery, page
from api.kit.personal import Personal
from api.kit.schemas import Page
from api.kit.transaction import transaction
from api.permissions import Permission
from api.projects import service as projects
from api.workers import service as workers

OFFICE_ACTS = (Act.HANDLED, Act.INSURER_TOLD, Act.CLAIMED, Act.CLOSED)


async def own(actor: Actor, query: PageQuery) -> Page[AccidentOut]:
    """A page of what happened to oneself, the newest first."""
    rows, cursor = await page(queries.own(workers.id_of_account(actor.id)), query)
    return Page(items=await shown(rows), next_cursor=cursor)


async def listed(
    actor: Actor, permission: Permission, query: OfficeAccidentQuery
) -> Page[AccidentOut]:
    """A page of what the office sees, the newest first."""
    rows, cursor = await page(queries.asked(queries.visible(actor, permission), query), query)
    return Page(items=await shown(rows), next_cursor=cursor)


async def shown(rows: list[Accident]) -> list[AccidentOut]:
    """The accidents as they stand in a list. Three statements."""
    if not rows:
        return []
    people = await workers.masked_names({row.worker_id for row in rows})
    sites = await projects.names({row.project_id for row in rows})
    firms = await enterprises.names_of({row.enterprise_id for row in rows})
    return [
        AccidentOut.model_validate(
            {
                **{name: getattr(row, name, None) for name in AccidentOut.model_fields},
                "worker": people.get(row.worker_id, ""),
                "project": NamedOut(id=row.project_id, name=sites.get(row.project_id, "")),
                "enterprise": NamedOut(id=row.enterprise_id, name=firms.get(row.enterprise_id, "")),
                "employer_days_left": _left(row, row.employer_due_on),
                "worker_days_left": _left(row, row.worker_due_on),
            }
        )
        for row in rows
    ]


def _left(row: Accident, until: date) -> int | None:
    open_claim = row.claimed_on is None and row.harm is not rules.Harm.NONE
    return (until - clock.today()).days if open_claim else None


async def own_one(actor: Actor, accident_id: UUID) -> AccidentWholeOut:
    """One of one's own. NoSuchAccident."""
    own_rows = queries.own(workers.id_of_account(actor.id))
    return await _one(actor, own_rows, accident_id, Purpose.SHOW_OWNER, (Act.CLAIMED,))


async def office_one(
    actor: Actor, permission: Permission, accident_id: UUID, acts: tuple[Act, ...] = ()
) -> AccidentWholeOut:
    """One that the office sees, opened on record. NoSuchAccident."""
    rows = queries.visible(actor, permission)
    return await _one(actor, rows, accident_id, Purpose.SHOW_STAFF, acts)


async def _one(
    actor: Actor,
    rows: QuerySet[Accident],
    accident_id: UUID,
    purpose: Purpose,
    acts: tuple[Act, ...],
) -> AccidentWholeOut:
    async with transaction():
        row = await rows.filter(id=accident_id).first()
        if row is None:
            raise NoSuchAccident
        opened = await _opened(actor, row, purpose)
    [listed_row] = await shown([row])
    may = [act.value for act in acts if _may(row, act)]
    return AccidentWholeOut.model_validate({**dict(listed_row), **opened, "may": may})


def _may(row: Accident, act: Act) -> bool:
    claimable = row.claimed_on is None and row.harm is not rules.Harm.NONE
    return rules.after(row.state, act) is not None and (act is not Act.CLAIMED or claimable)


async def _opened(actor: Actor, row: Accident, purpose: Purpose) -> dict[str, Any]:
    def plain(value: Personal | None) -> str:
        return audit.reveal(actor, value, purpose, ("accident", row.id)) if value else ""

    return {
        "spot": plain(row.spot),
        "text": plain(row.text),
        "photos": [files.link(actor, UUID(each)) for each in row.photo_ids],
        "told": row.told,
        "steps": [
            AccidentStepOut(act=each.act, side=each.side, at=each.created_at, note=plain(each.note))
            for each in await queries.steps_of(row.id)
        ],
    }
