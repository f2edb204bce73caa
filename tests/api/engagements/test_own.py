"""What a worker sees of his own projects, and what punching is told."""

from datetime import date, timedelta
from uuid import UUID

from api.engagements import service
from api.kit import clock, memo
from api.kit.cache import Cache
from api.projects.rules import DEFAULT_POLICY
from tests.api.engagements import site
from tests.api.engagements.site import today
from tests.api.projects import sites
from tests.api.teams import people
from tests.cast import FIRM_A, Client

OWN = "/api/v1/me/engagements"


async def test_own_projects_come_with_rules_and_fences(client: Client) -> None:
    project_id = await site.project(client)
    drawn = await sites.fenced(client, project_id)
    row = await site.entered(client, project_id)
    (own,) = (await client.get(OWN, as_="zhang")).json()["items"]
    assert own["id"] == row.id and own["state"] == "on_site"
    assert own["project"] == {"id": project_id, "name": "天府样例一期"}
    assert own["team"] is None and own["entered_on"] == today()
    assert own["attendance_rules"]["methods"] == sorted(DEFAULT_POLICY.methods)
    (fence,) = own["fences"]
    assert fence == {
        "id": drawn["id"], "version": 1, "geometry": drawn["geometry"], "radius_m": 150.0,
        "buffer_m": 20.0, "valid_from": fence["valid_from"], "valid_to": None,
    }  # fmt: skip


async def test_a_project_one_left_has_no_fences_any_more(client: Client) -> None:
    project_id = await site.project(client)
    await sites.fenced(client, project_id)
    row = await site.entered(client, project_id)
    assert (await row.leave(settled=False)).status_code == 200
    (own,) = (await client.get(OWN, as_="zhang")).json()["items"]
    assert (own["state"], own["settled"], own["fences"], own["attendance_rules"]) == (
        "left", False, [], None,
    )  # fmt: skip


async def test_another_sees_nothing_of_it(client: Client) -> None:
    await site.entered(client, await site.project(client))
    await people.worker(client, "li")
    assert (await client.get(OWN)).status_code == 401
    for name in ("li", "wang"):
        assert (await client.get(OWN, as_=name)).json()["items"] == []
    assert (await client.get(OWN, as_="officer_a")).status_code == 403


async def on_site(row: site.Period, day: date) -> service.EngagementView | None:
    return await service.on_site(row.worker.id, UUID(row.project_id), day)


async def test_on_site_from_the_day_of_entry_to_the_day_of_exit(
    client: Client, cache: Cache
) -> None:
    memo.Channel.open = True  # what is remembered is forgotten on a change
    row = await site.ready(client, await site.project(client))
    now = clock.today()
    assert await on_site(row, now) is None
    assert (await row.enter(entered_on=today(-3))).status_code == 200
    seen = await on_site(row, now - timedelta(days=3))
    assert seen is not None
    assert (str(seen.id), seen.enterprise_id, seen.left_on) == (row.id, FIRM_A, None)
    assert await on_site(row, now - timedelta(days=4)) is None
    assert (await row.leave(left_on=today(-1))).status_code == 200
    assert await on_site(row, now) is None
    last = await on_site(row, now - timedelta(days=1))
    assert last is not None and last.state is service.State.LEFT


async def test_on_site_tells_the_team_of_now(client: Client) -> None:
    memo.Channel.open = True
    team_id, known = await site.team_of(client, "zhang")
    row = await site.entered(client, await site.project(client), worker=known["zhang"])
    before = await on_site(row, clock.today())
    assert before is not None and before.team_id is None
    assert (await row.put("team", {"team_id": team_id})).status_code == 200
    after = await on_site(row, clock.today())
    assert after is not None and str(after.team_id) == team_id


async def test_a_new_period_of_the_same_day_counts_first(client: Client) -> None:
    row = await site.entered(client, await site.project(client))
    assert (await row.leave()).status_code == 200
    again = await site.period(client, row.project_id, worker=row.worker)
    assert (await again.enter()).status_code == 200
    seen = await on_site(row, clock.today())
    assert seen is not None and str(seen.id) == again.id
