"""The ledger of entries and exits, counts that agree on every level, and who reads them."""

import random
from typing import Any
from uuid import UUID

import pytest

from api.engagements.models import Engagement, LedgerLine
from api.kit import jobs
from tests.api.engagements import site
from tests.api.engagements.site import OFFICE, OVERSEEN, made, refusal
from tests.api.projects import sites
from tests.api.teams import people
from tests.cast import Client


async def lines(client: Client, by: str = "county", **query: str) -> list[tuple[str, str]]:
    """Mover and move, oldest first."""
    answer = await client.get(f"{OVERSEEN}/site-ledger", as_=by, params=query)
    assert answer.status_code == 200, answer.text
    return [(each["mover"], each["move"]) for each in reversed(answer.json()["items"])]


async def test_a_team_enters_with_its_first_and_leaves_with_its_last(client: Client) -> None:
    project_id = await site.project(client)
    team_id, known = await site.team_of(client, "zhang", "li")
    rows = [
        await site.entered(client, project_id, name, worker=known[name], team_id=team_id)
        for name in ("zhang", "li")
    ]
    for row in rows:
        assert (await row.leave()).status_code == 200
    entered, left = "entered", "left"
    assert await lines(client) == [
        ("worker", entered), ("team", entered), ("worker", entered), ("worker", left),
        ("worker", left), ("team", left),
    ]  # fmt: skip
    assert await lines(client, mover="team", team_id=team_id) == [("team", entered), ("team", left)]


async def test_a_change_of_teams_is_written_down(client: Client) -> None:
    project_id = await site.project(client)
    first, known = await site.team_of(client, "zhang")
    second = str((await people.team(client, name="样例木工班"))["id"])
    await people.joined(client, second, "zhang")
    row = await site.entered(client, project_id, worker=known["zhang"], team_id=first)
    for _ in range(2):
        assert (await row.put("team", {"team_id": second})).status_code == 200
    found = await lines(client)
    assert found[2:4] == [("worker", "left_team"), ("worker", "joined_team")]
    assert sorted(found[4:]) == [("team", "entered"), ("team", "left")]


async def test_who_leaves_his_team_goes_on_working_without_it(client: Client) -> None:
    project_id = await site.project(client)
    team_id, known = await site.team_of(client, "zhang")
    row = await site.entered(client, project_id, worker=known["zhang"], team_id=team_id)
    assert (await client.post(f"{people.TEAMS}/{team_id}/leave", as_="zhang")).status_code == 204
    await jobs.drain()
    shown = (await client.get(row.path, as_="officer_a")).json()
    assert (shown["state"], shown["team"]) == ("on_site", None)
    await _equal(client, project_id)


async def test_who_came_back_before_the_job_ran_keeps_his_team(client: Client) -> None:
    project_id = await site.project(client)
    team_id, known = await site.team_of(client, "zhang")
    row = await site.entered(client, project_id, worker=known["zhang"], team_id=team_id)
    assert (await client.post(f"{people.TEAMS}/{team_id}/leave", as_="zhang")).status_code == 204
    await people.joined(client, team_id, "zhang")
    await jobs.drain()
    assert (await client.get(row.path, as_="officer_a")).json()["team"]["id"] == team_id


async def test_the_ledger_is_never_changed(client: Client) -> None:
    await site.entered(client, await site.project(client))
    line = await LedgerLine.all().first()
    assert line is not None
    with pytest.raises(Exception, match="append-only"):
        await LedgerLine.filter(id=line.id).update(move="left")
    with pytest.raises(Exception, match="append-only"):
        await line.delete()


async def test_somebody_on_two_sites_is_marked(client: Client) -> None:
    first = await site.entered(client, await site.project(client))
    second_site = await sites.another(client, name="天府样例二期")
    second = await site.period(client, second_site["id"], worker=first.worker)
    check = await second.check()
    assert any("别的项目" in words for words in check["warnings"])
    await second.prepare()
    assert (await second.enter()).json()["elsewhere"] is True
    shown = (await client.get(f"{OVERSEEN}/engagements", as_="county")).json()["items"]
    assert [each["elsewhere"] for each in shown] == [True, True]


async def _region(client: Client, by: str, region: str | None = None) -> dict[str, Any]:
    query = {"region": region} if region else {}
    answer = await client.get(f"{OVERSEEN}/site-counts", as_=by, params=query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def _three(count: dict[str, Any]) -> tuple[int, int, int]:
    return count["entries"], count["exits"], count["on_site"]


def _whole(counts: list[dict[str, Any]]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*map(_three, counts), strict=True))) if counts else (0, 0, 0)


async def _equal(client: Client, *project_ids: str) -> None:
    """On site = entries − exits on every level, and the parts make the whole."""
    province = await _region(client, "province")
    city = await _region(client, "city")
    county = await _region(client, "county")
    assert _three(province) == _three(city) == _three(county)
    assert _whole(province["parts"]) == _three(province)
    assert _whole(city["parts"]) == _three(city)
    projects = []
    for project_id in project_ids:
        path = f"{OVERSEEN}/projects/{project_id}/site-counts"
        counts = (await client.get(path, as_="county")).json()
        projects.append(counts)
        assert _whole(counts["units"]) == _three(counts)
        assert sum(team["on_site"] for team in counts["teams"]) == counts["on_site"]
        for each in (counts, *counts["units"], *counts["teams"]):
            assert each["on_site"] == each["entries"] - each["exits"], each
    assert _whole(projects) == _three(county)


@pytest.mark.parametrize("seed", range(4))
async def test_on_site_is_entries_less_exits_after_any_acts(client: Client, seed: int) -> None:
    """Random acts, most of them refused now and then; nobody is ever in two teams of a project."""
    chance = random.Random(seed)
    projects = [await site.with_firm_b(client)]
    projects.append((await sites.another(client, name="天府样例二期"))["id"])
    team_id, known = await site.team_of(client, "zhang", "li")
    second = str((await people.team(client, name="样例木工班"))["id"])
    await people.joined(client, second, "zhang", "li")
    periods: list[site.Period] = []
    for _ in range(30):
        act = chance.choice(("register", "enter", "leave", "team"))
        if act == "register" or not periods:
            name, project_id = chance.choice(("zhang", "li")), chance.choice(projects)
            chosen = chance.choice((team_id, second, None))
            answer = await site.register(client, project_id, known[name], team_id=chosen)
            if answer.status_code == 201:
                row = site.Period(client, project_id, answer.json()["id"], known[name], name,
                                  "officer_a")  # fmt: skip
                periods.append(await row.prepare() if len(periods) < 4 else row)
            continue
        row = chance.choice(periods)
        if act == "enter":
            await row.enter()
        elif act == "leave":
            await row.leave()
        else:
            await row.put("team", {"team_id": chance.choice((team_id, second, None))})
        open_rows = await Engagement.filter(state__in=["registered", "on_site"])
        pairs = [(each.worker_id, each.project_id) for each in open_rows]
        assert len(pairs) == len(set(pairs))
    await _equal(client, *projects)


async def test_the_share_who_entered_with_training_and_certificate_is_shown(
    client: Client,
) -> None:
    assert (await _region(client, "county"))["prepared_share"] is None
    project_id = await site.project(client)
    await site.entered(client, project_id)
    row = await site.period(client, project_id, "li")
    made(await row.offer())
    override = {"reason": "先进场，两天内补培训", "until": site.today(2)}
    body = {"override": override}
    assert (await row.post("entry", body, by="manager_a")).status_code == 200
    found = await _region(client, "county")
    assert (found["on_site"], found["prepared"], found["prepared_share"]) == (2, 1, "0.5000")
    assert "90%" in found["prepared_means"]
    for by in ("city", "province"):
        counts = await _region(client, by)
        assert [part["prepared"] for part in counts["parts"] if part["on_site"]] == [1]
    path = f"{OFFICE}/projects/{project_id}/site-counts"
    counts = (await client.get(path, as_="officer_a")).json()
    assert counts["prepared_share"] == "0.5000"
    assert [part["prepared"] for part in counts["units"] + counts["teams"]] == [1, 1]
    assert (await row.leave()).status_code == 200
    assert (await _region(client, "county"))["prepared_share"] == "1.0000"


async def test_counts_keep_to_the_region(client: Client) -> None:
    project_id = await site.project(client)
    await site.entered(client, project_id)
    assert _three(await _region(client, "neighbour")) == (0, 0, 0)
    for by, region in (("county", "510104"), ("neighbour", "510107"), ("city", "510000")):
        answer = await client.get(f"{OVERSEEN}/site-counts", as_=by, params={"region": region})
        assert refusal(answer) == (404, "engagements.outside_region")
    assert _three(await _region(client, "city", "510107")) == (1, 0, 1)
    path = f"{OVERSEEN}/projects/{project_id}/site-counts"
    assert (await client.get(path, as_="neighbour")).status_code == 404


@pytest.mark.parametrize("path", ["engagements", "site-ledger", "entry-overrides", "contracts"])
async def test_lists_keep_to_region_and_firm(client: Client, path: str) -> None:
    row = await site.period(client, await site.project(client))
    made(await row.offer())
    override = {"reason": "学时明天补齐", "until": site.today(3)}
    assert (await row.post("entry", {"override": override}, by="manager_a")).status_code == 200
    surfaces: list[tuple[str, dict[str | None, Any]]] = [
        (OFFICE, {None: 401, "zhang": 403, "county": 403, "officer_without_totp": 403,
                  "officer_b": [], "officer_a": [1], "manager_a": [1], "admin_a": [1]}),
        (OVERSEEN, {None: 401, "zhang": 403, "officer_a": 403, "reviewer_1": 403,
                    "neighbour": [], "county": [1], "city": [1], "province": [1]}),
    ]  # fmt: skip
    for base, expected in surfaces:
        for name, wanted in expected.items():
            answer = await client.get(f"{base}/{path}", as_=name)
            if isinstance(wanted, int):
                assert answer.status_code == wanted, name
            else:
                assert len(answer.json()["items"]) == len(wanted), name
    for query, number in (
        ({"project_id": row.project_id}, 1), ({"project_id": str(UUID(int=0))}, 0),
        ({"region": "510104"}, 0), ({"region": "510100"}, 1),
    ):  # fmt: skip
        answer = await client.get(f"{OVERSEEN}/{path}", as_="city", params=query)
        assert len(answer.json()["items"]) == number, query
    for wrong in ({"region": "51"}, {"state": "x"}, {"limit": "0"}, {"cursor": "?"}):
        answer = await client.get(f"{OVERSEEN}/{path}", as_="city", params=wrong)
        assert answer.status_code == 422, wrong
