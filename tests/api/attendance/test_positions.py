"""Where a punch was taken: known exactly for a term, then to about a hundred metres."""

from datetime import timedelta
from typing import Any

import pytest
from tortoise import connections

from api.attendance import jobs
from api.attendance.forgetting import round_positions
from api.attendance.models import Punch
from api.audit.models import AuditLine
from api.audit.tags import Tag
from api.kit import clock
from api.kit.transaction import CONNECTION
from api.settings import settings
from geofence.distance import metres_between
from tests.api.attendance import sites
from tests.cast import Client

PLACE = (104.0657891234, 30.6573561234)
ROUND = {True: "round({}, 3)", False: "round({}::numeric, 3)::float8"}


@pytest.fixture
async def punch_id(client: Client) -> str:
    project_id = await sites.site(client)
    await sites.entered(client, "zhang", project_id)
    place = sites.position(PLACE, datum="gcj02")
    answer = await sites.taken(client, "zhang", sites.punch(project_id, position=place))
    return str(answer["id"])


def later(days: int) -> None:
    """Move the clock."""
    moment = clock.now() + timedelta(days=days)
    sites.stop(moment)


async def rest(punch_id: str) -> dict[str, Any]:
    """Everything of a punch but its place."""
    row = await Punch.get(id=punch_id)
    place = ("lon", "lat", "given_lon", "given_lat")
    return {name: getattr(row, name) for name in row._meta.db_fields if name not in place}


async def test_the_place_of_an_old_punch_is_rounded_and_nothing_else(punch_id: str) -> None:
    before: Any = await Punch.get(id=punch_id)
    kept = await rest(punch_id)
    assert before.given_lon == PLACE[0]
    later(settings().position_days + 1)
    await jobs.round_positions()
    after: Any = await Punch.get(id=punch_id)
    assert (after.lon, after.lat) == (round(before.lon, 3), round(before.lat, 3))
    assert (after.given_lon, after.given_lat) == (None, None)
    assert 0 < metres_between(before.lon, before.lat, after.lon, after.lat) < 100
    assert await rest(punch_id) == kept
    assert kept["verdict"] == "outside"
    assert kept["distance_m"] > 0


async def test_within_the_term_the_place_is_kept(punch_id: str) -> None:
    before = await Punch.get(id=punch_id)
    later(settings().position_days - 1)
    assert await round_positions() == 0
    after = await Punch.get(id=punch_id)
    assert (after.lon, after.given_lat) == (before.lon, PLACE[1])


async def test_how_many_were_rounded_is_on_record_and_twice_is_once(punch_id: str) -> None:
    later(settings().position_days + 1)
    assert [await round_positions(), await round_positions()] == [1, 0]
    lines = await AuditLine.filter(tag=Tag.POSITIONS_ROUNDED)
    assert [line.facts for line in lines] == [{"count": 1}]


async def test_many_are_rounded_in_portions(client: Client, punch_id: str) -> None:
    first = await Punch.get(id=punch_id)
    for _ in range(4):
        body = sites.punch(str(first.project_id), note="again")
        await sites.taken(client, "zhang", body)
    later(settings().position_days + 1)
    assert await round_positions(many=2) == 5
    assert not await Punch.filter(given_lon__isnull=False).exists()


@pytest.mark.parametrize(
    "change",
    [
        "lon = {lon}, lat = {lat}, given_lon = NULL, given_lat = NULL, verdict = 'inside'",
        "lon = {lon}, lat = {lat}, given_lon = NULL",
        "lon = {lon}, lat = lat, given_lon = NULL, given_lat = NULL",
        "lon = 104.1, lat = {lat}, given_lon = NULL, given_lat = NULL",
        "lon = NULL, lat = NULL, given_lon = NULL, given_lat = NULL",
        "distance_m = 0",
    ],
)
async def test_every_other_change_is_refused(punch_id: str, store_name: str, change: str) -> None:
    words = ROUND[store_name == "sqlite"]
    rounded = {name: words.format(name) for name in ("lon", "lat")}
    sql = f"UPDATE punch SET {change.format(**rounded)}"  # noqa: S608 - written above
    with pytest.raises(Exception, match="append-only"):
        await connections.get(CONNECTION).execute_query(sql)
