"""Receipts of a bank with files, good and hostile, for the machine of payments."""

from api.integrations.bank import Outcome, Reason, Result, files
from api.kit import clock
from api.payroll.models import BankBatch, BatchLine

HOSTILE = ("cut", "changed", "foreign", "amount", "unknown", "doubled", "formula", "empty")


async def receipt(batch: BankBatch, told: dict[int, Outcome], off_fen: int = 0) -> bytes:
    """A file of what the bank says of some payments of a batch."""
    rows = {row.seq: row for row in await BatchLine.filter(batch_id=batch.id)}
    results = tuple(
        Result(
            batch.number, seq, rows[seq].amount_fen + off_fen if seq in rows else 1, outcome,
            Reason.NONE, f"BK{seq}-{outcome}", clock.now(),
        )
        for seq, outcome in told.items()
    )  # fmt: skip
    return files.receipt_of(batch.number, results, {})


async def hostile(batch: BankBatch, kind: str) -> bytes:
    """One that must be refused whole."""
    told = {1: Outcome.SUCCESS}
    good = await receipt(batch, told)
    other = _of(good, batch.number)
    found: dict[str, bytes] = {
        "cut": good[:-3],
        "changed": good.replace(b"SUCCESS", b"FAILED"),
        "foreign": other,
        "amount": await receipt(batch, told, off_fen=1),
        "unknown": await receipt(batch, {99: Outcome.SUCCESS}),
        "doubled": _doubled(good),
        "formula": b"=1+1\n",
        "empty": b"",
    }
    return found[kind]


def _doubled(receipt: bytes) -> bytes:
    """A receipt that tells its one payment twice, with its sums and digest right."""
    header, line, _, _ = receipt.decode().split("\n")
    kind, version, number, _, total = header.split(",")
    text = f"{kind},{version},{number},2,{2 * int(total)}\n{line}\n{line}\n"
    return files._sealed(text)


def _of(receipt: bytes, number: str) -> bytes:
    """The same of another batch."""
    text = receipt.decode().rpartition("END,")[0]
    return files._sealed(text.replace(number, "PL2026010100000000"))
