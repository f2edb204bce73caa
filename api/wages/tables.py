"""A sheet as a table: taken away with its sums, and brought back with amounts filled in.

Of a table that is brought back the columns of bonus, back pay and deduction count, as what they
are to come to: brought twice, it changes nothing the second time. A row that would change its line
says why, and is of the line as it stands: what somebody corrected after the table was taken away is
not undone by it. One wrong row refuses all.
"""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from uuid import UUID

from api.audit.exports import exported
from api.collecting import sheets as uploads
from api.collecting.errors import FormulasInSheet, SheetTooLarge, UnreadableSheet
from api.kit import money, on_paper, spreadsheets
from api.kit.actor import Actor
from api.kit.errors import FieldError
from api.kit.spreadsheets import Cell
from api.kit.transaction import transaction
from api.permissions import Permission
from api.wages import access, correcting, queries, reading, showing
from api.wages.answers import ImportFaultOut, ImportOut
from api.wages.errors import BadSheetFile, WrongStep
from api.wages.models import WageItem, WageLine
from api.wages.reckoning import ItemKind, PayKind
from api.wages.rules import LineState, PayState
from api.wages.schemas import MOST_FEN, CorrectionIn, ItemIn, SheetFileForm

BATCH = 500
UPDATE = Permission.ENTERPRISE_WAGES_UPDATE
KEY, REASON, VERSION = "编号", "说明", "版本"
PAY = {PayKind.MONTH: "按月", PayKind.DAY: "按天", PayKind.HOUR: "按小时", PayKind.PIECE: "按件"}
ITEMS = {
    ItemKind.BASIC: "基本工资", ItemKind.PIECE: "计件", ItemKind.OVERTIME: "加班",
    ItemKind.BONUS: "奖金", ItemKind.BACK_PAY: "补发", ItemKind.DEDUCTION: "扣款",
    ItemKind.ADVANCE: "借支扣回",
}  # fmt: skip
STATES = {
    LineState.WAITING: "待确认", LineState.CONFIRMED: "已确认", LineState.CONTESTED: "有异议",
    LineState.ADJUSTED: "已调整", LineState.UPHELD: "维持",
}  # fmt: skip
PAY_STATES = {
    PayState.WAITING: "待发", PayState.SENT: "发放中", PayState.SUCCEEDED: "成功",
    PayState.FAILED: "失败", PayState.RETURNED: "退票", PayState.REPAID: "补发",
}  # fmt: skip
HEADER = (
    KEY, "姓名", "班组", "计酬", "单价（元）", "工", "小时", "加班小时",
    *(f"{name}（元）" for name in ITEMS.values()),
    "应发（元）", "应扣（元）", "实发（元）", "签字", "发放", REASON, VERSION,
)  # fmt: skip
FILLED = {f"{ITEMS[kind]}（元）": kind for kind in ItemKind if kind.by_hand}
NAME = HEADER.index("姓名")
FIRST_SUM = HEADER.index("工")


@dataclass(frozen=True, slots=True)
class Row:
    """A row that was brought back: what each kind is to come to, in fen, and why.

    place: where it stands in the table. version: of the line as it was taken away.
    """

    place: int
    line_id: UUID
    version: str
    amounts: dict[ItemKind, int]
    reason: str


async def export(actor: Actor, permission: Permission, sheet_id: UUID) -> tuple[str, bytes]:
    """Name and bytes of the table, with a row of sums below. NoSuchSheet."""
    sheet = await access.sheet(actor, permission, sheet_id)
    rows: list[list[Cell]] = []
    last = UUID(int=0)
    lines = queries.lines_of(sheet.id).order_by("id")
    while found := await lines.filter(id__gt=last).limit(BATCH):
        rows += await _rows(found)
        last = found[-1].id
    await exported(actor, "wage_sheet", len(rows), f"sheet={sheet.id}")
    above = f"工资单 {sheet.number}　{on_paper.day(sheet.from_on)}至{on_paper.day(sheet.to_on)}"
    content = await asyncio.to_thread(
        spreadsheets.write, HEADER, [*rows, _sums(rows)], above=above, name="工资单"
    )
    return f"{sheet.number}.xlsx", content


async def _rows(lines: Sequence[WageLine]) -> list[list[Cell]]:
    items = await showing.items_of([line.id for line in lines])
    figures = await reading.line_figures(lines)
    return [
        [
            str(line.id), each["worker_name"], each["team"].name if each["team"] else "",
            PAY[line.pay_kind] if line.pay_kind else "没有约定", _yuan(line.rate_fen),
            line.units, line.hours, line.overtime_hours,
            *(_yuan(_of_kind(items[line.id], kind)) for kind in ITEMS),
            _yuan(line.gross_fen), _yuan(line.deducted_fen), _yuan(line.net_fen),
            STATES[line.state], PAY_STATES[line.pay_state], "", str(line.version),
        ]
        for line, each in zip(lines, figures, strict=True)
    ]  # fmt: skip


def _of_kind(items: Sequence[WageItem], kind: ItemKind) -> int:
    return sum(each.amount_fen for each in items if each.kind is kind)


def _yuan(amount_fen: int | None) -> Decimal | None:
    return None if amount_fen is None else Decimal(amount_fen).scaleb(-2)


def _sums(rows: Sequence[Sequence[Cell]]) -> list[Cell]:
    """What the columns of numbers come to."""
    sums: list[Cell] = ["合计", f"{len(rows)} 人", "", "", None]
    for place in range(FIRST_SUM, len(HEADER)):
        cells = [row[place] for row in rows]
        numbers = [cell for cell in cells if isinstance(cell, Decimal)]
        sums.append(sum(numbers, Decimal(0)) if len(numbers) == len(rows) else "")
    return sums


async def put(actor: Actor, sheet_id: UUID, form: SheetFileForm) -> ImportOut:
    """The lines that a table changes, each as a correction; or what is wrong, and no change.

    NoSuchSheet, WrongStep once it is audited, BadSheetFile for what is no such table.
    """
    cells = await _cells(form.table.content)
    columns, place = _header(cells)
    async with transaction():
        sheet = await access.locked(actor, UPDATE, sheet_id, contractor=False)
        if not sheet.state.corrected:
            raise WrongStep
        lines = {line.id: line for line in await queries.lines_of(sheet.id).select_for_update()}
        faults: list[ImportFaultOut] = []
        rows = list(_read(cells[place + 1 :], place + 2, columns, set(lines), faults))
        changes = [] if faults else await _changes(lines, rows, faults)
        if faults:
            return ImportOut(changed=0, faults=faults[:100])
        for line, given in changes:
            await correcting.change(actor, sheet, line, given)
    return ImportOut(changed=len(changes), faults=[])


async def _cells(content: bytes) -> list[list[str]]:
    try:
        return await asyncio.to_thread(uploads.read, content)
    except (FormulasInSheet, SheetTooLarge, UnreadableSheet) as error:
        fault = FieldError("table", BadSheetFile.code, error.detail)
        raise BadSheetFile(error.detail, errors=(fault,)) from None


def _header(cells: Sequence[Sequence[str]]) -> tuple[dict[str, int], int]:
    for place, row in enumerate(cells[:3]):
        columns = {name: column for column, name in enumerate(row) if name}
        if columns.keys() >= {KEY, REASON, VERSION, *FILLED}:
            return columns, place
    words = "表头不对。请先下载这张工资单，在下载的表里填。"
    raise BadSheetFile(words, errors=(FieldError("table", BadSheetFile.code, words),))


def _read(
    cells: Sequence[Sequence[str]],
    first: int,
    columns: dict[str, int],
    known: set[UUID],
    faults: list[ImportFaultOut],
) -> Iterator[Row]:
    seen: set[UUID] = set()
    for place, row in enumerate(cells, start=first):
        values = {name: row[at] if at < len(row) else "" for name, at in columns.items()}
        if not values[KEY] or values[KEY] == "合计":
            continue
        line_id = _line_id(values[KEY])
        if line_id not in known or line_id in seen:
            words = "这个编号写了两次。" if line_id in seen else "这张工资单里没有这个编号。"
            faults.append(ImportFaultOut(row=place, column=KEY, sentence=words + "请不要改编号。"))
            continue
        seen.add(line_id)
        amounts = _amounts(place, values, faults)
        yield Row(place, line_id, values[VERSION], amounts, values[REASON][:200].strip())


def _line_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _amounts(
    place: int, values: dict[str, str], faults: list[ImportFaultOut]
) -> dict[ItemKind, int]:
    found = {}
    for column, kind in FILLED.items():
        try:
            amount = abs(money.fen(Decimal(values[column].replace(",", "") or "0")))
        except (InvalidOperation, ValueError, OverflowError):
            amount = MOST_FEN + 1
        if amount > MOST_FEN:
            words = "金额读不出来，或者太大。请只写数字，例如 200 或 150.50。"
            faults.append(ImportFaultOut(row=place, column=column, sentence=words))
        found[kind] = amount
    return found


async def _changes(
    lines: dict[UUID, WageLine], rows: Sequence[Row], faults: list[ImportFaultOut]
) -> list[tuple[WageLine, CorrectionIn]]:
    """The corrections that rows ask for; what stands in the way goes to the faults."""
    items = await showing.items_of([row.line_id for row in rows])
    found = []
    for row in rows:
        line = lines[row.line_id]
        add, remove = _difference(row, items[line.id])
        if not add and not remove:
            continue
        fault = _hindrance(row, line)
        if fault is not None:
            faults.append(fault)
            continue
        given = [{**each, "note": row.reason} for each in add]
        found.append((line, CorrectionIn(
            add=tuple(ItemIn.model_validate(each) for each in given), remove=tuple(remove),
            reason=row.reason,
        )))  # fmt: skip
    return found


def _hindrance(row: Row, line: WageLine) -> ImportFaultOut | None:
    """Why a row does not change its line: the line is another by now, or it does not say why."""
    if row.version != str(line.version):
        words = "这一行后来改过，请重新下载，在新表里改。"
        return ImportFaultOut(row=row.place, column=VERSION, sentence=words)
    if not row.reason:
        words = "金额改了，请在“说明”里写明为什么改，工人会看到。"
        return ImportFaultOut(row=row.place, column=REASON, sentence=words)
    return None


def _difference(
    row: Row, items: Sequence[WageItem]
) -> tuple[list[dict[str, str | int]], list[UUID]]:
    """What is added to a line and what removed, so that its amounts are those of the row."""
    add: list[dict[str, str | int]] = []
    remove: list[UUID] = []
    for kind, amount in row.amounts.items():
        of_kind = [each for each in items if each.kind is kind]
        if abs(sum(each.amount_fen for each in of_kind)) == amount:
            continue
        remove += [each.id for each in of_kind]
        if amount:
            add.append({"kind": kind.value, "amount_fen": amount})
    return add, remove
