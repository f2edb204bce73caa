"""Ways to succeed at the operations that need more than one well-formed request."""

from collections.abc import Awaitable, Callable

import httpx

from tests.api.accounts import ways_in
from tests.api.workers import registering
from tests.cast import Client
from tests.emulators.fixtures import Emulators
from tests.specimens import person

FRESH = person(11)
Way = Callable[[Client, Emulators], Awaitable[httpx.Response]]


async def read_id_card(client: Client, _: Emulators) -> httpx.Response:
    """Photos of both sides of a card, after consent."""
    return await registering.photographed(client, "leader", FRESH)


async def register(client: Client, _: Emulators) -> httpx.Response:
    """The corrected fields and a selfie."""
    return await registering.submitted(client, "leader", FRESH)


async def set_bank_card(client: Client, _: Emulators) -> httpx.Response:
    """One's own wage card, after consent and a fresh proof."""
    await client.agree("leader", "bank_card")
    await client.cast.sudo("leader")
    return await client.put("/api/v1/me/bank-card", as_="leader", json={"number": FRESH.bank_card})


async def log_in(client: Client, emulators: Emulators) -> httpx.Response:
    """A code by text message, typed back."""
    await ways_in.ask_code(client)
    body = {"method": "sms", "phone": ways_in.PHONE, "code": ways_in.sent_code(emulators)}
    return await client.post(ways_in.SESSIONS, json=body, ip=ways_in.HOME)


SUCCEEDING: dict[str, Way] = {
    "accounts.log_in": log_in,
    "workers.read_id_card": read_id_card,
    "workers.register": register,
    "workers.set_bank_card": set_bank_card,
}
