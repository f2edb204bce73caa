"""PUT and GET /api/v1/me/bank-card: a proof given again, one card for one person, a history."""

import asyncio
from typing import Any

import httpx
import pytest

from api.audit.models import AuditLine
from api.integrations.adapters import Adapters
from api.workers.models import BankCard
from tests.api.workers.registering import verified
from tests.cast import Client
from tests.specimens import person

CARD = "/api/v1/me/bank-card"
ZHANG, LI = person(11), person(12)
FIRST, SECOND = "6217000000000000004", "6222020000000000000"


@pytest.fixture
def adapters(emulated_adapters: Adapters) -> Adapters:
    return emulated_adapters


async def _ready(client: Client, who: str = "zhang") -> None:
    await verified(client, who, ZHANG if who == "zhang" else LI)
    await client.agree(who, "bank_card")
    await client.cast.sudo(who)


async def _put(
    client: Client, who: str = "zhang", number: str = FIRST, **body: Any
) -> httpx.Response:
    return await client.put(CARD, as_=who, json={"number": number, **body})


async def test_a_card_is_set_and_shown_masked(client: Client) -> None:
    await _ready(client)
    answer = await _put(client, number="6217 0000 0000 0000 004", holder=ZHANG.name)
    assert answer.status_code == 200, answer.text
    assert answer.json()["last_four"] == "0004"
    assert answer.json()["bank_code"] == "105"
    shown = await client.get(CARD, as_="zhang")
    assert FIRST not in shown.text and shown.json()["number"] == "尾号 0004"
    inbox = (await client.get("/api/v1/me/messages", as_="zhang")).json()
    assert inbox["items"][0]["kind"] == "bank_card.set"


async def test_the_same_card_again_changes_nothing(client: Client) -> None:
    await _ready(client)
    await _put(client)
    await _put(client)
    assert await BankCard.all().count() == 1


async def test_a_replaced_card_stays_in_the_history(client: Client) -> None:
    await _ready(client)
    await _put(client)
    assert (await _put(client, number=SECOND)).status_code == 200
    old = await BankCard.get(active_number=None)
    assert old.replaced_at is not None and old.number.masked == "尾号 0004"
    assert (await _put(client)).status_code == 200


async def test_one_card_for_two_persons_is_refused_and_noted(client: Client) -> None:
    await _ready(client)
    await _ready(client, "li")
    await _put(client)
    answer = await _put(client, "li")
    assert answer.status_code == 409
    assert answer.json()["code"] == "workers.bank_card_of_another"
    assert await AuditLine.filter(tag="bank_card.refused").count() == 1
    assert await BankCard.all().count() == 1


async def test_one_card_at_the_same_moment_goes_to_one(client: Client) -> None:
    await _ready(client)
    await _ready(client, "li")
    answers = await asyncio.gather(_put(client), _put(client, "li"))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert await AuditLine.filter(tag="bank_card.refused").count() == 1


async def test_an_old_proof_is_not_enough(client: Client) -> None:
    await verified(client, "zhang", ZHANG)
    await client.agree("zhang", "bank_card")
    answer = await _put(client)
    assert answer.status_code == 403
    assert answer.json()["code"] == "auth.reauthentication_required"


async def test_consent_comes_first(client: Client) -> None:
    await verified(client, "zhang", ZHANG)
    await client.cast.sudo("zhang")
    answer = await _put(client)
    assert answer.json()["code"] == "accounts.consent_missing"


async def test_an_unverified_worker_has_no_card(client: Client) -> None:
    await client.agree("zhang", "bank_card")
    await client.cast.sudo("zhang")
    answer = await _put(client)
    assert answer.status_code == 409
    assert answer.json()["code"] == "workers.not_verified"
    assert (await client.get(CARD, as_="zhang")).status_code == 404


async def test_another_holder_is_refused(client: Client) -> None:
    await _ready(client)
    answer = await _put(client, holder=LI.name)
    assert answer.status_code == 409
    assert answer.json()["code"] == "workers.bank_card_holder_differs"


@pytest.mark.parametrize("number", ["6217000000000000005", "12345", "62170000000000000aa"])
async def test_a_wrong_number_says_what_to_do_and_repeats_nothing(
    client: Client, number: str
) -> None:
    await _ready(client)
    answer = await _put(client, number=number)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["path"] == "number"
    assert "请您对照银行卡" in answer.json()["errors"][0]["message"]
    assert number not in answer.text


async def test_nobody_and_staff_are_refused(client: Client) -> None:
    assert (await client.put(CARD, json={"number": FIRST})).status_code == 401
    assert (await _put(client, "officer_a")).status_code == 403
    assert (await client.get(CARD, as_="officer_a")).status_code == 403
