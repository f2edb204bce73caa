"""How an account wants to be told."""

import pytest

from tests.cast import Client

PATH = "/api/v1/me/message-settings"
DEFAULT = {
    "quiet_at_night": True,
    "text_messages": True,
    "wechat_messages": True,
    "digest_by": "wechat",
    "digest_at": "18:30",
}


async def test_quiet_nights_are_the_default(client: Client) -> None:
    assert (await client.get(PATH, as_="zhang")).json() == DEFAULT


async def test_a_choice_holds_and_can_be_changed(client: Client) -> None:
    for quiet in (False, True, False):
        body = {**DEFAULT, "quiet_at_night": quiet, "digest_by": "sms", "digest_at": "07:00"}
        assert (await client.put(PATH, as_="zhang", json=body)).json() == body
    assert (await client.get(PATH, as_="zhang")).json()["quiet_at_night"] is False
    assert (await client.get(PATH, as_="li")).json() == DEFAULT


async def test_the_anonymous_are_sent_to_log_in(client: Client) -> None:
    assert (await client.get(PATH)).status_code == 401
    assert (await client.put(PATH, json=DEFAULT)).status_code == 401


async def test_a_malformed_choice_is_refused(client: Client) -> None:
    body = {"quiet_at_night": "yes", "text_messages": True, "sms": 1}
    answer = await client.put(PATH, as_="zhang", json=body)
    assert answer.status_code == 422
    assert {error["path"] for error in answer.json()["errors"]} == {"quiet_at_night", "sms"}


async def test_what_is_not_said_is_the_default(client: Client) -> None:
    body = {"quiet_at_night": True, "text_messages": True}
    assert (await client.put(PATH, as_="zhang", json=body)).json() == DEFAULT


@pytest.mark.parametrize("at", ["06:30", "21:00", "18:15", "24:00", "7:00", "18:30 ", ""])
async def test_the_summary_comes_by_day_on_the_half_hour(client: Client, at: str) -> None:
    answer = await client.put(PATH, as_="zhang", json={**DEFAULT, "digest_at": at})
    assert answer.status_code == 422
