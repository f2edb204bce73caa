"""The one way out: where it may go, how long it may take, and when it stops asking."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import cast

import pytest

from api.integrations.http import Breaker, Endpoint, Klass, UpstreamError, Vendor

HOST = "vendor.example"


@asynccontextmanager
async def serving(*parts: bytes, pause_s: float = 0.0) -> AsyncIterator[str]:
    """A loopback server that answers every request with `parts`, pausing after each."""
    answering: set[asyncio.Task[None]] = set()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        answering.add(cast("asyncio.Task[None]", asyncio.current_task()))
        with suppress(OSError, asyncio.CancelledError, asyncio.IncompleteReadError):
            await reader.readuntil(b"\r\n\r\n")
            for part in parts:
                writer.write(part)
                await asyncio.sleep(pause_s)
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        for task in answering:
            task.cancel()
        await asyncio.gather(*answering)


def vendor(base: str, *, total_s: float = 2.0, **kwargs: object) -> Vendor:
    endpoint = Endpoint("test", base, frozenset({HOST}), total_s=total_s)
    return Vendor(endpoint, **kwargs)  # type: ignore[arg-type]


async def fetched(of: Vendor, url: str = f"https://{HOST}/path?q=1") -> bytes:
    # verify, timeout and stream are what a careless SDK passes; none of them counts
    return await of.call(
        lambda: of.session().get(url, verify=False, timeout=None, stream=True).content
    )


async def code_of(of: Vendor, url: str = f"https://{HOST}/") -> str:
    with pytest.raises(UpstreamError) as caught:
        await fetched(of, url)
    error = caught.value
    assert error.__cause__ is None
    assert error.__context__ is None  # no requests error with the address in it hangs on
    return error.code


OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"


async def test_goes_to_the_set_address() -> None:
    async with serving(OK, b"hi") as base:
        assert await fetched(vendor(base)) == b"hi"


@pytest.mark.parametrize(
    "base", ["http://vendor.example", "ftp://127.0.0.1", "https://", "nonsense"]
)
def test_refuses_addresses_without_encryption(base: str) -> None:
    with pytest.raises(ValueError, match="test"):
        Endpoint("test", base, frozenset({HOST}))


async def test_refuses_other_hosts() -> None:
    async with serving(OK, b"hi") as base:
        assert await code_of(vendor(base), "https://elsewhere.example/") == "foreign_host"


async def test_follows_no_redirect() -> None:
    head = (
        b"HTTP/1.1 302 Found\r\nLocation: https://elsewhere.example/\r\nContent-Length: 0\r\n\r\n"
    )
    async with serving(head) as base:
        assert await code_of(vendor(base)) == "redirect"


async def test_silence_ends_at_the_limit() -> None:
    async with serving(b"", OK, pause_s=30) as base:
        assert await code_of(vendor(base, total_s=0.2)) == "timeout"


async def test_dripping_frees_caller_and_thread() -> None:
    drops = [b" "] * 100_000
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"
    async with serving(head, *drops, pause_s=0.02) as base:
        slow = vendor(base, total_s=0.3, threads=1, waiting=0)
        assert await code_of(slow) == "timeout"
        # Work waits for a thread: it begins only once the dripping answer was given up.
        began = threading.Event()
        for _ in range(10):
            with suppress(UpstreamError):
                await slow.call(began.set)
        assert began.is_set()


async def test_dripping_head_frees_the_caller() -> None:
    async with serving(b"HTTP/1.1 200 OK\r\n", *[b"X: y\r\n"] * 200, pause_s=0.02) as base:
        assert await code_of(vendor(base, total_s=0.2)) == "timeout"


async def test_nobody_listening() -> None:
    async with serving() as base:
        pass
    assert await code_of(vendor(base)) == "connection"


async def test_too_large_an_answer() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n"
    async with serving(head, b"x" * 9_000_000) as base:
        assert await code_of(vendor(base, total_s=5)) == "too_large"


async def test_crowd_is_told_at_once() -> None:
    gate = threading.Event()
    async with serving(OK, b"hi") as base:
        narrow = vendor(base, threads=1, waiting=1)
        busy = [asyncio.ensure_future(narrow.call(gate.wait)) for _ in range(2)]
        await asyncio.sleep(0)
        assert await code_of(narrow) == "too_many"
        gate.set()
        assert await asyncio.gather(*busy) == [True, True]


class Ticks:
    """A monotonic clock moved by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_breaker_opens_at_half_of_the_window() -> None:
    breaker = Breaker()
    for _ in range(10):
        breaker.record(True, 0)
    for _ in range(9):
        breaker.record(False, 0)
    assert breaker.admits(0)
    breaker.record(False, 0)
    assert not breaker.admits(9.9)


def test_breaker_forgets_old_failures() -> None:
    breaker = Breaker()
    for ok in [False] * 9 + [True] * 20 + [False] * 9:
        breaker.record(ok, 0)
    assert breaker.admits(0)


def test_breaker_lets_one_probe_through_and_closes_on_success() -> None:
    breaker = Breaker()
    for _ in range(10):
        breaker.record(False, 0)
    assert breaker.admits(10)
    assert not breaker.admits(10)
    breaker.record(True, 11)
    assert breaker.admits(11)
    assert breaker.admits(11)


def test_breaker_opens_again_when_the_probe_fails_or_vanishes() -> None:
    breaker = Breaker()
    for _ in range(10):
        breaker.record(False, 0)
    assert breaker.admits(10)
    breaker.record(False, 12)
    assert not breaker.admits(21)
    assert breaker.admits(22)  # this probe never reports
    assert not breaker.admits(31)
    assert breaker.admits(32)


def _fails(klass: Klass) -> Callable[[], None]:
    def work() -> None:
        raise UpstreamError("test", "scripted", klass)

    return work


async def test_open_breaker_asks_no_more_until_its_time() -> None:
    clock, results = Ticks(), list[str]()
    async with serving(OK, b"hi") as base:
        of = vendor(
            base, monotonic=clock, observe=lambda system, result, seconds: results.append(result)
        )
        for _ in range(10):
            with pytest.raises(UpstreamError, match="scripted"):
                await of.call(_fails(Klass.UNAVAILABLE))
        assert await code_of(of) == "breaker_open"
        clock.now += 10
        assert await fetched(of) == b"hi"
        assert await fetched(of) == b"hi"
    assert results == ["unavailable"] * 11 + ["ok"] * 2


async def test_answers_about_people_and_pictures_do_not_open_the_breaker() -> None:
    async with serving(OK, b"hi") as base:
        of = vendor(base)
        for klass in (Klass.INPUT, Klass.IDENTITY, Klass.CONFIGURATION) * 10:
            with pytest.raises(UpstreamError, match="scripted"):
                await of.call(_fails(klass))
        assert await fetched(of) == b"hi"
