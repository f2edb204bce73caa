"""What is true of complaints: kinds, states, clocks in working days, numbers, what is masked."""

import re
import secrets
from collections.abc import Iterable
from datetime import date
from enum import StrEnum, unique

from stdnum.iso7064 import mod_11_10

from api.codes import workdays

MOST_PHOTOS = 6
RETALIATION_DAYS = 30
"""An engagement that the enterprise ends so soon after a complaint is looked at (BY-11)."""
EVIDENCE_DAYS = 92
"""How many days up to the filing are kept as evidence."""
SERIAL_DIGITS = 6


@unique
class Kind(StrEnum):
    """What he files."""

    SUGGESTION = "suggestion"
    COMPLAINT = "complaint"


@unique
class Topic(StrEnum):
    """What it is about."""

    WAGES = "wages"
    ATTENDANCE = "attendance"
    SAFETY = "safety"
    LIVING = "living"
    OTHER = "other"


@unique
class Body(StrEnum):
    """Who is to answer: the enterprise, or the authority of the region."""

    ENTERPRISE = "enterprise"
    AUTHORITY = "authority"


@unique
class State(StrEnum):
    """Where it stands with whoever holds it (7.5)."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    ANSWERED = "answered"
    CLOSED = "closed"

    @property
    def waits(self) -> bool:
        """Whether the body that holds it still owes an answer."""
        return self in (State.RECEIVED, State.ACCEPTED)


@unique
class OfficeState(StrEnum):
    """What the enterprise sees of it. Of an anonymous one it lags behind what the worker does."""

    HIDDEN = "hidden"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    ANSWERED = "answered"
    CLOSED = "closed"
    ESCALATED = "escalated"

    @property
    def waits(self) -> bool:
        """Whether the enterprise still owes an answer, as far as it knows."""
        return self in (OfficeState.RECEIVED, OfficeState.ACCEPTED)


@unique
class Outcome(StrEnum):
    """How it ended."""

    NONE = ""
    SATISFIED = "satisfied"
    SILENT = "silent"
    WITHDRAWN = "withdrawn"
    DONE = "done"


@unique
class Check(StrEnum):
    """Whether the enterprise may read its text: only what passed is shown."""

    WAITING = "waiting"
    PASSED = "passed"
    HELD = "held"
    WITHHELD = "withheld"


@unique
class Side(StrEnum):
    """Whose step it is."""

    WORKER = "worker"
    ENTERPRISE = "enterprise"
    AUTHORITY = "authority"
    SYSTEM = "system"


@unique
class Act(StrEnum):
    """What a step did."""

    FILED = "filed"
    SEEN = "seen"
    ACCEPTED = "accepted"
    HANDLED = "handled"
    EXTENDED = "extended"
    TRANSFERRED = "transferred"
    ANSWERED = "answered"
    SATISFIED = "satisfied"
    ESCALATED = "escalated"
    WITHDRAWN = "withdrawn"
    REMINDED = "reminded"
    OVERDUE = "overdue"
    CLOSED = "closed"


ACCEPT_WITHIN = {Body.ENTERPRISE: 2, Body.AUTHORITY: 5}
ANSWER_WITHIN = {Body.ENTERPRISE: 5, Body.AUTHORITY: 60}
EXTENDED_BY = 30
"""Working days, 7.5: the enterprise's from the filing; the authority's from its acceptance, the
labour inspection's terms."""
SILENT_AFTER = 10
"""An answer of which he says nothing for so many working days ends the matter; our choice."""


def accept_by(holder: Body, day: date) -> date:
    """The last day to accept what came on `day`."""
    return workdays.calendar().after(day, ACCEPT_WITHIN[holder])


def answer_by(holder: Body, day: date) -> date:
    """The last day to answer: what came to the enterprise, or the authority accepted, on `day`."""
    return workdays.calendar().after(day, ANSWER_WITHIN[holder])


def extended(until: date) -> date:
    """The last day to answer after the authority took its one extension."""
    return workdays.calendar().after(until, EXTENDED_BY)


def silent_by(day: date) -> date:
    """The last day to say something of an answer that was given on `day`."""
    return workdays.calendar().after(day, SILENT_AFTER)


def new_number(day: date) -> str:
    """A fresh number `TS` + date + six digits + check digit (ISO 7064 MOD 11,10).

    The digits are drawn, not counted: a count would tell at what time of the day it was filed.
    Uniqueness is the caller's (a unique column).
    """
    digits = f"{day:%Y%m%d}{secrets.randbelow(10**SERIAL_DIGITS):0{SERIAL_DIGITS}d}"
    return f"TS{digits}{mod_11_10.calc_check_digit(digits)}"


_NUMBER = re.compile(rf"TS20\d{{6}}\d{{{SERIAL_DIGITS + 1}}}")


def is_number(text: str) -> bool:
    """Whether a text is a complaint's number, its check digit right."""
    return bool(_NUMBER.fullmatch(text)) and bool(mod_11_10.is_valid(text[2:]))


HIDDEN = "＊＊＊"
_ZERO_TO_NINE = "0-9０-９〇零一二三四五六七八九幺"
_LONG = re.compile(rf"[{_ZERO_TO_NINE}](?:[ \t\-－—_.·*#/]{{0,3}}[{_ZERO_TO_NINE}]){{6,}}[Xx]?")
"""Seven digits or more, however they are written: a phone, card or identity number."""
_DAY = re.compile(r"20\d{2}[-./]\d{1,2}[-./]\d{1,2}")
_CONTACT = re.compile(r"(?i)(?:微信|weixin|wechat|wx|vx|qq)号?[:： ]{0,3}[A-Za-z0-9_-]{5,}")


def masked(text: str, own: Iterable[str]) -> str:
    """The text without numbers that lead to a person, and without the words in `own`.

    `own`: the complainant's name and codes, which also go when blanks stand between their signs.

    Examples:
        >>> masked("打 138-0013 8000 找张三丰，2026-11-02 的工资 12000 元", ["张三丰"])
        '打 ＊＊＊ 找＊＊＊，2026-11-02 的工资 12000 元'
    """
    found = _LONG.sub(lambda each: each[0] if _DAY.fullmatch(each[0]) else HIDDEN, text)
    found = _CONTACT.sub(HIDDEN, found)
    for word in sorted((each for each in own if len(each) > 1), key=len, reverse=True):
        found = re.sub(r"[\s·.]*".join(map(re.escape, word)), HIDDEN, found, flags=re.I)
    return found


DOUBTFUL = re.compile(r"(?i)https?://|www\.|杀|砍|炸|烧死|弄死|跳楼|自杀|刀|枪|赌|嫖|毒品|裸")


def is_doubtful(text: str) -> bool:
    """Whether a person looks before the enterprise does: threats, links, or nothing to read."""
    return not text.strip() or bool(DOUBTFUL.search(text))
