"""The adapters that the settings ask for."""

from api.integrations import baidu
from api.integrations.adapters import Adapters
from api.integrations.bank.client import BankClient, BankConfig
from api.integrations.http import Vendor
from api.integrations.sms.sender import SmsConfig, SmsSender
from api.integrations.storage import FolderStorage
from api.integrations.wechat import MiniProgram, OfficialAccount, WechatConfig
from api.kit.cache import Cache
from api.kit.logging import log
from api.kit.metrics import UPSTREAM
from api.settings import Settings

SIGN_NAME = "工友"


def adapters_from(settings: Settings, cache: Cache) -> Adapters:
    """The adapters of a process; those without keys are None and people work by hand instead."""
    checks = _baidu(settings, cache)
    return Adapters(
        storage=FolderStorage(settings.var / "files"),
        sms=_sms(settings),
        wechat=_mini_program(settings, cache),
        official_account=_official_account(settings, cache),
        card_reader=checks.card_reader if checks else None,
        face_check=checks.face_check if checks else None,
        identity_check=checks.identity_check if checks else None,
        bank=_bank(settings),
    )


def _observe(system: str, result: str, seconds: float) -> None:
    UPSTREAM.labels(system, result).inc()


def _alarm(system: str, code: str) -> None:
    log.error("upstream.alarm", system=system, code=code)


def _baidu(settings: Settings, cache: Cache) -> baidu.Baidu | None:
    if not settings.baidu_api_key:
        return None
    return baidu.connect(
        api_key=settings.baidu_api_key,
        secret_key=settings.baidu_secret_key,
        cache=cache,
        base_url=settings.baidu_url,
        ca_bundle=settings.outbound_ca or None,
        observe=_observe,
        alarm=_alarm,
    )


def _sms(settings: Settings) -> SmsSender | None:
    if not settings.sms_url:
        return None
    config = SmsConfig(
        base_url=settings.sms_url,
        access_key=settings.sms_access_key,
        access_secret=settings.sms_secret,
        sign_name=SIGN_NAME,
        templates=settings.sms_templates,
        ca_bundle=settings.outbound_ca or None,
    )
    return SmsSender(config, Vendor(config.endpoint(), observe=_observe, alarm=_alarm))


def _bank(settings: Settings) -> BankClient | None:
    if not settings.bank_url:
        return None
    config = BankConfig(
        base_url=settings.bank_url,
        access_key=settings.bank_access_key,
        access_secret=settings.bank_secret,
        ca_bundle=settings.outbound_ca or None,
    )
    return BankClient(config, Vendor(config.endpoint(), observe=_observe, alarm=_alarm))


def _mini_program(settings: Settings, cache: Cache) -> MiniProgram | None:
    if not settings.wechat_appid:
        return None
    config = _wechat(settings, settings.wechat_appid, settings.wechat_secret)
    return MiniProgram(config, Vendor(config.endpoint(), observe=_observe, alarm=_alarm), cache)


def _official_account(settings: Settings, cache: Cache) -> OfficialAccount | None:
    if not settings.wechat_oa_appid:
        return None
    config = _wechat(settings, settings.wechat_oa_appid, settings.wechat_oa_secret)
    return OfficialAccount(config, Vendor(config.endpoint(), observe=_observe, alarm=_alarm), cache)


def _wechat(settings: Settings, appid: str, secret: str) -> WechatConfig:
    return WechatConfig(
        appid=appid,
        secret=secret,
        base_url=settings.wechat_url,
        open_url=settings.wechat_open_url,
        ca_bundle=settings.outbound_ca or None,
    )
