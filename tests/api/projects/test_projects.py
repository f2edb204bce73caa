"""A contractor sets up projects and keeps their key information."""

import pytest

from api.audit.models import AuditLine
from api.enterprises.models import Enterprise, State
from api.projects.models import Project
from tests.api.enterprises.firms import both_firms
from tests.api.projects.sites import (
    OWN,
    another,
    building,
    details,
    fenced,
    made,
    post,
    project,
    refusal,
    sent,
    today,
    unit,
)
from tests.cast import FIRM_A, FIRM_B, Client
from verification.code import CodeKind, parse_code

FULL = {
    "name": "天府样例一期", "category": "01", "address": "样例大道1号", "description": "住宅",
    "area_m2": "120000.50", "investment_fen": 3000000000, "starts_on": "2026-01-01",
    "ends_on": "2028-01-01", "pay_day": 15,
    "external_codes": [{"platform": "sichuan", "code": "51010720260101001"}],
}  # fmt: skip


async def test_a_new_project_has_a_code_and_its_contractor(client: Client) -> None:
    row = await project(client)
    code = parse_code(row["code"])
    assert (code.kind, code.province) == (CodeKind.PROJECT, "51")
    assert (row["status"], row["status_name"]) == ("001", "筹备")
    assert row["enterprise_id"] == str(FIRM_A)
    assert row["region_name"] == "四川省成都市武侯区"
    units = (await client.get(f"{OWN}/{row['id']}/units", as_="officer_a")).json()["items"]
    assert [(u["kind_name"], u["enterprise_id"]) for u in units] == [("总承包单位", str(FIRM_A))]
    assert await AuditLine.filter(tag="project.created", tenant_id=FIRM_A).count() == 1


@pytest.mark.parametrize("state", [State.SUBMITTED, State.REFUSED, State.FROZEN, State.ANNULLED])
async def test_only_a_verified_enterprise_sets_up_projects(client: Client, state: State) -> None:
    await both_firms(client)
    await Enterprise.filter(id=FIRM_A).update(state=state)
    answer = await client.post(OWN, as_="officer_a", json=details())
    assert refusal(answer) == (403, "projects.contractor_not_verified")
    assert await Project.all().count() == 0


async def test_nobody_sets_up_projects_for_another_enterprise(client: Client) -> None:
    await both_firms(client)
    body = details(enterprise_id=str(FIRM_B))
    assert (await client.post(OWN, as_="officer_a", json=body)).status_code == 404
    for name, status in ((None, 401), ("zhang", 403), ("county", 403)):
        assert (await client.post(OWN, as_=name, json=details())).status_code == status


async def test_the_same_request_again_makes_one_project(client: Client) -> None:
    await both_firms(client)
    headers = {"Idempotency-Key": "one"}
    first, again = [
        await client.post(OWN, as_="manager_a", json=details(), headers=headers) for _ in range(2)
    ]
    assert first.json() == again.json()
    assert await Project.all().count() == 1


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"region": "510100"}, "region"), ({"region": "999999"}, "region"),
        ({"category": "77"}, "category"), ({"name": "天"}, "name"), ({"pay_day": 32}, "pay_day"),
        ({"area_m2": "-1"}, "area_m2"), ({"area_m2": "1.234"}, "area_m2"),
        ({"address": "样例\u0007路"}, "address"),
        ({"investment_fen": -1}, "investment_fen"), ({"investment_fen": 10**30}, "investment_fen"),
        ({"starts_on": "2026-02-01", "ends_on": "2026-01-31"}, ""),
        ({"external_codes": [{"platform": "a", "code": "1"}, {"platform": "a", "code": "2"}]}, ""),
    ],
)  # fmt: skip
async def test_a_wrong_field_is_named(
    client: Client, changed: dict[str, object], path: str
) -> None:
    await both_firms(client)
    answer = await client.post(OWN, as_="officer_a", json=details(**changed))
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["path"] == path


async def test_details_are_replaced_as_a_whole(client: Client) -> None:
    row = await project(client)
    for _ in range(2):
        answer = await client.put(f"{OWN}/{row['id']}", as_="manager_a", json=FULL)
        assert answer.status_code == 200, answer.text
    seen = (await client.get(f"{OWN}/{row['id']}", as_="officer_a")).json()
    assert {name: seen[name] for name in FULL} == FULL
    assert seen["region"] == "510107"


async def test_missing_key_information_is_named_until_it_is_there(client: Client) -> None:
    row = await project(client)
    assert [m["name"] for m in row["missing"]] == [
        "项目地址", "建筑面积", "总投资", "开工和竣工日期", "工资支付日", "施工许可证", "电子围栏",
        "劳资专管员", "项目经理", "建设单位",
    ]  # fmt: skip
    await client.put(f"{OWN}/{row['id']}", as_="officer_a", json=FULL)
    permits = {"items": [{"number": "510107202601010101"}, {"number": "510107202601010201-S"}]}
    answer = await client.put(f"{OWN}/{row['id']}/permits", as_="officer_a", json=permits)
    assert [p["number"] for p in answer.json()["permits"]] == [
        p["number"] for p in permits["items"]
    ]
    await fenced(client, row["id"])
    made(await sent(client, f"{row['id']}/posts", post()))
    listed = (await client.get(OWN, as_="officer_a")).json()["items"][0]
    assert [m["item"] for m in listed["missing"]] == ["manager", "owner"]
    made(await sent(client, f"{row['id']}/posts", post("1", phone="13900000078")))
    made(await sent(client, f"{row['id']}/units", unit(930, "008")))
    assert (await client.get(f"{OWN}/{row['id']}", as_="county")).status_code == 403
    assert (await client.get(f"{OWN}/{row['id']}", as_="officer_a")).json()["missing"] == []


async def test_a_permit_stands_once(client: Client) -> None:
    row = await project(client)
    twice = {"items": [{"number": "A1"}, {"number": "A1"}]}
    answer = await client.put(f"{OWN}/{row['id']}/permits", as_="officer_a", json=twice)
    assert answer.status_code == 422
    long = {"items": [{"number": "1" * 51}]}
    answer = await client.put(f"{OWN}/{row['id']}/permits", as_="officer_a", json=long)
    assert answer.status_code == 422


async def test_works_begin_only_with_a_wage_officer(client: Client) -> None:
    row = await project(client)
    step = {"status": "003", "on": today()}
    made(await sent(client, f"{row['id']}/posts", post("1")))
    answer = await sent(client, f"{row['id']}/status", step)
    assert refusal(answer) == (409, "projects.officer_missing")
    old = post(starts_on=today(-9), ends_on=today(-1))
    made(await sent(client, f"{row['id']}/posts", old))
    answer = await sent(client, f"{row['id']}/status", step)
    assert refusal(answer) == (409, "projects.officer_missing")
    made(await sent(client, f"{row['id']}/posts", post(starts_on=today())))
    answer = await sent(client, f"{row['id']}/status", step)
    assert (answer.status_code, answer.json()["status_name"]) == (200, "在建")


@pytest.mark.parametrize(("before", "after", "ok"), [
    ([], "004", False), ([], "005", False), (["003"], "003", False), (["003"], "001", False),
    (["003", "005"], "003", True), (["003", "005"], "004", True), (["003", "004"], "003", False),
])  # fmt: skip
async def test_the_status_takes_only_steps_that_follow(
    client: Client, before: list[str], after: str, ok: bool
) -> None:
    row = await project(client)
    made(await sent(client, f"{row['id']}/posts", post()))
    for status in before:
        assert (await sent(client, f"{row['id']}/status", {
            "status": status, "on": today()})).status_code == 200  # fmt: skip
    answer = await sent(client, f"{row['id']}/status", {"status": after, "on": today()})
    assert answer.status_code == (200 if ok else 409)
    changes = (await client.get(f"{OWN}/{row['id']}/status-changes", as_="manager_a")).json()
    assert len(changes["items"]) == len(before) + ok


async def test_a_step_lies_between_the_last_one_and_today(client: Client) -> None:
    row = await building(client)
    for when in (today(1), today(-1)):
        answer = await sent(client, f"{row['id']}/status", {"status": "005", "on": when})
        assert refusal(answer) == (422, "projects.status_date")


async def test_a_finished_project_changes_no_more(client: Client) -> None:
    row = await building(client)
    await sent(client, f"{row['id']}/status", {"status": "004", "on": today()})
    answer = await client.put(f"{OWN}/{row['id']}", as_="officer_a", json=FULL)
    assert refusal(answer) == (409, "projects.finished")


async def test_lists_are_narrowed_and_paged(client: Client) -> None:
    await building(client)
    await another(client, name="锦江样例二期")
    await another(client, name="锦江样例三期")
    for query, number in (("status=003", 1), ("status=001", 2), ("name=锦江", 2), ("name=无", 0)):
        assert len((await client.get(f"{OWN}?{query}", as_="admin_a")).json()["items"]) == number
    first = (await client.get(f"{OWN}?limit=2", as_="admin_a")).json()
    rest = (await client.get(f"{OWN}?limit=2&cursor={first['next_cursor']}", as_="admin_a")).json()
    names = [item["name"] for item in first["items"] + rest["items"]]
    assert (names, rest["next_cursor"]) == (
        ["锦江样例三期", "锦江样例二期", "天府样例一期"], None
    )  # fmt: skip
    assert (await client.get(f"{OWN}?status=009", as_="admin_a")).status_code == 422
