"""A phone that several people use: it locks by itself, opens by a PIN, five wrong ones end it."""

import asyncio

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.accounts import login, pins, shared_phones
from api.accounts.errors import NoSuchSession
from api.accounts.models import Pin, Session
from api.accounts.sessions import OnPhone
from api.audit.models import AuditLine
from api.audit.tags import Tag
from api.kit.actor import Actor, Origin
from api.kit.personal import Kind, Personal
from tests.api.accounts.ways_in import (
    DEVICES,
    PHONE,
    SESSIONS,
    SUDO,
    Watch,
    ask_code,
    outcome,
    sent_code,
)
from tests.cast import Client
from tests.emulators.fixtures import Emulators

PIN, WRONG = "270815", "270816"
LOCK, UNLOCK = f"{SESSIONS}/current/lock", f"{SESSIONS}/current/unlock"
LOCKED = (403, "auth.locked")
ME = "/api/v1/me"
LI_PHONE = "13911118888"


async def entered(
    client: Client, emulators: Emulators, phone: str = PHONE, *, shared: bool = True
) -> str:
    """The token of somebody who logged in, on a shared phone or his own, and has a PIN."""
    await ask_code(client, phone)
    body = {"method": "sms", "phone": phone, "code": sent_code(emulators, phone), "shared": shared}
    token = str((await client.post(SESSIONS, json=body)).json()["token"])
    if not await Pin.exists():
        chosen = await client.put("/api/v1/me/pin", token=token, json={"pin": PIN})
        assert chosen.status_code == 204, chosen.text
    return token


async def tried(client: Client, token: str, pin: str = PIN) -> httpx.Response:
    return await client.post(UNLOCK, token=token, json={"pin": pin})


async def test_it_locks_after_three_minutes_and_opens_by_the_pin(
    client: Client, emulators: Emulators, watch: Watch, remembering: None
) -> None:
    token = await entered(client, emulators)
    for _ in range(4):
        watch.forward(seconds=170)
        assert (await client.get(ME, token=token)).status_code == 200
    watch.forward(seconds=180)
    for path in (ME, DEVICES):
        assert outcome(await client.get(path, token=token)) == LOCKED
    opened = await tried(client, token)
    assert opened.status_code == 201, opened.text
    fresh = opened.json()["token"]
    assert fresh != token
    assert (await client.get(ME, token=fresh)).status_code == 200
    assert (await client.get(ME, token=token)).status_code == 401


async def test_a_login_on_an_own_phone_never_locks_by_itself(
    client: Client, emulators: Emulators, watch: Watch
) -> None:
    await ask_code(client)
    body = {"method": "sms", "phone": PHONE, "code": sent_code(emulators)}
    token = (await client.post(SESSIONS, json=body)).json()["token"]
    watch.forward(days=2)
    assert (await client.get(ME, token=token)).status_code == 200


async def test_what_is_locked_by_hand_opens_nothing_but_logging_out(
    client: Client, emulators: Emulators
) -> None:
    token = await entered(client, emulators)
    assert (await client.post(LOCK, token=token)).status_code == 204
    assert (await client.post(LOCK, token=token)).status_code == 204
    assert outcome(await client.get(ME, token=token)) == LOCKED
    assert outcome(await client.post("/api/v1/punches", token=token, json={})) == LOCKED
    assert outcome(await client.put("/api/v1/me/pin", token=token, json={})) == LOCKED
    assert (await client.get("/api/v1/consents", token=token)).status_code == 200
    assert (await client.delete(f"{SESSIONS}/current", token=token)).status_code == 204
    assert outcome(await tried(client, token)) == (401, "auth.login_required")


async def test_five_wrong_pins_end_the_login_and_no_other(
    client: Client, emulators: Emulators, watch: Watch
) -> None:
    own = await entered(client, emulators)
    watch.forward(seconds=31)
    token = await entered(client, emulators)
    for _ in range(4):
        assert outcome(await tried(client, token, WRONG)) == (401, "accounts.wrong_pin")
    assert outcome(await tried(client, token, WRONG)) == (401, "accounts.pin_spent")
    assert outcome(await tried(client, token)) == (401, "auth.login_required")
    assert (await tried(client, own)).status_code == 201
    assert await AuditLine.filter(tag=Tag.LOGIN_FAILED).count() == 5


async def test_a_right_pin_forgets_the_wrong_ones(client: Client, emulators: Emulators) -> None:
    token = await entered(client, emulators)
    for _ in range(3):
        for _ in range(4):
            await tried(client, token, WRONG)
        token = (await tried(client, token)).json()["token"]
    assert (await client.get(ME, token=token)).status_code == 200


async def test_of_many_guesses_at_once_five_are_looked_at(
    client: Client, emulators: Emulators
) -> None:
    token = await entered(client, emulators)
    guesses = [f"{n:06d}" for n in range(100, 119)]
    answers = await asyncio.gather(*(tried(client, token, guess) for guess in guesses))
    assert {answer.status_code for answer in answers} == {401}
    assert await AuditLine.filter(tag=Tag.LOGIN_FAILED).count() == 5
    assert (await client.get(ME, token=token)).status_code == 401


async def test_a_pin_proves_again_who_no_longer_has_his_sim_card(
    client: Client, emulators: Emulators
) -> None:
    token = await entered(client, emulators, shared=False)
    await ask_code(client, LI_PHONE)
    new = {"phone": LI_PHONE, "code": sent_code(emulators, LI_PHONE)}
    asked = await client.put("/api/v1/me/phone", token=token, json=new)
    assert outcome(asked) == (403, "auth.reauthentication_required")
    proof = await client.post(SUDO, token=token, json={"method": "pin", "pin": PIN})
    assert proof.status_code == 201, proof.text
    changed = await client.put("/api/v1/me/phone", token=proof.json()["token"], json=new)
    assert changed.status_code == 200, changed.text


async def test_on_a_shared_phone_the_pin_opens_and_proves_no_more(
    client: Client, emulators: Emulators
) -> None:
    token = await entered(client, emulators)
    proof = await client.post(SUDO, token=token, json={"method": "pin", "pin": PIN})
    assert outcome(proof) == (403, "accounts.pin_not_enough")


async def test_the_first_pin_needs_a_fresh_login_and_the_next_one_a_proof(
    client: Client, emulators: Emulators, watch: Watch
) -> None:
    token = await entered(client, emulators)
    refused = (403, "auth.reauthentication_required")
    again = await client.put("/api/v1/me/pin", token=token, json={"pin": "135790"})
    assert outcome(again) == refused
    await ask_code(client, LI_PHONE)
    body = {"method": "sms", "phone": LI_PHONE, "code": sent_code(emulators, LI_PHONE)}
    late = (await client.post(SESSIONS, json=body)).json()["token"]
    watch.forward(minutes=5)
    assert outcome(await client.put("/api/v1/me/pin", token=late, json={"pin": PIN})) == refused
    assert await Pin.all().count() == 1


async def test_a_pin_is_no_login(client: Client) -> None:
    answer = await client.post(SESSIONS, json={"method": "pin", "pin": PIN})
    assert answer.status_code == 422


async def test_without_a_pin_nothing_is_locked(client: Client) -> None:
    assert outcome(await client.post(LOCK, as_="zhang")) == (409, "accounts.no_pin")
    token = await client.cast.token("zhang")
    assert outcome(await tried(client, token)) == (409, "accounts.no_pin")


async def test_a_pin_is_kept_as_a_hash_alone(client: Client, emulators: Emulators) -> None:
    await entered(client, emulators)
    row = await Pin.get()
    assert row.pin_hash.startswith("$argon2id$") and PIN not in row.pin_hash
    assert await AuditLine.filter(tag=Tag.ACCOUNT_PIN_SET).count() == 1


@pytest.mark.parametrize("pin", ["000000", "111112", "121212", "123456", "987654", "343434"])
async def test_what_anybody_would_try_first_is_refused(client: Client, pin: str) -> None:
    answer = await client.put("/api/v1/me/pin", as_="zhang", json={"pin": pin})
    assert outcome(answer) == (422, "accounts.weak_pin")


@given(st.text("0123456789", min_size=6, max_size=6))
def test_few_pins_are_weak(pin: str) -> None:
    rows = {"012345", "123456", "234567", "345678", "456789"}
    expected = len(set(pin)) < 3 or pin in rows or pin[::-1] in rows
    assert pins.is_weak(pin) is expected


async def on_phone(client: Client, browser: str, *names: str) -> dict[str, Session]:
    """Sessions of these people on one phone, as if each had logged in there, one by one."""
    found = {}
    for name in names:
        await client.cast.token(name)
        row = await Session.get(account_id=await client.cast.id(name))
        row.shared, row.browser_hash = True, OnPhone(browser=browser).browser_hash
        await row.save()
        await pins.set_pin(Actor(await client.cast.id(name), row.id), PIN)
        found[name] = row
    return found


async def test_whoever_opens_a_phone_locks_the_others(client: Client) -> None:
    rows = await on_phone(client, "a-phone", "zhang", "li", "wang")
    origin = Origin(ip="10.1.0.1")
    opened = await shared_phones.switch(origin, "a-phone", rows["li"].id, PIN)
    assert (await client.get(ME, token=opened.token)).status_code == 200
    for name in ("zhang", "wang"):
        assert outcome(await client.get(ME, as_=name)) == LOCKED
    lines = AuditLine.filter(tag=Tag.SESSION_LOCKED)
    assert await lines.count() == 2


async def test_a_session_of_another_phone_does_not_open(client: Client) -> None:
    rows = await on_phone(client, "a-phone", "zhang")

    for browser in ("another-phone", ""):
        with pytest.raises(NoSuchSession):
            await shared_phones.switch(Origin(), browser, rows["zhang"].id, PIN)


async def test_a_sixth_person_takes_the_place_of_who_was_away_longest(
    client: Client, emulators: Emulators, watch: Watch
) -> None:
    names = ("zhang", "li", "wang", "leader", "applicant")
    rows = await on_phone(client, "a-phone", *names)
    for n, name in enumerate(names):
        await Session.filter(id=rows[name].id).update(last_seen_at=watch.at)
        watch.forward(seconds=n + 1)

    await ask_code(client)
    phone = Personal.of(Kind.PHONE, PHONE)
    proof = await login.by_sms(Origin(ip="10.1.0.1"), phone, sent_code(emulators))
    opened = await login.log_in(proof, Origin(), "", OnPhone(True, "a-phone"))
    people = await shared_phones.people("a-phone")
    assert people[0].session_id == opened.session_id
    assert len(people) == 5 and rows["zhang"].id not in {each.session_id for each in people}


async def test_logging_in_again_on_the_phone_replaces_the_earlier_login(
    client: Client, emulators: Emulators, watch: Watch
) -> None:

    phone = Personal.of(Kind.PHONE, PHONE)
    for _ in range(2):
        await ask_code(client)
        proof = await login.by_sms(Origin(ip="10.1.0.1"), phone, sent_code(emulators))
        await login.log_in(proof, Origin(), "", OnPhone(True, "a-phone"))
        watch.forward(seconds=31)
    assert len(await shared_phones.people("a-phone")) == 1
    assert await Session.filter(revoked_at=None).count() == 1
