"""What a person typed: read from the form, kept when something is wrong, never the secrets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, get_origin

from pydantic import BaseModel
from sanic import Request
from sanic.request import File

from api.kit.errors import BadRequest, FieldError, Problem
from api.kit.routes import Upload
from api.kit.schemas import parse_fields, single

M = TypeVar("M", bound=BaseModel)
CSRF, ONCE = "csrf", "once"
OURS = frozenset({CSRF, ONCE})
SECRETS = frozenset({"password", "totp", "code", "activation_code", "pin", *OURS})
"""Fields that are never shown again."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A form as it was sent, and what is wrong with it; empty before the first try."""

    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    problem: Problem | None = None

    def value(self, name: str, default: object = "") -> str:
        """What was typed into `name`; `default` before anything was."""
        if self.values or self.problem:
            return next(iter(self.values.get(name, ())), "")
        return "" if default is None else str(default)

    def every(self, name: str) -> tuple[str, ...]:
        """All that was typed into, or ticked of, `name`."""
        return tuple(self.values.get(name, ()))

    def has(self, name: str, value: str, default: bool = False) -> bool:
        """Whether the box or choice `name` with `value` is on."""
        sent = self.values or self.problem
        return value in self.values.get(name, ()) if sent else default

    def fault(self, name: str) -> str | None:
        """What is wrong with `name`, in a sentence."""
        return next((each.message for each in self.faults if each.path == name), None)

    @property
    def faults(self) -> tuple[FieldError, ...]:
        """Every fault with its place."""
        return self.problem.errors if self.problem else ()

    @property
    def sentence(self) -> str | None:
        """What went wrong and what to do; None when nothing did."""
        return self.problem.words if self.problem else None


NOTHING_TYPED = Typed()


def sent(request: Request) -> dict[str, list[Any]]:
    """The values of a form by name, files as `Upload`; what was left empty is left out."""
    try:
        form: Mapping[str, list[str]] = request.get_form() or {}
        files: Mapping[str, list[File]] = request.files or {}
    except (ValueError, LookupError) as error:
        raise BadRequest from error
    found: dict[str, list[Any]] = {}
    for name, values in form.items():
        found[name] = [value for value in values if value.strip()]
    for name, parts in files.items():
        found.setdefault(name, []).extend(_upload(part) for part in parts if part.body)
    return {name: values for name, values in found.items() if values}


def token_in(request: Request) -> str:
    """The anti-forgery token that came with the form; empty without one."""
    form = request.get_form()
    return str(form.get(CSRF) or "") if form else ""


def _upload(part: File) -> Upload:
    return Upload(part.name or "", part.type or "", part.body)


def typed_of(values: Mapping[str, Sequence[Any]], problem: Problem | None = None) -> Typed:
    """What to show again: texts alone, and no secret."""
    kept = {
        name: tuple(each for each in items if isinstance(each, str))
        for name, items in values.items()
        if name not in SECRETS
    }
    return Typed(kept, problem)


def form_of(model: type[M], values: Mapping[str, Sequence[Any]]) -> M:
    """The model in a form's values. Invalid with each fault's place, never a value.

    A dotted name such as `position.lon` stands for a field of a part; only a field that is a list
    may come several times.
    """
    lists = {name for name, each in model.model_fields.items() if _is_list(each.annotation)}
    one = single({name: items for name, items in values.items() if name not in lists | OURS})
    plain: dict[str, Any] = {name: list(values[name]) for name in lists if name in values}
    for name, value in one.items():
        _put(plain, name.split("."), value)
    return filled(model, plain)


def filled(model: type[M], values: Mapping[str, Any]) -> M:
    """The model with texts read as what they stand for. Invalid likewise."""
    return parse_fields(model, values, strict=False)


def _put(target: dict[str, Any], path: list[str], value: Any) -> None:
    for part in path[:-1]:
        target = target.setdefault(part, {})
        if not isinstance(target, dict):
            raise BadRequest
    target[path[-1]] = value


def _is_list(annotation: Any) -> bool:
    return get_origin(annotation) in {list, tuple, frozenset, set}
