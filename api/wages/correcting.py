"""更正: an amount is added or taken away again; the line is another version, its signature void.

What the line said before is kept as its worker saw it. Other lines keep their signatures.
"""

from enum import StrEnum, unique
from uuid import UUID

from api.audit.tags import Tag
from api.kit.actor import Actor
from api.kit.transaction import transaction
from api.permissions import Permission
from api.projects import service as projects
from api.wages import access, drawing, reckoning, showing, steps, telling
from api.wages.errors import BelowNothing, WrongItem, WrongStep
from api.wages.models import LineSignature, WageItem, WageLine, WageLineVersion, WageSheet
from api.wages.reckoning import ItemKind, PayKind, Terms
from api.wages.rules import Act, LineState
from api.wages.schemas import CorrectionIn, UnsignedIn

UPDATE = Permission.ENTERPRISE_WAGES_UPDATE


@unique
class Heard(StrEnum):
    """What a correction came to for the line's worker, who is told unless it is nothing."""

    NOTHING = "nothing"
    """Nobody but the enterprise has seen it."""
    CHANGED = "changed"
    UNSIGNED = "unsigned"
    """His signature is void."""


KINDS = {Heard.CHANGED: "wages.line_revised", Heard.UNSIGNED: "wages.line_changed"}


async def correct(actor: Actor, sheet_id: UUID, line_id: UUID, given: CorrectionIn) -> Heard:
    """The line's items are changed; its worker is told, where he has seen it.

    NoSuchSheet, NoSuchLine, WrongStep once it is audited, WrongItem, BelowNothing.
    """
    async with transaction():
        sheet = await access.locked(actor, UPDATE, sheet_id, contractor=False)
        if not sheet.state.corrected:
            raise WrongStep
        line = await access.line(sheet, line_id, lock=True)
        return await change(actor, sheet, line, given)


async def change(actor: Actor, sheet: WageSheet, line: WageLine, given: CorrectionIn) -> Heard:
    """Change a line whose sheet and row are locked. WrongItem, BelowNothing."""
    items = (await showing.items_of([line.id]))[line.id]
    heard = await _heard(sheet, line)
    if heard is not Heard.NOTHING:
        await _keep(actor, sheet, line, items, given.reason)
    before, items = line.net_fen, await _changed(line, items, given)
    sums = reckoning.totals(each.amount_fen for each in items)
    if sums.net_fen < 0:
        raise BelowNothing
    line.gross_fen, line.deducted_fen, line.net_fen = (
        sums.gross_fen, sums.deducted_fen, sums.net_fen,
    )  # fmt: skip
    line.version += 1
    line.hints = await _hints(line, items)
    if line.state is LineState.CONFIRMED:
        line.state, line.signed_version = LineState.WAITING, None
    showing.seal(sheet, line, items)
    await line.save()
    await drawing.bump(sheet, line.net_fen - before)
    await steps.step(actor, sheet, Act.CORRECTED, reason=given.reason, line_id=line.id)
    if kind := KINDS.get(heard):
        await telling.tell_workers(actor, [line], kind, telling.params_of(sheet))
    return heard


async def _heard(sheet: WageSheet, line: WageLine) -> Heard:
    """What a change of the line is to its worker, before it is made.

    Whoever objected after he had signed, too, would have his signature back if he agreed after all.
    """
    if sheet.submitted_at is None:
        return Heard.NOTHING
    signed = await LineSignature.exists(line_id=line.id, line_version=line.version)
    return Heard.UNSIGNED if signed else Heard.CHANGED


async def _keep(
    actor: Actor, sheet: WageSheet, line: WageLine, items: list[WageItem], reason: str
) -> None:
    await WageLineVersion.create(
        line_id=line.id,
        worker_id=line.worker_id,
        project_id=line.project_id,
        version=line.version,
        shown=showing.shown(sheet, line, items),
        digest=line.digest,
        reason=reason,
        account_id=actor.account_id,
    )


async def _changed(line: WageLine, items: list[WageItem], given: CorrectionIn) -> list[WageItem]:
    """The items after the change, in their order."""
    removed = set(given.remove)
    gone = [each for each in items if each.id in removed and each.kind.by_hand]
    if len(gone) != len(removed) or not (gone or given.add):
        raise WrongItem
    await WageItem.filter(id__in=[each.id for each in gone]).delete()
    added = [
        WageItem(
            line_id=line.id,
            kind=ItemKind(each.kind),
            amount_fen=-each.amount_fen if ItemKind(each.kind).taken else each.amount_fen,
            note=each.note,
        )
        for each in given.add
    ]
    await WageItem.bulk_create(added)
    return [each for each in items if each.id not in removed] + added


async def _hints(line: WageLine, items: list[WageItem]) -> list[str]:
    minimum = await projects.minimum_month_fen(line.region)
    known = [reckoning.Item(each.kind, each.amount_fen) for each in items]
    how = terms_of(line)
    found = reckoning.hints(how, known, units=line.units, minimum_month_fen=minimum)
    return [each.value for each in found]


def terms_of(line: WageLine) -> Terms | None:
    """The terms that a line was drawn with; None while there were none."""
    if line.rate_fen is None:
        return None
    return Terms(
        PayKind(line.pay_kind), line.rate_fen, line.unit_hours, line.overtime_percent,
        line.overtime_fen,
    )  # fmt: skip


async def explain(actor: Actor, sheet_id: UUID, line_id: UUID, given: UnsignedIn) -> WageLine:
    """Why the line is paid unsigned (L-08), said by the employer or the contractor.

    NoSuchSheet, NoSuchLine, WrongStep once it was released.
    """
    async with transaction():
        sheet = await access.locked_by_either(actor, UPDATE, sheet_id)
        if not sheet.state.returned:
            raise WrongStep
        line = await access.line(sheet, line_id, lock=True)
        line.unsigned_reason = given.reason
        await line.save(update_fields=["unsigned_reason"])
        steps.record_line(actor, Tag.WAGE_LINE_EXPLAINED, line)
    return line
