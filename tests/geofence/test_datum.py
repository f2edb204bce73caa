"""Conversions: known pairs, exact round trips in the mainland, and nothing moved outside of it."""

from itertools import pairwise, product

import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st

from geofence.datum import convert, to_bd09, to_gcj02, to_wgs84
from geofence.distance import distance_m
from geofence.mainland import MAINLAND, in_mainland
from geofence.points import Bd09, Datum, Gcj02, Point, Wgs84
from tests.geofence.places import CITIES

ROUND_TRIP_M = 1e-6

# (lat, lon) of one place in WGS-84, GCJ-02 and BD-09, each to 1e-5 degrees.
VECTORS = {
    "成都": ((30.6574, 104.0658), (30.654978, 104.068307), (30.661007, 104.074804)),
    "广州": ((23.1291, 113.2644), (23.126423, 113.26973), (23.132711, 113.276151)),
    "北京": ((39.9087, 116.3975), (39.910103, 116.403744), (39.916443, 116.410117)),
}
TYPES = (Wgs84, Gcj02, Bd09)
MAINLAND_CORNERS = max(shapely.get_parts(MAINLAND), key=lambda part: part.area).exterior.coords

BORDER_TOWNS = {
    "丹东": (124.38, 40.13),
    "防川": (130.60, 42.45),
    "抚远": (134.30, 48.37),
    "北极村": (122.35, 53.48),
    "满洲里": (117.43, 49.60),
    "二连浩特": (111.98, 43.65),
    "霍尔果斯": (80.41, 44.21),
    "伊尔克什坦": (73.98, 39.73),
    "红其拉甫": (75.42, 36.85),
    "樟木": (85.98, 27.99),
    "亚东": (88.90, 27.49),
    "墨脱": (95.33, 29.33),
    "瑞丽": (97.85, 24.01),
    "磨憨": (101.68, 21.18),
    "河口": (103.96, 22.52),
    "凭祥": (106.75, 22.10),
    "东兴": (107.97, 21.54),
    "涠洲岛": (109.10, 21.04),
    "永兴岛": (112.34, 16.83),
    "深圳福田口岸": (114.069, 22.518),
    "深圳罗湖口岸": (114.113, 22.535),
    "深圳湾口岸": (113.945, 22.503),
    "深圳沙头角": (114.225, 22.550),
    "深圳南澳": (114.480, 22.535),
    "珠海拱北口岸": (113.549, 22.218),
    "珠海横琴口岸": (113.546, 22.140),
    "珠海桂山岛": (113.825, 22.137),
    "厦门大嶝": (118.33, 24.555),
    "厦门岛": (118.19, 24.50),
    "平潭": (119.79, 25.50),
    "嵊泗枸杞岛": (122.77, 30.72),
    "成山头": (122.70, 37.40),
    "獐子岛": (122.75, 39.03),
}
ELSEWHERE = {
    "香港": (114.17, 22.30),
    "香港大屿山": (113.95, 22.26),
    "台北": (121.56, 25.04),
    "金门": (118.35, 24.44),
    "马祖": (119.93, 26.15),
    "澎湖": (119.57, 23.57),
    "首尔": (126.98, 37.57),
    "平壤": (125.75, 39.03),
    "东京": (139.69, 35.69),
    "乌兰巴托": (106.90, 47.92),
    "阿拉木图": (76.90, 43.25),
    "新德里": (77.20, 28.60),
    "加德满都": (85.32, 27.72),
    "河内": (105.85, 21.03),
    "曼谷": (100.50, 13.75),
    "马尼拉": (121.00, 14.60),
    "伦敦": (-0.13, 51.51),
    "北极": (104.0, 90.0),
    "零点": (0.0, 0.0),
    "日界线": (180.0, -17.0),
}


@st.composite
def mainland_places(draw: st.DrawFn) -> Wgs84:
    lon, lat = draw(st.floats(73.5, 135.2)), draw(st.floats(15.7, 53.7))
    assume(in_mainland(lon=lon, lat=lat))
    return Wgs84(lon=lon, lat=lat)


def written(place: tuple[float, float], kind: type[Wgs84] | type[Gcj02] | type[Bd09]) -> Point:
    return kind(lon=place[1], lat=place[0])


@pytest.mark.parametrize("city", VECTORS)
@pytest.mark.parametrize(("origin", "target"), list(product(range(3), repeat=2)))
def test_known_pairs(city: str, origin: int, target: int) -> None:
    got = convert(written(VECTORS[city][origin], TYPES[origin]), TYPES[target].datum)
    lat, lon = VECTORS[city][target]
    assert type(got) is TYPES[target]
    assert got.lon == pytest.approx(lon, abs=1e-5)
    assert got.lat == pytest.approx(lat, abs=1e-5)


@pytest.mark.parametrize(
    ("city", "gcj02_m", "bd09_m"), [("成都", 360, 913), ("广州", 621, 958), ("北京", 556, 890)]
)
def test_a_mixed_up_datum_misses_by_more_than_a_site(
    city: str, gcj02_m: float, bd09_m: float
) -> None:
    """What a wrong label costs, with the numbers of one datum read as another."""
    wgs84, gcj02, bd09 = (Wgs84(lon=lon, lat=lat) for lat, lon in VECTORS[city])
    assert distance_m(wgs84, gcj02) == pytest.approx(gcj02_m, rel=0.02)
    assert distance_m(gcj02, bd09) == pytest.approx(bd09_m, rel=0.02)


@given(mainland_places(), st.sampled_from([Datum.GCJ02, Datum.BD09]))
def test_a_place_comes_back_from_any_datum(place: Wgs84, datum: Datum) -> None:
    assert distance_m(to_wgs84(convert(place, datum)), place) < ROUND_TRIP_M


@given(mainland_places())
def test_the_way_over_a_third_datum_ends_in_the_same_place(place: Wgs84) -> None:
    direct, detour = to_gcj02(place), to_gcj02(to_bd09(place))
    assert abs(direct.lon - detour.lon) < 1e-11 and abs(direct.lat - detour.lat) < 1e-11


@given(st.floats(18, 43), st.floats(-1e-7, 1e-7))
def test_the_kink_of_the_formula_at_105_east_comes_back_too(lat: float, off: float) -> None:
    place = Wgs84(lon=105.0 + off, lat=lat)
    assume(in_mainland(lon=place.lon, lat=lat))
    assert distance_m(to_wgs84(to_bd09(place)), place) < ROUND_TRIP_M


@pytest.mark.parametrize("name", [*CITIES, *BORDER_TOWNS])
def test_every_mainland_town_is_shifted_and_comes_back(name: str) -> None:
    lon, lat = (CITIES | BORDER_TOWNS)[name]
    place = Wgs84(lon=lon, lat=lat)
    shifted = to_bd09(place)
    assert distance_m(place, Wgs84(lon=shifted.lon, lat=shifted.lat)) > 300
    assert distance_m(to_wgs84(to_gcj02(place)), place) < ROUND_TRIP_M


@pytest.mark.parametrize("name", ELSEWHERE)
@pytest.mark.parametrize(("origin", "target"), list(product(Datum, repeat=2)))
def test_nothing_is_moved_outside_the_mainland(name: str, origin: Datum, target: Datum) -> None:
    lon, lat = ELSEWHERE[name]
    for kind in TYPES:
        if kind.datum is origin:
            got = convert(kind(lon=lon, lat=lat), target)
            assert (got.datum, got.lon, got.lat) == (target, lon, lat)


@pytest.mark.parametrize(("lon", "lat"), [(113.545, 22.195), (113.565, 22.145)])
def test_macao_is_not_moved_either(lon: float, lat: float) -> None:
    """Only one way: all of Macao is within reach of a BD-09 shift from Zhuhai."""
    place = Wgs84(lon=lon, lat=lat)
    assert to_gcj02(place) == Gcj02(lon=lon, lat=lat)
    assert to_bd09(place) == Bd09(lon=lon, lat=lat)


def test_a_place_on_the_very_line_comes_back() -> None:
    found = 0
    for (west, south), (east, north) in pairwise(MAINLAND_CORNERS):
        lon, lat = west + 0.3 * (east - west), south + 0.3 * (north - south)
        if in_mainland(lon=lon, lat=lat):
            found += 1
            place = Wgs84(lon=lon, lat=lat)
            assert distance_m(to_wgs84(to_bd09(place)), place) < ROUND_TRIP_M
            assert distance_m(to_wgs84(to_gcj02(place)), place) < ROUND_TRIP_M
    assert found > 20


@given(st.floats(-180, 180), st.floats(-90, 90), st.sampled_from(TYPES), st.sampled_from(Datum))
def test_any_point_on_earth_converts(
    lon: float, lat: float, kind: type[Wgs84], datum: Datum
) -> None:
    assert convert(kind(lon=lon, lat=lat), datum).datum is datum


def test_a_point_in_its_own_datum_is_left_as_it_is() -> None:
    for kind in TYPES:
        point = kind(lon=104.0658, lat=30.6574)
        assert convert(point, kind.datum) is point
