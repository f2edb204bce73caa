"""A wire between browser and server that lets everything through and keeps what was sent."""

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

PART = re.compile(rb'name="([a-z]+)"; filename="[^"]*"\r\n[^\r]*\r\n\r\n(.*?)\r\n--', re.DOTALL)


@dataclass
class Wire:
    """Where it is listened to, and the bytes of each connection towards the server."""

    base: str
    sent: list[bytearray] = field(default_factory=list)

    def files(self, path: str) -> dict[str, int]:
        """How many bytes each file weighs that was sent to `path`, as the server received them."""
        head = f"POST {path} HTTP/1.1\r\n".encode()
        [request] = [bytes(each[each.index(head) :]) for each in self.sent if head in each]
        return {name.decode(): len(content) for name, content in PART.findall(request)}


@contextmanager
def wire(base: str) -> Iterator[Wire]:
    """A wire to the server at `base`."""
    port = urlsplit(base).port or 80
    with socket.create_server(("127.0.0.1", 0)) as listening:
        made = Wire(f"http://127.0.0.1:{listening.getsockname()[1]}")
        threading.Thread(target=_serve, args=(listening, port, made), daemon=True).start()
        yield made


def _serve(listening: socket.socket, port: int, made: Wire) -> None:
    while True:
        try:
            browser, _ = listening.accept()
        except OSError:
            return
        server = socket.create_connection(("127.0.0.1", port))
        kept = bytearray()
        made.sent.append(kept)
        threading.Thread(target=_join, args=(browser, server, kept), daemon=True).start()


def _join(browser: socket.socket, server: socket.socket, kept: bytearray) -> None:
    """Carry both ways until both ends are done, and close them."""
    with browser, server:
        back = threading.Thread(target=_pass, args=(server, browser, None), daemon=True)
        back.start()
        _pass(browser, server, kept)
        back.join()


def _pass(source: socket.socket, target: socket.socket, kept: bytearray | None) -> None:
    try:
        while content := source.recv(65_536):
            if kept is not None:
                kept += content
            target.sendall(content)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        return
