"""People of the cast in WeChat, what they granted, and what the emulator was sent."""

from typing import Any

import httpx

from api.accounts.login import MINI
from api.accounts.models import WechatIdentity
from api.kit.personal import Kind, Personal
from tests.cast import Client
from tests.emulators.fixtures import Emulators
from tests.emulators.wechat_platform import MINI_PROGRAM, openid_of

PATH = "/api/v1/me/subscriptions"
SEND = "/cgi-bin/message/subscribe/send"


def template(name: str) -> str:
    """The id of a template in the demo's settings."""
    return f"demo-{name}-template"


async def bound(client: Client, name: str = "zhang") -> str:
    """The openid of one of the cast, who has logged in from the mini-program."""
    openid = openid_of(MINI_PROGRAM.appid, name, demo=False)
    value = Personal.of(Kind.IDENTITY, openid)
    await WechatIdentity.create(
        account_id=await client.cast.id(name), app=MINI, openid=value, openid_index=value.index
    )
    return openid


def accepted(emulators: Emulators, openid: str, name: str, count: int = 1) -> None:
    """The person said yes in WeChat itself."""
    body = {"openid": openid, "template_id": template(name), "count": count}
    emulators.control("POST", "subscriptions", body, vendor="wechat")


async def reported(
    client: Client, name: str, answer: str = "accept", who: str = "zhang", **changed: Any
) -> httpx.Response:
    """The mini-program reports what he said."""
    one = {"template_id": template(name), "answer": answer, **changed}
    return await client.post(PATH, as_=who, json={"answers": [one]})


async def granted(
    client: Client, emulators: Emulators, name: str, count: int = 1, who: str = "zhang"
) -> None:
    """He is in WeChat and said yes so many times, there and here."""
    openid = await bound(client, who)
    accepted(emulators, openid, name, count)
    for _ in range(count):
        answer = await reported(client, name, who=who)
        assert answer.status_code == 201, answer.text


async def left(client: Client, name: str, who: str = "zhang") -> int:
    """How many messages of the template he still granted."""
    items = (await client.get(PATH, as_=who)).json()["items"]
    return int(next(each["left"] for each in items if each["name"] == name))


def sent(emulators: Emulators) -> list[dict[str, Any]]:
    """The messages that people were sent."""
    return list(emulators.control("GET", "subscriptions", vendor="wechat")["items"])


def asked(emulators: Emulators) -> int:
    """How often WeChat was asked to send one."""
    return len(emulators.calls(SEND))
