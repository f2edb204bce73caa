"""Guessing codes: five tries for who asked, three for all others together, whatever they do."""

import asyncio
import contextlib

from api.accounts import sms_codes
from api.accounts.errors import WrongCode
from api.accounts.models import SmsCode
from api.audit.models import AuditLine
from api.audit.tags import Tag
from api.kit.actor import Origin
from api.kit.personal import Kind, Personal
from tests.api.accounts.ways_in import (
    ELSEWHERE,
    HOME,
    PHONE,
    Watch,
    ask_code,
    enter_by_sms,
    other_than,
    sent_code,
)
from tests.cast import Client
from tests.emulators.fixtures import Emulators

GUESSES = 10_000
CHANCES = 10**6
MOST = 0.0001


async def admitted() -> int:
    """How often a guess was held against a code."""
    rows = await SmsCode.all()
    return sum(row.own_tries + row.other_tries for row in rows)


async def test_the_fifth_try_may_be_right_and_the_sixth_not(
    client: Client, emulators: Emulators, watch: Watch
) -> None:
    for wrong, expected in ((4, 201), (5, 401)):
        await ask_code(client)
        code = sent_code(emulators)
        for _ in range(wrong):
            await enter_by_sms(client, other_than(code))
        assert (await enter_by_sms(client, code)).status_code == expected
        watch.forward(seconds=31)


async def test_a_stranger_burns_no_try_of_the_owner(client: Client, emulators: Emulators) -> None:
    await ask_code(client, ip=HOME)
    code = sent_code(emulators)
    for _ in range(20):
        await enter_by_sms(client, other_than(code), ip=ELSEWHERE)
    assert (await enter_by_sms(client, code, ip=ELSEWHERE)).status_code == 401
    assert (await enter_by_sms(client, code, ip=HOME)).status_code == 201


async def test_strangers_share_three_tries(client: Client, emulators: Emulators) -> None:
    await ask_code(client, ip=HOME)
    code = sent_code(emulators)
    for n in range(3):
        await enter_by_sms(client, other_than(code), ip=f"10.66.0.{n}")
    assert (await enter_by_sms(client, code, ip="10.66.0.9")).status_code == 401


async def test_a_stranger_who_asks_for_codes_leaves_the_owners_code_good(
    client: Client, emulators: Emulators, watch: Watch
) -> None:
    await ask_code(client, ip=HOME)
    code = sent_code(emulators)
    for n in range(1, 15):
        await ask_code(client, ip=f"10.66.0.{n}")
    assert (await enter_by_sms(client, code, ip=HOME)).status_code == 201


async def test_tries_at_the_same_moment_are_counted_each(
    client: Client, emulators: Emulators
) -> None:
    await ask_code(client)
    wrong = other_than(sent_code(emulators))
    answers = await asyncio.gather(*(enter_by_sms(client, wrong) for _ in range(30)))
    assert {a.status_code for a in answers} == {401}
    assert await admitted() == 5


async def test_ten_thousand_guesses_have_less_than_one_chance_in_ten_thousand(
    client: Client, watch: Watch
) -> None:
    asked = [await ask_code(client, ip=f"10.66.0.{n}") for n in range(1, 41)]
    assert 202 in {a.status_code for a in asked}
    phone = Personal.of(Kind.PHONE, PHONE)
    for n in range(GUESSES):
        origin = Origin(ip=f"10.66.{n // 250}.{n % 250 + 1}")
        with contextlib.suppress(WrongCode):
            await sms_codes.use(origin, phone, f"{n:06d}")
    assert 0 < await admitted() / CHANCES < MOST


async def test_wrong_tries_leave_a_line_in_the_audit(client: Client, emulators: Emulators) -> None:
    await ask_code(client)
    await enter_by_sms(client, other_than(sent_code(emulators)))
    assert await AuditLine.filter(tag=Tag.LOGIN_FAILED).count() == 1


async def test_one_code_raced_by_twenty_requests_opens_one_session(
    client: Client, emulators: Emulators
) -> None:
    await ask_code(client)
    code = sent_code(emulators)
    answers = await asyncio.gather(*(enter_by_sms(client, code) for _ in range(20)))
    assert sorted(a.status_code for a in answers) == [201] + [401] * 19
