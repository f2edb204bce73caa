"""Letting somebody in over what is missing: role, reason, term, and the region's office sees it."""

import pytest

from api.engagements.models import Override
from tests.api.engagements import site
from tests.api.engagements.site import OFFICE, OVERSEEN, refusal, today
from tests.cast import Client

REASON = {"reason": "学时明天补齐，先做临建清扫", "until": today(7)}


async def test_a_manager_overrides_and_the_regions_office_sees_it(client: Client) -> None:
    row = await site.period(client, await site.project(client))
    answer = await row.post("entry", {"override": REASON}, by="manager_a")
    assert (answer.status_code, answer.json()["state"]) == (200, "on_site")
    assert answer.json()["override_until"] == today(7)
    for by, number in {"county": 1, "city": 1, "province": 1, "neighbour": 0}.items():
        found = (await client.get(f"{OVERSEEN}/entry-overrides", as_=by)).json()["items"]
        assert len(found) == number, by
    seen = (await client.get(f"{OVERSEEN}/entry-overrides", as_="county")).json()["items"][0]
    assert [each["item"] for each in seen["items"]] == ["contract", "training"]
    assert (seen["role"], seen["until"], seen["reason"]) == (
        "project_manager", today(7), REASON["reason"],
    )  # fmt: skip
    assert seen["account_id"] == str(await client.cast.id("manager_a"))
    own = (await client.get(f"{OFFICE}/entry-overrides", as_="officer_a")).json()["items"]
    assert len(own) == 1
    others = (await client.get(f"{OFFICE}/entry-overrides", as_="officer_b")).json()["items"]
    assert others == []


async def test_a_wage_officer_may_not_override(client: Client) -> None:
    row = await site.period(client, await site.project(client))
    answer = await row.post("entry", {"override": REASON})
    assert refusal(answer) == (403, "engagements.override_not_allowed")
    assert await Override.all().count() == 0


async def test_the_manager_of_another_firm_may_not_override(client: Client) -> None:
    project_id = await site.with_firm_b(client)
    row = await site.period(client, project_id)
    assert (await row.post("entry", {"override": REASON}, by="admin_b")).status_code == 404


@pytest.mark.parametrize("until", [today(-1), today(31)])
async def test_a_term_begins_today_and_is_limited(client: Client, until: str) -> None:
    row = await site.period(client, await site.project(client))
    answer = await row.post("entry", {"override": {**REASON, "until": until}}, by="admin_a")
    assert refusal(answer) == (422, "engagements.override_term")
    assert answer.json()["errors"][0]["path"] == "override.until"


@pytest.mark.parametrize("wrong", [{"reason": "因为"}, {"until": today(3)}, {**REASON, "x": 1}])
async def test_reason_and_term_are_both_needed(client: Client, wrong: dict[str, object]) -> None:
    row = await site.period(client, await site.project(client))
    assert (await row.post("entry", {"override": wrong}, by="manager_a")).status_code == 422


async def test_an_override_is_not_kept_where_nothing_is_missing(client: Client) -> None:
    row = await site.ready(client, await site.project(client))
    answer = await row.post("entry", {"override": REASON}, by="manager_a")
    assert answer.json()["override_until"] is None
    assert await Override.all().count() == 0
