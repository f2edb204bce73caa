"""进场核验: gathers what is known of a worker and says what is missing before he may enter."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from tortoise.expressions import Q

from api.audit import service as audit
from api.audit.tags import Purpose
from api.engagements import entry_rules, queries, warned, worked
from api.engagements.models import Contract, ContractState, Engagement
from api.engagements.rules import Facts, Finding, Item, examine, is_enough
from api.kit import clock
from api.kit.actor import Actor
from api.training import service as training
from api.workers import service as workers
from api.workers.errors import CodeNotActive, NoSuchCode
from api.workers.models import Worker
from verification import id_number
from verification.reasons import Refused

ELSEWHERE = "他还在别的项目上，没有登记退场。请核对是不是同时在两个项目干活。"


async def find(actor: Actor, row: Engagement, day: date) -> Finding:
    """What is missing for the worker to enter on that day. Inside a transaction.

    His birthday is read for it, which leaves a line in the audit. What somebody let him in without
    is not missing until that term is over.
    """
    found = await _found(actor, row, day)
    override = await queries.overrides_of([row.id]).filter(until__gte=day).first()
    return found.without(override.items, override.until) if override else found


async def _found(actor: Actor, row: Engagement, day: date) -> Finding:
    worker = await _worker(row)
    if worker is None:
        return Finding((Item.CODE,))
    facts = await _facts(actor, row, worker, day)
    found = examine(facts, day, await entry_rules.in_force(row.region, day))
    elsewhere = (ELSEWHERE,) if await is_elsewhere(row) else ()
    warnings = (*found.warnings, *elsewhere, *await warned.of(row, day))
    return replace(found, warnings=warnings)


async def _worker(row: Engagement) -> Worker | None:
    try:
        return await workers.by_code(row.worker_code)
    except (CodeNotActive, NoSuchCode):
        return None


async def _facts(actor: Actor, row: Engagement, worker: Worker, day: date) -> Facts:
    operations = training.certificates_for(row.trade)
    certificate = not operations or await training.holds_certificate(worker.id, operations, day)
    return Facts(
        code_active=True,
        restricted=await workers.is_restricted_index(worker.number_index),
        trade=row.trade,
        birth=_birth(actor, worker),
        sex=worker.sex,
        contract=await has_contract(row, day),
        taught=await _taught(row, day),
        needs_retraining=await _needs_retraining(worker.id, day),
        certificate=certificate,
    )


async def _taught(row: Engagement, day: date) -> training.EntryHours:
    return await training.entry_levels(row.worker_id, row.project_id, row.enterprise_id, day)


async def is_taught(row: Engagement, day: date) -> bool:
    """Whether the worker has had, by that day, what his region asks to be taught before entry."""
    rules = await entry_rules.in_force(row.region, day)
    enough = is_enough(await _taught(row, day), rules)
    return enough and not await _needs_retraining(row.worker_id, day)


def _birth(actor: Actor, worker: Worker) -> date | None:
    subject = ("worker", worker.id)
    if worker.birth is not None:
        try:
            return date.fromisoformat(audit.reveal(actor, worker.birth, Purpose.CHECK, subject))
        except ValueError:
            pass  # as it was typed from an old document; the number says it too
    number = audit.reveal(actor, worker.number, Purpose.CHECK, subject)
    try:
        return id_number.parse(number, today=clock.today()).birth
    except Refused:
        return None


async def has_contract(row: Engagement, day: date) -> bool:
    """Whether a contract with the employer for this project is signed and holds on that day."""
    return await Contract.filter(
        Q(ends_on=None) | Q(ends_on__gte=day),
        worker_id=row.worker_id,
        project_id=row.project_id,
        enterprise_id=row.enterprise_id,
        state=ContractState.SIGNED,
        starts_on__lte=day,
    ).exists()


async def _needs_retraining(worker_id: UUID, day: date) -> bool:
    """Whether a year has passed since he last worked anywhere, and he was not trained again."""
    periods = await queries.entered(worker_id).filter(entered_on__lte=day)
    if not periods:
        return False
    last = max([await _last_data(period) for period in periods])
    first = day - training.RETRAINED_FOR
    return last < first and not await training.trained_since(worker_id, first, day)


async def _last_data(period: Engagement) -> date:
    """The last day of a period; of one that nobody ended, the last day on which he worked."""
    if period.left_on is not None:
        return period.left_on
    last = await worked.until(period.worker_id, period.project_id)
    return last or period.entered_on or clock.day_of(period.created_at)


async def is_elsewhere(row: Engagement) -> bool:
    """Whether the worker is on another site now."""
    rows = queries.on_site().filter(worker_id=row.worker_id)
    return await rows.exclude(project_id=row.project_id).exists()
