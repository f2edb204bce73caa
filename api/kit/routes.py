"""A route says everything once: its permission, limits and errors here, its form by annotations.

`@route(...)` on `async def confirm(actor: Actor, row_id: UUID, body: ConfirmIn) -> ConfirmOut`
registers an operation whose request and answer are read from the signature. The same record makes
the OpenAPI document, the guard that no route is open by accident, and the request's way in.
"""

import inspect
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar, get_args, get_origin, get_type_hints
from uuid import UUID

from pydantic import BaseModel
from sanic import Blueprint, HTTPResponse, Request

from api.kit.errors import Problem
from api.kit.rate_limit import Limit
from api.kit.schemas import Form, Query

T = TypeVar("T")
PUBLIC = "public"
JSON_LIMIT = 64 * 1024
BATCH_LIMIT = 256 * 1024
"""What a queue of two hundred offline punches may weigh."""
UPLOAD_LIMIT = 13 * 1024 * 1024
COURSEWARE_LIMIT = 61 * 1024 * 1024
"""A film or document of 60 MB with its form. What is larger than an upload may be sent only by who
holds the route's permission: see `kit.http.most_bytes`."""

OPERATIONS: dict[str, "Operation"] = {}


@dataclass(frozen=True, slots=True)
class Reply(Generic[T]):
    """An answer whose status depends on what happened, such as 200 for a repeat of a 201."""

    body: T
    status: int


@dataclass(frozen=True, slots=True)
class Upload:
    """An uploaded file as it came: its bytes are not to be trusted before they are re-encoded."""

    name: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Download:
    """An answer that is a file."""

    content: bytes = field(repr=False)
    media_type: str
    name: str
    """The file name it is saved under; empty when it is shown in place."""
    kept: bool = False
    """Whether browsers may keep it: its address changes with its contents."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An answer that is a stored file, of which the caller may ask for a part (RFC 9110, 14)."""

    size: int
    media_type: str
    tag: str
    """Stands for these bytes and no others."""
    parts: Callable[[int, int], AsyncIterator[bytes]] = field(repr=False)
    """`parts(start, end)`: the bytes from `start` up to `end`, piece by piece."""

    async def whole(self) -> bytes:
        """All its bytes at once, of a file that is small."""
        return b"".join([part async for part in self.parts(0, self.size)])


@dataclass(frozen=True, slots=True)
class Call:
    """A request as it came, for what its sender signed. target: path and query."""

    method: str
    target: str
    headers: Mapping[str, str]
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class Operation:
    """What one route is. `permission` is PUBLIC or the permission that every caller must hold."""

    name: str
    method: str
    path: str
    permission: str
    handler: Callable[..., Awaitable[Any]]
    summary: str
    body: type[BaseModel] | None
    query: type[Query] | None
    form: type[Form] | None
    params: dict[str, type]
    answer: Any
    statuses: tuple[int, ...]
    errors: tuple[type[Problem], ...]
    limits: tuple[Limit, ...]
    sudo: bool
    """Whether it needs a password or code given again within the last minutes."""
    while_locked: bool
    """Whether it is open to a login that is locked."""
    repeatable: bool
    largest_body: int
    """The most bytes that its request may carry."""
    signed: Callable[[Call], Awaitable[None]] | None
    """Refuses whoever has not signed his request, before it is read."""

    @property
    def tag(self) -> str:
        """The feature it belongs to: the first part of its name."""
        return self.name.partition(".")[0]


def route(
    blueprint: Blueprint,
    method: str,
    path: str,
    *,
    permission: str,
    status: int | tuple[int, ...] = 200,
    errors: tuple[type[Problem], ...] = (),
    limits: tuple[Limit, ...] = (),
    sudo: bool = False,
    while_locked: bool = False,
    repeatable: bool | None = None,
    largest_body: int | None = None,
    signed: Callable[[Call], Awaitable[None]] | None = None,
) -> Callable[[Callable[..., Awaitable[Any]]], Callable[..., Awaitable[Any]]]:
    """Register the handler. `repeatable`: takes an Idempotency-Key, as every POST that creates."""
    statuses = status if isinstance(status, tuple) else (status,)

    def register(handler: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        hints = get_type_hints(handler)
        answer = hints.pop("return")
        operation = Operation(
            name=f"{blueprint.name}.{handler.__name__}",
            method=method,
            path=(blueprint.url_prefix or "") + path,
            permission=permission,
            handler=handler,
            summary=(inspect.getdoc(handler) or "").partition("\n")[0],
            body=hints.get("body"),
            query=hints.get("query"),
            form=hints.get("form"),
            params={name: kind for name, kind in hints.items() if kind in (UUID, str, int)},
            answer=answer_model(answer),
            statuses=statuses,
            errors=errors,
            limits=limits,
            sudo=sudo,
            while_locked=while_locked,
            repeatable=201 in statuses and method == "POST" if repeatable is None else repeatable,
            largest_body=largest_body or (UPLOAD_LIMIT if hints.get("form") else JSON_LIMIT),
            signed=signed,
        )
        OPERATIONS[operation.name] = operation
        name = handler.__name__
        blueprint.add_route(_entry(operation), path, [method], name=name, ctx_operation=operation)
        return handler

    return register


def answer_model(annotation: Any) -> Any:
    """The model inside a return annotation: `Reply[X]` is X, None stays None."""
    if get_origin(annotation) is Reply:
        return get_args(annotation)[0]
    return None if annotation is type(None) else annotation


def is_model(answer: Any) -> bool:
    """Whether an answer annotation is a JSON model."""
    return inspect.isclass(answer) and issubclass(answer, BaseModel)


def _entry(operation: Operation) -> Callable[..., Coroutine[Any, Any, HTTPResponse]]:
    async def entry(request: Request, **params: Any) -> HTTPResponse:
        answer: HTTPResponse = await request.app.ctx.pipeline(operation, request, params)
        return answer

    return entry
