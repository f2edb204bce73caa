"""Good and bad conduct in every state, evaluations of a month, and a score that somebody doubts."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from api.conduct import deciding, evaluating, hearing, proposing, scoring, watching
from api.conduct.models import ConductRecord, Evaluation
from api.conduct.rules import Way
from api.conduct.schemas import (
    DecisionIn,
    EvaluationIn,
    ProposalForm,
    ReviewIn,
    StatementForm,
)
from api.kit import clock
from api.kit.actor import Actor
from api.kit.routes import Upload
from tests.demo import acts
from tests.demo.crews import Hand, Hands
from tests.demo.punching import by_clock

Crew = Mapping[str, Actor]
LONG_AGO, LATELY, NOW = 28, 8, 2
"""How many days back each of these was."""


async def settle(crew: Crew, houses: Mapping[str, UUID], hands: Hands) -> None:
    """Of the firms on the garden site, of its people, and of one team."""
    firm, county, city = crew["demo.wages.a"], crew["demo.county"], crew["demo.city"]
    garden = hands[0, 1].site.id
    _on(LONG_AGO, "10:00")
    brave = await _by(firm, hands[0, 1], "WG01", "发现三号楼临边护栏松了，马上报告，没有人受伤。")
    proxy = await _by(firm, hands[0, 2], "WB02", "早上替没到的工友扫码打卡，两次，有监控。")
    thief = await _by(firm, hands[1, 4], "WB07", "夜里把两卷电缆运出工地，保安当场拦下，有录像。")
    paid = await _propose(firm, garden, houses["b"], "EG01", "半年来每月十五号足额发工资。")
    late = await _propose(county, garden, houses["b"], "EB08", "两次预警没有按期整改。")
    _on(LONG_AGO - 1, "19:30")
    await _answer(hands[0, 2].actor, proxy, "那天他在路上，我帮了忙，知道不对了。")
    await _answer(hands[1, 4].actor, thief, "我以为是废料。")
    await hearing.state(crew["demo.wages.b"], hearing.our, late.id, _words("已经整改，附照片。"))
    _on(LONG_AGO - 3, "15:00")
    await _uphold(county, brave, level="city")
    await _uphold(county, proxy)
    await _uphold(county, thief, level="serious", months=12, restrict=True,
                  document="武建信〔2026〕3号")  # fmt: skip
    await _uphold(county, paid)
    await _uphold(city, late)
    _on(LATELY, "09:30")
    fight = await _by(firm, hands[2, 1], "WB06", "中午在食堂和人打架，两人都受了轻伤。")
    await _answer(hands[2, 1].actor, fight, "是他先动手，我只是挡了一下。")
    await _uphold(county, fight)
    appeal = _words("我没有先动手，有人看见。", Way.APPEAL)
    await hearing.state(hands[2, 1].actor, hearing.own, fight.id, appeal)
    _on(NOW, "11:00")
    smoke = await _by(firm, hands[0, 3], "WB04", "在木料堆旁边抽烟。")
    await _answer(hands[0, 3].actor, smoke, "下次到吸烟点去。")
    await _by(firm, hands[0, 1], "WB03", "上午在二层没有系安全带。", photo=True)
    await _propose(county, garden, houses["a"], "EB07", "抽查三名工人没有进场教育记录。")
    await _evaluate(firm, hands)
    acts.passed(days=0)
    await watching.watch()


async def _evaluate(firm: Actor, hands: Hands) -> None:
    """Two of last month; of the second its worker thinks otherwise, and of his score."""
    month = f"{clock.today().replace(day=1) - timedelta(days=1):%Y-%m}"
    for place, mark, said in ((1, 5, "绑扎规范，很少返工。"), (2, 2, "三次返工，说了不改。")):
        marks = {name: mark for name in ("quality", "safety", "teamwork")}
        given = {
            "project_id": hands[0, place].site.id, "subject": "worker", "month": month,
            "subject_id": hands[0, place].worker_id, "text": said, **marks,
        }  # fmt: skip
        await evaluating.evaluate(firm, acts.sent(EvaluationIn, given))
    doubted = await Evaluation.get(worker_id=hands[0, 2].worker_id)
    await evaluating.contest(hands[0, 2].actor, doubted.id, "图纸改了三次，不是我的错。")
    words = {"text": "替人打卡就一次，分扣得太多，请看看。"}
    await scoring.ask_review(hands[0, 2].actor, acts.sent(ReviewIn, words))


def _on(days: int, time: str) -> None:
    clock.set_clock(None)
    acts.at(by_clock(clock.today() - timedelta(days=days), time))


async def _by(
    firm: Actor, hand: Hand, kind: str, text: str, *, photo: bool = False
) -> ConductRecord:
    """What the firm reports of one of its people."""
    return await _propose(firm, hand.site.id, hand.worker_id, kind, text, photo=photo)


async def _propose(
    actor: Actor, project_id: UUID, subject_id: UUID, kind: str, text: str, *, photo: bool = False
) -> ConductRecord:
    given = ProposalForm(
        project_id=project_id, subject_id=subject_id, kind=kind, text=text,
        happened_on=clock.today(),
        photo_1=Upload("seen.jpg", "image/jpeg", acts.snapshot()) if photo else None,
    )  # fmt: skip
    by_firm = any(grant.tenant_id for grant in actor.grants)
    return await (proposing.by_enterprise if by_firm else proposing.by_authority)(actor, given)


def _words(text: str, way: Way = Way.ANSWER) -> StatementForm:
    return StatementForm(way=way, text=text)


async def _answer(actor: Actor, row: ConductRecord, text: str) -> None:
    await hearing.state(actor, hearing.own, row.id, _words(text))


async def _uphold(officer: Actor, row: ConductRecord, **more: Any) -> None:
    given = {"decision": "uphold", "reason": "有照片和记录为证。", **more}
    await deciding.decide(officer, row.id, acts.sent(DecisionIn, given))
