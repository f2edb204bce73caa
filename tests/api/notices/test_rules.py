"""When it is night, what a notice may hold, and what it says."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.kit.clock import BEIJING
from api.notices import rules
from api.notices.kinds import KINDS
from api.notices.ways import TEMPLATE_WORDS, Must, Template
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


def test_the_table_of_kinds_is_in_order() -> None:
    """What must be known has a way out for everybody; only that is urgent; titles fit WeChat."""
    for name, kind in KINDS.items():
        assert kind.sms or not kind.must, name
        assert kind.must or not kind.urgent, name
        assert kind.template is None or len(kind.title) <= rules.LENGTHS["thing"], name
        assert kind.digest == (not kind.sms and kind.template is None), name
    assert {kind.must for kind in KINDS.values()} == {None, *Must}
    assert set(TEMPLATE_WORDS) == set(Template)


@pytest.mark.parametrize(
    ("moment", "at", "tomorrow", "due"),
    [
        (datetime(2026, 11, 20, 18, 29), "18:30", False, datetime(2026, 11, 20, 18, 30)),
        (datetime(2026, 11, 20, 18, 30), "18:30", False, datetime(2026, 11, 21, 18, 30)),
        (datetime(2026, 11, 20, 23, 59), "07:00", False, datetime(2026, 11, 21, 7, 0)),
        (datetime(2026, 11, 21, 0, 0), "07:00", False, datetime(2026, 11, 21, 7, 0)),
        # a Friday, a Saturday and a Sunday: the site works, the summary comes
        (datetime(2026, 11, 27, 19, 0), "18:30", False, datetime(2026, 11, 28, 18, 30)),
        (datetime(2026, 11, 28, 19, 0), "18:30", False, datetime(2026, 11, 29, 18, 30)),
        (datetime(2026, 12, 31, 18, 30), "18:30", False, datetime(2027, 1, 1, 18, 30)),
        (datetime(2026, 12, 31, 12, 0), "18:30", True, datetime(2027, 1, 1, 18, 30)),
        (datetime(2028, 2, 28, 20, 30), "20:30", False, datetime(2028, 2, 29, 20, 30)),
    ],
)
def test_the_summary_comes_at_the_next_such_hour(
    moment: datetime, at: str, tomorrow: bool, due: datetime
) -> None:
    here = moment.replace(tzinfo=BEIJING)
    for same in (here, here.astimezone(UTC)):
        assert rules.digest_after(same, at, tomorrow=tomorrow) == due.replace(tzinfo=BEIJING)


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)),
    st.integers(7, 20),
    st.booleans(),
)
def test_the_summary_is_ahead_by_a_day_at_most_and_never_at_night(
    moment: datetime, hour: int, half: bool
) -> None:
    now = moment.replace(tzinfo=BEIJING)
    due = rules.digest_after(now, f"{hour:02}:{'30' if half else '00'}")
    assert now < due <= now + timedelta(days=1)
    assert rules.quiet_until(due) is None


@given(st.text(max_size=80), st.integers(0, 10**9))
def test_what_goes_to_wechat_is_never_too_long(title: str, count: int) -> None:
    fields = {"thing1": "title", "thing12": "count", "number3": "count", "phrase4": "hint"}
    found = rules.filled({**fields, "time5": "time"}, title, at(9), count)
    assert found["thing1"] == title[:20] and found["time5"] == "2026年11月20日 09:00"
    assert all(len(found[name]) <= 20 for name in ("thing1", "thing12"))
    assert found["number3"] == str(count) and len(found["phrase4"]) <= 5
