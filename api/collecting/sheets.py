"""Rows of an uploaded XLSX or CSV file.

An uploaded workbook is not to be trusted: it may unpack to gigabytes, name a cell in the last
column of the last row, or hold formulas. So its parts are unpacked here under a limit, looked
through, and only then handed to the reader, as a fresh archive.
"""

import csv
import io
import re
import zipfile
import zlib
from datetime import date, datetime, time, timedelta

import python_calamine

from api.collecting.errors import FormulasInSheet, SheetTooLarge, UnreadableSheet

MOST_ROWS = 1000
MOST_COLUMNS = 40
MOST_BYTES = 3 * 1024 * 1024
MOST_UNPACKED = 24 * 1024 * 1024
MOST_PARTS = 200

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_WANTED = re.compile(r"\[Content_Types\]\.xml|_rels/[^/]+|xl/[\w./]+\.(?:xml|rels)")
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{0,8})([0-9]{1,12})["']""")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_LOSSY = 10**15
"""From here on a spreadsheet's number no longer holds every digit."""
DIGITS_LOST = "#"
"""What stands for a number whose last digits the spreadsheet has lost."""

Rows = list[list[str]]


def read(content: bytes) -> Rows:
    """The rows of the first sheet as text, empty rows at the end left out.

    UnreadableSheet, FormulasInSheet, SheetTooLarge.
    """
    if len(content) > MOST_BYTES:
        raise SheetTooLarge
    rows = _xlsx(content) if content.startswith(b"PK") else _csv(content)
    while rows and not any(rows[-1]):
        rows.pop()
    if len(rows) > MOST_ROWS + 1 or any(len(row) > MOST_COLUMNS for row in rows):
        raise SheetTooLarge
    return rows


def _csv(content: bytes) -> Rows:
    text = _decoded(content)
    if "\0" in text:
        raise UnreadableSheet
    rows: Rows = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), strict=True):
            rows.append([cell.strip() for cell in row])
            if len(rows) > 2 * MOST_ROWS:
                raise SheetTooLarge
    except csv.Error:
        raise UnreadableSheet from None
    if any(cell.startswith("=") for row in rows for cell in row):
        raise FormulasInSheet
    return rows


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):  # what Excel in China saves
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableSheet


def _xlsx(content: bytes) -> Rows:
    clean = _repacked(content)
    try:
        book = python_calamine.load_workbook(clean)
        cells = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, IndexError, ValueError, OSError):
        raise UnreadableSheet from None
    return [[_text(cell) for cell in row] for row in cells]


def _repacked(content: bytes) -> io.BytesIO:
    """The workbook's parts in a fresh archive, after looking at each."""
    clean = io.BytesIO()
    left = MOST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(clean, "w") as fresh:
            if len(given.infolist()) > MOST_PARTS:
                raise SheetTooLarge
            for part in given.infolist():
                if not _WANTED.fullmatch(part.filename):
                    continue
                # Reading stops at the size announced, and that is checked first.
                left -= part.file_size
                if left < 0:
                    raise SheetTooLarge
                fresh.writestr(part.filename, _looked_through(part.filename, given.read(part)))
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError):
        # RuntimeError: a password; NotImplementedError: a packing method nobody uses
        raise UnreadableSheet from None
    clean.seek(0)
    return clean


def _looked_through(name: str, part: bytes) -> bytes:
    if b"\0" in part or _DOCTYPE.search(part):
        raise UnreadableSheet
    if not _SHEET.fullmatch(name):
        return part
    if _FORMULA.search(part):
        raise FormulasInSheet
    for column, row in _PLACE.findall(part):
        # The reader makes room for the whole rectangle up to the farthest cell.
        if len(column) > 2 or int(row) > 2 * MOST_ROWS:
            raise SheetTooLarge
    return part


Cell = int | float | str | bool | time | date | datetime | timedelta


def _text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, int | float):
        return _number(cell)
    return str(cell).strip()


def _number(cell: float) -> str:
    if abs(cell) >= _LOSSY:
        return DIGITS_LOST
    return str(int(cell)) if cell == int(cell) else str(cell)
