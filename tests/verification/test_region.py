"""Regions: names, retired codes, and scope by subtree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification import region


@pytest.mark.parametrize(
    ("code", "name", "full_name", "level", "retired"),
    [
        ("510000", "四川省", "四川省", "province", False),
        ("510100", "成都市", "四川省成都市", "city", False),
        ("510107", "武侯区", "四川省成都市武侯区", "county", False),
        ("110105", "朝阳区", "北京市朝阳区", "county", False),
        ("110103", "崇文区", "北京市崇文区", "county", True),
        ("429004", "仙桃市", "湖北省仙桃市", "county", False),
        ("500235", "云阳县", "重庆市云阳县", "county", False),
        ("130502", "襄都区", "河北省邢台市襄都区", "county", False),
        ("330113", "临平区", "浙江省杭州市临平区", "county", False),
        ("810000", "香港特别行政区", "香港特别行政区", "province", False),
    ],
)
def test_find(code: str, name: str, full_name: str, level: str, retired: bool) -> None:
    found = region.find(code)
    assert found is not None
    assert (found.name, found.full_name, found.level, found.retired) == (
        name,
        full_name,
        level,
        retired,
    )


@pytest.mark.parametrize("code", ["", "51", "519998", "000000", "5101077", "五一零一零七"])
def test_unknown(code: str) -> None:
    assert region.find(code) is None


@pytest.mark.parametrize(
    ("code", "scope", "inside"),
    [
        ("510107", "510000", True),
        ("510107", "510100", True),
        ("510107", "510107", True),
        ("510100", "510000", True),
        ("510000", "510000", True),
        ("510000", "510100", False),
        ("510100", "510107", False),
        ("510107", "510108", False),
        ("510107", "510200", False),
        ("520103", "510000", False),
        ("429004", "429000", True),
        ("510107", "000000", False),
        ("510107", "", False),
        ("510107", "51", False),
        ("51010", "510000", False),
        ("51010７", "510000", False),
    ],
)
def test_within(code: str, scope: str, inside: bool) -> None:
    assert region.within(code, scope) is inside


def test_children_are_one_step_down_and_in_force() -> None:
    cities = {child.code for child in region.children("510000")}
    assert {"510100", "513400"} <= cities
    assert "510107" not in cities
    counties = {child.name for child in region.children("510100")}
    assert "武侯区" in counties
    assert "双流县" not in counties
    assert region.children("510107") == ()
    assert region.children("000000") == ()


def test_provinces() -> None:
    assert len(region.provinces()) == 34


@given(st.sampled_from(sorted(region.table())), st.sampled_from(sorted(region.table())))
def test_scope_is_antisymmetric(one: str, other: str) -> None:
    assert region.within(one, one)
    if one != other:
        assert not (region.within(one, other) and region.within(other, one))


def test_every_full_name_starts_with_its_province() -> None:
    names = {province.code[:2]: province.name for province in region.provinces()}
    entries = region.table().values()
    wrong = [e for e in entries if not (e.name and e.full_name.startswith(names[e.code[:2]]))]
    assert wrong == []
