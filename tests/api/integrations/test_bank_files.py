"""Batches and receipts as files: ten hostile ones are refused whole, each with its line."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.integrations.bank import Order, Outcome, Payee, Reason, Result
from api.integrations.bank.files import (
    LARGEST,
    BadReceipt,
    Expected,
    read,
    receipt_of,
    written,
)
from tests.api.integrations.bank_cast import ACCOUNT, CARDS, NOON, NUMBER, order, result

EXPECTED = Expected(NUMBER, {seq: 548_000 + seq for seq in (1, 2, 3)})
RESULTS = (result(1), result(2, Outcome.FAILED), result(3))
GOOD = receipt_of(NUMBER, RESULTS, {2: "ACCOUNT_CLOSED"})


def sealed(body: str) -> bytes:
    """A receipt whose trailer is right, whatever stands above it."""
    return body.encode() + f"END,{hashlib.sha256(body.encode()).hexdigest()}\n".encode()


def body_of(content: bytes) -> str:
    return content[: content.rindex(b"END,")].decode()


def changed(before: str, then: str) -> bytes:
    body = body_of(GOOD)
    assert before in body
    return sealed(body.replace(before, then, 1))


def fault(content: bytes) -> tuple[str, int]:
    with pytest.raises(BadReceipt) as refused:
        read(content, EXPECTED)
    assert refused.value.words.endswith("。")
    return refused.value.code, refused.value.line


def test_a_batch_as_the_bank_reads_it() -> None:
    lines = written(order()).decode().splitlines()
    assert lines[0] == f"GYDF,1,{NUMBER},{ACCOUNT},3,{order().total_fen}"
    assert lines[1] == f"1,样例甲,{CARDS[0]},548001"
    assert written(order()) == sealed("\n".join(lines[:-1]) + "\n")


def test_a_name_that_would_break_the_file_is_not_written() -> None:
    for name in ("甲,乙", "甲\n乙", '"甲"'):
        with pytest.raises(ValueError, match="comma"):
            written(Order(NUMBER, ACCOUNT, [Payee(1, name, CARDS[0], 1)]))


def test_a_receipt_is_read() -> None:
    found = read(GOOD, EXPECTED)
    assert found.results == RESULTS
    assert found.digest == hashlib.sha256(GOOD).hexdigest()


def test_a_receipt_of_some_lines_is_read() -> None:
    assert [r.seq for r in read(receipt_of(NUMBER, RESULTS[1:], {}), EXPECTED).results] == [2, 3]


HOSTILE: dict[str, tuple[Callable[[], bytes], str, int]] = {
    "wrong trailer": (lambda: GOOD[:-2] + b"0\n" if GOOD[-2:-1] != b"0" else GOOD[:-2] + b"1\n",
                      "trailer", 5),
    "changed under its trailer": (lambda: GOOD.replace(b"548003", b"948003"), "trailer", 5),
    "amount changed": (lambda: changed("1,548001,", "1,948001,"), "amount", 2),
    "doubled line": (lambda: sealed(body_of(GOOD).replace(",3,1644006", ",4,2192009")
                                    + body_of(GOOD).splitlines()[3] + "\n"), "doubled", 5),
    "foreign batch": (lambda: changed(NUMBER, "PL202611290002"), "foreign", 1),
    "negative amount": (lambda: changed("2,548002,", "2,-548002,"), "formula", 3),
    "unknown line": (lambda: changed("3,548003,", "4,548003,"), "unknown", 4),
    "cut file": (lambda: GOOD[: len(GOOD) // 2], "cut", 3),
    "cut at a line's end": (lambda: body_of(GOOD).encode(), "cut", 4),
    "other encoding": (lambda: GOOD.replace(b"BK000000000002", "BK汉".encode("gbk")),
                       "encoding", 3),
    "formula cell": (lambda: changed("BK000000000003", "=cmd|' /C calc'!A0"), "formula", 4),
    "huge": (lambda: GOOD * (LARGEST // len(GOOD) + 1), "huge", 1),
    "huge count": (lambda: changed(f"{NUMBER},3,", f"{NUMBER},999999999,"), "count", 1),
    "fraction": (lambda: changed("1,548001,", "1,548001.5,"), "number", 2),
    "no result": (lambda: changed("SUCCESS", "PERHAPS"), "outcome", 2),
    "no time zone": (lambda: changed("+08:00", ""), "time", 2),
    "one field more": (lambda: changed("ACCOUNT_CLOSED", "ACCOUNT_CLOSED,"), "fields", 3),
    "total that does not add up": (lambda: changed(",3,1644006", ",3,1644007"), "total", 1),
    "empty": (lambda: b"", "cut", 1),
    "a sheet": (lambda: b"PK\x03\x04" + bytes(range(256)), "encoding", 2),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_receipt_is_refused_whole_with_its_line(name: str) -> None:
    make, code, line = HOSTILE[name]
    assert fault(make()) == (code, line)


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    with pytest.raises(BadReceipt):
        read(content, EXPECTED)


@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255))
def test_no_single_changed_byte_passes(at: int, byte: int) -> None:
    other = GOOD[:at] + bytes([byte]) + GOOD[at + 1 :]
    if other != GOOD:
        with pytest.raises(BadReceipt):
            read(other, EXPECTED)


@given(st.integers(0, len(GOOD) - 1))
def test_no_cut_file_passes(length: int) -> None:
    with pytest.raises(BadReceipt):
        read(GOOD[:length], EXPECTED)


MOMENTS = st.datetimes(
    datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(timezone(timedelta(hours=8)))
).map(lambda moment: moment.replace(microsecond=0))


@given(
    st.dictionaries(
        st.integers(1, 500),
        st.tuples(st.integers(1, 10**12), st.sampled_from(Outcome), MOMENTS),
        min_size=1,
        max_size=20,
    )
)
def test_what_is_written_is_read_again(
    lines: dict[int, tuple[int, Outcome, datetime]],
) -> None:
    results = tuple(
        Result(
            NUMBER, seq, amount, outcome,
            Reason.NONE if outcome is Outcome.SUCCESS else Reason.FROZEN, f"R{seq}", at,
        )
        for seq, (amount, outcome, at) in lines.items()
    )  # fmt: skip
    expected = Expected(NUMBER, {seq: amount for seq, (amount, _, _) in lines.items()})
    content = receipt_of(NUMBER, results, dict.fromkeys(lines, "ACCOUNT_FROZEN"))
    assert read(content, expected).results == results


def test_a_batch_goes_out_at_noon_as_anybody_reads_it() -> None:
    assert NOON.isoformat(timespec="seconds").encode() in GOOD
