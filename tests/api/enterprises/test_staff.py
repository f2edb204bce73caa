"""Staff: taken on, given and taken roles by the enterprise's own administrator."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from api.accounts.models import RoleGrant
from tests.api.attendance import sites
from tests.api.enterprises.firms import OWN, both_firms
from tests.cast import FIRM_A, FIRM_B, Client

STAFF = f"{OWN}/{FIRM_A}/staff"


async def hired(client: Client, username: str = "zhou.lzy", role: str = "wage_officer") -> Any:
    body = {"username": username, "role": role}
    answer = await client.post(STAFF, as_="admin_a", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


@pytest.fixture(autouse=True)
async def firms(client: Client) -> None:
    await both_firms(client)
    for name in ("admin_a", "admin_b"):
        await client.cast.sudo(name)


async def test_new_staff_come_with_a_code_and_one_role(client: Client) -> None:
    made = await hired(client)
    assert made["member"]["roles"] == ["wage_officer"]
    assert len(made["activation_code"]) >= 16
    names = {m["username"] for m in (await client.get(STAFF, as_="admin_a")).json()["items"]}
    assert names == {"admin_a", "zhou.lzy"}


async def test_taking_somebody_on_needs_a_fresh_proof(client: Client) -> None:
    await sites.log_in_again(client, "admin_a")
    body = {"username": "zhou.lzy", "role": "wage_officer"}
    answer = await client.post(STAFF, as_="admin_a", json=body)
    assert (answer.status_code, answer.json()["code"]) == (403, "auth.reauthentication_required")


async def test_a_user_name_in_use_is_refused(client: Client) -> None:
    await hired(client)
    body = {"username": "zhou.lzy", "role": "wage_officer"}
    assert (await client.post(STAFF, as_="admin_a", json=body)).status_code == 409


@pytest.mark.parametrize("role", ["regulator_county", "platform_admin", "worker", "reviewer", ""])
async def test_only_roles_of_an_enterprise_are_given(client: Client, role: str) -> None:
    body = {"username": "zhou.lzy", "role": role}
    assert (await client.post(STAFF, as_="admin_a", json=body)).status_code == 422
    path = f"{STAFF}/{await client.cast.id('admin_a')}/roles"
    assert (await client.post(path, as_="admin_a", json={"role": role})).status_code == 422
    assert (await client.delete(f"{path}/{role or 'x'}", as_="admin_a")).status_code == 404


async def test_another_role_is_given_once_and_taken(client: Client) -> None:
    path = f"{STAFF}/{(await hired(client))['member']['account_id']}/roles"
    for _ in range(2):
        answer = await client.post(path, as_="admin_a", json={"role": "project_manager"})
        assert answer.json()["roles"] == ["wage_officer", "project_manager"]
    assert (await client.delete(f"{path}/wage_officer", as_="admin_a")).status_code == 204
    assert (await client.delete(f"{path}/wage_officer", as_="admin_a")).status_code == 404


async def test_who_lost_his_role_is_a_stranger_at_once(client: Client) -> None:
    officer = await client.cast.id("officer_a")
    assert (await client.get(f"{OWN}/{FIRM_A}", as_="officer_a")).status_code == 200
    await client.delete(f"{STAFF}/{officer}/roles/wage_officer", as_="admin_a")
    assert (await client.get(f"{OWN}/{FIRM_A}", as_="officer_a")).status_code == 403


async def test_staff_of_another_enterprise_are_strangers(client: Client) -> None:
    officer_b = await client.cast.id("officer_b")
    path = f"{STAFF}/{officer_b}/roles"
    given = await client.post(path, as_="admin_a", json={"role": "wage_officer"})
    assert given.status_code == 404
    assert (await client.delete(f"{path}/wage_officer", as_="admin_a")).status_code == 404
    assert await RoleGrant.filter(account_id=officer_b, ended_at=None).count() == 1


async def test_another_administrator_is_a_stranger(client: Client) -> None:
    admin_a = await client.cast.id("admin_a")
    body = {"username": "spy.b", "role": "enterprise_admin"}
    assert (await client.get(STAFF, as_="admin_b")).status_code == 404
    assert (await client.post(STAFF, as_="admin_b", json=body)).status_code == 404
    path = f"{STAFF}/{admin_a}/roles"
    assert (
        await client.post(path, as_="admin_b", json={"role": "wage_officer"})
    ).status_code == 404
    assert (await client.delete(f"{path}/enterprise_admin", as_="admin_b")).status_code == 404


@pytest.mark.parametrize("name", ["zhang", "officer_a", "manager_a", "county"])
async def test_who_is_no_administrator_manages_nobody(client: Client, name: str) -> None:
    body = {"username": "zhou.lzy", "role": "wage_officer"}
    assert (await client.get(STAFF, as_=name)).status_code == 403
    assert (await client.post(STAFF, as_=name, json=body)).status_code == 403


async def test_the_anonymous_are_sent_to_log_in(client: Client) -> None:
    assert (await client.get(STAFF)).status_code == 401
    assert (await client.post(STAFF, json={})).status_code == 401
    assert (await client.delete(f"{STAFF}/{FIRM_B}/roles/wage_officer")).status_code == 401


async def test_the_last_administrator_stays(client: Client) -> None:
    admin = await client.cast.id("admin_a")
    answer = await client.delete(f"{STAFF}/{admin}/roles/enterprise_admin", as_="admin_a")
    assert (answer.status_code, answer.json()["code"]) == (409, "enterprises.last_admin")


async def test_of_two_who_remove_each_other_one_stays(client: Client) -> None:
    admin = await client.cast.id("admin_a")
    second = UUID((await hired(client, "second", "enterprise_admin"))["member"]["account_id"])
    paths = [f"{STAFF}/{each}/roles/enterprise_admin" for each in (admin, second)]
    answers = await asyncio.gather(*(client.delete(p, as_="admin_a") for p in paths))
    left = await RoleGrant.filter(tenant_id=FIRM_A, role="enterprise_admin", ended_at=None)
    assert len(left) == 1
    assert sorted(a.status_code for a in answers) in ([204, 403], [204, 404], [204, 409])


@pytest.mark.parametrize("username", ["", "Ab", "a b", "x" * 40, "王样例"])
async def test_a_malformed_user_name_is_refused(client: Client, username: str) -> None:
    body = {"username": username, "role": "wage_officer"}
    answer = await client.post(STAFF, as_="admin_a", json=body)
    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (422, "username")
