"""Courses in versions: written, published, never changed after, withdrawn; their files by Range."""

import pytest

from api.files.models import StoredFile
from api.integrations.adapters import outside
from api.training.models import CourseVersion, Lesson
from tests.api.engagements import site
from tests.api.engagements.site import made, refusal
from tests.api.teams import people
from tests.api.training import classes
from tests.api.training.classes import COURSES, LESSONS
from tests.cast import FIRM_A, Client
from tests.specimens import courseware

FILM = courseware.mp4(data=bytes(range(256)) * 1200)
"""Five sealed pieces."""


async def test_an_edit_makes_a_version_and_leaves_the_old_one(client: Client) -> None:
    period = await classes.at_work(client)
    row = await classes.published(client, project_id=period.project_id)
    path = f"{COURSES}/{row['id']}"
    assert row["current"]["number"] == 1 and row["draft"] is None
    change = {"title": "新课名", "kind": "yearly", "pass_mark": 60, "tries": 2}
    answer = await client.put(f"{path}/draft", as_="officer_a", json=change)
    assert refusal(answer) == (409, "training.no_draft")
    begun = made(await client.post(f"{path}/draft", as_="officer_a"))
    assert begun["draft"]["number"] == 2 and len(begun["draft"]["lessons"]) == 2
    assert (await client.put(f"{path}/draft", as_="officer_a", json=change)).status_code == 200
    gone = begun["draft"]["lessons"][1]["id"]
    answer = await client.delete(f"{path}/draft/lessons/{gone}", as_="officer_a")
    assert answer.status_code == 200
    second = (await client.post(f"{path}/publication", as_="officer_a")).json()
    assert (second["current"]["number"], second["current"]["title"]) == (2, "新课名")
    first = await CourseVersion.get(number=1)
    assert first.title == "进场安全课"
    assert await Lesson.filter(version_id=first.id).count() == 2
    for change_it in (
        CourseVersion.filter(id=first.id).update(title="改了"),
        Lesson.filter(version_id=first.id).update(minutes=1),
        Lesson.filter(version_id=first.id).delete(),
    ):
        with pytest.raises(Exception, match="append-only"):
            await change_it


async def test_a_course_without_lessons_is_not_published(client: Client) -> None:
    await site.project(client)
    row = await classes.course(client, enterprise_id=str(FIRM_A))
    answer = await client.post(f"{COURSES}/{row['id']}/publication", as_="officer_a")
    assert refusal(answer) == (422, "training.nothing_to_teach")


@pytest.mark.parametrize(
    "content", [b"#!/bin/sh\n", b"\x89PNG\r\n\x1a\n", courseware.mp4(handler=b"soun"),
                courseware.film()[:9000] + b"x", courseware.pdf(catalog=b"/AA << /JS (x) >>")],
)  # fmt: skip
async def test_courseware_that_is_not_what_it_claims_is_refused(
    client: Client, content: bytes
) -> None:
    await site.project(client)
    row = await classes.course(client)
    answer = await classes.add_file(client, row["id"], content)
    assert refusal(answer) == (422, "training.bad_courseware")
    assert answer.json()["errors"][0]["path"] == "file"
    assert not await StoredFile.filter(purpose="courseware").exists()


@pytest.mark.parametrize(
    ("asked", "status", "span"),
    [(None, 200, (0, len(FILM))), ("bytes=0-", 206, (0, len(FILM))),
     ("bytes=0-0", 206, (0, 1)), ("bytes=65530-65545", 206, (65530, 65546)),
     ("bytes=200000-200099", 206, (200000, 200100)),
     ("bytes=-10", 206, (len(FILM) - 10, len(FILM))),
     ("bytes=300-99999999", 206, (300, len(FILM))), ("lines=1-2", 200, (0, len(FILM))),
     ("bytes=0-1,5-6", 200, (0, len(FILM))), ("bytes=9-3", 200, (0, len(FILM))),
     (f"bytes={len(FILM)}-", 416, None), ("bytes=-0", 416, None)],
)  # fmt: skip
async def test_a_part_of_a_film_is_answered_alone(
    client: Client, asked: str | None, status: int, span: tuple[int, int] | None
) -> None:
    period = await classes.at_work(client)
    row = await classes.published(client, film=FILM, quiz=False, project_id=period.project_id)
    headers = {"Range": asked} if asked else {}
    path = f"{LESSONS}/{classes.lesson(row)}/file"
    answer = await client.get(path, as_="zhang", headers=headers)
    assert answer.status_code == status
    if span is None:
        assert answer.headers["content-range"] == f"bytes */{len(FILM)}"
        return
    assert answer.content == FILM[slice(*span)]
    assert answer.headers["content-type"] == "video/mp4"
    assert answer.headers["accept-ranges"] == "bytes"
    assert "no-store" in answer.headers["cache-control"]
    if status == 206:
        assert answer.headers["content-range"] == f"bytes {span[0]}-{span[1] - 1}/{len(FILM)}"
    changed = await client.get(path, as_="zhang", headers={**headers, "If-Range": '"other"'})
    assert changed.status_code == 200
    same = {**headers, "If-Range": answer.headers["etag"]}
    assert (await client.get(path, as_="zhang", headers=same)).status_code == status


async def test_a_film_lies_sealed_and_a_changed_byte_is_noticed(client: Client) -> None:
    period = await classes.at_work(client)
    row = await classes.published(client, film=FILM, quiz=False, project_id=period.project_id)
    stored = await StoredFile.get(purpose="courseware")
    assert stored.delete_after is None and stored.piece_bytes
    sealed = bytearray(await outside().storage.get(str(stored.id)))
    assert FILM[1000:1100] not in sealed and len(sealed) == len(FILM) + 16 * 5
    sealed[70_000] ^= 1
    await outside().storage.put(str(stored.id), bytes(sealed))
    path = f"{LESSONS}/{classes.lesson(row)}/file"
    whole = await client.get(path, as_="zhang", headers={"Range": "bytes=0-99"})
    assert whole.content == FILM[:100]
    with pytest.raises(Exception):  # noqa: B017 - the connection breaks off
        answer = await client.get(path, as_="zhang", headers={"Range": "bytes=70000-70010"})
        assert answer.content == FILM[70000:70011]
        raise AssertionError("a changed piece was opened")


async def test_a_course_is_for_those_who_may_see_it(client: Client) -> None:
    period = await classes.at_work(client)
    row = await classes.published(client, project_id=period.project_id)
    lesson_id = classes.lesson(row)
    await people.worker(client, "li")
    own = f"{LESSONS}/{lesson_id}/file"
    office = f"{COURSES}/{row['id']}/lessons/{lesson_id}/file"
    cases: dict[str, dict[str | None, int]] = {
        own: {None: 401, "zhang": 200, "li": 404, "wang": 404, "officer_a": 403, "county": 403},
        office: {None: 401, "zhang": 403, "officer_a": 200, "manager_a": 200, "officer_b": 404},
        f"{COURSES}/{row['id']}": {"zhang": 403, "officer_b": 404, "officer_a": 200},
    }
    for path, expected in cases.items():
        for name, status in expected.items():
            assert (await client.get(path, as_=name)).status_code == status, (path, name)
    assert (await client.get("/api/v1/me/courses", as_="li")).json()["items"] == []
    assert len((await client.get("/api/v1/me/courses", as_="zhang")).json()["items"]) == 1
    answer = await client.post(f"{COURSES}/{row['id']}/withdrawal", as_="officer_a")
    assert answer.json()["withdrawn"]
    assert (await client.get(own, as_="zhang")).status_code == 404


async def test_only_who_may_publish_may_send_a_large_body(client: Client) -> None:
    await site.project(client)
    row = await classes.course(client)
    path = f"{COURSES}/{row['id']}/files"
    large = b"\x00" * (2 * 1024 * 1024)
    files = {"file": ("a.mp4", large, "video/mp4")}
    data = {"title": "样例", "minutes": "5"}
    for name in (None, "zhang", "county"):
        answer = await client.post(path, as_=name, files=files, data=data)
        assert answer.status_code == 413, name
    answer = await client.post(path, as_="officer_a", files=files, data=data)
    assert refusal(answer) == (422, "training.bad_courseware")


async def test_the_answers_of_a_quiz_stay_with_those_who_wrote_it(client: Client) -> None:
    period = await classes.at_work(client)
    row = await classes.published(client, project_id=period.project_id)
    seen = (await client.get(f"/api/v1/me/courses/{row['id']}", as_="zhang")).json()
    questions = seen["lessons"][1]["questions"]
    assert [each["several"] for each in questions] == [False, True]
    assert all(each["right"] is None for each in questions)
    assert row["current"]["lessons"][1]["questions"][1]["right"] == [1, 2]
