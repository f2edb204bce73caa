"""合同副本: a contract as a sheet, its words, the signature, and the digest to compare."""

import asyncio

from api.engagements.contract_text import TITLES
from api.engagements.contracts import Copy
from api.engagements.models import ContractKind, ContractState
from api.kit import clock
from api.kit.sheets import Sheet

STANDS = {
    ContractState.OFFERED: "乙方还没有签字，本合同未生效。",
    ContractState.WITHDRAWN: "甲方已收回本合同，本合同无效。",
}
BROKEN = "注意：文字和当初的不一样，请联系当地劳动监察部门核对。"
SIGNATURE_MM = 30


async def pdf(copy: Copy, strokes: bytes | None) -> bytes:
    """The sheet; `strokes`: the drawn signature. Reading the font takes 0.2 s: in a thread."""
    return await asyncio.to_thread(_draw, copy, strokes)


def _draw(copy: Copy, strokes: bytes | None) -> bytes:
    title = TITLES[ContractKind(copy.row.kind)]
    sheet = Sheet(title, form="A4", margin_mm=20)
    sheet.say(20, 14, title, align="C")
    for line in copy.text.removeprefix(title).strip("\n").split("\n"):
        sheet.say(11, 6.5, line) if line.strip() else sheet.ln(4)
    sheet.ln(4)
    for line in _ending(copy):
        sheet.say(11, 7, line)
    if strokes is not None:
        sheet.show(strokes, SIGNATURE_MM)
    sheet.ln(4)
    sheet.say(8, 5, f"文字的 SHA-256：{copy.sha256}")
    return sheet.pdf()


def _ending(copy: Copy) -> list[str]:
    words = [] if copy.intact else [BROKEN]
    if copy.row.signed_at is None:
        return [*words, STANDS[ContractState(copy.row.state)]]
    moment = clock.beijing(copy.row.signed_at)
    way = "手写签名如下" if copy.row.strokes_file_id else "在手机上阅读后确认签订"
    return [*words, f"乙方本人{way}，时间：{moment:%Y年%m月%d日 %H:%M}（北京时间）。"]
