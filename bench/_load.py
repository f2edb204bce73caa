"""Load over loopback: many connections that each send the next request when the last is answered.

`python -m bench._load PLAN` reads a JSON plan `{port, connections, seconds, path, tokens, bodies}`
and prints one JSON line `{ok, other, seconds, p50_ms, p99_ms}`. A body has `@ID@` where a fresh id
goes; without bodies it sends GET.
"""

import asyncio
import json
import sys
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import uuid4

Plan = dict[str, Any]


class Caller(asyncio.Protocol):
    """One connection: a request, its answer, the next request."""

    def __init__(self, requests: "Requests") -> None:
        self._requests = requests
        self._buffer = b""
        self._sent_at = 0.0
        self._transport: asyncio.Transport | None = None
        self.ended = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._send()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, found, body = self._buffer.partition(b"\r\n\r\n")
        if not found or len(body) < _length(head):
            return
        self._requests.answered(head[9:12], perf_counter() - self._sent_at)
        self._buffer = b""
        self._send()

    def connection_lost(self, _: Exception | None) -> None:
        if not self.ended.done():
            self.ended.set_result(None)

    def _send(self) -> None:
        assert self._transport is not None
        if perf_counter() >= self._requests.until:
            self._transport.close()
            return
        self._sent_at = perf_counter()
        self._transport.write(self._requests.next())


class Requests:
    """What is sent, and what came back."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._turn = 0
        self.until = perf_counter() + plan["seconds"]
        self.counts: dict[bytes, int] = {}
        self.latencies: list[float] = []

    def next(self) -> bytes:
        """The bytes of the next request."""
        bodies, tokens = self._plan["bodies"], self._plan["tokens"]
        if not bodies:
            return f"GET {self._plan['path']} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
        turn, self._turn = self._turn, self._turn + 1
        body = str(bodies[turn % len(bodies)]).replace("@ID@", str(uuid4())).encode()
        return (
            f"POST {self._plan['path']} HTTP/1.1\r\nHost: localhost\r\n"
            f"Authorization: Bearer {tokens[turn % len(tokens)]}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode() + body

    def answered(self, status: bytes, seconds: float) -> None:
        """Count an answer."""
        self.counts[status] = self.counts.get(status, 0) + 1
        self.latencies.append(seconds)


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line[15:])
    return 0


async def run(plan: Plan) -> dict[str, float]:
    """Send as the plan says; what came back."""
    requests, began = Requests(plan), perf_counter()
    loop = asyncio.get_running_loop()
    callers = [
        await loop.create_connection(lambda: Caller(requests), "127.0.0.1", plan["port"])
        for _ in range(plan["connections"])
    ]
    await asyncio.gather(*(caller.ended for _, caller in callers))
    wanted = b"201" if plan["bodies"] else b"200"
    slow = sorted(requests.latencies) or [0.0]
    ok = requests.counts.get(wanted, 0)
    return {
        "ok": ok,
        "other": len(requests.latencies) - ok,
        "seconds": perf_counter() - began,
        "p50_ms": slow[len(slow) // 2] * 1000,
        "p99_ms": slow[len(slow) * 99 // 100] * 1000,
    }


if __name__ == "__main__":
    import uvloop

    print(json.dumps(uvloop.run(run(json.loads(Path(sys.argv[1]).read_text())))))
