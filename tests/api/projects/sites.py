"""Synthetic projects, their units, posts and fences."""

from datetime import date, timedelta
from typing import Any

import httpx

from api.kit import clock
from tests.api.enterprises.firms import both_firms, credit_code
from tests.cast import Client

OWN = "/api/v1/enterprise/projects"
OVERSEEN = "/api/v1/regulator/projects"
DRAWING = {
    "name": "一期工地",
    "datum": "wgs84",
    "geometry": {"type": "Point", "coordinates": [104.0658, 30.6574]},
    "radius_m": 150,
    "buffer_m": 20,
}
SQUARE = [[104.06, 30.65], [104.07, 30.65], [104.07, 30.66], [104.06, 30.66], [104.06, 30.65]]
POLICY = {"methods": ["fence", "manual"], "shift_start": "08:00", "shift_end": "18:00"}
STANDARD = {
    "region": "510100",
    "effective_from": "2025-01-01",
    "minimum_month_fen": 233000,
    "authority": "样例市住房和城乡建设局",
    "authority_phone": "028-00000000",
    "labour_phone": "028-00000001",
    "arbitration": "样例市劳动人事争议仲裁委员会 028-00000002",
    "legal_aid": "样例市法律援助中心 12348",
    "source": "样例文件〔2025〕1号",
}


def today(days: int = 0) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


def day(text: str) -> date:
    return date.fromisoformat(text)


def details(**changed: Any) -> dict[str, Any]:
    return {"name": "天府样例一期", "region": "510107", "category": "01", **changed}


def unit(serial: int = 902, kind: str = "006", **changed: Any) -> dict[str, Any]:
    """A subcontractor: firm B, unless another serial is given."""
    code = credit_code(serial)
    return {
        "credit_code": code, "name": f"样例分包{serial}", "kind": kind,
        "entered_on": today(-10), **changed,
    }  # fmt: skip


def post(code: str = "g01", **changed: Any) -> dict[str, Any]:
    return {
        "post": code, "name": "孙样例", "phone": "13900000077", "starts_on": today(-5), **changed
    }  # fmt: skip


async def project(client: Client, by: str = "officer_a", **changed: Any) -> dict[str, Any]:
    """A project of firm A in the county 510107; firm B is a stranger to it."""
    await both_firms(client)
    return await another(client, by, **changed)


async def another(client: Client, by: str = "officer_a", **changed: Any) -> dict[str, Any]:
    answer = await client.post(OWN, as_=by, json=details(**changed))
    return made(answer)


async def sent(client: Client, path: str, body: Any, by: str = "officer_a") -> httpx.Response:
    return await client.post(f"{OWN}/{path}", as_=by, json=body)


def made(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def refusal(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def building(client: Client) -> dict[str, Any]:
    """A project under construction."""
    row = await project(client)
    made(await sent(client, f"{row['id']}/posts", post()))
    answer = await sent(client, f"{row['id']}/status", {"status": "003", "on": today()})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def fenced(client: Client, project_id: str, **changed: Any) -> dict[str, Any]:
    return made(await sent(client, f"{project_id}/fences", {**DRAWING, **changed}))
