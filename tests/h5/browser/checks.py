"""What a page must stand: each check answers with sentences that say what is wrong, best with none.

They measure a page that was opened by `opened` (tests.h5.browser.opening), which puts `measure.js`
and axe into it. `test_checkers_fail.py` sees each of them fail on a bad page.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page

AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LEAST_PX = 44
LEAST_ELDER_PX = 60
LEAST_ELDER_TEXT_PX = 18
# First load, on the wire: trust.md asks for them, a 2G line can bear them.
MOST_BYTES = {"all": 60_000, "Script": 20_000, "Stylesheet": 14_000, "Font": 0}
MOST_REQUESTS = 8
QUIET_MS = 100

_AXE = """(tags) => axe.run(document, {
  runOnly: {type: "tag", values: tags},
  rules: {"target-size": {enabled: true}},
  resultTypes: ["violations"],
}).then(({violations}) => violations.flatMap(({id, help, nodes}) =>
  nodes.map(({target, failureSummary}) => `${id}: ${help} @ ${target} ${failureSummary}`)))"""


def axe_faults(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA and good practice."""
    return list(page.evaluate(_AXE, AXE_TAGS))


def small_targets(page: Page, least: int = LEAST_PX) -> list[str]:
    """Targets smaller than `least` px or nearer than 8 px to another, by their boxes."""
    return list(page.evaluate("(least) => measure.targets(least)", least))


def overflow(page: Page) -> list[str]:
    """What stands out of the screen, or is cut, at the present size."""
    return list(page.evaluate("() => measure.overflow()"))


def elder_text(page: Page, least: float = LEAST_ELDER_TEXT_PX) -> list[str]:
    """Text smaller than elder mode allows."""
    return list(page.evaluate("(least) => measure.smallText(least)", least))


def csp_violations(page: Page) -> list[str]:
    """What the page's own content security policy refused. Not with `bypass_csp`."""
    return list(page.evaluate("() => measure.violations"))


def enlarge_text(page: Page, times: float) -> None:
    """Make every text larger, as the phone's own setting does."""
    page.evaluate("(times) => measure.enlargeText(times)", times)


@dataclass
class Weight:
    """What a first load brought over the wire, headers included."""

    requests: list[str] = field(default_factory=list)
    by_kind: Counter[str] = field(default_factory=Counter)
    third_parties: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Bytes of everything."""
        return self.by_kind.total()

    def faults(self) -> list[str]:
        """Where it is over the budget."""
        sizes = {**self.by_kind, "all": self.total}
        found = [
            f"{kind} weighs {sizes[kind]} bytes, at most {most}"
            for kind, most in MOST_BYTES.items()
            if sizes.get(kind, 0) > most
        ]
        if len(self.requests) > MOST_REQUESTS:
            found.append(f"{len(self.requests)} requests, at most {MOST_REQUESTS}")
        return found + [f"asks a third party: {address}" for address in self.third_parties]


class Scales:
    """Weighs what a page loads from now on."""

    def __init__(self, page: Page, base: str) -> None:
        self._page = page
        self._host = urlsplit(base).netloc
        self._open: set[str] = set()
        self._kind: dict[str, str] = {}
        self.weight = Weight()
        session = page.context.new_cdp_session(page)
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.loadingFinished", self._finished)
        session.on("Network.loadingFailed", self._failed)
        session.send("Network.enable")

    def settled(self) -> Weight:
        """The weight, once nothing is under way any more."""
        while True:
            seen = len(self._kind)
            self._page.wait_for_timeout(QUIET_MS)
            if not self._open and len(self._kind) == seen:
                return self.weight

    def _sent(self, event: dict[str, Any]) -> None:
        address = urlsplit(event["request"]["url"])
        if address.scheme not in {"http", "https"}:
            return
        self._open.add(event["requestId"])
        self._kind[event["requestId"]] = event.get("type", "Other")
        self.weight.requests.append(address.path)
        if address.netloc != self._host:
            self.weight.third_parties.append(address.netloc)

    def _finished(self, event: dict[str, Any]) -> None:
        if kind := self._kind.get(event["requestId"]):
            self._open.discard(event["requestId"])
            self.weight.by_kind[kind] += int(event["encodedDataLength"])

    def _failed(self, event: dict[str, Any]) -> None:
        self._open.discard(event["requestId"])
