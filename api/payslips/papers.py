"""Payslips to keep: the sheet to print, and what others freeze or pack as evidence."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Purpose
from api.kit.actor import SYSTEM, Actor
from api.kit.transaction import transaction
from api.payslips import printing, reading
from api.payslips.printing import Paper
from api.payslips.reading import Slip
from api.wages import service as wages
from api.wages.reckoning import canonical
from api.wages.service import WageItem, WageLine
from api.workers import service as workers


@dataclass(frozen=True, slots=True)
class Proof:
    """A payslip as evidence. said: the very bytes whose SHA-256 he signs; name: of its file."""

    name: str
    said: bytes


async def own_pdf(actor: Actor, line_id: UUID) -> bytes:
    """One payslip as a sheet to print. NoSuchLine."""
    line = await wages.own_line(actor, line_id)
    return await printing.pdf(await _papers(actor, [line], Purpose.SHOW_OWNER))


async def proofs_of(worker_ids: Collection[UUID]) -> tuple[list[Proof], bytes | None]:
    """All payslips of a person: each as what he signs, and all of them on paper; None without."""
    lines = await wages.of_workers(worker_ids)
    if not lines:
        return [], None
    slips = await reading.slips_of(lines)
    items = await wages.items_of([each.id for each in lines])
    proofs = [Proof(_name(slip), _said(slip, items[slip.line.id])) for slip in slips]
    return proofs, await printing.pdf(await _papers(SYSTEM, lines, Purpose.EXPORT))


def _name(slip: Slip) -> str:
    # Two records of one person may stand on one sheet.
    return f"{slip.sheet.number}-{str(slip.line.id)[-4:]}.json"


def _said(slip: Slip, items: Sequence[WageItem]) -> bytes:
    return canonical(wages.shown(slip.sheet, slip.line, items))


async def frozen(
    worker_id: UUID, project_id: UUID, first: date, last: date
) -> list[dict[str, Any]]:
    """The payslips of a time on a project as plain values: what they say, and what became of it."""
    lines = await wages.own_within(worker_id, project_id, first, last)
    items = await wages.items_of([each.id for each in lines])
    return [
        {
            "shown": wages.shown(slip.sheet, slip.line, items[slip.line.id]),
            "digest": slip.line.digest,
            "state": slip.line.state.value,
            "signed_at": slip.signature.at.isoformat() if slip.signature else None,
            "pay_state": slip.line.pay_state.value,
            "paid_fen": slip.line.paid_fen,
            "paid_on": slip.line.paid_on.isoformat() if slip.line.paid_on else None,
        }
        for slip in await reading.slips_of(lines)
    ]


async def _papers(actor: Actor, lines: Sequence[WageLine], purpose: Purpose) -> list[Paper]:
    slips, names = await reading.slips_of(lines), await reading.names_in(lines)
    items = await wages.items_of([each.id for each in lines])
    called = await _called(actor, {each.worker_id for each in lines}, purpose)
    return [
        Paper(
            name=called[slip.line.worker_id],
            project=names.project(slip.line.project_id).name,
            enterprise=names.enterprise(slip.line.enterprise_id).name,
            line=slip.line,
            sheet=slip.sheet,
            items=[wages.item(each) for each in items[slip.line.id]],
            signature=slip.signature,
        )
        for slip in slips
    ]


async def _called(actor: Actor, worker_ids: Collection[UUID], purpose: Purpose) -> dict[UUID, str]:
    """The names in full, on record."""
    async with transaction():
        return {
            each: audit.reveal(actor, (await workers.require(each)).name, purpose, ("worker", each))
            for each in worker_ids
        }
