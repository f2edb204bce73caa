"""Officers see the projects of their region's subtree, and their figures agree on every level."""

import pytest

from api.audit.models import AuditLine
from tests.api.projects.sites import (
    OVERSEEN,
    STANDARD,
    another,
    building,
    details,
    fenced,
    made,
    post,
    project,
    refusal,
    sent,
    unit,
)
from tests.cast import Client

COUNTS = "/api/v1/regulator/project-counts"


async def _spread(client: Client) -> None:
    """Two projects in 510107, one of them building, and one each in 510104 and 510703."""
    await building(client)
    for region in ("510107", "510104", "510703"):
        await another(client, region=region)


async def test_counts_agree_on_every_level(client: Client) -> None:
    await _spread(client)
    expected = {"county": 2, "neighbour": 1, "city": 3, "province": 4}
    for name, total in expected.items():
        counts = (await client.get(COUNTS, as_=name)).json()
        listed = (await client.get(f"{OVERSEEN}?limit=100", as_=name)).json()["items"]
        assert counts["total"] == total == len(listed) == sum(counts["by_status"].values())
        assert sum(part["total"] for part in counts["parts"]) in (total, 0)
        for part in counts["parts"]:
            again = (await client.get(f"{COUNTS}?region={part['region']}", as_=name)).json()
            assert (again["total"], again["by_status"]) == (part["total"], part["by_status"])
            assert again["name"] == part["name"]


async def test_counts_are_by_status(client: Client) -> None:
    await _spread(client)
    counts = (await client.get(COUNTS, as_="county")).json()
    assert counts == {
        "region": "510107", "name": "四川省成都市武侯区", "total": 2,
        "by_status": {"001": 1, "003": 1}, "parts": [],
    }  # fmt: skip
    city = (await client.get(f"{COUNTS}?region=510100", as_="province")).json()
    parts = {part["region"]: part["total"] for part in city["parts"] if part["total"]}
    assert parts == {"510104": 1, "510107": 2}


async def test_nobody_counts_another_region(client: Client) -> None:
    await _spread(client)
    for region in ("510104", "510100", "510000", "110000"):
        answer = await client.get(f"{COUNTS}?region={region}", as_="county")
        assert refusal(answer) == (403, "enterprises.outside_region")
    for name, status in ((None, 401), ("zhang", 403), ("officer_a", 403)):
        assert (await client.get(COUNTS, as_=name)).status_code == status
    assert (await client.get(f"{COUNTS}?region=5101", as_="county")).status_code == 422


async def test_the_officer_reads_units_posts_fences_and_permits(client: Client) -> None:
    row = await project(client)
    made(await sent(client, f"{row['id']}/units", unit()))
    made(await sent(client, f"{row['id']}/posts", post()))
    await fenced(client, row["id"])
    read = {}
    for part in ("units", "posts", "fences"):
        read[part] = (await client.get(f"{OVERSEEN}/{row['id']}/{part}", as_="city")).json()
    assert [u["kind"] for u in read["units"]["items"]] == ["006", "009"]
    assert [p["name"] for p in read["posts"]["items"]] == ["孙*例"]
    assert [f["version"] for f in read["fences"]["items"]] == [1]
    shown = (await client.get(f"{OVERSEEN}/{row['id']}", as_="county")).json()
    assert shown["contractor"] == "样例劳务有限公司901"


async def test_an_officer_changes_nothing(client: Client) -> None:
    row = await project(client)
    for method, path in (("POST", ""), ("PUT", f"/{row['id']}"), ("POST", f"/{row['id']}/status")):
        answer = await client.request(method, f"{OVERSEEN}{path}", as_="city", json=details())
        assert answer.status_code in (404, 405)


@pytest.mark.parametrize("name", ["county", "neighbour"])
async def test_a_standard_is_published_within_ones_region(client: Client, name: str) -> None:
    path = "/api/v1/regulator/region-standards"
    own = {"county": "510107", "neighbour": "510104"}[name]
    assert (await client.post(path, as_=name, json={**STANDARD, "region": own})).status_code == 201
    for region in ("510100", "510000", "510105"):
        answer = await client.post(path, as_=name, json={**STANDARD, "region": region})
        assert refusal(answer) == (403, "enterprises.outside_region")
    items = (await client.get(f"{path}?region={own}", as_="province")).json()["items"]
    assert [item["minimum_month_fen"] for item in items] == [233000]
    assert await AuditLine.filter(tag="region_standard.set").count() == 1
