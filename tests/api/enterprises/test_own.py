"""An enterprise about itself: seen and kept by its own people alone."""

from uuid import uuid4

import pytest

from tests.api.enterprises.firms import OWN, both_firms, submitted, verified
from tests.cast import FIRM_A, FIRM_B, Client

CONTACT = {
    "address": "成都市武侯区新路9号",
    "contact_name": "吴样例",
    "contact_phone": "13900000097",
}
QUALIFICATION = {"name": "建筑工程施工总承包", "number": "D251000001", "level": "二级",
                 "valid_to": "2028-12-31"}  # fmt: skip


async def test_the_applicant_sees_where_it_stands(client: Client) -> None:
    row = await submitted(client)
    assert (await client.get(f"{OWN}/{row['id']}", as_="applicant")).json() == row
    assert (await client.get(OWN, as_="applicant")).json()["items"] == [row]


async def test_staff_see_their_enterprise_and_no_other(client: Client) -> None:
    await both_firms(client)
    for name, own, other in (("officer_a", FIRM_A, FIRM_B), ("admin_b", FIRM_B, FIRM_A)):
        assert (await client.get(f"{OWN}/{own}", as_=name)).status_code == 200
        assert (await client.get(f"{OWN}/{other}", as_=name)).status_code == 404
        items = (await client.get(OWN, as_=name)).json()["items"]
        assert [item["id"] for item in items] == [str(own)]


async def test_a_stranger_sees_nothing(client: Client) -> None:
    row = await submitted(client)
    assert (await client.get(f"{OWN}/{row['id']}", as_="zhang")).status_code == 404
    assert (await client.get(f"{OWN}/{row['id']}/history", as_="zhang")).status_code == 404
    assert (await client.get(OWN, as_="zhang")).json()["items"] == []


async def test_contact_data_is_changed_by_its_administrator(client: Client) -> None:
    row = await verified(client)
    answer = await client.put(f"{OWN}/{row['id']}/contact", as_="applicant", json=CONTACT)
    assert answer.status_code == 200
    assert answer.json()["contact_phone"] == "139****0097"
    assert answer.json()["code"] == row["code"]


@pytest.mark.parametrize("name", ["zhang", "officer_a", "county"])
async def test_others_may_not_change_it(client: Client, name: str) -> None:
    await both_firms(client)
    answer = await client.put(f"{OWN}/{FIRM_A}/contact", as_=name, json=CONTACT)
    assert answer.status_code == 403
    assert (await client.put(f"{OWN}/{FIRM_A}/contact", json=CONTACT)).status_code == 401


async def test_another_firms_administrator_is_a_stranger(client: Client) -> None:
    await both_firms(client)
    for path, body in (("contact", CONTACT), ("qualifications", {"items": [QUALIFICATION]})):
        assert (
            await client.put(f"{OWN}/{FIRM_A}/{path}", as_="admin_b", json=body)
        ).status_code == 404
    assert (
        await client.put(f"{OWN}/{uuid4()}/contact", as_="admin_b", json=CONTACT)
    ).status_code == 404


async def test_qualifications_are_replaced_as_a_whole(client: Client) -> None:
    await both_firms(client)
    path = f"{OWN}/{FIRM_A}/qualifications"
    twice = {"items": [QUALIFICATION, QUALIFICATION | {"number": "D251000002", "valid_to": None}]}
    assert len((await client.put(path, as_="admin_a", json=twice)).json()["qualifications"]) == 2
    once = await client.put(path, as_="admin_a", json={"items": [QUALIFICATION]})
    again = await client.put(path, as_="admin_a", json={"items": [QUALIFICATION]})
    assert [q["number"] for q in again.json()["qualifications"]] == ["D251000001"]
    assert once.status_code == again.status_code == 200


async def test_malformed_changes_name_the_place(client: Client) -> None:
    await both_firms(client)
    bad = CONTACT | {"contact_phone": "123"}
    answer = await client.put(f"{OWN}/{FIRM_A}/contact", as_="admin_a", json=bad)
    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (422, "contact_phone")
    bad_list = {"items": [QUALIFICATION | {"number": "=1+1"}]}
    answer = await client.put(f"{OWN}/{FIRM_A}/qualifications", as_="admin_a", json=bad_list)
    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (422, "items.0.number")


async def test_the_history_shows_the_steps_newest_first(client: Client) -> None:
    row = await verified(client)
    await client.put(f"{OWN}/{row['id']}/contact", as_="applicant", json=CONTACT)
    items = (await client.get(f"{OWN}/{row['id']}/history", as_="applicant")).json()["items"]
    assert [item["act"] for item in items] == ["changed", "verify", "submitted"]
