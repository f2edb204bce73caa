"""One worker is collected: by a verified enterprise alone, and once."""

import asyncio
from typing import Any

import pytest

from api.audit.models import AuditLine
from api.collecting.models import WorkerLink
from api.enterprises.models import Enterprise, State
from api.notices.models import Notice
from api.workers.models import Worker
from tests.api.collecting.crew import WORKERS, body, collected
from tests.cast import FIRM_A, FIRM_B, Client
from tests.specimens.people import person

pytestmark = pytest.mark.usefixtures("firms")


async def test_a_new_worker_is_known_and_masked(client: Client) -> None:
    answer = await client.post(WORKERS, as_="officer_a", json=body())
    assert (answer.status_code, answer.json()["status"]) == (201, "created")
    worker = answer.json()["worker"]
    assert worker["id_number"] == person(1).number[:4] + "*" * 10 + person(1).number[-4:]
    assert (worker["trade"], worker["trade_name"]) == ("020", "钢筋工")
    assert (worker["verified"], worker["verification_code"]) == (False, None)
    assert person(1).number not in answer.text
    assert person(1).phone not in answer.text
    row = await Worker.get(id=worker["worker_id"])
    assert row.region == "510107"


async def test_the_same_worker_again_is_the_same_link(client: Client) -> None:
    first = await collected(client)
    again = await client.post(WORKERS, as_="officer_a", json=body())
    assert (again.status_code, again.json()["status"]) == (200, "duplicate")
    assert again.json()["worker"] == first["worker"]


async def test_another_enterprise_is_linked_to_the_same_worker(client: Client) -> None:
    first = await collected(client)
    other = await collected(client, by="officer_b")
    assert other["status"] == "merged"
    assert other["worker"]["worker_id"] == first["worker"]["worker_id"]
    assert await Worker.all().count() == 1


async def test_many_at_once_make_one_worker_and_one_link(client: Client) -> None:
    await client.cast.id("officer_a")
    calls = [client.post(WORKERS, as_="officer_a", json=body()) for _ in range(10)]
    answers = await asyncio.gather(*calls)
    assert {a.status_code for a in answers} == {200, 201}
    assert (await Worker.all().count(), await WorkerLink.all().count()) == (1, 1)


async def test_a_trade_is_understood_by_its_name(client: Client) -> None:
    answer = await client.post(WORKERS, as_="officer_a", json=body(trade="瓦工"))
    assert answer.json()["worker"]["trade_name"] == "砌筑工"


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (State.SUBMITTED, "enterprises.not_verified"),
        (State.REVIEW, "enterprises.not_verified"),
        (State.REFUSED, "enterprises.not_verified"),
        (State.FROZEN, "enterprises.frozen"),
        (State.ANNULLED, "enterprises.frozen"),
    ],
)
async def test_only_a_verified_enterprise_collects(client: Client, state: State, code: str) -> None:
    await Enterprise.filter(id=FIRM_A).update(state=state)
    answer = await client.post(WORKERS, as_="officer_a", json=body())
    assert (answer.status_code, answer.json()["code"]) == (403, code)
    assert await Worker.all().count() == 0


async def test_an_administrator_collects_too(client: Client) -> None:
    assert (await client.post(WORKERS, as_="admin_a", json=body())).status_code == 201


@pytest.mark.parametrize(
    "name", ["zhang", "manager_a", "county", "reviewer_1", "applicant", "officer_without_totp"]
)
async def test_others_do_not_collect(client: Client, name: str) -> None:
    assert (await client.post(WORKERS, as_=name, json=body())).status_code == 403


async def test_nobody_collects_for_another_enterprise(client: Client) -> None:
    answer = await client.post(WORKERS, as_="officer_a", json=body(enterprise_id=str(FIRM_B)))
    assert answer.status_code == 404
    own = await client.post(WORKERS, as_="officer_a", json=body(enterprise_id=str(FIRM_A)))
    assert own.status_code == 201


async def test_the_anonymous_are_sent_to_log_in(client: Client) -> None:
    assert (await client.post(WORKERS, json=body())).status_code == 401


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id_number", "510107197901010031"), ("id_number", "510107197902300013"),
        ("id_number", "123"), ("id_number", ""), ("name", "王1"), ("phone", "12345678901"),
        ("trade", "宇航员"), ("unknown", 1), ("enterprise_id", "x"),
    ],
)  # fmt: skip
async def test_a_malformed_worker_names_the_place_and_no_value(
    client: Client, field: str, value: Any
) -> None:
    answer = await client.post(WORKERS, as_="officer_a", json=body(**{field: value}))
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["path"] == field
    assert person(1).number not in answer.text
    assert "510107197901010031" not in answer.text
    assert await Worker.all().count() == 0


async def test_an_act_leaves_a_line(client: Client) -> None:
    made = await collected(client)
    line = await AuditLine.get(tag="worker.collected")
    assert (str(line.subject_id), line.tenant_id) == (made["worker"]["worker_id"], FIRM_A)


async def test_another_name_for_a_verified_worker_is_refused(client: Client) -> None:
    made = await collected(client)
    row = await Worker.get(id=made["worker"]["worker_id"])
    await Worker.filter(id=row.id).update(verified_at=row.created_at)
    answer = await client.post(WORKERS, as_="officer_b", json=body(name="别人"))
    assert (answer.status_code, answer.json()["code"]) == (422, "collecting.other_name")
    assert await WorkerLink.filter(enterprise_id=FIRM_B).count() == 0


async def test_a_worker_with_an_account_is_told(client: Client) -> None:
    made = await collected(client)
    zhang = await client.cast.id("zhang")
    await Worker.filter(id=made["worker"]["worker_id"]).update(account_id=zhang)
    await collected(client, by="officer_b")
    notice = await Notice.get(account_id=zhang, kind="link.proposed")
    inbox = (await client.get("/api/v1/me/messages", as_="zhang")).json()
    assert "样例劳务有限公司902" in inbox["items"][0]["text"]
    assert inbox["items"][0]["about"] == {"type": "link", "id": str(notice.about_id)}
