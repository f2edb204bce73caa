"""The bank: what is paid once, what is refused, and what a repeat may do."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
import requests

from api.integrations.bank import (
    BankClient,
    BankConfig,
    Order,
    Outcome,
    Payee,
    Reason,
    Standing,
    words,
)
from api.integrations.bank.client import PAGE
from api.integrations.bank.outcomes import ANSWERS, REASONS
from api.integrations.http import Klass, UpstreamError, Vendor
from api.kit import clock
from tests.api.integrations.bank_cast import ACCOUNT, CARDS, NUMBER, order
from tests.emulators import bank as emulator
from tests.emulators.fixtures import Emulators


@contextmanager
def client_of(emulators: Emulators, **more: Any) -> Iterator[BankClient]:
    values = {"base_url": emulators.url("bank"), **emulators.accounts["bank"], **more}
    config = BankConfig(**values)
    vendor = Vendor(config.endpoint())
    yield BankClient(config, vendor)
    vendor.close()


@pytest.fixture
def bank(emulators: Emulators) -> Iterator[BankClient]:
    with client_of(emulators) as client:
        yield client


def behave(emulators: Emulators, **what: Any) -> None:
    emulators.control("POST", "behave", what, vendor="bank")


def paid(emulators: Emulators) -> dict[str, Any]:
    return dict(emulators.control("GET", "batches", vendor="bank"))


def code_of(place: str, headers: dict[str, str]) -> str:
    return str(requests.get(place, headers=headers, timeout=5).json()["code"])


async def test_a_batch_is_paid_and_its_results_are_read(bank: BankClient) -> None:
    accepted = await bank.submit(order())
    assert (accepted.number, accepted.repeated) == (NUMBER, False)
    page = await bank.results(NUMBER, 0)
    assert [(r.seq, r.amount_fen, r.outcome) for r in page.results] == [
        (seq, 548_000 + seq, Outcome.SUCCESS) for seq in (1, 2, 3)
    ]
    assert (page.next, page.more) == (3, False)
    assert (await bank.results(NUMBER, page.next)).results == ()
    assert await bank.standing(NUMBER) == Standing(NUMBER, True, 3, 0)


async def test_the_same_batch_again_pays_nothing_more(
    bank: BankClient, emulators: Emulators
) -> None:
    await bank.submit(order())
    assert (await bank.submit(order())).repeated
    assert paid(emulators) == {NUMBER: {"lines": 3, "total_fen": order().total_fen}}


async def test_a_number_with_other_contents_is_a_conflict(bank: BankClient) -> None:
    await bank.submit(order())
    with pytest.raises(UpstreamError) as error:
        await bank.submit(order(lines=2))
    assert (error.value.code, error.value.permanent) == ("batch_conflict", True)


async def test_an_answer_lost_after_acceptance(bank: BankClient, emulators: Emulators) -> None:
    behave(emulators, answers_lost=1)
    with pytest.raises(UpstreamError) as error:
        await bank.submit(order())
    assert not error.value.permanent
    assert (await bank.submit(order())).repeated
    assert paid(emulators)[NUMBER]["lines"] == 3


async def test_a_bank_that_is_too_slow(emulators: Emulators) -> None:
    emulators.fault(emulator.BATCHES, "delay", seconds=1.0)
    with client_of(emulators, total_s=0.2) as slow:
        with pytest.raises(UpstreamError) as error:
            await slow.submit(order())
        assert error.value.code == "timeout"


async def test_each_reason_of_a_failed_payment(bank: BankClient, emulators: Emulators) -> None:
    for number, (theirs, ours) in enumerate(REASONS.items()):
        if ours is Reason.NONE:
            continue
        behave(emulators, cards={CARDS[0]: theirs})
        name = f"PL{number:012d}"
        await bank.submit(order(name))
        first = (await bank.results(name, 0)).results[0]
        assert (first.outcome, first.reason) == (Outcome.FAILED, ours)


async def test_an_unheard_of_reason_is_some_reason(bank: BankClient, emulators: Emulators) -> None:
    behave(emulators, cards={CARDS[0]: "METEORITE"})
    await bank.submit(order())
    assert (await bank.results(NUMBER, 0)).results[0].reason is Reason.OTHER


async def test_a_payee_with_another_name(bank: BankClient, emulators: Emulators) -> None:
    behave(emulators, names={CARDS[1]: "别人"})
    await bank.submit(order())
    outcomes = {r.seq: (r.outcome, r.reason) for r in (await bank.results(NUMBER, 0)).results}
    assert outcomes[2] == (Outcome.FAILED, Reason.NAME_DIFFERS)
    assert await bank.standing(NUMBER) == Standing(NUMBER, True, 2, 1)


async def test_results_come_late_twice_and_out_of_order(
    bank: BankClient, emulators: Emulators
) -> None:
    behave(emulators, delay_s=3600, repeated=True, shuffled=True)
    await bank.submit(order())
    assert (await bank.results(NUMBER, 0)).results == ()
    assert not (await bank.standing(NUMBER)).done
    emulators.advance(3600)
    # our clock follows, or the bank would refuse our signature
    clock.set_clock(lambda: datetime.now(clock.BEIJING) + timedelta(hours=1))
    found = (await bank.results(NUMBER, 0)).results
    clock.set_clock()
    assert [each.seq for each in found] == [3, 3, 2, 2, 1, 1]
    assert len({each.reference for each in found}) == 3


async def test_a_payment_comes_back(bank: BankClient, emulators: Emulators) -> None:
    behave(emulators, balances={ACCOUNT: 10**9})
    await bank.submit(order())
    after = (await bank.results(NUMBER, 0)).next
    before = (await bank.balance(ACCOUNT)).balance_fen
    emulators.control("POST", "return", {"number": NUMBER, "seq": 2}, vendor="bank")
    [back] = (await bank.results(NUMBER, after)).results
    assert (back.seq, back.outcome, back.reason) == (2, Outcome.RETURNED, Reason.CLOSED)
    assert (await bank.balance(ACCOUNT)).balance_fen == before + back.amount_fen


async def test_pages_follow_each_other(bank: BankClient) -> None:
    many = order(lines=PAGE + 5)
    await bank.submit(many)
    first = await bank.results(NUMBER, 0)
    second = await bank.results(NUMBER, first.next)
    assert (len(first.results), first.more) == (PAGE, True)
    assert ([each.seq for each in second.results], second.more) == (
        list(range(PAGE + 1, PAGE + 6)), False,
    )  # fmt: skip
    assert first.digest != second.digest
    assert (await bank.results(NUMBER, 0)).digest == first.digest


async def test_an_account_and_its_entries(bank: BankClient, emulators: Emulators) -> None:
    behave(emulators, balances={ACCOUNT: 2_000_000})
    start = datetime.now(clock.BEIJING) - timedelta(minutes=1)
    await bank.submit(order())
    assert (await bank.balance(ACCOUNT)).balance_fen == 2_000_000 - order().total_fen
    found = await bank.entries(ACCOUNT, start)
    assert [each.amount_fen for each in found] == [-548_001, -548_002, -548_003]


async def test_an_account_that_holds_too_little_pays_nobody(
    bank: BankClient, emulators: Emulators
) -> None:
    behave(emulators, balances={ACCOUNT: 1_000_000})
    with pytest.raises(UpstreamError) as error:
        await bank.submit(order())
    assert (error.value.code, error.value.klass) == ("balance_short", Klass.INPUT)
    assert paid(emulators) == {}


async def test_a_batch_that_does_not_add_up_is_refused(bank: BankClient) -> None:
    with pytest.raises(UpstreamError) as error:
        await bank.submit(Order(NUMBER, ACCOUNT, [Payee(1, "样例甲", CARDS[0], -5)]))
    assert error.value.code == "parameters_wrong"


async def test_a_wrong_secret_and_an_unknown_key(emulators: Emulators) -> None:
    for more, code in (
        ({"access_secret": "wrong"}, "signature_wrong"),
        ({"access_key": "somebody"}, "key_unknown"),
    ):
        with client_of(emulators, **more) as client, pytest.raises(UpstreamError) as error:
            await client.submit(order())
        assert (error.value.code, error.value.klass) == (code, Klass.CONFIGURATION)
    assert paid(emulators) == {}


async def test_a_request_is_not_taken_twice(bank: BankClient, emulators: Emulators) -> None:
    target = f"{emulator.BATCHES}/{NUMBER}"
    headers = bank._signed("GET", target, b"")
    answers = [code_of(emulators.url("bank") + target, headers) for _ in range(2)]
    assert answers == ["BATCH_UNKNOWN", "NONCE_USED"]


async def test_a_signature_holds_for_its_own_target_alone(
    bank: BankClient, emulators: Emulators
) -> None:
    headers = bank._signed("GET", f"{emulator.BATCHES}/PL1", b"")
    place = f"{emulators.url('bank')}{emulator.BATCHES}/PL2"
    assert code_of(place, headers) == "SIGNATURE_WRONG"


async def test_a_clock_that_is_off_is_noticed(bank: BankClient, emulators: Emulators) -> None:
    emulators.advance(301)
    with pytest.raises(UpstreamError) as error:
        await bank.standing(NUMBER)
    assert error.value.code == "clock_off"


@pytest.mark.parametrize("code", sorted(ANSWERS))
async def test_each_code_has_its_answer(bank: BankClient, emulators: Emulators, code: str) -> None:
    emulators.fault(emulator.BATCHES, "json", json={"code": code, "message": CARDS[0]})
    with pytest.raises(UpstreamError) as error:
        await bank.submit(order())
    assert error.value.code == ANSWERS[code].code
    assert re.fullmatch(r"[^a-zA-Z]+。", words(error.value.code))
    assert CARDS[0] not in f"{error.value} {error.value!r}"


ITEM = {
    "position": 1, "batch": NUMBER, "seq": 1, "amount_fen": 5, "result": "SUCCESS", "reason": "",
    "reference": "BK1", "at": "2026-11-29T12:00:00+08:00",
}  # fmt: skip


@pytest.mark.parametrize(
    "changed",
    [
        {"amount_fen": "5"}, {"amount_fen": 5.0}, {"amount_fen": True}, {"seq": 2**60},
        {"result": "MAYBE"}, {"at": "2026-11-29T12:00:00"}, {"at": "noon"}, {"reference": None},
    ],
)  # fmt: skip
async def test_results_that_say_nothing_certain_are_not_taken(
    bank: BankClient, emulators: Emulators, changed: dict[str, Any]
) -> None:
    emulators.fault(emulator.RESULTS, "json", json={"code": "OK", "items": [{**ITEM, **changed}]})
    with pytest.raises(UpstreamError) as error:
        await bank.results(NUMBER, 0)
    assert (error.value.code, error.value.permanent) == ("malformed", False)


async def test_nothing_of_a_person_is_in_what_prints(bank: BankClient) -> None:
    shown = f"{order()!r} {order().payees[0]!r}"
    assert all(text not in shown for text in (*CARDS, ACCOUNT, "样例甲"))
