"""A visitor without scripts: keeps cookies, follows redirects, fills in the forms a page holds."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Self

import httpx
from sanic import Sanic

from h5 import cookies
from tests.cast import Cast

HERE = "http://127.0.0.1"


@dataclass
class FormSeen:
    """A form of a page: where it goes, and what it holds already."""

    action: str
    method: str = "get"
    values: dict[str, list[str]] = field(default_factory=dict)


class _Reader(HTMLParser):
    """Collects forms, links and the visible text."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[FormSeen] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self._area = self._select = ""
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.links.append(given.get("href", ""))
        if tag in {"script", "style", "title"}:
            self._hidden += 1
        if tag == "form":
            self.forms.append(FormSeen(given.get("action", ""), given.get("method", "get")))
        if not self.forms:
            return
        if tag == "input" and self._counts(given):
            boxed = given.get("type") in {"checkbox", "radio"}
            self._add(given.get("name", ""), given.get("value", "on" if boxed else ""))
        if tag == "textarea":
            self._area = given.get("name", "")
        if tag == "select":
            self._select = given.get("name", "")
        if tag == "option" and "selected" in given:
            self._add(self._select, given.get("value", ""))

    def _counts(self, given: dict[str, str]) -> bool:
        kind = given.get("type", "text")
        return kind not in {"submit", "file", "button"} and (
            kind not in {"checkbox", "radio"} or "checked" in given
        )

    def _add(self, name: str, value: str) -> None:
        if name:
            self.forms[-1].values.setdefault(name, []).append(value)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""
        if tag in {"script", "style", "title"}:
            self._hidden -= 1

    def handle_data(self, data: str) -> None:
        if self._area:
            self._add(self._area, data)
        elif not self._hidden:
            self.words.append(data)


@dataclass(frozen=True)
class Seen:
    """What the visitor sees after a step."""

    path: str
    status: int
    html: str
    headers: httpx.Headers
    forms: list[FormSeen]
    links: list[str]
    text: str

    @classmethod
    def of(cls, answer: httpx.Response) -> Self:
        """The page in an answer."""
        reader = _Reader()
        reader.feed(answer.text)
        text = " ".join(" ".join(reader.words).split())
        path = answer.url.raw_path.decode()
        return cls(
            path, answer.status_code, answer.text, answer.headers, reader.forms, reader.links, text
        )

    def form(self, action: str) -> FormSeen:
        """The form that goes to `action`."""
        found = [each for each in self.forms if each.action == action]
        assert found, f"no form to {action} on {self.path}: {[f.action for f in self.forms]}"
        return found[0]


class Visitor:
    """One browser without scripts."""

    def __init__(self, app: Sanic[Any, Any], cast: Cast) -> None:
        transport = httpx.ASGITransport(app=app, client=("127.0.0.1", 4000))
        self.http = httpx.AsyncClient(transport=transport, base_url=HERE, follow_redirects=True)
        self.cast = cast

    async def enter(self, name: str) -> Self:
        """Be logged in as one of the cast."""
        token = await self.cast.token(name)
        # Named like the one that the server sets, so that a new login takes its place.
        self.http.cookies.set(cookies.SESSION, token, domain="127.0.0.1")
        return self

    async def get(self, path: str) -> Seen:
        """Open a page."""
        return Seen.of(await self.http.get(path))

    async def send(
        self, seen: Seen, action: str, files: dict[str, Any] | None = None, **typed: Any
    ) -> Seen:
        """Fill in and send the form that goes to `action`; a field given as None is left out.

        A dotted field is written with `__`: `position__lon`.
        """
        form = seen.form(action)
        changed = {name.replace("__", "."): value for name, value in typed.items()}
        values: dict[str, Any] = {**form.values, **changed}
        kept = {name: value for name, value in values.items() if value is not None}
        return Seen.of(await self.http.post(action, data=kept, files=files))
