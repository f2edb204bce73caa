"""A résumé as a sheet: what is shown now, and the code by which it is checked."""

import asyncio

from api.kit import clock
from api.kit.sheets import Sheet
from api.profiles.resumes import Printed
from api.profiles.schemas import ResumeLineOut

TITLE = "建筑工人职业履历"
QR_MM = 40
NOW = "至今"


async def pdf(shown: Printed) -> bytes:
    """The sheet. Reading the font takes about 0.2 s, so it runs in a thread."""
    return await asyncio.to_thread(_draw, shown)


def _draw(shown: Printed) -> bytes:
    found = shown.resume
    sheet = Sheet(TITLE, form="A4", margin_mm=20)
    sheet.say(20, 14, TITLE, align="C")
    sheet.say(13, 9, f"姓名：{shown.name}")
    sheet.say(11, 7, "身份已实名核验。" if found.verified else "身份还没有核验。")
    for line in found.periods:
        sheet.say(11, 7, _line(line))
    for each in found.certificates:
        stands = "有效" if each.valid else "已过期"
        sheet.say(11, 7, f"{each.operation_name}操作证　到 {each.valid_to:%Y年%m月%d日}　{stands}")
    for hours in found.hours:
        sheet.say(11, 7, f"{found.year} 年{hours.kind.called}：{hours.hours.normalize():f} 学时")
    sheet.ln(6)
    sheet.show_qr(shown.url, QR_MM, "微信扫一扫核对。以扫码看到的为准。")
    until = clock.beijing(found.expires_at) if found.expires_at else None
    ends = f"　二维码到 {until:%Y年%m月%d日 %H:%M} 为止" if until else ""
    sheet.say(9, 6, f"{found.as_of:%Y年%m月%d日}的资料{ends}", align="R")
    return sheet.pdf()


def _line(row: ResumeLineOut) -> str:
    until = f"{row.left_on:%Y-%m-%d}" if row.left_on else NOW
    term = f"{row.entered_on:%Y-%m-%d} 至 {until}" if row.entered_on else ""
    days = f"{row.days} 天" if row.days is not None else ""
    shown = (term, row.project, row.enterprise, row.trade_name, days)
    return "　".join(part for part in shown if part)
