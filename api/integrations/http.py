"""The one way out to vendors: fixed address, checked certificate, time limits, breaker.

The vendors' SDKs are synchronous and built on `requests`. A `Vendor` gives them sessions whose only
road is one adapter, and runs them on its own bounded threads, so that a slow vendor takes no thread
of another. Whatever goes wrong comes out as one `UpstreamError` without address, token or body.
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import urlsplit, urlunsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter

# urllib3 writes each path with its query at DEBUG, and vendors carry their token in the query.
logging.getLogger("urllib3").setLevel(logging.WARNING)

T = TypeVar("T")
Observe = Callable[[str, str, float], None]
"""Called after each call with system, result (`ok` or the error's class) and seconds."""
Alarm = Callable[[str, str], None]
"""Called with system and code when a person of ours has to act."""

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
LARGEST_ANSWER = 8 * 1024 * 1024
CHUNK = 64 * 1024


class Klass(StrEnum):
    """Who can do something about a failure."""

    UNAVAILABLE = "unavailable"
    """Busy, slow or down: later. Counts towards the breaker."""
    CONFIGURATION = "configuration"
    """Our key, quota or permission: alarm, no blame for the user."""
    INPUT = "input"
    """The person can mend what was sent, with a hint."""
    IDENTITY = "identity"
    """An answer about the person, not a fault: a human looks at it."""


class UpstreamError(Exception):
    """A vendor did not give what was asked.

    Holds the system, the vendor's or our own code and the class; never an address, a token, or
    anything that was sent. `permanent` says that the same request will fail again, `alarming` that
    a person of ours has to look.
    """

    def __init__(
        self,
        system: str,
        code: str,
        klass: Klass,
        permanent: bool | None = None,
        *,
        alarming: bool = False,
    ) -> None:
        super().__init__(f"{system} {code} ({klass.value})")
        self.system = system
        self.code = code
        self.klass = klass
        self.permanent = klass is not Klass.UNAVAILABLE if permanent is None else permanent
        self.alarming = alarming or klass is Klass.CONFIGURATION


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where one vendor is.

    system: its name in errors and metrics.
    base_url: where calls really go: the vendor, a proxy of ours, or a loopback emulator. Plain HTTP
        is allowed to loopback addresses only (ValueError otherwise).
    hosts: host names the SDK may ask for; every other one is refused.
    ca_bundle: file of certificates to trust instead of the public ones; never "no check".
    connect_s, total_s: limits in seconds of connecting and of the whole call.
    """

    system: str
    base_url: str
    hosts: frozenset[str]
    ca_bundle: str | None = None
    connect_s: float = 2.0
    total_s: float = 8.0

    def __post_init__(self) -> None:
        base = urlsplit(self.base_url)
        if base.scheme not in ("http", "https") or not base.hostname:
            raise ValueError(f"{self.system}: the address must be http(s)://host[:port]")
        if base.scheme == "http" and base.hostname not in LOOPBACK:
            raise ValueError(f"{self.system}: plain http is for loopback addresses only")

    def route(self, url: str) -> str:
        """`url` on the real address. UpstreamError when its host is not this vendor's."""
        asked, base = urlsplit(url), urlsplit(self.base_url)
        if asked.hostname not in self.hosts:
            raise UpstreamError(self.system, "foreign_host", Klass.CONFIGURATION)
        path = base.path.rstrip("/") + asked.path
        return urlunsplit((base.scheme, base.netloc, path, asked.query, ""))


class VendorAdapter(HTTPAdapter):
    """Sends to the endpoint and nowhere else; certificate always checked, time always limited.

    `verify`, `timeout`, `proxies` and `stream` of the caller are ignored on purpose: baidu-aip
    passes verify=False on every call, and wechatpy fetches its token without any time limit.
    """

    def __init__(self, endpoint: Endpoint, connections: int) -> None:
        self._endpoint = endpoint
        super().__init__(pool_connections=1, pool_maxsize=connections, max_retries=0)

    def send(
        self, request: requests.PreparedRequest, *_: object, **__: object
    ) -> requests.Response:
        """The whole answer, below 500 and no redirect; UpstreamError or a requests error."""
        here = self._endpoint
        deadline = time.monotonic() + here.total_s
        request.url = here.route(request.url or "")
        response = super().send(
            request,
            stream=True,
            timeout=(here.connect_s, here.total_s),
            verify=here.ca_bundle or True,
        )
        try:
            return self._whole(response, deadline)
        finally:
            # A whole answer has given its connection back already; one left unread must not be
            # used again, for its rest would be taken for the next answer.
            response.raw.close()

    def _whole(self, response: requests.Response, deadline: float) -> requests.Response:
        system, status = self._endpoint.system, response.status_code
        if 300 <= status < 400:
            raise UpstreamError(system, "redirect", Klass.CONFIGURATION)
        if status >= 500:
            raise UpstreamError(system, f"http_{status}", Klass.UNAVAILABLE)
        body = bytearray()
        # read1 comes back after each packet, so a vendor that drips cannot hold the thread.
        while part := response.raw.read1(CHUNK, decode_content=True):
            body += part
            if time.monotonic() > deadline:
                raise UpstreamError(system, "timeout", Klass.UNAVAILABLE)
            if len(body) > LARGEST_ANSWER:
                raise UpstreamError(system, "too_large", Klass.UNAVAILABLE)
        response._content = bytes(body)
        return response


class Breaker:
    """Refuses calls for a while once half of the latest ones have failed.

    Open after `failures` of the last `window`, for `open_s` seconds; then one call is let through:
    its success closes the breaker, its failure (or silence) opens it again.
    """

    def __init__(self, window: int = 20, failures: int = 10, open_s: float = 10.0) -> None:
        self._latest: deque[bool] = deque(maxlen=window)
        self._failures = failures
        self._open_s = open_s
        self._open_until: float | None = None

    def admits(self, now: float) -> bool:
        """Whether a call may go out at monotonic second `now`."""
        if self._open_until is None:
            return True
        if now < self._open_until:
            return False
        self._open_until = now + self._open_s  # this one call is the probe
        return True

    def record(self, ok: bool, now: float) -> None:
        """Take note of a call's end."""
        if self._open_until is not None:
            self._settle(ok, now)
            return
        self._latest.append(ok)
        if self._latest.count(False) >= self._failures:
            self._open_until = now + self._open_s

    def _settle(self, ok: bool, now: float) -> None:
        self._open_until = None if ok else now + self._open_s
        if ok:
            self._latest.clear()


class Vendor:
    """One outside system: sessions for its SDK, threads to run it on, a breaker around it."""

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        threads: int = 8,
        waiting: int = 128,
        breaker: Breaker | None = None,
        observe: Observe = lambda system, result, seconds: None,
        alarm: Alarm = lambda system, code: None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.endpoint = endpoint
        self._adapter = VendorAdapter(endpoint, threads)
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=endpoint.system)
        self._limit = threads + waiting
        self._pending = 0
        self._breaker = breaker or Breaker()
        self._observe = observe
        self._alarm = alarm
        self._monotonic = monotonic

    def session(self) -> requests.Session:
        """A session that can reach this vendor alone; sessions share connections, not cookies."""
        session = requests.Session()
        session.trust_env = False  # no proxy, netrc or certificate file from the environment
        session.max_redirects = 0
        session.mount("https://", self._adapter)
        session.mount("http://", self._adapter)
        return session

    async def call(self, work: Callable[[], T]) -> T:
        """What the blocking `work` returns; it uses `session()` and may raise UpstreamError.

        UpstreamError for everything that goes wrong, within `total_s` seconds whatever happens.
        """
        if not self._breaker.admits(self._monotonic()):
            raise self._told(self._error("breaker_open"), 0.0)
        if self._pending >= self._limit:
            raise self._told(self._error("too_many"), 0.0)
        started = self._monotonic()
        answer = await self._attempt(work)
        seconds = self._monotonic() - started
        failed = isinstance(answer, UpstreamError) and answer.klass is Klass.UNAVAILABLE
        self._breaker.record(not failed, self._monotonic())
        if isinstance(answer, UpstreamError):
            raise self._told(answer, seconds)
        self._observe(self.endpoint.system, "ok", seconds)
        return answer

    def close(self) -> None:
        """Let go of threads and connections without waiting for calls under way."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._adapter.close()

    async def _attempt(self, work: Callable[[], T]) -> T | UpstreamError:
        self._pending += 1
        try:
            running = asyncio.get_running_loop().run_in_executor(self._threads, self._run, work)
            return await asyncio.wait_for(running, self.endpoint.total_s)
        except TimeoutError:
            return self._error("timeout")
        finally:
            self._pending -= 1

    def _run(self, work: Callable[[], T]) -> T | UpstreamError:
        """`work`'s answer or an error that has forgotten where it came from.

        Messages and causes of requests' errors quote the whole address with the token in it, so the
        error is returned, to be raised where no such cause is at hand.
        """
        try:
            return work()
        except UpstreamError as error:
            return error
        except (requests.Timeout, urllib3.exceptions.TimeoutError):
            return self._error("timeout")
        except requests.exceptions.SSLError:
            return self._error("certificate", Klass.CONFIGURATION)
        except requests.exceptions.JSONDecodeError:
            return self._error("malformed")
        except (requests.RequestException, urllib3.exceptions.HTTPError):
            return self._error("connection")
        except ValueError:  # JSON or text that cannot be decoded
            return self._error("malformed")

    def _error(self, code: str, klass: Klass = Klass.UNAVAILABLE) -> UpstreamError:
        return UpstreamError(self.endpoint.system, code, klass)

    def _told(self, error: UpstreamError, seconds: float) -> UpstreamError:
        self._observe(self.endpoint.system, error.klass.value, seconds)
        if error.alarming:
            self._alarm(self.endpoint.system, error.code)
        return error


def as_object(system: str, response: requests.Response) -> Mapping[str, Any]:
    """The JSON object in `response`; UpstreamError `malformed` when it is not one."""
    body = response.json()
    if not isinstance(body, dict):
        raise UpstreamError(system, "malformed", Klass.UNAVAILABLE)
    return body
