"""When it is night, what a notice may hold, and what it says."""

import re
from datetime import UTC, date, datetime

import pytest

from api.kit.clock import BEIJING
from api.notices import rules
from api.notices.kinds import KINDS
from verification.reasons import Reason

TODAY = date(2026, 11, 20)


def at(hour: int, minute: int = 0, day: int = 20) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=BEIJING)


@pytest.mark.parametrize("moment", [at(7), at(12), at(20, 59)])
def test_by_day_messages_go_out(moment: datetime) -> None:
    assert rules.quiet_until(moment) is None


@pytest.mark.parametrize(
    ("moment", "morning"),
    [(at(21), at(7, day=21)), (at(23, 59), at(7, day=21)), (at(0), at(7)), (at(6, 59), at(7))],
)
def test_at_night_they_wait_for_seven(moment: datetime, morning: datetime) -> None:
    assert rules.quiet_until(moment) == morning
    assert rules.quiet_until(moment.astimezone(UTC)) == morning


@pytest.mark.parametrize("value", ["13900000001", "张三", "a b", "x" * 65])
def test_a_person_cannot_be_put_into_a_notice(value: str) -> None:
    with pytest.raises(ValueError, match="an id, a code or a date"):
        rules.require_codes({"x": value})


def test_an_id_may_be_put_into_a_notice_whatever_its_digits() -> None:
    rules.require_codes({"enterprise": "01a1fd99-cb31-7c9c-951d-139000000011"})


def test_a_title_stands_alone_in_a_text_message() -> None:
    for kind in KINDS.values():
        assert len(kind.title) <= rules.LONGEST_TITLE
        assert "{" not in kind.title


def test_every_text_speaks_to_the_person() -> None:
    for kind in KINDS.values():
        text = kind.text + kind.title
        assert "您" in text or "请" in text, text
        words = re.sub(r"\{[a-z]+\}", "", text)
        assert not any(c.isascii() and c.isalpha() for c in words), text


def test_a_reason_reads_as_its_sentence() -> None:
    text = rules.text_of("verification.refused", {"reason": "document.expired"}, {}, TODAY)
    assert text.endswith(Reason.DOCUMENT_EXPIRED.sentence)


def test_an_unknown_reason_and_a_name_that_is_gone_still_read_well() -> None:
    assert rules.text_of("verification.refused", {"reason": "x"}, {}, TODAY).endswith("看原因。")
    assert "“对方”" in rules.text_of("link.proposed", {}, {}, TODAY)


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2026-11-20", "今天"),
        ("2026-11-19", "昨天"),
        ("2026-11-03", "11月3日"),
        ("2025-11-20", "2025年11月20日"),
    ],
)
def test_days_and_units_read_as_people_say_them(day: str, told: str) -> None:
    params = {"date": day, "units": "1.0"}
    text = rules.text_of("workday.confirmed", params, {"project": "样例"}, TODAY)
    assert text.startswith(f"“样例”{told}的出勤已确认，记 1 个工。")
    half = rules.text_of("workday.confirmed", {**params, "units": "0.50"}, {}, TODAY)
    assert "记 0.5 个工" in half
