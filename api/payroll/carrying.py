"""Files for a bank without an interface: a batch goes out, its receipt comes in, by an officer."""

from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Purpose, Tag
from api.integrations.bank import files
from api.integrations.bank.files import BadReceipt, Expected
from api.kit import clock
from api.kit.actor import Actor
from api.kit.errors import FieldError
from api.kit.transaction import transaction
from api.payroll import queries, receiving
from api.payroll.access import own_batch
from api.payroll.errors import BadReceiptFile, WrongBatchStep, WrongWay
from api.payroll.models import BankBatch
from api.payroll.receiving import Row, Told
from api.payroll.rules import BatchState, Way
from api.payroll.sending import order_of


async def written(actor: Actor, batch_id: UUID) -> tuple[str, bytes]:
    """The batch's number and its file; it counts as sent from now on, the file stays the same.

    NoSuchBatch, WrongWay, WrongBatchStep once it has an end.
    """
    async with transaction():
        batch = await own_batch(actor, batch_id, lock=True)
        _require_file(batch)
        if batch.state is BatchState.FAILED:
            raise WrongBatchStep
        if batch.state is BatchState.WAITING:
            batch.state, batch.asked_at = BatchState.SENT, clock.now()
        batch.attempts += 1
        await batch.save(update_fields=["state", "asked_at", "attempts"])
        order = await order_of(actor, batch, Purpose.EXPORT)
        audit.record(
            actor, Tag.BANK_BATCH_WRITTEN, ("bank_batch", batch.id),
            tenant_id=batch.contractor_id, lines=batch.lines,
        )  # fmt: skip
    return batch.number, files.written(order)


async def brought(actor: Actor, batch_id: UUID, content: bytes) -> list[Row]:
    """What each line of a receipt's file did; the same file again changes nothing.

    NoSuchBatch, WrongWay, WrongBatchStep before the batch's file went out, BadReceiptFile.
    """
    batch = await own_batch(actor, batch_id)
    _require_file(batch)
    pairs = await queries.lines_of(batch.id).values_list("seq", "amount_fen")
    try:
        receipt = files.read(content, Expected(batch.number, dict(pairs)))
    except BadReceipt as bad:
        fault = FieldError("file", f"receipt.{bad.code}", bad.words)
        raise BadReceiptFile(errors=(fault,)) from None
    return await receiving.take(actor, batch.id, Told(receipt.results, receipt.digest, Way.FILE))


def _require_file(batch: BankBatch) -> None:
    if batch.way is not Way.FILE:
        raise WrongWay
