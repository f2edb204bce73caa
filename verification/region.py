"""Administrative regions by six-digit code (GB/T 2260), those in force and those retired.

People keep the code their number was issued with, so a retired code is still a known one. The
table is python-stdnum's `cn/loc.dat` (compiled from the public lists of county changes since
1980) plus `ADDED`, the changes it lacks; it is read from the package once, on first use.
Five-digit town codes are not regions.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from stdnum import numdb

# Changes of 2021 that python-stdnum 2.2 does not have yet (Hangzhou's new districts).
ADDED: Mapping[str, str] = MappingProxyType(
    {"330113": "[2021-]临平区", "330114": "[2021-]钱塘区"},
)

# Levels that only group others; they are no part of a spoken name.
GROUPING = frozenset({"市辖区", "县", "市", "省直辖县级行政单位", "自治区直辖县级行政单位"})

_SPAN = re.compile(r"(?:\[(?P<start>\d*)-(?P<end>\d*)\])?(?P<name>.+)")


@dataclass(frozen=True, slots=True)
class Region:
    """One code and what it means.

    name: the last name it had, alone: 武侯区.
    full_name: with its city and province: 四川省成都市武侯区.
    retired: the code is no longer given out; numbers that carry it stay valid.
    """

    code: str
    name: str
    full_name: str
    retired: bool

    @property
    def level(self) -> str:
        """`province`, `city` or `county`, by the trailing pairs of zeros."""
        if self.code.endswith("0000"):
            return "province"
        return "city" if self.code.endswith("00") else "county"


def find(code: str) -> Region | None:
    """The region with this code, in force or retired; None when there never was one.

    Source: GB/T 2260 and its changes. Example: `find("110103")` is 崇文区, retired.
    """
    return table().get(code)


def within(code: str, scope: str) -> bool:
    """Whether the region `code` is `scope` itself or lies under it, by the pairs of digits.

    510000 contains 5101xx, 510100 contains 510107, 510107 only itself; also under 省直辖 (xx90xx).
    False, never an error, when either is no six-digit code of a province: fail closed.
    """
    if not (_is_code(code) and _is_code(scope)):
        return False
    return code.startswith(_prefix(scope))


def children(scope: str) -> tuple[Region, ...]:
    """The regions in force one step under `scope` by code, in order; none under a county.

    A grouping level (市辖区, 县) is a step like any other.
    """
    if not _is_code(scope):
        return ()
    depth = len(_prefix(scope)) + 2
    inside = (region for region in table().values() if within(region.code, scope))
    return tuple(r for r in inside if not r.retired and len(_prefix(r.code)) == depth)


def provinces() -> tuple[Region, ...]:
    """The regions of the first level, in order of code."""
    return tuple(region for region in table().values() if region.level == "province")


@cache
def table() -> Mapping[str, Region]:
    """All known regions by code, in order of code."""
    named = {code: _last_name(text) for code, text in _spans().items()}
    regions = {
        code: Region(code, name, _full_name(code, named), retired)
        for code, (name, retired) in named.items()
    }
    return MappingProxyType(regions)


def _spans() -> dict[str, str]:
    prefixes = numdb.get("cn/loc").prefixes
    known = {
        province + row[1]: row[3]["county"] for _, province, _, _, rows in prefixes for row in rows
    }
    return dict(sorted({**known, **ADDED}.items()))


def _last_name(text: str) -> tuple[str, bool]:
    spans = [match for part in text.split(",") if (match := _SPAN.fullmatch(part))]
    in_force = [match for match in spans if not match["end"]]
    return (in_force or spans)[-1]["name"], not in_force


def _full_name(code: str, named: Mapping[str, tuple[str, bool]]) -> str:
    levels = dict.fromkeys((code[:2] + "0000", code[:4] + "00", code))
    names = (named[level][0] for level in levels if level in named)
    return "".join(dict.fromkeys(name for name in names if name not in GROUPING))


def _is_code(text: str) -> bool:
    return len(text) == 6 and text.isascii() and text.isdecimal() and not text.startswith("00")


def _prefix(code: str) -> str:
    if code.endswith("0000"):
        return code[:2]
    return code[:4] if code.endswith("00") else code
