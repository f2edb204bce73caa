"""消息汇总: once a day, at the person's hour, across midnight, weekends and the year's end."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest

from api.integrations.adapters import Adapters
from api.kit import clock, jobs
from api.kit.clock import BEIJING
from api.notices.models import Delivery, Digest, Notice
from tests.api.notices import wechat
from tests.api.notices.told import stop_clock, tell
from tests.api.notices.wechat import SEND, asked, granted, sent
from tests.cast import PARTS, Client
from tests.emulators.fixtures import Emulators

PHONE = str(PARTS["zhang"].phone)
CHOSEN = {"quiet_at_night": True, "text_messages": True}
KIND = "team.joined"


@pytest.fixture
def adapters(emulated_adapters: Adapters) -> Adapters:
    return emulated_adapters


def at(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=BEIJING)


class Days:
    """Time that passes, and what the timetable does meanwhile."""

    def __init__(self, client: Client, emulators: Emulators) -> None:
        self.client = client
        self.emulators = emulators

    async def to(self, moment: datetime) -> None:
        """It is that late; what was due has been done."""
        self.emulators.advance((moment - clock.now()).total_seconds())
        stop_clock(moment)
        await jobs.TIMETABLE["notices.gather_digests"].handler()
        await jobs.drain()

    async def told(self, *moments: datetime) -> None:
        for moment in moments:
            await self.to(moment)
            await tell(await self.client.cast.id("zhang"), KIND)
            await jobs.drain()

    async def choose(self, **changed: Any) -> None:
        path = "/api/v1/me/message-settings"
        answer = await self.client.put(path, as_="zhang", json={**CHOSEN, **changed})
        assert answer.status_code == 200, answer.text

    @property
    def texts(self) -> list[str]:
        return [each["text"] for each in self.emulators.sms(PHONE)]


@pytest.fixture
async def days(client: Client, emulators: Emulators) -> Days:
    # A year and more ahead: grants and sessions of the cast do not end meanwhile.
    made = Days(client, emulators)
    await client.cast.token("zhang")
    return made


async def test_many_notices_are_one_message_at_half_past_six(
    client: Client, emulators: Emulators, days: Days
) -> None:
    await granted(client, emulators, "digest", 2)
    await days.told(at(11, 30, 8), at(11, 30, 12), at(11, 30, 18, 29))
    assert sent(emulators) == []
    await days.to(at(11, 30, 18, 30))
    [body] = sent(emulators)
    assert body["data"]["thing1"]["value"] == "3 条没看的消息"
    for minute in (31, 35, 59):
        await days.to(at(11, 30, 18, minute))
    assert len(sent(emulators)) == 1 and days.texts == []


async def test_what_comes_afterwards_is_in_tomorrows(
    client: Client, emulators: Emulators, days: Days
) -> None:
    await granted(client, emulators, "digest", 3)
    await days.told(at(11, 30, 10), at(11, 30, 18, 30), at(11, 30, 23, 59), at(12, 1, 0, 1))
    assert len(sent(emulators)) == 1
    await days.to(at(12, 1, 18, 30))
    assert [b["data"]["thing1"]["value"] for b in sent(emulators)] == [
        "1 条没看的消息", "3 条没看的消息",
    ]  # fmt: skip


async def test_it_comes_on_every_day_of_the_week_and_over_the_years_end(
    client: Client, emulators: Emulators, days: Days
) -> None:
    await granted(client, emulators, "digest", 6)
    # Friday to Monday, then the last and the first day of a year
    on = [
        at(12, 4, 9),
        at(12, 5, 9),
        at(12, 6, 9),
        at(12, 7, 9),
        at(12, 31, 19),
        at(1, 1, 9, 0, 2027),
    ]
    for moment in on:
        await days.told(moment)
        if moment.hour == 9:
            await days.to(moment.replace(hour=18, minute=30))
    found = await Digest.all().order_by("day")
    assert [each.day.isoformat() for each in found] == [
        "2026-12-04", "2026-12-05", "2026-12-06", "2026-12-07", "2027-01-01",
    ]  # fmt: skip
    assert [each.count for each in found] == [1, 1, 1, 1, 2]
    assert len(sent(emulators)) == 5


async def test_nothing_unread_no_message(client: Client, emulators: Emulators, days: Days) -> None:
    await granted(client, emulators, "digest")
    await days.told(at(11, 30, 10))
    await client.post("/api/v1/me/messages/read-all", as_="zhang")
    await days.to(at(11, 30, 18, 30))
    assert sent(emulators) == [] and await Digest.all().count() == 0
    assert not await Notice.exclude(digest_due_at=None).exists()


async def test_it_comes_at_the_hour_and_by_the_way_he_chose(days: Days) -> None:
    await days.choose(digest_by="sms", digest_at="07:30")
    await days.told(at(11, 30, 18), at(11, 30, 22))
    await days.to(at(12, 1, 7, 29))
    assert days.texts == []
    await days.to(at(12, 1, 7, 30))
    assert days.texts == ["【工友】您有 2 条没看的消息。请打开工友查看。"]


async def test_a_changed_hour_counts_for_what_waits_and_one_a_day_stays_one(days: Days) -> None:
    await days.choose(digest_by="sms", digest_at="12:00")
    await days.told(at(11, 30, 11))
    await days.to(at(11, 30, 12))
    await days.told(at(11, 30, 13))
    await days.choose(digest_by="sms", digest_at="20:00")
    await days.to(at(11, 30, 20))
    assert len(days.texts) == 1
    await days.to(at(12, 1, 19, 59))
    assert len(days.texts) == 1
    await days.to(at(12, 1, 20))
    assert len(days.texts) == 2


async def test_who_wants_none_gets_none(client: Client, emulators: Emulators, days: Days) -> None:
    await granted(client, emulators, "digest")
    await days.told(at(11, 30, 10))
    await days.choose(digest_by="none")
    await days.told(at(11, 30, 11))
    await days.to(at(11, 30, 18, 30))
    assert sent(emulators) == [] and days.texts == []


async def test_a_worker_that_stood_still_until_night_waits_for_the_morning(
    client: Client, emulators: Emulators, days: Days
) -> None:
    await granted(client, emulators, "digest")
    await days.told(at(11, 30, 10))
    await days.to(at(11, 30, 22))
    assert sent(emulators) == []
    await days.to(at(12, 1, 7))
    assert len(sent(emulators)) == 1
    assert (await Digest.get()).day.isoformat() == "2026-11-30"


async def test_without_a_grant_the_inbox_is_enough(days: Days, client: Client) -> None:
    await wechat.bound(client)
    await days.told(at(11, 30, 10))
    await days.to(at(11, 30, 18, 30))
    row = await Digest.get()
    assert (row.state, row.code, days.texts) == (Delivery.SKIPPED, "no_credit", [])


async def test_gathered_and_delivered_many_times_at_once_it_is_one(
    client: Client, emulators: Emulators, days: Days
) -> None:
    await granted(client, emulators, "digest", 3)
    await days.told(at(11, 30, 10))
    stop_clock(at(11, 30, 18, 30))
    gather = jobs.TIMETABLE["notices.gather_digests"].handler
    await asyncio.gather(*(gather() for _ in range(4)))
    row = await Digest.get()
    deliver = jobs.TASKS["notices.deliver_digest"].handler
    await asyncio.gather(*(deliver(digest_id=str(row.id)) for _ in range(4)))
    await jobs.drain()
    assert len(sent(emulators)) == 1


async def test_a_summary_that_may_have_arrived_is_not_sent_again(
    client: Client, emulators: Emulators, days: Days
) -> None:
    await granted(client, emulators, "digest", 2)
    emulators.fault(SEND, "drop")
    await days.told(at(11, 30, 10))
    await days.to(at(11, 30, 18, 30))
    await days.to(at(11, 30, 20))
    assert asked(emulators) == 1 and (await Digest.get()).state is Delivery.UNSURE


async def test_a_passing_trouble_of_the_gateway_is_tried_again(
    emulators: Emulators, days: Days
) -> None:
    await days.choose(digest_by="sms")
    emulators.fault("/v1/messages", "drop")
    await days.told(at(11, 30, 10))
    await days.to(at(11, 30, 18, 30))
    await days.to(at(11, 30, 18, 30) + timedelta(minutes=1))
    assert len(days.texts) == 1 and (await Digest.get()).state is Delivery.SENT


async def test_what_goes_out_by_itself_is_in_no_summary(
    client: Client, emulators: Emulators, days: Days
) -> None:
    await days.to(at(11, 30, 10))
    await tell(await client.cast.id("zhang"), "workday.rejected")
    assert not await Notice.exclude(digest_due_at=None).exists()
