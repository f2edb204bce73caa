"""电子围栏: shapes in any datum, refused with the place of their fault, versioned in time."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tortoise.exceptions import IntegrityError

from api.audit.models import AuditLine
from api.kit import clock
from api.kit.ids import new_id
from api.projects import service
from api.projects.fences import FenceInForce
from api.projects.models import FenceVersion
from geofence.fences import Fence
from geofence.points import Datum, Gcj02, Wgs84
from tests.api.projects.sites import (
    DRAWING,
    OVERSEEN,
    OWN,
    SQUARE,
    fenced,
    made,
    project,
    refusal,
    sent,
)
from tests.cast import Client

HOLE = [[104.062, 30.652], [104.064, 30.652], [104.064, 30.654], [104.062, 30.652]]
EAST = [[lon + 0.02, lat] for lon, lat in SQUARE]
GATE = Wgs84(lon=104.0658, lat=30.6574)


def _area(*rings: list[list[float]]) -> dict[str, Any]:
    return {"geometry": {"type": "Polygon", "coordinates": list(rings)}, "radius_m": None}


async def _redrawn(client: Client, row: Any, fence: Any, **changed: Any) -> httpx.Response:
    body = {**DRAWING, "version": fence["version"], **changed}
    path = f"{OWN}/{row['id']}/fences/{fence['id']}"
    return await client.put(path, as_="officer_a", json=body)


def _at(moment: datetime) -> None:
    clock.set_clock(lambda: moment)


async def test_a_circle_is_in_force_from_now_on(client: Client) -> None:
    row = await project(client)
    fence = await fenced(client, row["id"])
    assert fence["geometry"] == {"type": "Point", "coordinates": [104.0658, 30.6574]}
    assert (fence["radius_m"], fence["buffer_m"], fence["version"]) == (150, 20, 1)
    assert fence["valid_to"] is None
    (found,) = await service.fences_in_force(UUID(row["id"]), clock.now())
    assert (found.id, found.version) == (UUID(fence["id"]), 1)
    assert found.fence.covers(GATE)


async def test_an_area_has_holes_and_parts(client: Client) -> None:
    row = await project(client)
    several = {
        "geometry": {"type": "MultiPolygon", "coordinates": [[SQUARE, HOLE], [EAST]]},
        "radius_m": None,
    }
    fence = await fenced(client, row["id"], **several)
    assert [len(part) for part in fence["geometry"]["coordinates"]] == [2, 1]
    (found,) = await service.fences_in_force(UUID(row["id"]), clock.now())
    inside = {
        (104.0658, 30.6574): True, (104.0632, 30.6525): False, (104.085, 30.655): True,
        (104.075, 30.655): False,
    }  # fmt: skip
    for (lon, lat), expected in inside.items():
        assert found.fence.covers(Wgs84(lon=lon, lat=lat)) is expected


async def test_a_drawing_in_another_datum_lands_in_the_same_place(client: Client) -> None:
    row = await project(client)
    places = {
        "wgs84": [104.0658, 30.6574], "gcj02": [104.068307, 30.654978],
        "bd09": [104.074804, 30.661007],
    }  # fmt: skip
    for datum, place in places.items():
        geometry = {"type": "Point", "coordinates": place}
        fence = await fenced(client, row["id"], datum=datum, geometry=geometry)
        lon, lat = fence["geometry"]["coordinates"]
        assert (round(lon, 4), round(lat, 4)) == (104.0658, 30.6574)
        assert (fence["datum"], fence["drawn"]["coordinates"]) == (datum, place)
    for found in await service.fences_in_force(UUID(row["id"]), clock.now()):
        assert found.fence.covers(Gcj02(lon=104.068307, lat=30.654978))


BOW_TIE = [[104.06, 30.65], [104.07, 30.66], [104.07, 30.65], [104.06, 30.66], [104.06, 30.65]]
FAULTS: list[tuple[dict[str, Any], str, str]] = [
    (_area(BOW_TIE), "fence.self_intersection", "geometry.coordinates.0.0"),
    (_area(SQUARE[:-1]), "fence.unclosed", "geometry.coordinates.0.3"),
    (_area(SQUARE, EAST), "fence.hole_outside", "geometry.coordinates.1"),
    (_area([[0, 0], [1, 1], [0, 0]]), "fence.too_few_points", "geometry.coordinates.0"),
    (_area([*SQUARE[:2], [104.07, 91], SQUARE[0]]), "fence.position", "geometry.coordinates.0.2"),
    ({"geometry": {"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE]]}, "radius_m": None},
     "fence.parts_overlap", "geometry.coordinates.1.0"),
    ({"radius_m": None}, "fence.radius", "radius_m"),
    ({"radius_m": 9.9}, "fence.radius", "radius_m"),
    ({"radius_m": 5000.1}, "fence.radius", "radius_m"),
    ({"buffer_m": 101}, "fence.buffer", "buffer_m"),
    ({"buffer_m": -1}, "fence.buffer", "buffer_m"),
    ({**_area(SQUARE), "radius_m": 50}, "fence.radius", "radius_m"),
    ({"geometry": {"type": "Point", "coordinates": [[104, 30]]}}, "fence.structure",
     "geometry.coordinates"),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "code", "path"), FAULTS)
async def test_a_shape_that_is_no_fence_is_refused_with_its_place(
    client: Client, changed: dict[str, Any], code: str, path: str
) -> None:
    row = await project(client)
    answer = await sent(client, f"{row['id']}/fences", {**DRAWING, **changed})
    assert refusal(answer) == (422, "projects.bad_fence")
    (fault,) = answer.json()["errors"]
    assert fault["code"] == code
    assert fault["path"].startswith(path)
    assert fault["message"] == answer.json()["detail"]
    assert await FenceVersion.all().count() == 0


@pytest.mark.parametrize("raw", [
    '"datum": "cgcs2000"', '"buffer_m": 1e400', '"radius_m": NaN',
    '"geometry": {"type": "Point", "coordinates": [1e400, 30]}',
    '"geometry": {"type": "Point", "coordinates": [NaN, 30]}',
    '"geometry": {"type": "Point", "coordinates": [91, 104]}',
    '"geometry": {"type": "Point", "coordinates": ["104", "30"]}',
    '"geometry": {"type": "LineString", "coordinates": [[104, 30], [105, 30]]}',
    '"geometry": {"type": "Point", "coordinates": [104, 30], "crs": "x"}',
    '"geometry": {"type": "Polygon", "coordinates": ' + "[" * 500 + "]" * 500 + "}",
    '"geometry": null', '"name": ""',
])  # fmt: skip
async def test_nothing_fails_open(client: Client, raw: str) -> None:
    row = await project(client)
    usual = {
        "name": '"name": "工地"', "datum": '"datum": "wgs84"', "radius_m": '"radius_m": 100',
        "geometry": '"geometry": {"type": "Point", "coordinates": [104.06, 30.65]}',
    }  # fmt: skip
    name = raw.partition('"')[2].partition('"')[0]
    body = "{" + ", ".join({**usual, name: raw}.values()) + "}"
    answer = await client.post(
        f"{OWN}/{row['id']}/fences", as_="officer_a", content=body.encode(),
        headers={"content-type": "application/json"},
    )  # fmt: skip
    assert answer.status_code == 422, answer.text
    assert await FenceVersion.all().count() == 0


async def test_a_drawing_without_a_datum_is_refused(client: Client) -> None:
    row = await project(client)
    body = {name: value for name, value in DRAWING.items() if name != "datum"}
    answer = await sent(client, f"{row['id']}/fences", body)
    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (422, "datum")


async def test_an_edit_never_changes_what_was_in_force(client: Client) -> None:
    row = await project(client)
    project_id = UUID(row["id"])
    drawn_at = datetime(2026, 11, 1, 8, tzinfo=UTC)
    _at(drawn_at)
    fence = await fenced(client, row["id"])
    before = await service.fences_in_force(project_id, drawn_at)
    _at(drawn_at + timedelta(days=1))
    edited = await _redrawn(client, row, fence, **_area(EAST), name="二期工地")
    assert (edited.status_code, edited.json()["version"]) == (200, 2)
    assert edited.json()["name"] == "二期工地"
    for moment in (drawn_at, drawn_at + timedelta(days=1, microseconds=-1)):
        (found,) = await service.fences_in_force(project_id, moment)
        assert (found.version, found.fence) == (before[0].version, before[0].fence)
    for days in (1, 30):
        (found,) = await service.fences_in_force(project_id, drawn_at + timedelta(days=days))
        assert found.version == 2
        assert not found.fence.covers(GATE)
    earlier = drawn_at - timedelta(microseconds=1)
    assert await service.fences_in_force(project_id, earlier) == ()


async def test_every_version_is_listed_with_its_time(client: Client) -> None:
    row = await project(client)
    fence = await fenced(client, row["id"])
    await _redrawn(client, row, fence, radius_m=200)
    for base, name in ((OWN, "manager_a"), (OVERSEEN, "county")):
        path = f"{base}/{row['id']}/fences/{fence['id']}/versions"
        new, old = (await client.get(path, as_=name)).json()["items"]
        assert [(v["version"], v["radius_m"]) for v in (new, old)] == [(2, 200), (1, 150)]
        assert (new["valid_from"], new["valid_to"]) == (old["valid_to"], None)
    assert await AuditLine.filter(tag="fence.set").count() == 2


async def test_an_edit_of_an_older_version_is_refused(client: Client) -> None:
    row = await project(client)
    fence = await fenced(client, row["id"])
    assert (await _redrawn(client, row, fence)).status_code == 200
    answer = await _redrawn(client, row, fence)
    assert refusal(answer) == (409, "projects.fence_changed")


async def test_a_refused_edit_leaves_the_version_in_force(client: Client) -> None:
    row = await project(client)
    fence = await fenced(client, row["id"])
    answer = await _redrawn(client, row, fence, **_area(BOW_TIE))
    assert refusal(answer) == (422, "projects.bad_fence")
    (found,) = await service.fences_in_force(UUID(row["id"]), clock.now())
    assert found.version == 1


async def test_an_ended_fence_stays_in_the_history(client: Client) -> None:
    row = await project(client)
    fence = await fenced(client, row["id"])
    path = f"{OWN}/{row['id']}/fences"
    while_it_held = clock.now()
    wrong = await client.delete(f"{path}/{fence['id']}?version=2", as_="officer_a")
    assert refusal(wrong) == (409, "projects.fence_changed")
    for status in (204, 404):
        answer = await client.delete(f"{path}/{fence['id']}?version=1", as_="officer_a")
        assert answer.status_code == status
    assert await service.fences_in_force(UUID(row["id"]), clock.now()) == ()
    assert len(await service.fences_in_force(UUID(row["id"]), while_it_held)) == 1
    assert (await client.get(path, as_="officer_a")).json()["items"] == []
    assert len((await client.get(f"{path}?ended=true", as_="officer_a")).json()["items"]) == 1
    assert (await _redrawn(client, row, fence)).status_code == 404


async def test_of_edits_at_once_one_wins(client: Client) -> None:
    row = await project(client)
    fence = await fenced(client, row["id"])
    answers = await asyncio.gather(
        *(_redrawn(client, row, fence, radius_m=100 + n) for n in range(5))
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409, 409]
    assert await FenceVersion.filter(valid_to=None).count() == 1
    versions = await FenceVersion.all().order_by("version")
    assert [row.version for row in versions] == [1, 2]


async def test_the_database_holds_one_version_in_force(client: Client) -> None:
    row = await project(client)
    await fenced(client, row["id"])
    first = await FenceVersion.get()
    with pytest.raises(IntegrityError):
        await FenceVersion.create(
            id=new_id(), fence_id=first.fence_id, project_id=first.project_id, version=2,
            geometry=first.geometry, radius_m=150, given=first.given, datum="wgs84",
            valid_from=clock.now(),
        )  # fmt: skip


async def test_a_clock_set_back_makes_no_version_that_ends_before_it_began(
    client: Client,
) -> None:
    row = await project(client)
    _at(datetime(2026, 11, 2, tzinfo=UTC))
    fence = await fenced(client, row["id"])
    _at(datetime(2026, 11, 1, tzinfo=UTC))
    assert (await _redrawn(client, row, fence)).status_code == 200
    for version in await FenceVersion.all():
        assert version.valid_to is None or version.valid_to >= version.valid_from


async def test_another_projects_fence_is_not_found(client: Client) -> None:
    row = await project(client)
    fence = await fenced(client, row["id"])
    other = made(await client.post(OWN, as_="officer_a", json={
        "name": "锦江样例二期", "region": "510104", "category": "01"}))  # fmt: skip
    path = f"{OWN}/{other['id']}/fences/{fence['id']}"
    assert (await client.get(f"{path}/versions", as_="officer_a")).status_code == 404
    assert (await client.delete(f"{path}?version=1", as_="officer_a")).status_code == 404


async def test_a_project_has_fifty_fences_at_most(client: Client) -> None:
    row = await project(client)
    for _ in range(50):
        await fenced(client, row["id"])
    answer = await sent(client, f"{row['id']}/fences", DRAWING)
    assert refusal(answer) == (409, "projects.too_many_fences")


START = datetime(2026, 1, 1, tzinfo=UTC)
SHAPE = Fence.from_geojson(
    {"type": "Point", "coordinates": [104, 30]}, id="x", datum=Datum.WGS84, radius_m=50
)


@settings(max_examples=200)
@given(st.lists(st.integers(0, 50), min_size=1, max_size=8), st.integers(0, 60))
def test_at_every_instant_one_version_of_a_fence_holds(edits: list[int], asked: int) -> None:
    """Consecutive versions leave no gap and share no instant."""
    instants = [START + timedelta(minutes=minute) for minute in sorted(edits)]
    ends: list[datetime | None] = [*instants[1:], None]
    chain = [
        FenceInForce(new_id(), n + 1, "x", SHAPE, begin, end)
        for n, (begin, end) in enumerate(zip(instants, ends, strict=True))
    ]
    moment = START + timedelta(minutes=asked)
    held = [version for version in chain if version.holds_at(moment)]
    assert len(held) == (1 if moment >= instants[0] else 0)
    assert all(version.version == sum(i <= moment for i in instants) for version in held)
