"""Templates: strict, always escaped, fed by dataclasses; and the names of the built assets."""

from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlencode

import orjson
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from pydantic import BaseModel

from h5.formatters import Formatters
from h5.forms import NOTHING_TYPED
from h5.navigation import Door
from h5.texts import CHINESE, Texts, texts

TEMPLATES = Path(__file__).with_name("templates")
STATIC = Path(__file__).with_name("static")
MANIFEST = STATIC / "manifest.json"


class AssetsMissing(RuntimeError):
    """The assets are not built: `make assets`."""


class View:
    """What one page shows. A subclass is a dataclass that names its template and title."""

    template: ClassVar[str]
    title: ClassVar[str]
    """The title's key in the catalogue."""
    status: ClassVar[int] = 200
    shows_map: ClassVar[bool] = False
    """Whether map tiles stand in it, if the settings name any."""


@dataclass(frozen=True, slots=True)
class Shell:
    """What every page needs beside its own contents."""

    title: str
    path: str
    area: str
    """`h5`, `enterprise`, `regulator`, or `root` for what is beside them."""
    kind: str
    """`worker` for one column, `office` for wide pages with a side list."""
    nonce: str
    csrf: str
    once: str
    elder: str
    """How large the type is, `1` to `3`; empty for the usual one."""
    says: str
    """What happened on the page before; empty when nothing did."""
    back: str
    nav: tuple[Door, ...]
    firm: str
    """The enterprise, or all of them, that somebody of several looks at; empty for others."""
    signed_in: bool
    shared: bool
    """Whether the login is on a phone that several people use."""
    wechat_sdk: str
    """Where WeChat's script is; empty outside WeChat."""
    demo: bool
    home: str
    """Where whoever asks begins."""


@cache
def manifest() -> dict[str, str]:
    """The built file of each asset. AssetsMissing before `make assets`."""
    try:
        found: dict[str, str] = orjson.loads(MANIFEST.read_bytes())
    except FileNotFoundError as error:
        raise AssetsMissing("run `make assets` first") from error
    return found


def asset(name: str) -> str:
    """The address of an asset; it changes whenever the file does."""
    return f"/h5/static/{manifest()[name]}"


@cache
def environment(locale: str = CHINESE) -> Environment:
    """The templates in one language."""
    found = texts(locale)
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters.update(Formatters(found).filters())
    made.globals.update(t=found, texts=_texts_of(found), asset=asset)
    made.globals.update(csrf_field=_csrf_field, address=address, untyped=NOTHING_TYPED)
    return made


def _texts_of(found: Texts) -> Any:
    def of(prefix: str) -> Markup:
        # A data block: `<` is written so that no text can end it.
        text = orjson.dumps(found.within(prefix)).decode().replace("<", "\\u003c")
        return Markup(text)  # noqa: S704

    return of


def address(path: str, query: BaseModel, **changed: object) -> str:
    """`path` with the filters of `query`, some of them changed; what is empty is left out."""
    values = {**query.model_dump(mode="json", exclude_defaults=True), **changed}
    kept = {name: value for name, value in values.items() if value not in (None, "")}
    return f"{path}?{urlencode(kept)}" if kept else path


@pass_context
def _csrf_field(context: Context) -> Markup:
    """What every form carries: that it is ours, and that two taps on it are one."""
    shell: Shell = context["shell"]
    fields = (
        '<input type="hidden" name="csrf" value="{}"><input type="hidden" name="once" value="{}">'
    )
    return Markup(fields).format(shell.csrf, shell.once)  # noqa: S704


def render(view: View, shell: Shell, locale: str = CHINESE) -> str:
    """The page as HTML. Only the view's own fields and the shell reach the template."""
    values = {each.name: getattr(view, each.name) for each in fields(view)}  # type: ignore[arg-type]
    return environment(locale).get_template(view.template).render(values, shell=shell)
