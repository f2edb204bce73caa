"""Password login of staff: argon2id, one answer for unknown name and wrong password."""

import logging
import re
from typing import Any

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.low_level import Type

from api.accounts import passwords
from api.accounts.models import Account
from api.audit.models import AuditLine
from api.audit.tags import Tag
from tests.api.accounts.ways_in import (
    PASSWORD,
    PHONE,
    SESSIONS,
    ask_code,
    enter_by_password,
    hire,
    outcome,
)
from tests.cast import Client

WRONG = (401, "accounts.wrong_credentials")


async def test_staff_log_in_by_name_and_password(client: Client) -> None:
    account_id = await hire("foreman")
    opened = await enter_by_password(client, "foreman")
    assert opened.status_code == 201
    account = opened.json()["account"]
    assert account == {
        "id": str(account_id),
        "kind": "staff",
        "roles": ["project_manager"],
        "second_factor_set": False,
    }


async def test_the_password_is_stored_as_argon2id_of_demanded_strength(client: Client) -> None:
    account = await Account.get(id=await hire("foreman"))
    parameters = extract_parameters(account.password_hash)
    assert parameters.type is Type.ID
    assert parameters.memory_cost >= 19 * 1024
    assert parameters.time_cost >= 2
    assert parameters.salt_len >= 16
    assert PASSWORD not in account.password_hash


async def test_two_people_with_one_password_have_two_hashes(client: Client) -> None:
    rows = [await Account.get(id=await hire(name)) for name in ("foreman", "clerk")]
    assert rows[0].password_hash != rows[1].password_hash


async def test_an_outdated_hash_is_renewed_at_the_next_login(client: Client) -> None:
    account_id = await hire("foreman")
    weak = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    await Account.filter(id=account_id).update(password_hash=weak)
    assert (await enter_by_password(client, "foreman")).status_code == 201
    account = await Account.get(id=account_id)
    assert extract_parameters(account.password_hash).memory_cost >= 19 * 1024
    assert (await enter_by_password(client, "foreman")).status_code == 201


async def test_unknown_name_and_wrong_password_get_the_same_answer(client: Client) -> None:
    await hire("foreman")
    answers = [
        await enter_by_password(client, "foreman", "not the password at all"),
        await enter_by_password(client, "nobody", "not the password at all"),
    ]
    bodies = [{**a.json(), "request_id": ""} for a in answers]
    assert bodies[0] == bodies[1]
    assert [outcome(a) for a in answers] == [WRONG, WRONG]
    names = [sorted(a.headers.keys()) for a in answers]
    assert names[0] == names[1]


async def test_an_account_not_activated_yet_is_like_an_unknown_one(client: Client) -> None:
    await client.cast.id("officer_a")
    assert outcome(await enter_by_password(client, "officer_a")) == WRONG


async def test_a_person_has_no_password(client: Client) -> None:
    account_id = await client.cast.id("zhang")
    await Account.filter(id=account_id).update(username="zhang")
    assert outcome(await enter_by_password(client, "zhang")) == WRONG


def statements(caplog: pytest.LogCaptureFixture) -> list[str]:
    """The database's statements since the last clearing, without their values."""
    texts = [
        str(record.msg % record.args if record.args else record.msg)
        for record in caplog.records
        if record.name == "tortoise.db_client"
    ]
    caplog.clear()
    return [verb_and_table(text) for text in texts]


def verb_and_table(text: str) -> str:
    verb = text.partition(" ")[0]
    table = re.search(r'(?:FROM|INTO|UPDATE) "(\w+)"', text)
    return f"{verb} {table.group(1) if table else ''}"


@pytest.fixture
def watching_sql(caplog: pytest.LogCaptureFixture) -> Any:
    with caplog.at_level(logging.DEBUG, logger="tortoise.db_client"):
        yield caplog


async def test_unknown_name_and_wrong_password_cost_the_same_work(
    client: Client, watching_sql: pytest.LogCaptureFixture
) -> None:
    await hire("foreman")
    await enter_by_password(client, "somebody", "not the password at all")
    work = []
    for name in ("foreman", "nobody"):
        watching_sql.clear()
        await enter_by_password(client, name, "not the password at all")
        work.append(statements(watching_sql))
    assert len(work[0]) >= 4
    assert work[0] == work[1]


async def test_a_name_without_password_is_checked_against_a_hash_of_the_same_cost(
    client: Client,
) -> None:
    account = await Account.get(id=await hire("foreman"))
    dummy = extract_parameters(passwords._DUMMY)
    assert dummy == extract_parameters(account.password_hash)
    assert not await passwords.matches("", "a password that nobody has")


async def test_asking_for_a_code_costs_the_same_with_and_without_an_account(
    client: Client, watching_sql: pytest.LogCaptureFixture
) -> None:
    await client.cast.id("zhang")
    await ask_code(client, "13911110009", ip="10.1.0.9")
    work, bodies = [], []
    for n, phone in enumerate(("13900000001", PHONE)):
        watching_sql.clear()
        answer = await ask_code(client, phone, ip=f"10.1.0.{n}")
        work.append(statements(watching_sql))
        bodies.append((answer.status_code, answer.content))
    assert bodies == [(202, b"")] * 2
    assert work[0] == work[1] and work[0]


async def test_failures_leave_a_line_in_the_audit(client: Client) -> None:
    account_id = await hire("foreman")
    await enter_by_password(client, "foreman", "not the password at all")
    await enter_by_password(client, "nobody", "not the password at all")
    lines = await AuditLine.filter(tag=Tag.LOGIN_FAILED).order_by("seq")
    assert {line.subject_id for line in lines} == {account_id, None}


@pytest.mark.parametrize(
    "body",
    [
        {"username": "foreman"},
        {"username": "foreman", "password": ""},
        {"username": "foreman", "password": "x" * 129},
        {"username": "Foreman", "password": "x"},
        {"username": "f" * 33, "password": "x"},
        {"username": "foreman", "password": "x", "totp": "12345"},
        {"username": "foreman", "password": "x", "totp": 123456},
        {"username": "foreman", "password": "x", "role": "platform_admin"},
        {"username": "foreman", "password": "x", "device": "a\u200bb"},
    ],
)
async def test_malformed_logins_are_refused_without_repeating_them(
    client: Client, body: dict[str, Any]
) -> None:
    answer = await client.post(SESSIONS, json={"method": "password", **body})
    assert answer.status_code == 422
    assert answer.json()["errors"]
    assert "x" * 129 not in answer.text


@pytest.mark.parametrize("method", ["", "openid", None, "token"])
async def test_an_unknown_way_in_is_malformed(client: Client, method: str | None) -> None:
    answer = await client.post(SESSIONS, json={"method": method, "code": "1"})
    assert answer.status_code == 422


async def test_a_disabled_account_stays_outside(client: Client) -> None:
    account_id = await hire("foreman")
    await client.cast.sudo("platform_admin")
    path = f"/api/v1/platform/staff/{account_id}"
    assert (await client.delete(path, as_="platform_admin")).status_code == 204
    assert outcome(await enter_by_password(client, "foreman")) == (403, "accounts.disabled")
    assert outcome(await enter_by_password(client, "foreman", "something else")) == WRONG
