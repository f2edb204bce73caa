"""Sanic's hello world in JSON, in one process: what a request costs at least."""

import sys

from sanic import HTTPResponse, Request, Sanic, json

app = Sanic("hello", configure_logging=False)


@app.get("/")
async def hello(_: Request) -> HTTPResponse:
    return json({"hello": "world"})


if __name__ == "__main__":
    app.run("127.0.0.1", int(sys.argv[1]), single_process=True, access_log=False, motd=False)
