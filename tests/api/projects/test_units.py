"""参建单位 and 任职: periods with an entry and an exit, and who may write them."""

import asyncio
from typing import Any

import pytest

from api.audit.models import AuditLine
from api.notices.models import Notice
from api.projects import service
from api.projects.jobs import link_units
from api.projects.models import Participation, Post
from tests.api.enterprises.firms import firm
from tests.api.projects.sites import (
    OWN,
    another,
    building,
    day,
    made,
    post,
    project,
    refusal,
    sent,
    today,
    unit,
)
from tests.cast import FIRM_A, FIRM_B, Client


async def test_a_unit_sees_the_project_from_its_entry_until_its_exit(client: Client) -> None:
    row = await project(client)
    admin = await client.cast.id("admin_b")
    path = f"{OWN}/{row['id']}"
    assert (await client.get(path, as_="officer_b")).status_code == 404
    entered = made(await sent(client, f"{row['id']}/units", unit()))
    assert (entered["enterprise_id"], entered["kind_name"]) == (str(FIRM_B), "劳务分包")
    assert entered["name"] == "样例劳务有限公司902"
    assert (await client.get(path, as_="officer_b")).status_code == 200
    assert len((await client.get(OWN, as_="officer_b")).json()["items"]) == 1
    assert await Notice.filter(account_id=admin, kind="project.unit_entered").count() == 1
    inbox = (await client.get("/api/v1/me/messages", as_="admin_b")).json()
    assert "天府样例一期" in inbox["items"][0]["text"]
    left = {"left_on": today(-1)}
    assert (await sent(client, f"{row['id']}/units/{entered['id']}/exit", left)).status_code == 200
    assert (await client.get(path, as_="officer_b")).status_code == 404


async def test_a_unit_changes_nothing_but_its_own_exit(client: Client) -> None:
    row = await project(client)
    own = made(await sent(client, f"{row['id']}/units", unit()))
    third = made(await sent(client, f"{row['id']}/units", unit(930, "008")))
    answer = await sent(client, f"{row['id']}/posts", post(), by="officer_b")
    assert refusal(answer) == (403, "projects.not_contractor")
    left = {"left_on": today()}
    exits = f"{row['id']}/units/{{}}/exit"
    answer = await sent(client, exits.format(third["id"]), left, by="officer_b")
    assert refusal(answer) == (403, "projects.not_contractor")
    answer = await sent(client, exits.format(own["id"]), left, by="officer_b")
    assert (answer.status_code, answer.json()["left_on"]) == (200, today())


async def test_an_exit_before_the_entry_is_refused(client: Client) -> None:
    row = await project(client)
    body = unit(left_on=today(-11))
    answer = await sent(client, f"{row['id']}/units", body)
    assert refusal(answer) == (422, "projects.exit_before_entry")
    assert answer.json()["errors"][0]["path"] == "left_on"
    entered = made(await sent(client, f"{row['id']}/units", unit()))
    path = f"{row['id']}/units/{entered['id']}/exit"
    assert refusal(await sent(client, path, {"left_on": today(-11)}))[0] == 422
    assert (await sent(client, path, {"left_on": today(-10)})).status_code == 200


async def test_an_exit_is_recorded_once(client: Client) -> None:
    row = await project(client)
    entered = made(await sent(client, f"{row['id']}/units", unit()))
    path = f"{row['id']}/units/{entered['id']}/exit"
    for _ in range(2):
        assert (await sent(client, path, {"left_on": today(-2)})).status_code == 200
    answer = await sent(client, path, {"left_on": today(-1)})
    assert refusal(answer) == (409, "projects.already_left")
    assert await AuditLine.filter(tag="participation.ended").count() == 1


async def test_a_unit_comes_back_as_a_new_period(client: Client) -> None:
    row = await project(client)
    path = f"{row['id']}/units"
    made(await sent(client, path, unit(left_on=today(-5))))
    for when in (today(-10), today(-5), today(-20)):
        answer = await sent(client, path, unit(entered_on=when))
        assert refusal(answer) == (409, "projects.already_participates")
    made(await sent(client, path, unit(entered_on=today(-4))))
    made(await sent(client, path, unit(kind="001")))
    listed = (await client.get(f"{OWN}/{path}", as_="officer_a")).json()["items"]
    assert len(listed) == 4


async def test_a_project_has_one_general_contractor(client: Client) -> None:
    row = await project(client)
    answer = await sent(client, f"{row['id']}/units", unit(kind="009"))
    assert refusal(answer) == (409, "projects.already_participates")
    own = (await client.get(f"{OWN}/{row['id']}/units", as_="officer_a")).json()["items"][0]
    path = f"{row['id']}/units/{own['id']}/exit"
    answer = await sent(client, path, {"left_on": today()})
    assert refusal(answer) == (409, "projects.contractor_stays")


async def test_a_unit_that_is_not_registered_is_kept_by_its_credit_code(client: Client) -> None:
    row = await project(client)
    owner = made(await sent(client, f"{row['id']}/units", unit(930, "008", name="样例置业公司")))
    assert (owner["enterprise_id"], owner["name"]) == (None, "样例置业公司")


async def test_a_unit_that_registers_later_sees_its_project_then(client: Client) -> None:
    await firm(FIRM_A, 901, client)
    row = await another(client)
    made(await sent(client, f"{row['id']}/units", unit(902)))
    await link_units()
    assert (await client.get(f"{OWN}/{row['id']}", as_="admin_b")).status_code == 404
    await firm(FIRM_B, 902, client)
    for _ in range(2):
        await link_units()
    assert (await client.get(f"{OWN}/{row['id']}", as_="admin_b")).status_code == 200
    admin = await client.cast.id("admin_b")
    assert await Notice.filter(account_id=admin, kind="project.unit_entered").count() == 1


@pytest.mark.parametrize(
    ("changed", "path"),
    [({"kind": "013"}, "kind"), ({"credit_code": "91510100MA60A0B10X"}, "credit_code"),
     ({"entered_on": "2026-02-30"}, "entered_on")],
)  # fmt: skip
async def test_a_wrong_unit_is_refused(client: Client, changed: dict[str, Any], path: str) -> None:
    row = await project(client)
    answer = await sent(client, f"{row['id']}/units", unit(**changed))
    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (422, path)


async def test_two_entries_at_once_make_one(client: Client) -> None:
    row = await project(client)
    answers = await asyncio.gather(*(sent(client, f"{row['id']}/units", unit()) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert await Participation.filter(enterprise_id=FIRM_B).count() == 1


async def test_who_takes_part_on_a_day(client: Client) -> None:
    row = await project(client)
    await sent(client, f"{row['id']}/units", unit(entered_on=today(-3), left_on=today(-1)))
    project_id = (await Participation.get(enterprise_id=FIRM_B)).project_id
    for days, expected in ((-4, False), (-3, True), (-1, True), (0, False)):
        when = day(today(days))
        assert await service.participates(FIRM_B, project_id, when) is expected
        assert await service.participates(FIRM_A, project_id, when)


async def test_a_post_is_shown_masked_and_kept_sealed(client: Client) -> None:
    row = await project(client)
    given = made(await sent(client, f"{row['id']}/posts", post()))
    assert (given["post_name"], given["name"], given["phone"]) == (
        "劳资专管员", "孙*例", "139****0077"
    )  # fmt: skip
    assert given["enterprise_id"] == str(FIRM_A)
    stored = (await Post.all().values("name"))[0]["name"]
    assert "孙" not in repr(stored)


async def test_nobody_holds_a_post_twice_at_a_time(client: Client) -> None:
    row = await project(client)
    path = f"{row['id']}/posts"
    made(await sent(client, path, post(ends_on=today(-2))))
    answer = await sent(client, path, post(starts_on=today(-2)))
    assert refusal(answer) == (409, "projects.post_held")
    made(await sent(client, path, post(starts_on=today(-1))))
    made(await sent(client, path, post("8", starts_on=today(-1))))
    made(await sent(client, path, post(phone="13900000078")))


async def test_a_post_is_given_only_to_units_that_take_part(client: Client) -> None:
    row = await project(client)
    path = f"{row['id']}/posts"
    body = post("8", enterprise_id=str(FIRM_B))
    assert refusal(await sent(client, path, body)) == (404, "projects.no_such_participation")
    made(await sent(client, f"{row['id']}/units", unit()))
    assert made(await sent(client, path, body))["enterprise_id"] == str(FIRM_B)


async def test_posts_end_with_the_exit_of_their_unit(client: Client) -> None:
    row = await project(client)
    entered = made(await sent(client, f"{row['id']}/units", unit()))
    made(await sent(client, f"{row['id']}/posts", post("8", enterprise_id=str(FIRM_B))))
    made(await sent(client, f"{row['id']}/posts", post()))
    path = f"{row['id']}/units/{entered['id']}/exit"
    assert (await sent(client, path, {"left_on": today(-1)})).status_code == 200
    items = (await client.get(f"{OWN}/{row['id']}/posts", as_="officer_a")).json()["items"]
    assert {item["post"]: item["ends_on"] for item in items} == {"8": today(-1), "g01": None}


async def test_the_wage_officer_is_the_contractors_own(client: Client) -> None:
    row = await project(client)
    made(await sent(client, f"{row['id']}/units", unit()))
    answer = await sent(client, f"{row['id']}/posts", post(enterprise_id=str(FIRM_B)))
    assert refusal(answer) == (409, "projects.officer_of_contractor")


async def test_a_post_ends_once_and_not_before_it_began(client: Client) -> None:
    row = await project(client)
    given = made(await sent(client, f"{row['id']}/posts", post("8")))
    path = f"{row['id']}/posts/{given['id']}/end"
    assert refusal(await sent(client, path, {"ends_on": today(-6)}))[0] == 422
    for _ in range(2):
        assert (await sent(client, path, {"ends_on": today()})).status_code == 200
    assert refusal(await sent(client, path, {"ends_on": today(1)}))[0] == 409
    answer = await sent(client, f"{row['id']}/posts", post("8", ends_on=today(-9)))
    assert refusal(answer) == (422, "projects.end_before_start")


async def test_a_site_keeps_a_wage_officer(client: Client) -> None:
    row = await building(client)
    first = await Post.get(post="g01")
    path = f"{row['id']}/posts/{first.id}/end"
    answer = await sent(client, path, {"ends_on": today(2)})
    assert refusal(answer) == (409, "projects.last_officer")
    later = post(phone="13900000078", starts_on=today(3))
    made(await sent(client, f"{row['id']}/posts", later))
    assert refusal(await sent(client, path, {"ends_on": today(1)}))[0] == 409
    assert (await sent(client, path, {"ends_on": today(2)})).status_code == 200
