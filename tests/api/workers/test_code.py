"""The verification code: its QR, the check of a QR, and what its states allow."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from api.integrations.adapters import Adapters
from api.kit import clock
from api.workers.models import CodeState, Worker
from tests.api.workers.registering import verified
from tests.cast import Client
from tests.specimens import person

QR = "/api/v1/me/verification-code/qr"
CHECK = "/api/v1/verification-codes/qr-checks"
LOOKUP = "/api/v1/verification-codes/lookups"
ZHANG = person(11)


@pytest.fixture
def adapters(emulated_adapters: Adapters) -> Adapters:
    return emulated_adapters


async def _text(client: Client) -> str:
    return str((await client.get(QR, as_="zhang")).json()["text"])


async def test_a_worker_shows_a_qr_that_lives_a_minute(client: Client) -> None:
    code = await verified(client, "zhang", ZHANG)
    shown = (await client.get(QR, as_="zhang")).json()
    assert shown["verification_code"] == code
    assert shown["svg"].startswith("<svg")
    left = datetime.fromisoformat(shown["expires_at"]) - datetime.now(UTC)
    assert left <= timedelta(seconds=60)


async def test_a_gate_reads_it_once_and_sees_no_identity(client: Client) -> None:
    code = await verified(client, "zhang", ZHANG)
    text = await _text(client)
    answer = await client.post(CHECK, as_="officer_a", json={"text": text})
    assert answer.status_code == 200, answer.text
    assert answer.json()["verification_code"] == code
    assert answer.json()["code_state"] == "active"
    assert ZHANG.name not in answer.text and ZHANG.number not in answer.text
    again = await client.post(CHECK, as_="officer_a", json={"text": text})
    assert again.status_code == 409
    other_gate = await client.post(CHECK, as_="officer_b", json={"text": text})
    assert other_gate.status_code == 200


async def test_an_old_qr_is_refused(client: Client) -> None:
    await verified(client, "zhang", ZHANG)
    text = await _text(client)
    moment = datetime.now(UTC) + timedelta(seconds=62)
    clock.set_clock(lambda: moment)
    answer = await client.post(CHECK, as_="officer_a", json={"text": text})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "qr.expired"


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1] + ("A" if t[-1] != "A" else "B"), lambda _: "GY1"]
)
async def test_a_forged_qr_is_refused(client: Client, change: Callable[[str], str]) -> None:
    await verified(client, "zhang", ZHANG)
    text = change(await _text(client))
    answer = await client.post(CHECK, as_="officer_a", json={"text": text})
    assert answer.status_code == 422


@pytest.mark.parametrize("state", [CodeState.FROZEN, CodeState.DEAD, CodeState.REPLACED])
async def test_only_an_active_code_counts(client: Client, state: CodeState) -> None:
    await verified(client, "zhang", ZHANG)
    text = await _text(client)
    await Worker.all().update(code_state=state)
    assert (await client.get(QR, as_="zhang")).status_code == 409
    answer = await client.post(CHECK, as_="officer_a", json={"text": text})
    assert answer.status_code == 409
    assert answer.json()["code"] == "workers.code_not_active"


async def test_without_a_code_there_is_no_qr(client: Client) -> None:
    assert (await client.get(QR, as_="zhang")).status_code == 409
    assert (await client.get(QR)).status_code == 401
    assert (await client.get(QR, as_="officer_a")).status_code == 403


async def test_workers_and_nobody_check_no_qr(client: Client) -> None:
    assert (await client.post(CHECK, json={"text": "x"})).status_code == 401
    assert (await client.post(CHECK, as_="li", json={"text": "x"})).status_code == 403


async def test_the_own_record_is_masked(client: Client) -> None:
    await verified(client, "zhang", ZHANG)
    answer = await client.get("/api/v1/me", as_="zhang")
    worker = answer.json()["worker"]
    assert worker["id_number"] == ZHANG.number[:4] + "*" * 10 + ZHANG.number[-4:]
    assert ZHANG.number not in answer.text and "13900000001" not in answer.text
    assert (await client.get("/api/v1/me")).status_code == 401
    staff = await client.get("/api/v1/me", as_="county")
    assert staff.json()["worker"] is None


async def test_everybody_may_ask_whose_code_it_is(client: Client) -> None:
    code = await verified(client, "zhang", ZHANG)
    answer = await client.post(LOOKUP, json={"code": code.replace("-", "").lower()})
    assert answer.status_code == 200, answer.text
    assert answer.json()["verification_code"] == code
    assert answer.json()["code_state"] == "active"
    assert set(answer.json()) == {"verification_code", "code_state", "name"}
    assert ZHANG.name not in answer.text
    await Worker.all().update(code_state=CodeState.FROZEN)
    frozen = await client.post(LOOKUP, as_="li", json={"code": code})
    assert frozen.json()["code_state"] == "frozen"


@pytest.mark.parametrize("code", ["W51-0000-0000-0000-0", "x" * 16, "W51-7K3M-Q9TD-2XAH-1"])
async def test_a_code_that_nobody_holds_is_not_found(client: Client, code: str) -> None:
    assert (await client.post(LOOKUP, json={"code": code})).status_code == 404
    assert (await client.post(LOOKUP, json={"code": ""})).status_code == 422


async def test_nobody_may_try_codes_for_long(client: Client) -> None:
    answers = [await client.post(LOOKUP, json={"code": "x" * 16}) for _ in range(31)]
    assert [answer.status_code for answer in answers].count(429) == 1
    assert "Retry-After" in answers[-1].headers
