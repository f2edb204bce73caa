"""A view becomes an answer: shell, nonce, headers, cookies, compression; also for problems."""

import gzip
import secrets
from dataclasses import dataclass
from urllib.parse import urlsplit

from sanic import HTTPResponse, Request
from sanic.handlers import ErrorHandler

from api.kit import http
from api.kit.actor import Actor
from api.settings import settings
from h5 import cookies, navigation, rendering
from h5.pages import Page
from h5.rendering import Shell, View
from h5.texts import CHINESE, PSEUDO, MissingText, texts

POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; "
    "img-src 'self' data: blob:{tiles}; media-src 'self' blob:; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


def shown(each: Page | None, request: Request, view: View) -> HTTPResponse:
    """The rendered page with its headers and cookies; `each` None for an error outside any."""
    nonce, locale = secrets.token_urlsafe(16), _locale(request)
    shell = _shell(each, request, view, nonce, locale)
    answer = HTTPResponse(
        rendering.render(view, shell, locale), view.status, content_type="text/html; charset=utf-8"
    )
    answer.headers["Content-Security-Policy"] = POLICY.format(nonce=nonce, tiles=_tiles(view))
    answer.headers["Referrer-Policy"] = "same-origin"
    answer.headers["Permissions-Policy"] = "geolocation=(self), camera=(self), microphone=(self)"
    if shell.says:
        cookies.drop(answer, cookies.SAYS)
    if getattr(request.ctx, "new_guest", ""):
        cookies.put(answer, cookies.GUEST, request.ctx.new_guest)
    return packed(request, answer)


def _tiles(view: View) -> str:
    """Where a page with a map may take tiles from; empty for other pages, and without a setting."""
    parts = urlsplit(settings().map_tiles)
    return f" {parts.scheme}://{parts.netloc}" if view.shows_map and parts.netloc else ""


def packed(request: Request, answer: HTTPResponse) -> HTTPResponse:
    """The answer compressed, when the browser takes that."""
    answer.headers["Vary"] = "Accept-Encoding"
    if "gzip" in request.headers.get("accept-encoding", ""):
        answer.body = gzip.compress(answer.body or b"", 6, mtime=0)
        answer.headers["Content-Encoding"] = "gzip"
    return answer


def _shell(each: Page | None, request: Request, view: View, nonce: str, locale: str) -> Shell:
    actor: Actor = getattr(request.ctx, "actor", Actor())
    area = each.area if each else navigation.area_of(request.path)
    return Shell(
        title=texts(locale)(view.title),
        path=request.path,
        area=area,
        kind=each.kind if each else ("worker" if area == "h5" else "office"),
        nonce=nonce,
        csrf=cookies.forgery_token(getattr(request.ctx, "secret", "")),
        once=secrets.token_urlsafe(16),
        elder=_elder(request),
        says=_says(request, locale),
        back=each.back if each else "",
        nav=navigation.doors(area, actor, request.path),
        firm=getattr(request.ctx, "firm", ""),
        signed_in=actor.account_id is not None,
        shared=actor.shared and not actor.locked,
        wechat_sdk=_wechat_sdk(request),
        demo=settings().demo,
        home=navigation.home(area, actor),
    )


def _elder(request: Request) -> str:
    kept = cookies.read(request, cookies.ELDER)
    return kept if kept in {"1", "2", "3"} else ""


def _wechat_sdk(request: Request) -> str:
    inside = "MicroMessenger" in request.headers.get("user-agent", "")
    return settings().wechat_sdk_url if inside and settings().wechat_oa_appid else ""


def _locale(request: Request) -> str:
    # Only a demo can be looked at in the pseudo-locale.
    pseudo = settings().demo and cookies.read(request, cookies.LOCALE) == PSEUDO
    return PSEUDO if pseudo else CHINESE


def _says(request: Request, locale: str) -> str:
    told = cookies.message_of(cookies.read(request, cookies.SAYS))
    if told is None:
        return ""
    try:
        return texts(locale)(told[0], **told[1])
    except MissingText:
        return ""


@dataclass(frozen=True, slots=True)
class ProblemPage(View):
    """What went wrong and what to do."""

    template = "public/problem.html"
    title = "public.problem.title"
    sentence: str
    again: bool
    """Whether trying again may help."""


class Problems(ErrorHandler):
    """Shows problems as pages to people and as documents to programs."""

    def __init__(self) -> None:
        super().__init__()
        self._documents = http.ProblemHandler()

    def default(self, request: Request, exception: Exception) -> HTTPResponse:
        """The answer to an exception, in the form of what was asked."""
        document = self._documents.default(request, exception)
        operation = getattr(request.route.ctx, "operation", None) if request.route else None
        each = operation if isinstance(operation, Page) else None
        # What a code on paper leads to is beside the areas, and for people too.
        for_people = is_page(request.path) or (each is not None and each.kind == "worker")
        if not for_people or is_for_script(request):
            return document
        problem = http.as_problem(exception)
        view = ProblemPage(sentence=problem.words, again=problem.status >= 500)
        answer = shown(each, request, view)
        answer.status = document.status
        for name in ("Retry-After", "Allow"):
            if name in document.headers:
                answer.headers[name] = document.headers[name]
        return answer


def is_page(path: str) -> bool:
    """Whether an address belongs to the pages."""
    first = path.strip("/").partition("/")[0]
    return first in {"", "h5", *navigation.DOORS}


def is_for_script(request: Request) -> bool:
    """Whether a script asks, which reads JSON."""
    return "application/json" in (
        request.headers.get("accept", ""),
        request.headers.get("content-type", "").partition(";")[0],
    )
