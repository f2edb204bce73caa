"""发放: what is to be paid, and what became of it; the sheet's sums follow under its lock."""

from collections.abc import AsyncIterator
from datetime import date
from uuid import UUID

from tortoise.functions import Count

from api.kit.actor import SYSTEM, Actor
from api.kit.rows import set_all
from api.kit.transaction import unit
from api.wages import rules, steps
from api.wages.errors import NoSuchLine, WrongPayStep, WrongStep
from api.wages.models import WageLine, WageSheet
from api.wages.rules import Act, Bucket, Payer, PayState, SheetState, Sums

BATCH = 500
FIRST = UUID(int=0)
OF_MONEY = (
    "id", "sheet_id", "worker_id", "project_id", "net_fen", "pay_state", "pay_code", "paid_fen",
    "paid_on", "payer",
)  # fmt: skip
"""What paying asks of a line: the days of a thousand would be read for nothing."""
ACTS = {
    SheetState.PAYING: Act.PAYING,
    SheetState.PARTLY_PAID: Act.PARTLY_PAID,
    SheetState.PAID: Act.PAID,
}


async def payable(
    sheet_id: UUID,
    states: tuple[PayState, ...] = (PayState.WAITING,),
    *,
    after: UUID = FIRST,
) -> AsyncIterator[list[WageLine]]:
    """The lines of a released sheet that wait for money, batch by batch in the order of their ids.

    `OF_MONEY` of each; without lines of nothing. `states`: also those that failed, to be paid
    again. after: the line up to which it was done before.
    """
    rows = WageLine.filter(sheet_id=sheet_id, pay_state__in=list(states), net_fen__gt=0)
    rows = rows.only(*OF_MONEY)
    last = after
    while found := await rows.filter(id__gt=last).order_by("id").limit(BATCH):
        yield found
        last = found[-1].id


async def counts(sheet_id: UUID) -> dict[PayState, int]:
    """How many lines of a sheet have their money where; without lines of nothing."""
    rows = WageLine.filter(sheet_id=sheet_id, net_fen__gt=0).annotate(many=Count("id"))
    found = await rows.group_by("pay_state").values_list("pay_state", "many")
    return {PayState(str(state)): int(many) for state, many in found}


async def mark(
    line_id: UUID,
    pay_state: PayState,
    *,
    actor: Actor = SYSTEM,
    code: str = "",
    on: date | None = None,
    payer: Payer | None = None,
) -> WageLine:
    """The line's money is where `pay_state` says; the same again changes nothing.

    Within the running transaction; locks the sheet first and then the line. code: the bank's, on:
    the day of arrival. NoSuchLine, WrongStep when the sheet is not released, WrongPayStep.
    """
    [line] = await mark_all({line_id: (pay_state, code, on)}, actor=actor, payer=payer)
    return line


Mark = tuple[PayState, str, date | None]


async def mark_all(
    marks: dict[UUID, Mark], *, actor: Actor = SYSTEM, payer: Payer | None = None
) -> list[WageLine]:
    """The same for many lines of one sheet: its sums are moved, and its state kept, once.

    `OF_MONEY` of each. Six statements at most, for any number.
    """
    unit()
    ids = list(marks)
    known = await WageLine.filter(id__in=ids).only("id", "sheet_id")
    sheet_ids = {each.sheet_id for each in known}
    if len(known) != len(ids) or len(sheet_ids) != 1:
        raise NoSuchLine
    sheet = await WageSheet.filter(id=sheet_ids.pop()).select_for_update().get()
    if not (sheet.state.pays or sheet.state in (SheetState.PAID, SheetState.ARCHIVED)):
        raise WrongStep
    rows = WageLine.filter(id__in=ids).only(*OF_MONEY)
    lines = await rows.order_by("id").select_for_update()
    sums = Sums(sheet.pending_fen, sheet.paid_fen, sheet.failed_fen)
    changed = []
    for line in lines:
        then, code, on = marks[line.id]
        if line.pay_state is then and line.pay_code == code:
            continue
        if then not in rules.PAY_STEPS[line.pay_state]:
            raise WrongPayStep
        sums = sums.moved(line.pay_state, then, line.net_fen)
        _set(line, then, code, on, payer)
        changed.append(line)
    if changed:
        await set_all(changed, "pay_state", "pay_code", "paid_fen", "paid_on", "payer")
        await _follow(actor, sheet, sums)
    return lines


def _set(line: WageLine, then: PayState, code: str, on: date | None, payer: Payer | None) -> None:
    arrived = then.bucket is Bucket.PAID
    line.pay_state, line.pay_code = then, code
    line.paid_fen = line.net_fen if arrived else 0
    line.paid_on = on if arrived else None
    line.payer = payer or line.payer


async def _follow(actor: Actor, sheet: WageSheet, sums: Sums) -> None:
    before = sheet.state
    sheet.pending_fen, sheet.paid_fen, sheet.failed_fen = (
        sums.pending_fen, sums.paid_fen, sums.failed_fen,
    )  # fmt: skip
    sheet.state = sums.state()
    if before is SheetState.ARCHIVED and sheet.state is SheetState.PAID:
        sheet.state = before
    await sheet.save(update_fields=["pending_fen", "paid_fen", "failed_fen", "state"])
    if sheet.state is not before:
        await steps.step(actor, sheet, ACTS[sheet.state])
