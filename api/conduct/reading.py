"""Records as answers: lists and one with every step, each through its own door."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Purpose, Tag
from api.codes import service as codes
from api.codes import workdays
from api.conduct import access, hearing, queries, rules, scoring, steps, subjects
from api.conduct.answers import (
    ConductOut,
    ConductStepOut,
    ConductWholeOut,
    PublicConductOut,
    ScoreOut,
)
from api.conduct.models import ConductRecord, ConductStep
from api.conduct.rules import Side, State
from api.conduct.schemas import OfficeConductQuery, PublicConductQuery, RegionConductQuery
from api.conduct.subjects import Names
from api.files import service as files
from api.kit import clock
from api.kit.actor import Actor
from api.kit.pagination import PageQuery, page
from api.kit.personal import Personal
from api.kit.rate_limit import Limit
from api.kit.schemas import Page
from api.kit.scope import scope_of
from api.kit.transaction import transaction
from api.permissions import Permission
from verification import region as regions

OFFICE = Permission.ENTERPRISE_CONDUCT_READ
REGION, RULE = Permission.REGULATOR_CONDUCT_READ, Permission.REGULATOR_CONDUCT_UPDATE
LOOKS = Limit("conduct_look", 60, 60, by="ip")


async def own(actor: Actor, query: PageQuery) -> Page[ConductOut]:
    """A page of what is on the actor and the teams that he leads."""
    return await _listed(*await page(await queries.own(actor), query))


async def of_office(actor: Actor, query: OfficeConductQuery) -> Page[ConductOut]:
    """A page of what the enterprise proposed, or of what is on itself."""
    rows = queries.about if query.about == "us" else queries.proposed
    return await _listed(*await page(rows(actor, OFFICE), query))


async def of_region(actor: Actor, query: RegionConductQuery) -> Page[ConductOut]:
    """A page of the region's records, or of the appeals that are decided here."""
    rows = queries.of_region(actor, REGION)
    if query.appeals:
        rows = queries.to_hear(actor, REGION).filter(state=State.APPEALED)
    return await _listed(*await page(queries.asked_by_region(rows, query), query))


async def _listed(rows: Sequence[ConductRecord], cursor: str | None) -> Page[ConductOut]:
    names = await subjects.names(rows)
    items = [ConductOut.model_validate(_figures(row, names)) for row in rows]
    return Page(items=items, next_cursor=cursor)


async def public(query: PublicConductQuery) -> Page[PublicConductOut]:
    """A page of what is published and in force today: no words, no photo, no whole name."""
    rows, cursor = await page(queries.public(query), query)
    names = await subjects.names(rows)
    items = [PublicConductOut.model_validate(_figures(row, names)) for row in rows]
    return Page(items=items, next_cursor=cursor)


def _figures(row: ConductRecord, names: Names) -> dict[str, Any]:
    kind = rules.kind_of(row.kind, row.version)
    due = None if row.state is State.IN_FORCE else row.due_on
    return {
        "id": row.id,
        "subject": row.subject,
        "name": names.subject(row),
        "kind": row.kind,
        "kind_name": kind.name if kind else row.kind,
        "good": row.level.good,
        "level": row.level,
        "project": names.project(row),
        "proposer": names.proposer(row),
        "region_name": codes.region_name(row.region) or row.region,
        "happened_on": row.happened_on,
        "state": row.state,
        "outcome": row.outcome,
        "due_on": due,
        "days_left": workdays.calendar().left(clock.today(), due) if due else None,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "listed": row.restriction_id is not None and row.state is not State.ENDED,
        "shown": row.shown,
    }


async def own_one(actor: Actor, record_id: UUID) -> ConductWholeOut:
    """One on the actor or his team, with every step. NoSuchConduct."""
    async with transaction():
        row = await access.own(actor, record_id)
        return await _whole(actor, row, Purpose.SHOW_OWNER, may=hearing.ways(row))


async def office_one(actor: Actor, record_id: UUID) -> ConductWholeOut:
    """One that the enterprise proposed, or on itself. NoSuchConduct.

    Who proposed does not read what the subject said: that is for the authority.
    """
    async with transaction():
        row = await queries.about(actor, OFFICE).filter(id=record_id).first()
        if row is not None:
            ours = hearing.ways(row) if actor.may(hearing.ANSWER) else []
            return await _whole(actor, row, Purpose.SHOW_STAFF, may=ours)
        row = await access.proposed(actor, OFFICE, record_id)
        may = ["withdraw"] if row.state.undecided else []
        return await _whole(actor, row, Purpose.SHOW_STAFF, may=may, silent=Side.SUBJECT)


async def region_one(actor: Actor, record_id: UUID) -> ConductWholeOut:
    """One of the region with everything; the audit keeps who read it. NoSuchConduct."""
    async with transaction():
        row = await access.of_region(actor, REGION, record_id)
        shown = await _whole(actor, row, Purpose.CONDUCT, may=_region_may(actor, row))
    return shown.model_copy(update={"worker_id": row.worker_id})


async def region_score(actor: Actor, record_id: UUID) -> ScoreOut:
    """The score of whose record it is; the audit keeps who looked. NoSuchConduct."""
    async with transaction():
        row = await access.of_region(actor, REGION, record_id)
        audit.record(actor, Tag.SCORE_SEEN, ("conduct", row.id))
        return await scoring.of(row.subject, subjects.id_of(row))


def _region_may(actor: Actor, row: ConductRecord) -> list[str]:
    if not actor.may(RULE):
        return []
    above = scope_of(actor, RULE).regions
    able = {
        "decide": row.state is State.TO_DECIDE and row.proposed_by != actor.id,
        "rule_appeal": row.state is State.APPEALED
        and actor.id not in (row.proposed_by, row.decided_by)
        and any(regions.within(row.appeal_region, each) for each in above),
        "rule_repair": row.state is State.REPAIRING,
    }
    return [name for name, may in able.items() if may]


async def _whole(
    actor: Actor,
    row: ConductRecord,
    purpose: Purpose,
    *,
    may: Sequence[str],
    silent: Side | None = None,
) -> ConductWholeOut:
    """Everything of it but what the side `silent` said. In a running transaction."""

    def opened(text: Personal | None) -> str:
        return audit.reveal(actor, text, purpose, ("conduct", row.id)) if text else ""

    def step(each: ConductStep) -> ConductStepOut:
        told = each.side is not silent
        return ConductStepOut(
            act=each.act,
            side=each.side,
            at=each.created_at,
            note=opened(each.note) if told else "",
            photos=_links(actor, each.photo_ids) if told else [],
            due_on=each.due_on,
            by_itself=each.account_id is None,
        )

    office = row.decided_region
    return ConductWholeOut.model_validate(
        {
            **_figures(row, await subjects.names([row])),
            "office": (codes.region_name(office) or office) if office else "",
            "document": row.document,
            "appeal_by": hearing.last_day_to_appeal(row) if hearing.may_appeal(row) else None,
            "repair_from": row.repair_from,
            "worker_id": None,
            "steps": [step(each) for each in await steps.of(row.id)],
            "may": may,
        }
    )


def _links(actor: Actor, photo_ids: list[str]) -> list[str]:
    """Addresses of photos for this actor alone, for some minutes."""
    return [files.link(actor, UUID(each)) for each in photo_ids]
