"""Cards, insurance, corrections, a résumé and accidents in different states."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from api.accidents import contacts, handling, reporting
from api.accidents.schemas import AccidentForm, AnswerIn, ContactIn
from api.cards import service as cards
from api.cards.schemas import CardIn
from api.insurance import service as insurance
from api.insurance.schemas import PolicyIn
from api.kit import clock
from api.kit.actor import Actor
from api.kit.routes import Upload
from api.profiles import corrections, resumes
from api.profiles.schemas import CorrectionForm, DecisionIn, ResumeIn
from api.workers import service as workers
from tests.demo import acts
from tests.demo.crews import Hand, Hands
from tests.demo.punching import by_clock
from tests.specimens import person

CARDS = 3
"""How many of the first team have a card; the third lost his."""
RESUME = ["projects", "employers", "trades", "days", "certificates", "training"]


async def settle(crew: Mapping[str, Actor], houses: Mapping[str, UUID], hands: Hands) -> None:
    """Firm A's people of the garden: most are insured, few have everything."""
    officer, county = crew["demo.wages.a"], crew["demo.county"]
    _on(40, "09:00")
    await _insure(officer, houses["a"], hands)
    await _hand_out(officer, houses["a"], hands)
    _on(8, "10:00")
    await _correct(county, hands)
    await _hurt(officer, hands)
    acts.passed(days=0)
    await resumes.show(hands[0, 1].actor, acts.sent(ResumeIn, {"parts": RESUME}))


def _on(days: int, time: str) -> None:
    clock.set_clock(None)
    acts.at(by_clock(clock.today() - timedelta(days=days), time))


async def _insure(officer: Actor, house: UUID, hands: Hands) -> None:
    """The first team of the garden by name, the tunnel as a whole; the electricians not at all."""
    today = clock.today()
    said = {"starts_on": today, "ends_on": today + timedelta(days=365), "enterprise_id": house}
    garden, tunnel = hands[0, 0].site, hands[4, 0].site
    named = [hands[0, place].period.id for place in range(6)]
    accident = {"kind": "accident", "insurer": "样例财产保险", "number": "YWX2026-00187"}
    given = acts.sent(PolicyIn, _plain({**said, **accident, "engagement_ids": named}))
    await insurance.record(officer, garden.id, given)
    whole = {"kind": "work_injury", "insurer": "样例市社保中心", "number": "GS2026-0042"}
    given = acts.sent(PolicyIn, _plain({**said, **whole, "whole_project": True}))
    await insurance.record(officer, tunnel.id, given)


def _plain(fields: dict[str, Any]) -> dict[str, Any]:
    """Lists of ids as a screen sends them."""
    return {k: [str(each) for each in v] if isinstance(v, list) else v for k, v in fields.items()}


async def _hand_out(officer: Actor, house: UUID, hands: Hands) -> None:
    for place in range(1, CARDS + 1):
        hand = hands[0, place]
        code = (await workers.require(hand.worker_id)).code
        number = person(2300 + place).bank_card
        given = {"worker_code": code, "number": number, "bank_name": "样例银行"}
        row = await cards.issue(officer, acts.sent(CardIn, {**given, "enterprise_id": house}))
    _on(20, "12:30")
    await cards.lose_own(hands[0, CARDS].actor, row.id)


async def _correct(county: Actor, hands: Hands) -> None:
    """One was accepted, one refused, one waits."""
    skill = await _ask(hands[0, 1], field="skill", skill="senior")
    school = await _ask(hands[0, 1], field="education", education="02")
    _on(6, "14:00")
    await corrections.decide(county, skill, acts.sent(DecisionIn, {"decision": "accept"}))
    why = "照片看不清，请把毕业证拍全再提一次。"
    refusal = acts.sent(DecisionIn, {"decision": "refuse", "reason": why})
    await corrections.decide(county, school, refusal)
    _on(1, "19:00")
    await _ask(hands[0, 1], field="validity", valid_from="2026-11-02", for_good=True)
    await _ask(hands[0, 2], field="nation", nation="彝")


async def _ask(hand: Hand, **fields: Any) -> UUID:
    proof = Upload("proof.jpg", "image/jpeg", acts.snapshot())
    return (await corrections.ask(hand.actor, CorrectionForm(proof=proof, **fields))).id


async def _hurt(officer: Actor, hands: Hands) -> None:
    """A sprain that is being handled, and a fall that nobody has claimed in time."""
    first, second = hands[0, 1], hands[0, 2]
    wife = {"name": person(2400).name, "phone": person(2400).phone, "relation": "spouse"}
    await contacts.put(first.actor, 1, acts.sent(ContactIn, wife))
    _on(5, "16:20")
    row = await reporting.report(first.actor, _said(first, 5, "light", "卸钢筋时扭了腰。"))
    _on(4, "09:10")
    note = {"act": "handled", "note": "已陪同到医院拍片，医生开了三天病假，工资照发。"}
    await handling.answer(officer, row.id, acts.sent(AnswerIn, note))
    _on(2, "18:00")
    await reporting.report(
        second.actor, _said(second, 31, "serious", "从脚手架上掉下来，胳膊骨折。")
    )


def _said(hand: Hand, days: int, harm: str, text: str) -> AccidentForm:
    clock_now = clock.now()
    clock.set_clock(None)
    day = clock.today() - timedelta(days=days)
    acts.at(clock_now)
    photo = Upload("place.jpg", "image/jpeg", acts.snapshot())
    return AccidentForm.model_validate(
        {
            "project_id": hand.site.id, "happened_on": day, "happened_at": "15:40", "harm": harm,
            "spot": "三号楼北侧", "text": text, "told_leader": True, "photo_1": photo,
        }
    )  # fmt: skip
