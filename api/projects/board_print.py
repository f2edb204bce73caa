"""The rights notice board as a sheet to print, A3."""

import asyncio

from api.kit.sheets import FONT, Sheet
from api.projects.board import RIGHTS, TITLE, Board
from verification.code import VerificationCode

LABEL_MM = 68
TO_FILL = "（待填）"
QR_MM = 50
SCAN = "微信扫一扫，看告示牌今天写的是什么。\n和牌子上不一样的，以扫码看到的为准。"


async def pdf(board: Board) -> bytes:
    """The sheet. Reading the font takes about 0.2 s, so it runs in a thread."""
    return await asyncio.to_thread(_draw, board)


def _draw(board: Board) -> bytes:
    sheet = Sheet(TITLE, form="A3", margin_mm=18)
    sheet.say(40, 26, TITLE, align="C")
    sheet.ln(6)
    for label, text in board.lines:
        _line(sheet, label, text or TO_FILL)
    sheet.ln(4)
    for right in RIGHTS:
        sheet.say(22, 13, right)
    for each in board.announcements:
        sheet.ln(2)
        sheet.say(18, 10, f"{each.title}（{each.first:%Y年%m月%d日}至{each.last:%Y年%m月%d日}）")
        sheet.say(14, 8, f"{each.text}有异议请找：{board.object_to}")
    sheet.ln(4)
    sheet.show_qr(board.address, QR_MM, SCAN)
    code = VerificationCode(board.code)
    sheet.say(12, 7, f"项目编码 {code}　{board.as_of:%Y年%m月%d日}的资料", align="R")
    return sheet.pdf()


def _line(sheet: Sheet, label: str, text: str) -> None:
    sheet.set_font(FONT, size=20)
    top = sheet.get_y()
    sheet.cell(LABEL_MM, 12, label)
    sheet.multi_cell(0, 12, text, new_x="LMARGIN", new_y="NEXT")
    sheet.line(sheet.l_margin, sheet.get_y(), sheet.w - sheet.r_margin, sheet.get_y())
    sheet.set_y(max(sheet.get_y(), top + 12) + 1)
