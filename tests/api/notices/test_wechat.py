"""WeChat's subscribe messages: within what was granted, at most once, else another way."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from api.integrations.adapters import Adapters
from api.integrations.http import UpstreamError
from api.kit import clock, jobs
from api.kit.ids import new_id
from api.kit.transaction import transaction
from api.notices import subscriptions
from api.notices.models import Delivery, Notice, SubscribeGrant
from tests.api.notices import wechat
from tests.api.notices.told import next_at, stop_clock, tell
from tests.api.notices.wechat import PATH, SEND, asked, granted, left, reported, sent
from tests.cast import PARTS, Client
from tests.emulators.fixtures import Emulators

PHONE = str(PARTS["zhang"].phone)
SETTINGS = {"quiet_at_night": True, "text_messages": True}


@pytest.fixture
def adapters(emulated_adapters: Adapters) -> Adapters:
    return emulated_adapters


def move(emulators: Emulators, to: Any) -> None:
    emulators.advance((to - clock.now()).total_seconds())
    stop_clock(to)


async def told(client: Client, emulators: Emulators, kind: str, hour: int = 10) -> Notice:
    """The notice, told at this hour, after all its jobs."""
    move(emulators, next_at(hour))
    await tell(await client.cast.id("zhang"), kind)
    await jobs.drain()
    return await the_notice()


async def the_notice() -> Notice:
    return await Notice.all().order_by("-id").first() or Notice()


async def again(notice: Notice) -> None:
    """The job of the notice runs once more."""
    await jobs.TASKS["notices.deliver"].handler(notice_id=str(notice.id))


async def test_it_goes_by_wechat_and_no_text_message_is_sent(
    client: Client, emulators: Emulators
) -> None:
    await granted(client, emulators, "attendance")
    row = await told(client, emulators, "workday.rejected")
    [body] = sent(emulators)
    assert body["template_id"] == wechat.template("attendance")
    assert body["data"]["thing1"]["value"] == "您有一天出勤没有通过"
    assert set(body["data"]) == {"thing1", "time2", "thing3"}
    assert emulators.sms(PHONE) == []
    assert (row.wechat, row.sms, row.sms_code) == (Delivery.SENT, Delivery.SKIPPED, "by_wechat")
    assert await left(client, "attendance") == 0


async def test_the_job_running_twice_sends_once(client: Client, emulators: Emulators) -> None:
    await granted(client, emulators, "attendance", 3)
    row = await told(client, emulators, "workday.rejected")
    await asyncio.gather(*(again(row) for _ in range(4)))
    await jobs.drain()
    assert len(sent(emulators)) == 1
    assert await left(client, "attendance") == 2


async def test_many_runs_at_the_same_moment_send_once(client: Client, emulators: Emulators) -> None:
    await granted(client, emulators, "team", 3)
    move(emulators, next_at(10))
    await tell(await client.cast.id("zhang"), "team.handover_offered")
    row = await the_notice()
    await asyncio.gather(*(again(row) for _ in range(6)))
    move(emulators, clock.now() + timedelta(minutes=2))
    await jobs.drain()
    assert len(sent(emulators)) == 1 and await left(client, "team") == 2
    assert (await the_notice()).wechat is Delivery.SENT


async def test_without_a_grant_what_must_be_known_is_a_text_message(
    client: Client, emulators: Emulators
) -> None:
    await wechat.bound(client)
    row = await told(client, emulators, "workday.rejected")
    assert sent(emulators) == [] and len(emulators.sms(PHONE)) == 1
    assert (row.wechat, row.wechat_code) == (Delivery.SKIPPED, "no_credit")


async def test_who_is_not_in_wechat_gets_a_text_message(
    client: Client, emulators: Emulators
) -> None:
    row = await told(client, emulators, "workday.rejected")
    assert row.wechat_code == "no_wechat" and len(emulators.sms(PHONE)) == 1


async def test_what_need_not_be_known_stays_in_the_inbox(
    client: Client, emulators: Emulators
) -> None:
    await wechat.bound(client)
    row = await told(client, emulators, "team.handover_offered")
    assert (row.wechat, row.sms) == (Delivery.SKIPPED, Delivery.NONE)
    assert sent(emulators) == [] and emulators.sms(PHONE) == []


async def test_what_wechat_refuses_takes_all_grants_and_goes_another_way(
    client: Client, emulators: Emulators
) -> None:
    await wechat.bound(client)
    for _ in range(3):
        await reported(client, "attendance")
    row = await told(client, emulators, "workday.rejected")
    assert (row.wechat, row.wechat_code) == (Delivery.FAILED, "not_subscribed")
    assert await left(client, "attendance") == 0 and len(emulators.sms(PHONE)) == 1


@pytest.mark.parametrize(
    ("errcode", "code"), [(47003, "template_data_wrong"), (40037, "template_unknown"),
                          (45009, "daily_quota"), (-1, "busy")],
)  # fmt: skip
async def test_what_is_our_fault_or_theirs_costs_no_grant(
    client: Client, emulators: Emulators, errcode: int, code: str
) -> None:
    await granted(client, emulators, "attendance")
    emulators.fault(SEND, "json", json={"errcode": errcode, "errmsg": "x"})
    row = await told(client, emulators, "workday.rejected")
    assert (row.wechat, row.wechat_code) == (Delivery.FAILED, code)
    assert await left(client, "attendance") == 1 and len(emulators.sms(PHONE)) == 1


async def test_where_there_is_no_other_way_a_passing_trouble_is_tried_again(
    client: Client, emulators: Emulators
) -> None:
    await granted(client, emulators, "team")
    emulators.fault(SEND, "json", json={"errcode": -1, "errmsg": "system error"})
    row = await told(client, emulators, "team.handover_offered")
    assert row.wechat is Delivery.WAITING and await left(client, "team") == 1
    move(emulators, clock.now() + timedelta(minutes=1))
    await jobs.drain()
    assert (await the_notice()).wechat is Delivery.SENT
    assert (asked(emulators), len(sent(emulators))) == (2, 1)
    assert await left(client, "team") == 0


async def test_a_token_that_ended_is_renewed_and_the_message_goes_once(
    client: Client, emulators: Emulators
) -> None:
    await granted(client, emulators, "attendance", 2)
    await told(client, emulators, "workday.rejected")
    emulators.fault(SEND, "json", json={"errcode": 42001, "errmsg": "access_token expired"})
    row = await told(client, emulators, "workday.rejected")
    assert row.wechat is Delivery.SENT and await left(client, "attendance") == 0
    assert emulators.sms(PHONE) == []


@pytest.mark.parametrize("kind", ["workday.rejected", "team.handover_offered"])
async def test_whether_it_arrived_nobody_knows_it_is_not_sent_again(
    client: Client, emulators: Emulators, kind: str
) -> None:
    name = "attendance" if kind.startswith("workday") else "team"
    await granted(client, emulators, name, 2)
    emulators.fault(SEND, "drop")
    row = await told(client, emulators, kind)
    assert row.wechat is Delivery.UNSURE and await left(client, name) == 1
    move(emulators, clock.now() + timedelta(hours=1))
    await again(row)
    await jobs.drain()
    assert asked(emulators) == 1
    assert len(emulators.sms(PHONE)) == (1 if name == "attendance" else 0)


async def test_what_need_not_be_known_takes_no_second_way_when_it_may_have_arrived(
    client: Client, emulators: Emulators
) -> None:
    await granted(client, emulators, "contract")
    emulators.fault(SEND, "malformed")
    row = await told(client, emulators, "contract.offered")
    assert (row.wechat, row.sms) == (Delivery.UNSURE, Delivery.SKIPPED)
    assert emulators.sms(PHONE) == []


async def test_a_process_that_died_while_sending_leaves_no_second_message(
    client: Client, emulators: Emulators
) -> None:
    await granted(client, emulators, "attendance", 2)
    move(emulators, next_at(10))
    await tell(await client.cast.id("zhang"), "workday.rejected")
    row = await the_notice()
    await Notice.filter(id=row.id).update(wechat=Delivery.SENDING, wechat_at=clock.now())
    async with transaction():
        assert await subscriptions.spend(row.account_id, "attendance", row.id)
    await jobs.drain()
    assert emulators.sms(PHONE) == [] and sent(emulators) == []
    move(emulators, clock.now() + timedelta(minutes=1))
    await jobs.drain()
    assert sent(emulators) == [] and len(emulators.sms(PHONE)) == 1
    assert (await the_notice()).wechat_code == "interrupted"
    assert await left(client, "attendance") == 1


async def test_a_process_that_died_after_sending_sends_no_text_message(
    client: Client, emulators: Emulators
) -> None:
    await granted(client, emulators, "attendance")
    row = await told(client, emulators, "workday.rejected")
    await Notice.filter(id=row.id).update(sms=Delivery.WAITING)
    await again(row)
    assert emulators.sms(PHONE) == [] and len(sent(emulators)) == 1


async def test_who_switched_wechat_off_gets_what_must_be_known_as_a_text_message(
    client: Client, emulators: Emulators
) -> None:
    await granted(client, emulators, "attendance")
    body = {**SETTINGS, "wechat_messages": False, "text_messages": False}
    await client.put("/api/v1/me/message-settings", as_="zhang", json=body)
    row = await told(client, emulators, "workday.rejected")
    assert row.wechat_code == "not_wanted" and len(emulators.sms(PHONE)) == 1
    assert await left(client, "attendance") == 1


async def test_at_night_wechat_waits_too(client: Client, emulators: Emulators) -> None:
    await granted(client, emulators, "attendance")
    row = await told(client, emulators, "workday.rejected", hour=23)
    assert row.wechat is Delivery.WAITING and sent(emulators) == []
    move(emulators, next_at(7))
    await jobs.drain()
    assert len(sent(emulators)) == 1


async def test_a_lasting_yes_is_never_used_up_until_wechat_says_so(
    client: Client, emulators: Emulators
) -> None:
    openid = await wechat.bound(client)
    wechat.accepted(emulators, openid, "attendance", 2)
    for _ in range(2):
        await reported(client, "attendance", lasting=True)
    for _ in range(3):
        await told(client, emulators, "workday.rejected")
    assert len(sent(emulators)) == 2 and len(emulators.sms(PHONE)) == 1
    items = (await client.get(PATH, as_="zhang")).json()["items"]
    assert not any(each["lasting"] for each in items)


async def test_answers_are_counted_by_what_they_say(client: Client, emulators: Emulators) -> None:
    await wechat.bound(client)
    for answer, count in (("accept", 1), ("reject", 1), ("filter", 1), ("accept", 2), ("ban", 0)):
        assert (await reported(client, "wage", answer)).status_code == 201
        assert await left(client, "wage") == count
    assert await left(client, "attendance") == 0


async def test_a_repeated_report_counts_once(client: Client, emulators: Emulators) -> None:
    await wechat.bound(client)
    one = {"template_id": wechat.template("wage"), "answer": "accept"}
    for _ in range(3):
        answer = await client.post(
            PATH, as_="zhang", json={"answers": [one]}, headers={"Idempotency-Key": "k" * 20}
        )
        assert answer.status_code == 201
    assert await left(client, "wage") == 1


async def test_no_more_is_counted_than_anybody_needs(client: Client, emulators: Emulators) -> None:
    await wechat.bound(client)
    await asyncio.gather(*(reported(client, "wage") for _ in range(25)))
    assert await left(client, "wage") == subscriptions.MOST_OPEN


async def test_strange_reports_are_refused(client: Client, emulators: Emulators) -> None:
    assert (await reported(client, "wage")).json()["code"] == "notices.no_wechat"
    await wechat.bound(client)
    assert (await reported(client, "nothing")).json()["code"] == "notices.unknown_template"
    assert (await reported(client, "wage", "perhaps")).status_code == 422
    one = {"template_id": wechat.template("wage"), "answer": "accept"}
    for answers in ([], [one] * 6, [{**one, "count": 9}]):
        answer = await client.post(PATH, as_="zhang", json={"answers": answers})
        assert answer.status_code == 422
    assert await SubscribeGrant.all().count() == 0
    assert (await client.get(PATH)).status_code == 401


async def test_a_grant_is_spent_once_whoever_reaches_for_it(
    client: Client, emulators: Emulators
) -> None:
    await wechat.bound(client)
    for _ in range(3):
        await reported(client, "wage")
    account = await client.cast.id("zhang")

    async def reach() -> UUID | None:
        message = new_id()
        async with transaction():
            return message if await subscriptions.spend(account, "wage", message) else None

    found = [each for each in await asyncio.gather(*(reach() for _ in range(12))) if each]
    spent = await SubscribeGrant.exclude(spent_for=None).values_list("spent_for", flat=True)
    assert sorted(map(str, found)) == sorted(map(str, spent)) and len(found) == 3


async def test_many_notices_at_once_never_ask_for_more_than_was_granted(
    client: Client, emulators: Emulators
) -> None:
    await granted(client, emulators, "attendance", 3)
    move(emulators, next_at(10))
    for _ in range(8):
        await tell(await client.cast.id("zhang"), "workday.rejected")
    rows = await Notice.all()
    await asyncio.gather(*(again(row) for row in rows), *(again(row) for row in rows))
    move(emulators, clock.now() + timedelta(minutes=2))
    await jobs.drain()
    assert len(sent(emulators)) == 3
    assert len(emulators.sms(PHONE)) == 5
    states = [row.wechat for row in await Notice.all()]
    assert states.count(Delivery.SENT) == 3 and states.count(Delivery.SKIPPED) == 5


async def test_nothing_of_a_person_goes_to_wechat(client: Client, emulators: Emulators) -> None:
    await granted(client, emulators, "identity")
    await told(client, emulators, "verification.refused")
    [body] = sent(emulators)
    texts = [each["value"] for each in body["data"].values()]
    assert all(len(text) <= 20 and "{" not in text for text in texts)
    assert not {"touser", "template_id", "page", "data", "miniprogram_state", "lang"} ^ set(body)


async def test_an_upstream_error_is_what_the_job_is_tried_again_for(
    client: Client, emulators: Emulators
) -> None:
    await granted(client, emulators, "team")
    emulators.fault(SEND, "json", json={"errcode": -1, "errmsg": "system error"}, times=None)
    move(emulators, next_at(10))
    await tell(await client.cast.id("zhang"), "team.handover_offered")
    with pytest.raises(UpstreamError):
        await again(await the_notice())
