"""Built files: style sheets, scripts and the service worker; and the way from the bare address."""

from api.kit.errors import NotFound
from api.kit.routes import PUBLIC, Download
from h5 import rendering
from h5.areas import root, worker
from h5.pages import See, page

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webmanifest": "application/manifest+json",
}
SERVICE_WORKER = "sw.js"


@page(root, "GET", "/", permission=PUBLIC)
async def start() -> See:
    """Workers are the most: the bare address leads to their home."""
    return See("/h5/")


@page(worker, "GET", "/static/<name:str>", permission=PUBLIC)
async def asset(name: str) -> Download:
    """A built file; its name changes with its contents, so browsers may keep it."""
    if name not in rendering.manifest().values():
        raise NotFound
    return _file(name, kept=True)


@page(worker, "GET", "/sw.js", permission=PUBLIC)
async def service_worker() -> Download:
    """The service worker of the workers' pages."""
    return _file(SERVICE_WORKER, kept=False)


def _file(name: str, *, kept: bool) -> Download:
    path = rendering.STATIC / name
    return Download(path.read_bytes(), TYPES[path.suffix], "", kept=kept)
