"""Logins: how long they last, where they are, how they end."""

from collections import Counter
from uuid import uuid4

import pytest

from api.accounts.models import Session
from api.kit.ids import new_token
from tests.api.accounts.ways_in import (
    DEVICES,
    SESSIONS,
    Watch,
    enter_by_password,
    enter_by_wechat,
    give_authenticator,
    hire,
    outcome,
    shown,
)
from tests.cast import Client

CURRENT = f"{SESSIONS}/current"
DAY, HOUR, MINUTE = 86_400, 3600, 60
LIVES = [
    ("zhang", 30 * DAY, 90 * DAY),
    ("project_manager", 30 * MINUTE, 12 * HOUR),
    ("regulator_county", 15 * MINUTE, 8 * HOUR),
    ("regulator_city", 15 * MINUTE, 8 * HOUR),
    ("regulator_province", 15 * MINUTE, 8 * HOUR),
]


async def token_of(client: Client, who: str) -> str:
    if who == "zhang":
        return await client.cast.token(who)
    region = "510000" if who.startswith("regulator") else None
    authenticator = await give_authenticator(await hire("clerk", who, region=region))
    opened = await enter_by_password(client, "clerk", totp=shown(authenticator))
    return str(opened.json()["token"])


async def live(client: Client, token: str) -> bool:
    return (await client.get(DEVICES, token=token)).status_code == 200


@pytest.mark.parametrize(("who", "idle", "absolute"), LIVES)
async def test_without_use_a_login_ends(
    client: Client, watch: Watch, who: str, idle: int, absolute: int
) -> None:
    token = await token_of(client, who)
    watch.forward(seconds=idle - 1)
    assert await live(client, token)
    watch.forward(seconds=idle)
    answer = await client.get(DEVICES, token=token)
    assert outcome(answer) == (401, "auth.login_required")


@pytest.mark.parametrize(("who", "idle", "absolute"), LIVES)
async def test_however_much_it_is_used_a_login_ends(
    client: Client, watch: Watch, who: str, idle: int, absolute: int
) -> None:
    token = await token_of(client, who)
    step = idle - MINUTE
    for _ in range((absolute - 1) // step):
        watch.forward(seconds=step)
        assert await live(client, token)
    watch.forward(seconds=absolute - 1 - (absolute - 1) // step * step)
    assert await live(client, token)
    watch.forward(seconds=1)
    assert not await live(client, token)


async def test_the_idle_time_starts_anew_with_each_use(
    client: Client, watch: Watch, remembering: None
) -> None:
    token = await token_of(client, "project_manager")
    for _ in range(5):
        watch.forward(minutes=29)
        assert await live(client, token)
    row = await Session.get(device="")
    assert row.last_seen_at == watch.at


async def test_a_token_is_stored_as_its_hash(client: Client) -> None:
    token = (await enter_by_wechat(client, "once-worker")).json()["token"]
    assert len(token) >= 43
    assert token not in str([dict(row) async for row in Session.all().values()])


@pytest.mark.parametrize("token", ["", "x", "x" * 5000, "\u00e4", "null", "' OR 1=1 --"])
async def test_what_is_no_token_is_a_stranger(client: Client, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}".encode()}
    answer = await client.get(DEVICES, headers=headers)
    assert outcome(answer) == (401, "auth.login_required")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


async def test_the_owner_sees_his_devices(client: Client, watch: Watch) -> None:
    tokens = []
    for n, device in enumerate(("老李的手机", "工地平板")):
        opened = await enter_by_wechat(client, f"once-worker.{n}", device=device)
        tokens.append(opened.json()["token"])
        watch.forward(hours=1)
    devices = (await client.get(DEVICES, token=tokens[0])).json()["items"]
    assert [d["device"] for d in devices] == ["工地平板", "老李的手机"]
    assert [d["current"] for d in devices] == [False, True]
    assert {d["method"] for d in devices} == {"wechat"}


async def test_a_device_left_alone_too_long_is_not_listed(client: Client, watch: Watch) -> None:
    await enter_by_wechat(client, "once-worker.1")
    watch.forward(days=31)
    token = (await enter_by_wechat(client, "once-worker.2")).json()["token"]
    assert len((await client.get(DEVICES, token=token)).json()["items"]) == 1


async def test_logging_out_ends_this_device_only(client: Client, remembering: None) -> None:
    tokens = [(await enter_by_wechat(client, f"once-worker.{n}")).json()["token"] for n in range(2)]
    assert all([await live(client, token) for token in tokens])
    answer = await client.delete(CURRENT, token=tokens[0])
    assert (answer.status_code, answer.content) == (204, b"")
    assert [await live(client, token) for token in tokens] == [False, True]
    assert (await client.delete(CURRENT, token=tokens[0])).status_code == 401


async def test_another_device_is_logged_out_by_its_id(client: Client, remembering: None) -> None:
    tokens = [(await enter_by_wechat(client, f"once-worker.{n}")).json()["token"] for n in range(2)]
    assert await live(client, tokens[1])
    devices = (await client.get(DEVICES, token=tokens[0])).json()["items"]
    other = next(d["id"] for d in devices if not d["current"])
    assert (await client.delete(f"{DEVICES}/{other}", token=tokens[0])).status_code == 204
    assert [await live(client, token) for token in tokens] == [True, False]
    again = await client.delete(f"{DEVICES}/{other}", token=tokens[0])
    assert outcome(again) == (404, "accounts.no_such_session")


async def test_a_strangers_device_is_not_found_and_stays(client: Client) -> None:
    devices = (await client.get(DEVICES, as_="li")).json()["items"]
    for session_id in (devices[0]["id"], str(uuid4())):
        answer = await client.delete(f"{DEVICES}/{session_id}", as_="zhang")
        assert outcome(answer) == (404, "accounts.no_such_session")
    assert await live(client, await client.cast.token("li"))


async def test_logging_out_everywhere_ends_all_devices(client: Client, remembering: None) -> None:
    tokens = [(await enter_by_wechat(client, f"once-worker.{n}")).json()["token"] for n in range(3)]
    assert all([await live(client, token) for token in tokens])
    assert (await client.delete(DEVICES, token=tokens[0])).status_code == 204
    assert [await live(client, token) for token in tokens] == [False] * 3
    assert await live(client, await client.cast.token("li"))


async def test_an_id_that_is_none_is_not_found(client: Client) -> None:
    answer = await client.delete(f"{DEVICES}/not-an-id", as_="zhang")
    assert answer.status_code == 404


async def test_thousand_tokens_share_nothing(client: Client) -> None:
    tokens = [new_token() for _ in range(1000)]
    assert len(set(tokens)) == 1000
    letters = Counter("".join(tokens))
    assert len(letters) == 64
