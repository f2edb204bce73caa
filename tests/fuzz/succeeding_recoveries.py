"""Ways to succeed at finding one's account again, and on phones that several people use."""

from dataclasses import replace

import httpx

from api.accounts import pins
from api.kit import clock
from tests.api.matrix_world import World
from tests.api.recovery import acquainted, asked
from tests.api.teams import people
from tests.api.workers.registering import declined, enter, photographed
from tests.cast import Client
from tests.emulators.fixtures import Emulators
from tests.fuzz.succeeding_logins import Way
from tests.specimens import person

PIN = "270815"
CURRENT = "/api/v1/auth/sessions/current"
AGAIN = "again"


async def set_pin(client: Client, *_: Emulators | World) -> httpx.Response:
    """A PIN of one's own, after a fresh proof."""
    await client.cast.sudo("wang")
    return await client.put("/api/v1/me/pin", as_="wang", json={"pin": PIN})


async def _with_pin(client: Client) -> None:
    who = await people.actor(client, "li")
    await pins.set_pin(replace(who, sudo_until=clock.in_seconds(60)), PIN)


async def lock_session(client: Client, *_: Emulators | World) -> httpx.Response:
    """By somebody who has a PIN."""
    await _with_pin(client)
    return await client.post(f"{CURRENT}/lock", as_="li")


async def unlock_session(client: Client, *_: Emulators | World) -> httpx.Response:
    """By its PIN, and the token that comes of it is his."""
    await _with_pin(client)
    opened = await client.post(f"{CURRENT}/unlock", as_="li", json={"pin": PIN})
    client.cast._tokens["li"] = opened.json()["token"]
    return opened


async def begin_recovery(client: Client, *_: Emulators | World) -> httpx.Response:
    """After a registration without the face."""
    await enter(client, AGAIN, "13900000016")
    await photographed(client, AGAIN, person(19))
    await declined(client, AGAIN, person(19))
    return await client.post(acquainted.OWN, as_=AGAIN)


async def show_recovery(client: Client, *_: Emulators | World) -> httpx.Response:
    """One's own, begun a moment ago."""
    return await client.get(acquainted.OWN, as_=AGAIN)


async def vouch(client: Client, _: Emulators, world: World) -> httpx.Response:
    """By a colleague who was not asked yet."""
    await asked.put_back(world.ids)
    await enter(client, "mate", "13900000017")
    await people.worker(client, "mate")
    await people.joined(client, str(world.ids["team_id"]), "mate")
    await asked.since_yesterday(world.ids)
    return await acquainted.said(client, str(world.ids["recovery_id"]), "mate")


async def decide_recovery(client: Client, _: Emulators, world: World) -> httpx.Response:
    """By an officer who does not find him on the card."""
    await asked.put_back(world.ids)
    row = str(world.ids["recovery_id"])
    return await acquainted.decided(client, row, None, decision="refuse")


async def object_to_takeover(client: Client, _: Emulators, world: World) -> httpx.Response:
    """By the account that holds the record."""
    await asked.put_back(world.ids)
    path = f"/api/v1/me/takeovers/{world.ids['takeover_id']}/objection"
    return await client.post(path, as_="zhang")


RECOVERIES: dict[str, Way] = {
    "accounts.lock_session": lock_session,
    "accounts.set_pin": set_pin,
    "accounts.unlock_session": unlock_session,
    "recovery.begin_recovery": begin_recovery,
    "recovery.decide_recovery": decide_recovery,
    "recovery.show_recovery": show_recovery,
    "recovery.vouch": vouch,
    "workers.object_to_takeover": object_to_takeover,
}
