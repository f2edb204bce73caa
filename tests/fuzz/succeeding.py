"""Ways to succeed at the operations that need more than one well-formed request."""

from collections.abc import Awaitable, Callable

import httpx

from api.workers.models import Worker
from tests.api.accounts import ways_in
from tests.api.attendance import sites
from tests.api.engagements import site
from tests.api.matrix_world import World
from tests.api.workers import registering
from tests.cast import Client
from tests.emulators.fixtures import Emulators
from tests.specimens import person

FRESH = person(11)
NEW = "chen"
Way = Callable[[Client, Emulators, World], Awaitable[httpx.Response]]


async def read_id_card(client: Client, *_: Emulators | World) -> httpx.Response:
    """Photos of both sides of a card, after consent."""
    await registering.enter(client, NEW, "13900000006")
    return await registering.photographed(client, NEW, FRESH)


async def register(client: Client, *_: Emulators | World) -> httpx.Response:
    """The corrected fields and a selfie."""
    return await registering.submitted(client, NEW, FRESH)


async def set_bank_card(client: Client, *_: Emulators | World) -> httpx.Response:
    """One's own wage card, after consent and a fresh proof."""
    await client.agree(NEW, "bank_card")
    await client.cast.sudo(NEW)
    return await client.put("/api/v1/me/bank-card", as_=NEW, json={"number": FRESH.bank_card})


async def log_in(client: Client, emulators: Emulators, _: World) -> httpx.Response:
    """A code by text message, typed back."""
    await ways_in.ask_code(client)
    body = {"method": "sms", "phone": ways_in.PHONE, "code": ways_in.sent_code(emulators)}
    return await client.post(ways_in.SESSIONS, json=body, ip=ways_in.HOME)


async def enter(client: Client, _: Emulators, world: World) -> httpx.Response:
    """A contract signed and a training recorded, then in."""
    worker = await Worker.get(account_id=client.cast.ids[NEW])
    period = await site.ready(client, str(world.ids["project_id"]), NEW, worker=worker)
    return await period.enter()


async def cancel(client: Client, _: Emulators, world: World) -> httpx.Response:
    """Pre-registered on another site, where he does not come."""
    worker = await Worker.get(account_id=client.cast.ids[NEW])
    period = await site.period(client, await sites.second_site(client), NEW, worker=worker)
    return await period.post("cancel")


async def dispute(client: Client, _: Emulators, world: World) -> httpx.Response:
    """A day that the officer rejected."""
    workday = str(world.ids["workday_id"])
    await sites.decided(client, workday, "reject", reason="那天没有来")
    return await client.post(
        f"{sites.DAYS}/{workday}/dispute", as_="zhang", json={"reason": "我来了"}
    )


SUCCEEDING: dict[str, Way] = {
    "accounts.log_in": log_in,
    "attendance.dispute_workday": dispute,
    "workers.read_id_card": read_id_card,
    "workers.register": register,
    "engagement_office.cancel": cancel,
    "engagement_office.enter": enter,
    "workers.set_bank_card": set_bank_card,
}
