"""Every setting in one table: name, default, help. Nobody else reads the environment.

A secret may be given as a file: `NAME_FILE=/run/secrets/name`.
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

BAIDU = ("baidu.com", "bdimg.com", "bdstatic.com", "bcebos.com")
"""Hosts whose map tiles we cannot place."""


class BadSetting(ValueError):
    """A setting's value is not of its kind; the message names the setting, not the value."""


def _flag(text: str) -> bool:
    if text not in {"0", "1"}:
        raise ValueError
    return text == "1"


def _port(text: str) -> int:
    if not 0 < int(text) < 65536:
        raise ValueError
    return int(text)


def _count(text: str) -> int:
    if not 0 < int(text) < 3660:
        raise ValueError
    return int(text)


def _names(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _pairs(text: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in _names(text))


@dataclass(frozen=True, slots=True)
class MessageTemplate:
    """A template of WeChat's subscribe messages: its id, and what fills each of its keywords."""

    id: str
    fields: Mapping[str, str]


FILLINGS = frozenset({"title", "hint", "time", "count"})
"""What a keyword of a template can be filled with."""


def _templates(text: str) -> dict[str, MessageTemplate]:
    return {name: _template(rest) for name, _, rest in (p.partition("=") for p in _names(text))}


def _template(text: str) -> MessageTemplate:
    template_id, *pairs = text.split(":")
    fields = dict(pair.split("=", 1) for pair in pairs)
    if not template_id or not fields or not set(fields.values()) <= FILLINGS:
        raise ValueError
    return MessageTemplate(template_id, fields)


def _url(text: str) -> str:
    if text and "://" not in text:
        raise ValueError
    return text.rstrip("/")


def _database(text: str) -> str:
    if not text.startswith(("sqlite://", "postgres://", "postgresql://")):
        raise ValueError
    return text.replace("postgresql://", "postgres://", 1)


def _region(text: str) -> str:
    if not (len(text) == 6 and text.isdigit()):
        raise ValueError
    return text


def _tiles(text: str) -> str:
    if not text:
        return ""
    host = urlsplit(_url(text)).hostname or ""
    if host.endswith(BAIDU) or sorted(re.findall(r"{(.*?)}", text)) != ["x", "y", "z"]:
        raise ValueError
    return text


def _datum(text: str) -> str:
    # Baidu's tiles are squares of a projection of its own: no other map's way of counting fits.
    if text not in {"wgs84", "gcj02"}:
        raise ValueError
    return text


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table."""

    name: str
    default: str
    help: str
    read: Callable[[str], Any] = str
    secret: bool = False


TABLE = (
    Setting("HOST", "127.0.0.1", "Address to listen on."),
    Setting("PORT", "8000", "Port to listen on.", _port),
    Setting("TLS", "0", "1 serves HTTPS with a self-made certificate.", _flag),
    Setting("DEMO", "0", "1 uses the loopback emulators and the demo data.", _flag),
    Setting("VAR", "var", "Folder of the database file, keys, photos and demo accounts.", Path),
    Setting("DATABASE_URL", "sqlite://var/gongyou.db", "SQLite file or PostgreSQL.", _database,
            secret=True),
    Setting("REDIS_URL", "", "Redis; needed with more than one process.", _url, secret=True),
    Setting("KEYS_FILE", "var/keys.json", "The key file made by `init-keys`.", Path),
    Setting("INLINE_JOBS", "1", "1 runs jobs inside the API process.", _flag),
    Setting("PUBLIC_URL", "http://127.0.0.1:8000", "Address under which people reach us.", _url),
    Setting("TRUSTED_PROXIES", "", "Networks whose X-Forwarded-For counts.", _names),
    Setting("LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR."),
    Setting("METRICS_TOKEN", "", "Bearer token for /metrics from elsewhere than loopback.",
            secret=True),
    Setting("PROVINCE", "510000", "Region code of the province whose platform this is.", _region),
    Setting("ERASURE_DAYS", "7", "Days to think it over before a person is erased.", _count),
    Setting("INJURY_EMPLOYER_DAYS", "30",
            "Days in which the employer claims a work injury; a region may lengthen them.", _count),
    Setting("INJURY_WORKER_DAYS", "365",
            "Days in which the worker or his relatives may claim it themselves.", _count),
    Setting("PHOTO_DAYS", "30", "Days that card photos are kept after a decision.", _count),
    Setting("POSITION_DAYS", "365", "Days after which a punch's place is rounded to 100 m.",
            _count),
    Setting("TAKEOVER_HOURS", "24",
            "Hours in which an account may object that its record goes to another one.", _count),
    Setting("TAKEOVER_CARD_HOURS", "72",
            "Hours after that in which the wage card stays as it is.", _count),
    Setting("HOLIDAYS_FILE", "",
            "JSON of years whose holidays replace the built-in ones: "
            '{"2027": {"off": [dates], "worked": [dates]}}.'),
    Setting("WECHAT_URL", "https://api.weixin.qq.com", "Base address of WeChat's server API.",
            _url),
    Setting("WECHAT_OPEN_URL", "https://open.weixin.qq.com",
            "Base address of WeChat's page for official-account login.", _url),
    Setting("WECHAT_APPID", "", "The mini-program's app id; empty turns WeChat login off."),
    Setting("WECHAT_SECRET", "", "The mini-program's app secret.", secret=True),
    Setting("WECHAT_OA_APPID", "", "The official account's app id."),
    Setting("WECHAT_OA_SECRET", "", "The official account's app secret.", secret=True),
    Setting("WECHAT_SDK_URL", "https://res.wx.qq.com/open/js/jweixin-1.6.0.js",
            "WeChat's script for pages inside it; loaded there alone.", _url),
    Setting("WECHAT_OA_TOKEN", "", "Token of the official account's message address.",
            secret=True),
    Setting("WECHAT_OA_AES_KEY", "", "Key of its messages, 43 characters.", secret=True),
    Setting("WECHAT_TEMPLATES", "",
            "Subscribe messages: name=template id:keyword=title|hint|time|count:…, by commas; "
            "names: attendance, contract, digest, identity, team, wage.", _templates),
    Setting("BAIDU_URL", "https://aip.baidubce.com", "Base address of Baidu's AI services.", _url),
    Setting("BAIDU_API_KEY", "", "Baidu API key; without one two officers check by hand.",
            secret=True),
    Setting("BAIDU_SECRET_KEY", "", "Baidu secret key.", secret=True),
    Setting("SMS_URL", "", "Base address of the text-message gateway; empty turns it off.", _url),
    Setting("SMS_ACCESS_KEY", "", "The gateway's access key id."),
    Setting("SMS_SECRET", "", "The gateway's signing secret.", secret=True),
    Setting("SMS_TEMPLATES",
            "login_code=SMS_LOGIN_CODE,notice=SMS_NOTICE,digest=SMS_DIGEST,"
            "invitation=SMS_INVITATION,wage_arrived=SMS_WAGE_ARRIVED",
            "Our template names and the gateway's template ids.", _pairs),
    Setting("BANK_URL", "",
            "Base address of the bank that pays wages; empty pays by files that officers carry.",
            _url),
    Setting("BANK_ACCESS_KEY", "", "The bank's access key id."),
    Setting("BANK_SECRET", "", "The bank's signing secret.", secret=True),
    Setting("MAP_TILES", "",
            "Address pattern of map tiles with {z}, {x} and {y}, counted from the north west; "
            "empty draws maps without any. Baidu's are counted in another way and refused.",
            _tiles),
    Setting("MAP_DATUM", "wgs84",
            "Datum of those tiles: wgs84, or gcj02 for the maps of AMap and Tencent; "
            "bd09 is refused, like Baidu's tiles.", _datum),
    Setting("OUTBOUND_CA", "", "Certificate bundle for outbound calls instead of the public one."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of this process, read and checked once."""

    host: str
    port: int
    tls: bool
    demo: bool
    var: Path
    database_url: str
    redis_url: str
    keys_file: Path
    inline_jobs: bool
    public_url: str
    trusted_proxies: tuple[str, ...]
    log_level: str
    metrics_token: str
    province: str
    photo_days: int
    erasure_days: int
    injury_employer_days: int
    injury_worker_days: int
    position_days: int
    takeover_hours: int
    takeover_card_hours: int
    holidays_file: str
    wechat_url: str
    wechat_open_url: str
    wechat_appid: str
    wechat_secret: str
    wechat_oa_appid: str
    wechat_oa_secret: str
    wechat_sdk_url: str
    wechat_oa_token: str
    wechat_oa_aes_key: str
    wechat_templates: dict[str, MessageTemplate]
    baidu_url: str
    baidu_api_key: str
    baidu_secret_key: str
    sms_url: str
    sms_access_key: str
    sms_secret: str
    sms_templates: dict[str, str]
    bank_url: str
    bank_access_key: str
    bank_secret: str
    map_tiles: str
    map_datum: str
    outbound_ca: str

    def __repr__(self) -> str:
        shown = {s.name.lower() for s in TABLE if not s.secret}
        pairs = (f"{f.name}={getattr(self, f.name)!r}" for f in fields(self) if f.name in shown)
        return f"Settings({', '.join(pairs)})"

    @classmethod
    def load(
        cls, environment: Mapping[str, str] | None = None, given: Mapping[str, str] | None = None
    ) -> "Settings":
        """The settings from the environment, overruled by `given`. BadSetting names a bad one."""
        source = os.environ if environment is None else environment
        values = {s.name.lower(): _value(s, source, given or {}) for s in TABLE}
        return cls(**values)


def _value(setting: Setting, source: Mapping[str, str], given: Mapping[str, str]) -> Any:
    text = given.get(setting.name) or source.get(setting.name) or ""
    file = source.get(f"{setting.name}_FILE")
    if setting.secret and file and not text:
        text = Path(file).read_text().strip()
    try:
        return setting.read(text or setting.default)
    except ValueError:
        raise BadSetting(f"{setting.name}: {setting.help}") from None


_settings: Settings | None = None


def use(settings: Settings) -> None:
    """Make `settings` those of this process."""
    global _settings
    _settings = settings


def settings() -> Settings:
    """The settings of this process. RuntimeError before `use`."""
    if _settings is None:
        raise RuntimeError("no settings in use")
    return _settings
