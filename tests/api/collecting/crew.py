"""Synthetic workers as an enterprise reports them, in bodies and in files."""

import csv
import io
from collections.abc import Sequence
from typing import Any

import httpx
import xlsxwriter

from tests.cast import Client
from tests.specimens.people import Person, person

WORKERS = "/api/v1/enterprise/workers"
IMPORTS = "/api/v1/enterprise/worker-imports"
LINKS = "/api/v1/me/links"
HEADER = ("姓名", "证件号码", "手机号", "工种")


def body(seed: int = 1, **changed: Any) -> dict[str, Any]:
    """One worker to collect."""
    someone = person(seed)
    return {
        "name": someone.name,
        "id_number": someone.number,
        "phone": someone.phone,
        "trade": "020",
        **changed,
    }


async def collected(client: Client, seed: int = 1, by: str = "officer_a") -> dict[str, Any]:
    answer = await client.post(WORKERS, as_=by, json=body(seed))
    assert answer.status_code in (200, 201), answer.text
    return dict(answer.json())


def row(someone: Person, trade: str = "钢筋工") -> tuple[str, ...]:
    return someone.name, someone.number, someone.phone, trade


def rows(count: int, first: int = 1) -> list[tuple[str, ...]]:
    return [row(person(seed)) for seed in range(first, first + count)]


def as_csv(
    table: Sequence[Sequence[str]], header: Sequence[str] = HEADER, encoding: str = "utf-8-sig"
) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([header, *table])
    return text.getvalue().encode(encoding)


def as_xlsx(table: Sequence[Sequence[Any]], header: Sequence[str] = HEADER) -> bytes:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet()
    for number, cells in enumerate([header, *table]):
        for column, cell in enumerate(cells):
            sheet.write(number, column, cell)
    book.close()
    return content.getvalue()


async def imported(
    client: Client, content: bytes, by: str | None = "officer_a", **fields: str
) -> httpx.Response:
    files = {"file": ("workers.xlsx", content, "application/octet-stream")}
    return await client.post(IMPORTS, as_=by, files=files, data=fields)


async def report(client: Client, import_id: str, by: str = "officer_a") -> dict[str, Any]:
    answer = await client.get(f"{IMPORTS}/{import_id}", as_=by)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())
