"""What the phone's queue asks of the server: who is there, and one row for each of its punches."""

from typing import Any

import pytest

from tests.api.attendance import sites
from tests.cast import Client
from tests.h5.visiting import Visitor

BATCH = "/h5/punches/batch"
JSON = {"Accept": "application/json"}


@pytest.fixture
async def project(client: Client) -> str:
    sites.stop(sites.at("2026-06-03", "07:12"))
    project_id = await sites.site(client)
    await sites.entered(client, "zhang", project_id)
    return project_id


async def session(visitor: Visitor) -> dict[str, str]:
    return dict((await visitor.http.get("/h5/session", headers=JSON)).json())


async def sent(visitor: Visitor, token: str, punches: list[dict[str, Any]]) -> Any:
    headers = {**JSON, "X-CSRF-Token": token}
    return await visitor.http.post(BATCH, json={"punches": punches}, headers=headers)


async def test_without_a_login_nobody_is_there(visitor: Visitor) -> None:
    assert await session(visitor) == {"marker": "", "csrf": ""}


async def test_each_account_has_a_mark_that_says_nothing_of_it(
    visitor: Visitor, client: Client, project: str
) -> None:
    zhang = await session(await visitor.enter("zhang"))
    again = await session(visitor)
    li = await session(await visitor.enter("li"))
    assert zhang["marker"] == again["marker"] != li["marker"]
    assert str(await client.cast.id("zhang")) not in zhang["marker"]
    assert zhang["csrf"] != again["csrf"]


async def test_the_queue_sent_twice_is_one_row_for_each(
    visitor: Visitor, client: Client, project: str
) -> None:
    await visitor.enter("zhang")
    token = (await session(visitor))["csrf"]
    queue = [sites.punch(project, direction="in"), sites.punch(project, direction="out")]
    first = (await sent(visitor, token, queue)).json()["items"]
    again = (await sent(visitor, token, queue)).json()["items"]
    assert [each["status"] for each in first] == ["created", "created"]
    assert [each["status"] for each in again] == ["duplicate", "duplicate"]
    assert [each["punch"]["id"] for each in first] == [each["punch"]["id"] for each in again]


async def test_a_bad_one_holds_up_no_other(visitor: Visitor, project: str) -> None:
    await visitor.enter("zhang")
    token = (await session(visitor))["csrf"]
    queue = [sites.punch(project, position=None), sites.punch(project)]
    bad, good = (await sent(visitor, token, queue)).json()["items"]
    assert (bad["status"], good["status"]) == ("refused", "created")
    assert "没有收到您的位置" in bad["problem"]["detail"]


async def test_a_forged_queue_is_refused(visitor: Visitor, project: str) -> None:
    await visitor.enter("zhang")
    answer = await sent(visitor, "", [sites.punch(project)])
    assert answer.status_code == 403
    assert answer.json()["code"] == "pages.forged"


async def test_another_logins_token_sends_nothing(visitor: Visitor, project: str) -> None:
    token = (await session(await visitor.enter("li")))["csrf"]
    await visitor.enter("zhang")
    assert (await sent(visitor, token, [sites.punch(project)])).status_code == 403


async def test_more_than_two_hundred_at_once_are_too_many(visitor: Visitor, project: str) -> None:
    await visitor.enter("zhang")
    token = (await session(visitor))["csrf"]
    queue = [sites.punch(project) for _ in range(201)]
    assert (await sent(visitor, token, queue)).status_code == 422


@pytest.mark.parametrize(
    ("place", "verdict", "tone"),
    [(sites.CENTRE, "inside", "ok"), (sites.FAR_OFF, "outside", "wrong")],
)
async def test_a_look_keeps_nothing(
    visitor: Visitor,
    client: Client,
    project: str,
    place: tuple[float, float],
    verdict: str,
    tone: str,
) -> None:
    await visitor.enter("zhang")
    headers = {**JSON, "X-CSRF-Token": (await session(visitor))["csrf"]}
    body = {"project_id": project, "position": sites.position(place)}
    seen = (await visitor.http.post("/h5/punch/look", json=body, headers=headers)).json()
    assert (seen["verdict"], seen["tone"]) == (verdict, tone)
    assert seen["fence"]
    assert not (await client.get(sites.PUNCHES, as_="zhang")).json()["items"]


async def test_only_whoever_is_on_the_site_may_look(
    visitor: Visitor, client: Client, project: str
) -> None:
    await sites.verified(client, "li")
    headers = {**JSON, "X-CSRF-Token": (await session(await visitor.enter("li")))["csrf"]}
    body = {"project_id": project, "position": sites.position()}
    answer = await visitor.http.post("/h5/punch/look", json=body, headers=headers)
    assert answer.status_code == 403
