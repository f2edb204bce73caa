"""WeChat's server API as far as the product calls it, vendor-shaped, under `/wechat`.

Codes tell the emulator what to answer, so tests and the demo need no phone:

- `demo-KEY` logs the person KEY in, again and again; `once-KEY` and `once-KEY.N` only once
  (then 40163); `risky-…` 40226, `rate-…` 45011, `busy-…` -1, anything else 40029;
- `snapshot-KEY` at the OAuth end is a visitor of the page snapshot without a real identity;
- phone codes: `demo-phone-13800000000` again and again, `once-phone-13800000000[.N]` once.

A person has one openid per app and one unionid; both follow from KEY alone, so they survive a
restart. People who log in by `demo-` codes have accepted every subscribe message; the others must
be granted one by one with `POST /wechat/_emulator/subscriptions {openid, template_id, count}`;
`GET` there lists the messages that people were sent.
`session_key` is random and starts with `Y2FuYXJ5` (base64 of "canary"): it must turn up nowhere.

Shapes: developers.weixin.qq.com/miniprogram/dev/server/API/ and /doc/service/api/, read 2026-11.
"""

import hashlib
import hmac
import html
import re
import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from sanic import Blueprint, Request
from sanic.response import HTTPResponse, json, redirect
from sanic.response import html as html_page

from tests.emulators.faults import CONTROL, EmulatorState
from tests.emulators.wechat_platform import (
    APPS,
    TOKEN_LIFE_S,
    RefusedError,
    WeChat,
    openid_of,
    unionid_of,
)

SDK = Path(__file__).with_name("jweixin.js")
RISKY_WORDS = ("赌博", "枪支", "代开发票")
REVIEW_WORDS = ("加微信",)


def build(state: EmulatorState) -> Blueprint:
    """The emulated platform as a blueprint."""
    wechat = WeChat(state)
    state.on_reset(wechat.forget)
    platform = Blueprint("wechat_emulator")

    async def refuse(_: Request, refused: RefusedError) -> HTTPResponse:
        rid = f"{secrets.token_hex(4)}-{secrets.token_hex(4)}"
        return json({"errcode": refused.errcode, "errmsg": f"{refused.errmsg} rid: {rid}"})

    platform.exception(RefusedError)(refuse)
    _tokens(platform, wechat)
    _login(platform, wechat)
    _oauth(platform, wechat)
    _messages(platform, wechat)
    _content(platform, wechat)
    _menu(platform, wechat)
    _sdk(platform, wechat)
    return platform


def _args(request: Request) -> dict[str, str]:
    return dict(request.query_args)


def _check_app(args: dict[str, Any], grant_type: str) -> str:
    app = APPS.get(args.get("appid", ""))
    if app is None:
        raise RefusedError(40013, "invalid appid")
    if not hmac.compare_digest(str(args.get("secret", "")), app.secret):
        raise RefusedError(40125, "invalid appsecret")
    if args.get("grant_type") != grant_type:
        raise RefusedError(40002, "invalid grant_type")
    return app.appid


def _body(request: Request) -> dict[str, Any]:
    body = request.json
    if not isinstance(body, dict):
        raise RefusedError(47001, "data format error")
    return body


def _ok(**more: Any) -> HTTPResponse:
    return json({"errcode": 0, "errmsg": "ok", **more})


def _check_openid(openid: object) -> str:
    if not isinstance(openid, str) or not re.fullmatch(r"o[DE][\w-]{26}", openid):
        raise RefusedError(40003, "invalid openid")
    return openid


def _tokens(platform: Blueprint, wechat: WeChat) -> None:
    @platform.get("/cgi-bin/token", name="token")
    async def token(request: Request) -> HTTPResponse:
        appid = _check_app(_args(request), "client_credential")
        value, life = wechat.issue_token(appid, "plain")
        return json({"access_token": value, "expires_in": life})

    @platform.post("/cgi-bin/stable_token", name="stable_token")
    async def stable_token(request: Request) -> HTTPResponse:
        body = _body(request)
        appid = _check_app(body, "client_credential")
        value, life = wechat.issue_token(appid, "stable", bool(body.get("force_refresh")))
        return json({"access_token": value, "expires_in": life})

    @platform.get("/cgi-bin/ticket/getticket", name="ticket")
    async def ticket(request: Request) -> HTTPResponse:
        appid = wechat.app_of_token(request.args.get("access_token", ""))
        if request.args.get("type") != "jsapi":
            raise RefusedError(40097, "invalid args")
        value, life = wechat.ticket(appid)
        return _ok(ticket=value, expires_in=life)


def _login(platform: Blueprint, wechat: WeChat) -> None:
    @platform.get("/sns/jscode2session", name="code2session")
    async def code2session(request: Request) -> HTTPResponse:
        args = _args(request)
        appid = _check_app(args, "authorization_code")
        key, demo = wechat.person(args.get("js_code", ""))
        openid = openid_of(appid, key, demo)
        return json(
            {
                "session_key": wechat.new_session_key(openid),
                "openid": openid,
                "unionid": unionid_of(key),
            }
        )

    @platform.get("/wxa/checksession", name="check_session")
    async def check_session(request: Request) -> HTTPResponse:
        args = _args(request)
        wechat.app_of_token(args.get("access_token", ""))
        key = wechat.session_keys.get(_check_openid(args.get("openid")), "")
        wanted = hmac.new(key.encode(), b"", hashlib.sha256).hexdigest()
        if not key or args.get("signature") != wanted or args.get("sig_method") != "hmac_sha256":
            raise RefusedError(87009, "invalid signature")
        return _ok()

    @platform.post("/wxa/business/getuserphonenumber", name="phone_number")
    async def phone_number(request: Request) -> HTTPResponse:
        appid = wechat.app_of_token(request.args.get("access_token", ""))
        phone = wechat.phone(str(_body(request).get("code", "")))
        mark = {"timestamp": int(wechat.state.now()), "appid": appid}
        info = {"phoneNumber": phone, "purePhoneNumber": phone, "countryCode": "86"}
        return _ok(phone_info={**info, "watermark": mark})


AUTHORIZE_PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>微信登录（演示）</title>
<body style="font:18px sans-serif;max-width:30em;margin:2em auto;padding:0 1em">
<h1>微信登录（演示）</h1><p>这里代替微信的授权页面。请选一个演示身份。</p>
<form><label>身份代号 <input name="as" value="worker-1" style="font:inherit"></label>
{hidden}<button style="font:inherit">登录</button></form></body></html>"""


def _oauth(platform: Blueprint, wechat: WeChat) -> None:
    @platform.get("/connect/oauth2/authorize", name="authorize")
    async def authorize(request: Request) -> HTTPResponse:
        args = _args(request)
        if args.get("appid") not in APPS or args.get("response_type") != "code":
            raise RefusedError(10003, "redirect_uri 域名与后台配置不一致")
        if "as" not in args:
            return html_page(AUTHORIZE_PAGE.format(hidden="".join(_hidden(args))))
        back = urlsplit(args["redirect_uri"])
        answer = urlencode({"code": f"demo-{args['as']}", "state": args.get("state", "")})
        query = f"{back.query}&{answer}" if back.query else answer
        return redirect(back._replace(query=query).geturl())

    @platform.get("/sns/oauth2/access_token", name="page_token")
    async def page_token(request: Request) -> HTTPResponse:
        args = _args(request)
        appid = _check_app(args, "authorization_code")
        code = args.get("code", "")
        key, demo = wechat.person(code)
        openid, token = openid_of(appid, key, demo), secrets.token_urlsafe(48)
        wechat.page_tokens[token] = (openid, key, "snsapi_base")
        answer = {
            "access_token": token,
            "expires_in": TOKEN_LIFE_S,
            "refresh_token": secrets.token_urlsafe(48),
            "openid": openid,
            "scope": "snsapi_base",
        }
        snapshot = {"is_snapshotuser": 1} if code.startswith("snapshot-") else {}
        return json({**answer, "unionid": unionid_of(key), **snapshot})

    @platform.get("/sns/userinfo", name="user_info")
    async def user_info(request: Request) -> HTTPResponse:
        openid, key, _ = wechat.page_tokens.get(request.args.get("access_token", ""), ("", "", ""))
        if not openid or openid != request.args.get("openid"):
            raise RefusedError(40001, "invalid credential, access_token is invalid or not latest")
        places = {"sex": 0, "province": "", "city": "", "country": "", "headimgurl": ""}
        who = {"openid": openid, "nickname": "微信用户", "unionid": unionid_of(key)}
        return json({**who, **places, "privilege": []})


def _hidden(args: dict[str, str]) -> Iterator[str]:
    for name, value in args.items():
        yield f'<input type="hidden" name="{html.escape(name)}" value="{html.escape(value)}">'


FIELD_FORMS = {
    # length and form of the template's keywords, by the letters their names begin with
    "thing": re.compile(r".{1,20}", re.S),
    "phrase": re.compile(r"[\u4e00-\u9fff]{1,5}"),
    "name": re.compile(r".{1,20}"),
    "number": re.compile(r"-?[\d.]{1,32}"),
    "amount": re.compile(r"\D?[\d.,]{1,10}\D?"),
    "date": re.compile(r"\d{4}[-年].+"),
    "time": re.compile(r".*\d+[:点].*|\d{4}[-年].+"),
    "character_string": re.compile(r"[\x20-\x7e]{1,32}"),
    "const": re.compile(r".{1,20}"),
}


def _check_fields(fields: object) -> None:
    if not isinstance(fields, dict) or not fields:
        raise RefusedError(47003, "argument invalid! data is empty")
    for name, entry in fields.items():
        form = FIELD_FORMS.get(name.rstrip("0123456789"))
        value = entry.get("value") if isinstance(entry, dict) else None
        if form is None or not isinstance(value, str) or not form.fullmatch(value):
            raise RefusedError(47003, f"argument invalid! data.{name}.value invalid")


def _messages(platform: Blueprint, wechat: WeChat) -> None:
    @platform.post("/cgi-bin/message/subscribe/send", name="subscribe_send")
    async def subscribe_send(request: Request) -> HTTPResponse:
        wechat.app_of_token(request.args.get("access_token", ""))
        body = _body(request)
        openid = _check_openid(body.get("touser"))
        template_id = str(body.get("template_id", ""))
        if not re.fullmatch(r"[\w-]{3,64}", template_id) or template_id.startswith("bad"):
            raise RefusedError(40037, "invalid template_id")
        if str(body.get("page", "")).startswith(("http:", "https:")):
            raise RefusedError(41030, "invalid page")
        _check_fields(body.get("data"))
        wechat.use_subscription(openid, template_id)
        wechat.delivered.append(body)
        return _ok(msgid=secrets.randbits(48))

    @platform.post(f"{CONTROL}/subscriptions", name="grant_subscription")
    async def grant(request: Request) -> HTTPResponse:
        wanted = request.json
        place = (wanted["openid"], wanted["template_id"])
        wechat.subscriptions[place] = wechat.subscriptions.get(place, 0) + wanted.get("count", 1)
        return json({"count": wechat.subscriptions[place]})

    @platform.get(f"{CONTROL}/subscriptions", name="list_delivered")
    async def delivered(_: Request) -> HTTPResponse:
        return json({"items": wechat.delivered})


def _check_button(button: object) -> None:
    """A `view` button as the custom menu wants it: a short name and an address."""
    if not isinstance(button, dict) or button.get("type") != "view":
        raise RefusedError(40017, "invalid button type")
    if not 0 < len(str(button.get("name", "")).encode()) <= 16:
        raise RefusedError(40018, "invalid button name size")
    if not str(button.get("url", "")).startswith(("http://", "https://")):
        raise RefusedError(40055, "invalid button url domain")


def _sdk(platform: Blueprint, wechat: WeChat) -> None:
    @platform.get("/open/js/jweixin.js", name="sdk")
    async def script(request: Request) -> HTTPResponse:
        return HTTPResponse(SDK.read_text(), content_type="text/javascript; charset=utf-8")


def _menu(platform: Blueprint, wechat: WeChat) -> None:
    @platform.post("/cgi-bin/menu/create", name="menu_create")
    async def menu_create(request: Request) -> HTTPResponse:
        appid = wechat.app_of_token(request.args.get("access_token", ""))
        buttons = _body(request).get("button")
        if not isinstance(buttons, list) or not 0 < len(buttons) <= 3:
            raise RefusedError(40016, "invalid button size")
        for button in buttons:
            _check_button(button)
        wechat.menus[appid] = buttons
        return _ok()

    @platform.get("/cgi-bin/get_current_selfmenu_info", name="menu_shown")
    async def menu_shown(request: Request) -> HTTPResponse:
        appid = wechat.app_of_token(request.args.get("access_token", ""))
        shown = wechat.menus.get(appid)
        return json({"is_menu_open": int(bool(shown)), "selfmenu_info": {"button": shown or []}})


def _judge(text: str) -> tuple[str, int]:
    """What the content check suggests for a text, and its label."""
    if any(word in text for word in RISKY_WORDS):
        return "risky", 20006
    return ("review", 21000) if any(word in text for word in REVIEW_WORDS) else ("pass", 100)


def _check_v2(body: dict[str, Any]) -> None:
    _check_openid(body.get("openid"))
    if body.get("scene") not in (1, 2, 3, 4):
        raise RefusedError(40129, "invalid scene")


def _content(platform: Blueprint, wechat: WeChat) -> None:
    @platform.post("/wxa/msg_sec_check", name="text_check")
    async def text_check(request: Request) -> HTTPResponse:
        wechat.app_of_token(request.args.get("access_token", ""))
        body = _body(request)
        suggest, label = _judge(str(body.get("content", "")))
        if body.get("version") != 2:
            if suggest == "risky":
                raise RefusedError(87014, "risky content")
            return _ok()
        _check_v2(body)
        if not 1 <= len(str(body.get("content", ""))) <= 2500:
            raise RefusedError(44002, "empty post data")
        detail = {"strategy": "content_model", "errcode": 0, "suggest": suggest, "label": label}
        result = {"suggest": suggest, "label": label}
        return _ok(detail=[detail], result=result, trace_id=secrets.token_hex(12))

    @platform.post("/wxa/media_check_async", name="media_check")
    async def media_check(request: Request) -> HTTPResponse:
        wechat.app_of_token(request.args.get("access_token", ""))
        body = _body(request)
        if body.get("version") == 2:
            _check_v2(body)
        parts = urlsplit("")
        with suppress(ValueError):
            parts = urlsplit(str(body.get("media_url", "")))
        if parts.scheme not in ("http", "https") or body.get("media_type") not in (1, 2):
            raise RefusedError(40097, "invalid args")
        return _ok(trace_id=secrets.token_hex(12))
