"""How days, instants and numbers stand on paper: in Chinese, always with the year. Pure."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from api.kit import clock
from api.kit.money import written

OTHER = "其他"
"""What stands for a code that has no word: never the code."""
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def day(of: date) -> str:
    """2026年10月9日."""
    return f"{of.year}年{short_day(of)}"


def short_day(of: date) -> str:
    """10月9日, where the year stands beside it."""
    return f"{of.month}月{of.day}日"


def month(of: str) -> str:
    """2026年10月 of a month that is written 2026-10."""
    return f"{of[:4]}年{int(of[5:])}月"


def instant(at: datetime) -> str:
    """2026年10月9日 20:10 in China."""
    local = clock.beijing(at)
    return f"{day(local.date())} {local:%H:%M}"


def yuan(amount_fen: int) -> str:
    """4,010.00 元."""
    return f"{written(amount_fen)} 元"


def dated(text: str) -> str:
    """The text, as a day where it is nothing but one that is written 2026-10-09."""
    return day(date.fromisoformat(text)) if ISO_DAY.fullmatch(text) else text


def by(words: Mapping[Any, str]) -> Callable[[Any], str]:
    """What says a code by its word."""
    return lambda code: words.get(str(code), OTHER)
