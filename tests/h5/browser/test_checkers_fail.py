"""Every check sees the fault it is for, on a bad page, and none on a good one."""

import http.server
import threading
from collections.abc import Callable, Iterator
from typing import ClassVar

import pytest
from playwright.sync_api import Browser, Page

from tests.h5.browser import checks
from tests.h5.browser.opening import Openings

FRAME = """<!doctype html><html lang="zh-CN"><head><title>t</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>{style}</style></head>
<body><main><h1>t</h1>{body}</main></body></html>"""
GOOD_STYLE = """body { margin: 8px; font-size: 20px; color: #1f2937; background: #fff }
a, button, input { display: block; min-height: 64px; min-width: 64px; margin: 16px 0 }
button, input { font: inherit }
h1 { font-size: 24px }"""
GOOD = ("", '<p>x</p><a href="/y">y</a><button>z</button><label for="n">n</label><input id="n">')

Check = Callable[[Page], list[str]]
AXE: Check = checks.axe_faults
TARGETS: Check = checks.small_targets
OVERFLOW: Check = checks.overflow
TEXT: Check = checks.elder_text
ALL = (AXE, TARGETS, OVERFLOW, TEXT)
WIDE = "x" * 80

# The check, the style and the body of a page that it must find fault with, and a word it says.
BAD: list[tuple[Check, str, str, str]] = [
    (AXE, "", '<img src="data:,">', "image-alt"),
    (AXE, "", '<input type="text">', "label"),
    (AXE, "p { color: #07c160 }", "<p>too pale</p>", "color-contrast"),
    (AXE, "", "<button></button>", "button-name"),
    (AXE, "", "<h4>x</h4>", "heading-order"),
    (TARGETS, "a { min-height: 20px !important }", '<a href="/y">y</a>', "least 44"),
    (TARGETS, "input { min-width: 10px !important; width: 20px }", "<input>", "least 44"),
    (TARGETS, "summary { display: block }", "<details><summary>x</summary>y</details>", "least 44"),
    (TARGETS, "label, input { height: 20px; min-height: 0 !important; width: 20px }",
     '<label><input type="checkbox"></label>', "least 44"),
    (TARGETS, "button { margin: 0 } a { margin: 4px 30px }",
     '<button>z</button><a href="/y">y</a>', "too near"),
    (TARGETS, "a { margin-top: -40px }", '<button>z</button><a href="/y">y</a>', "too near"),
    (OVERFLOW, "p { width: 400px }", "<p>x</p>", "408 px wide on 360"),
    (OVERFLOW, "", f"<p>{WIDE}</p>", "px wide on 360"),
    (OVERFLOW, "p { overflow: hidden; width: 100px }", f"<p>{WIDE}</p>", "cut at its side"),
    (OVERFLOW, "p { overflow: hidden; width: 90px; height: 30px }", "<p>x y z x y z x y z</p>" * 2 +
     "<p>one two three four five six</p>", "cut below"),
    (TEXT, "p { font-size: 17px }", "<p>x</p>", "least 18"),
]  # fmt: skip


@pytest.fixture
def show(openings: Openings) -> Callable[[str, str], Page]:
    return lambda style, body: opened(openings, FRAME.format(style=GOOD_STYLE + style, body=body))


def opened(openings: Openings, text: str) -> Page:
    """A page with that text."""
    page = openings.with_token("")
    page.route("**/page", lambda route: route.fulfill(content_type="text/html", body=text))
    page.goto("/page")
    return page


@pytest.mark.parametrize("check", ALL, ids=lambda check: check.__name__)
def test_a_good_page_passes(check: Check, show: Callable[[str, str], Page]) -> None:
    assert check(show(*GOOD)) == []


@pytest.mark.parametrize(("check", "style", "body", "word"), BAD)
def test_a_bad_page_is_seen(
    check: Check, style: str, body: str, word: str, show: Callable[[str, str], Page]
) -> None:
    assert word in "\n".join(check(show(style, body)))


def test_large_text_that_does_not_fit_is_seen(show: Callable[[str, str], Page]) -> None:
    page = show("p { width: 200px; white-space: nowrap; overflow: hidden }", "<p>twelve words?</p>")
    assert checks.overflow(page) == []
    checks.enlarge_text(page, 2)
    assert "cut at its side" in "\n".join(checks.overflow(page))


def test_what_is_for_readers_alone_is_not_measured(show: Callable[[str, str], Page]) -> None:
    style = "a { position: absolute; clip: rect(0 0 0 0); overflow: hidden; width: 9px }"
    page = show(style, f'<a href="/1">{WIDE}</a>')
    assert checks.small_targets(page) + checks.overflow(page) == []


def test_links_in_a_list_may_touch(show: Callable[[str, str], Page]) -> None:
    style = "a { margin: 0; width: 100% }"
    assert checks.small_targets(show(style, '<a href="/1">1</a><a href="/2">2</a>')) == []


class Heavy(http.server.BaseHTTPRequestHandler):
    """A page that is too heavy in every way, and breaks its own policy."""

    pages: ClassVar[dict[str, tuple[str, bytes]]] = {
        "/": ("text/html", b"".join([
            b'<!doctype html><link rel="stylesheet" href="/a.css"><script src="/a.js"></script>',
            b"<style>@font-face{font-family:f;src:url(/f.woff2)}p{font-family:f}</style><p>x</p>",
            *(b'<img src="/%d.png">' % each for each in range(8)),
            b'<img src="//third.example/x.png">',
        ])),
        "/strict": ("text/html", b"<!doctype html><p style='color:red'>x</p><script>1</script>"),
        "/a.css": ("text/css", b"/*" + b"x" * 15_000 + b"*/"),
        "/a.js": ("text/javascript", b"/*" + b"x" * 21_000 + b"*/"),
        "/f.woff2": ("font/woff2", b"x" * 30_000),
    }  # fmt: skip

    def do_GET(self) -> None:
        kind, body = self.pages.get(self.path, ("image/png", b""))
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if self.path == "/strict":
            self.send_header("Content-Security-Policy", "default-src 'none'")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def heavy() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Heavy) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_heavy_page_is_seen(heavy: str, openings: Openings) -> None:
    page = openings.with_token("")
    scales = checks.Scales(page, heavy)
    page.goto(heavy)
    faults = "\n".join(scales.settled().faults())
    for word in ("all weighs", "Script weighs 2", "Stylesheet weighs 1", "Font weighs 3",
                 "requests, at most 8", "third.example"):  # fmt: skip
        assert word in faults


def test_a_broken_policy_is_seen(heavy: str, openings: Openings) -> None:
    page = openings.with_token("")
    page.goto(f"{heavy}/strict")
    found = "\n".join(checks.csp_violations(page))
    assert "style-src-attr" in found
    assert "script-src-elem" in found


def test_a_script_that_throws_is_seen(browser: Browser, openings: Openings) -> None:
    other = Openings(browser, openings.base, openings.people)
    opened(other, "<script>throw Error('x')</script>")
    assert other.close() == ["Error: x"]
