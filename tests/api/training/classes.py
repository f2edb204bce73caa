"""Courses of firm A on a site, learned by its workers: what the tests of this folder share."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx

from api.kit import clock
from tests.api.engagements import site
from tests.api.projects.sites import made
from tests.cast import Client
from tests.specimens import courseware

COURSES = "/api/v1/enterprise/courses"
LESSONS = "/api/v1/me/lessons"
QUIZ = {
    "title": "安全考题",
    "questions": [
        {"text": "进工地先做什么？", "options": ["戴安全帽", "抽烟"], "right": [0]},
        {"text": "看到脚手架松了？", "options": ["不管", "停下来", "报告班组长"], "right": [1, 2]},
    ],
}
RIGHT, WRONG = [[0], [1, 2]], [[1], [0]]


async def course(client: Client, **given: Any) -> dict[str, Any]:
    """A course with an empty draft."""
    body = {"title": "进场安全课", "kind": "entry", **given}
    return made(await client.post(COURSES, as_="officer_a", json=body))


async def add_file(
    client: Client, course_id: str, content: bytes | None = None, minutes: int = 2, **form: Any
) -> httpx.Response:
    """One more film, or whatever is given."""
    files = {"file": ("a.webm", content or courseware.film(), "video/webm")}
    data = {"title": "样例视频", "minutes": str(minutes), **form}
    path = f"{COURSES}/{course_id}/files"
    return await client.post(path, as_="officer_a", files=files, data=data)


async def published(
    client: Client, *, minutes: int = 2, film: bytes | None = None, quiz: bool = True, **given: Any
) -> dict[str, Any]:
    """A course that is taught: a film, and a quiz."""
    row = await course(client, **given)
    made(await add_file(client, row["id"], film, minutes))
    if quiz:
        made(await client.post(f"{COURSES}/{row['id']}/quizzes", as_="officer_a", json=QUIZ))
    answer = await client.post(f"{COURSES}/{row['id']}/publication", as_="officer_a")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def lesson(row: dict[str, Any], at: int = 0) -> str:
    """The id of a lesson of what is taught."""
    return str(row["current"]["lessons"][at]["id"])


async def open_lesson(client: Client, lesson_id: str, name: str = "zhang") -> str:
    answer = await client.post(f"{LESSONS}/{lesson_id}/visits", as_=name)
    return str(made(answer)["id"])


class Device:
    """A phone on which a lesson is open."""

    def __init__(self, client: Client, visit_id: str, name: str = "zhang") -> None:
        self.client, self.visit_id, self.name = client, visit_id, name
        self.sequence, self.position_ms = 0, 0

    async def beat(self, **changed: Any) -> dict[str, Any]:
        self.sequence += 1
        body = {"sequence": self.sequence, "position_ms": self.position_ms, **changed}
        path = f"/api/v1/me/visits/{self.visit_id}/heartbeats"
        answer = await self.client.post(path, as_=self.name, json=body)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = clock.now()
        clock.set_clock(lambda: self.now)

    def pass_s(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


async def watch(moved: Clock, device: Device, seconds: int, step: int = 15) -> dict[str, Any]:
    """Watch for so long, with a beat every `step` seconds."""
    said: dict[str, Any] = {}
    for _ in range(0, seconds, step):
        moved.pass_s(step)
        device.position_ms += step * 1000
        said = await device.beat()
    return said


async def answered(
    client: Client, lesson_id: str, answers: list[list[int]], name: str = "zhang"
) -> httpx.Response:
    path = f"{LESSONS}/{lesson_id}/attempts"
    return await client.post(path, as_=name, json={"answers": answers}, headers={
        "Idempotency-Key": uuid4().hex
    })  # fmt: skip


async def at_work(client: Client, name: str = "zhang") -> site.Period:
    """A site of firm A, and a worker who is expected there."""
    return await site.period(client, await site.project(client), name)
