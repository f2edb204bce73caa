"""Trainings on pages, without scripts: a course is written, learned, shown; a session is held."""

from typing import Any

import pytest

from api.kit import jobs
from api.training.models import Course, GroupSession, Lesson, TrainingCard, TrainingKind
from h5.texts import CHINESE, texts
from tests.api.engagements import site
from tests.api.engagements.site import made
from tests.api.matrix_world import photo
from tests.api.teams import people
from tests.api.training import classes
from tests.api.training.classes import Clock, Device
from tests.api.training.test_sessions import let_in_untrained
from tests.api.training.test_training import CERTIFICATES, certificate
from tests.cast import Client
from tests.h5.counting import counted
from tests.h5.visiting import Visitor
from tests.specimens import courseware

COURSES = "/enterprise/training"
QUIZ = "进工地先做什么？\n*戴安全帽\n抽烟\n\n看到脚手架松了？\n不管\n*停下来\n＊报告班组长\n"


@pytest.fixture
async def office(visitor: Visitor, client: Client) -> Visitor:
    await site.project(client)
    return await visitor.enter("officer_a")


async def become(visitor: Visitor, name: str) -> Visitor:
    visitor.http.cookies.clear()
    return await visitor.enter(name)


async def begun(office: Visitor) -> str:
    seen = await office.get(f"{COURSES}/courses/new")
    seen = await office.send(seen, f"{COURSES}/courses/new", title="进场安全课", project_id=None)
    assert "课程已建好" in seen.text
    return seen.path


async def test_a_course_is_written_and_published(office: Visitor) -> None:
    path = await begun(office)
    film = {"file": ("a.webm", courseware.film(), "video/webm")}
    seen = await office.send(
        await office.get(path), f"{path}/files", files=film, title="视频", minutes="2"
    )
    assert "已加上" in seen.text and "视频" in seen.text
    seen = await office.send(seen, f"{path}/quizzes", title="考试", text=QUIZ)
    assert "2 道题" in seen.text
    seen = await office.send(seen, f"{path}/publication")
    assert "已发布" in seen.text and "第 1 版" in seen.text
    seen = await office.send(seen, f"{path}/draft")
    gone = (await Lesson.filter(fixed=False).order_by("position"))[0]
    seen = await office.send(seen, f"{path}/lessons/{gone.id}/remove")
    seen = await office.send(seen, f"{path}/change", title="新课名", pass_mark="60")
    assert "新课名" in seen.text
    seen = await office.send(seen, f"{path}/publication")
    assert "第 2 版" in seen.text
    seen = await office.send(seen, f"{path}/withdrawal")
    assert "已停课" in seen.text and (await Course.get()).withdrawn_at
    assert "新课名" in (await office.get(COURSES)).text


@pytest.mark.parametrize(
    ("text", "words"),
    [("题目\n*一个选项", "第 1 题要有 2 到 6 个选项"), ("题目\n甲\n乙", "没有标出正确答案"),
     ("题目\n*甲\n*甲", "有两个一样的选项"), ("\n\n", "必填")],
)  # fmt: skip
async def test_a_quiz_that_is_typed_wrong_says_what(office: Visitor, text: str, words: str) -> None:
    path = await begun(office)
    seen = await office.send(await office.get(path), f"{path}/quizzes", title="考试", text=text)
    assert seen.status == 422 and words in seen.text


async def test_a_file_that_is_something_else_is_refused_in_words(office: Visitor) -> None:
    path = await begun(office)
    files = {"file": ("a.mp4", b"MZ" + b"\x00" * 900, "video/mp4")}
    seen = await office.send(
        await office.get(path), f"{path}/files", files=files, title="视频", minutes="2"
    )
    assert seen.status == 422 and "改名也不行" in seen.text


async def taught(client: Client) -> tuple[site.Period, dict[str, Any]]:
    period = await classes.at_work(client)
    return period, await classes.published(client, minutes=1, project_id=period.project_id)


async def test_a_worker_learns_and_shows_what_he_learned(visitor: Visitor, client: Client) -> None:
    _, row = await taught(client)
    film, quiz = classes.lesson(row), classes.lesson(row, 1)
    await visitor.enter("zhang")
    seen = await visitor.get("/h5/training")
    assert "进场安全课" in seen.text and "项目级教育" in seen.text
    seen = await visitor.get(f"/h5/training/courses/{row['id']}")
    assert "2 道题" in seen.text
    seen = await visitor.get(f"/h5/training/lessons/{film}")
    assert "您的浏览器关了脚本" in seen.html
    part = await visitor.http.get(
        f"/h5/training/lessons/{film}/file", headers={"Range": "bytes=10-19"}
    )
    assert part.status_code == 206 and part.content == courseware.film()[10:20]
    moved = Clock()
    device = Device(client, await classes.open_lesson(client, film))
    assert (await classes.watch(moved, device, 60))["lesson_done"]
    path = f"/h5/training/lessons/{quiz}/quiz"
    seen = await visitor.send(await visitor.get(path), path, chosen="1")
    assert "第 2 题" in seen.text and "given=1" in seen.path
    seen = await visitor.send(seen, path, chosen="0")
    assert "没有合格" in seen.text and "答错的题" in seen.text
    seen = await visitor.send(await visitor.get(path), path, chosen="0")
    seen = await visitor.send(seen, path, chosen=None)
    assert seen.status == 422 and "第 2 题" in seen.text
    seen = await visitor.send(seen, path, chosen=["1", "2"])
    assert "100 分，合格" in seen.text and "已记到您的培训记录" in seen.text
    seen = await visitor.get("/h5/training/record")
    assert "进场安全课" in seen.text
    await visitor.send(seen, "/h5/training/record")
    seen = await visitor.get(f"/training-records/{(await TrainingCard.get()).code}")
    assert "张*例" in seen.text and "项目级教育" in seen.text


async def test_a_certificate_is_shown_and_checked(visitor: Visitor, client: Client) -> None:
    await site.project(client)
    worker = await people.worker(client, "zhang")
    row = made(await client.post(CERTIFICATES, as_="officer_a", json=certificate(str(worker.code))))
    await visitor.enter("zhang")
    assert "建筑电工" in (await visitor.get("/h5/certificates")).text
    seen = await visitor.get(f"/h5/certificates/{row['id']}")
    assert "<svg" in seen.html and "A012***0001" in seen.text
    visitor.http.cookies.clear()
    seen = await visitor.get(f"/certificates/{row['check_url'].rpartition('/')[2]}")
    assert "张*例" in seen.text and "在有效期内" in seen.text and "A012" not in seen.html
    seen = await visitor.get("/certificates/nothing")
    assert seen.status == 404 and "重新出示二维码" in seen.text
    # To whoever scans it a code that is none is a page as well.
    for path in ("/certificates/nothing", "/training-records/nothing", "/boards/nothing"):
        assert "<main" in (await visitor.get(path)).html, path


async def test_a_session_is_held_and_the_untrained_are_fewer(
    visitor: Visitor, client: Client
) -> None:
    project_id = await site.project(client)
    row = await let_in_untrained(client, project_id)
    li = await people.worker(client, "li")
    await visitor.enter("officer_a")
    assert "张*例" in (await visitor.get(f"{COURSES}/people")).text
    await become(visitor, "county")
    assert "0.0%" in (await visitor.get("/regulator/trainings")).text
    assert "张*例" in (await visitor.get("/regulator/trainings/untrained")).text
    await become(visitor, "officer_a")
    path = f"{COURSES}/projects/{project_id}/sessions/new"
    seen = await visitor.send(await visitor.get(path), path, topic="高处", hours="15", trainer="周")
    assert seen.status == 422 and "还没有选参加的人" in seen.text
    seen = await visitor.send(
        seen, path, topic="高处", hours="15", trainer="周", worker_ids=str(row.worker.id),
        codes=str(li.code),
    )  # fmt: skip
    assert "已登记" in seen.text and (await GroupSession.get()).people == 2
    files = {"photo": ("a.jpg", photo(), "image/jpeg")}
    seen = await visitor.send(seen, f"{seen.path}/photos", files=files)
    assert "照片已上传" in seen.text and "第 1 张照片" in seen.html
    assert "高处" in (await visitor.get(f"{COURSES}/sessions")).text
    await jobs.drain()
    assert "张*例" not in (await visitor.get(f"{COURSES}/people")).text
    await become(visitor, "county")
    assert "100.0%" in (await visitor.get("/regulator/trainings?by=trade")).text
    seen = await visitor.get("/regulator/trainings/records?kind=entry")
    assert ("高处" in seen.text and "李*例" in seen.text) or "*" in seen.text


async def test_pages_of_lists_take_few_statements(visitor: Visitor, client: Client) -> None:
    period, _ = await taught(client)
    for address, who in {
        "/h5/training": "zhang", "/h5/training/hours": "zhang",
        "/h5/training/record": "zhang", "/h5/certificates": "zhang",
        COURSES: "officer_a", f"{COURSES}/sessions": "officer_a", f"{COURSES}/people": "officer_a",
        "/regulator/trainings": "county", "/regulator/trainings/untrained": "county",
        "/regulator/trainings/records": "county",
    }.items():  # fmt: skip
        await become(visitor, who)
        await visitor.get(address)
        with counted() as statements:
            assert (await visitor.get(address)).status == 200, (address, period.id)
        assert len(statements) <= 10, (address, len(statements), statements)


@pytest.mark.parametrize("kind", TrainingKind)
def test_a_kind_is_called_the_same_in_the_api_and_on_pages(kind: TrainingKind) -> None:
    assert texts(CHINESE)(f"training.kind.{kind.value}") == kind.called
