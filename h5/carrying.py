"""What a form takes along to the page it leads to: what was typed, and the fault if there is one.

A page is never the answer to a form, so that going back or loading again sends nothing twice: a
form leads to an address, and what that page must know travels in a cookie. It is sealed for one
browser and login, holds for half an hour, and never any secret.

`along` names who may read it: a way of several pages, or one page with the fault of its form.
"""

from dataclasses import dataclass
from hashlib import sha256

import orjson
from sanic import HTTPResponse, Request

from api.kit import clock
from api.kit.crypto import SealBroken, keyring
from api.kit.errors import REGISTRY, FieldError, Problem
from h5 import cookies
from h5.forms import NOTHING_TYPED, Typed

COOKIE = "gongyou-along"
LIFE_S = 1800
LARGEST = 3_600
"""Browsers keep 4,096 bytes of a cookie, its name and attributes included."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What came along, and the page that shall tell the fault."""

    typed: Typed = NOTHING_TYPED
    page: str = ""

    def for_page(self, name: str) -> Typed:
        """What the page `name` is to show: only the one that is meant tells the fault."""
        return self.typed if name == self.page else Typed(self.typed.values)


NOTHING = Carried()


def put(answer: HTTPResponse, secret: str, along: str, carried: Carried) -> bool:
    """Let `answer` take `carried` along; False when it is too much for a cookie."""
    plain = orjson.dumps([_seconds() + LIFE_S, carried.page, *_written(carried.typed)])
    sealed = keyring().seal(plain, _place(secret, along))
    if len(sealed) > LARGEST:
        return False
    put_sealed(answer, sealed)
    return True


def taken(request: Request, along: str) -> Carried:
    """What this browser carries for `along`; `NOTHING` when it is nothing, another's or too old."""
    sealed = cookies.read(request, COOKIE)
    try:
        plain = keyring().open(sealed, _place(request.ctx.secret, along)) if sealed else b""
        until, page, values, problem = orjson.loads(plain) if plain else (0, "", {}, None)
    except (SealBroken, ValueError):
        return NOTHING
    if until < _seconds():
        return NOTHING
    kept = {name: tuple(items) for name, items in values.items()}
    return Carried(Typed(kept, _problem(problem) if problem else None), page)


def sealed_in(answer: HTTPResponse) -> str:
    """What `answer` takes along, as it is sealed; empty for nothing."""
    found = answer.cookies.get_cookie(COOKIE, host_prefix=cookies.is_secure())
    return found.value if found else ""


def put_sealed(answer: HTTPResponse, sealed: str) -> None:
    """Let `answer` take along what another one did."""
    cookies.put(answer, COOKIE, sealed, LIFE_S)


def drop(answer: HTTPResponse) -> None:
    """Carry nothing any more."""
    cookies.drop(answer, COOKIE)


def _place(secret: str, along: str) -> str:
    return f"page:{sha256(secret.encode()).hexdigest()}:{along}"


def _seconds() -> int:
    return int(clock.now().timestamp())


def _written(typed: Typed) -> tuple[object, object]:
    problem = typed.problem
    if problem is None:
        return typed.values, None
    faults = [(each.path, each.code, each.message) for each in problem.errors]
    return typed.values, (problem.code, problem.words, faults, problem.retry_after_s)


def _problem(written: tuple[str, str, list[tuple[str, str, str]], int | None]) -> Problem:
    code, words, faults, retry_after_s = written
    made = Problem.__new__(REGISTRY.get(code, Problem))
    errors = tuple(FieldError(*each) for each in faults)
    Problem.__init__(made, words, errors=errors, retry_after_s=retry_after_s)
    return made
