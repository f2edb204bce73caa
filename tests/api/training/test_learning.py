"""Minutes by heartbeats and quizzes: what counts, what does not, and the record at the end."""

from api.kit import jobs
from api.training.models import Training
from tests.api.attendance.sites import log_in_again
from tests.api.engagements import site
from tests.api.engagements.site import made, refusal
from tests.api.teams import people
from tests.api.training import classes
from tests.api.training.classes import RIGHT, WRONG, Clock, Device
from tests.api.workers.test_merging import merge
from tests.cast import Client

HOURS = "/api/v1/me/training-hours"


async def test_a_course_is_learned_and_its_record_makes_itself(client: Client) -> None:
    period = await classes.at_work(client)
    row = await classes.published(client, minutes=6, project_id=period.project_id)
    film, quiz = classes.lesson(row), classes.lesson(row, 1)
    moved = Clock()
    device = Device(client, await classes.open_lesson(client, film))
    said = await classes.watch(moved, device, 180)
    assert (said["earned_seconds"], said["needed_seconds"], said["lesson_done"]) == (
        180,
        360,
        False,
    )
    # He closes the page, comes back the next day on another phone, and goes on.
    moved.pass_s(86_400)
    again = Device(client, await classes.open_lesson(client, film))
    again.position_ms = 180_000
    said = await classes.watch(moved, again, 180)
    assert said["lesson_done"] and not said["course_done"]
    answer = made(await classes.answered(client, quiz, WRONG))
    assert (answer["score"], answer["passed"], answer["wrong"]) == (0, False, [0, 1])
    answer = made(await classes.answered(client, quiz, RIGHT))
    assert answer["passed"] and answer["course_done"]
    assert made(await classes.answered(client, quiz, RIGHT))["course_done"]
    record = await Training.get()
    assert (str(record.hours), record.score, record.trade, record.kind) == (
        "0.1",
        100,
        "020",
        "entry",
    )
    own = (await client.get("/api/v1/me/trainings", as_="zhang")).json()["items"]
    assert [(each["source"], each["topic"]) for each in own] == [("course", "进场安全课")]
    for name in ("officer_a", "county", "neighbour", "zhang"):
        await log_in_again(client, name)
    path = f"/api/v1/enterprise/projects/{period.project_id}/trainings"
    assert len((await client.get(path, as_="officer_a")).json()["items"]) == 1
    seen = await client.get("/api/v1/regulator/trainings", as_="county", params={"trade": "020"})
    assert [each["worker"] for each in seen.json()["items"]] == ["张*例"]
    assert (await client.get("/api/v1/regulator/trainings", as_="neighbour")).json()["items"] == []
    mine = (await client.get("/api/v1/me/courses", as_="zhang")).json()["items"]
    assert mine[0]["done"] and mine[0]["lessons_done"] == 2
    told = (await client.get("/api/v1/me/messages", as_="zhang")).json()["items"]
    assert "training.finished" in [each["kind"] for each in told]


async def test_what_does_not_count(client: Client) -> None:
    period = await classes.at_work(client)
    row = await classes.published(client, minutes=30, project_id=period.project_id)
    moved = Clock()
    device = Device(client, await classes.open_lesson(client, classes.lesson(row)))
    assert (await classes.watch(moved, device, 30))["earned_seconds"] == 30
    # Heard before: the same beat again, and an earlier one.
    for sequence in (2, 1):
        moved.pass_s(10)
        said = await device.beat(sequence=sequence, position_ms=device.position_ms + 10_000)
        assert (said["earned_seconds"], said["counted"]) == (30, False)
    device.sequence = 2
    device.position_ms += 20_000
    assert (await device.beat())["earned_seconds"] == 50
    # Wound forward, stood still, wound back, silent for too long.
    for seconds, ahead_ms in ((15, 600_000), (15, 0), (15, -5_000), (3600, 3_600_000)):
        moved.pass_s(seconds)
        device.position_ms += ahead_ms
        assert not (await device.beat())["counted"], (seconds, ahead_ms)
    assert (await classes.watch(moved, device, 15))["earned_seconds"] == 65


async def test_two_devices_at_once_count_once(client: Client) -> None:
    period = await classes.at_work(client)
    row = await classes.published(client, minutes=30, project_id=period.project_id)
    film = classes.lesson(row)
    moved = Clock()
    phones = [Device(client, await classes.open_lesson(client, film)) for _ in range(2)]
    for _ in range(8):
        for phone in phones:
            moved.pass_s(10)
            phone.position_ms += 20_000
            said = await phone.beat()
    assert said["earned_seconds"] == 160


async def test_tries_are_limited_by_the_day(client: Client) -> None:
    period = await classes.at_work(client)
    row = await classes.published(client, project_id=period.project_id, tries=2)
    moved, quiz = Clock(), classes.lesson(row, 1)
    assert made(await classes.answered(client, quiz, WRONG))["tries_left"] == 1
    assert made(await classes.answered(client, quiz, WRONG))["tries_left"] == 0
    assert refusal(await classes.answered(client, quiz, RIGHT)) == (409, "training.tries_used")
    moved.pass_s(86_400)
    assert made(await classes.answered(client, quiz, RIGHT))["passed"]
    for answers in ([[0]], [[0], [5]]):
        answer = await classes.answered(client, quiz, answers)
        assert refusal(answer) == (422, "training.answers_missing")
    film = await classes.answered(client, classes.lesson(row), RIGHT)
    assert refusal(film) == (409, "training.not_a_quiz")
    answer = await client.post(f"{classes.LESSONS}/{quiz}/visits", as_="zhang")
    assert refusal(answer) == (409, "training.only_a_quiz")


async def test_what_was_learned_goes_along_into_the_next_version(client: Client) -> None:
    period = await classes.at_work(client)
    row = await classes.published(client, minutes=1, project_id=period.project_id)
    moved = Clock()
    device = Device(client, await classes.open_lesson(client, classes.lesson(row)))
    await classes.watch(moved, device, 60)
    path = f"{classes.COURSES}/{row['id']}"
    made(await client.post(f"{path}/draft", as_="officer_a"))
    made(await classes.add_file(client, row["id"], minutes=1))
    again = (await client.post(f"{path}/publication", as_="officer_a")).json()
    seen = (await client.get(f"/api/v1/me/courses/{again['id']}", as_="zhang")).json()
    assert [each["done"] for each in seen["lessons"]] == [True, False, False]


async def test_a_stranger_beats_nothing(client: Client) -> None:
    period = await classes.at_work(client)
    row = await classes.published(client, project_id=period.project_id)
    visit = await classes.open_lesson(client, classes.lesson(row))
    await people.worker(client, "li")
    path = f"/api/v1/me/visits/{visit}/heartbeats"
    for name, status in {None: 401, "li": 404, "wang": 404, "officer_a": 403}.items():
        answer = await client.post(path, as_=name, json={"sequence": 1})
        assert answer.status_code == status, name


async def test_a_course_opens_the_gate(client: Client) -> None:
    period = await classes.at_work(client)
    made(await period.offer())
    row = await classes.published(client, minutes=600, quiz=False, project_id=period.project_id)
    assert "training" in await period.missing()
    rule = {
        "region": "510107", "effective_from": site.today(-1), "training_hours": "10", "bands": [],
        "source": "样例文件〔2026〕9号",
    }  # fmt: skip
    made(await client.post("/api/v1/regulator/entry-rules", as_="county", json=rule))
    moved = Clock()
    device = Device(client, await classes.open_lesson(client, classes.lesson(row)))
    said = await classes.watch(moved, device, 36_000, step=60)
    assert said["course_done"]
    await log_in_again(client, "officer_a")
    assert "training" not in await period.missing()
    hours = {each["kind"]: each for each in (await client.get(HOURS, as_="zhang")).json()["items"]}
    assert (hours["entry"]["hours"], hours["entry"]["aim"], hours["entry"]["enough"]) == (
        "10.0", "10.0", True,
    )  # fmt: skip
    assert hours["yearly"]["aim"] == "15" and not hours["yearly"]["enough"]
    await jobs.drain()


async def test_what_was_learned_follows_to_the_record_that_stays(client: Client) -> None:
    period = await classes.at_work(client)
    row = await classes.published(client, minutes=2, project_id=period.project_id)
    moved = Clock()
    device = Device(client, await classes.open_lesson(client, classes.lesson(row)))
    await classes.watch(moved, device, 60)
    kept = await people.worker(client, "li")
    await merge(client, period.worker.id, kept.id)
    seen = (await client.get(f"/api/v1/me/courses/{row['id']}", as_="li")).json()
    assert seen["lessons"][0]["earned_seconds"] == 60
