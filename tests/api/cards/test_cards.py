"""安康卡: one that counts for each worker, its history, and what a gate learns."""

import asyncio
from typing import Any
from uuid import UUID

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.audit.models import AuditLine
from api.cards import merging, rules
from api.cards.models import WorkerCard, WorkerCardStep
from api.cards.rules import Act, State
from api.kit.fields import place_of
from api.notices.models import Notice
from api.workers.models import Worker, WorkerState
from tests.api.complaints.filed import fine, made, refusal
from tests.api.enterprises.firms import both_firms
from tests.api.workers import records
from tests.cast import Client
from tests.specimens import person

OFFICE, OWN, GATE = "/api/v1/enterprise/cards", "/api/v1/me/cards", "/api/v1/card-lookups"
NUMBERS = [person(seed).bank_card for seed in range(60, 66)]


@pytest.fixture
async def zhang(client: Client) -> Worker:
    await both_firms(client)
    return await records.known(person(1), account_id=await client.cast.id("zhang"))


async def issue(
    client: Client, worker: Worker, number: str = NUMBERS[0], who: str = "officer_a", **more: Any
) -> httpx.Response:
    body = {"worker_code": worker.code, "number": number, "bank_name": "样例银行", **more}
    return await client.post(OFFICE, as_=who, json=body)


async def at_gate(client: Client, number: str, who: str = "manager_a") -> httpx.Response:
    return await client.post(GATE, as_=who, json={"number": number})


@given(st.sampled_from(State), st.sampled_from(Act))
def test_only_the_active_card_is_lost_and_no_closed_one_comes_back(state: State, act: Act) -> None:
    to = rules.after(state, act)
    assert to is not State.ACTIVE
    if to is State.LOST:
        assert state is State.ACTIVE
    if state in (State.REPLACED, State.RETURNED):
        assert to is None


async def test_a_card_is_issued_and_its_holder_is_told(client: Client, zhang: Worker) -> None:
    row = made(await issue(client, zhang))
    assert (row["state"], row["number"]) == ("active", f"尾号 {NUMBERS[0][-4:]}")
    assert [each["act"] for each in row["steps"]] == ["issued"]
    own = fine(await client.get(OWN, as_="zhang"))
    assert own["active_id"] == row["id"] and len(own["items"]) == 1
    assert await Notice.filter(kind="card.issued").count() == 1
    holder = fine(await at_gate(client, NUMBERS[0]))
    assert holder["name"] == zhang.name.masked and holder["bank_name"] == "样例银行"
    stored = await WorkerCard.get()
    assert NUMBERS[0] not in stored.number.seal(place_of(stored, "number"))


async def test_a_lost_card_is_refused_at_the_gate_at_once(client: Client, zhang: Worker) -> None:
    row = made(await issue(client, zhang))
    lost = fine(await client.post(f"{OWN}/{row['id']}/loss", as_="zhang"))
    assert lost["state"] == "lost"
    assert refusal(await at_gate(client, NUMBERS[0])) == (409, "cards.not_in_use")
    assert refusal(await at_gate(client, NUMBERS[1])) == (404, "cards.no_such_card")
    again = await client.post(f"{OWN}/{row['id']}/loss", as_="zhang")
    assert refusal(again) == (409, "cards.wrong_step")
    assert await Notice.filter(kind="card.lost").count() == 1


async def test_replacing_keeps_the_history(client: Client, zhang: Worker) -> None:
    first = made(await issue(client, zhang))
    body = {"number": NUMBERS[1], "reason": "卡折断了"}
    second = made(
        await client.post(f"{OFFICE}/{first['id']}/replacement", as_="admin_a", json=body)
    )
    assert (second["replaces_id"], second["bank_name"]) == (first["id"], "样例银行")
    own = fine(await client.get(OWN, as_="zhang"))
    assert [each["state"] for each in own["items"]] == ["active", "replaced"]
    assert [each["act"] for each in own["items"][1]["steps"]] == ["issued", "replaced"]
    assert own["items"][1]["steps"][1]["reason"] == "卡折断了"
    assert refusal(await at_gate(client, NUMBERS[0]))[1] == "cards.not_in_use"
    assert fine(await at_gate(client, NUMBERS[1]))["name"] == zhang.name.masked
    back = {"reason": "退场交回"}
    fine(await client.post(f"{OFFICE}/{second['id']}/return", as_="officer_a", json=back))
    assert fine(await client.get(OWN, as_="zhang"))["active_id"] is None
    assert await AuditLine.filter(tag="card.closed").count() == 2


async def test_what_does_not_fit_is_refused(client: Client, zhang: Worker) -> None:
    made(await issue(client, zhang))
    assert refusal(await issue(client, zhang, NUMBERS[1])) == (409, "cards.has_card")
    other = await records.known(person(3))
    assert refusal(await issue(client, other)) == (409, "cards.number_taken")
    future = await issue(client, other, NUMBERS[2], issued_on="2099-01-01")
    assert refusal(future) == (422, "cards.issued_in_future")
    wrong = await issue(client, other, "6222020000000000001")
    assert wrong.status_code == 422 and "6222" not in wrong.text
    assert refusal(await issue(client, other, NUMBERS[3], enterprise_id=str(UUID(int=7))))[0] == 404


async def test_another_firm_sees_and_changes_nothing(client: Client, zhang: Worker) -> None:
    row = made(await issue(client, zhang))
    assert fine(await client.get(OFFICE, as_="admin_b"))["items"] == []
    for what in ("loss", "return"):
        path = f"{OFFICE}/{row['id']}/{what}"
        answer = await client.post(path, as_="admin_b", json={"reason": "核对"})
        assert refusal(answer) == (404, "cards.no_such_card")
    assert refusal(await client.post(f"{OWN}/{row['id']}/loss", as_="li"))[0] == 404
    listed = fine(await client.get(OFFICE, as_="officer_a", params={"state": "active"}))
    assert [each["id"] for each in listed["items"]] == [row["id"]]


async def test_of_two_officers_at_once_one_issues(client: Client, zhang: Worker) -> None:
    answers = await asyncio.gather(
        *(issue(client, zhang, number, who) for number, who in
          zip(NUMBERS[:4], ("officer_a", "admin_a", "officer_b", "admin_b"), strict=True))
    )  # fmt: skip
    assert sorted(each.status_code for each in answers) == [201, 409, 409, 409]
    assert await WorkerCard.filter(state=State.ACTIVE).count() == 1


async def test_two_records_of_one_person_keep_one_active_card(
    client: Client, zhang: Worker
) -> None:
    gone = await records.known(person(3))
    made(await issue(client, gone, NUMBERS[1]))
    made(await issue(client, zhang, NUMBERS[0]))
    gone.state, gone.merged_into_id = WorkerState.MERGED, zhang.id
    await gone.save()
    await merging.follow(gone.id)
    await merging.follow(gone.id)
    rows = await WorkerCard.filter(worker_id=zhang.id).order_by("id")
    assert [row.state for row in rows] == [State.REPLACED, State.ACTIVE]


async def test_steps_only_grow(client: Client, zhang: Worker) -> None:
    made(await issue(client, zhang))
    with pytest.raises(Exception, match="append-only"):
        await WorkerCardStep.all().update(reason="别的")
    with pytest.raises(Exception, match="append-only"):
        await WorkerCardStep.all().delete()
