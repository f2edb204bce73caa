"""Idempotency keys: one act for one key, however often and however many at once it is sent."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from api.audit.models import AuditLine
from api.audit.tags import Tag
from api.kit import clock, idempotency
from api.kit.crypto import keyring
from api.kit.ids import new_id
from api.kit.models import IdempotencyRecord, Job
from tests.api.kit.probe import Acts
from tests.cast import Client

PATH = "/probe/things"
BODY = {"name": "一"}


def key(text: str = "k1") -> dict[str, str]:
    return {"Idempotency-Key": text}


async def test_the_same_key_and_body_get_the_same_answer(probed: Client, acts: Acts) -> None:
    first = await probed.post(PATH, as_="zhang", json=BODY, headers=key())
    again = await probed.post(PATH, as_="zhang", json=BODY, headers=key())
    assert (first.status_code, first.json()) == (201, {"name": "一", "made": 1})
    assert (again.status_code, again.json()) == (201, {"name": "一", "made": 1})
    assert again.headers["content-type"] == "application/json"
    assert acts.done == ["一"]


async def test_another_body_is_a_conflict(probed: Client, acts: Acts) -> None:
    await probed.post(PATH, as_="zhang", json=BODY, headers=key())
    other = await probed.post(PATH, as_="zhang", json={"name": "二"}, headers=key())
    assert (other.status_code, other.json()["code"]) == (409, "idempotency.other_body")
    assert acts.done == ["一"]


async def test_keys_belong_to_an_account(probed: Client, acts: Acts) -> None:
    await probed.post(PATH, as_="zhang", json=BODY, headers=key())
    other = await probed.post(PATH, as_="li", json={"name": "二"}, headers=key())
    assert other.json() == {"name": "二", "made": 2}


async def test_without_a_key_each_request_acts(probed: Client, acts: Acts) -> None:
    for _ in range(2):
        await probed.post(PATH, as_="zhang", json=BODY)
    assert acts.done == ["一", "一"]


async def test_many_at_once_act_once(probed: Client, acts: Acts) -> None:
    acts.slow_s = 0.05
    await probed.cast.token("zhang")
    answers = await asyncio.gather(
        *(probed.post(PATH, as_="zhang", json=BODY, headers=key()) for _ in range(12))
    )
    assert acts.done == ["一"]
    codes = [answer.status_code for answer in answers]
    assert codes.count(201) >= 1
    late = [answer for answer in answers if answer.status_code != 201]
    assert {(a.status_code, a.json()["code"]) for a in late} <= {(409, "idempotency.at_work")}
    assert all(int(answer.headers["retry-after"]) > 0 for answer in late)
    settled = await probed.post(PATH, as_="zhang", json=BODY, headers=key())
    assert settled.json() == {"name": "一", "made": 1}


async def test_a_refused_request_frees_its_key(probed: Client, acts: Acts) -> None:
    acts.refuse = True
    refused = await probed.post(PATH, as_="zhang", json=BODY, headers=key())
    assert (refused.status_code, refused.json()["code"]) == (409, "probe.refused")
    acts.refuse = False
    retried = await probed.post(PATH, as_="zhang", json={"name": "二"}, headers=key())
    assert retried.status_code == 201


async def test_a_crash_frees_its_key_and_leaves_nothing(probed: Client, acts: Acts) -> None:
    acts.crash = True
    crashed = await probed.post(PATH, as_="zhang", json=BODY, headers=key())
    assert (crashed.status_code, crashed.json()["code"]) == (500, "server.unexpected")
    assert "1391234" not in crashed.text
    acts.crash = False
    assert (await probed.post(PATH, as_="zhang", json=BODY, headers=key())).status_code == 201


async def test_many_at_once_that_are_refused_are_no_fault_of_ours(
    probed: Client, acts: Acts
) -> None:
    acts.refuse = True
    await probed.cast.token("zhang")
    answers = await asyncio.gather(
        *(probed.post(PATH, as_="zhang", json=BODY, headers=key()) for _ in range(30))
    )
    assert {answer.status_code for answer in answers} == {409}


async def test_a_key_freed_between_two_looks_is_at_work(app: object) -> None:
    account = new_id()
    claim = {"account_id": account, "operation": "x", "key": "k"}
    with pytest.raises(idempotency.AtWork):
        await idempotency._earlier(claim, "f")


@pytest.mark.parametrize("bad", ["", " ", "a b", "a" * 65, "键".encode().decode("latin-1")])
async def test_a_bad_key_is_refused(probed: Client, bad: str) -> None:
    headers = {"Idempotency-Key": bad.encode("latin-1")}
    answer = await probed.post(PATH, as_="zhang", json=BODY, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency.bad_key")


async def test_a_claim_left_by_a_dead_process_may_be_taken_after_a_minute(app: object) -> None:
    start = datetime(2026, 11, 1, tzinfo=UTC)
    account = new_id()
    clock.set_clock(lambda: start)
    claim = await idempotency.begin(account, "x", "k", b"1")
    clock.set_clock(lambda: start + timedelta(seconds=59))
    with pytest.raises(idempotency.AtWork):
        await idempotency.begin(account, "x", "k", b"1")
    clock.set_clock(lambda: start + timedelta(seconds=61))
    taken = await asyncio.gather(
        *(idempotency.begin(account, "x", "k", b"1") for _ in range(5)), return_exceptions=True
    )
    assert taken.count(claim) == 1
    assert sum(isinstance(each, idempotency.AtWork) for each in taken) == 4


async def test_answers_are_forgotten_after_a_day(probed: Client, acts: Acts) -> None:
    start = clock.now()
    await probed.post(PATH, as_="zhang", json=BODY, headers=key())
    clock.set_clock(lambda: start + timedelta(hours=23))
    await idempotency.expire()
    assert await IdempotencyRecord.all().count() == 1
    clock.set_clock(lambda: start + timedelta(hours=25))
    await idempotency.expire()
    assert await IdempotencyRecord.all().count() == 0


async def test_the_kept_answer_is_sealed(probed: Client) -> None:
    await probed.post(PATH, as_="zhang", json={"name": "欧阳建国"}, headers=key())
    row = await IdempotencyRecord.get(key="k1")
    assert "欧阳建国" not in row.answer + row.fingerprint
    place = f"idempotency_record:{row.id}:answer"
    assert "欧阳建国" in keyring().open(row.answer, place).decode()


async def test_an_upload_repeats_with_another_boundary(probed: Client) -> None:
    files = {"photo": ("a.jpg", b"\xff\xd8abc", "image/jpeg")}
    for _ in range(2):
        answer = await probed.post(
            "/probe/photos", as_="zhang", files=files, data={"word": "x"}, headers=key()
        )
        assert answer.status_code == 201
    other = {"photo": ("a.jpg", b"\xff\xd8abd", "image/jpeg")}
    answer = await probed.post(
        "/probe/photos", as_="zhang", files=other, data={"word": "x"}, headers=key()
    )
    assert answer.status_code == 409


async def test_what_belongs_to_the_act_is_there_once(probed: Client) -> None:
    for _ in range(3):
        await probed.post(PATH, as_="zhang", json=BODY, headers=key())
    assert await Job.filter(name="probe.made").count() == 1
    assert await AuditLine.filter(tag=Tag.SESSION_OPENED, subject="thing").count() == 1
