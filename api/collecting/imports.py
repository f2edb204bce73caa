"""批量导入: reads a file of workers and reports on each row; a bad row spoils no other."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.collecting import queries, sheets
from api.collecting.errors import MissingColumns, NoRows, NoSuchImport, SheetTooSlow
from api.collecting.models import RowStatus, WorkerImport, WorkerImportRow
from api.collecting.schemas import PersonIn, RowIn
from api.collecting.service import Outcome, link_all
from api.enterprises import service as enterprises
from api.enterprises.models import Enterprise
from api.kit import spreadsheets
from api.kit.actor import Actor
from api.kit.errors import FieldError, Invalid
from api.kit.schemas import parse_fields
from api.kit.transaction import transaction

T = TypeVar("T")
READING_S = 15.0
CHUNK = 50
"""Rows in one transaction: others get their turn at the database in between."""

COLUMNS = {
    "姓名": "name",
    "证件号码": "id_number",
    "证件号": "id_number",
    "身份证号": "id_number",
    "身份证号码": "id_number",
    "手机号": "phone",
    "手机号码": "phone",
    "手机": "phone",
    "联系电话": "phone",
    "工种": "trade",
}
LABELS = {field: label for label, field in reversed(COLUMNS.items())}
"""The columns by what they hold, as the template heads them."""
TEMPLATE = ("姓名", "证件号码", "手机号", "工种")
NEEDED = {"name": "姓名", "id_number": "证件号码"}
REPEATED = FieldError(
    "id_number", "collecting.repeated_row", "这个人在表格前面已经有了。请删掉重复的行。"
)
AGAIN = FieldError("", "collecting.already_collected", "这个人以前已经登记过。请到工人列表里查看。")
RESULTS = {
    RowStatus.CREATED: "新登记",
    RowStatus.MERGED: "已合并到原有登记",
    RowStatus.INVALID: "没有导入",
    RowStatus.DUPLICATE: "重复",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file: the person in it, or what is wrong with it."""

    number: int
    person: PersonIn | None
    status: RowStatus = RowStatus.INVALID
    errors: tuple[FieldError, ...] = ()


async def import_file(actor: Actor, enterprise_id: UUID, content: bytes) -> WorkerImport:
    """The finished import of a file: every row has its answer.

    Only for a verified enterprise: NotVerified, EnterpriseFrozen. The errors of `sheets.read`,
    MissingColumns, NoRows and SheetTooSlow refuse the file as a whole.
    """
    enterprise = await enterprises.require_verified(enterprise_id)
    rows = await _read(content)
    async with transaction():
        report = await WorkerImport.create(
            enterprise_id=enterprise.id, made_by=actor.id, total=len(rows)
        )
        subject = ("worker_import", report.id)
        audit.record(
            actor, Tag.WORKER_IMPORT_READ, subject, tenant_id=enterprise.id, rows=len(rows)
        )
    for part in _parts(rows):
        await _import(actor, enterprise, report, part)
    report.done = True
    await report.save(update_fields=["done"])
    return report


async def _read(content: bytes) -> list[Row]:
    try:
        return await asyncio.wait_for(asyncio.to_thread(read_rows, content), READING_S)
    except TimeoutError:
        raise SheetTooSlow from None


def read_rows(content: bytes) -> list[Row]:
    """The rows of a file below its header, empty ones left out, each judged by itself.

    MissingColumns, NoRows, and the errors of `sheets.read`.
    """
    table = sheets.read(content)
    header = _header(table[0]) if table else {}
    missing = [name for name in NEEDED if name not in header]
    if missing:
        raise MissingColumns(
            errors=tuple(
                FieldError(m, "field.missing", f"缺“{NEEDED[m]}”这一列。") for m in missing
            )
        )
    seen: set[tuple[str, str]] = set()
    rows = [_row(n, header, row, seen) for n, row in enumerate(table[1:], start=2) if any(row)]
    if not rows:
        raise NoRows
    return rows


def _header(cells: Sequence[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, cell in enumerate(cells):
        name = COLUMNS.get("".join(cell.split()).rstrip("*"))
        if name:
            places.setdefault(name, place)
    return places


def _row(
    number: int, header: dict[str, int], cells: Sequence[str], seen: set[tuple[str, str]]
) -> Row:
    values = {name: cells[place] for name, place in header.items() if place < len(cells)}
    try:
        person = parse_fields(RowIn, {name: value for name, value in values.items() if value})
    except Invalid as invalid:
        return Row(number, None, errors=invalid.errors)
    key = person.id_number.key
    if key in seen:
        return Row(number, None, RowStatus.DUPLICATE, (REPEATED,))
    seen.add(key)
    return Row(number, person)


def _parts(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(rows), CHUNK):
        yield rows[start : start + CHUNK]


async def _import(
    actor: Actor, enterprise: Enterprise, report: WorkerImport, rows: Sequence[Row]
) -> None:
    people = [row.person for row in rows if row.person]
    async with transaction():
        outcomes = iter(await link_all(actor, enterprise, people))
        answers = [_answer(report, row, next(outcomes) if row.person else None) for row in rows]
        await WorkerImportRow.bulk_create(answers)


def _answer(report: WorkerImport, row: Row, outcome: Outcome | None) -> WorkerImportRow:
    status, errors = row.status, row.errors
    if outcome:
        status = outcome.status
        if outcome.problem:
            errors = (FieldError("", outcome.problem.code, outcome.problem.detail),)
        elif status is RowStatus.DUPLICATE:
            errors = (AGAIN,)
    return WorkerImportRow(
        report_id=report.id,
        number=row.number,
        status=status,
        errors=[{"path": e.path, "code": e.code, "message": e.message} for e in errors],
        link_id=outcome.link.id if outcome and outcome.link else None,
    )


async def one(actor: Actor, import_id: UUID) -> WorkerImport:
    """An import of the actor's enterprise. NoSuchImport otherwise."""
    report = await queries.imports(actor).filter(id=import_id).first()
    if report is None:
        raise NoSuchImport
    return report


async def rows_of(report: WorkerImport) -> list[WorkerImportRow]:
    """All rows of an import, in their order; at most a thousand."""
    return await WorkerImportRow.filter(report_id=report.id).order_by("number")


async def as_sheet(report: WorkerImport) -> bytes:
    """The report as an XLSX file; it holds no number and no name."""
    rows = [(str(r.number), RESULTS[r.status], _sentences(r.errors)) for r in await rows_of(report)]
    return await asyncio.to_thread(spreadsheets.write, ("行号", "结果", "说明"), rows)


def _sentences(errors: list[dict[str, Any]]) -> str:
    return " ".join(
        f"{LABELS[e['path']]}：{e['message']}" if e["path"] in LABELS else e["message"]
        for e in errors
    )


def template() -> bytes:
    """An empty XLSX file with the columns of an import."""
    return spreadsheets.write(TEMPLATE, [])
