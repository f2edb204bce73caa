"""Sanic's hello world in JSON, in one process: what a request costs at least."""

import sys
from typing import Any

from sanic import HTTPResponse, Request, Sanic, json

app: Sanic[Any, Any] = Sanic("hello", configure_logging=False)


@app.get("/healthz")
async def hello(_: Request) -> HTTPResponse:
    """The same words to everybody."""
    return json({"hello": "world"})


if __name__ == "__main__":
    app.run("127.0.0.1", int(sys.argv[1]), single_process=True, access_log=False, motd=False)
