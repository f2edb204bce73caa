"""The sketch of a site: everything is inside the frame, north is up, far phones are left out."""

from dataclasses import dataclass
from typing import Any

import pytest

from geofence.points import Datum
from h5.sketches import HEIGHT, WIDTH, Position, Sketch, sketch
from h5.tiles import Source

CENTRE = (104.0658, 30.6574)


@dataclass
class Fence:
    geometry: dict[str, Any]
    radius_m: float | None = None
    buffer_m: float = 0.0


CIRCLE = Fence({"type": "Point", "coordinates": list(CENTRE)}, 100)
HOLED = Fence(
    {
        "type": "Polygon",
        "coordinates": [
            [[104.06, 30.65], [104.07, 30.65], [104.07, 30.66], [104.06, 30.66], [104.06, 30.65]],
            [[104.062, 30.652], [104.064, 30.652], [104.064, 30.654], [104.062, 30.652]],
        ],
    }
)
PARTS = Fence({"type": "MultiPolygon", "coordinates": [HOLED.geometry["coordinates"]] * 2})


def corners(drawn: Sketch) -> list[tuple[float, float]]:
    found = []
    for path in drawn.fence:
        for corner in path.replace("z", "").replace("M", "L").split("L")[1:]:
            x, y = corner.split()
            found.append((float(x), float(y)))
    return found


@pytest.mark.parametrize("fence", [CIRCLE, HOLED, PARTS])
def test_every_fence_fits_into_the_frame(fence: Fence) -> None:
    drawn = sketch([fence], Position(CENTRE[0] + 0.01, CENTRE[1], 30))
    assert drawn
    assert drawn.spot
    places = [*corners(drawn), (drawn.spot.x, drawn.spot.y)]
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in places)
    assert max(y for _, y in places) - min(y for _, y in places) > 10


def test_north_is_up_and_east_is_right() -> None:
    drawn = sketch([CIRCLE], Position(CENTRE[0] + 0.0005, CENTRE[1] + 0.0005, 5))
    assert drawn
    assert drawn.spot
    assert drawn.spot.x > WIDTH / 2
    assert drawn.spot.y < HEIGHT / 2


def test_the_bar_is_as_long_as_it_says() -> None:
    drawn = sketch([CIRCLE])
    assert drawn
    length, words = drawn.scale
    assert words == "100 米"
    width = max(x for x, _ in corners(drawn)) - min(x for x, _ in corners(drawn))
    assert length == pytest.approx(width / 2, rel=0.02)


def test_the_buffer_is_a_band_inside_the_frame() -> None:
    bare = sketch([CIRCLE])
    drawn = sketch([Fence(CIRCLE.geometry, 100, buffer_m=50), CIRCLE])
    assert bare and drawn
    assert bare.bands == (0.0,)
    assert drawn.bands[1] == 0
    fence = [y for _, y in corners(Sketch(0, 0, drawn.fence[:1], (), None, drawn.scale))]
    reach = drawn.bands[0] / 2
    assert reach == pytest.approx((max(fence) - min(fence)) / 4, rel=0.02)
    assert min(fence) - reach >= 0 and max(fence) + reach <= HEIGHT


def test_a_phone_far_off_is_left_out() -> None:
    drawn = sketch([CIRCLE], Position(105.0, 30.0, 20))
    assert drawn
    assert drawn.spot is None


@pytest.mark.parametrize("datum", [Datum.WGS84, Datum.GCJ02])
def test_tiles_fill_the_frame_without_a_gap(datum: Datum) -> None:
    drawn = sketch([CIRCLE], source=Source("https://tiles.example/{z}/{x}/{y}.png", datum))
    assert drawn
    assert min(tile.x for tile in drawn.tiles) <= 0
    assert min(tile.y for tile in drawn.tiles) <= 0
    assert max(tile.x + tile.width for tile in drawn.tiles) >= WIDTH
    assert max(tile.y + tile.height for tile in drawn.tiles) >= HEIGHT
    assert sum(tile.width * tile.height for tile in drawn.tiles) < 25 * WIDTH * HEIGHT


def test_a_tile_lies_where_its_place_is() -> None:
    source = Source("{z}/{x}/{y}", Datum.GCJ02)
    drawn = sketch([CIRCLE], Position(*CENTRE, 5), source)
    assert drawn
    assert drawn.spot
    zoom = int(drawn.tiles[0].href.split("/")[0])
    column, row = source.cell(CENTRE, zoom)
    [tile] = [each for each in drawn.tiles if each.href == f"{zoom}/{column}/{row}"]
    assert tile.x <= drawn.spot.x <= tile.x + tile.width
    assert tile.y <= drawn.spot.y <= tile.y + tile.height


def test_without_a_source_there_are_no_tiles() -> None:
    drawn = sketch([CIRCLE])
    assert drawn
    assert drawn.tiles == ()


def test_without_a_fence_there_is_no_sketch() -> None:
    assert sketch([], Position(*CENTRE, 5)) is None
