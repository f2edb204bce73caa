"""A page says everything once: its permission here, its query and form by annotations.

`@page(area, "GET", "/days/<row_id:uuid>", permission=…)` takes a view that returns a `View` to
render, a `See` to go on to, an `Out` for a script, or a `Download`. A POST that meets a problem
leads back to the page it came from, with what was typed; one of several pages takes what was typed
`along` to the next.
"""

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, TypedDict, Unpack, get_type_hints

from pydantic import BaseModel
from sanic import Blueprint, HTTPResponse, Request

from api.accounts.sessions import Opened
from api.kit.actor import Origin
from api.kit.rate_limit import Limit
from api.kit.routes import JSON_LIMIT, PUBLIC, UPLOAD_LIMIT
from api.kit.schemas import Query
from h5 import navigation
from h5.forms import Typed
from h5.rendering import View

PAGES: dict[str, "Page"] = {}


@dataclass(frozen=True, slots=True)
class See:
    """Go on to another page, which says once what happened here."""

    to: str
    says: str = ""
    """A key of the catalogue."""
    values: dict[str, str] = field(default_factory=dict)
    """What fills the message: numbers and dates, nothing personal."""
    opened: Opened | None = None
    """A login to keep."""
    closed: bool = False
    """Whether the login is over."""
    cookies: dict[str, str] = field(default_factory=dict)
    """Other cookies to set for a year; empty to drop."""
    along: Typed | None = None
    """What the next pages of the same way get as `typed`."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What a view may know of the browser."""

    path: str
    secret: str
    """What its anti-forgery tokens are made from: its session's token or its guest token."""
    origin: Origin
    agent: str
    cookies: dict[str, str]
    content: bytes = field(default=b"", repr=False)
    """The body as it came, for what a vendor signed."""

    def cookie(self, name: str) -> str:
        """The value of a cookie; empty without one."""
        return self.cookies.get(name, "")

    @property
    def area(self) -> str:
        """The area the page belongs to."""
        return navigation.area_of(self.path)

    @property
    def in_wechat(self) -> bool:
        """Whether the page stands inside WeChat."""
        return "MicroMessenger" in self.agent


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Page:
    """What one page is. It is also an operation: counted, limited and guarded like one."""

    name: str
    area: str
    method: str
    path: str
    permission: str
    handler: Callable[..., Awaitable[Any]]
    query: type[Query] | None
    form: type[BaseModel] | None
    body: type[BaseModel] | None
    wants: frozenset[str]
    """Which of `actor`, `typed`, `visit` the view takes."""
    again: str
    """The page that the form stands on, and is shown on again when it is refused; or empty."""
    kind: str
    largest_body: int
    along: str = ""
    """The way of several pages that it belongs to, which share what was typed; empty for none."""
    back: str = ""
    """Where its way back leads."""
    limits: tuple[Limit, ...] = ()
    sudo: bool = False
    while_locked: bool = False
    """Whether it is open to a login that is locked."""
    of_one: bool = False
    """Whether it acts for one enterprise: who works for several chooses one first."""
    of_all: bool = False
    """Whether it sees its actor with all he holds, whichever enterprise he chose."""
    signed: bool = False
    """Whether a vendor's server calls it, which signs what it sends and has no form of ours."""

    @property
    def carries(self) -> str:
        """Under what name it finds what a form took along."""
        return self.along or self.name


class Options(TypedDict, total=False):
    """What a page may say of itself, see `Page`."""

    along: str
    back: str
    limits: tuple[Limit, ...]
    sudo: bool
    while_locked: bool
    of_one: bool
    of_all: bool
    signed: bool


Handler = Callable[..., Awaitable[Any]]


def page(
    blueprint: Blueprint,
    method: str,
    path: str,
    *,
    permission: str,
    again: Handler | None = None,
    kind: str = "",
    largest_body: int | None = None,
    **options: Unpack[Options],
) -> Callable[[Handler], Handler]:
    """Register the decorated view on the blueprint of its area.

    `again` is the page that its form stands on. `kind` is `worker` or `office`, by default that of
    the area.
    """
    area = blueprint.name.removeprefix("pages_")

    def register(handler: Handler) -> Handler:
        hints = get_type_hints(handler)
        made = Page(
            name=_name(area, handler),
            area=area,
            method=method,
            path=(blueprint.url_prefix or "") + path,
            permission=permission,
            handler=handler,
            query=hints.get("query"),
            form=hints.get("form"),
            body=hints.get("body"),
            wants=frozenset(hints) & {"actor", "typed", "visit"},
            again=_name(area, again) if again else "",
            kind=kind or ("worker" if area == "h5" else "office"),
            largest_body=largest_body or (UPLOAD_LIMIT if hints.get("form") else JSON_LIMIT),
            **options,
        )
        PAGES[made.name] = made
        name = made.name.replace(".", "_")
        blueprint.add_route(_entry(made), path, [method], name=name, ctx_operation=made)
        return handler

    return register


def _name(area: str, handler: Handler) -> str:
    return f"{area}.{handler.__module__.rpartition('.')[2]}.{handler.__name__}"


def _entry(each: Page) -> Callable[..., Coroutine[Any, Any, HTTPResponse]]:
    async def entry(request: Request, **params: Any) -> HTTPResponse:
        made: HTTPResponse = await request.app.ctx.pages(each, request, params)
        return made

    return entry


def local(path: str, otherwise: str) -> str:
    """`path` when it leads to a page of ours, else `otherwise`: no link sends people elsewhere."""
    first = path.partition("?")[0].split("/")
    ours = len(first) > 1 and first[0] == "" and first[1] in {"h5", *navigation.DOORS}
    return path if ours and "\\" not in path and path.isprintable() else otherwise


__all__ = ["PAGES", "PUBLIC", "Page", "See", "Typed", "View", "Visit", "local", "page"]
