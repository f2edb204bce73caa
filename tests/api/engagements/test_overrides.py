"""Letting somebody in over what is missing: role, reason, term, and the region's office sees it."""

from datetime import timedelta

import pytest

from api.accounts.models import RoleGrant
from api.audit.models import AuditLine
from api.engagements import jobs
from api.engagements.models import Override
from api.engagements.override_terms import end_terms
from api.kit import clock
from api.notices.models import Notice
from tests.api.attendance.sites import stop
from tests.api.engagements import site
from tests.api.engagements.site import OFFICE, OVERSEEN, refusal, today
from tests.cast import Client

WHY = "学时明天补齐，先做临建清扫"


def reason(until: int = 7) -> dict[str, object]:
    """Why somebody is let in, for so many days."""
    return {"reason": WHY, "until": today(until)}


async def test_a_manager_overrides_and_the_regions_office_sees_it(client: Client) -> None:
    row = await site.period(client, await site.project(client))
    answer = await row.post("entry", {"override": reason()}, by="manager_a")
    assert (answer.status_code, answer.json()["state"]) == (200, "on_site")
    assert answer.json()["override_until"] == today(7)
    for by, number in {"county": 1, "city": 1, "province": 1, "neighbour": 0}.items():
        found = (await client.get(f"{OVERSEEN}/entry-overrides", as_=by)).json()["items"]
        assert len(found) == number, by
    seen = (await client.get(f"{OVERSEEN}/entry-overrides", as_="county")).json()["items"][0]
    assert [each["item"] for each in seen["items"]] == ["contract", "training"]
    assert (seen["role"], seen["until"], seen["reason"]) == (
        "project_manager", today(7), WHY,
    )  # fmt: skip
    assert seen["account_id"] == str(await client.cast.id("manager_a"))
    own = (await client.get(f"{OFFICE}/entry-overrides", as_="officer_a")).json()["items"]
    assert len(own) == 1
    others = (await client.get(f"{OFFICE}/entry-overrides", as_="officer_b")).json()["items"]
    assert others == []


async def test_a_wage_officer_may_not_override(client: Client) -> None:
    row = await site.period(client, await site.project(client))
    answer = await row.post("entry", {"override": reason()})
    assert refusal(answer) == (403, "engagements.override_not_allowed")
    assert await Override.all().count() == 0


async def test_the_manager_of_another_firm_may_not_override(client: Client) -> None:
    project_id = await site.with_firm_b(client)
    row = await site.period(client, project_id)
    assert (await row.post("entry", {"override": reason()}, by="admin_b")).status_code == 404


@pytest.mark.parametrize("until", [-1, 31])
async def test_a_term_begins_today_and_is_limited(client: Client, until: int) -> None:
    row = await site.period(client, await site.project(client))
    answer = await row.post("entry", {"override": reason(until)}, by="admin_a")
    assert refusal(answer) == (422, "engagements.override_term")
    assert answer.json()["errors"][0]["path"] == "override.until"


@pytest.mark.parametrize(
    ("changed", "left_out"), [({"reason": "因为"}, "until"), ({}, "reason"), ({"x": 1}, "")]
)
async def test_reason_and_term_are_both_needed(
    client: Client, changed: dict[str, object], left_out: str
) -> None:
    row = await site.period(client, await site.project(client))
    wrong = {**reason(), **changed}
    wrong.pop(left_out, None)
    assert (await row.post("entry", {"override": wrong}, by="manager_a")).status_code == 422


async def test_an_override_is_not_kept_where_nothing_is_missing(client: Client) -> None:
    row = await site.ready(client, await site.project(client))
    answer = await row.post("entry", {"override": reason()}, by="manager_a")
    assert answer.json()["override_until"] is None
    assert await Override.all().count() == 0


def ahead(days: int) -> None:
    """Move the clock."""
    moment = clock.now() + timedelta(days=days)
    stop(moment)


async def told(client: Client, name: str) -> list[str]:
    rows = await Notice.filter(account_id=await client.cast.id(name), kind__startswith="entry.")
    return [row.kind for row in rows]


async def overridden(client: Client) -> site.Period:
    """Let in without contract and training, for a week."""
    for name in ("officer_a", "manager_a", "county", "neighbour", "city"):
        await client.cast.id(name)
    row = await site.period(client, await site.project(client))
    await row.post("entry", {"override": reason()}, by="manager_a")
    return row


async def test_what_was_overridden_is_not_missing_until_the_term_is_over(client: Client) -> None:
    row = await overridden(client)
    check = await row.check(day=today(7))
    assert (check["ready"], check["missing"], check["override_until"]) == (True, [], today(7))
    assert [each["item"] for each in check["overridden"]] == ["contract", "training"]
    later = await row.check(day=today(8))
    assert (later["ready"], later["overridden"], later["override_until"]) == (False, [], None)
    assert [each["item"] for each in later["missing"]] == ["contract", "training"]


async def test_the_end_of_a_term_is_told_to_both_offices_once(client: Client) -> None:
    await overridden(client)
    ahead(7)
    await jobs.end_overrides()
    assert await told(client, "officer_a") == []
    ahead(1)
    assert [await end_terms(), await end_terms()] == [1, 0]
    for name in ("officer_a", "manager_a"):
        assert await told(client, name) == ["entry.override_ended"]
    assert await told(client, "county") == ["entry.override_ended_region"]
    for name in ("neighbour", "city"):
        assert await told(client, name) == []
    line = await AuditLine.get(tag="entry.override_ended")
    assert line.facts == {"items": "contract,training"}


async def test_a_region_without_officers_is_told_through_its_city(client: Client) -> None:
    await overridden(client)
    await RoleGrant.filter(region="510107").update(ended_at=clock.now())
    ahead(8)
    await end_terms()
    assert await told(client, "county") == []
    assert await told(client, "city") == ["entry.override_ended_region"]


async def test_nobody_is_told_once_everything_is_there_or_he_left(client: Client) -> None:
    row = await overridden(client)
    assert (await row.leave()).status_code == 200
    ahead(8)
    assert await end_terms() == 1
    assert await told(client, "officer_a") == []


async def test_what_was_made_up_for_is_not_told(client: Client) -> None:
    row = await overridden(client)
    await row.prepare()
    ahead(8)
    assert await end_terms() == 1
    assert await told(client, "county") == []
