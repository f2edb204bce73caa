"""WeChat's error codes, each with our code, who can act on it, and what the person is told.

Sources: the return-code tables of the pages under
developers.weixin.qq.com/miniprogram/dev/server/API/ and /doc/service/api/, read November 2026.
"""

from dataclasses import dataclass

from api.integrations.http import Klass, UpstreamError

SYSTEM = "wechat"

LATER = "微信暂时没有回应。请过几分钟再试，或者用手机号登录。"
OUR_SIDE = "微信功能暂时用不了，我们正在处理。请先用手机号登录。"
AGAIN = "微信登录已过期。请返回重新点微信登录。"
SLOWER = "操作太频繁了。请过一分钟再试。"
OTHER_WAY = "微信没有通过这次登录。请用手机号登录。"
NO_MESSAGE = "您没有同意接收这类微信消息。请在“消息”里查看。"
REWRITE = "这段文字没有通过检查。请修改后再提交。"
FULL_SERVICE = "现在看到的是网页快照。请点页面下方的“使用完整服务”后再登录。"
MAINLAND = "这个微信绑定的不是大陆手机号。请直接填手机号，用短信验证码登录。"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an error code means for us. `permanent` None follows from the class."""

    code: str
    klass: Klass
    words: str
    permanent: bool | None = None


_CONFIGURATION = Klass.CONFIGURATION
_INPUT = Klass.INPUT

OUTCOMES: dict[int, Outcome] = {
    -1: Outcome("busy", Klass.UNAVAILABLE, LATER),
    # An access token asked for with the wrong secret answers 40001 too; elsewhere 40001, 40014 and
    # 42001 never get here, because they lead to a new token first (TOKEN_REJECTED).
    40001: Outcome("secret_wrong", _CONFIGURATION, OUR_SIDE),
    40002: Outcome("grant_type_wrong", _CONFIGURATION, OUR_SIDE),
    40003: Outcome("openid_invalid", _INPUT, AGAIN),
    40013: Outcome("appid_invalid", _CONFIGURATION, OUR_SIDE),
    40014: Outcome("token_invalid", _CONFIGURATION, OUR_SIDE),
    40029: Outcome("code_invalid", _INPUT, AGAIN),
    40037: Outcome("template_unknown", _CONFIGURATION, OUR_SIDE),
    40097: Outcome("arguments_invalid", _CONFIGURATION, OUR_SIDE),
    40125: Outcome("secret_invalid", _CONFIGURATION, OUR_SIDE),
    40129: Outcome("scene_invalid", _CONFIGURATION, OUR_SIDE),
    40163: Outcome("code_used", _INPUT, AGAIN),
    40164: Outcome("address_not_listed", _CONFIGURATION, OUR_SIDE),
    # WeChat rates the account as risky; it may be a real worker with a fresh account.
    40226: Outcome("person_blocked", Klass.IDENTITY, OTHER_WAY),
    40243: Outcome("secret_frozen", _CONFIGURATION, OUR_SIDE),
    41001: Outcome("token_missing", _CONFIGURATION, OUR_SIDE),
    41002: Outcome("appid_missing", _CONFIGURATION, OUR_SIDE),
    41004: Outcome("secret_missing", _CONFIGURATION, OUR_SIDE),
    41008: Outcome("code_missing", _INPUT, AGAIN),
    41030: Outcome("page_invalid", _CONFIGURATION, OUR_SIDE),
    42001: Outcome("token_expired", _CONFIGURATION, OUR_SIDE),
    42003: Outcome("code_expired", _INPUT, AGAIN),
    # Not a fault: one acceptance is one message, and it was spent, refused or never given.
    43101: Outcome("not_subscribed", _INPUT, NO_MESSAGE),
    43104: Outcome("openid_of_other_app", _CONFIGURATION, OUR_SIDE),
    43302: Outcome("method_wrong", _CONFIGURATION, OUR_SIDE),
    44002: Outcome("content_empty", _INPUT, REWRITE),
    45002: Outcome("content_too_long", _INPUT, REWRITE),
    45009: Outcome("daily_quota", _CONFIGURATION, OUR_SIDE, permanent=False),
    # 100 a minute for one person at code2Session: one impatient person must not open the breaker.
    45011: Outcome("too_often", _INPUT, SLOWER, permanent=False),
    47001: Outcome("format_wrong", _CONFIGURATION, OUR_SIDE),
    47003: Outcome("template_data_wrong", _CONFIGURATION, OUR_SIDE),
    48001: Outcome("api_not_granted", _CONFIGURATION, OUR_SIDE),
    50002: Outcome("account_limited", _CONFIGURATION, OUR_SIDE),
    # The content check wants a visit within two hours; an offline upload may come later.
    61010: Outcome("visit_too_old", Klass.IDENTITY, AGAIN),
    61024: Outcome("token_of_other_kind", _CONFIGURATION, OUR_SIDE),
    87009: Outcome("session_key_invalid", _INPUT, AGAIN),
    87014: Outcome("content_risky", _INPUT, REWRITE),
    89503: Outcome("address_to_be_confirmed", _CONFIGURATION, OUR_SIDE),
    89506: Outcome("address_refused_today", _CONFIGURATION, OUR_SIDE, permanent=False),
    89507: Outcome("address_refused_now", _CONFIGURATION, OUR_SIDE, permanent=False),
}

TOKEN_REJECTED = frozenset({40001, 40014, 42001})
"""Answers to a call made with an access token which a new token may mend."""

OWN_CODES = {
    # ours: not an error code of WeChat's, but something in its answer
    "snapshot_visitor": Outcome("snapshot_visitor", _INPUT, FULL_SERVICE),
    "phone_foreign": Outcome("phone_foreign", _INPUT, MAINLAND),
}


def error_of(errcode: int) -> UpstreamError:
    """The typed error of an errcode. An unknown one alarms us and is not tried again."""
    known = OUTCOMES.get(errcode)
    if known is None:
        return UpstreamError(SYSTEM, f"unknown_{errcode}", Klass.CONFIGURATION)
    return UpstreamError(SYSTEM, known.code, known.klass, permanent=known.permanent)


def own_error(code: str) -> UpstreamError:
    """The typed error of one of our own codes."""
    return UpstreamError(SYSTEM, code, OWN_CODES[code].klass)


_WORDS = {row.code: row.words for row in (*OUTCOMES.values(), *OWN_CODES.values())}


def words(error: UpstreamError) -> str:
    """What the person is told about an error of this system."""
    return _WORDS.get(error.code) or (OUR_SIDE if error.permanent else LATER)
