"""The rights notice board as a sheet to print: A3, an embedded subset of Noto Sans SC.

The font comes from a package of data alone (SIL Open Font License 1.1). It knows the characters
of the common Chinese sets; a rare one in a name prints as an empty box.
"""

import asyncio
from functools import partial

from fpdf import FPDF
from pylopdf_fonts_zh_cn import sans_path

from api.kit import clock
from api.projects.board import RIGHTS, TITLE, Board
from verification.code import VerificationCode

FONT = "noto"
LABEL_MM = 68
TO_FILL = "（待填）"


async def pdf(board: Board) -> bytes:
    """The sheet. Reading the font takes about 0.2 s, so it runs in a thread."""
    return await asyncio.to_thread(_draw, board)


def _draw(board: Board) -> bytes:
    sheet = FPDF(format="A3")
    sheet.set_creation_date(clock.now())
    sheet.set_title(TITLE)
    sheet.set_lang("zh-CN")
    sheet.add_font(FONT, fname=sans_path())
    sheet.set_margin(18)
    sheet.set_auto_page_break(True, margin=18)
    sheet.add_page()
    _text(sheet, 40, 26, TITLE, align="C")
    sheet.ln(6)
    for label, text in board.lines:
        _line(sheet, label, text or TO_FILL)
    sheet.ln(4)
    for right in RIGHTS:
        _text(sheet, 22, 13, right)
    sheet.ln(4)
    code = VerificationCode(board.code)
    _text(sheet, 12, 7, f"项目编码 {code}　{board.as_of:%Y年%m月%d日}的资料", align="R")
    return bytes(sheet.output())


def _line(sheet: FPDF, label: str, text: str) -> None:
    sheet.set_font(FONT, size=20)
    top = sheet.get_y()
    sheet.cell(LABEL_MM, 12, label)
    sheet.multi_cell(0, 12, text, new_x="LMARGIN", new_y="NEXT")
    sheet.line(sheet.l_margin, sheet.get_y(), sheet.w - sheet.r_margin, sheet.get_y())
    sheet.set_y(max(sheet.get_y(), top + 12) + 1)


def _text(sheet: FPDF, size: int, height: int, text: str, align: str = "L") -> None:
    sheet.set_font(FONT, size=size)
    write = partial(sheet.multi_cell, 0, height, text, new_x="LMARGIN", new_y="NEXT")
    write(align=align)
