"""What is known of a page that is looked at in a browser."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Get = Callable[[str], Any]
"""What the API answers: to `get("/workdays")` who looks, to `get("demo.wages.a:/…")` another."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One page, as one person sees it."""

    name: str
    """The page's name in `h5.pages.PAGES`; after a colon, in which state."""
    address: str | Callable[[Get], str]
    """Its path, or what finds the path by asking the API."""
    who: str = ""
    """`worker`, `worker.2`, `worker+proved`, a user name, a newcomer; empty for nobody."""
    lazy: bool = False
    """Whether it may load a heavy library after itself: the fence editor alone."""

    def path(self, get: Get) -> str:
        """Its path, asked for by `get` where it holds an id."""
        return self.address if isinstance(self.address, str) else self.address(get)

    @property
    def is_office(self) -> bool:
        """Whether it is for a desk as well."""
        return not self.name.startswith("h5.")


def first(path: str) -> Callable[[Get], str]:
    """An address with `{id}`, of the first thing that the API lists there.

    `first("/workdays > /h5/days/{id}")`.
    """
    asked, _, address = path.partition(" > ")
    return lambda get: address.replace("{id}", str(get(asked)["items"][0]["id"]))
