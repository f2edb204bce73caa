"""Map tiles by setting: what cannot be placed is refused at the start, by name."""

import pytest

from api.settings import BadSetting, Settings

GOOD = (
    "https://tiles.example/{z}/{x}/{y}.png",
    "https://webrd01.is.autonavi.com/appmaptile?style=8&x={x}&y={y}&z={z}",
)
BAD = (
    "https://maponline0.bdimg.com/tile/?qt=vtile&x={x}&y={y}&z={z}",
    "https://api.map.baidu.com/customimage/tile?x={x}&y={y}&z={z}",
    "https://tiles.example/{z}/{x}.png",
    "https://{s}.tiles.example/{z}/{x}/{y}.png",
    "tiles/{z}/{x}/{y}.png",
)


def load(**given: str) -> Settings:
    return Settings.load({}, given)


@pytest.mark.parametrize("pattern", GOOD)
def test_patterns_that_can_be_placed(pattern: str) -> None:
    assert load(MAP_TILES=pattern, MAP_DATUM="gcj02").map_tiles == pattern


@pytest.mark.parametrize("pattern", BAD)
def test_patterns_that_cannot_are_refused_by_name(pattern: str) -> None:
    with pytest.raises(BadSetting, match=r"MAP_TILES.*Baidu"):
        load(MAP_TILES=pattern)


def test_the_datum_of_baidu_is_refused() -> None:
    with pytest.raises(BadSetting, match=r"MAP_DATUM.*bd09 is refused"):
        load(MAP_DATUM="bd09")


def test_without_tiles_all_is_drawn_on_a_grid() -> None:
    assert (load().map_tiles, load().map_datum) == ("", "wgs84")
