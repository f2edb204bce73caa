"""Every address of accounts refuses the anonymous, the stranger, the wrong role, the malformed."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from api.accounts import grants
from api.kit.actor import SYSTEM
from api.kit.routes import OPERATIONS
from tests.api.accounts.ways_in import DEVICES, PASSWORD, PHONE, SESSIONS, outcome
from tests.cast import PARTS, Client

ID = UUID(int=7)
LOGIN = {"method": "wechat", "code": "once-worker"}
CODE = {"code": "once-worker"}


@dataclass(frozen=True)
class Row:
    """One address: who may call it, with what."""

    operation: str
    method: str
    path: str
    may: str | None = "zhang"
    may_not: str | None = None
    sudo: bool = False
    body: dict[str, Any] | None = None


V1 = "/api/v1"
STAFF = f"{V1}/platform/staff"
ADMIN: dict[str, Any] = {"may": "platform_admin", "may_not": "admin_a", "sudo": True}
ROWS = (
    Row("accounts.send_sms_code", "POST", f"{V1}/auth/sms-codes", None, body={"phone": PHONE}),
    Row("accounts.log_in", "POST", f"{V1}/auth/sessions", None, body=LOGIN),
    Row("accounts.prove_again", "POST", f"{V1}/auth/sudo", body=LOGIN),
    Row("accounts.log_out", "DELETE", f"{V1}/auth/sessions/current"),
    Row("accounts.lock_session", "POST", f"{V1}/auth/sessions/current/lock"),
    Row("accounts.unlock_session", "POST", f"{V1}/auth/sessions/current/unlock",
        body={"pin": "135790"}),
    Row("accounts.set_pin", "PUT", f"{V1}/me/pin", may_not="admin_a", body={"pin": "135790"}),
    Row("accounts.list_devices", "GET", f"{V1}/me/sessions"),
    Row("accounts.log_out_device", "DELETE", f"{V1}/me/sessions/{ID}"),
    Row("accounts.log_out_everywhere", "DELETE", f"{V1}/me/sessions"),
    Row("accounts.list_consent_texts", "GET", f"{V1}/consents", None),
    Row("accounts.list_consents", "GET", f"{V1}/me/consents", may_not="county"),
    Row("accounts.decide_consent", "PUT", f"{V1}/me/consents/face", may_not="admin_a",
        body={"version": "2026-11", "granted": True}),
    Row("accounts.set_phone", "PUT", f"{V1}/me/phone", sudo=True,
        body={"phone": PHONE, "code": "123456"}),
    Row("accounts.set_phone_by_wechat", "PUT", f"{V1}/me/phone/wechat", sudo=True, body=CODE),
    Row("accounts.bind_wechat", "PUT", f"{V1}/me/wechat", sudo=True, body=CODE),
    Row("accounts.activate", "POST", f"{V1}/auth/activations", None,
        body={"username": "clerk", "activation_code": "x", "password": PASSWORD}),
    Row("accounts.change_password", "PUT", f"{V1}/me/password", sudo=True,
        body={"password": PASSWORD}),
    Row("accounts.begin_second_factor", "POST", f"{V1}/me/second-factor", sudo=True),
    Row("accounts.confirm_second_factor", "PUT", f"{V1}/me/second-factor",
        body={"code": "123456"}),
    Row("accounts.give_second_factor", "POST", f"{V1}/auth/second-factor",
        body={"code": "123456"}),
    Row("accounts.wechat_oauth_url", "GET", f"{V1}/auth/wechat/oauth-url?return_path=/h5/", None),
    Row("accounts.jsapi_signature", "GET",
        f"{V1}/wechat/jsapi-signature?url=http://127.0.0.1:8000/", None),
    Row("platform.create_platform_staff", "POST", STAFF, **ADMIN,
        body={"username": "clerk", "role": "auditor", "region": None}),
    Row("platform.reissue_activation", "POST", f"{STAFF}/{ID}/activations", **ADMIN),
    Row("platform.reset_second_factor", "DELETE", f"{STAFF}/{ID}/second-factor", **ADMIN),
    Row("platform.disable_account", "DELETE", f"{STAFF}/{ID}", **ADMIN),
)  # fmt: skip
CLOSED = [row for row in ROWS if row.may]
BODIES = [row for row in ROWS if row.body]


async def ready(client: Client, row: Row) -> dict[str, Any]:
    """The options of a call by who may make it."""
    if row.sudo and row.may:
        await client.cast.sudo(row.may)
    return {"as_": row.may}


def test_every_address_has_its_row() -> None:
    ours = {name for name in OPERATIONS if name.startswith(("accounts.", "platform."))}
    assert {row.operation for row in ROWS} == ours


async def test_the_anonymous_must_log_in(client: Client) -> None:
    for row in CLOSED:
        answer = await client.request(row.method, row.path, json=row.body)
        assert outcome(answer) == (401, "auth.login_required"), row


async def test_a_token_of_nobody_is_refused_everywhere(client: Client) -> None:
    for row in ROWS:
        answer = await client.request(row.method, row.path, json=row.body, token="x" * 43)
        assert outcome(answer) == (401, "auth.login_required"), row


async def test_an_account_without_roles_may_nothing(client: Client) -> None:
    await grants.take(SYSTEM, await client.cast.id("zhang"), "worker")
    for row in CLOSED:
        answer = await client.request(row.method, row.path, json=row.body, as_="zhang")
        assert outcome(answer) == (403, "auth.not_permitted"), row


async def test_the_wrong_role_may_not(client: Client) -> None:
    for row in ROWS:
        if row.may_not:
            answer = await client.request(row.method, row.path, json=row.body, as_=row.may_not)
            assert outcome(answer) == (403, "auth.not_permitted"), row


async def test_a_dangerous_act_needs_a_fresh_proof(client: Client) -> None:
    for row in ROWS:
        if row.sudo:
            answer = await client.request(row.method, row.path, json=row.body, as_=row.may)
            assert outcome(answer) == (403, "auth.reauthentication_required"), row


async def test_everybody_may_see_and_end_his_own_logins(client: Client) -> None:
    for name in PARTS:
        assert (await client.get(DEVICES, as_=name)).status_code == 200, name
        assert (await client.delete(f"{SESSIONS}/current", as_=name)).status_code == 204, name
        assert (await client.get(DEVICES, as_=name)).status_code == 401, name


async def test_an_unknown_field_is_refused(client: Client) -> None:
    for row in BODIES:
        options = await ready(client, row)
        body = {**(row.body or {}), "is_admin": True}
        answer = await client.request(row.method, row.path, json=body, **options)
        assert outcome(answer) == (422, "request.invalid_fields"), row
        assert answer.json()["errors"][0]["path"].endswith("is_admin"), row


async def test_a_missing_field_is_named(client: Client) -> None:
    for row in BODIES:
        options = await ready(client, row)
        for missing in (row.body or {}).keys() - {"region"}:
            body = {name: value for name, value in (row.body or {}).items() if name != missing}
            answer = await client.request(row.method, row.path, json=body, **options)
            assert answer.status_code == 422, (row, missing)
            assert answer.json()["errors"], (row, missing)


async def test_what_is_no_json_object_is_refused(client: Client) -> None:
    headers = {"Content-Type": "application/json"}
    for row in BODIES:
        options = await ready(client, row)
        for raw in (b"", b"[]", b"null", b'{"a":', b'{"a":"\\u0000"}', b"\xff"):
            answer = await client.request(
                row.method, row.path, content=raw, headers=headers, **options
            )
            assert answer.status_code == 422, (row, raw)


async def test_another_format_is_refused(client: Client) -> None:
    for row in BODIES:
        options = await ready(client, row)
        answer = await client.request(row.method, row.path, data={"a": "b"}, **options)
        assert outcome(answer) == (415, "request.unsupported_media"), row


async def test_an_unknown_query_is_refused(client: Client) -> None:
    for row in ROWS:
        options = await ready(client, row)
        path = f"{row.path}{'&' if '?' in row.path else '?'}debug=1"
        answer = await client.request(row.method, path, json=row.body, **options)
        assert answer.status_code == 422, row


async def test_a_body_of_a_hundred_kilobytes_is_too_large(client: Client) -> None:
    for row in BODIES:
        options = await ready(client, row)
        body = {**(row.body or {}), "device": "x" * 100_000}
        answer = await client.request(row.method, row.path, json=body, **options)
        assert answer.status_code == 413, row


async def test_answers_are_not_kept_by_anybody(client: Client) -> None:
    for row in ROWS:
        answer = await client.request(row.method, row.path, json=row.body)
        assert answer.headers["Cache-Control"] == "no-store", row
        assert answer.headers["X-Request-Id"], row
