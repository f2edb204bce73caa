"""A log line is an event and allowed fields; nothing else gets through."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from api.kit.logging import ALLOWED, LONGEST, configure, frames, log, only_allowed
from tests.api.kit.probe import Acts
from tests.cast import Client

ID = "0198a1b2-1234-7abc-8def-123456789012"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What is logged in one test, as the server configures it."""
    before, root = structlog.get_config(), logging.getLogger()
    handlers, level = root.handlers[:], root.level
    configure("INFO")
    into = io.StringIO()
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(into))
    yield into
    structlog.configure(**before)
    root.handlers[:] = handlers
    root.setLevel(level)


def line(**fields: Any) -> dict[str, Any]:
    return dict(only_allowed(None, "info", {"event": "x", **fields}))


def test_an_unknown_field_is_dropped() -> None:
    assert line(phone="13912345678", body={"a": 1}, status=200) == {"event": "x", "status": 200}


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("5101071990", "#"), ("at 51010719900307123X end", "at #X end"), ("port 8000", "port 8000"),
        (13912345678, "#"), (12345, 12345), (1.5, 1.5), (True, True), (None, None), (ID, ID),
        (UUID(ID), ID), ([1], "<list>"), ({"a": 1}, "<dict>"), (b"abc", "<bytes>"),
    ],
)  # fmt: skip
def test_what_a_value_becomes(value: Any, kept: Any) -> None:
    assert line(code=value)["code"] == kept


@given(st.text(max_size=200), st.from_regex(r"[0-9]{11,19}", fullmatch=True))
def test_no_number_of_a_person_gets_through(text: str, number: str) -> None:
    for name in ALLOWED - {"timestamp"}:  # which is our own clock's
        assert number not in str(line(**{name: f"{text} {number}"}).get(name))


def test_a_line_is_short() -> None:
    assert len(line(error="x" * 10**6)["error"]) == LONGEST


def test_a_line_is_json_and_breaks_into_no_second_one(written: io.StringIO) -> None:
    log.info("request", path="a\r\nb\x1b[31m", status=200)
    assert written.getvalue().count("\n") == 1
    assert json.loads(written.getvalue())["path"] == "a\r\nb\x1b[31m"


def test_a_library_exception_keeps_its_frames_only(written: io.StringIO) -> None:
    try:
        raise KeyError("13912345678 张三")
    except KeyError:
        logging.getLogger("library").exception("lost %s", "张三")
    line = json.loads(written.getvalue())
    assert (line["event"], line["logger"], line["code"], line["error"]) == (
        "library.line", "library", "lost %s", "KeyError",
    )  # fmt: skip
    assert "test_logging.py" in line["trace"]
    assert "张三" not in str(line)


def test_a_library_line_keeps_its_template_only(written: io.StringIO) -> None:
    logging.getLogger("library").warning("sent %s and 510107199003071234", "张三")
    logging.getLogger("library").warning(f"already put in: {'张三'}")
    assert "sent %s and #" in written.getvalue()
    assert "张三" not in written.getvalue()
    assert "510107" not in written.getvalue()


def test_frames_name_places_and_no_values() -> None:
    try:
        raise ValueError("13912345678")
    except ValueError as error:
        assert "13912345678" not in frames(error)
        assert "test_frames_name_places" in frames(error)


async def test_a_request_leaves_one_line_without_its_values(
    probed: Client, written: io.StringIO
) -> None:
    account = await probed.cast.id("zhang")
    body = {"name": "欧阳建国", "phone": "13912345678"}
    answer = await probed.post("/probe/things?", as_="zhang", json=body)
    lines = [json.loads(each) for each in written.getvalue().splitlines()]
    assert [each["operation"] for each in lines if each["event"] == "request"] == ["probe.make"]
    last = lines[-1]
    assert last["account_id"] == str(account)
    assert last["request_id"] == answer.headers["x-request-id"]
    assert "欧阳建国" not in written.getvalue()
    assert "13912345678" not in written.getvalue()


async def test_a_crash_is_logged_without_its_text(
    probed: Client, acts: Acts, written: io.StringIO
) -> None:
    acts.crash = True
    answer = await probed.post("/probe/things", as_="zhang", json={"name": "欧阳建国"})
    shown = written.getvalue() + answer.text
    assert answer.status_code == 500
    assert '"event":"request.failed"' in shown
    assert '"error":"RuntimeError"' in shown
    assert "probe.py" in shown
    assert "欧阳建国" not in shown
    assert "1391234" not in shown
