"""Sixteen at once, all the way of a sheet to the cards: one wins, the others are told so.

A round is one sheet's life. Whoever contends is described in plain data, so that other processes
may contend too: a request with a token, a payslip that is read and then signed, or a job.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

import httpx

from api.audit.models import AuditLine
from api.audit.tags import Tag
from api.funds.models import AccountEntry
from api.integrations import adapters
from api.integrations.adapters import outside
from api.integrations.bank import Outcome, Reason, Result, files
from api.kit import clock, jobs
from api.kit.models import Job
from api.payroll.models import BankBatch, BankException, BankReceipt
from api.payroll.rules import BatchState
from api.wages.models import LineSignature, WageLine, WageLineVersion, WageSheet, WageStep
from api.wages.rules import Act as Step
from api.wages.rules import LineState, SheetState
from api.wages.schemas import AuditIn
from tests.api.payroll import banked, seen
from tests.api.payroll.banked import BATCHES, CARDS, EXCEPTIONS, NEW_CARD, SHEETS, Banked
from tests.api.wages.paid import fine, made
from tests.cast import Client

CONTENDERS = 16
BONUS_FEN = 100
PAYSLIPS = "/api/v1/me/payslips"
Act = dict[str, Any]
Volley = Callable[[list[Act], bool], Awaitable[list[str]]]
"""Acts that begin together, and whether there is a bank with an interface; what became of each."""


async def contend(client: Client, acts: Sequence[Act], banked: bool) -> list[str]:
    """What became of acts that begin together in this process.

    A status, with the code of a refusal behind it; of a job 200 or the name of its error.
    """
    kept = outside()
    adapters.use(kept if banked else replace(kept, bank=None))
    try:
        return list(await asyncio.gather(*(_done(client, act) for act in acts)))
    finally:
        adapters.use(kept)


async def _done(client: Client, act: Act) -> str:
    if "job" in act:
        try:
            await jobs.TASKS[act["job"]].handler(**act["args"])
        except Exception as error:
            return type(error).__name__
        return "200"
    sent: dict[str, Any] = {"token": act["token"]}
    if "payslip" in act:
        return await _read_and_signed(client, act["payslip"], sent)
    if "file" in act:
        sent["files"] = {"file": ("hp.csv", act["file"].encode(), "text/csv")}
    elif "json" in act:
        sent["json"] = act["json"]
    return _said(await client.post(act["path"], **sent))


async def _read_and_signed(client: Client, line_id: str, sent: dict[str, Any]) -> str:
    read = await client.get(f"{PAYSLIPS}/{line_id}", **sent)
    body = {"digest": read.json()["digest"]}
    return _said(await client.post(f"{PAYSLIPS}/{line_id}/confirmation", json=body, **sent))


def _said(answer: httpx.Response) -> str:
    code = "" if answer.status_code < 400 else f" {answer.json()['code']}"
    return f"{answer.status_code}{code}"


def won_by_one(answers: Sequence[str], won: str, lost: Collection[str]) -> None:
    """One has won, all others were told one of these."""
    assert Counter(answers)[won] == 1, Counter(answers)
    assert set(answers) <= {won, *lost}, Counter(answers)


async def audited(tag: Tag, subject_id: UUID) -> int:
    """How often the audit says this of something."""
    return await AuditLine.filter(tag=tag.value, subject_id=subject_id).count()


@dataclass
class Round:
    """A sheet of two and what becomes of it; `answers` counts what the contenders of each race
    were told."""

    world: Banked
    volley: Volley
    dice: random.Random
    sheet_id: UUID = field(default_factory=uuid4)
    answers: dict[str, Counter[str]] = field(default_factory=dict)

    async def play(self) -> None:
        """All races one after the other. AssertionError where one did not end as it must."""
        await self._submitted()
        await self._signed_while_corrected()
        await self._released()
        await self._drawn()
        await self._sent()
        await self._told()
        await self._paid_again()
        await self._receipts_brought()
        await self._handled()
        await self._is_whole()

    async def _race(self, name: str, acts: list[Act], *, banked: bool = True) -> list[str]:
        assert len(acts) == CONTENDERS
        self.dice.shuffle(acts)
        answers = await self.volley(acts, banked)
        self.answers[name] = Counter(answers)
        return answers

    async def _token(self, who: str) -> str:
        await self.world.client.cast.sudo(who)
        return await self.world.client.cast.token(who)

    async def _asked(self, who: str, path: str, **body: Any) -> Act:
        return {"path": path, "token": await self._token(who), **({"json": body} if body else {})}

    async def _submitted(self) -> None:
        for worker_id, number in (
            (self.world.paid.zhang, CARDS["zhang"]), (self.world.paid.li, CARDS["li"]),
        ):  # fmt: skip
            await self.world.card(worker_id, number)
        sheet = made(await self.world.paid.ask())
        self.sheet_id = UUID(sheet["id"])
        await self._step("submission", "officer_a")

    async def _step(self, what: str, who: str, **body: Any) -> None:
        fine(await self.world.paid.act(str(self.sheet_id), what, who, **body))

    async def _line(self) -> WageLine:
        return await WageLine.get(sheet_id=self.sheet_id, worker_id=self.world.paid.zhang)

    async def _signed_while_corrected(self) -> None:
        """Some sign what they read before, some read and sign, an officer adds to the line."""
        line, corrections = await self._line(), 4
        path = f"{PAYSLIPS}/{line.id}/confirmation"
        signing = await self._asked("zhang", path, digest=line.digest)
        reading = {"payslip": str(line.id), "token": signing["token"]}
        added = {"kind": "bonus", "amount_fen": BONUS_FEN, "note": "补"}
        correcting = await self._asked(
            "officer_a", f"{SHEETS}/{self.sheet_id}/lines/{line.id}/corrections",
            add=[added], reason="核对后更正",
        )  # fmt: skip
        answers = await self._race(
            "sign", [dict(signing)] * 6 + [dict(reading)] * 6 + [dict(correcting)] * corrections
        )
        assert set(answers) <= {"200", "201", "409 wages.line_changed"}, Counter(answers)
        assert Counter(answers)["200"] == corrections
        await self._stands(line, corrections)

    async def _stands(self, before: WageLine, corrections: int) -> None:
        now, sheet = await self._line(), await WageSheet.get(id=self.sheet_id)
        assert now.version == before.version + corrections
        assert now.net_fen == before.net_fen + corrections * BONUS_FEN
        assert sheet.total_fen == sum(
            each.net_fen for each in await WageLine.filter(sheet_id=sheet.id)
        )
        digests = {row.version: row.digest for row in await WageLineVersion.filter(line_id=now.id)}
        assert len(digests) == corrections
        digests[now.version] = now.digest
        signatures = await LineSignature.filter(line_id=now.id)
        assert all(row.digest == digests[row.line_version] for row in signatures)
        stands = now.version in {row.line_version for row in signatures}
        assert now.state is (LineState.CONFIRMED if stands else LineState.WAITING)
        assert now.signed_version == (now.version if stands else None)
        assert await audited(Tag.WAGE_LINE_SIGNED, now.id) == len(signatures)
        assert await audited(Tag.WAGE_SHEET_CORRECTED, sheet.id) == corrections

    async def _released(self) -> None:
        await self._step("audit", "auditor_a", **AuditIn(overlaps_seen=True).model_dump())
        await self._step("recheck", "checker_a")
        await self.world.paid.signed(str(self.sheet_id))
        releasing = await self._asked("auditor_a", f"{SHEETS}/{self.sheet_id}/release")
        answers = await self._race("release", [dict(releasing)] * CONTENDERS)
        won_by_one(answers, "200", {"409 wages.wrong_step"})
        assert await WageStep.filter(sheet_id=self.sheet_id, act=Step.RELEASED).count() == 1
        assert await audited(Tag.WAGE_SHEET_RELEASED, self.sheet_id) == 1
        waiting = await Job.filter(name="payroll.sheet_released")
        assert [each.args for each in waiting] == [{"sheet_id": str(self.sheet_id)}]

    async def _drawn(self) -> None:
        """The job that follows the release, run more than once, while an officer pays by hand."""
        job = {"job": "payroll.sheet_released", "args": {"sheet_id": str(self.sheet_id)}}
        paying = await self._asked(
            "auditor_a", f"{SHEETS}/{self.sheet_id}/payments", payer="account"
        )
        answers = await self._race("draw", [dict(job)] * 8 + [dict(paying)] * 8)
        assert set(answers) <= {"200", "201", "409 payroll.nobody_to_pay"}, Counter(answers)
        assert Counter(answers)["201"] <= 1
        [batch] = await BankBatch.filter(sheet_id=self.sheet_id)
        assert (batch.lines, batch.state) == (2, BatchState.WAITING)
        assert await audited(Tag.BANK_BATCH_DRAWN, batch.id) == 1

    async def _paying(self) -> Act:
        path = f"{SHEETS}/{self.sheet_id}/payments"
        return await self._asked("auditor_a", path, payer="account")

    async def _sent(self) -> None:
        self.world.behave(cards={CARDS["zhang"]: "ACCOUNT_CLOSED"})
        batch = await self.world.batch(str(self.sheet_id))
        job = {"job": "payroll.send", "args": {"batch_id": str(batch.id)}}
        answers = await self._race("send", [dict(job)] * CONTENDERS)
        assert set(answers) == {"200"}, Counter(answers)
        assert (await self.world.batch(str(self.sheet_id))).state is BatchState.ACCEPTED
        assert self.world.really_paid()[batch.number]["lines"] == 1
        assert await audited(Tag.BANK_BATCH_ACCEPTED, batch.id) == 1

    async def _told(self) -> None:
        batch = await self.world.batch(str(self.sheet_id))
        heard = len(await banked.told(self.world.client, "li"))
        job = {"job": "payroll.ask", "args": {"batch_id": str(batch.id)}}
        answers = await self._race("ask", [dict(job)] * CONTENDERS)
        assert set(answers) == {"200"}, Counter(answers)
        await jobs.drain()  # what was left to do has been done
        batch = await self.world.batch(str(self.sheet_id))
        assert (batch.state, batch.arrived, batch.failed) == (BatchState.DONE, 1, 1)
        assert len(await banked.told(self.world.client, "li")) == heard + 1
        await self._taken_once(batch, receipts=1)
        states = await self.world.pay_states(str(self.sheet_id))
        assert states == {"zhang": "failed", "li": "succeeded"}

    async def _taken_once(self, batch: BankBatch, *, receipts: int) -> None:
        assert await BankReceipt.filter(batch_id=batch.id).count() == receipts
        assert await audited(Tag.BANK_RECEIPT_TAKEN, batch.id) == 1
        entries = AccountEntry.filter(kind="wage_out", reference__startswith=f"{batch.number}-")
        assert await entries.count() == batch.arrived

    async def _paid_again(self) -> None:
        await self.world.card(self.world.paid.zhang, NEW_CARD)
        paying = await self._asked(
            "auditor_a", f"{SHEETS}/{self.sheet_id}/payments", payer="account"
        )
        answers = await self._race("pay again", [dict(paying)] * CONTENDERS, banked=False)
        won_by_one(answers, "201", {"409 payroll.nobody_to_pay"})
        batch = await self.world.batch(str(self.sheet_id))
        assert await BankBatch.filter(sheet_id=self.sheet_id).count() == 2
        assert (batch.lines, batch.way.value) == (1, "file")
        assert await audited(Tag.BANK_BATCH_DRAWN, batch.id) == 1

    async def _receipts_brought(self) -> None:
        """One receipt many times, and one that says the contrary."""
        batch = await self.world.batch(str(self.sheet_id))
        path = f"{BATCHES}/{batch.id}"
        token = await self._token("officer_a")
        assert (await self.world.client.post(f"{path}/file", token=token)).status_code == 200
        acts = [
            {"path": f"{path}/receipts", "token": token, "file": _receipt(batch, outcome)}
            for outcome in [Outcome.SUCCESS] * 10 + [Outcome.FAILED] * 6
        ]
        answers = await self._race("receipts", acts)
        assert set(answers) == {"200"}, Counter(answers)
        batch = await self.world.batch(str(self.sheet_id))
        assert batch.state is BatchState.DONE and batch.arrived + batch.failed == 1
        await self._taken_once(batch, receipts=2)
        [stray] = await BankException.filter(batch_id=batch.id)
        assert (stray.outcome is Outcome.FAILED) is bool(batch.arrived)
        states = await self.world.pay_states(str(self.sheet_id))
        assert states["zhang"] == ("repaid" if batch.arrived else "failed")

    async def _handled(self) -> None:
        batch = await self.world.batch(str(self.sheet_id))
        row = await BankException.get(batch_id=batch.id)
        closing = await self._asked("officer_a", f"{EXCEPTIONS}/{row.id}/handling", note="已核对。")
        answers = await self._race("handle", [dict(closing)] * CONTENDERS)
        won_by_one(answers, "200", {"409 payroll.already_handled"})
        assert await audited(Tag.BANK_EXCEPTION_HANDLED, row.id) == 1

    async def _is_whole(self) -> None:
        """The sheet's sums, the payments and the ledger say the same; nobody was paid twice."""
        await jobs.drain()
        assert not await Job.filter(dead=True).exists()
        sheet = await banked.whole(str(self.sheet_id))
        assert sheet.state is (SheetState.PARTLY_PAID if sheet.failed_fen else SheetState.PAID)
        seen.require_whole(await seen.sight(sheet.id))


def _receipt(batch: BankBatch, outcome: Outcome) -> str:
    result = Result(
        batch.number, 1, batch.total_fen, outcome, Reason.NONE, f"BK-{outcome}", clock.now()
    )
    return files.receipt_of(batch.number, (result,), {}).decode()
