"""The copy for people: a PDF with one chapter for each kind of data."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from api.kit.sheets import FONT, Sheet

LINE_MM = 4.6
SIZE = 7
LONGEST = 40
"""Longer words stand below the table's line, one paragraph each."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One kind of data: what is said of it, and its rows in words."""

    title: str
    about: str
    head: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands above the chapters."""

    title: str
    about: str


WHOLE = Cover("我的资料", "工友平台上关于您的全部资料。有不对的，可以在“我的”里申请更正。")
EVIDENCE = Cover(
    "证据", "工友平台上您干活和工资的记录。怎么核对有没有被改过，看同一个包里的 README.txt。"
)


def pdf(
    cover: Cover, chapters: Sequence[Chapter], looks: Sequence[dict[str, Any]] | None = None
) -> bytes:
    """The whole as a file: takes a second or two for ten thousand rows, so call it in a thread.

    looks: who looked at the data, None: not asked for.
    """
    sheet = Sheet(f"工友：{cover.title}", form="A4", margin_mm=12)
    sheet.say(20, 12, cover.title)
    sheet.say(9, 5.5, cover.about)
    empty = [chapter.title for chapter in chapters if not chapter.rows]
    for chapter in chapters:
        if chapter.rows:
            _chapter(sheet, chapter)
    if looks is not None:
        sheet.ln(3)
        sheet.say(13, 9, "谁看过我的资料")
        _table(sheet, ("时间", "看了什么", "谁", "为什么"), [_look(look) for look in looks])
    sheet.ln(3)
    sheet.say(13, 9, "没有的资料")
    sheet.say(9, 5.5, "下面这些，平台上没有您的：" + "、".join(empty) + "。")
    return sheet.pdf()


def _chapter(sheet: Sheet, chapter: Chapter) -> None:
    sheet.ln(3)
    sheet.say(13, 9, f"{chapter.title}（{len(chapter.rows)} 条）")
    sheet.say(8, 5, chapter.about)
    _table(sheet, chapter.head, chapter.rows)


def _table(sheet: Sheet, head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    if not rows:
        sheet.say(9, 5.5, "没有。")
        return
    widths = _widths(sheet.epw, head, rows)
    _line(sheet, widths, head, filled=True)
    for row in rows:
        if sheet.will_page_break(LINE_MM):
            sheet.add_page()
            _line(sheet, widths, head, filled=True)
        _line(sheet, widths, tuple(_short(text) for text in row))
        for name, text in zip(head, row, strict=True):
            if len(text) > LONGEST:
                sheet.say(SIZE, LINE_MM, f"{name}：{text}")


def _line(
    sheet: Sheet, widths: Sequence[float], texts: tuple[str, ...], *, filled: bool = False
) -> None:
    sheet.set_font(FONT, size=SIZE)
    sheet.set_fill_color(244, 245, 247)
    for width, text in zip(widths, texts, strict=True):
        sheet.cell(width, LINE_MM, text, border="B", fill=filled)
    sheet.ln(LINE_MM)


def _widths(whole: float, head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> list[float]:
    """Columns as wide as their longest shown word, together as wide as the page."""
    longest = [
        max([_wide(name), *(_wide(_short(row[at])) for row in rows)]) + 1.0
        for at, name in enumerate(head)
    ]
    return [whole * each / sum(longest) for each in longest]


def _wide(text: str) -> float:
    return sum(1.0 if ord(char) > 255 else 0.55 for char in text)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else "见下"


def _look(look: dict[str, Any]) -> tuple[str, ...]:
    return (str(look["at"])[:16].replace("T", " "), look["what"], look["who"], look["why"])
