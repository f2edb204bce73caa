"""What all emulators share: scripted faults, the calls they saw, the messages they sent, a clock.

Control surface of a running emulator, JSON in and out:

- `POST /_emulator/faults {path, kind, times?, …}` queues a fault for every path ending in `path`;
  `times` is how often it strikes (1; null = until removed). Kinds:
    `status` {status, json?}      answers that HTTP status
    `json` {json}                 answers 200 with that body
    `body` {body, status?, content_type?}  answers that raw text
    `malformed` {}                answers 200 with JSON cut off in the middle
    `delay` {seconds}             waits, then answers as usual
    `drop` {}                     closes the connection without an answer
- `DELETE /_emulator/faults` removes them all.
- `GET /_emulator/calls?path=` lists what was asked, secrets masked, long values cut.
- `GET /_emulator/sms?phone=` lists the short messages sent, oldest first.
- `POST /_emulator/clock {advance_s}` moves the emulators' clock forward.
- `POST /_emulator/reset` forgets everything: faults, calls, messages, tokens, clock.
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from sanic import Blueprint, Request, Sanic
from sanic.exceptions import BadRequest
from sanic.response import HTTPResponse, empty, json, raw

CONTROL = "/_emulator"
KINDS = ("status", "json", "body", "malformed", "delay", "drop")
SECRET_FIELDS = ("secret", "access_token", "client_secret", "session_key", "refresh_token")
LONGEST_KEPT = 300
MOST_KEPT = 2000


@dataclass
class Fault:
    """One scripted misbehaviour and how often it is still to strike (None = always)."""

    path: str
    kind: str
    times: int | None
    spec: dict[str, Any]

    @classmethod
    def of(cls, script: dict[str, Any]) -> "Fault":
        """The fault a control request asks for. ValueError when it makes no sense."""
        spec = dict(script)
        fault = cls(spec.pop("path"), spec.pop("kind"), spec.pop("times", 1), spec)
        if fault.kind not in KINDS:
            raise ValueError(f"kind is one of {KINDS}")
        return fault


class Faults:
    """The queue of scripted faults."""

    def __init__(self) -> None:
        self._queue: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Put `fault` behind those already waiting."""
        self._queue.append(fault)

    def clear(self) -> None:
        """Forget all faults."""
        self._queue.clear()

    def take(self, path: str) -> Fault | None:
        """The oldest fault for `path`, used up by one."""
        found = next((f for f in self._queue if path.endswith(f.path)), None)
        if found is None or found.times is None:
            return found
        found.times -= 1
        if found.times <= 0:
            self._queue.remove(found)
        return found


@dataclass
class EmulatorState:
    """What one emulator process remembers; `reset` empties it."""

    faults: Faults = field(default_factory=Faults)
    calls: list[dict[str, Any]] = field(default_factory=list)
    messages: list[dict[str, Any]] = field(default_factory=list)
    clock_offset_s: float = 0
    _resets: list[Callable[[], None]] = field(default_factory=list)

    def now(self) -> float:
        """Unix seconds of the emulators' own clock, which `/_emulator/clock` moves."""
        return time.time() + self.clock_offset_s

    def on_reset(self, forget: Callable[[], None]) -> None:
        """Let `forget` run at every reset; a vendor module registers its own memory so."""
        self._resets.append(forget)

    def reset(self) -> None:
        """Be as freshly started."""
        self.faults.clear()
        self.calls.clear()
        self.messages.clear()
        self.clock_offset_s = 0
        for forget in self._resets:
            forget()


def install(app: Sanic[Any, Any], state: EmulatorState) -> None:
    """Give `app` the control surface, and let faults strike before any of its handlers."""
    app.blueprint(_control(state))

    async def strike(request: Request) -> HTTPResponse | None:
        if CONTROL in request.path:
            return None
        _record(state, request)
        fault = state.faults.take(request.path)
        return await _answer(fault, request) if fault else None

    app.register_middleware(strike, "request")


async def _answer(fault: Fault, request: Request) -> HTTPResponse | None:
    """The wrong answer, or None when only late."""
    spec = fault.spec
    if fault.kind == "delay":
        await asyncio.sleep(float(spec["seconds"]))
        return None
    if fault.kind == "drop":
        cast(asyncio.Transport, request.transport).abort()
        return empty()
    if fault.kind == "malformed":
        return raw(b'{"errcode": 0, "access_', content_type="application/json")
    if fault.kind == "body":
        content_type = spec.get("content_type", "text/html; charset=utf-8")
        return raw(spec["body"].encode(), spec.get("status", 200), content_type=content_type)
    return json(spec.get("json", {}), status=spec.get("status", 200))


def _record(state: EmulatorState, request: Request) -> None:
    state.calls.append(
        {
            "method": request.method,
            "path": request.path,
            "query": _kept(dict(request.query_args)),
            "body": _kept(_body_of(request)),
            "at": state.now(),
        }
    )
    del state.calls[:-MOST_KEPT]


def _body_of(request: Request) -> dict[str, Any]:
    kind = request.headers.get("content-type", "")
    if kind.startswith(("multipart/", "application/x-www-form-urlencoded")):
        form: Mapping[str, list[str]] = request.form or {}
        return {name: values[0] for name, values in form.items()}
    try:
        body = request.json
    except BadRequest:  # whatever was sent, the call is still worth recording
        return {"unreadable": len(request.body)}
    return body if isinstance(body, dict) else {}


def _kept(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: _shown(name, value) for name, value in fields.items()}


def _shown(name: str, value: Any) -> Any:
    if name in SECRET_FIELDS:
        return "***"
    if isinstance(value, str) and len(value) > LONGEST_KEPT:
        return f"<{len(value)} characters>"
    return value


def _control(state: EmulatorState) -> Blueprint:
    control = Blueprint("emulator_control", url_prefix=CONTROL)

    @control.post("/faults", name="add_fault")
    async def add_fault(request: Request) -> HTTPResponse:
        try:
            state.faults.add(Fault.of(request.json))
        except (KeyError, TypeError, ValueError) as fault:
            return json({"error": str(fault)}, status=422)
        return json({}, status=201)

    @control.delete("/faults", name="clear_faults")
    async def clear_faults(_: Request) -> HTTPResponse:
        state.faults.clear()
        return empty()

    @control.get("/calls", name="list_calls")
    async def list_calls(request: Request) -> HTTPResponse:
        path = request.args.get("path", "")
        return json({"items": [c for c in state.calls if c["path"].endswith(path)]})

    @control.get("/sms", name="list_sms")
    async def list_sms(request: Request) -> HTTPResponse:
        phone = request.args.get("phone")
        return json({"items": [m for m in state.messages if phone in (None, m["phone"])]})

    @control.post("/clock", name="move_clock")
    async def move_clock(request: Request) -> HTTPResponse:
        state.clock_offset_s += float(request.json["advance_s"])
        return json({"now": state.now()})

    @control.post("/reset", name="reset")
    async def reset(_: Request) -> HTTPResponse:
        state.reset()
        return empty()

    return control
