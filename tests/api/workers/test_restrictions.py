"""Restrictions: entered and ended by regulators, asked about by enterprises, known by date."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from api.audit.models import AuditLine
from api.workers.codes import printed
from api.workers.models import CodeState
from tests.api.enterprises.firms import both_firms, credit_code
from tests.api.workers.records import known
from tests.api.workers.registering import codes, declined, photographed
from tests.cast import Client
from tests.specimens import person

RESTRICTIONS = "/api/v1/regulator/restrictions"
CHECKS = "/api/v1/enterprise/restriction-checks"
ZHANG, LI = person(11), person(12)


def entry(**changed: Any) -> dict[str, Any]:
    fields = {
        "id_number": ZHANG.number,
        "region": "510107",
        "reason": "black_list",
        "document": "武住建发〔2026〕12号",
        "valid_from": "2026-01-01",
        "valid_to": "2026-12-31",
    }
    return {name: value for name, value in {**fields, **changed}.items() if value is not None}


async def entered(client: Client, **changed: Any) -> dict[str, Any]:
    answer = await client.post(RESTRICTIONS, as_="county", json=entry(**changed))
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def asked(client: Client, who: str = "officer_a", **body: Any) -> httpx.Response:
    return await client.post(CHECKS, as_=who, json=body)


async def test_a_listed_worker_is_restricted_with_class_and_period_only(client: Client) -> None:
    await both_firms(client)
    made = await entered(client)
    assert made["id_number"] == ZHANG.number[:4] + "*" * 10 + ZHANG.number[-4:]
    answer = await asked(client, id_number=ZHANG.number, on="2026-06-01")
    assert answer.json() == {
        "restricted": True,
        "on": "2026-06-01",
        "items": [{"reason": "black_list", "valid_from": "2026-01-01", "valid_to": "2026-12-31"}],
    }
    line = await AuditLine.get(tag="restriction.checked")
    assert line.facts == {"day": "2026-06-01", "found": 1}


@pytest.mark.parametrize(
    ("day", "restricted"),
    [
        ("2025-12-31", False),
        ("2026-01-01", True),
        ("2026-12-31", True),
        ("2027-01-01", False),
    ],
)
async def test_the_first_and_last_day_count(client: Client, day: str, restricted: bool) -> None:
    await both_firms(client)
    await entered(client)
    answer = await asked(client, id_number=ZHANG.number, on=day)
    assert answer.json()["restricted"] is restricted


async def test_another_person_is_not_restricted(client: Client) -> None:
    await both_firms(client)
    await entered(client)
    assert (await asked(client, id_number=LI.number)).json()["restricted"] is False


async def test_an_ended_restriction_is_over_but_was_there(client: Client) -> None:
    await both_firms(client)
    made = await entered(client, valid_from="2020-01-01", valid_to=None)
    ended = await client.post(
        f"{RESTRICTIONS}/{made['id']}/end", as_="county", json={"reason": "申诉成立"}
    )
    assert ended.status_code == 200 and ended.json()["ended_reason"] == "申诉成立"
    assert (await asked(client, id_number=ZHANG.number)).json()["restricted"] is False
    past = await asked(client, id_number=ZHANG.number, on="2021-01-01")
    assert past.json()["restricted"] is True
    again = await client.post(
        f"{RESTRICTIONS}/{made['id']}/end", as_="county", json={"reason": "再来"}
    )
    assert again.status_code == 404
    listed = (await client.get(RESTRICTIONS, as_="county")).json()["items"]
    assert [row["id"] for row in listed] == [made["id"]]


async def test_an_enterprise_is_restricted_by_its_credit_code(client: Client) -> None:
    await both_firms(client)
    await entered(client, id_number=None, credit_code=credit_code(5))
    answer = await asked(client, credit_code=credit_code(5), on="2026-06-01")
    assert answer.json()["restricted"] is True


async def test_a_worker_is_asked_about_by_code_unless_it_is_annulled(client: Client) -> None:
    await both_firms(client)
    row = await known(ZHANG)
    await entered(client)
    answer = await asked(client, verification_code=printed(row.code), on="2026-06-01")
    assert answer.json()["restricted"] is True
    await row.update_from_dict({"code_state": CodeState.DEAD}).save()
    refused = await asked(client, verification_code=printed(row.code))
    assert refused.status_code == 409


async def test_a_restricted_person_is_not_verified_without_people(client: Client) -> None:
    await entered(client, valid_to=None)
    await photographed(client, "zhang", ZHANG)
    answer = await declined(client, "zhang", ZHANG)
    assert answer.json()["status"] == "needs_review"
    assert "restriction.active" in codes(answer)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"id_number": ZHANG.number, "credit_code": credit_code(5)},
        {"id_number": ZHANG.number, "on": "soon"},
    ],
)
async def test_a_question_names_exactly_one(client: Client, body: dict[str, Any]) -> None:
    await both_firms(client)
    answer = await asked(client, **body)
    assert answer.status_code == 422
    assert ZHANG.number not in answer.text


async def test_who_may_ask_and_enter(client: Client) -> None:
    assert (await client.post(CHECKS, json={"id_number": ZHANG.number})).status_code == 401
    assert (await asked(client, "zhang", id_number=ZHANG.number)).status_code == 403
    unverified = await asked(client, id_number=ZHANG.number)
    assert unverified.status_code == 403
    assert (await client.get(RESTRICTIONS, as_="officer_a")).status_code == 403
    outside = await client.post(RESTRICTIONS, as_="neighbour", json=entry())
    assert outside.status_code == 404
    made = await entered(client)
    assert (await client.get(RESTRICTIONS, as_="neighbour")).json()["items"] == []
    end = f"{RESTRICTIONS}/{made['id']}/end"
    assert (await client.post(end, as_="neighbour", json={"reason": "不"})).status_code == 404


@pytest.mark.parametrize(
    "changed",
    [
        {"valid_to": "2025-12-31"},
        {"credit_code": credit_code(5)},
        {"id_number": None},
        {"reason": "dislike"},
        {"document": ""},
        {"region": "51"},
    ],
)
async def test_a_malformed_entry_is_refused(client: Client, changed: dict[str, Any]) -> None:
    answer = await client.post(RESTRICTIONS, as_="county", json=entry(**changed))
    assert answer.status_code == 422


async def test_an_unknown_restriction_is_not_found(client: Client) -> None:
    path = f"{RESTRICTIONS}/{uuid4()}/end"
    assert (await client.post(path, as_="county", json={"reason": "没有"})).status_code == 404
