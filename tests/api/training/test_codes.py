"""Certificates and records that a worker shows: masked, by a code alone, with a reminder."""

from datetime import timedelta

from api.kit import clock, jobs
from api.training import jobs as training_jobs
from api.training.models import Certificate, TrainingCard
from tests.api.engagements import site
from tests.api.engagements.site import made, refusal, today
from tests.api.teams import people
from tests.api.training.test_training import CERTIFICATES, certificate, path_of, training
from tests.cast import Client

CARD = "/api/v1/me/training-card"


def code_of(url: str) -> str:
    return url.rpartition("/")[2]


async def test_everybody_reads_a_certificate_by_its_code(client: Client) -> None:
    await site.project(client)
    worker = await people.worker(client, "zhang")
    row = made(await client.post(CERTIFICATES, as_="officer_a", json=certificate(str(worker.code))))
    own = (await client.get("/api/v1/me/certificates", as_="zhang")).json()["items"]
    assert own[0]["check_url"] == row["check_url"]
    path = f"/api/v1/certificate-checks/{code_of(row['check_url'])}"
    seen = (await client.get(path)).json()
    assert (seen["worker"], seen["valid"], seen["operation_name"]) == ("张*例", True, "建筑电工")
    assert "number" not in seen and "worker_id" not in seen
    await Certificate.all().update(valid_to=clock.today() - timedelta(days=1))
    assert not (await client.get(path)).json()["valid"]
    unknown = await client.get("/api/v1/certificate-checks/" + "a" * 22)
    assert refusal(unknown) == (404, "training.no_such_check_code")


async def test_codes_are_not_guessed(client: Client) -> None:
    for _ in range(30):
        await client.get("/api/v1/certificate-checks/" + "a" * 22)
    assert (await client.get("/api/v1/training-records/" + "b" * 22)).status_code == 429


async def test_a_record_is_shown_by_its_holder(client: Client) -> None:
    project_id = await site.project(client)
    worker = await people.worker(client, "zhang")
    made(await client.post(path_of(project_id), as_="officer_a", json=training(str(worker.code))))
    first = (await client.put(CARD, as_="zhang")).json()["url"]
    assert (await client.put(CARD, as_="zhang")).json()["url"] == first
    assert await TrainingCard.all().count() == 1
    seen = (await client.get(f"/api/v1/training-records/{code_of(first)}")).json()
    assert (seen["worker"], seen["last_on"]) == ("张*例", today())
    assert seen["hours"] == [{"kind": "entry", "hours": "8.0"}]
    for name, status in {None: 401, "officer_a": 403, "wang": 409}.items():
        assert (await client.put(CARD, as_=name)).status_code == status, name


async def test_a_holder_is_told_a_month_and_a_week_before_the_end(client: Client) -> None:
    await site.project(client)
    worker = await people.worker(client, "zhang")
    given = certificate(str(worker.code), valid_to=today(30))
    made(await client.post(CERTIFICATES, as_="officer_a", json=given))
    start = clock.now()

    async def told(days: int) -> int:
        clock.set_clock(lambda: start + timedelta(days=days))
        await training_jobs.remind_expiry()
        await jobs.drain()
        clock.set_clock()
        seen = (await client.get("/api/v1/me/messages", as_="zhang")).json()["items"]
        return sum(each["kind"] == "certificate.ending" for each in seen)

    assert [await told(days) for days in (-1, 0, 1, 12, 23, 24, 31)] == [0, 1, 1, 1, 2, 2, 2]


async def test_a_renewed_certificate_reminds_nobody(client: Client) -> None:
    await site.project(client)
    worker = await people.worker(client, "zhang")
    for last in (5, 700):
        given = certificate(str(worker.code), valid_to=today(last))
        made(await client.post(CERTIFICATES, as_="officer_a", json=given))
    await training_jobs.remind_expiry()
    seen = (await client.get("/api/v1/me/messages", as_="zhang")).json()["items"]
    assert all(each["kind"] != "certificate.ending" for each in seen)
