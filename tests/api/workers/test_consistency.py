"""POST /api/v1/enterprise/consistency-checks: true or false per field, never a stored value."""

from typing import Any

import httpx
import pytest

from api.audit.models import AuditLine
from api.workers.codes import printed
from api.workers.models import CodeState
from tests.api.enterprises.firms import both_firms
from tests.api.workers.records import collected, known
from tests.cast import FIRM_A, Client
from tests.specimens import person

CHECKS = "/api/v1/enterprise/consistency-checks"
ZHANG, LI = person(11), person(12)


async def asked(
    client: Client, fields: dict[str, Any], who: str | None = "officer_a", **subject: Any
) -> httpx.Response:
    return await client.post(CHECKS, as_=who, json={"fields": fields, **subject})


async def test_each_field_is_true_or_false(client: Client) -> None:
    await both_firms(client)
    row = await known(ZHANG)
    fields = {
        "name": ZHANG.name,
        "nation": f"{ZHANG.nation}族",
        "phone": LI.phone,
        "address": ZHANG.address,
        "birth": f"{ZHANG.birth:%Y-%m-%d}",
        "id_number": LI.number,
    }
    answer = await asked(client, fields, verification_code=printed(row.code))
    assert answer.json() == {
        "matches": {
            "name": True,
            "nation": True,
            "phone": False,
            "address": True,
            "birth": True,
            "id_number": False,
        }
    }
    assert ZHANG.phone not in answer.text and ZHANG.number not in answer.text
    line = await AuditLine.get(tag="consistency.checked")
    assert line.subject_id == row.id and line.tenant_id == FIRM_A
    assert line.facts["matched"] == 4


async def test_a_worker_is_named_by_number_too(client: Client) -> None:
    await both_firms(client)
    await known(ZHANG)
    answer = await asked(client, {"name": LI.name}, id_number=ZHANG.number)
    assert answer.json() == {"matches": {"name": False}}


async def test_unknown_and_unverified_workers_are_not_found(client: Client) -> None:
    await both_firms(client)
    await collected(LI)
    for number in (ZHANG.number, LI.number):
        assert (await asked(client, {"name": LI.name}, id_number=number)).status_code == 404


async def test_an_annulled_code_is_refused(client: Client) -> None:
    await both_firms(client)
    row = await known(ZHANG, code_state=CodeState.DEAD)
    answer = await asked(client, {"name": ZHANG.name}, verification_code=printed(row.code))
    assert answer.status_code == 409


@pytest.mark.parametrize(
    "subject", [{}, {"id_number": ZHANG.number, "verification_code": "W51-0000-0000-0000-0"}]
)
async def test_the_worker_is_named_one_way(client: Client, subject: dict[str, Any]) -> None:
    await both_firms(client)
    answer = await asked(client, {"name": ZHANG.name}, **subject)
    assert answer.status_code == 422
    assert ZHANG.number not in answer.text


@pytest.mark.parametrize(
    ("who", "status"), [(None, 401), ("zhang", 403), ("county", 403), ("manager_a", 403)]
)
async def test_only_enterprise_staff_ask(client: Client, who: str | None, status: int) -> None:
    await both_firms(client)
    answer = await asked(client, {"name": ZHANG.name}, who, id_number=ZHANG.number)
    assert answer.status_code == status


async def test_an_unknown_field_is_refused(client: Client) -> None:
    await both_firms(client)
    answer = await asked(client, {"shoe_size": "44"}, id_number=ZHANG.number)
    assert answer.status_code == 422
