"""Batches and receipts as files, for a bank that has no interface. Pure.

UTF-8, lines end with LF, fields are parted by commas and hold none, amounts are whole fen.

A batch (代发文件):
    GYDF,1,{number},{account},{count},{total_fen}
    {seq},{payee},{card},{amount_fen}            count times, seq from 1 without a gap
    END,{SHA-256 of every byte before this line, hex}
A receipt (回盘文件), of all or some lines of one batch:
    GYHZ,1,{number},{count},{total_fen}
    {seq},{amount_fen},{SUCCESS|FAILED|RETURNED},{reason},{reference},{time with its offset}
    END,{SHA-256 as above}

A receipt is taken whole or not at all: the first fault is told with its line.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from api.integrations.bank.outcomes import Outcome, reason_of
from api.integrations.bank.shapes import MOST_LINES, Order, Result

MEDIA_TYPE = "text/csv; charset=utf-8"
VERSION = "1"
BATCH, RECEIPT, END = "GYDF", "GYHZ", "END"
LARGEST = 2 * 1024 * 1024
"""Bytes of a receipt of a whole batch, ten times over."""
_WHOLE = re.compile(r"[1-9][0-9]{0,14}|0")
_REFERENCE = re.compile(r"[A-Za-z0-9-]{1,64}")
_REASON = re.compile(r"[A-Z_]{0,32}")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class BadReceipt(ValueError):
    """A receipt's file is refused. line: from 1; words: plain Chinese that say why."""

    def __init__(self, line: int, code: str, words: str) -> None:
        super().__init__(code)
        self.line = line
        self.code = code
        self.words = words


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt that was read. digest: of the whole file."""

    number: str
    results: tuple[Result, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Expected:
    """The batch that a receipt must fit: its number and the amount of each line."""

    number: str
    amounts: Mapping[int, int]


def written(order: Order) -> bytes:
    """The file of a batch. ValueError when a field cannot be written in it."""
    header = (BATCH, VERSION, order.number, order.account, len(order.payees), order.total_fen)
    lines = [_line(*header)]
    lines += [_line(each.seq, each.name, each.card, each.amount_fen) for each in order.payees]
    return _sealed("".join(lines))


def receipt_of(number: str, results: tuple[Result, ...], reasons: Mapping[int, str]) -> bytes:
    """The file of a receipt, as a bank would write it; `reasons` are the bank's, by line."""
    lines = [_line(RECEIPT, VERSION, number, len(results), sum(r.amount_fen for r in results))]
    lines += [
        _line(
            each.seq, each.amount_fen, each.outcome, reasons.get(each.seq, ""), each.reference,
            each.at.isoformat(timespec="seconds"),
        )
        for each in results
    ]  # fmt: skip
    return _sealed("".join(lines))


def _line(*fields: object) -> str:
    texts = [str(each) for each in fields]
    if any(set(text) & set(',\n\r"') for text in texts):
        raise ValueError("a field holds a comma, a quote or a line's end")
    return ",".join(texts) + "\n"


def _sealed(text: str) -> bytes:
    body = text.encode()
    return body + f"{END},{hashlib.sha256(body).hexdigest()}\n".encode()


def read(content: bytes, expected: Expected) -> Receipt:
    """The receipt in a file that fits the batch in every line. BadReceipt names the first fault."""
    lines = _lines(content)
    _require_trailer(content, lines)
    count, total_fen = _header(lines[0], expected)
    body = lines[1:-1]
    if len(body) != count:
        raise BadReceipt(1, "count", f"第一行写着 {count} 笔，里面有 {len(body)} 笔。")
    results: dict[int, Result] = {}
    for at, line in enumerate(body, start=2):
        result = _result(line, at, expected)
        if result.seq in results:
            raise BadReceipt(at, "doubled", f"第 {at} 行：第 {result.seq} 笔出现了两次。")
        results[result.seq] = result
    if sum(each.amount_fen for each in results.values()) != total_fen:
        raise BadReceipt(1, "total", "第一行的总金额和各笔加起来不一样。")
    return Receipt(expected.number, tuple(results.values()), hashlib.sha256(content).hexdigest())


def _lines(content: bytes) -> list[str]:
    if len(content) > LARGEST:
        raise BadReceipt(1, "huge", "文件太大了，不像是一个批次的回盘文件。")
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        at = content[: error.start].count(b"\n") + 1
        raise BadReceipt(at, "encoding", f"第 {at} 行不是 UTF-8 编码。请让银行重新导出。") from None
    lines = text.split("\n")
    if len(lines) < 3 or lines[-1] != "":
        raise BadReceipt(len(lines), "cut", "文件不完整，后面缺了一段。请重新下载。")
    return lines[:-1]


def _require_trailer(content: bytes, lines: list[str]) -> None:
    last = lines[-1].split(",")
    at = len(lines)
    if len(last) != 2 or last[0] != END:
        raise BadReceipt(at, "cut", "文件不完整，缺最后的 END 行。请重新下载。")
    body = content[: len(content) - len(lines[-1].encode()) - 1]
    if last[1] != hashlib.sha256(body).hexdigest():
        raise BadReceipt(at, "trailer", f"第 {at} 行的校验码不对，文件被改过。请重新下载。")


def _header(line: str, expected: Expected) -> tuple[int, int]:
    fields = line.split(",")
    if len(fields) != 5 or fields[:2] != [RECEIPT, VERSION]:
        raise BadReceipt(1, "header", "第一行不是回盘文件的开头（GYHZ,1,…）。")
    if fields[2] != expected.number:
        raise BadReceipt(1, "foreign", "第 1 行：这是别的批次的回盘文件。请核对批次号。")
    count, total_fen = _whole(fields[3], 1, "笔数"), _whole(fields[4], 1, "总金额")
    if not 0 < count <= MOST_LINES:
        raise BadReceipt(1, "count", f"第 1 行：笔数要在 1 到 {MOST_LINES} 之间。")
    return count, total_fen


def _result(line: str, at: int, expected: Expected) -> Result:
    fields = line.split(",")
    if any(field.startswith(_FORMULA) for field in fields):
        raise BadReceipt(at, "formula", f"第 {at} 行：有公式或负数。请用银行导出的原文件。")
    if len(fields) != 6:
        raise BadReceipt(at, "fields", f"第 {at} 行：应该有 6 项，实际有 {len(fields)} 项。")
    seq, amount_fen = _whole(fields[0], at, "序号"), _whole(fields[1], at, "金额")
    if seq not in expected.amounts:
        raise BadReceipt(at, "unknown", f"第 {at} 行：批次里没有第 {seq} 笔。")
    if amount_fen != expected.amounts[seq]:
        raise BadReceipt(at, "amount", f"第 {at} 行：金额和代发的不一样。")
    outcome = _outcome(fields[2], at)
    if not _REASON.fullmatch(fields[3]):
        raise BadReceipt(at, "reason", f"第 {at} 行：原因代码的格式不对。")
    if not _REFERENCE.fullmatch(fields[4]):
        raise BadReceipt(at, "reference", f"第 {at} 行：银行流水号的格式不对。")
    reason = reason_of(fields[3], outcome)
    moment = _moment(fields[5], at)
    return Result(expected.number, seq, amount_fen, outcome, reason, fields[4], moment)


def _whole(text: str, at: int, what: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise BadReceipt(at, "number", f"第 {at} 行：{what}不是整数。")
    return int(text)


def _outcome(text: str, at: int) -> Outcome:
    try:
        return Outcome(text)
    except ValueError:
        raise BadReceipt(at, "outcome", f"第 {at} 行：结果只能是成功、失败或退票。") from None


def _moment(text: str, at: int) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise BadReceipt(at, "time", f"第 {at} 行：时间的格式不对，要带时区。")
    return moment
