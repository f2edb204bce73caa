"""POST /auth/sudo: who proved himself again may do dangerous things for five minutes."""

import asyncio

import pytest

from api.accounts.models import Account
from api.audit.models import AuditLine
from api.audit.tags import Tag
from tests.api.accounts.ways_in import (
    DEVICES,
    PASSWORD,
    PHONE,
    SUDO,
    Watch,
    ask_code,
    enter_by_password,
    enter_by_wechat,
    give_authenticator,
    hire,
    outcome,
    sent_code,
    shown,
    sms_token,
)
from tests.cast import Client
from tests.emulators.fixtures import Emulators

DANGEROUS = "/api/v1/me/wechat"
REFUSED = (403, "auth.reauthentication_required")


async def dares(client: Client, token: str, n: int = 0) -> tuple[int, str]:
    """What comes of a dangerous act."""
    answer = await client.put(DANGEROUS, token=token, json={"code": f"once-dare.{n}"})
    return (204, "") if answer.status_code == 204 else outcome(answer)


async def test_a_worker_proves_himself_by_text_message(
    client: Client, emulators: Emulators, watch: Watch
) -> None:
    token = await sms_token(client, emulators)
    assert await dares(client, token) == REFUSED
    watch.forward(seconds=31)
    await ask_code(client)
    proof = {"method": "sms", "phone": PHONE, "code": sent_code(emulators)}
    proved = await client.post(SUDO, token=token, json=proof, ip="10.1.0.1")
    assert proved.status_code == 201, proved.text
    assert await dares(client, proved.json()["token"]) == (204, "")


async def by_wechat(client: Client, code: str = "once-worker") -> tuple[str, str]:
    """The tokens of somebody who came by WeChat, before and after he proved himself again."""
    old = (await enter_by_wechat(client, f"{code}.1")).json()["token"]
    proof = {"method": "wechat", "code": f"{code}.2"}
    return old, (await client.post(SUDO, token=old, json=proof)).json()["token"]


async def test_the_token_turns_and_the_old_one_is_dead(client: Client, remembering: None) -> None:
    old = (await enter_by_wechat(client, "once-worker.1")).json()["token"]
    assert (await client.get(DEVICES, token=old)).status_code == 200
    proof = {"method": "wechat", "code": "once-worker.2"}
    proved = await client.post(SUDO, token=old, json=proof)
    fresh = proved.json()["token"]
    assert fresh != old
    assert (await client.get(DEVICES, token=old)).status_code == 401
    devices = (await client.get(DEVICES, token=fresh)).json()["items"]
    assert len(devices) == 1


async def test_it_ends_after_five_minutes(client: Client, watch: Watch) -> None:
    _, token = await by_wechat(client)
    watch.forward(seconds=299)
    assert await dares(client, token) == (204, "")
    watch.forward(seconds=1)
    assert await dares(client, token, 1) == REFUSED
    assert (await client.get(DEVICES, token=token)).status_code == 200


async def test_it_holds_for_this_device_only(client: Client) -> None:
    other = (await enter_by_wechat(client, "once-worker.0")).json()["token"]
    await by_wechat(client)
    assert await dares(client, other) == REFUSED


async def test_it_does_not_lengthen_the_login(client: Client, watch: Watch) -> None:
    opened = (await enter_by_wechat(client, "once-worker.1")).json()
    watch.forward(days=20)
    proof = {"method": "wechat", "code": "once-worker.2"}
    proved = (await client.post(SUDO, token=opened["token"], json=proof)).json()
    assert proved["expires_at"] == opened["expires_at"]


async def test_anothers_proof_is_refused(client: Client) -> None:
    await enter_by_wechat(client, "once-other.1")
    token = (await enter_by_wechat(client, "once-worker.1")).json()["token"]
    proof = {"method": "wechat", "code": "once-other.2"}
    answer = await client.post(SUDO, token=token, json=proof)
    assert outcome(answer) == (403, "accounts.other_account")
    assert await dares(client, token) == REFUSED


async def test_a_proof_of_nobody_makes_no_account(client: Client, emulators: Emulators) -> None:
    token = (await enter_by_wechat(client, "once-worker.1")).json()["token"]
    await ask_code(client)
    for proof in (
        {"method": "wechat", "code": "once-newcomer"},
        {"method": "sms", "phone": PHONE, "code": sent_code(emulators)},
    ):
        answer = await client.post(SUDO, token=token, json=proof, ip="10.1.0.1")
        assert outcome(answer) == (403, "accounts.other_account")
    assert await Account.all().count() == 1


async def test_a_wrong_proof_is_refused(client: Client) -> None:
    await hire("clerk")
    token = (await enter_by_password(client, "clerk")).json()["token"]
    proof = {"method": "password", "username": "clerk", "password": "not the password"}
    answer = await client.post(SUDO, token=token, json=proof)
    assert outcome(answer) == (401, "accounts.wrong_credentials")
    assert (await client.get(DEVICES, token=token)).status_code == 200


async def test_staff_with_a_second_factor_give_it_again(client: Client, watch: Watch) -> None:
    authenticator = await give_authenticator(await hire("clerk"))
    login = await enter_by_password(client, "clerk", totp=shown(authenticator))
    token = login.json()["token"]
    proof = {"method": "password", "username": "clerk", "password": PASSWORD}
    without = await client.post(SUDO, token=token, json=proof)
    assert outcome(without) == (401, "accounts.second_factor_needed")
    watch.forward(seconds=30)
    proved = await client.post(SUDO, token=token, json={**proof, "totp": shown(authenticator)})
    assert proved.status_code == 201


async def test_proving_leaves_a_line_in_the_audit(client: Client) -> None:
    await by_wechat(client)
    assert await AuditLine.filter(tag=Tag.SESSION_PROVED_AGAIN).count() == 1


async def test_after_logging_out_there_is_nothing_to_prove(client: Client) -> None:
    old, token = await by_wechat(client)
    assert (await client.delete(DEVICES, token=token)).status_code == 204
    proof = {"method": "wechat", "code": "once-worker.3"}
    for dead in (old, token):
        assert (await client.post(SUDO, token=dead, json=proof)).status_code == 401


async def test_two_proofs_at_once_leave_one_live_token(client: Client) -> None:
    old = (await enter_by_wechat(client, "once-worker.0")).json()["token"]
    answers = await asyncio.gather(
        *(
            client.post(SUDO, token=old, json={"method": "wechat", "code": f"once-worker.{n}"})
            for n in (1, 2)
        )
    )
    tokens = [a.json()["token"] for a in answers if a.status_code == 201]
    live = [t for t in tokens if (await client.get(DEVICES, token=t)).status_code == 200]
    assert len(live) == 1


@pytest.mark.parametrize("body", [{}, {"method": "sms"}, {"method": "wechat", "code": ""}])
async def test_a_malformed_proof_is_refused(client: Client, body: dict[str, str]) -> None:
    assert (await client.post(SUDO, as_="zhang", json=body)).status_code == 422
