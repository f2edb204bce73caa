"""The way in and out: who asks, may he, how often, in what form; then the answer or the problem."""

import ipaddress
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from functools import lru_cache
from time import perf_counter
from typing import Any
from uuid import UUID, uuid4

import orjson
import structlog
from prometheus_client import Counter, Histogram
from pydantic import BaseModel
from sanic import HTTPResponse, Request
from sanic.exceptions import SanicException
from sanic.handlers import ErrorHandler
from sanic.helpers import has_message_body
from sanic.http import Http
from sanic.request import File

from api.kit import idempotency, ranges
from api.kit.actor import Actor, Origin
from api.kit.admission import admit, as_seen
from api.kit.bodies import most_bytes
from api.kit.errors import (
    BadRequest,
    MethodNotAllowed,
    NoSuchPart,
    NotFound,
    Problem,
    TooLarge,
    Unauthenticated,
    Unavailable,
    Unexpected,
    UnsupportedMedia,
)
from api.kit.logging import frames, log
from api.kit.metrics import REQUESTS, SECONDS
from api.kit.rate_limit import spend
from api.kit.routes import (
    UPLOAD_LIMIT,
    Call,
    Download,
    Operation,
    Reply,
    Stored,
    Upload,
)
from api.kit.schemas import Query, parse, parse_fields, single
from api.kit.transaction import STORE_DOWN

Authenticate = Callable[[str, Origin], Awaitable[Actor | None]]
_REQUEST_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Incoming(Request):
    """A request whose body is read as far as its operation allows."""

    async def receive_body(self) -> None:
        """Read the body. TooLarge, before it is read, for a longer one than the operation reads."""
        operation = getattr(self.route.ctx, "operation", None) if self.route else None
        large = operation is not None and operation.largest_body > UPLOAD_LIMIT
        most = most_bytes(operation, await self.app.ctx.sender(self) if large else None)
        if self.stream is not None:
            self.stream.request_max_size = most
        length = self.headers.get("content-length") or "0"
        if not length.isascii() or not length.isdecimal():
            raise BadRequest
        if int(length) > most:
            raise TooLarge
        await super().receive_body()  # type: ignore[no-untyped-call]


class Answer(HTTPResponse):
    """An answer. Most of its headers are those of every other: these are made safe once."""

    @property
    def processed_headers(self) -> Iterator[tuple[bytes, bytes]]:
        """The headers as they are sent."""
        if has_message_body(self.status):  # type: ignore[no-untyped-call]
            self.headers.setdefault("content-type", self.content_type)
        return (ALIKE.get(pair) or _safe(*pair) for pair in self.headers.items())


def _safe(name: str, value: object) -> tuple[bytes, bytes]:
    """A header as it is sent: no line break in it begins another one."""
    safe = HTTPResponse._sanitize_header_value
    return safe(name).encode("ascii"), safe(str(value)).encode(errors="surrogateescape")


ALIKE = {pair: _safe(*pair) for pair in HEADERS.items()}


class Pipeline:
    """Takes each request through the same steps and answers it."""

    def __init__(self, authenticate: Authenticate, trusted_proxies: tuple[str, ...]) -> None:
        self._authenticate = authenticate
        self._trusted = tuple(ipaddress.ip_network(proxy) for proxy in trusted_proxies)

    async def __call__(
        self, operation: Operation, request: Request, params: dict[str, Any]
    ) -> HTTPResponse:
        """Answer the request, or raise the Problem that the error handler renders."""
        actor = as_seen(operation, await self.actor(request))
        request.ctx.actor = actor
        admit(operation, actor)
        for limit in operation.limits:
            await spend(limit, actor.origin.network if limit.by == "ip" else str(actor.account_id))
        if operation.signed is not None:
            await operation.signed(as_it_came(request))
        arguments = {"actor": actor, **params, **read(operation, request)}
        key = request.headers.get("idempotency-key")
        if key is None or not operation.repeatable or actor.account_id is None:
            result = await operation.handler(**arguments)
            if isinstance(result, Stored):
                return ranges.answer(request, result)
            return respond(operation, result)
        return await _once(operation, request, actor.account_id, key, arguments)

    async def actor(self, request: Request) -> Actor:
        """Who asks. Unauthenticated for a token that is not, or no longer, valid."""
        origin = Origin(request_id=request.ctx.request_id, ip=self.address(request))
        header = request.headers.get("authorization")
        if header is None:
            return Actor(origin=origin)
        scheme, _, token = header.partition(" ")
        actor = await self._authenticate(token, origin) if scheme.lower() == "bearer" else None
        if actor is None:
            raise Unauthenticated
        return actor

    def address(self, request: Request) -> str:
        """The caller's address; a forwarded one only from a proxy we trust."""
        forwarded = request.headers.getall("x-forwarded-for", [])
        hops = [hop.strip() for part in forwarded for hop in part.split(",")] + [request.ip]
        while len(hops) > 1 and self._is_trusted(hops[-1]):
            hops.pop()
        return str(hops[-1])

    def _is_trusted(self, address: str) -> bool:
        try:
            parsed = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(parsed in network for network in self._trusted)


def as_it_came(request: Request) -> Call:
    """The request, unread, for what its sender signed."""
    return Call(request.method, request.raw_url.decode("latin-1"), request.headers, request.body)


def read(operation: Operation, request: Request) -> dict[str, Any]:
    """The handler's `body`, `query` and `form`, as far as its operation declares them."""
    found: dict[str, Any] = {}
    if operation.query:
        found["query"] = parse_fields(operation.query, single(request.args))
    elif request.query_string:
        parse_fields(Query, dict.fromkeys(request.args, ""))
    media_type = (request.headers.get("content-type") or "").partition(";")[0].strip().lower()
    if operation.body:
        if media_type != "application/json":
            raise UnsupportedMedia
        found["body"] = parse(operation.body, request.body)
    if operation.form:
        if media_type != "multipart/form-data":
            raise UnsupportedMedia
        found["form"] = parse_fields(operation.form, _form_values(request))
    return found


def _form_values(request: Request) -> dict[str, Any]:
    try:
        parts = single(request.form or {}, request.files or {})
    except (ValueError, LookupError) as error:
        raise BadRequest from error
    return {
        name: Upload(part.name or "", part.type or "", part.body)
        if isinstance(part, File)
        else part
        for name, part in parts.items()
    }


async def _once(
    operation: Operation, request: Request, account_id: UUID, key: str, arguments: dict[str, Any]
) -> HTTPResponse:
    claim = await idempotency.begin(account_id, operation.name, key, _essence(request))
    if isinstance(claim, idempotency.Answer):
        return _json(claim.status, claim.body.encode())
    try:
        answer = respond(operation, await operation.handler(**arguments))
    except BaseException:
        await idempotency.abandon(claim)
        raise
    body = (answer.body or b"").decode()
    await idempotency.finish(claim, idempotency.Answer(answer.status, body))
    return answer


def _essence(request: Request) -> bytes:
    # A multipart body repeats with another boundary: its parts are what counts.
    if not request.files and not request.form:
        return request.path.encode() + b"\n" + request.body
    parts = [request.path.encode()]
    for name, items in sorted((request.form or {}).items()):
        parts += [name.encode(), *(str(item).encode() for item in items)]
    for name, files in sorted((request.files or {}).items()):
        parts += [name.encode(), *(file.body for file in files)]
    return b"\x00".join(parts)


def respond(operation: Operation, result: Any) -> HTTPResponse:
    """The HTTP answer of what a handler returned."""
    status = operation.statuses[0]
    if isinstance(result, Reply):
        status, result = result.status, result.body
    if result is None:
        return Answer(status=204 if status == 200 else status)
    if isinstance(result, Download):
        headers = {"Content-Disposition": f'attachment; filename="{result.name}"'}
        return Answer(result.content, status, headers if result.name else None, result.media_type)
    body: BaseModel = result
    return _json(status, body.model_dump_json().encode())


def _json(status: int, body: bytes) -> HTTPResponse:
    return Answer(body, status, content_type="application/json")


def problem_response(problem: Problem, request_id: str) -> HTTPResponse:
    """The problem document (RFC 9457) of an error."""
    document: dict[str, Any] = {
        "type": f"urn:gongyou:problem:{problem.code}",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.words,
        "code": problem.code,
        "request_id": request_id,
    }
    if problem.errors or problem.status == 422:
        document["errors"] = [
            {"path": e.path, "code": e.code, "message": e.message} for e in problem.errors
        ]
    headers = {}
    if problem.retry_after_s is not None or problem.status == 503:
        headers["Retry-After"] = str(problem.retry_after_s or 5)
    if problem.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if isinstance(problem, NoSuchPart):
        headers["Content-Range"] = f"bytes */{problem.size}"
    return Answer(orjson.dumps(document), problem.status, headers, "application/problem+json")


class ProblemHandler(ErrorHandler):
    """Renders every error, also the framework's own, as a problem document."""

    def default(self, request: Request, exception: Exception) -> HTTPResponse:
        """The answer to an exception; an unknown one is logged by its frames alone."""
        problem = as_problem(exception)
        request_id = getattr(request.ctx, "request_id", "-")
        if isinstance(problem, Unexpected):
            log.error("request.failed", error=type(exception).__name__, trace=frames(exception))
        answer = problem_response(problem, request_id)
        if problem.status == TooLarge.status and isinstance(request.stream, Http):
            # What is left of the body is not read: the next request needs another connection.
            request.stream.keep_alive = False
        if isinstance(exception, SanicException) and problem.status == 405:
            answer.headers["Allow"] = (exception.headers or {}).get("Allow", "")
        return answer


FRAMEWORK: dict[int, type[Problem]] = {
    400: BadRequest, 404: NotFound, 405: MethodNotAllowed, 413: TooLarge, 503: Unavailable,
}  # fmt: skip


class RequestTimeout(Problem):
    """The request did not arrive in time."""

    status = 408
    code = "request.timeout"
    title = "信号太慢"
    detail = "信号太慢，没有传完。请到信号好的地方再试。"


def as_problem(exception: Exception) -> Problem:
    """The problem of any exception: itself, the framework's counterpart, or our own fault."""
    if isinstance(exception, Problem):
        return exception
    if isinstance(exception, STORE_DOWN) or isinstance(exception.__cause__, STORE_DOWN):
        return Unavailable()
    if isinstance(exception, SanicException):
        if exception.status_code == 408:
            return RequestTimeout()
        kind = FRAMEWORK.get(exception.status_code or 500)
        kind = kind or (BadRequest if 400 <= (exception.status_code or 500) < 500 else Unexpected)
        return kind()
    return Unexpected()


def begin(request: Request) -> None:
    """Give the request its id, kept from a caller that sent a UUID."""
    sent = request.headers.get("x-request-id", "")
    request.ctx.request_id = sent if _REQUEST_ID.fullmatch(sent) else str(uuid4())
    request.ctx.started = perf_counter()
    structlog.contextvars.bind_contextvars(request_id=request.ctx.request_id)


def end(request: Request, response: HTTPResponse, headers: Mapping[str, str]) -> None:
    """Add the headers that every answer has, unless it has its own, and count the answer."""
    for name, value in headers.items():
        response.headers.setdefault(name, value)
    response.headers["X-Request-Id"] = getattr(request.ctx, "request_id", "-")
    operation = getattr(request.route.ctx, "operation", None) if request.route else None
    name = operation.name if operation else "unknown"
    seconds = perf_counter() - getattr(request.ctx, "started", perf_counter())
    counted, timed = _metrics(name, response.status)
    counted.inc()
    timed.observe(seconds)
    actor = getattr(request.ctx, "actor", None)
    log.info(
        "request",
        operation=name,
        status=response.status,
        duration_ms=round(seconds * 1000, 1),
        account_id=actor.account_id if actor else None,
    )
    structlog.contextvars.clear_contextvars()


@lru_cache(maxsize=4096)
def _metrics(name: str, status: int) -> tuple[Counter, Histogram]:
    """What counts the operation's answers with that status, and its seconds."""
    return REQUESTS.labels(name, status), SECONDS.labels(name)
