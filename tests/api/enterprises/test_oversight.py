"""Officers decide on the enterprises of their region, and every change keeps what was before."""

import asyncio
from uuid import UUID, uuid4

import pytest

from api.accounts.models import RoleGrant
from api.audit.models import AuditLine
from api.enterprises.models import Enterprise, EnterpriseChange
from api.enterprises.service import names_of
from api.kit import memo
from api.notices.models import Notice
from tests.api.enterprises.firms import OVERSEEN, OWN, application, decided, submitted, verified
from tests.cast import Client
from verification.code import CodeKind, parse_code


async def test_a_verified_enterprise_has_its_code_and_an_administrator(client: Client) -> None:
    row = await verified(client)
    code = parse_code(row["code"])
    assert (row["state"], code.kind, code.province) == ("verified", CodeKind.ENTERPRISE, "51")
    applicant = await client.cast.id("applicant")
    grant = await RoleGrant.get(account_id=applicant, role="enterprise_admin", ended_at=None)
    assert str(grant.tenant_id) == row["id"]
    assert await Notice.filter(account_id=applicant, kind="enterprise.verified").count() == 1
    me = (await client.get("/api/v1/me/messages", as_="applicant")).json()
    assert row["name"] in me["items"][0]["text"]


async def test_the_code_is_for_good(client: Client) -> None:
    row = await verified(client)
    await decided(client, row["id"], "freeze", "资料存疑，等核实。")
    again = await decided(client, row["id"], "restore")
    assert again.json()["code"] == row["code"]
    same = await client.post(OWN, as_="applicant", json=application())
    assert (same.status_code, same.json()["code"]) == (200, row["code"])


async def test_a_refusal_says_why(client: Client) -> None:
    row = await submitted(client)
    without = await decided(client, row["id"], "refuse")
    assert (without.status_code, without.json()["errors"][0]["path"]) == (422, "reason")
    await decided(client, row["id"], "refuse", "营业执照过期。请换新证后再提交。")
    seen = (await client.get(f"{OWN}/{row['id']}", as_="applicant")).json()
    assert (seen["state"], seen["reason"]) == ("refused", "营业执照过期。请换新证后再提交。")
    assert seen["code"] is None


@pytest.mark.parametrize(
    ("before", "decision"),
    [
        ([], "freeze"), ([], "restore"), ([], "annul"), (["verify"], "verify"),
        (["verify"], "refuse"), (["verify"], "restore"), (["refuse"], "verify"),
        (["verify", "annul"], "restore"), (["verify", "annul"], "verify"),
        (["verify", "freeze"], "freeze"),
    ],
)  # fmt: skip
async def test_a_step_that_does_not_follow_is_refused(
    client: Client, before: list[str], decision: str
) -> None:
    row = await submitted(client)
    for each in before:
        assert (await decided(client, row["id"], each, "有原因。")).status_code == 200
    answer = await decided(client, row["id"], decision, "有原因。")
    assert (answer.status_code, answer.json()["code"]) == (409, "enterprises.wrong_step")


async def test_of_two_decisions_at_once_one_counts(client: Client) -> None:
    row = await submitted(client)
    await client.cast.id("county")
    await client.cast.id("city")
    answers = await asyncio.gather(
        decided(client, row["id"], "verify", by="county"),
        decided(client, row["id"], "refuse", "不符合。", by="city"),
    )
    assert sorted(a.status_code for a in answers) == [200, 409]


async def test_nobody_decides_on_his_own(client: Client) -> None:
    row = await submitted(client)
    county = await client.cast.id("county")
    await Enterprise.filter(id=row["id"]).update(applicant_id=county)
    answer = await decided(client, row["id"], "verify")
    assert (answer.status_code, answer.json()["code"]) == (403, "enterprises.own_application")


async def test_the_region_above_sees_and_the_neighbour_does_not(client: Client) -> None:
    row = await submitted(client)
    for name, status, seen in (("county", 200, 1), ("city", 200, 1), ("province", 200, 1),
                               ("neighbour", 404, 0)):  # fmt: skip
        assert (await client.get(f"{OVERSEEN}/{row['id']}", as_=name)).status_code == status
        assert len((await client.get(OVERSEEN, as_=name)).json()["items"]) == seen
    for path in ("history",):
        answer = await client.get(f"{OVERSEEN}/{row['id']}/{path}", as_="neighbour")
        assert answer.status_code == 404
    assert (await decided(client, row["id"], "verify", by="neighbour")).status_code == 404


@pytest.mark.parametrize("name", ["zhang", "applicant", "officer_a", "reviewer_1"])
async def test_others_are_no_officers(client: Client, name: str) -> None:
    row = await submitted(client)
    assert (await client.get(OVERSEEN, as_=name)).status_code == 403
    assert (await decided(client, row["id"], "verify", by=name)).status_code == 403
    reveal = await client.post(f"{OVERSEEN}/{row['id']}/reveal", as_=name, json={"reason": "x"})
    assert reveal.status_code == 403


async def test_the_anonymous_are_sent_to_log_in(client: Client) -> None:
    row = f"{OVERSEEN}/{uuid4()}"
    assert (await client.get(OVERSEEN)).status_code == 401
    assert (await client.get(row)).status_code == 401
    assert (await client.post(f"{row}/decision", json={"decision": "verify"})).status_code == 401
    assert (await client.request("PATCH", row, json={"reason": "x"})).status_code == 401
    assert (await client.post(f"{row}/reveal", json={"reason": "x"})).status_code == 401


async def test_lists_are_narrowed_by_state_name_and_code(client: Client) -> None:
    first = await submitted(client, 1, name="成都甲建设有限公司")
    await submitted(client, 2, name="成都乙建设有限公司")
    await decided(client, first["id"], "verify")
    code = first["credit_code"]
    found = {
        "state=verified": 1, "name=乙建设": 1, "name=建设": 2, "name=丙": 0,
        f"credit_code={code}": 1,
    }  # fmt: skip
    for query, expected in found.items():
        items = (await client.get(f"{OVERSEEN}?{query}", as_="county")).json()["items"]
        assert len(items) == expected, query


async def test_a_correction_keeps_the_old_value_who_when_and_why(client: Client) -> None:
    row = await verified(client)
    body = {"legal_person": "郑样例", "address": "成都市武侯区样例路8号", "reason": "营业执照换了"}
    answer = await client.request("PATCH", f"{OVERSEEN}/{row['id']}", as_="city", json=body)
    assert (answer.status_code, answer.json()["legal_person"]) == (200, "郑*例")
    items = (await client.get(f"{OVERSEEN}/{row['id']}/history", as_="county")).json()["items"]
    changes = {item["field"]: item for item in items if item["act"] == "corrected"}
    assert (changes["legal_person"]["old"], changes["legal_person"]["new"]) == ("王*例", "郑*例")
    assert changes["address"]["old"] == "成都市武侯区样例路1号"
    assert changes["address"]["reason"] == "营业执照换了"
    assert changes["address"]["account_id"] == str(await client.cast.id("city"))


async def test_a_corrected_name_is_known_everywhere_at_once(client: Client) -> None:
    memo.Channel.open = True  # as in a server that hears what is forgotten
    row = await verified(client)
    firm = UUID(row["id"])
    assert await names_of([firm, uuid4()]) == {firm: row["name"]}
    await Enterprise.filter(id=firm).update(name="没有说过的名字")
    assert await names_of([firm]) == {firm: row["name"]}
    body = {"name": "成都改名样例建设有限公司", "reason": "改名了"}
    answer = await client.request("PATCH", f"{OVERSEEN}/{firm}", as_="city", json=body)
    assert answer.status_code == 200, answer.text
    assert await names_of([firm]) == {firm: body["name"]}


async def test_a_correction_twice_leaves_one_line(client: Client) -> None:
    row = await verified(client)
    body = {"address": "成都市武侯区样例路8号", "reason": "搬迁"}
    for _ in range(2):
        answer = await client.request("PATCH", f"{OVERSEEN}/{row['id']}", as_="city", json=body)
        assert answer.status_code == 200
    items = (await client.get(f"{OVERSEEN}/{row['id']}/history", as_="county")).json()["items"]
    assert len([item for item in items if item["act"] == "corrected"]) == 1


async def test_an_enterprise_cannot_be_moved_out_of_ones_region(client: Client) -> None:
    row = await verified(client)
    body = {"region": "510104", "reason": "搬迁"}
    answer = await client.request("PATCH", f"{OVERSEEN}/{row['id']}", as_="county", json=body)
    assert (answer.status_code, answer.json()["code"]) == (403, "enterprises.outside_region")
    moved = await client.request("PATCH", f"{OVERSEEN}/{row['id']}", as_="city", json=body)
    assert moved.status_code == 200
    assert (await client.get(f"{OVERSEEN}/{row['id']}", as_="neighbour")).status_code == 200


async def test_looking_behind_the_mask_leaves_lines(client: Client) -> None:
    row = await submitted(client)
    path = f"{OVERSEEN}/{row['id']}/reveal"
    answer = await client.post(path, as_="county", json={"reason": "核对营业执照"})
    assert answer.json() == {
        "legal_person": "王样例", "contact_name": "李样本", "contact_phone": "13900000099",
    }  # fmt: skip
    assert await AuditLine.filter(tag="personal.revealed", subject="enterprise").count() == 3
    assert (await client.post(path, as_="neighbour", json={"reason": "x"})).status_code == 404
    assert (await client.post(path, as_="county", json={})).status_code == 422


async def test_the_register_is_kept_by_its_own_region(client: Client) -> None:
    master = {
        "credit_code": application()["credit_code"], "name": "成都样例有限公司",
        "region": "510107", "source": "市场监管登记", "as_of": "2026-01-01",
    }  # fmt: skip
    path = "/api/v1/regulator/enterprise-masters"
    first = await client.put(path, as_="county", json=master)
    again = await client.put(path, as_="city", json=master | {"name": "成都样例二有限公司"})
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json()["id"] == again.json()["id"]
    assert (await client.put(path, as_="neighbour", json=master)).status_code == 403
    stolen = await client.put(path, as_="neighbour", json=master | {"region": "510104"})
    assert stolen.status_code == 403
    assert (await client.put(path, as_="applicant", json=master)).status_code == 403


async def test_history_is_not_rewritten(client: Client) -> None:
    row = await submitted(client)
    with pytest.raises(Exception, match="append-only"):
        await EnterpriseChange.filter(enterprise_id=row["id"]).update(act="nothing")
    with pytest.raises(Exception, match="append-only"):
        await EnterpriseChange.filter(enterprise_id=row["id"]).delete()
