"""A short-message gateway under `/sms`, in the manner of the Chinese vendors.

Protocol
    POST /v1/messages, JSON body
        {"phone": "13800000000", "sign_name": "工友", "template_id": "SMS_LOGIN_CODE",
         "params": {"code": "123456"}, "out_id": "ours, optional"}
    Headers
        X-Access-Key   names the account
        X-Timestamp    Unix seconds; may be off by 300 s
        X-Nonce        16 to 64 letters and digits, never the same twice within 10 minutes
        X-Signature    hex(HMAC-SHA256(access secret, text)), where text is, joined by line feeds,
                       "POST", "/v1/messages", timestamp, nonce, hex(SHA-256(body bytes))
    Answer, HTTP 200 (400, 401, 403 when the request itself is at fault)
        {"code": "OK", "message": "OK", "request_id": "…", "biz_id": "…"}
    `code` is otherwise one of the keys of `CODES` below, and there is no `biz_id`.
    The same `out_id` within a day is the same message: same `biz_id`, not sent again.

The account can be changed while running:
    POST /sms/_emulator/account {"per_minute": 1, "balance": 100, "blocked": ["13800000000"]}
where null means without limit. Messages are read at `/_emulator/sms?phone=`, text included.
"""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, field
from typing import Any

from sanic import Blueprint, Request
from sanic.exceptions import BadRequest
from sanic.response import HTTPResponse, json

from tests.emulators.faults import CONTROL, EmulatorState

ACCESS_KEY = "demo-sms-access-key"
ACCESS_SECRET = "demo-sms-access-secret"
SIGN_NAME = "工友"
SEND_PATH = "/v1/messages"
SKEW_S = 300
NONCE_KEPT_S = 600
OUT_ID_KEPT_S = 24 * 3600

CODES = {
    # code: (HTTP status, message)
    "InvalidAccessKeyId.NotFound": (401, "Specified access key is not found."),
    "SignatureDoesNotMatch": (401, "The signature does not match."),
    "InvalidTimeStamp.Expired": (401, "The timestamp is out of range."),
    "SignatureNonceUsed": (401, "The nonce was used."),
    "isv.INVALID_PARAMETERS": (400, "参数异常"),
    "isv.MOBILE_NUMBER_ILLEGAL": (200, "手机号码格式错误"),
    "isv.SMS_SIGNATURE_ILLEGAL": (200, "签名不合法"),
    "isv.SMS_TEMPLATE_ILLEGAL": (200, "模板不合法"),
    "isv.TEMPLATE_MISSING_PARAMETERS": (200, "模板缺少变量"),
    "isv.PARAM_LENGTH_LIMIT": (200, "变量长度受限"),
    "isv.BLACK_KEY_CONTROL_LIMIT": (200, "号码在黑名单中"),
    "isv.BUSINESS_LIMIT_CONTROL": (200, "触发分钟级流控"),
    "isv.AMOUNT_NOT_ENOUGH": (200, "余额不足"),
    "isv.OUT_OF_SERVICE": (200, "业务停机"),
    "isp.SYSTEM_ERROR": (200, "系统错误"),
}

TEMPLATES = {
    # the approved templates: id -> text with its variables
    "SMS_LOGIN_CODE": "验证码 {code}，5 分钟内有效。不要告诉别人。",
    "SMS_NOTICE": "{title}。请打开工友查看。",
    "SMS_DIGEST": "您有 {count} 条没看的消息。请打开工友查看。",
    "SMS_WAGE_ARRIVED": "您的工资 {amount} 元已到您的工资卡。没收到请打开工友查看。",
    "SMS_INVITATION": "{team} 邀请您加入。请打开工友查看。",
}
LONGEST_PARAM = 35


class RejectedError(Exception):
    """An answer with a code other than OK."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class Gateway:
    """What the gateway remembers of its one account."""

    state: EmulatorState
    per_minute: int | None = None
    balance: int | None = None
    blocked: set[str] = field(default_factory=set)
    nonces: dict[str, float] = field(default_factory=dict)

    def forget(self) -> None:
        """Be as freshly started."""
        self.per_minute = self.balance = None
        self.blocked.clear()
        self.nonces.clear()

    def authenticate(self, request: Request) -> None:
        """Rejected unless signed with our secret, now, and for the first time."""
        head = request.headers
        stamp, nonce = head.get("x-timestamp", ""), head.get("x-nonce", "")
        if head.get("x-access-key") != ACCESS_KEY:
            raise RejectedError("InvalidAccessKeyId.NotFound")
        wanted = signature(ACCESS_SECRET, stamp, nonce, request.body)
        if not hmac.compare_digest(wanted, head.get("x-signature", "")):
            raise RejectedError("SignatureDoesNotMatch")
        if not stamp.isdecimal() or abs(self.state.now() - int(stamp)) > SKEW_S:
            raise RejectedError("InvalidTimeStamp.Expired")
        self._use_nonce(nonce)

    def _use_nonce(self, nonce: str) -> None:
        now = self.state.now()
        self.nonces = {n: at for n, at in self.nonces.items() if at > now - NONCE_KEPT_S}
        if nonce in self.nonces or not re.fullmatch(r"[0-9A-Za-z]{16,64}", nonce):
            raise RejectedError("SignatureNonceUsed")
        self.nonces[nonce] = now

    def check_account(self, phone: str) -> None:
        """Rejected when the account may not send to this number now."""
        if phone in self.blocked:
            raise RejectedError("isv.BLACK_KEY_CONTROL_LIMIT")
        if self.balance is not None and self.balance < 1:
            raise RejectedError("isv.AMOUNT_NOT_ENOUGH")
        since = self.state.now() - 60
        recent = [m for m in self.state.messages if m["phone"] == phone and m["at"] > since]
        if self.per_minute is not None and len(recent) >= self.per_minute:
            raise RejectedError("isv.BUSINESS_LIMIT_CONTROL")

    def send(self, message: dict[str, Any]) -> str:
        """The biz id of a message delivered to `/_emulator/sms`."""
        since = self.state.now() - OUT_ID_KEPT_S
        for sent in self.state.messages:
            if message["out_id"] and sent["out_id"] == message["out_id"] and sent["at"] > since:
                return str(sent["biz_id"])
        self.check_account(message["phone"])
        if self.balance is not None:
            self.balance -= 1
        biz_id = secrets.token_hex(10)
        self.state.messages.append({**message, "biz_id": biz_id, "at": self.state.now()})
        return biz_id


def signature(secret: str, timestamp: str, nonce: str, body: bytes) -> str:
    """The signature the protocol asks for."""
    digest = hashlib.sha256(body).hexdigest()
    text = "\n".join(("POST", SEND_PATH, timestamp, nonce, digest))
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def read_message(body: object) -> dict[str, Any]:
    """The message asked for, with its text. Rejected when the vendor would not take it."""
    if not isinstance(body, dict):
        raise RejectedError("isv.INVALID_PARAMETERS")
    phone, params = body.get("phone"), body.get("params")
    if not isinstance(phone, str) or not re.fullmatch(r"1[3-9]\d{9}", phone):
        raise RejectedError("isv.MOBILE_NUMBER_ILLEGAL")
    if body.get("sign_name") != SIGN_NAME:
        raise RejectedError("isv.SMS_SIGNATURE_ILLEGAL")
    if not isinstance(params, dict) or not all(isinstance(v, str) for v in params.values()):
        raise RejectedError("isv.INVALID_PARAMETERS")
    if any(len(value) > LONGEST_PARAM for value in params.values()):
        raise RejectedError("isv.PARAM_LENGTH_LIMIT")
    text = f"【{SIGN_NAME}】{_filled(body.get('template_id'), params)}"
    kept = {"phone": phone, "template_id": body["template_id"], "params": params, "text": text}
    return {**kept, "out_id": body.get("out_id")}


def _filled(template_id: object, params: dict[str, str]) -> str:
    template = TEMPLATES.get(str(template_id))
    if template is None:
        raise RejectedError("isv.SMS_TEMPLATE_ILLEGAL")
    try:
        return template.format(**params)
    except KeyError as missing:
        raise RejectedError("isv.TEMPLATE_MISSING_PARAMETERS") from missing


def build(state: EmulatorState) -> Blueprint:
    """The gateway as a blueprint."""
    gateway = Gateway(state)
    state.on_reset(gateway.forget)
    sms = Blueprint("sms_emulator")

    async def reject(_: Request, rejected: RejectedError) -> HTTPResponse:
        status, message = CODES[rejected.code]
        answer = {"code": rejected.code, "message": message, "request_id": secrets.token_hex(8)}
        return json(answer, status=status)

    sms.exception(RejectedError)(reject)

    @sms.post(SEND_PATH, name="send")
    async def send(request: Request) -> HTTPResponse:
        gateway.authenticate(request)
        try:
            body = request.json
        except BadRequest as unreadable:
            raise RejectedError("isv.INVALID_PARAMETERS") from unreadable
        biz_id = gateway.send(read_message(body))
        ids = {"request_id": secrets.token_hex(8), "biz_id": biz_id}
        return json({"code": "OK", "message": "OK", **ids})

    @sms.post(f"{CONTROL}/account", name="change_account")
    async def change_account(request: Request) -> HTTPResponse:
        wanted = request.json
        gateway.per_minute = wanted.get("per_minute")
        gateway.balance = wanted.get("balance")
        gateway.blocked = set(wanted.get("blocked", ()))
        return json({})

    return sms
