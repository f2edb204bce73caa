"""A provider that is down: the worker waits, and the check finishes by itself."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from api.accounts.consents import ConsentPurpose
from api.files.models import FilePurpose, StoredFile
from api.integrations.adapters import Adapters
from api.kit import clock, jobs
from api.kit.actor import SYSTEM
from api.kit.metrics import FACE_PERSONS
from api.kit.models import Job
from api.workers import endings
from api.workers import jobs as worker_jobs
from api.workers.models import Seat, Stage, Verification, Worker
from api.workers.rules import Findings
from tests.api.workers.registering import REGISTRATION, codes, photographed, submitted
from tests.cast import Client
from tests.emulators.fixtures import Emulators
from tests.specimens import person
from verification.decision import Decision, Status

ZHANG = person(11)
FACE = "/faceverify"
BUSY = {"error_code": 18, "error_msg": "Open api qps request limit reached"}
DENIED = {"error_code": 6, "error_msg": "No permission to access data"}


@pytest.fixture
def adapters(emulated_adapters: Adapters) -> Adapters:
    return emulated_adapters


@pytest.fixture
def later() -> Callable[[timedelta], None]:
    """Moves the clock forward from now."""

    def move(by: timedelta) -> None:
        moment = datetime.now(UTC) + by
        clock.set_clock(lambda: moment)

    return move


async def _waits(client: Client, emulators: Emulators) -> None:
    emulators.fault(FACE, "json", times=None, json=BUSY)
    await photographed(client, "zhang", ZHANG)
    answer = await submitted(client, "zhang", ZHANG)
    assert answer.json()["status"] == "needs_review", answer.text
    assert codes(answer)[0] == "provider.busy"


async def test_a_busy_provider_is_asked_again_and_the_worker_told(
    client: Client, emulators: Emulators, later: Callable[[timedelta], None]
) -> None:
    await _waits(client, emulators)
    assert await StoredFile.exists(purpose=FilePurpose.SELFIE, deleted_at=None)
    emulators.reset()
    later(timedelta(minutes=3))
    await jobs.drain()
    state = (await client.get(REGISTRATION, as_="zhang")).json()
    assert state["status"] == "verified"
    assert await Worker.all().count() == 1
    assert not await StoredFile.exists(purpose=FilePurpose.SELFIE, deleted_at=None)
    inbox = (await client.get("/api/v1/me/messages", as_="zhang")).json()
    assert inbox["items"][0]["kind"] == "verification.verified"


async def test_while_it_stays_busy_nothing_is_told_twice(
    client: Client, emulators: Emulators, later: Callable[[timedelta], None]
) -> None:
    await _waits(client, emulators)
    later(timedelta(minutes=3))
    await jobs.drain()
    assert await Job.filter(name="workers.check", dead=False, attempts__gte=1).exists()
    inbox = (await client.get("/api/v1/me/messages", as_="zhang")).json()
    assert [item["kind"] for item in inbox["items"]] == ["verification.needs_review"]


async def test_once_people_have_begun_the_machine_keeps_out(
    client: Client, emulators: Emulators, later: Callable[[timedelta], None]
) -> None:
    await _waits(client, emulators)
    row = await Verification.get()
    sent = {"decision": "refuse", "number": None}
    path = f"/api/v1/review/verifications/{row.id}/decisions"
    assert (await client.post(path, as_="reviewer_1", json=sent)).status_code == 201
    emulators.reset()
    later(timedelta(minutes=3))
    await jobs.drain()
    assert (await Verification.get()).stage is Stage.NEEDS_REVIEW
    assert not await Worker.exists()


async def test_an_answer_that_comes_after_the_ending_changes_nothing(
    client: Client, emulators: Emulators
) -> None:
    await _waits(client, emulators)
    row = await Verification.get()
    for ended in ({"seat": Seat.SECOND}, {"seat": None, "stage": Stage.REFUSED}):
        await Verification.all().update(**ended)
        await endings.end(SYSTEM, row.id, Decision(Status.VERIFIED), Findings())
        assert not await Worker.exists()


async def test_a_check_that_its_request_left_behind_is_finished(
    client: Client, emulators: Emulators, later: Callable[[timedelta], None]
) -> None:
    await _waits(client, emulators)
    await Verification.all().update(stage=Stage.SUBMITTED, seat=None, reasons=[])
    emulators.reset()
    later(timedelta(minutes=3))
    await jobs.drain()
    assert (await Verification.get()).stage is Stage.VERIFIED


async def test_our_own_wrong_setting_goes_to_people_and_is_not_repeated(
    client: Client, emulators: Emulators, later: Callable[[timedelta], None]
) -> None:
    emulators.fault(FACE, "json", times=None, json=DENIED)
    await photographed(client, "zhang", ZHANG)
    answer = await submitted(client, "zhang", ZHANG)
    assert answer.json()["status"] == "needs_review"
    assert codes(answer)[0] == "provider.misconfigured"
    emulators.reset()
    later(timedelta(minutes=3))
    await jobs.drain()
    assert (await Verification.get()).stage is Stage.NEEDS_REVIEW


async def test_taking_back_the_face_deletes_the_selfie_and_the_review_goes_on(
    client: Client, emulators: Emulators
) -> None:
    await _waits(client, emulators)
    consents = (await client.get("/api/v1/consents")).json()["items"]
    version = next(c["version"] for c in consents if c["purpose"] == ConsentPurpose.FACE)
    body = {"version": version, "granted": False}
    await client.put("/api/v1/me/consents/face", as_="zhang", json=body)
    await worker_jobs.count_faces()
    assert FACE_PERSONS._value.get() == 1
    await jobs.drain()
    assert not await StoredFile.exists(purpose=FilePurpose.SELFIE, deleted_at=None)
    row = await Verification.get()
    assert row.face_declined and row.stage is Stage.NEEDS_REVIEW
    await worker_jobs.count_faces()
    assert FACE_PERSONS._value.get() == 0
