"""A released sheet of Zhang and Li, their wage cards, and the emulated bank that pays it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import httpx

from api.audit.tags import Purpose
from api.integrations.bank.shapes import Order
from api.kit import clock, jobs
from api.kit.actor import SYSTEM
from api.kit.personal import Kind, Personal
from api.kit.transaction import transaction
from api.notices.models import Notice
from api.payroll.models import BankBatch, BatchLine, LeftOut
from api.payroll.sending import order_of
from api.wages.models import WageLine, WageSheet
from api.workers.models import BankCard
from tests.api.wages import paid
from tests.api.wages.paid import Paid, fine, made
from tests.cast import Client
from tests.emulators.fixtures import Emulators

SHEETS = "/api/v1/enterprise/wage-sheets"
BATCHES = "/api/v1/enterprise/payroll-batches"
EXCEPTIONS = "/api/v1/enterprise/bank-exceptions"
ADVANCES = "/api/v1/enterprise/wage-advances"
REGION = "/api/v1/regulator/payroll-batches"
ACCOUNT = "510501234567890123"
OWN_ACCOUNT = "5101990000000000777"
CARDS = {"zhang": "6217000000000000004", "li": "6222020000000000006"}
NEW_CARD = "6228480000000000008"
DAYS = [f"2026-10-{day:02d}" for day in range(1, 6)]


@dataclass(frozen=True, slots=True)
class Banked:
    """The small world of the tests. `bank`: the emulators, or None where files are carried."""

    paid: Paid
    bank: Emulators | None = None

    @property
    def client(self) -> Client:
        return self.paid.client

    async def card(self, worker_id: UUID, number: str) -> None:
        """The worker's wages go to this card from now on."""
        await BankCard.filter(active_worker_id=worker_id).update(
            active_number=None, active_worker_id=None
        )
        card = Personal.of(Kind.BANK_CARD, number)
        await BankCard.create(
            worker_id=worker_id, number=card, number_index=card.index, active_number=card.index,
            active_worker_id=worker_id, bank_code="105",
        )  # fmt: skip

    async def release(self) -> dict[str, Any]:
        """A sheet of both, released; what follows by itself has happened."""
        sheet = await self.paid.to("released")
        await jobs.drain()
        return sheet

    async def pay(self, sheet_id: str, who: str = "auditor_a", **body: Any) -> httpx.Response:
        await self.client.cast.sudo(who)
        return await self.client.post(f"{SHEETS}/{sheet_id}/payments", as_=who, json=body)

    def behave(self, **what: Any) -> None:
        assert self.bank is not None
        self.bank.control("POST", "behave", what, vendor="bank")

    def give_back(self, number: str, seq: int) -> None:
        assert self.bank is not None
        self.bank.control("POST", "return", {"number": number, "seq": seq}, vendor="bank")

    def really_paid(self) -> dict[str, Any]:
        assert self.bank is not None
        return dict(self.bank.control("GET", "batches", vendor="bank"))

    async def batch(self, sheet_id: str) -> BankBatch:
        """The newest batch of a sheet."""
        row = await BankBatch.filter(sheet_id=sheet_id).order_by("-id").first()
        assert row is not None
        return row

    async def shown(self, batch_id: UUID, who: str = "auditor_a") -> dict[str, Any]:
        return fine(await self.client.get(f"{BATCHES}/{batch_id}", as_=who))

    async def payments(self, batch_id: UUID, who: str = "auditor_a") -> list[dict[str, Any]]:
        answer = await self.client.get(f"{BATCHES}/{batch_id}/lines", as_=who)
        return list(fine(answer)["items"])

    async def order(self, batch: BankBatch) -> Order:
        """The batch in plain."""
        async with transaction():
            return await order_of(SYSTEM, batch, Purpose.CHECK)

    async def pay_states(self, sheet_id: str) -> dict[str, str]:
        """Where the money of both is."""
        rows = {
            row.worker_id: row.pay_state.value for row in await WageLine.filter(sheet_id=sheet_id)
        }
        return {"zhang": rows[self.paid.zhang], "li": rows[self.paid.li]}

    async def seq_of(self, batch: BankBatch, worker_id: UUID) -> int:
        return (await BatchLine.get(batch_id=batch.id, worker_id=worker_id)).seq

    async def left_out(self, sheet_id: str) -> dict[UUID, str]:
        return {row.worker_id: row.reason.value for row in await LeftOut.filter(sheet_id=sheet_id)}


async def opened(
    client: Client, bank: Emulators | None = None, *, cards: bool = True, **agreement: Any
) -> Banked:
    """The world before the release: days worked, terms agreed, an account with an agreement."""
    world = Banked(await paid.opened(client), bank)
    await world.paid.ready(**agreement)
    for name, worker_id in (("zhang", world.paid.zhang), ("li", world.paid.li)):
        await world.paid.terms(worker_id)
        await world.paid.work(worker_id, DAYS)
        if cards:
            await world.card(worker_id, CARDS[name])
    if bank is not None:  # it lives on the same day, or it would refuse our signatures
        bank.advance((clock.now() - datetime.now(UTC)).total_seconds())
    return world


async def whole(sheet_id: str) -> WageSheet:
    """The sheet, whose three sums are its total."""
    row = await WageSheet.get(id=sheet_id)
    assert row.pending_fen + row.paid_fen + row.failed_fen == row.total_fen
    return row


async def told(client: Client, who: str) -> list[tuple[str, dict[str, Any]]]:
    """What one of the cast was told of payments, in order."""
    rows = Notice.filter(account_id=await client.cast.id(who), kind__startswith="payroll.")
    return [(row.kind, row.params) for row in await rows.order_by("id")]


__all__ = ["Banked", "fine", "made", "opened", "told", "whole"]
