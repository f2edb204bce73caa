"""The pages that are looked at in a browser, in every mode. Whoever builds a page adds its line."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Get = Callable[[str], Any]
"""What the API answers the person who looks: `get("/workdays?month=2026-11")`."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One page, as one person sees it."""

    name: str
    """The page's name in `h5.pages.PAGES`; after a colon, in which state."""
    address: str | Callable[[Get], str]
    """Its path, or what finds the path by asking the API."""
    who: str = ""
    """`worker`, `worker.2`, a user name of the demo; empty for nobody."""
    lazy: bool = False
    """Whether it may load a heavy library after itself: the fence editor alone."""

    def path(self, get: Get) -> str:
        """Its path, asked for by `get` where it holds an id."""
        return self.address if isinstance(self.address, str) else self.address(get)

    @property
    def is_office(self) -> bool:
        """Whether it is for a desk as well."""
        return not self.name.startswith("h5.")


PAGES = (
    Shown("h5.accounts.log_in_page", "/h5/login"),
    Shown("h5.home.home", "/h5/", "worker"),
)
