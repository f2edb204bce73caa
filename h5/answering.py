"""The way through a page: who asks, is it his own form, may he, how often; then the view."""

import asyncio
import re
from typing import Any
from urllib.parse import quote

from pydantic import BaseModel
from sanic import HTTPResponse, Request
from sanic.request.parameters import RequestParameters

from api.accounts import service as accounts
from api.enterprises import service as enterprises
from api.kit import admission, http, idempotency, ranges
from api.kit.actor import Actor, Origin
from api.kit.errors import Forbidden, Problem, Unauthenticated
from api.kit.ids import new_token
from api.kit.rate_limit import spend
from api.kit.routes import PUBLIC, Download, Stored, Upload
from api.kit.schemas import parse, parse_fields, single
from h5 import carrying, cookies, forms
from h5.carrying import Carried
from h5.forms import Typed
from h5.pages import PAGES, Page, See, Visit
from h5.rendering import View
from h5.showing import is_for_script, packed, shown
from h5.texts import texts

STEP_S, STEPS = 0.25, 40
"""How long the second of two taps waits for the first."""
SCRIPT_POLICY = "default-src 'none'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'"
"""A service worker lives under the policy that its script came with, and fetches what it keeps."""
BEFORE: dict[str, type[Problem]] = {
    "login": Unauthenticated,
    "second-factor": admission.SecondFactorRequired,
    "prove": admission.SudoRequired,
    "phone": admission.SessionLocked,
}


class Forged(Forbidden):
    """The form was not made by a page of ours for this browser, or the page is too old."""

    code = "pages.forged"
    detail = "这一页放得太久了。请刷新后再提交一次。"


async def answer(each: Page, request: Request, params: dict[str, Any]) -> HTTPResponse:
    """Answer the request, or raise the Problem that the error page shows."""
    actor = await _actor(request, each)
    if actor.account_id is None and each.permission != PUBLIC:
        # Before the form's token, which was made for the login that is over by now.
        return _elsewhere(request, each, params, "login")
    if each.method != "GET" and not each.signed:
        _refuse_forgery(request)
    try:
        admission.admit(each, actor)
    except admission.SessionLocked:
        return _elsewhere(request, each, params, "phone")
    except admission.SecondFactorRequired:
        return _elsewhere(request, each, params, "second-factor")
    except admission.SudoRequired:
        return _elsewhere(request, each, params, "prove")
    if each.of_one and len(actor.tenants_of(each.permission)) > 1:
        return _elsewhere(request, each, params, "firm")
    for limit in each.limits:
        await spend(limit, actor.origin.ip if limit.by == "ip" else str(actor.account_id))
    reads_form = each.method == "POST" and each.body is None and not each.signed
    values = forms.sent(request) if reads_form else {}
    try:
        return await _once(each, request, actor, params, values)
    except Problem as problem:
        if not _can_show(each, problem):
            raise
        return await _again(each, request, params, forms.typed_of(values, problem))


def _can_show(each: Page, problem: Problem) -> bool:
    """Whether the page that the form came from can say what is wrong with it."""
    return bool(each.again) and "typed" in PAGES[each.again].wants and problem.status < 500


async def _actor(request: Request, each: Page) -> Actor:
    pipeline: http.Pipeline = request.app.ctx.pipeline
    origin = Origin(request_id=request.ctx.request_id, ip=pipeline.address(request))
    token = cookies.read(request, cookies.SESSION)
    actor = await accounts.actor_of(token, origin) if token else None
    seen = admission.as_seen(each, actor) if actor else Actor(origin=origin)
    request.ctx.actor = await _chosen(request, each, seen)
    guest = cookies.read(request, cookies.GUEST)
    request.ctx.new_guest = "" if actor or guest else new_token()
    request.ctx.secret = token if actor else guest or request.ctx.new_guest
    return request.ctx.actor  # type: ignore[no-any-return]


async def _chosen(request: Request, each: Page, actor: Actor) -> Actor:
    """The actor within the enterprise he chose, which can only narrow what he may do."""
    tenants = {grant.tenant_id for grant in actor.grants if grant.tenant_id}
    if each.area != "enterprise" or len(tenants) < 2:
        return actor
    chosen = next((t for t in tenants if str(t) == cookies.read(request, cookies.FIRM)), None)
    names = await enterprises.names_of({chosen}) if chosen else {}
    request.ctx.firm = names.get(chosen, "") if chosen else texts()("components.every_firm")
    return actor.within(chosen) if chosen and not each.of_all else actor


def _refuse_forgery(request: Request) -> None:
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise Forged
    token = request.headers.get("x-csrf-token") or forms.token_in(request)
    if not cookies.is_own(request.ctx.secret, token):
        raise Forged


def _elsewhere(request: Request, each: Page, params: dict[str, Any], step: str) -> HTTPResponse:
    """To the login, second factor or fresh proof of this area, and back here afterwards."""
    if is_for_script(request):
        raise BEFORE[step]
    page = each if each.method == "GET" else PAGES.get(each.again) or _page_above(each)
    came_from = quote(_address(page, params, request.query_string), safe="/")
    area = "h5" if step == "phone" else each.area
    return _redirect(f"/{area}/{step}?next={came_from}")


def _page_above(each: Page) -> Page:
    """The nearest page at the address of a form, or above it."""
    shown = {page.path.rstrip("/"): page for page in PAGES.values() if page.method == "GET"}
    parts = each.path.split("/")
    above = ("/".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next(shown[path] for path in above if path in shown)


async def _once(
    each: Page, request: Request, actor: Actor, params: dict[str, Any], values: dict[str, Any]
) -> HTTPResponse:
    """Call the view; of two taps on one form the second gets the first's answer."""
    key = str(next(iter(values.get(forms.ONCE, ())), ""))
    if not key or actor.account_id is None:
        return await _call(each, request, actor, params, values)
    claim = await _claim(actor, each, key, _essence(request, values))
    if isinstance(claim, idempotency.Answer):
        return _first_answer(claim.body)
    try:
        made = await _call(each, request, actor, params, values)
    except BaseException:
        await idempotency.abandon(claim)
        raise
    where = str(made.headers.get("location", ""))
    if where:
        kept = f"{where}\n{carrying.sealed_in(made)}"
        await idempotency.finish(claim, idempotency.Answer(303, kept))
    else:
        await idempotency.abandon(claim)
    return made


def _first_answer(kept: str) -> HTTPResponse:
    where, _, sealed = kept.partition("\n")
    made = _redirect(where)
    if sealed:
        carrying.put_sealed(made, sealed)
    return made


async def _claim(actor: Actor, each: Page, key: str, essence: bytes) -> Any:
    for _ in range(STEPS):
        try:
            return await idempotency.begin(actor.id, each.name[-64:], key, essence)
        except idempotency.AtWork:
            await asyncio.sleep(STEP_S)
    raise idempotency.AtWork


def _essence(request: Request, values: dict[str, Any]) -> bytes:
    kept = [(name, items) for name, items in sorted(values.items()) if name not in forms.OURS]
    parts = [f"{name}={item!r}".encode() for name, items in kept for item in items]
    parts += [item.content for _, items in kept for item in items if isinstance(item, Upload)]
    return b"\x00".join([request.path.encode(), *parts])


async def _call(
    each: Page,
    request: Request,
    actor: Actor,
    params: dict[str, Any],
    values: dict[str, Any],
    refused: Typed | None = None,
) -> HTTPResponse:
    """What the view answers. `refused`: a form of its page that was, to be shown on it at once."""
    carried = _carried(each, request) if refused is None else Carried(refused, each.name)
    typed = forms.typed_of(values) if each.method == "POST" else carried.for_page(each.name)
    arguments = dict(params)
    given = {"actor": actor, "typed": typed, "visit": _visit(request)}
    arguments |= {name: given[name] for name in each.wants}
    if each.query:
        arguments["query"] = parse_fields(each.query, _asked(request.args))
    if each.form:
        arguments["form"] = forms.form_of(each.form, values)
    if each.body:
        arguments["body"] = parse(each.body, request.body)
    result = await each.handler(**arguments)
    if isinstance(result, Stored):
        return ranges.answer(request, result)
    made = _respond(each, request, result)
    return _told(each, request, made, carried) if each.method == "GET" else made


def _carried(each: Page, request: Request) -> Carried:
    reads = each.method == "GET" and "typed" in each.wants
    return carrying.taken(request, each.carries) if reads else carrying.NOTHING


def _told(each: Page, request: Request, made: HTTPResponse, carried: Carried) -> HTTPResponse:
    """The page with the status of the fault it tells: once; what was typed stays on its way."""
    if made.headers.get("location") or carried is carrying.NOTHING:
        return made
    problem = carried.for_page(each.name).problem
    if problem:
        made.status = problem.status
        if problem.retry_after_s:
            made.headers["Retry-After"] = str(problem.retry_after_s)
    if not each.along:
        carrying.drop(made)
    elif problem:
        carrying.put(made, request.ctx.secret, each.along, Carried(Typed(carried.typed.values)))
    return made


def _asked(args: RequestParameters) -> dict[str, Any]:
    # A filter that was left empty is sent as an empty text.
    return {name: value for name, value in single(args).items() if value.strip()}


def _visit(request: Request) -> Visit:
    return Visit(
        path=request.path,
        secret=request.ctx.secret,
        origin=request.ctx.actor.origin,
        agent=request.headers.get("user-agent", ""),
        cookies={name: cookies.read(request, name) for name in cookies.names(request)},
        content=request.body,
    )


async def _again(
    each: Page, request: Request, params: dict[str, Any], typed: Typed
) -> HTTPResponse:
    """To the page a form came from, with what was typed and what is wrong with it.

    What is too long to be carried is shown at once.
    """
    page = PAGES[each.again]
    made = _redirect(_address(page, params, request.query_string))
    if carrying.put(made, request.ctx.secret, page.carries, Carried(typed, page.name)):
        return made
    kept = {name: value for name, value in params.items() if f"<{name}" in page.path}
    return await _call(page, request, request.ctx.actor, kept, {}, typed)


def _address(page: Page, params: dict[str, Any], query: str) -> str:
    # A text of the path came as it was written: what is escaped in it stays so.
    path = re.sub(
        r"<(\w+)(?::\w+)?>", lambda found: quote(str(params[found[1]]), safe="%"), page.path
    )
    return f"{path}?{query}" if query else path


def _respond(each: Page, request: Request, result: Any) -> HTTPResponse:
    if isinstance(result, View):
        return shown(each, request, result)
    if isinstance(result, See):
        return _go_on(each, request, result)
    if isinstance(result, Download):
        return _file(request, result)
    if isinstance(result, BaseModel):
        body = result.model_dump_json().encode()
        return HTTPResponse(body, 200, content_type="application/json")
    return HTTPResponse(status=204)


def _redirect(to: str) -> HTTPResponse:
    return HTTPResponse(status=303, headers={"Location": to})


def _go_on(each: Page, request: Request, result: See) -> HTTPResponse:
    made = _redirect(result.to)
    if result.says:
        cookies.put(made, cookies.SAYS, cookies.message(result.says, result.values), 60)
    if result.opened:
        cookies.put_session(made, result.opened.token, result.opened.expires_at)
    if result.closed:
        cookies.drop(made, cookies.SESSION)
    for name, value in result.cookies.items():
        cookies.put(made, name, value, cookies.YEAR_S if value else 0)
    if result.along:
        carrying.put(made, request.ctx.secret, each.along, Carried(result.along))
    elif each.along and each.method == "POST":
        carrying.drop(made)
    return made


def _attached(name: str) -> str:
    """The header for a file to keep; a name that is not ASCII is encoded (RFC 6266)."""
    if name.isascii():
        return f'attachment; filename="{name}"'
    return f"attachment; filename*=UTF-8''{quote(name, safe='')}"


def _file(request: Request, result: Download) -> HTTPResponse:
    made = HTTPResponse(result.content, 200, content_type=result.media_type)
    if result.name:
        made.headers["Content-Disposition"] = _attached(result.name)
    if result.media_type.startswith("text/javascript"):
        made.headers["Content-Security-Policy"] = SCRIPT_POLICY
    if result.kept:
        made.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return packed(request, made) if result.media_type.startswith("text/") else made
