"""The mini-program's server calls: login, phone number, subscribe messages, content checks."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from api.integrations.http import UpstreamError
from api.integrations.wechat.outcomes import OUTCOMES, own_error
from api.integrations.wechat.platform import Answer, Platform, malformed, optional_text, text
from api.kit.personal import Kind, Personal, phone

LONGEST_TEXT = 2500
"""Characters that one content check takes."""

MAINLAND = "86"


@dataclass(frozen=True, slots=True)
class WechatSession:
    """Who logged in. `session_key` stays on the server and is replaced by the next login."""

    openid: Personal
    unionid: Personal | None
    session_key: Personal


class Scene(IntEnum):
    """Where a text or picture is shown, in the content check's terms."""

    PROFILE = 1
    COMMENT = 2
    FORUM = 3
    SOCIAL_LOG = 4


class Verdict(StrEnum):
    """What the content check suggests."""

    PASS = "pass"  # noqa: S105 - a verdict
    REVIEW = "review"
    RISKY = "risky"


class MiniProgram(Platform):
    """The mini-program as WeChat's server side knows it."""

    async def code2session(self, code: str) -> WechatSession:
        """The person behind a `wx.login` code, which lives 5 minutes and is good once.

        UpstreamError: `code_invalid`, `code_used`, `too_often`, `person_blocked` …
        developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_code2session
        """
        query = {
            "appid": self.config.appid,
            "secret": self.config.secret,
            "js_code": code,
            "grant_type": "authorization_code",
        }
        return await self._ask_plainly("/sns/jscode2session", query, _session)

    async def check_session(self, openid: str, session_key: str) -> bool:
        """Whether `session_key` is still the person's current one.

        developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_checksessionkey
        """
        signature = hmac.new(session_key.encode(), b"", hashlib.sha256).hexdigest()
        query = {"openid": openid, "signature": signature, "sig_method": "hmac_sha256"}
        try:
            await self._ask("/wxa/checksession", query=query)
        except UpstreamError as error:
            if error.code == OUTCOMES[87009].code:
                return False
            raise
        return True

    async def phone_number(self, code: str) -> Personal:
        """The mainland number behind a `getPhoneNumber` code (not the login code; good once).

        UpstreamError `phone_foreign` for a number of another country.
        developers.weixin.qq.com/miniprogram/dev/server/API/user-info/phone-number/api_getphonenumber
        """
        answer = await self._ask("/wxa/business/getuserphonenumber", {"code": code})
        return _phone(answer)

    async def send_subscribe(
        self,
        openid: str,
        template_id: str,
        page: str,
        data: Mapping[str, str],
        state: str = "formal",
    ) -> None:
        """The person has been sent one subscribe message, and one acceptance is spent.

        data: the template's keywords and their values, each within the length its kind allows
        (`thing` 20 characters). state: `formal`, `trial` or `developer` version to open.
        UpstreamError `not_subscribed` when there is no acceptance left.
        developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/mp-message-management/subscribe-message/
        """
        body = {
            "touser": openid,
            "template_id": template_id,
            "page": page,
            "data": {name: {"value": value} for name, value in data.items()},
            "miniprogram_state": state,
            "lang": "zh_CN",
        }
        await self._ask("/cgi-bin/message/subscribe/send", body)

    async def check_text(self, openid: str, scene: Scene, content: str) -> Verdict:
        """What WeChat suggests for a text that others will see.

        ValueError when it is empty or longer than 2500 characters. UpstreamError `visit_too_old`
        when the person has not used the mini-program for two hours: then a human looks at it.
        developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/sec-center/sec-check/msgSecCheck.html
        """
        if not 1 <= len(content) <= LONGEST_TEXT:
            raise ValueError(f"a text to check has 1 to {LONGEST_TEXT} characters")
        body = {"version": 2, "openid": openid, "scene": int(scene), "content": content}
        return _verdict(await self._ask("/wxa/msg_sec_check", body))

    async def check_image_async(self, openid: str, scene: Scene, url: str) -> str:
        """The trace id under which WeChat will report on the picture at `url`, within 30 minutes.

        WeChat fetches the picture itself, so `url` is a short-lived public link.
        developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/sec-center/sec-check/mediaCheckAsync.html
        """
        picture = 2
        body = {
            "version": 2,
            "openid": openid,
            "scene": int(scene),
            "media_url": url,
            "media_type": picture,
        }
        return text(await self._ask("/wxa/media_check_async", body), "trace_id")


def _session(answer: Answer) -> WechatSession:
    unionid = optional_text(answer, "unionid")
    return WechatSession(
        Personal.of(Kind.IDENTITY, text(answer, "openid")),
        Personal.of(Kind.IDENTITY, unionid) if unionid else None,
        Personal.of(Kind.SECRET, text(answer, "session_key")),
    )


def _phone(answer: Answer) -> Personal:
    info = answer.get("phone_info")
    if not isinstance(info, dict):
        raise malformed()
    # documented as text, seen as a number
    if str(info.get("countryCode")) != MAINLAND:
        raise own_error("phone_foreign")
    try:
        return Personal.of(Kind.PHONE, phone(text(info, "purePhoneNumber")))
    except ValueError:
        raise malformed() from None


def _verdict(answer: Answer) -> Verdict:
    result = answer.get("result")
    suggested = result.get("suggest") if isinstance(result, dict) else None
    try:
        return Verdict(str(suggested))
    except ValueError:
        return Verdict.REVIEW  # a suggestion we do not know: a human looks
