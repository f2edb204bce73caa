"""Parts of a stored file by HTTP Range: 200, 206 or 416, with If-Range and a strong ETag."""

import re

from sanic import HTTPResponse, Request
from sanic.response import ResponseStream

from api.kit.errors import NoSuchPart
from api.kit.routes import Stored

POLICY = (
    "default-src 'none'; media-src 'self'; object-src 'self'; style-src 'unsafe-inline'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
"""Opened by itself a film or document stands in the browser's own viewer; nothing in it may run."""
_ONE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")


def asked(header: str | None, size: int) -> tuple[int, int] | None:
    """First byte and the one after the last that a Range header asks for; None: the whole file.

    Several ranges, another unit or a form that is none are answered by the whole file, as RFC 9110
    (14.2) allows. NoSuchPart when nothing of it lies in the file.
    """
    match = _ONE.fullmatch(header.strip().replace(" ", "")) if header else None
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(int(last) + 1 if last else size, size)
        if last and int(last) < start:
            return None
    if start >= size or start >= end:
        raise NoSuchPart(size)
    return start, end


def answer(request: Request, stored: Stored) -> HTTPResponse:
    """The file, or the part of it that the request asks for, sent piece by piece. NoSuchPart."""
    tag = f'"{stored.tag}"'
    fits = request.headers.get("if-range", tag).strip() == tag
    part = asked(request.headers.get("range"), stored.size) if fits else None
    start, end = part or (0, stored.size)
    headers = {
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-store",
        "Content-Disposition": "inline",
        "Content-Security-Policy": POLICY,
        "Content-Length": str(end - start),
        "ETag": tag,
    }
    if part:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{stored.size}"

    async def send(stream: ResponseStream) -> None:
        async for piece in stored.parts(start, end):
            await stream.write(piece)  # type: ignore[arg-type]

    return ResponseStream(  # type: ignore[return-value]
        send,  # type: ignore[arg-type]
        status=206 if part else 200,
        headers=headers,
        content_type=stored.media_type,
    )
