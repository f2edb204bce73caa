"""Which part of a file a Range header asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.kit.errors import NoSuchPart
from api.kit.ranges import asked

SIZE = 1000


@pytest.mark.parametrize(
    ("header", "part"),
    [(None, None), ("", None), ("bytes=0-0", (0, 1)), ("bytes=0-", (0, SIZE)),
     ("bytes = 5 - 9", (5, 10)), ("bytes=-1", (999, SIZE)), ("bytes=-5000", (0, SIZE)),
     ("bytes=990-5000", (990, SIZE)), ("bytes=5-4", None), ("bytes=-", None),
     ("bytes=1-2,4-5", None), ("items=1-2", None), ("bytes=a-b", None), ("bytes=\u0661-", None)],
)  # fmt: skip
def test_a_header_asks_for_a_part(header: str | None, part: tuple[int, int] | None) -> None:
    assert asked(header, SIZE) == part


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=1000-2000", "bytes=-0"])
def test_what_lies_outside_is_refused(header: str) -> None:
    with pytest.raises(NoSuchPart) as caught:
        asked(header, SIZE)
    assert caught.value.size == SIZE


@given(st.integers(0, 10**15 - 1), st.integers(0, 10**15 - 1), st.integers(1, 10**9))
def test_a_part_lies_in_the_file(first: int, last: int, size: int) -> None:
    try:
        part = asked(f"bytes={first}-{last}", size)
    except NoSuchPart:
        assert first >= size
        return
    if part is None:
        assert last < first
    else:
        assert part == (first, min(last + 1, size)) and part[0] < part[1]


@given(st.text(max_size=40), st.integers(1, 10**6))
def test_whatever_stands_there_is_answered(header: str, size: int) -> None:
    try:
        part = asked(header, size)
    except NoSuchPart:
        return
    assert part is None or 0 <= part[0] < part[1] <= size
