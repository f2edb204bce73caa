"""Files that people send, and files that are sent to do harm."""

import io
import struct
import zipfile

import pytest
import xlsxwriter

from api.collecting import sheets
from api.collecting.errors import FormulasInSheet, SheetTooLarge, UnreadableSheet
from tests.api.collecting.crew import as_csv, as_xlsx

SHEET = "xl/worksheets/sheet1.xml"


def changed(part: str, content: bytes) -> bytes:
    """A workbook with one part replaced or added."""
    made = io.BytesIO()
    old = zipfile.ZipFile(io.BytesIO(as_xlsx([("a", "b")])))
    with old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, content)
    return made.getvalue()


def sheet_of(cells: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    text = f'<worksheet xmlns="{space}"><sheetData>{cells}</sheetData></worksheet>'
    return changed(SHEET, text.encode())


def test_xlsx_and_csv_say_the_same() -> None:
    table = [("张三", "510107197901010030", "13900000001", "020"), ("李四", "", "", "")]
    expected = [["姓名", "证件号码", "手机号", "工种"], *[list(row) for row in table]]
    assert sheets.read(as_xlsx(table)) == expected
    for encoding in ("utf-8-sig", "utf-8", "gb18030"):
        assert sheets.read(as_csv(table, encoding=encoding)) == expected


def test_a_phone_kept_as_a_number_stays_whole() -> None:
    assert sheets.read(as_xlsx([("x", 13900000001)]))[1] == ["x", "13900000001", "", ""]


def test_a_long_number_kept_as_a_number_has_lost_its_digits() -> None:
    assert sheets.read(as_xlsx([("x", 510107197901010030)]))[1][1] == sheets.DIGITS_LOST


def test_empty_rows_at_the_end_are_no_rows() -> None:
    assert len(sheets.read(as_csv([("a",), ("", ""), (" ",)]))) == 2


def test_a_formula_is_refused() -> None:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    book.add_worksheet().write_formula(0, 0, "=1+1")
    book.close()
    with pytest.raises(FormulasInSheet):
        sheets.read(content.getvalue())
    with pytest.raises(FormulasInSheet):
        sheets.read(as_csv([("=cmd|' /C calc'!A0", "x")]))
    with pytest.raises(FormulasInSheet):
        sheets.read(sheet_of('<row r="1"><c r="A1"><x:f>1+1</x:f><v>2</v></c></row>'))


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1"><c r="XFD1"><v>1</v></c></row>',
        '<row r="1048576"><c r="A1048576"><v>1</v></c></row>',
        "<row r='1'><c r = 'XFD1048576'><v>1</v></c></row>",
        '<row r="3000"><c><v>1</v></c></row>',
    ],
)
def test_a_cell_far_away_makes_no_huge_table(cells: str) -> None:
    with pytest.raises(SheetTooLarge):
        sheets.read(sheet_of(cells))


def test_a_part_that_unpacks_to_too_much_is_refused() -> None:
    with pytest.raises(SheetTooLarge):
        sheets.read(changed("xl/sharedStrings.xml", b" " * (sheets.MOST_UNPACKED + 1)))


def test_a_part_that_lies_about_its_size_is_refused() -> None:
    honest = changed("xl/sharedStrings.xml", b" " * 1_000_000)
    lying = honest.replace(struct.pack("<L", 1_000_000), struct.pack("<L", 10))
    assert lying != honest
    with pytest.raises(UnreadableSheet):
        sheets.read(lying)


def test_what_is_no_part_of_a_workbook_is_left_out() -> None:
    bomb = changed("xl/media/image1.png", b"\0" * (sheets.MOST_UNPACKED + 1))
    assert sheets.read(bomb) == [["姓名", "证件号码", "手机号", "工种"], ["a", "b", "", ""]]


def test_too_many_parts_are_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for number in range(sheets.MOST_PARTS + 1):
            archive.writestr(f"xl/{number}.xml", "")
    with pytest.raises(SheetTooLarge):
        sheets.read(made.getvalue())


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 nothing of a kind",
        b"\x00\x01\x02",
        b"\xff\xfe\x00\xd8",
        b'"never closed',
        changed("[Content_Types].xml", b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]><x/>"),
        changed(SHEET, "<worksheet/>".encode("utf-16")),
        changed("xl/workbook.xml", b"<nothing/>"),
        changed("xl/workbook.xml", b"<workbook><sheets>"),
    ],
)
def test_what_is_no_table_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableSheet):
        sheets.read(content)


def test_a_file_with_a_password_is_refused() -> None:
    content = bytearray(as_xlsx([("a", "b")]))
    for head, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = content.find(head)
        while start >= 0:
            content[start + flag] |= 1
            start = content.find(head, start + 4)
    with pytest.raises(UnreadableSheet):
        sheets.read(bytes(content))


def test_limits_of_rows_columns_and_bytes() -> None:
    assert len(sheets.read(as_csv([("x",)] * sheets.MOST_ROWS))) == sheets.MOST_ROWS + 1
    for content in (
        as_csv([("x",)] * (sheets.MOST_ROWS + 1)),
        as_xlsx([("x",)] * (sheets.MOST_ROWS + 1)),
        as_csv([("x",) * (sheets.MOST_COLUMNS + 1)]),
        b"x" * (sheets.MOST_BYTES + 1),
    ):
        with pytest.raises(SheetTooLarge):
            sheets.read(content)
