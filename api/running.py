"""`make run`: keys, migrations, demo data and emulators where asked for, then the server."""

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from api import migrating, server
from api.kit.crypto import Secrets
from api.settings import Settings

ROOT = Path(__file__).parent.parent
READY_WITHIN_S = 30


def run(settings: Settings) -> int:
    """Prepare what is missing and serve until Ctrl-C or SIGTERM."""
    if not settings.keys_file.exists():
        Secrets.fresh().write(settings.keys_file)
    asyncio.run(migrating.migrate(settings.database_url))
    if not settings.demo:
        server.serve(settings)
        return 0
    with emulators() as addresses:
        server.serve(Settings.load(given=demo_settings(addresses)))
    return 0


@contextmanager
def emulators() -> Iterator[dict[str, Any]]:
    """The loopback emulators in a process of their own; their addresses and demo credentials."""
    with tempfile.TemporaryDirectory() as folder:
        ports = Path(folder) / "ports.json"
        command = [sys.executable, "-m", "tests.emulators", "--port-file", str(ports)]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)  # noqa: S603
        try:
            yield _addresses(ports, process)
        finally:
            process.terminate()
            process.wait(timeout=5)


def _addresses(ports: Path, process: "subprocess.Popen[bytes]") -> dict[str, Any]:
    deadline = time.monotonic() + READY_WITHIN_S
    while not ports.exists():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("the emulators did not start")
        time.sleep(0.05)
    return dict(json.loads(ports.read_text()))


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
        "BAIDU_URL": f"{base}/baidu",
        "BAIDU_API_KEY": accounts["baidu"]["api_key"],
        "BAIDU_SECRET_KEY": accounts["baidu"]["secret_key"],
        "SMS_URL": f"{base}/sms",
        "SMS_ACCESS_KEY": accounts["sms"]["access_key"],
        "SMS_SECRET": accounts["sms"]["access_secret"],
    }
