"""找回账号 without the face: the account that holds the record has its time to object."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest

from api.accounts import contact
from api.accounts.models import Account, Session
from api.audit.models import AuditLine
from api.audit.tags import Tag
from api.kit import clock, jobs
from api.kit.actor import Actor
from api.kit.ids import new_id
from api.kit.personal import Kind, Personal
from api.notices.models import Notice
from api.workers import takeovers
from api.workers.models import (
    BankCard,
    Stage,
    Takeover,
    TakeoverState,
    Verification,
    Worker,
    WorkerChange,
)
from tests.api.accounts.ways_in import outcome
from tests.api.teams import people
from tests.api.workers.registering import REGISTRATION, codes, reviewing
from tests.api.workers.test_review import word
from tests.cast import Client
from tests.specimens import person

ZHANG = person(11)
OWN = "/api/v1/me/takeovers"
CARD = "/api/v1/me/bank-card"


async def verified(client: Client, name: str = "zhang") -> Worker:
    """The record of the specimen, with the account of a member of the cast."""
    number = Personal.of(Kind.ID_NUMBER, ZHANG.number)
    return await people.worker(client, name, number=number, number_index=number.index)


async def approved(client: Client, name: str = "li") -> str:
    """Another account asks for the specimen's record, and two officers agree; the attempt's id."""
    row = await reviewing(client, name, ZHANG)
    await word(client, "reviewer_1", row, ZHANG.number)
    said = await word(client, "reviewer_2", row, ZHANG.number)
    assert said.status_code == 201, said.text
    return row


async def waiting(client: Client) -> str:
    """The takeover that the record's account is told of."""
    items = (await client.get(OWN, as_="zhang")).json()["items"]
    assert len(items) == 1
    return str(items[0]["id"])


async def hours_later(hours: float) -> None:
    """The clock moved, and what was due done."""
    later = clock.now() + timedelta(hours=hours)
    clock.set_clock(lambda: later)
    await jobs.drain()


async def status(client: Client, name: str) -> str:
    return str((await client.get(REGISTRATION, as_=name)).json()["status"])


async def holder() -> UUID | None:
    return (await Worker.get()).account_id


async def told(kind: str) -> set[UUID]:
    return {notice.account_id for notice in await Notice.filter(kind=kind)}


async def test_the_old_account_is_told_and_keeps_the_record_for_a_day(client: Client) -> None:
    await verified(client)
    await approved(client)
    zhang, li = await client.cast.id("zhang"), await client.cast.id("li")
    assert await status(client, "li") == "waiting"
    assert await told("takeover.begun") == {zhang} and await told("takeover.waits") == {li}
    await hours_later(23.9)
    assert await holder() == zhang
    assert (await client.get("/api/v1/me", as_="zhang")).status_code == 200
    await hours_later(0.2)
    assert await holder() == li
    assert (await client.get("/api/v1/me", as_="zhang")).status_code == 401
    assert await status(client, "li") == "verified"
    assert not await Session.exists(account_id=zhang, revoked_at=None)
    assert (await Takeover.get()).state is TakeoverState.DONE


async def test_an_objection_stops_it_and_the_lead_decides(client: Client) -> None:
    await verified(client)
    row = await approved(client)
    answer = await client.post(f"{OWN}/{await waiting(client)}/objection", as_="zhang")
    assert answer.status_code == 204, answer.text
    again = await word(client, "reviewer_1", row, ZHANG.number)
    assert outcome(again) == (409, "workers.already_reviewed")
    await hours_later(30)
    assert await holder() == await client.cast.id("zhang")
    assert await status(client, "li") == "needs_review"
    shown = (await client.get(f"/api/v1/review/verifications/{row}", as_="reviewer_3")).json()
    assert [each["approved"] for each in shown["earlier"]] == [True, True]
    said = await word(client, "reviewer_3", row, ZHANG.number)
    assert said.json()["status"] == "verified"
    assert await holder() == await client.cast.id("li")


async def test_the_lead_may_say_no(client: Client) -> None:
    await verified(client)
    row = await approved(client)
    await client.post(f"{OWN}/{await waiting(client)}/objection", as_="zhang")
    said = await word(client, "reviewer_3", row, None, decision="refuse")
    assert said.json()["status"] == "refused"
    assert await holder() == await client.cast.id("zhang")


async def test_what_the_lead_has_decided_ends_with_an_objection(client: Client) -> None:
    await verified(client)
    row = await reviewing(client, "li", ZHANG)
    await word(client, "reviewer_1", row, ZHANG.number)
    await word(client, "reviewer_2", row, None, decision="refuse")
    assert (await word(client, "reviewer_3", row, ZHANG.number)).json()["status"] == "waiting"
    await client.post(f"{OWN}/{await waiting(client)}/objection", as_="zhang")
    shown = await client.get(REGISTRATION, as_="li")
    assert shown.json()["status"] == "refused" and codes(shown) == ["takeover.objected"]


async def test_nobody_objects_for_another_or_twice_or_too_late(client: Client) -> None:
    await verified(client)
    await approved(client)
    path = f"{OWN}/{await waiting(client)}/objection"
    for stranger in ("wang", "li"):
        assert outcome(await client.post(path, as_=stranger)) == (404, "workers.takeover_not_found")
        assert (await client.get(OWN, as_=stranger)).json()["items"] == []
    assert (await client.post(path, as_="zhang")).status_code == 204
    assert (await client.post(path, as_="zhang")).status_code == 404


@pytest.mark.parametrize("first", ["objection", "time"])
async def test_of_an_objection_and_the_end_of_the_time_one_counts(
    client: Client, first: str
) -> None:
    await verified(client)
    await approved(client)
    row = await Takeover.get()
    later = row.due_at
    clock.set_clock(lambda: later)

    async def objection() -> None:
        await client.post(f"{OWN}/{row.id}/objection", as_="zhang")

    async def time() -> None:
        await takeovers.complete(row.id)

    acts = [objection(), time()]
    await asyncio.gather(*(acts if first == "objection" else reversed(acts)))
    state, zhang = (await Takeover.get()).state, await client.cast.id("zhang")
    assert state in (TakeoverState.OBJECTED, TakeoverState.DONE)
    assert (await holder() == zhang) is (state is TakeoverState.OBJECTED)


async def test_of_two_who_ask_for_one_record_one_is_on_its_way(client: Client) -> None:
    await verified(client)
    rows = [await reviewing(client, name, ZHANG) for name in ("li", "wang")]
    for row in rows:
        await word(client, "reviewer_1", row, ZHANG.number)
    await client.cast.token("reviewer_2")
    await asyncio.gather(*(word(client, "reviewer_2", row, ZHANG.number) for row in rows))
    stages = sorted([each.stage.value for each in await Verification.all()])
    assert stages == ["refused", "waiting"]
    assert await Takeover.all().count() == 1
    await hours_later(25)
    asked = {await client.cast.id("li"), await client.cast.id("wang")}
    assert await holder() in asked


async def test_who_proved_himself_otherwise_meanwhile_keeps_his_record(client: Client) -> None:
    worker = await verified(client)
    await approved(client)
    await Worker.filter(id=worker.id).update(account_id=await client.cast.id("wang"))
    await hours_later(25)
    assert await holder() == await client.cast.id("wang")
    assert await status(client, "li") == "refused"
    assert (await Takeover.get()).state is TakeoverState.ENDED


async def test_who_takes_back_his_consent_takes_back_the_takeover(client: Client) -> None:
    await verified(client)
    await approved(client)
    body = {"version": "2026-11", "granted": False}
    await client.put("/api/v1/me/consents/id_card", as_="li", json=body)
    await jobs.drain()
    await hours_later(25)
    assert await holder() == await client.cast.id("zhang")
    assert (await Verification.get()).stage is Stage.WITHDRAWN


async def test_a_record_without_an_account_moves_at_once(client: Client) -> None:
    await verified(client)
    await Worker.all().update(account_id=None)
    await approved(client)
    assert await holder() == await client.cast.id("li")
    assert not await Takeover.exists()


async def _with_card(client: Client, worker: Worker) -> None:
    number = Personal.of(Kind.BANK_CARD, "6222020000000000000")
    await BankCard.create(
        worker_id=worker.id, active_worker_id=worker.id,
        number=number, number_index=number.index, active_number=number.index,
    )  # fmt: skip
    await client.agree("li", "bank_card")


async def test_the_wage_card_rests_for_three_days_after_it(client: Client) -> None:
    await _with_card(client, await verified(client))
    await approved(client)
    await hours_later(24)
    body = {"number": "6217000000000000004"}
    await client.cast.sudo("li")
    rests = await client.put(CARD, as_="li", json=body)
    assert outcome(rests) == (409, "workers.bank_card_rests"), rests.text
    same = await client.put(CARD, as_="li", json={"number": "6222020000000000000"})
    assert same.status_code == 200, same.text
    await hours_later(72.1)
    await client.cast.sudo("li")
    changed = await client.put(CARD, as_="li", json=body)
    assert changed.status_code == 200, changed.text


async def test_the_old_phone_and_wechat_follow_once_they_are_proved(client: Client) -> None:
    await verified(client)
    await approved(client)
    await hours_later(24)
    zhang = await Account.get(id=await client.cast.id("zhang"))
    assert zhang.left_at is not None and zhang.phone_index is not None
    li = await client.cast.id("li")
    await contact._set(Actor(li), zhang.phone)
    assert (await Account.get(id=zhang.id)).phone is None
    assert (await Account.get(id=li)).phone_index == zhang.phone_index


async def test_each_step_stands_in_the_audit_and_in_the_history(client: Client) -> None:
    worker = await verified(client)
    await approved(client)
    await hours_later(24)
    for tag in (Tag.TAKEOVER_BEGUN, Tag.WORKER_ACCOUNT_MOVED):
        assert await AuditLine.filter(tag=tag).count() == 1
    assert await WorkerChange.filter(worker_id=worker.id, field="account").count() == 1


async def test_a_repeat_of_the_end_changes_nothing(client: Client) -> None:
    await verified(client)
    await approved(client)
    row = await Takeover.get()
    await takeovers.complete(row.id)
    assert (await Takeover.get()).state is TakeoverState.WAITING
    await hours_later(24)
    await takeovers.complete(row.id)
    await takeovers.complete(new_id())
    assert await AuditLine.filter(tag=Tag.WORKER_ACCOUNT_MOVED).count() == 1
