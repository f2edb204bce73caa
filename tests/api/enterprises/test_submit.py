"""An enterprise reports itself: refused with the reason, doubted, or ready for the officer."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from api.enterprises.models import Enterprise
from api.enterprises.service import names_of
from api.kit import memo
from api.notices.models import Notice
from tests.api.enterprises.firms import OVERSEEN, OWN, application, credit_code, decided, submitted
from tests.cast import Client


async def test_a_report_waits_for_the_officer_and_masks_its_people(client: Client) -> None:
    row = await submitted(client)
    assert row["state"] == "submitted"
    assert row["code"] is None
    assert row["region_name"] == "四川省成都市武侯区"
    assert (row["legal_person"], row["contact_phone"]) == ("王*例", "139****0099")


async def test_a_worker_may_report_his_enterprise(client: Client) -> None:
    assert (await client.post(OWN, as_="zhang", json=application())).status_code == 201


async def test_the_same_again_is_the_same_enterprise(client: Client) -> None:
    first = await submitted(client)
    again = await client.post(OWN, as_="applicant", json=application())
    assert (again.status_code, again.json()["id"]) == (200, first["id"])
    assert await Enterprise.all().count() == 1


async def test_many_at_once_make_one_enterprise(client: Client) -> None:
    await client.cast.id("applicant")
    calls = [client.post(OWN, as_="applicant", json=application()) for _ in range(15)]
    answers = await asyncio.gather(*calls)
    assert sorted({a.status_code for a in answers}) == [200, 201]
    assert len({a.json()["id"] for a in answers}) == 1
    assert await Enterprise.all().count() == 1


@pytest.mark.parametrize("place", range(18))
def test_specimen_codes_differ_in_one_character(place: int) -> None:
    assert len(wrong(place)) == 18


def wrong(place: int) -> str:
    code = credit_code(1)
    other = "A" if code[place] != "A" else "B"
    return code[:place] + other + code[place + 1 :]


@pytest.mark.parametrize("place", [0, 9, 16, 17])
async def test_a_wrong_credit_code_is_refused_with_the_reason(client: Client, place: int) -> None:
    body = application(credit_code=wrong(place))
    answer = await client.post(OWN, as_="applicant", json=body)
    assert answer.status_code == 422
    fault = answer.json()["errors"][0]
    assert fault["path"] == "credit_code"
    assert "信用代码" in fault["message"]
    assert wrong(place) not in answer.text
    assert await Enterprise.all().count() == 0


async def test_what_contradicts_the_register_goes_to_review(client: Client) -> None:
    master = {
        "credit_code": credit_code(1), "name": "成都另一建设有限公司", "legal_person": "孙样例",
        "region": "510107", "source": "市场监管登记", "as_of": "2026-01-01",
    }  # fmt: skip
    put = await client.put("/api/v1/regulator/enterprise-masters", as_="county", json=master)
    assert put.status_code == 200, put.text
    row = await submitted(client)
    assert row["state"] == "review"
    assert [d["code"] for d in row["doubts"]] == ["name_differs", "legal_person_differs"]
    assert all("请" in d["detail"] for d in row["doubts"])
    assert await Notice.filter(kind="enterprise.review").count() == 1


async def test_blanks_and_full_width_brackets_make_no_other_name(client: Client) -> None:
    master = {
        "credit_code": credit_code(1), "name": "成都样例（集团） 有限公司", "region": "510107",
        "source": "市场监管登记", "as_of": "2026-01-01",
    }  # fmt: skip
    await client.put("/api/v1/regulator/enterprise-masters", as_="county", json=master)
    row = await submitted(client, name="成都样例(集团)有限公司")
    assert row["state"] == "submitted"


async def test_a_name_in_use_under_another_code_goes_to_review(client: Client) -> None:
    await submitted(client, 1, name="成都样例有限公司")
    row = await submitted(client, 2, name="成都样例 有限公司")
    assert [d["code"] for d in row["doubts"]] == ["name_in_use"]


async def test_another_account_cannot_report_the_same_enterprise(client: Client) -> None:
    await submitted(client)
    answer = await client.post(OWN, as_="zhang", json=application())
    assert (answer.status_code, answer.json()["code"]) == (409, "enterprises.credit_code_taken")


async def test_another_name_for_a_pending_code_sends_it_to_review(client: Client) -> None:
    row = await submitted(client)
    body = application(name="成都另一建设有限公司")
    answer = await client.post(OWN, as_="zhang", json=body)
    assert (answer.status_code, answer.json()["code"]) == (409, "enterprises.disputed")
    seen = (await client.get(f"{OWN}/{row['id']}", as_="applicant")).json()
    assert (seen["state"], seen["doubts"][0]["code"]) == ("review", "disputed")
    assert (await client.post(OWN, as_="li", json=body)).status_code == 409
    assert await Notice.filter(kind="enterprise.review").count() == 1


async def test_a_verified_enterprise_is_not_disturbed_by_others(client: Client) -> None:
    row = await submitted(client)
    await decided(client, row["id"], "verify")
    body = application(name="成都另一建设有限公司")
    answer = await client.post(OWN, as_="zhang", json=body)
    assert answer.json()["code"] == "enterprises.credit_code_taken"
    seen = (await client.get(f"{OVERSEEN}/{row['id']}", as_="county")).json()
    assert (seen["state"], seen["doubts"]) == ("verified", [])


async def test_other_contents_of_ones_own_report_are_refused(client: Client) -> None:
    await submitted(client)
    answer = await client.post(OWN, as_="applicant", json=application(legal_person="周样例"))
    assert (answer.status_code, answer.json()["code"]) == (409, "enterprises.already_submitted")


async def test_a_refused_report_may_be_mended(client: Client) -> None:
    memo.Channel.open = True  # its name may be another one then, and known
    row = await submitted(client)
    await decided(client, row["id"], "refuse", "营业执照看不清。请重新拍照后再提交。")
    assert await names_of([UUID(row["id"])]) == {UUID(row["id"]): row["name"]}
    mended: dict[str, Any] = {"legal_person": "周样例", "name": "成都改名样例建设有限公司"}
    again = await client.post(OWN, as_="applicant", json=application(**mended))
    assert (again.status_code, again.json()["state"]) == (201, "submitted")
    assert (again.json()["id"], again.json()["reason"]) == (row["id"], "")
    assert await names_of([UUID(row["id"])]) == {UUID(row["id"]): mended["name"]}


async def test_after_a_refusal_the_true_owner_may_report(client: Client) -> None:
    row = await submitted(client)
    await decided(client, row["id"], "refuse", "不是本企业的人提交的。")
    assert (await client.post(OWN, as_="zhang", json=application())).status_code == 201
    assert (await client.get(f"{OWN}/{row['id']}", as_="applicant")).status_code == 404


async def test_only_who_may_report_reports(client: Client) -> None:
    assert (await client.post(OWN, json=application())).status_code == 401
    for stranger in ("county", "reviewer_1", "officer_a", "platform_admin"):
        answer = await client.post(OWN, as_=stranger, json=application())
        assert answer.status_code == 403, stranger


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""), ("legal_person", "王1"), ("region", "519999"), ("contact_phone", "123"),
        ("address", "x" * 101), ("unknown", "x"), ("qualifications", [{"name": "x"}]),
    ],
)  # fmt: skip
async def test_a_malformed_report_names_the_place(client: Client, field: str, value: Any) -> None:
    answer = await client.post(OWN, as_="applicant", json=application(**{field: value}))
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["path"].startswith(field)


async def test_a_key_that_repeats_gets_the_same_answer(client: Client) -> None:
    key = {"Idempotency-Key": "report-1"}
    first = await client.post(OWN, as_="applicant", json=application(), headers=key)
    again = await client.post(OWN, as_="applicant", json=application(), headers=key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
