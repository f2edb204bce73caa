"""What people close: a bank's line that fits nothing, and an advance that is recovered."""

from uuid import UUID

from api.audit import service as audit
from api.audit.tags import Tag
from api.kit import clock
from api.kit.actor import Actor
from api.kit.errors import FieldError
from api.kit.transaction import transaction, unit
from api.payroll import rules
from api.payroll.access import own_advance, own_exception
from api.payroll.errors import AlreadyHandled, RecoveredTooMuch, WrongRecoveryDay
from api.payroll.models import Advance, AdvanceRecovery, BankException, StrayResult
from api.payroll.rules import ExceptionState
from api.payroll.schemas import HandlingIn, RecoveryIn


async def handle(actor: Actor, exception_id: UUID, given: HandlingIn) -> BankException:
    """It is closed with what was found out. NoSuchException, AlreadyHandled."""
    async with transaction():
        row = await own_exception(actor, exception_id)
        await close(actor, row, given)
        audit.record(
            actor, Tag.BANK_EXCEPTION_HANDLED, ("bank_exception", row.id),
            tenant_id=row.contractor_id, why=row.why.value,
        )  # fmt: skip
    return row


async def close(actor: Actor, row: BankException | StrayResult, given: HandlingIn) -> None:
    """Somebody has looked into it, once. Within the running transaction. AlreadyHandled."""
    unit()
    if row.state is ExceptionState.HANDLED:
        raise AlreadyHandled
    row.state, row.note = ExceptionState.HANDLED, given.note
    row.handled_by, row.handled_at = actor.id, clock.now()
    await row.save(update_fields=["state", "note", "handled_by", "handled_at"])


async def recover(actor: Actor, advance_id: UUID, given: RecoveryIn) -> Advance:
    """Money came back for an advance, which is closed once all of it did.

    NoSuchAdvance, WrongRecoveryDay, RecoveredTooMuch.
    """
    async with transaction():
        row = await own_advance(actor, advance_id)
        if not clock.day_of(row.created_at) <= given.on <= clock.today():
            fault = FieldError("on", WrongRecoveryDay.code, WrongRecoveryDay.detail)
            raise WrongRecoveryDay(errors=(fault,))
        if row.recovered_fen + given.amount_fen > row.amount_fen:
            raise RecoveredTooMuch
        row.recovered_fen += given.amount_fen
        row.state = rules.advance_state(row.amount_fen, row.recovered_fen)
        await row.save(update_fields=["recovered_fen", "state"])
        await AdvanceRecovery.create(
            advance_id=row.id,
            amount_fen=given.amount_fen,
            on=given.on,
            note=given.note,
            account_id=actor.id,
        )
        audit.record(
            actor, Tag.ADVANCE_RECOVERED, ("wage_advance", row.id),
            tenant_id=row.contractor_id, amount_fen=given.amount_fen,
        )  # fmt: skip
    return row
