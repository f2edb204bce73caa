"""The lists of an office as tables to take away, each with the permission and filters it has."""

from collections.abc import Sequence
from uuid import UUID

from api.attendance import office_reading
from api.attendance.office_schemas import OfficeDayOut
from api.engagements import listing
from api.engagements.contract_schemas import ContractOut, ContractQuery
from api.engagements.schemas import (
    EngagementOut,
    EngagementQuery,
    LedgerOut,
    LedgerQuery,
    Narrowing,
    OverrideOut,
)
from api.kit.actor import Actor
from api.kit.pagination import PageQuery
from api.kit.routes import Download
from api.permissions import Permission
from api.training import listing as trainings_of
from api.training.schemas import TrainingOut, TrainingQuery
from h5.areas import enterprise
from h5.exports import EXPORTS, Table, day, export, number, say, state, words
from h5.pages import page
from h5.views.enterprise import corrections, days, trainings, workers
from h5.views.enterprise.projects import ONE

Days = tuple[Sequence[OfficeDayOut], str | None]


def _asks(row: OfficeDayOut) -> str:
    """The punches that the worker says are missing."""
    waiting = [each for each in row.corrections if each.state == "pending"]
    return " ".join(
        say("enterprise.corrections.asks", at=words.clock(each.at), way=way(each.direction))
        + each.reason
        for each in waiting
    )


def _said(row: OfficeDayOut) -> str:
    """What the two sides said of the day."""
    argued = [step for step in row.steps if step.act in corrections.ARGUING and step.reason]
    return " ".join(
        say(f"enterprise.side.{step.side}") + say("enterprise.corrections.says") + step.reason
        for step in argued
    )


def way(direction: str | None) -> str:
    """Whether a punch says that somebody came or left."""
    return say(f"enterprise.way.{direction or 'none'}")


def _odd(row: OfficeDayOut) -> str:
    odd = [each.detail for punch in row.evidence for each in punch.oddities]
    return " ".join(dict.fromkeys(odd))


DAYS = Table[OfficeDayOut](
    "enterprise_workdays",
    "enterprise.days.caption",
    (
        ("enterprise.days.worker", lambda row: row.worker_name),
        ("enterprise.days.project", lambda row: row.project_name),
        ("enterprise.days.day", lambda row: day(row.date)),
        ("enterprise.day.in", lambda row: words.clock(row.first_at) if row.first_at else ""),
        ("enterprise.day.out", lambda row: words.clock(row.last_at) if row.last_at else ""),
        ("enterprise.day.hours_in", lambda row: number(row.hours)),
        ("enterprise.day.found", lambda row: number(row.found_units)),
        ("enterprise.day.counts", lambda row: number(row.units)),
        ("enterprise.days.state", lambda row: state("workday", row.state.value)),
        ("enterprise.days.why", lambda row: " ".join(each.detail for each in row.reasons)),
        ("enterprise.day.odd", _odd),
    ),
)
ARGUED = Table[OfficeDayOut](
    "enterprise_corrections",
    "enterprise.corrections.title",
    (
        *DAYS.columns[:5],
        ("enterprise.day.found", lambda row: number(row.found_units)),
        ("enterprise.corrections.asked", _asks),
        ("enterprise.corrections.said", _said),
        ("enterprise.days.state", lambda row: state("workday", row.state.value)),
    ),
)
WORKERS = Table[EngagementOut](
    "enterprise_engagements",
    "enterprise.workers.title",
    (
        ("enterprise.days.worker", lambda row: row.worker),
        ("enterprise.register.code", lambda row: row.worker_code),
        ("enterprise.days.project", lambda row: row.project.name),
        ("enterprise.workers.employer", lambda row: row.enterprise.name),
        ("enterprise.workers.team", lambda row: row.team.name if row.team else ""),
        ("enterprise.workers.trade", lambda row: row.trade_name),
        ("enterprise.worker.entered_on", lambda row: day(row.entered_on)),
        ("enterprise.worker.left_on", lambda row: day(row.left_on)),
        (
            "enterprise.days.state",
            lambda row: state("engagement", row.state.value),
        ),
        ("enterprise.workers.wages", lambda row: _paid(row.settled)),
    ),
)
LEDGER = Table[LedgerOut](
    "enterprise_ledger",
    "enterprise.ledger.title",
    (
        ("enterprise.days.day", lambda row: day(row.on)),
        ("enterprise.ledger.move", lambda row: say(f"enterprise.ledger.did.{row.move.value}")),
        ("enterprise.ledger.who", lambda row: row.worker or say("enterprise.ledger.team")),
        ("enterprise.workers.team", lambda row: row.team.name if row.team else ""),
        ("enterprise.days.project", lambda row: row.project.name),
        ("enterprise.workers.employer", lambda row: row.enterprise.name),
    ),
)
OVERRIDES = Table[OverrideOut](
    "enterprise_overrides",
    "enterprise.overrides.title",
    (
        ("enterprise.days.worker", lambda row: row.worker),
        ("enterprise.days.project", lambda row: row.project.name),
        ("enterprise.workers.employer", lambda row: row.enterprise.name),
        ("enterprise.overrides.what", lambda row: " ".join(each.words for each in row.items)),
        ("enterprise.day.reason", lambda row: row.reason),
        ("enterprise.overrides.by", lambda row: say(f"enterprise.staff.role.{row.role}")),
        ("enterprise.overrides.until", lambda row: day(row.until)),
    ),
)
CONTRACTS = Table[ContractOut](
    "enterprise_contracts",
    "enterprise.contracts.title",
    (
        ("enterprise.days.worker", lambda row: row.worker),
        ("enterprise.contracts.kind", lambda row: row.title),
        ("enterprise.days.project", lambda row: row.project.name),
        ("enterprise.workers.employer", lambda row: row.enterprise.name),
        (
            "enterprise.contracts.pay",
            lambda row: say(
                f"enterprise.contracts.by.{row.pay_kind.value}", pay=words.money(row.pay_fen)
            ),
        ),
        ("enterprise.contract_form.from", lambda row: day(row.starts_on)),
        (
            "enterprise.contract_form.until",
            lambda row: day(row.ends_on) or say("enterprise.contracts.open"),
        ),
        ("enterprise.days.state", lambda row: state("contract", row.state.value)),
        (
            "enterprise.contracts.late",
            lambda row: _late(row.late),
        ),
    ),
)
TRAININGS = Table[TrainingOut](
    "enterprise_trainings",
    "enterprise.trainings.title",
    (
        ("enterprise.days.worker", lambda row: row.worker),
        (
            "enterprise.training_form.kind",
            lambda row: say(f"enterprise.training_form.for.{row.kind.value}"),
        ),
        ("enterprise.training_form.on", lambda row: day(row.held_on)),
        ("enterprise.training_form.hours", lambda row: number(row.hours)),
        ("enterprise.training_form.topic", lambda row: row.topic),
    ),
)


def _late(late: bool) -> str:
    return say("enterprise.contracts.is_late") if late else ""


def _paid(settled: bool | None) -> str:
    if settled is None:
        return ""
    return say("enterprise.workers.paid" if settled else "enterprise.workers.unpaid")


@page(
    enterprise, "POST", "/days/export", permission=days.READ, again=days.days, limits=(EXPORTS,)
)  # fmt: skip
async def export_days(actor: Actor, query: days.DaysQuery) -> Download:
    """The days that the filters show."""

    async def fetch(asked: days.DaysQuery) -> Days:
        found = await office_reading.work_list(actor, asked.asked)
        return [OfficeDayOut.seen(actor, each) for each in found.days], found.cursor

    return await export(actor, DAYS, query, fetch)


@page(
    enterprise, "POST", "/corrections/export", permission=corrections.READ,
    again=corrections.corrections, limits=(EXPORTS,),
)  # fmt: skip
async def export_corrections(actor: Actor, query: PageQuery) -> Download:
    """The days on which worker and enterprise have to agree."""

    async def fetch(asked: PageQuery) -> Days:
        found, cursor = await office_reading.argued(actor, asked)
        return [OfficeDayOut.seen(actor, each) for each in found], cursor

    return await export(actor, ARGUED, query, fetch)


@page(
    enterprise, "POST", "/workers/export", permission=workers.READ, again=workers.workers,
    limits=(EXPORTS,),
)  # fmt: skip
async def export_workers(actor: Actor, query: EngagementQuery) -> Download:
    """The workers that the filters show."""

    async def fetch(asked: EngagementQuery) -> tuple[Sequence[EngagementOut], str | None]:
        found = await listing.engagements(actor, workers.READ, asked)
        return found.items, found.next_cursor

    return await export(actor, WORKERS, query, fetch)


@page(
    enterprise, "POST", "/ledger/export", permission=workers.READ, again=workers.ledger,
    limits=(EXPORTS,),
)  # fmt: skip
async def export_ledger(actor: Actor, query: LedgerQuery) -> Download:
    """The lines of the ledger that the filters show."""

    async def fetch(asked: LedgerQuery) -> tuple[Sequence[LedgerOut], str | None]:
        found = await listing.ledger(actor, workers.READ, asked)
        return found.items, found.next_cursor

    return await export(actor, LEDGER, query, fetch)


@page(
    enterprise, "POST", "/overrides/export", permission=workers.READ, again=workers.overrides,
    limits=(EXPORTS,),
)  # fmt: skip
async def export_overrides(actor: Actor, query: Narrowing) -> Download:
    """The entries although something was missing."""

    async def fetch(asked: Narrowing) -> tuple[Sequence[OverrideOut], str | None]:
        found = await listing.overrides(actor, workers.READ, asked)
        return found.items, found.next_cursor

    return await export(actor, OVERRIDES, query, fetch)


@page(
    enterprise, "POST", "/contracts/export", permission=Permission.ENTERPRISE_CONTRACTS_READ,
    again=workers.contracts, limits=(EXPORTS,),
)  # fmt: skip
async def export_contracts(actor: Actor, query: ContractQuery) -> Download:
    """The contracts that the filters show, without their texts."""

    async def fetch(asked: ContractQuery) -> tuple[Sequence[ContractOut], str | None]:
        found = await listing.contracts(actor, Permission.ENTERPRISE_CONTRACTS_READ, asked)
        return found.items, found.next_cursor

    return await export(actor, CONTRACTS, query, fetch)


@page(
    enterprise, "POST", f"{ONE}/trainings/export", permission=trainings.READ,
    again=trainings.trainings, limits=(EXPORTS,),
)  # fmt: skip
async def export_trainings(actor: Actor, project_id: UUID, query: TrainingQuery) -> Download:
    """The trainings on a project that the filters show."""

    async def fetch(asked: TrainingQuery) -> tuple[Sequence[TrainingOut], str | None]:
        found = await trainings_of.on_project(actor, project_id, asked)
        return found.items, found.next_cursor

    return await export(actor, TRAININGS, query, fetch)
