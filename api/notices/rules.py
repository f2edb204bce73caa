"""When messages may go out, and what they say."""

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
HINT = "请打开工友查看"
DIGEST_TITLE = "今天没看的消息"
LENGTHS = {"thing": 20, "const": 20, "phrase": 5, "number": 32, "character_string": 32}
"""Characters that WeChat takes for a keyword, by what its name begins with."""
DAYS = frozenset({"date", "from", "to"})
"""Parameters that are days."""
_CODE = re.compile(r"[A-Za-z0-9_.:-]{0,64}")
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def quiet_until(moment: datetime) -> datetime | None:
    """The end of the night (21:00 to 07:00, Asia/Shanghai) that `moment` is in; None by day."""
    local = clock.beijing(moment)
    if QUIET_TO <= local.time() < QUIET_FROM:
        return None
    day = local.date() + timedelta(days=1 if local.time() >= QUIET_FROM else 0)
    return datetime.combine(day, QUIET_TO, tzinfo=clock.BEIJING)


def digest_after(moment: datetime, at: str, *, tomorrow: bool = False) -> datetime:
    """The next instant after `moment` when clocks in Asia/Shanghai show `at` (`HH:MM`).

    `tomorrow`: not before the next day, because this day had its summary.
    """
    local = clock.beijing(moment)
    day = local.date() + timedelta(days=1 if tomorrow else 0)
    due = datetime.combine(day, time.fromisoformat(at), tzinfo=clock.BEIJING)
    return due if due > local else due + timedelta(days=1)


def filled(fields: Mapping[str, str], title: str, moment: datetime, count: int) -> dict[str, str]:
    """What stands under each keyword of a template, as long as it may be; nothing personal."""
    words = {
        "title": title,
        "hint": HINT,
        "time": f"{clock.beijing(moment):%Y年%m月%d日 %H:%M}",
        "count": f"{count} 条没看的消息",
    }
    found = {}
    for name, what in fields.items():
        kind = name.rstrip("0123456789")
        text = str(count) if (what, kind) == ("count", "number") else words[what]
        found[name] = text[: LENGTHS.get(kind, 32)]
    return found


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
    for name in DAYS & params.keys():
        words[name] = day_in_words(date.fromisoformat(params[name]), today)
    if "month" in params:
        words["month"] = f"{int(params['month'][-2:])}月"
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
