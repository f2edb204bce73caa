"""The official account 公众号: its menu, and what it answers to what people send it.

Every entry and every answer leads to a page of ours; the account itself decides nothing.
developers.weixin.qq.com/doc/service/guide/product/message/ (5 seconds to answer)
"""

from collections.abc import Mapping
from typing import Any

from wechatpy.replies import create_reply

from api.accounts.errors import WechatOff
from api.integrations.adapters import outside
from api.integrations.wechat import CallbackRefusedError, Callbacks
from api.kit.errors import Forbidden
from api.settings import settings

WELCOME = "您好，这里是工友。打卡、看出勤、签合同都在下面的菜单里。第一次来，请先实名登记：{link}"
ANSWERS = (
    (("打卡", "上班", "下班"), "点这里打卡：{base}/h5/punch"),
    (("出勤", "考勤", "记录"), "点这里看您的出勤：{base}/h5/history"),
    (("登记", "实名", "注册"), "点这里实名登记：{base}/h5/register"),
    (("班组",), "点这里看您的班组：{base}/h5/teams"),
    (("合同",), "点这里看合同、签字：{base}/h5/contracts"),
)
OTHERWISE = "请发“打卡”“出勤”“登记”“班组”或“合同”，也可以点下面的菜单。"
MENU = (("打卡", "/h5/punch"), ("我的出勤", "/h5/history"), ("全部功能", "/h5/"))


class NotFromWechat(Forbidden):
    """The call does not carry WeChat's signature."""

    code = "wechat.not_signed"


def greeted(signature: str, timestamp: str, nonce: str) -> None:
    """Return when the address check is WeChat's. NotFromWechat, WechatOff."""
    try:
        _callbacks().verify(signature, timestamp, nonce)
    except CallbackRefusedError as error:
        raise NotFromWechat from error


def answer(body: bytes, signature: str, timestamp: str, nonce: str) -> str:
    """The sealed answer to a sealed message, as XML; empty when there is nothing to say.

    NotFromWechat for a message that WeChat did not sign, or that is not fresh.
    """
    callbacks = _callbacks()
    try:
        message = callbacks.decrypt(body, signature, timestamp, nonce)
    except CallbackRefusedError as error:
        raise NotFromWechat from error
    words = words_for(message)
    if not words:
        return ""
    reply = create_reply(words)
    reply.target, reply.source = str(message["FromUserName"]), str(message["ToUserName"])
    return callbacks.encrypt(str(reply.render()), nonce)


def words_for(message: Mapping[str, Any]) -> str:
    """What the account says to a message or event; empty for those that want no answer."""
    base = settings().public_url
    if message.get("MsgType") == "event":
        new = message.get("Event") in {"subscribe", "SUBSCRIBE"}
        return WELCOME.format(link=f"{base}/h5/register") if new else ""
    if message.get("MsgType") != "text":
        return OTHERWISE
    said = str(message.get("Content") or "")
    for words, sentence in ANSWERS:
        if any(word in said for word in words):
            return sentence.format(base=base)
    return OTHERWISE


async def publish_menu() -> None:
    """The account's menu leads to our pages from now on. WechatOff, UpstreamError."""
    account = outside().official_account
    if account is None:
        raise WechatOff
    base = settings().public_url
    await account.set_menu([(name, base + path) for name, path in MENU])


def _callbacks() -> Callbacks:
    found = settings()
    if not (found.wechat_oa_appid and found.wechat_oa_token and found.wechat_oa_aes_key):
        raise WechatOff
    return Callbacks(found.wechat_oa_appid, found.wechat_oa_token, found.wechat_oa_aes_key)
