"""When a text message may go out, and what a notice says."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from api.kit import clock
from api.notices.kinds import KINDS
from verification.reasons import Reason

QUIET_FROM = time(21)
QUIET_TO = time(7)
LONGEST_TITLE = 35
"""The longest variable that the gateway's template takes."""
_CODE = re.compile(r"[A-Za-z0-9_.:-]{0,64}")
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def quiet_until(moment: datetime) -> datetime | None:
    """The end of the night (21:00 to 07:00, Asia/Shanghai) that `moment` is in; None by day."""
    local = clock.beijing(moment)
    if QUIET_TO <= local.time() < QUIET_FROM:
        return None
    day = local.date() + timedelta(days=1 if local.time() >= QUIET_FROM else 0)
    return datetime.combine(day, QUIET_TO, tzinfo=clock.BEIJING)


def require_codes(params: Mapping[str, str]) -> None:
    """ValueError for a value that is no id, code or date, or that looks like a person's number."""
    for value in params.values():
        if _ID.fullmatch(value):  # its digits may look like a phone number
            continue
        if not _CODE.fullmatch(value) or re.search(r"\d{11}", value):
            raise ValueError("a notice's parameter is an id, a code or a date")


def text_of(kind: str, params: Mapping[str, str], names: Mapping[str, str], today: date) -> str:
    """What a notice says to who reads it on the day `today`.

    `names` are by parameter; a name that is gone reads as 对方.
    """
    words = {**params, **names}
    if "reason" in params:
        words["reason"] = _sentence(params["reason"])
    if "date" in params:
        words["date"] = day_in_words(date.fromisoformat(params["date"]), today)
    if "units" in params:
        words["units"] = f"{Decimal(params['units']).normalize():f}"
    return KINDS[kind].text.format_map(_Forgiving(words))


def day_in_words(day: date, today: date) -> str:
    """今天, 昨天, or the date, with its year when it is another one.

    Examples:
        >>> [day_in_words(date(2026, 11, d), date(2026, 11, 18)) for d in (18, 17, 3)]
        ['今天', '昨天', '11月3日']
        >>> day_in_words(date(2025, 12, 31), date(2026, 1, 2))
        '2025年12月31日'
    """
    if day == today:
        return "今天"
    if day == today - timedelta(days=1):
        return "昨天"
    short = f"{day.month}月{day.day}日"
    return short if day.year == today.year else f"{day.year}年{short}"


def _sentence(reason: str) -> str:
    return Reason(reason).sentence if reason in set(Reason) else "请打开工友看原因。"


class _Forgiving(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "请打开工友看原因。" if key == "reason" else "对方"
