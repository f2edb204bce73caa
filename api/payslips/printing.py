"""工资条 on paper: every payslip on a page of its own, with what was signed and what arrived."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast

from fpdf.enums import MethodReturnValue, WrapMode

from api.kit import on_paper
from api.kit.money import written
from api.kit.sheets import FONT, Sheet
from api.wages import wording
from api.wages.answers import ItemOut
from api.wages.reckoning import ItemKind, plain
from api.wages.rules import Payer, PayState, Way
from api.wages.service import LineSignature, WageLine, WageSheet

ITEMS = {
    ItemKind.BASIC: "工钱", ItemKind.PIECE: "计件", ItemKind.OVERTIME: "加班",
    ItemKind.BONUS: "奖金", ItemKind.BACK_PAY: "补发", ItemKind.DEDUCTION: "扣款",
    ItemKind.ADVANCE: "扣借支",
}  # fmt: skip
PAID = {
    PayState.WAITING: "还没有发", PayState.SENT: "已送银行，还没有到账",
    PayState.SUCCEEDED: "已到账", PayState.REPAID: "已补发到账",
    PayState.FAILED: "银行没有付成", PayState.RETURNED: "被银行退回",
}  # fmt: skip
PAYERS = {Payer.ACCOUNT: "工资专户", Payer.CONTRACTOR: "总包单位垫付"}
WAYS = {Way.DRAWN: "手写签名", Way.CONFIRM: "在手机上确认", Way.PAPER: "在纸上签字"}
LINE_MM = 7.0


@dataclass(frozen=True, slots=True)
class Paper:
    """One payslip in words. name: in full, it is his own paper."""

    name: str
    project: str
    enterprise: str
    line: WageLine
    sheet: WageSheet
    items: Sequence[ItemOut]
    signature: LineSignature | None


async def pdf(papers: Sequence[Paper]) -> bytes:
    """The payslips as a file. Reading the font takes 0.2 s: in a thread."""
    return await asyncio.to_thread(_draw, papers)


def _draw(papers: Sequence[Paper]) -> bytes:
    sheet = Sheet("工资条", form="A4", margin_mm=18)
    for at, paper in enumerate(papers):
        if at:
            sheet.add_page()
        _one(sheet, paper)
    return sheet.pdf()


def _one(sheet: Sheet, paper: Paper) -> None:
    line, made = paper.line, paper.sheet
    sheet.say(20, 13, "工资条", align="C")
    for words in (
        f"{paper.name}　{on_paper.month(line.month)}{wording.SHEETS[made.kind]}　"
        f"工资单 {made.number}",
        f"工地：{paper.project}　用工单位：{paper.enterprise}",
        f"{on_paper.day(made.from_on)}至{on_paper.day(made.to_on)}　"
        f"应在{on_paper.day(made.pay_on)}前发",
        f"一共 {plain(line.units)} 个工，{plain(line.hours)} 小时，"
        f"加班 {plain(line.overtime_hours)} 小时",
    ):
        sheet.say(11, LINE_MM, words)
    sheet.ln(2)
    for item in paper.items:
        _row(sheet, _item(item), written(item.amount_fen))
    _row(sheet, "应发", written(line.gross_fen))
    _row(sheet, "扣掉", written(line.deducted_fen))
    _row(sheet, "实发（元）", written(line.net_fen), size=13)
    sheet.ln(2)
    sheet.say(9, 5.5, "每天的工：" + wording.days(line.days))
    sheet.ln(2)
    for words in _ending(paper):
        sheet.say(10, 6.5, words)


def _row(sheet: Sheet, left: str, right: str, *, size: int = 11) -> None:
    """An amount beside what it is for, which goes on below where it is long."""
    sheet.set_font(FONT, size=size)
    wide = sheet.epw * 0.7
    lines = cast(
        "list[str]",
        sheet.multi_cell(
            wide,
            LINE_MM,
            left,
            dry_run=True,
            output=MethodReturnValue.LINES,
            wrapmode=WrapMode.CHAR,
        ),
    )
    for at, line in enumerate(lines, 1):
        border: Literal[0] | str = "B" if at == len(lines) else 0
        sheet.cell(wide, LINE_MM, line, border=border)
        sheet.cell(sheet.epw - wide, LINE_MM, right if at == 1 else "", border=border, align="R")
        sheet.ln(LINE_MM)


def _item(item: ItemOut) -> str:
    how = ""
    if item.quantity is not None:
        price = f" × {written(item.price_fen)}" if item.price_fen is not None else ""
        how = f"　{item.quantity} {item.unit}{price}"
    lent = "借的" if item.kind is ItemKind.ADVANCE else ""
    note = f"　{on_paper.dated(item.note)}{lent}" if item.note else ""
    return f"{ITEMS[item.kind]}{how}{note}"


def _ending(paper: Paper) -> list[str]:
    line = paper.line
    paid = PAID[line.pay_state]
    if line.paid_on is not None:
        paid += f"：{on_paper.day(line.paid_on)}，{written(line.paid_fen)} 元，{PAYERS[line.payer]}"
    words = [f"银行结果：{paid}。"]
    if paper.signature is not None:
        at = on_paper.instant(paper.signature.at)
        words.append(f"本人{WAYS[paper.signature.way]}，{at}（北京时间）。")
    else:
        words.append("本人还没有签字。")
    return [*words, f"内容的 SHA-256：{line.digest}"]
