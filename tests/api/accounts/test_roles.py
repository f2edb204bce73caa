"""Roles: a right given or taken counts at the very next call."""

import asyncio

import pytest

from api.accounts import grants
from api.accounts.models import RoleGrant
from api.kit.actor import SYSTEM
from tests.api.accounts.ways_in import outcome
from tests.cast import FIRM_A, FIRM_B, Client

CONSENTS = "/api/v1/me/consents"


async def test_a_role_taken_counts_at_the_next_call(client: Client, remembering: None) -> None:
    assert (await client.get(CONSENTS, as_="zhang")).status_code == 200
    assert await grants.take(SYSTEM, await client.cast.id("zhang"), "worker")
    answer = await client.get(CONSENTS, as_="zhang")
    assert outcome(answer) == (403, "auth.not_permitted")


async def test_a_role_given_counts_at_the_next_call(client: Client, remembering: None) -> None:
    assert (await client.get(CONSENTS, as_="manager_a")).status_code == 403
    await grants.give(SYSTEM, await client.cast.id("manager_a"), "worker")
    assert (await client.get(CONSENTS, as_="manager_a")).status_code == 200


async def test_without_any_role_nothing_is_open_but_what_is_public(client: Client) -> None:
    await grants.take(SYSTEM, await client.cast.id("zhang"), "worker")
    for path in (CONSENTS, "/api/v1/me/sessions"):
        assert outcome(await client.get(path, as_="zhang")) == (403, "auth.not_permitted")
    assert (await client.get("/api/v1/consents", as_="zhang")).status_code == 200


async def test_a_role_is_held_once(client: Client) -> None:
    account_id = await client.cast.id("zhang")
    await grants.give(SYSTEM, account_id, "worker")
    assert await RoleGrant.filter(account_id=account_id).count() == 1


async def test_a_role_taken_twice_was_held_once(client: Client) -> None:
    account_id = await client.cast.id("zhang")
    assert await grants.take(SYSTEM, account_id, "worker")
    assert not await grants.take(SYSTEM, account_id, "worker")


async def test_a_role_is_taken_in_its_own_enterprise_only(client: Client) -> None:
    account_id = await client.cast.id("officer_a")
    assert not await grants.take(SYSTEM, account_id, "wage_officer", tenant_id=FIRM_B)
    assert not await grants.take(SYSTEM, account_id, "wage_officer")
    assert [g.account_id for g in await grants.holders(FIRM_A)] == [account_id]  # type: ignore[attr-defined]
    assert await grants.take(SYSTEM, account_id, "wage_officer", tenant_id=FIRM_A)
    assert await grants.holders(FIRM_A) == []


async def test_the_history_of_roles_stays(client: Client) -> None:
    account_id = await client.cast.id("zhang")
    await grants.take(SYSTEM, account_id, "worker")
    await grants.give(SYSTEM, account_id, "worker")
    rows = await RoleGrant.filter(account_id=account_id).order_by("id")
    assert [row.ended_at is None for row in rows] == [False, True]


async def test_an_unknown_role_is_a_fault_of_ours(client: Client) -> None:
    account_id = await client.cast.id("zhang")
    with pytest.raises(KeyError):
        await grants.give(SYSTEM, account_id, "king")


async def test_a_role_taken_while_it_is_given_leaves_no_half(client: Client) -> None:
    account_id = await client.cast.id("zhang")
    await asyncio.gather(
        *(grants.give(SYSTEM, account_id, "team_leader") for _ in range(5)),
        *(grants.take(SYSTEM, account_id, "team_leader") for _ in range(5)),
    )
    await grants.take(SYSTEM, account_id, "team_leader")
    held = RoleGrant.filter(account_id=account_id, role="team_leader", ended_at=None)
    assert not await held.exists()
