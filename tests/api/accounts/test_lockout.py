"""Too many wrong passwords lock out who guesses, and never the owner where he is known."""

from datetime import timedelta

import pytest

from api.audit.models import AuditLine
from api.audit.tags import Tag
from tests.api.accounts.ways_in import (
    ELSEWHERE,
    HOME,
    PASSWORD,
    SESSIONS,
    Watch,
    enter_by_password,
    give_authenticator,
    hire,
    outcome,
    shown,
)
from tests.cast import Client

LOCKED = (429, "accounts.locked")
WRONG = "not the password at all"


@pytest.fixture(autouse=True)
def at_the_beginning_of_a_quarter(watch: Watch) -> None:
    watch.at -= timedelta(seconds=watch.at.timestamp() % 900)


async def attack(client: Client, username: str, addresses: int, tries: int = 1) -> list[int]:
    return [
        (await enter_by_password(client, username, WRONG, ip=f"10.66.0.{n}")).status_code
        for n in range(addresses)
        for _ in range(tries)
    ]


async def test_after_five_failures_an_address_is_locked_out(client: Client) -> None:
    await hire("foreman")
    assert await attack(client, "foreman", 1, 5) == [401] * 5
    answer = await enter_by_password(client, "foreman", ip="10.66.0.0")
    assert outcome(answer) == LOCKED
    assert 0 < int(answer.headers["Retry-After"]) <= 900


async def test_the_owner_elsewhere_logs_in_meanwhile(client: Client) -> None:
    await hire("foreman")
    await attack(client, "foreman", 1, 6)
    assert (await enter_by_password(client, "foreman", ip=HOME)).status_code == 201


async def test_the_owner_at_a_known_address_logs_in_under_attack_from_everywhere(
    client: Client, watch: Watch
) -> None:
    await hire("foreman")
    assert (await enter_by_password(client, "foreman", ip=HOME)).status_code == 201
    watch.forward(hours=1)
    statuses = await attack(client, "foreman", 25)
    assert statuses == [401] * 20 + [429] * 5
    assert outcome(await enter_by_password(client, "foreman", ip=ELSEWHERE)) == LOCKED
    assert (await enter_by_password(client, "foreman", ip=HOME)).status_code == 201


async def test_an_address_is_known_for_thirty_days(client: Client, watch: Watch) -> None:
    await hire("foreman")
    await enter_by_password(client, "foreman", ip=HOME)
    watch.forward(days=31)
    await attack(client, "foreman", 20)
    assert outcome(await enter_by_password(client, "foreman", ip=HOME)) == LOCKED


async def test_the_owners_second_factor_opens_from_anywhere_under_attack(client: Client) -> None:
    authenticator = await give_authenticator(await hire("foreman"))
    await attack(client, "foreman", 25)
    without = await enter_by_password(client, "foreman", ip=ELSEWHERE)
    assert outcome(without) == LOCKED
    wrong = await enter_by_password(client, "foreman", totp=shown(authenticator, 9), ip=ELSEWHERE)
    assert outcome(wrong) == LOCKED
    code = shown(authenticator)
    assert (await enter_by_password(client, "foreman", totp=code, ip=ELSEWHERE)).status_code == 201
    replayed = await enter_by_password(client, "foreman", totp=code, ip="10.2.0.3")
    assert outcome(replayed) == LOCKED


async def test_names_that_do_not_exist_lock_alike(client: Client) -> None:
    await hire("foreman")
    assert await attack(client, "foreman", 25) == await attack(client, "nobody", 25)
    assert await attack(client, "clerk", 1, 6) == [401] * 5 + [429]


async def test_the_lock_ends_by_itself(client: Client, watch: Watch) -> None:
    await hire("foreman")
    await attack(client, "foreman", 1, 6)
    locked = await enter_by_password(client, "foreman", ip="10.66.0.0")
    watch.forward(seconds=int(locked.headers["Retry-After"]))
    assert (await enter_by_password(client, "foreman", ip="10.66.0.0")).status_code == 201


async def test_successes_cost_no_tries(client: Client) -> None:
    await hire("foreman")
    opened = [await enter_by_password(client, "foreman") for _ in range(8)]
    assert [o.status_code for o in opened] == [201] * 8


async def test_asking_for_the_second_factor_costs_no_tries(client: Client) -> None:
    authenticator = await give_authenticator(await hire("foreman"))
    for _ in range(8):
        answer = await enter_by_password(client, "foreman")
        assert outcome(answer) == (401, "accounts.second_factor_needed")
    assert (
        await enter_by_password(client, "foreman", totp=shown(authenticator))
    ).status_code == 201


async def test_wrong_second_factors_lock_like_wrong_passwords(client: Client) -> None:
    authenticator = await give_authenticator(await hire("foreman"))
    wrong = shown(authenticator, 100)
    outcomes = [
        outcome(await enter_by_password(client, "foreman", PASSWORD, totp=wrong)) for _ in range(6)
    ]
    assert outcomes == [(401, "accounts.second_factor_needed")] * 5 + [LOCKED]


async def test_guesses_beyond_the_strangers_share_are_not_looked_at(client: Client) -> None:
    await hire("foreman")
    statuses = await attack(client, "foreman", 100)
    assert statuses.count(401) == 20
    assert await AuditLine.filter(tag=Tag.LOGIN_LOCKED).count() == 80


async def test_one_address_logs_in_no_more_than_twice_a_second(client: Client) -> None:
    # The limit counts before the body is read.
    statuses = [(await client.post(SESSIONS, json={})).status_code for _ in range(121)]
    assert statuses == [422] * 120 + [429]
