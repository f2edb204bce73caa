"""XLSX files of rows that a spreadsheet shows and never executes."""

import io
from collections.abc import Iterable, Sequence

import xlsxwriter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


def write(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """An XLSX file of text cells only; texts that a spreadsheet might execute begin with `'`."""
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(content, options)
    sheet = book.add_worksheet()
    as_text = book.add_format({"num_format": "@"})
    sheet.set_column(0, len(header) - 1, 24, as_text)
    for number, row in enumerate([header, *rows]):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, neutral(cell), as_text)
    book.close()
    return content.getvalue()


def neutral(cell: str) -> str:
    """The text as a spreadsheet shows it and never executes it (CWE-1236)."""
    return "'" + cell if cell.startswith(_RISKY) else cell
