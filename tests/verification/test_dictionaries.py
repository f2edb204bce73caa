"""The code lists: complete, unambiguous in each version, readable by code and by name."""

import json

import pytest

from api.codes import service
from api.codes.service import FOLDER, Dictionary, code_of, entries, is_known, lookup
from verification.bank_card import BANK_HINTS
from verification.document import DocumentKind

SIZES = {
    Dictionary.WORK_TYPES: 40,
    Dictionary.WORKER_ROLES: 2,
    Dictionary.PARTICIPANT_TYPES: 12,
    Dictionary.POSTS: 20,
    Dictionary.ID_TYPES: 21,
    Dictionary.NATIONS: 58,
    Dictionary.EDUCATION: 9,
    Dictionary.POLITICAL_STATUS: 13,
    Dictionary.MARITAL_STATUS: 4,
    Dictionary.BANKS: 32,
    Dictionary.SPECIAL_TRADES: 12,
    Dictionary.PROJECT_STATUS: 5,
    Dictionary.PROJECT_CATEGORIES: 13,
    Dictionary.HOLIDAYS: 52,
    Dictionary.WORKED_WEEKENDS: 6,
    Dictionary.CONDUCT_KINDS: 33,
}


def test_every_dictionary_has_its_file_and_every_file_its_dictionary() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == {d.value for d in Dictionary}
    assert set(SIZES) == set(Dictionary)


@pytest.mark.parametrize("dictionary", Dictionary)
def test_each_version_is_unambiguous(dictionary: Dictionary) -> None:
    assert len(entries(dictionary)) == SIZES[dictionary]
    for version in service.versions(dictionary):
        rows = entries(dictionary, version)
        names = [name for row in rows for name in (row.name, *row.aliases)]
        assert len({row.code for row in rows}) == len(rows)
        assert len(set(names)) == len(names)
        assert all(row.versions <= set(service.versions(dictionary)) for row in rows)


@pytest.mark.parametrize("dictionary", Dictionary)
def test_a_file_says_where_it_is_from(dictionary: Dictionary) -> None:
    content = json.loads((FOLDER / f"{dictionary.value}.json").read_text(encoding="utf-8"))
    assert set(content) == {"title", "source", "versions", "current", "entries"}
    assert content["source"]
    assert service.title(dictionary) == content["title"]
    assert service.current_version(dictionary) in service.versions(dictionary)


@pytest.mark.parametrize(
    ("code", "national", "sichuan"),
    [
        ("010", "砌筑工", "砌筑工"),
        ("320", "古建筑传统石工", "砧细工"),
        ("360", "古建筑传统油工", "推光漆工"),
        ("370", None, "砌花街工"),
        ("1000", "其它", "其它"),
        ("011", None, None),
    ],
)
def test_work_types_in_both_versions(code: str, national: str | None, sichuan: str | None) -> None:
    for version, name in ((None, national), ("national-2019", national), ("sichuan-2018", sichuan)):
        entry = lookup(Dictionary.WORK_TYPES, code, version)
        assert (entry and entry.name) == name
        assert is_known(Dictionary.WORK_TYPES, code, version) is (name is not None)


def test_an_unknown_version_is_our_fault() -> None:
    with pytest.raises(KeyError, match="no version"):
        lookup(Dictionary.WORK_TYPES, "010", "2031")


@pytest.mark.parametrize(
    ("dictionary", "name", "code"),
    [
        (Dictionary.NATIONS, "汉", "01"),
        (Dictionary.NATIONS, "维吾尔族", "05"),
        (Dictionary.NATIONS, "族", None),
        (Dictionary.WORK_TYPES, "电焊工", "270"),
        (Dictionary.WORK_TYPES, "钢筋工", "020"),
        (Dictionary.BANKS, "建行", "105"),
        (Dictionary.BANKS, "", None),
    ],
)
def test_code_of_a_name(dictionary: Dictionary, name: str, code: str | None) -> None:
    assert code_of(dictionary, name) == code


def test_codes_used_elsewhere_are_known() -> None:
    assert all(is_known(Dictionary.BANKS, bank) for bank in BANK_HINTS.values())
    assert all(is_known(Dictionary.ID_TYPES, kind.value) for kind in DocumentKind)


def test_regions() -> None:
    found = service.parse_region("510107")
    assert found is not None
    assert not found.retired
    assert service.region_name("510107") == "四川省成都市武侯区"
    assert service.region_name("999999") is None
    assert service.within("510107", "510100")
    assert not service.within("510107", "520000")
    assert len(service.regions_under()) == 34
    assert "510100" in {region.code for region in service.regions_under("510000")}
