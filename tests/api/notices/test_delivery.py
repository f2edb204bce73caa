"""Text messages: after the act, not at night, once, and never for nothing."""

from datetime import datetime, timedelta

import pytest

from api.accounts.models import Account
from api.audit.models import AuditLine
from api.integrations.adapters import Adapters
from api.kit import clock, jobs
from api.kit.models import Job
from api.notices.models import Delivery, Notice
from tests.api.notices.told import next_at, stop_clock, tell
from tests.cast import PARTS, Client
from tests.emulators.fixtures import Emulators

PHONE = str(PARTS["zhang"].phone)


@pytest.fixture
def adapters(emulated_adapters: Adapters) -> Adapters:
    return emulated_adapters


def move(emulators: Emulators, to: datetime) -> None:
    """Let our clock and the gateway's show the same later time."""
    emulators.advance((to - clock.now()).total_seconds())
    stop_clock(to)


async def told_at(client: Client, emulators: Emulators, hour: int, kind: str) -> None:
    zhang = await client.cast.id("zhang")
    move(emulators, next_at(hour))
    await tell(zhang, kind)
    await jobs.drain()


async def sms() -> Delivery:
    return (await Notice.all().get()).sms


async def test_by_day_it_goes_out_at_once_and_only_once(
    client: Client, emulators: Emulators
) -> None:
    await told_at(client, emulators, 10, "verification.verified")
    sent = emulators.sms(PHONE)
    assert [m["text"] for m in sent] == ["【工友】您的实名核验通过了。请打开工友查看。"]
    await jobs.TASKS["notices.deliver"].handler(notice_id=str((await Notice.all().get()).id))
    assert len(emulators.sms(PHONE)) == 1
    assert await sms() is Delivery.SENT


async def test_at_night_it_waits_for_seven(client: Client, emulators: Emulators) -> None:
    await told_at(client, emulators, 22, "verification.verified")
    assert emulators.sms(PHONE) == []
    assert await sms() is Delivery.WAITING
    move(emulators, next_at(6, 59))
    await jobs.drain()
    assert emulators.sms(PHONE) == []
    move(emulators, next_at(7))
    await jobs.drain()
    assert len(emulators.sms(PHONE)) == 1


async def test_what_must_be_known_goes_out_at_night(client: Client, emulators: Emulators) -> None:
    await told_at(client, emulators, 2, "bank_card.set")
    assert len(emulators.sms(PHONE)) == 1


async def test_who_wants_it_gets_it_at_night(client: Client, emulators: Emulators) -> None:
    body = {"quiet_at_night": False, "text_messages": True}
    await client.put("/api/v1/me/message-settings", as_="zhang", json=body)
    await told_at(client, emulators, 2, "verification.verified")
    assert len(emulators.sms(PHONE)) == 1


async def test_who_wants_none_gets_none_but_what_must_be_known(
    client: Client, emulators: Emulators
) -> None:
    body = {"quiet_at_night": True, "text_messages": False}
    await client.put("/api/v1/me/message-settings", as_="zhang", json=body)
    await told_at(client, emulators, 10, "contract.offered")
    assert emulators.sms(PHONE) == []
    assert await sms() is Delivery.SKIPPED
    for number, kind in enumerate(("bank_card.set", "workday.rejected", "age.block"), 1):
        await tell(await client.cast.id("zhang"), kind)
        await jobs.drain()
        assert len(emulators.sms(PHONE)) == number


async def test_what_must_be_known_waits_for_the_morning_unless_it_is_urgent(
    client: Client, emulators: Emulators
) -> None:
    body = {"quiet_at_night": True, "text_messages": False}
    await client.put("/api/v1/me/message-settings", as_="zhang", json=body)
    await told_at(client, emulators, 23, "workday.rejected")
    assert emulators.sms(PHONE) == []
    await client.post("/api/v1/me/messages/read-all", as_="zhang")
    move(emulators, next_at(7))
    await jobs.drain()
    assert len(emulators.sms(PHONE)) == 1


async def test_what_was_read_in_the_night_needs_no_message(
    client: Client, emulators: Emulators
) -> None:
    await told_at(client, emulators, 23, "contract.offered")
    await client.post("/api/v1/me/messages/read-all", as_="zhang")
    move(emulators, next_at(7))
    await jobs.drain()
    assert emulators.sms(PHONE) == []
    assert (await Notice.all().get()).sms_code == "read"


async def test_a_passing_trouble_is_tried_again(client: Client, emulators: Emulators) -> None:
    emulators.fault("/v1/messages", "drop")
    await told_at(client, emulators, 10, "verification.verified")
    assert await sms() is Delivery.WAITING
    move(emulators, clock.now() + timedelta(minutes=1))
    await jobs.drain()
    assert len(emulators.sms(PHONE)) == 1
    assert await sms() is Delivery.SENT


async def test_a_lasting_refusal_is_written_down_and_not_repeated(
    client: Client, emulators: Emulators
) -> None:
    emulators.control("POST", "account", {"blocked": [PHONE]}, vendor="sms")
    await told_at(client, emulators, 10, "verification.verified")
    row = await Notice.all().get()
    assert (row.sms, row.sms_code) == (Delivery.FAILED, "number_blocked")
    assert await Job.filter(name="notices.deliver").count() == 0


async def test_an_inbox_only_notice_sends_nothing(client: Client, emulators: Emulators) -> None:
    await told_at(client, emulators, 10, "worker.corrected")
    assert emulators.sms(PHONE) == []


async def test_who_has_no_phone_still_has_the_message(client: Client, emulators: Emulators) -> None:
    officer = await client.cast.id("officer_a")
    stop_clock(next_at(10))
    await tell(officer, "enterprise.verified")
    await jobs.drain()
    assert (await Notice.all().get()).sms_code == "no_phone"


async def test_opening_the_phone_leaves_a_line(client: Client, emulators: Emulators) -> None:
    await told_at(client, emulators, 10, "verification.verified")
    line = await AuditLine.filter(tag="personal.revealed", subject="account").get()
    assert line.facts["purpose"] == "deliver"
    assert await Account.filter(id=line.subject_id).exists()


async def test_a_feature_below_tells_by_a_job(client: Client) -> None:
    zhang = str(await client.cast.id("zhang"))
    await jobs.TASKS["notices.tell"].handler(account_id=zhang, kind="account.phone_changed")
    assert (await Notice.all().get()).kind == "account.phone_changed"
