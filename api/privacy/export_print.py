"""The copy for people: a PDF with one chapter for each kind of data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from api.kit import on_paper
from api.kit.sheets import Sheet
from api.privacy import blocks

OPENING_MM = 45.0
"""A chapter does not begin lower: its title would stand without its rows."""


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
        _looks(sheet, looks)
    if empty:
        sheet.ln(3)
        sheet.say(13, 9, "没有的资料")
        sheet.say(9, 5.5, "下面这些，平台上没有您的：" + "、".join(empty) + "。")
    return sheet.pdf()


def _chapter(sheet: Sheet, chapter: Chapter) -> None:
    if sheet.will_page_break(OPENING_MM):
        sheet.add_page()
    sheet.ln(3)
    sheet.say(13, 9, f"{chapter.title}（{len(chapter.rows)} 条）")
    blocks.say(sheet, chapter.about)
    sheet.ln(1)
    blocks.draw(sheet, chapter.head, chapter.rows)


def _looks(sheet: Sheet, looks: Sequence[dict[str, Any]]) -> None:
    if not looks:
        sheet.say(9, 5.5, "没有。")
        return
    blocks.draw(sheet, ("时间", "看了什么", "谁", "为什么"), [_look(look) for look in looks])


def _look(look: dict[str, Any]) -> tuple[str, ...]:
    at = on_paper.instant(datetime.fromisoformat(look["at"]))
    return (at, look["what"], look["who"], look["why"])
