"""XLSX files of rows, written row by row, that no spreadsheet executes."""

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

import xlsxwriter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Cell = str | int | Decimal | None
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")
_WIDTH = 24


def write(
    header: Sequence[str], rows: Iterable[Sequence[Cell]], *, above: str = "", name: str = ""
) -> bytes:
    """An XLSX file: `above` in the first line if given, then the header, then the rows.

    The sheet is called `name`: at most 31 characters, none of `[]:*?/\\`.

    Texts that a spreadsheet might execute begin with `'`; numbers are cells that can be summed.
    """
    content = io.BytesIO()
    # Each row is on the disk as soon as the next begins: the sheet never stands in memory whole.
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(content, options)
    sheet = book.add_worksheet(name or None)
    as_text, bold = book.add_format({"num_format": "@"}), book.add_format({"bold": True})
    as_number = book.add_format({"num_format": "General", "align": "right"})
    # Whatever is typed below stays text too: a column of numbers would lose their last digits.
    sheet.set_column(0, len(header) - 1, _WIDTH, as_text)
    sheet.freeze_panes(2 if above else 1, 0)
    sheet.repeat_rows(1 if above else 0)
    if above:
        sheet.write_string(0, 0, neutral(above))
    for column, name in enumerate(header):
        sheet.write_string(1 if above else 0, column, neutral(name), bold)
    for number, row in enumerate(rows, start=2 if above else 1):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, column, neutral(cell), as_text)
            elif cell is not None:
                sheet.write_number(number, column, cell, as_number)
    book.close()
    return content.getvalue()


def neutral(text: str) -> str:
    """The text as a spreadsheet shows it and never executes it (CWE-1236)."""
    return "'" + text if text.startswith(_RISKY) else text
