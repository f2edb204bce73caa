"""Serves all emulators on loopback: `python -m tests.emulators [--port-file FILE] …`.

One process, HTTP and HTTPS, one path prefix per vendor (`/wechat`, `/baidu`, `/sms`, `/bank`). When
ready it prints the addresses and writes FILE, in one piece, as JSON
`{"http", "https", "ca", "accounts"}`. It ends on SIGTERM, on Ctrl-C and when its parent is gone.
"""

import argparse
import asyncio
import dataclasses
import json
import os
import signal
import socket
import ssl
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from sanic import Sanic
from sanic.server.async_server import AsyncioServer

from tests.emulators import baidu, bank, certificates, sms, wechat
from tests.emulators.faults import EmulatorState, install
from tests.emulators.wechat_platform import MINI_PROGRAM, OFFICIAL_ACCOUNT

VENDORS = {"wechat": wechat, "baidu": baidu, "sms": sms, "bank": bank}
PARENT_POLL_S = 0.5

ACCOUNTS = {
    "baidu": {"api_key": baidu.API_KEY, "secret_key": baidu.SECRET_KEY},
    "wechat": {
        "mini_program": {"appid": MINI_PROGRAM.appid, "secret": MINI_PROGRAM.secret},
        "official_account": dataclasses.asdict(OFFICIAL_ACCOUNT),
    },
    "sms": {
        "access_key": sms.ACCESS_KEY,
        "access_secret": sms.ACCESS_SECRET,
        "sign_name": sms.SIGN_NAME,
    },
    "bank": {"access_key": bank.ACCESS_KEY, "access_secret": bank.ACCESS_SECRET},
}


def compose(name: str, state: EmulatorState, blueprints: dict[str, Any]) -> Sanic[Any, Any]:
    """A Sanic app with the control surface and every vendor under its prefix."""
    app: Sanic[Any, Any] = Sanic(name, configure_logging=False)
    app.config.FALLBACK_ERROR_FORMAT = "json"
    app.config.TOUCHUP = False  # rewrites Sanic's own code, and only once per process
    install(app, state)
    for vendor, blueprint in blueprints.items():
        app.blueprint(blueprint, url_prefix=f"/{vendor}")
    return app


def listen_on(port: int) -> socket.socket:
    """A loopback socket on `port`, or on any free one for 0."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    return listener


async def start(
    app: Sanic[Any, Any], listener: socket.socket, context: ssl.SSLContext | None
) -> AsyncioServer:
    """A server of `app` that is answering."""
    server = await app.create_server(sock=listener, ssl=context, access_log=False)
    if server is None:
        raise RuntimeError("the server did not start")
    await server.startup()  # type: ignore[no-untyped-call]
    await server.start_serving()  # type: ignore[no-untyped-call]
    return server


def announce(addresses: dict[str, Any], port_file: Path | None) -> None:
    """Print the addresses and write them, so that a reader never sees half a file."""
    for name in ("http", "https", "ca"):
        sys.stdout.write(f"{name:6}{addresses[name]}\n")
    sys.stdout.flush()
    if port_file:
        draft = port_file.with_name(port_file.name + ".draft")
        draft.write_text(json.dumps(addresses, ensure_ascii=False, indent=1))
        draft.replace(port_file)


def listening() -> asyncio.Event:
    """Set by SIGTERM or SIGINT from now on."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    return told


async def until_told(told: asyncio.Event) -> None:
    """Return when it is set, or when the parent process is gone."""
    parent = os.getppid()
    while os.getppid() == parent and not told.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(told.wait(), PARENT_POLL_S)


async def serve(options: argparse.Namespace, folder: Path) -> None:
    """Serve until told to end."""
    state = EmulatorState()
    blueprints = {vendor: module.build(state) for vendor, module in VENDORS.items()}
    ca_path, context = certificates.make(folder)
    servers = []
    addresses: dict[str, Any] = {"ca": str(ca_path), "accounts": ACCOUNTS}
    for scheme, port, tls in (
        ("http", options.http_port, None),
        ("https", options.https_port, context),
    ):
        listener = listen_on(port)
        app = compose(f"emulators_{scheme}", state, blueprints)
        servers.append(await start(app, listener, tls))
        addresses[scheme] = f"{scheme}://127.0.0.1:{listener.getsockname()[1]}"
    told = listening()  # before anybody knows whom to tell
    announce(addresses, options.port_file)
    await until_told(told)
    for server in servers:
        server.close()  # type: ignore[no-untyped-call]


def main() -> None:
    """Read the options and serve."""
    parser = argparse.ArgumentParser(prog="python -m tests.emulators", description=__doc__)
    parser.add_argument("--port-file", type=Path)
    parser.add_argument("--http-port", type=int, default=0)
    parser.add_argument("--https-port", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="emulators-") as folder:
        asyncio.run(serve(options, Path(folder)))
        if options.port_file:
            options.port_file.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
