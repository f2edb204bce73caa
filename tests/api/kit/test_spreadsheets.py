"""Tables that leave the house: read back as they were, summed, and never executed."""

import io
import zipfile
from decimal import Decimal

import python_calamine
from hypothesis import given
from hypothesis import strategies as st

from api.kit import spreadsheets

SHEET = "xl/worksheets/sheet1.xml"


def read(content: bytes) -> list[list[object]]:
    book = python_calamine.load_workbook(io.BytesIO(content))
    return [list(row) for row in book.get_sheet_by_index(0).to_python()]


@given(st.text(alphabet=st.sampled_from("=+-@\t\r\n\0 a1'"), max_size=6))
def test_no_cell_begins_like_a_formula(cell: str) -> None:
    assert not spreadsheets.neutral(cell).startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\0"))


def test_what_is_written_is_read_back_as_text() -> None:
    content = spreadsheets.write(("a", "b"), [("=1+1", "2"), ("http://x", "@SUM(1)")])
    assert read(content) == [["a", "b"], ["'=1+1", "2"], ["http://x", "'@SUM(1)"]]
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(content)).read(SHEET)


def test_numbers_can_be_summed_and_nothing_is_an_empty_cell() -> None:
    content = spreadsheets.write(("工", "备注"), [(Decimal("1.5"), None), (-2, "x")])
    assert read(content) == [["工", "备注"], [1.5, ""], [-2.0, "x"]]


def test_a_line_above_says_what_it_is() -> None:
    content = spreadsheets.write(("a",), [("1",)], above="=两行")
    assert read(content) == [["'=两行"], ["a"], ["1"]]
