"""`make run`: keys, migrations, demo data and emulators where asked for, then the server."""

import asyncio
import json
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from tortoise import connections

from api import database, migrating, server
from api.emulating import ROOT, Emulators
from api.kit import logging
from api.kit.crypto import Secrets
from api.kit.transaction import CONNECTION
from api.settings import TABLE, Settings

ACCOUNTS_FILE = "demo-accounts.json"
DEMO_DATABASE, OWN_DATABASE = "demo.db", "gongyou.db"
LOOPBACK = ("127.0.0.1", "::1", "localhost")
DEFAULTS = {setting.name: setting.default for setting in TABLE}
# Everybody whom the synthetic city employs has such a user name.
FOUND = """SELECT COUNT(*) AS "all", COUNT(CASE WHEN "username" LIKE 'demo.%' THEN 1 END) AS "demo"
FROM "account\""""


class WrongDatabase(RuntimeError):
    """A demo, whose codes everybody knows, and a real system never share a database."""


def settled(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of a command: files lie in VAR, a demo has its own SQLite file there.

    So a system without the demo never opens the demo's database by default. With TLS everybody on
    the network is served, for that is what it is for.
    """
    plain, given = Settings.load(environment), dict[str, str]()
    if plain.database_url == DEFAULTS["DATABASE_URL"]:
        name = DEMO_DATABASE if plain.demo else OWN_DATABASE
        given["DATABASE_URL"] = f"sqlite://{plain.var / name}"
    if str(plain.keys_file) == DEFAULTS["KEYS_FILE"]:
        given["KEYS_FILE"] = str(plain.var / plain.keys_file.name)
    if plain.public_url == DEFAULTS["PUBLIC_URL"]:
        given["PUBLIC_URL"] = f"{_scheme(plain)}://127.0.0.1:{plain.port}"
    if plain.tls and plain.host == DEFAULTS["HOST"]:
        given["HOST"] = "0.0.0.0"  # noqa: S104
    return Settings.load(environment, given)


def run(settings: Settings) -> int:
    """Prepare what is missing and serve until Ctrl-C or SIGTERM; the exit status."""
    signal.signal(signal.SIGTERM, _leave)
    logging.configure(settings.log_level)
    if not _is_free(settings):
        say(f"Port {settings.port} is in use. Choose another one: make run PORT=8001")
        return 1
    if not settings.keys_file.exists():
        Secrets.fresh().write(settings.keys_file)
    if settings.demo:
        _run_demo(settings)
    else:
        _run_bare(settings)
    return 0


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    sys.exit(0)


def _is_free(settings: Settings) -> bool:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError:
            return False
    return True


def _run_bare(settings: Settings) -> None:
    (settings.var / ACCOUNTS_FILE).unlink(missing_ok=True)
    _, demo = asyncio.run(_prepared(settings))
    if demo:
        raise WrongDatabase("This database holds demo accounts: choose another DATABASE_URL.")
    server.serve(settings, lambda: say(_addresses(settings)))


def _run_demo(settings: Settings) -> None:
    with tempfile.TemporaryDirectory(prefix="gongyou-") as name:
        folder = Path(name)
        with Emulators(folder) as emulators:
            filled, demo = asyncio.run(_prepared(settings))
            if filled and not demo:
                raise WrongDatabase("This database is no demo's: choose another, or set DEMO=0.")
            found = emulators.addresses()
            given = {**_as_given(settings), **demo_settings(found)}
            file = settings.var / ACCOUNTS_FILE
            if not filled or not file.exists():
                _seed(given, folder)
            whole = Settings.load({}, given)
            server.serve(whole, lambda: say(_announcement(whole, found["http"], file)))


async def _prepared(settings: Settings) -> tuple[bool, bool]:
    """Migrate; whether there are accounts at all, and whether there are a demo's."""
    await migrating.migrate(settings.database_url)
    await database.open_database(settings.database_url)
    try:
        [row] = await connections.get(CONNECTION).execute_query_dict(FOUND)
    finally:
        await database.close_database()
    return row["all"] > 0, row["demo"] > 0


def _as_given(settings: Settings) -> dict[str, str]:
    """The settings as texts again, to be handed to another process or loaded anew."""
    texts = {}
    for setting in TABLE:
        value = getattr(settings, setting.name.lower())
        if isinstance(value, bool):
            value = int(value)
        elif isinstance(value, dict):
            value = ",".join(f"{key}={text}" for key, text in value.items())
        elif isinstance(value, tuple):
            value = ",".join(value)
        texts[setting.name] = str(value)
    return texts


def _seed(given: dict[str, str], folder: Path) -> None:
    """Let the synthetic city move in: all of it or, when anything fails, nothing."""
    say("Filling the empty database with a synthetic city ...")
    file = folder / "settings.json"
    file.touch(mode=0o600)
    file.write_text(json.dumps(given))
    # The city stands with the other synthetic things outside of the product.
    subprocess.run([sys.executable, "-m", "tests.demo", file], cwd=ROOT, check=True)  # noqa: S603


DEMO_TEMPLATES = ",".join(
    f"{name}=demo-{name}-template:thing1={what}:time2=time:thing3=hint"
    for name, what in (
        ("attendance", "title"), ("contract", "title"), ("digest", "count"),
        ("identity", "title"), ("team", "title"), ("wage", "title"),
    )
)  # fmt: skip
"""Subscribe messages as the emulator knows them."""


def demo_settings(addresses: dict[str, Any]) -> dict[str, str]:
    """The settings that point every adapter at the emulators."""
    accounts, base = addresses["accounts"], addresses["http"]
    return {
        "WECHAT_URL": f"{base}/wechat",
        "WECHAT_OPEN_URL": f"{base}/wechat",
        "WECHAT_APPID": accounts["wechat"]["mini_program"]["appid"],
        "WECHAT_SECRET": accounts["wechat"]["mini_program"]["secret"],
        "WECHAT_OA_APPID": accounts["wechat"]["official_account"]["appid"],
        "WECHAT_OA_SECRET": accounts["wechat"]["official_account"]["secret"],
        "WECHAT_SDK_URL": f"{base}/wechat/open/js/jweixin.js",
        "WECHAT_OA_TOKEN": accounts["wechat"]["official_account"]["token"],
        "WECHAT_OA_AES_KEY": accounts["wechat"]["official_account"]["aes_key"],
        "WECHAT_TEMPLATES": DEMO_TEMPLATES,
        "BAIDU_URL": f"{base}/baidu",
        "BAIDU_API_KEY": accounts["baidu"]["api_key"],
        "BAIDU_SECRET_KEY": accounts["baidu"]["secret_key"],
        "SMS_URL": f"{base}/sms",
        "SMS_ACCESS_KEY": accounts["sms"]["access_key"],
        "SMS_SECRET": accounts["sms"]["access_secret"],
        "BANK_URL": f"{base}/bank",
        "BANK_ACCESS_KEY": accounts["bank"]["access_key"],
        "BANK_SECRET": accounts["bank"]["access_secret"],
    }


def say(text: str) -> None:
    """Print for the person at the terminal."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _scheme(settings: Settings) -> str:
    return "https" if settings.tls else "http"


def _addresses(settings: Settings) -> str:
    base = f"{_scheme(settings)}://127.0.0.1:{settings.port}"
    return "\n".join((
        f"Gongyou answers at {base}/api/v1/",
        f"  OpenAPI    {base}/api/openapi.json",
        f"  ready?     {base}/readyz",
        f"  metrics    {base}/metrics",
    ))  # fmt: skip


def _announcement(settings: Settings, emulators: str, file: Path) -> str:
    rows = [_row(each) for each in json.loads(file.read_text(encoding="utf-8"))]
    return "\n".join((
        _addresses(settings),
        f"  emulators  {emulators}/ of WeChat, Baidu, the bank and text messages",
        f"Demo accounts, all of synthetic people, with what logs them in ({file}):",
        *rows,
        *([] if settings.host in LOOPBACK else ["Everybody on this network can use them."]),
        "Ctrl-C stops everything; what was done stays.",
    ))  # fmt: skip


def _row(account: dict[str, Any]) -> str:
    login = account["login"]
    keys = [str(value) for name, value in login.items() if name != "method"]
    secret = [f"TOTP {account['totp_secret']}"] if "totp_secret" in account else []
    words = " ".join([*keys, *secret])
    return f"  {account['role']:19}{login['method']:9}{words}  ({account['note']})"
