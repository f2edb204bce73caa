"""Adapters of both WeChat apps, pointed at the emulators."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from api.integrations.http import Vendor
from api.integrations.wechat import MiniProgram, OfficialAccount, WechatConfig
from api.kit.cache import Cache, DictCache
from tests.emulators.fixtures import Emulators


def config(emulators: Emulators, app: str, **more: Any) -> WechatConfig:
    """The configuration of `mini_program` or `official_account`."""
    url = emulators.url("wechat")
    account = emulators.accounts["wechat"][app]
    named = {"appid": account["appid"], "secret": account["secret"]}
    return WechatConfig(**{**named, "base_url": url, "open_url": url, **more})


@contextmanager
def mini_program(
    emulators: Emulators,
    cache: Cache | None = None,
    **more: Any,
) -> Iterator[MiniProgram]:
    """A mini-program adapter with threads of its own, as one process has it."""
    settings = config(emulators, "mini_program", **more)
    vendor = Vendor(settings.endpoint())
    yield MiniProgram(settings, vendor, cache or DictCache())
    vendor.close()


@contextmanager
def official_account(emulators: Emulators) -> Iterator[OfficialAccount]:
    """An official-account adapter."""
    settings = config(emulators, "official_account")
    vendor = Vendor(settings.endpoint())
    yield OfficialAccount(settings, vendor, DictCache())
    vendor.close()
