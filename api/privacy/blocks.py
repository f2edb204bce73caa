"""Rows of words on a sheet: a table where every column has room, else a block for each row.

Whatever is longer than its place goes on below it: nothing is printed over anything else, and
nothing is cut. Words are measured by the font itself.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import ceil

from api.kit.sheets import FONT, Sheet

SIZE, LINE_MM = 8, 4.6
GAP_MM = 3.0
"""Between columns."""
LEAST_MM = 55.0
"""What the one column that may wrap in a table has at least."""
LONGEST = 400
"""Longer words make a block of their row."""
ACROSS = 4
"""Places side by side in a block."""
NUMBER_MM = 9.0
"""Where the number of a row stands."""
INK, PALE, RULE = (31, 41, 55), (91, 100, 112), (208, 212, 218)
NOTHING = "—"
PIECES = re.compile(r"(?:[!-~]+|.)[，。；：）、”》]*")
"""What stays together: a word or number, with the mark that may not begin a line."""

Row = tuple[str, ...]


def draw(sheet: Sheet, head: Row, rows: Sequence[Row]) -> None:
    """The rows stand on the sheet, below what is there."""
    paper = Paper(sheet)
    widths = paper.columns(head, rows)
    if widths:
        paper.table(widths, head, rows)
    else:
        for at, row in enumerate(rows, 1):
            paper.block(at, head, row)
    sheet.set_text_color(0)


def say(sheet: Sheet, text: str) -> None:
    """A paragraph about the rows stands on the sheet, below what is there."""
    paper = Paper(sheet)
    for line in paper.wrapped(text, sheet.epw - GAP_MM):
        paper.line(line)
    sheet.set_text_color(0)


class _Widths(dict[str, float]):
    """Widths of characters in millimetres, each asked of the font once."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self.sheet = sheet

    def __missing__(self, char: str) -> float:
        self[char] = self.sheet.get_string_width(char)
        return self[char]


@dataclass
class Paper:
    """Where the next line stands on a sheet, and how wide words are on it."""

    sheet: Sheet
    y: float = field(init=False)

    def __post_init__(self) -> None:
        self.sheet.set_font(FONT, size=SIZE)
        self.y = self.sheet.y

    @cached_property
    def widths(self) -> _Widths:
        return _Widths(self.sheet)

    def wide(self, text: str) -> float:
        return sum(map(self.widths.__getitem__, text))

    def line(self, text: str) -> None:
        """A line by itself."""
        self._turned()
        self._text(self.sheet.l_margin, text, PALE)
        self._down()

    def columns(self, head: Row, rows: Sequence[Row]) -> list[float]:
        """The widths of a table's columns; none where the rows need blocks."""
        if any("\n" in text or len(text) > LONGEST for row in rows for text in row):
            return []
        needed = [
            max(map(self.wide, {name, *(row[at] for row in rows)})) + GAP_MM
            for at, name in enumerate(head)
        ]
        left, widest = self.sheet.epw - sum(needed), max(needed)
        at = needed.index(widest)
        if left < 0 and widest + left < LEAST_MM:
            return []
        if left < 0:
            needed[at] += left
            return needed
        return [each + left / len(needed) for each in needed]

    def table(self, widths: Sequence[float], head: Row, rows: Sequence[Row]) -> None:
        """One line for each row, as high as its longest word needs."""
        self._line(widths, head, head, PALE)
        for row in rows:
            self._line(widths, head, row, INK)

    def _line(
        self, widths: Sequence[float], head: Row, row: Row, colour: tuple[int, int, int]
    ) -> None:
        cells = [
            self.wrapped(text, width - GAP_MM) for text, width in zip(row, widths, strict=True)
        ]
        for at in range(max(map(len, cells))):
            if self._turned() and row is not head:
                self._line(widths, head, head, PALE)
            x = self.sheet.l_margin
            for lines, width in zip(cells, widths, strict=True):
                if at < len(lines):
                    self._text(x, lines[at], colour)
                x += width
            self._down()
        self._rule()

    def block(self, number: int, head: Row, row: Row) -> None:
        """The words of a row with what they are, side by side where they have room."""
        left = self.sheet.l_margin + NUMBER_MM
        whole = self.sheet.epw - NUMBER_MM
        place = whole / ACROSS
        self._turned()
        self._text(self.sheet.l_margin, f"{number}.", PALE)
        at = 0
        for name, text in zip(head, row, strict=True):
            if text == NOTHING:
                continue
            label = f"{name}："
            needed = self.wide(label) + self.wide(text) + GAP_MM
            span = ACROSS if "\n" in text else min(ceil(needed / place), ACROSS)
            if at + span > ACROSS:
                self._down()
                self._turned()
                at = 0
            self._pair(left + at * place, label, text, whole)
            at += span
        self._down()
        self._rule()

    def _pair(self, x: float, label: str, text: str, whole: float) -> None:
        """A label and its words; those that go on below it begin below its end."""
        self._text(x, label, PALE)
        x += (indent := self.wide(label))
        first, *others = self.wrapped(text, whole - indent - GAP_MM)
        self._text(x, first, INK)
        for line in others:
            self._down()
            self._turned()
            self._text(x, line, INK)

    def wrapped(self, text: str, width: float) -> list[str]:
        """The text in lines that are no wider; at least one."""
        if self.wide(text) <= width and "\n" not in text:
            return [text]
        return [line for part in text.splitlines() for line in self._broken(part, width)] or [""]

    def _broken(self, text: str, width: float) -> Iterator[str]:
        line, used = "", 0.0
        for piece in self._pieces(text, width):
            needed = self.wide(piece)
            if line and used + needed > width:
                yield line.rstrip()
                line, used = "", 0.0
                piece = piece.lstrip()
                needed = self.wide(piece)
            line, used = line + piece, used + needed
        yield line

    def _pieces(self, text: str, width: float) -> Iterator[str]:
        for piece in PIECES.findall(text):
            if self.wide(piece) <= width:
                yield piece
            else:
                yield from piece

    def _text(self, x: float, text: str, colour: tuple[int, int, int]) -> None:
        if text:
            self.sheet.set_text_color(*colour)
            self.sheet.text(x + self.sheet.c_margin, self.y + LINE_MM * 0.72, text)

    def _turned(self) -> bool:
        """Whether a new page was begun, since no line has room on this one."""
        if not self.sheet.will_page_break(LINE_MM):
            return False
        self.sheet.add_page()
        self.y = self.sheet.y
        return True

    def _down(self) -> None:
        self.y += LINE_MM
        self.sheet.set_y(self.y)

    def _rule(self) -> None:
        sheet = self.sheet
        sheet.set_draw_color(*RULE)
        sheet.line(sheet.l_margin, self.y, sheet.l_margin + sheet.epw, self.y)
        self.y += 0.8
        sheet.set_y(self.y)
