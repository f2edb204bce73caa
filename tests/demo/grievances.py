"""Three complaints in different states: one answered, one anonymous, one with the authority."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from api.complaints import content, deciding, filing, handling, office, watching
from api.complaints.models import Complaint
from api.complaints.schemas import AnswerIn, ComplaintForm, HandlingIn, OwnDecisionIn
from api.kit import clock
from api.kit.actor import Actor
from api.kit.routes import Upload
from tests.demo import acts
from tests.demo.crews import Hand, Hands
from tests.demo.punching import by_clock
from tests.specimens import sounds

FILED, ANSWERED, SHOWN = 6, 4, 3
"""How many days back each of these was."""


async def settle(crew: Mapping[str, Actor], hands: Hands) -> None:
    """Zhang's was answered, his mate's is anonymous, a third went on to the county."""
    firm, county = crew["demo.wages.a"], crew["demo.county"]
    _on(FILED, "20:10")
    first = await _file(
        hands[0, 1], topic="wages", text="上个月说好十五号发工资，现在还没有到账。请告诉我哪天发。",
        voice=Upload("voice.webm", "audio/webm", sounds.voice()),
        photo_1=Upload("board.jpg", "image/jpeg", acts.snapshot()),
    )  # fmt: skip
    third = await _file(hands[0, 3], topic="safety", text="三号楼临边没有护栏，说了几次没人管。")
    _on(FILED - 1, "09:20")
    await office.accept(firm, first.id)
    _on(ANSWERED, "10:00")
    await deciding.decide(
        hands[0, 3].actor, third.id, acts.sent(OwnDecisionIn, {"decision": "escalate"})
    )
    await handling.accept(county, third.id)
    _on(ANSWERED, "16:40")
    said = "已经核对，银行退回一次，本周五补发。请查收，没有到账找劳资专管员。"
    await office.answer(firm, first.id, acts.sent(AnswerIn, {"answer": said}))
    _on(SHOWN, "21:15")
    await _file(hands[0, 2], topic="living", text="食堂晚上没有热水，请装一个。", anonymous=True)
    note = {"note": "已到工地查看，责令三天内装好护栏。"}
    await handling.handle(county, third.id, acts.sent(HandlingIn, note))
    _on(SHOWN - 1, "08:00")
    await watching.show_round()
    acts.passed(days=0)


def _on(days: int, time: str) -> None:
    clock.set_clock(None)
    acts.at(by_clock(clock.today() - timedelta(days=days), time))


async def _file(hand: Hand, **said: Any) -> Complaint:
    """What somebody of the gang files against his employer, its words looked at."""
    given = ComplaintForm(
        **{"kind": "complaint", "addressee": "enterprise", "project_id": hand.site.id, **said}
    )
    row = await filing.file(hand.actor, given)
    await content.check(row.id)
    return row
