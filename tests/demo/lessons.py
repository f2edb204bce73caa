"""Courses, a session and certificates: what the training pages show."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from api.kit import clock
from api.kit.actor import Actor
from api.kit.routes import Upload
from api.training import cards, courses, learning, quizzes, sessions
from api.training import service as training
from api.training.course_schemas import CourseIn, FileLessonForm, QuizIn
from api.training.learning_schemas import AnswersIn, BeatIn
from api.training.models import Course, Lesson
from api.training.schemas import CertificateIn
from api.training.session_schemas import SessionIn
from api.workers import service as workers
from tests.demo import acts
from tests.demo.crews import Hands
from tests.demo.sites import Site
from tests.specimens import courseware

QUESTIONS: list[dict[str, Any]] = [
    {"text": "进工地先做什么？", "options": ["戴好安全帽", "抽一支烟", "找人聊天"], "right": [0]},
    {"text": "看到脚手架松了怎么办？", "options": ["接着干", "马上停下", "报告班组长"],
     "right": [1, 2]},
    {"text": "高处作业要系什么？", "options": ["安全带", "围裙"], "right": [0]},
]  # fmt: skip
ANSWERS = [[0], [1, 2], [0]]


async def settle(crew: Mapping[str, Actor], houses: Mapping[str, UUID], sites: Mapping[str, Site],
                 hands: Hands) -> None:  # fmt: skip
    """A course of the garden and one of the firm; one worker is done, the others are not."""
    officer, garden = crew["demo.wages.a"], sites["garden"]
    first = await _course(officer, "进场安全课", "entry", houses["a"], garden.id)
    await _course(officer, "高处作业年度课", "yearly", houses["a"], None)
    await _begin(officer, "用电安全课", houses["a"])
    await _learn(hands[0, 2].actor, first)
    await cards.own_card(hands[0, 1].actor)
    await _hold(officer, garden, hands, houses["a"])
    await _certify(officer, hands[0, 1].actor, houses["a"])


async def _begin(officer: Actor, title: str, house: UUID) -> UUID:
    given = {"title": title, "kind": "yearly", "enterprise_id": house}
    return (await courses.create(officer, acts.sent(CourseIn, given))).id


async def _course(
    officer: Actor, title: str, kind: str, house: UUID, project_id: UUID | None
) -> UUID:
    given = {"title": title, "kind": kind, "enterprise_id": house, "project_id": project_id}
    row = await courses.create(officer, acts.sent(CourseIn, given))
    for name, minutes, content in (
        ("三宝四口怎么防", 1, courseware.film()), ("安全手册", 1, courseware.pdf(pages=3)),
    ):  # fmt: skip
        form = FileLessonForm(title=name, minutes=minutes, file=Upload(name, "", content))
        await courses.add_file(officer, row.id, form)
    quiz = acts.sent(QuizIn, {"title": "安全考题", "questions": QUESTIONS})
    await courses.add_quiz(officer, row.id, quiz)
    await courses.publish(officer, row.id)
    return row.id


async def _learn(actor: Actor, course_id: UUID) -> None:
    """Everything, to the end: a minute of each lesson, then the quiz."""
    begun = clock.now()
    row = await Course.get(id=course_id)
    lessons = await Lesson.filter(version_id=row.current_id).order_by("position")
    passed = 0
    for lesson in lessons[:2]:
        opened = await learning.open_lesson(actor, lesson.id)
        for number in range(1, 6):
            passed += 15
            moment = begun + timedelta(seconds=passed)
            clock.set_clock(lambda moment=moment: moment)  # type: ignore[misc]
            beat = BeatIn(sequence=number, position_ms=number * 15_000)
            await learning.beat(actor, opened.id, beat)
    await quizzes.answer(actor, lessons[2].id, AnswersIn(answers=ANSWERS))


async def _hold(officer: Actor, site: Site, hands: Hands, house: UUID) -> None:
    given = {
        "topic": "高处作业交底", "kind": "team", "held_on": clock.today(), "hours": "2",
        "trainer": "周样本", "enterprise_id": house,
        "worker_ids": [hands[0, place].worker_id for place in range(6)],
    }  # fmt: skip
    row = await sessions.record(officer, site.id, acts.sent(SessionIn, given))
    photo = Upload("a.jpg", "image/jpeg", acts.snapshot())
    await sessions.add_photo(officer, site.id, row.id, photo)


async def _certify(officer: Actor, actor: Actor, house: UUID) -> None:
    today = clock.today()
    given: dict[str, Any] = {
        "worker_code": str((await workers.worker_of(actor)).code), "operation": "03",
        "number": "A0120190001", "issued_by": "样本省住房和城乡建设厅",
        "valid_from": today - timedelta(days=400), "valid_to": today + timedelta(days=330),
        "enterprise_id": house,
    }  # fmt: skip
    await training.record_certificate(officer, acts.sent(CertificateIn, given))
