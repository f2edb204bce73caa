"""Ways to succeed at logging in, proving oneself again, and changing how one is reached."""

from collections.abc import Awaitable, Callable

import httpx

from api.kit import clock
from tests.api.accounts import test_activation, test_binding, test_phone, ways_in
from tests.api.accounts import test_second_factor as factor
from tests.api.matrix_world import World
from tests.cast import Client
from tests.emulators.fixtures import Emulators

Way = Callable[[Client, Emulators, World], Awaitable[httpx.Response]]
NEW_PHONE = "13911117778"


async def log_in(client: Client, emulators: Emulators, _: World) -> httpx.Response:
    """A code by text message, typed back."""
    await ways_in.ask_code(client)
    return await ways_in.enter_by_sms(client, ways_in.sent_code(emulators))


async def activate(client: Client, *_: Emulators | World) -> httpx.Response:
    """A fresh activation code and a password of one's own."""
    code = await test_activation.invite()
    return await client.post(test_activation.PATH, json=test_activation.body(code))


async def confirm_second_factor(client: Client, *_: Emulators | World) -> httpx.Response:
    """A secret begun after a fresh proof, and its first code."""
    await ways_in.hire("fuzz.clerk")
    token = await factor.proved(client, "fuzz.clerk")
    code = ways_in.shown(await factor.begin(client, token))
    return await client.put(factor.PATH, token=token, json={"code": code})


async def prove_again(client: Client, *_: Emulators | World) -> httpx.Response:
    """The password once more."""
    await ways_in.hire("fuzz.guard")
    token = (await ways_in.enter_by_password(client, "fuzz.guard")).json()["token"]
    proof = {"method": "password", "username": "fuzz.guard", "password": ways_in.PASSWORD}
    return await client.post(ways_in.SUDO, token=token, json=proof)


async def give_second_factor(client: Client, *_: Emulators | World) -> httpx.Response:
    """A login without the factor, then its code."""
    account_id = await client.cast.id("officer_without_totp")
    authenticator = await ways_in.give_authenticator(account_id)
    code = authenticator.at(int(clock.now().timestamp()))
    token = await client.cast.token("officer_without_totp")
    return await client.post(factor.STEP_UP, token=token, json={"code": code})


async def set_phone(client: Client, emulators: Emulators, _: World) -> httpx.Response:
    """A code to the new phone, after a fresh proof."""
    token = await test_phone.newcomer(client, "once-mover")
    await ways_in.ask_code(client, NEW_PHONE)
    body = {"phone": NEW_PHONE, "code": ways_in.sent_code(emulators, NEW_PHONE)}
    return await client.put(test_phone.OWN, token=token, json=body)


async def set_phone_by_wechat(client: Client, *_: Emulators | World) -> httpx.Response:
    """The phone that WeChat knows."""
    token = await test_phone.newcomer(client, "once-caller")
    body = {"code": "once-phone-13911117779"}
    return await client.put(test_phone.BY_WECHAT, token=token, json=body)


async def bind_wechat(client: Client, *_: Emulators | World) -> httpx.Response:
    """The WeChat of somebody who came by text message."""
    await client.cast.sudo("wang")
    return await client.put(test_binding.PATH, as_="wang", json=test_binding.CODE)


LOGINS: dict[str, Way] = {
    "accounts.activate": activate,
    "accounts.bind_wechat": bind_wechat,
    "accounts.confirm_second_factor": confirm_second_factor,
    "accounts.give_second_factor": give_second_factor,
    "accounts.log_in": log_in,
    "accounts.prove_again": prove_again,
    "accounts.set_phone": set_phone,
    "accounts.set_phone_by_wechat": set_phone_by_wechat,
}
