"""The catalogue: every text that a page or script shows, by dotted key.

`texts/zh-CN/*.toml` together are the one complete language. The pseudo-locale makes each text 40 %
longer, to show where a layout breaks.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("texts")
CHINESE, PSEUDO = "zh-CN", "pseudo"
_PADDING = "某某"


class MissingText(KeyError):
    """The catalogue has no such key."""


@dataclass(frozen=True, slots=True)
class Texts:
    """One language."""

    locale: str
    by_key: Mapping[str, str]

    def __call__(self, key: str, /, **values: object) -> str:
        """The text of `key` with its `{names}` filled in. MissingText, or KeyError for a name."""
        try:
            text = self.by_key[key].format_map(values)
        except KeyError as error:
            raise MissingText(f"{key}: {error}") from error
        return lengthened(text) if self.locale == PSEUDO else text

    def within(self, prefix: str) -> dict[str, str]:
        """The texts below `prefix` by the rest of their keys: what one script needs."""
        start = prefix + "."
        longer = lengthened if self.locale == PSEUDO else str
        return {
            key.removeprefix(start): longer(text)
            for key, text in self.by_key.items()
            if key.startswith(start)
        }


def lengthened(text: str) -> str:
    """`text` made 40 % longer, at least by one sign."""
    more = max(1, round(len(text) * 0.4))
    return text + (_PADDING * more)[:more]


@cache
def texts(locale: str = CHINESE) -> Texts:
    """The catalogue of a locale: zh-CN, or the pseudo-locale made from it."""
    found: dict[str, str] = {}
    for file in sorted((FOLDER / CHINESE).glob("*.toml")):
        for key, text in _flat(tomllib.loads(file.read_text(encoding="utf-8"))):
            if key in found:
                raise ValueError(f"{key} stands twice in the catalogue")
            found[key] = text
    return Texts(locale, found)


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, str):
            yield prefix + name, value
        else:
            yield from _flat(value, f"{prefix}{name}.")
