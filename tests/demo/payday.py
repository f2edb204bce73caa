"""工资: the garden's special account, and five sheets on their way: paid, paid in part, contested,
audited, a draft."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from api.funds import guarantees, ledger, opening
from api.funds.schemas import AccountIn, AgreementForm, EntryForm, GuaranteeIn
from api.kit import clock
from api.kit.actor import Actor
from api.kit.routes import Upload
from api.wages import contesting, correcting, sheets, signing, terms
from api.wages.models import WageLine, WageSheet
from api.wages.rules import SheetKind, Way
from api.wages.schemas import AuditIn, CorrectionIn, SheetIn, TermsIn, UnsignedIn
from tests.demo import acts, paying
from tests.demo.crews import Hands
from tests.demo.punching import by_clock
from tests.demo.sites import Site

MADE = 3
"""How many days back the sheets were made: the days before are decided by then."""
MADE_FIRST = 12
"""And the one that is paid by now."""
FIRST, MIDDLE, LAST = 30, 17, 4
"""The days back between which the two halves of the month lie."""
WORK = "每天砌完的工程量和图纸核对过。"
Crew = Mapping[str, Actor]


async def settle(crew: Crew, hands: Hands) -> None:
    """Accounts and agreements, then the sheets."""
    garden, school = hands[0, 1].site, hands[6, 1].site
    _on(MADE + 20, "10:00")
    await _fund(crew["demo.wages.a"], garden, "510501987654321098", fen=180_000_000)
    await _fund(crew["demo.wages.b"], school, "510502876543210987", fen=60_000_000)
    await _overtime(crew, hands)
    await paying.pay_all(hands, await _arrived(crew, hands, garden))
    _on(MADE, "09:30")
    sheet = await _released(crew, hands, garden)
    await paying.pay(crew, hands, sheet)
    await _contested(crew, hands, garden)
    await _audited(crew, hands[4, 1].site)
    await _make(crew["demo.wages.b"], school, FIRST, LAST)
    acts.passed(days=0)


def _on(days: int, time: str) -> None:
    clock.set_clock(None)
    acts.at(by_clock(clock.today() - timedelta(days=days), time))


def _back(days: int) -> date:
    clock.set_clock(None)
    return clock.today() - timedelta(days=days)


async def _fund(officer: Actor, site: Site, number: str, fen: int) -> None:
    """The account with an agreement, a month's labour cost and a bank's guarantee."""
    today = clock.today()
    since = (today - timedelta(days=60)).isoformat()
    account = await opening.open_account(
        officer, site.id,
        acts.sent(AccountIn, {"bank_code": "105", "number": number, "opened_on": since}),
    )  # fmt: skip
    scan = Upload("scan.jpg", "image/jpeg", acts.snapshot())
    agreement = AgreementForm(
        number=f"DF-{number[-4:]}", parties="样例总包、中国建设银行样例支行",
        starts_on=today - timedelta(days=60), ends_on=today + timedelta(days=600), scan=scan,
    )  # fmt: skip
    await opening.agree(officer, account.id, agreement)
    for kind, amount, reference in (("labour_cost_in", fen, "RGF-1"), ("interest", 12_345, "LX-1")):
        line = {"kind": kind, "amount_fen": amount, "on": today, "reference": reference}
        await ledger.enter(officer, account.id, EntryForm.model_validate({**line, "scan": scan}))
    stands: dict[str, Any] = {
        "kind": "bank_guarantee", "amount_fen": 30_000_000, "ratio": "1.5", "number": "BH-2026-018",
        "issued_by": "中国建设银行样例支行", "valid_to": (today + timedelta(days=200)).isoformat(),
    }  # fmt: skip
    await guarantees.add(officer, site.id, acts.sent(GuaranteeIn, stands))


async def _overtime(crew: Crew, hands: Hands) -> None:
    """The first team's overtime is agreed by the hour."""
    for (gang, place), hand in hands.items():
        if gang == 0 and place in (1, 2, 3):
            given = {
                "worker_id": str(hand.worker_id), "project_id": str(hand.site.id),
                "pay_kind": "day", "rate_fen": 34_000, "unit_hours": "9", "overtime_fen": 4_500,
                "effective_from": clock.today().isoformat(),
            }  # fmt: skip
            await terms.set_terms(crew["demo.wages.a"], acts.sent(TermsIn, given))


async def _make(
    officer: Actor, site: Site, first: int, last: int, *, made: int = MADE
) -> WageSheet:
    start, end = _back(first), _back(last)
    _on(made, "09:30")
    given = SheetIn.model_validate({
        "project_id": site.id, "kind": SheetKind.SETTLEMENT, "month": f"{start:%Y-%m}",
        "from_on": start, "to_on": end,
    })  # fmt: skip
    return await sheets.make(officer, given)


async def _signed(hands: Hands, sheet: WageSheet, but: set[UUID]) -> None:
    by_worker = {hand.worker_id: hand.actor for hand in hands.values()}
    for line in await WageLine.filter(sheet_id=sheet.id).order_by("id"):
        if line.worker_id not in but:
            await signing.sign(by_worker[line.worker_id], line.id, line.digest, Way.CONFIRM)


async def _arrived(crew: Crew, hands: Hands, site: Site) -> WageSheet:
    """Firm A's first half: signed by all, looked through by three; everybody is paid."""
    maker, auditor = crew["demo.wages.a"], crew["demo.audit.a"]
    sheet = await _make(maker, site, FIRST, MIDDLE, made=MADE_FIRST)
    await sheets.submit(maker, sheet.id)
    await _signed(hands, sheet, set())
    await sheets.audit_sheet(auditor, sheet.id, AuditIn())
    await sheets.recheck(crew["demo.admin.a"], sheet.id)
    return await sheets.release(auditor, sheet.id)


async def _released(crew: Crew, hands: Hands, site: Site) -> WageSheet:
    """Firm B's first half: looked through by three, one line unsigned with a reason."""
    maker, auditor = crew["demo.wages.b"], crew["demo.wages.a"]
    sheet = await _make(maker, site, FIRST, MIDDLE)
    away = await WageLine.filter(sheet_id=sheet.id).order_by("id").first()
    assert away is not None
    bonus = {"add": [{"kind": "bonus", "amount_fen": 20_000, "note": "高温补贴"}], "reason": WORK}
    await correcting.correct(maker, sheet.id, away.id, acts.sent(CorrectionIn, bonus))
    await sheets.submit(maker, sheet.id)
    await _signed(hands, sheet, {away.worker_id})
    await sheets.audit_sheet(auditor, sheet.id, AuditIn())
    why = UnsignedIn(reason="本人回老家，电话里核对过，同意")
    await correcting.explain(maker, sheet.id, away.id, why)
    await sheets.recheck(crew["demo.admin.a"], sheet.id)
    return await sheets.release(auditor, sheet.id)


async def _contested(crew: Crew, hands: Hands, site: Site) -> None:
    """Firm A's second half: submitted, most have signed, one says that a day is missing."""
    sheet = await _make(crew["demo.wages.a"], site, MIDDLE - 1, LAST)
    await sheets.submit(crew["demo.wages.a"], sheet.id)
    waiting, objecting = hands[0, 1], hands[0, 3]
    await _signed(hands, sheet, {waiting.worker_id, objecting.worker_id})
    line = await WageLine.get_or_none(sheet_id=sheet.id, worker_id=objecting.worker_id)
    if line is not None:
        words = "中间那个星期天我也来了，有打卡，单子上没有算。"
        await contesting.contest(objecting.actor, line.id, words)


async def _audited(crew: Crew, site: Site) -> None:
    """The tunnel's: audited by the firm's second officer, waits to be checked again."""
    sheet = await _make(crew["demo.wages.a"], site, FIRST, MIDDLE)
    await sheets.submit(crew["demo.wages.a"], sheet.id)
    await sheets.audit_sheet(crew["demo.audit.a"], sheet.id, AuditIn())
