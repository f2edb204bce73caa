"""Pages in a browser: as whom, on what screen, with the tools that measure them."""

from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Error, Page

from h5 import cookies
from tests.h5.browser.demo import People
from tests.journeys.walk import ROOT

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Nothing but loopback has a name: a page that asks a third party is told so.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 640},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
TOOLS = [ROOT / "node_modules/axe-core/axe.min.js", ROOT / "tests/h5/browser/measure.js"]


class Openings:
    """Opens pages as somebody, each in a browser context of its own, and keeps what went wrong."""

    def __init__(self, browser: Browser, base: str, people: People) -> None:
        self.base = base
        self.people = people
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self.errors: list[str] = []
        """What scripts threw; a test that expects some clears it."""

    def __call__(self, who: str = "", *, elder: bool = False, **context: Any) -> Page:
        """An empty page of `who` on a phone; `**DESK`, `geolocation=…`, … change the context.

        Addresses are relative: `page.goto("/h5/")`. Service workers are off unless allowed.
        """
        token = self.people.token(who) if who else ""
        return self.with_token(token, elder=elder, **context)

    def with_token(self, token: str, *, elder: bool = False, **context: Any) -> Page:
        """The same for a login by its token, "" for nobody's."""
        given = {**PHONE, "base_url": self.base, "service_workers": "block", "locale": "zh-CN"}
        made = self._browser.new_context(**{**given, "timezone_id": "Asia/Shanghai", **context})
        made.set_default_timeout(10_000)
        self._contexts.append(made)
        if token:
            self.cookie(made, cookies.SESSION, token)
        if elder:
            self.cookie(made, cookies.ELDER, "1")
        for tool in TOOLS:
            made.add_init_script(path=tool)
        page = made.new_page()
        page.on("pageerror", self._threw)
        return page

    def cookie(self, context: BrowserContext, name: str, value: str) -> None:
        """Give a context one of the product's cookies."""
        context.add_cookies([{"name": name, "value": value, "url": self.base, "httpOnly": True}])

    def close(self) -> list[str]:
        """Close every context; what scripts threw."""
        for context in self._contexts:
            context.close()
        self._contexts.clear()
        return self.errors

    def _threw(self, error: Error) -> None:
        self.errors.append(f"{error.name}: {error.message}")


def path_of(page: Page) -> str:
    """The path a page stands at now."""
    return urlsplit(page.url).path
