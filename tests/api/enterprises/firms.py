"""Synthetic enterprises."""

from typing import Any
from uuid import UUID

import httpx
from stdnum.cn import uscc

from api.enterprises.models import Enterprise, State
from api.enterprises.rules import name_key
from api.kit.personal import Kind, Personal
from tests.cast import FIRM_A, FIRM_B, Client
from verification.credit_code import organisation_check

OWN = "/api/v1/enterprise/enterprises"
OVERSEEN = "/api/v1/regulator/enterprises"


def credit_code(serial: int, region: str = "510107") -> str:
    """A well-formed code of no existing enterprise."""
    body = f"MA6{serial:05d}"
    first17 = f"91{region}{body}{organisation_check(body)}"
    return first17 + str(uscc.calc_check_digit(first17))


def application(serial: int = 1, **changed: Any) -> dict[str, Any]:
    """What an enterprise in the county 510107 reports."""
    return {
        "name": f"成都样例建设工程有限公司{serial}",
        "credit_code": credit_code(serial),
        "legal_person": "王样例",
        "region": "510107",
        "address": "成都市武侯区样例路1号",
        "contact_name": "李样本",
        "contact_phone": "13900000099",
        **changed,
    }


async def submitted(client: Client, serial: int = 1, **changed: Any) -> dict[str, Any]:
    answer = await client.post(OWN, as_="applicant", json=application(serial, **changed))
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def decided(
    client: Client, enterprise_id: str, decision: str, reason: str | None = None, by: str = "county"
) -> httpx.Response:
    body = {"decision": decision, "reason": reason}
    return await client.post(f"{OVERSEEN}/{enterprise_id}/decision", as_=by, json=body)


async def verified(client: Client, serial: int = 1) -> dict[str, Any]:
    row = await submitted(client, serial)
    answer = await decided(client, row["id"], "verify")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def firm(
    firm_id: UUID, serial: int, client: Client, state: State = State.VERIFIED
) -> Enterprise:
    """The enterprise for which members of the cast work."""
    name = f"样例劳务有限公司{serial}"
    return await Enterprise.create(
        id=firm_id,
        name=name,
        name_key=name_key(name),
        credit_code=credit_code(serial),
        legal_person=Personal.of(Kind.NAME, "赵样例"),
        region="510107",
        address="成都市武侯区样例路2号",
        contact_name=Personal.of(Kind.NAME, "钱样例"),
        contact_phone=Personal.of(Kind.PHONE, "13900000098"),
        state=state,
        applicant_id=await client.cast.id("applicant"),
    )


async def both_firms(client: Client) -> None:
    """Firm A and firm B, verified, strangers to each other."""
    await firm(FIRM_A, 901, client)
    await firm(FIRM_B, 902, client)
