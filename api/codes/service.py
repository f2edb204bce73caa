"""Reads the dictionaries: what a code means, in which version, and which regions there are.

A dictionary is one JSON file with all its versions; an entry without versions is in each of them.
Codes that were stored stay readable in the version they were stored with. The files are read
once, on first use; everything returned is immutable.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum, unique
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from api.kit.on_paper import OTHER
from verification import region
from verification.region import Region

FOLDER = Path(__file__).parent / "dictionaries"


@unique
class Dictionary(StrEnum):
    """The dictionaries; the value is the name in addresses and of the file."""

    WORK_TYPES = "work_types"
    WORKER_ROLES = "worker_roles"
    PARTICIPANT_TYPES = "participant_types"
    POSTS = "posts"
    ID_TYPES = "id_types"
    NATIONS = "nations"
    EDUCATION = "education"
    POLITICAL_STATUS = "political_status"
    MARITAL_STATUS = "marital_status"
    BANKS = "banks"
    SPECIAL_TRADES = "special_trades"
    PROJECT_STATUS = "project_status"
    PROJECT_CATEGORIES = "project_categories"
    HOLIDAYS = "holidays"
    WORKED_WEEKENDS = "worked_weekends"
    CONDUCT_KINDS = "conduct_kinds"


@dataclass(frozen=True, slots=True)
class Entry:
    """One code in one or more versions. aliases: other names people use for the same.

    traits: what else a dictionary says of it, by name.
    """

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    versions: frozenset[str] = frozenset()
    traits: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)


@dataclass(frozen=True, slots=True)
class _Book:
    title: str
    versions: tuple[str, ...]
    current: str
    entries: tuple[Entry, ...]


def entries(dictionary: Dictionary, version: str | None = None) -> tuple[Entry, ...]:
    """The entries of a version (the current one by default), in the order of the source.

    Raises KeyError for a version the dictionary does not have.
    """
    book = _book(dictionary)
    wanted = version or book.current
    if wanted not in book.versions:
        raise KeyError(f"{dictionary.value} has no version {wanted}")
    return tuple(entry for entry in book.entries if not entry.versions or wanted in entry.versions)


def lookup(dictionary: Dictionary, code: str, version: str | None = None) -> Entry | None:
    """The entry with this code in a version (the current one by default), or None.

    Raises KeyError for a version the dictionary does not have.
    """
    return _by_code(dictionary, version or current_version(dictionary)).get(code)


def is_known(dictionary: Dictionary, code: str, version: str | None = None) -> bool:
    """Whether `lookup` finds the code."""
    return lookup(dictionary, code, version) is not None


def name_of(dictionary: Dictionary, code: str) -> str:
    """What people call the code, in the current version or else in any; 其他 in none."""
    named = (version for version in (current_version(dictionary), *versions(dictionary)))
    found = (lookup(dictionary, code, version) for version in named)
    return next((entry.name for entry in found if entry), OTHER)


def code_of(dictionary: Dictionary, name: str) -> str | None:
    """The code of the current entry with this name or alias, or None; 族 may follow a nation.

    Example: the card says 汉, `code_of(Dictionary.NATIONS, "汉")` is "01".
    """
    wanted = name.strip()
    if dictionary is Dictionary.NATIONS:
        wanted = wanted.removesuffix("族")
    found = (entry.code for entry in entries(dictionary) if wanted in (entry.name, *entry.aliases))
    return next(found, None)


def title(dictionary: Dictionary) -> str:
    """What the dictionary is called, in Chinese."""
    return _book(dictionary).title


def versions(dictionary: Dictionary) -> tuple[str, ...]:
    """All versions of the dictionary."""
    return _book(dictionary).versions


def current_version(dictionary: Dictionary) -> str:
    """The version new rows are stored with."""
    return _book(dictionary).current


def parse_region(code: str) -> Region | None:
    """The region with this six-digit code, in force or retired, or None."""
    return region.find(code)


def region_name(code: str) -> str | None:
    """The full name, such as 四川省成都市武侯区, or None for an unknown code."""
    found = region.find(code)
    return found.full_name if found else None


def within(code: str, scope: str) -> bool:
    """Whether region `code` is `scope` or lies under it; False for anything malformed.

    510000 contains 5101xx, 510100 contains 510107.
    """
    return region.within(code, scope)


def regions_under(scope: str | None = None) -> tuple[Region, ...]:
    """The regions in force one level under `scope`; the provinces without one."""
    return region.provinces() if scope is None else region.children(scope)


@cache
def _book(dictionary: Dictionary) -> _Book:
    text = (FOLDER / f"{dictionary.value}.json").read_text(encoding="utf-8")
    content: dict[str, Any] = json.loads(text)
    rows = tuple(_entry(row) for row in content["entries"])
    return _Book(content["title"], tuple(content["versions"]), content["current"], rows)


def _entry(row: dict[str, Any]) -> Entry:
    aliases, in_versions = tuple(row.get("aliases", ())), frozenset(row.get("versions", ()))
    traits = MappingProxyType(dict(row.get("traits", {})))
    return Entry(row["code"], row["name"], aliases, in_versions, traits)


@cache
def _by_code(dictionary: Dictionary, version: str) -> Mapping[str, Entry]:
    return MappingProxyType({entry.code: entry for entry in entries(dictionary, version)})
