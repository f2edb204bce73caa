"""Requests to the whole API: drawn from its own document, and prepared ones that should succeed."""

import warnings
from collections.abc import Iterator
from random import Random
from typing import Any

import httpx
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as limited
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.kit import openapi
from api.kit.routes import OPERATIONS, Operation
from tests.api.matrix_world import World

BASE = "http://gongyou.test"
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
VALID, INVALID = 10, 6
"""How many requests are drawn for each operation: after its document, and against it."""


def schema() -> Any:
    """The API's own document, as Schemathesis reads it."""
    return schemathesis.openapi.from_dict(openapi.document(OPERATIONS.values(), "1"))


def described(api: Any) -> dict[str, Any]:
    """Each operation by its name."""
    found = [result.ok() for result in api.get_all_operations()]
    return {each.definition.raw["operationId"]: each for each in found}


def drawn(operation: Any) -> Iterator[Case[Any]]:
    """Requests after the operation's description, and some against it."""
    yield from _drawn(operation, GenerationMode.POSITIVE, VALID)
    yield from _drawn(operation, GenerationMode.NEGATIVE, INVALID)


def _drawn(operation: Any, mode: GenerationMode, count: int) -> list[Case[Any]]:
    found: list[Case[Any]] = []

    @limited(
        max_examples=count, database=None, derandomize=True, deadline=None,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode))
    def collect(case: Case[Any]) -> None:
        found.append(case)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            collect()
        except Unsatisfiable:
            # Nothing about this operation can be sent wrongly.
            return []
    return found


def placed(case: Case[Any], world: World, chance: Random) -> Case[Any]:
    """The request about something that exists, three times of four."""
    for name in case.path_parameters:
        if name in world.ids and chance.random() < 0.75:
            case.path_parameters[name] = str(world.ids[name])
        elif name in world.words and chance.random() < 0.75:
            case.path_parameters[name] = world.words[name]
    return case


def prepared(described_operation: Any, operation: Operation, world: World) -> Case[Any]:
    """A request to an existing thing; what else it carries is sent as it stands."""
    known = {name: str(row_id) for name, row_id in world.ids.items()} | world.words
    made: Case[Any] = described_operation.Case(
        path_parameters={name: known[name] for name in operation.params}
    )
    return made


def written(case: Case[Any]) -> dict[str, Any]:
    """The request as it goes over the wire."""
    options = case.as_transport_kwargs(base_url=BASE)
    names = {"method", "url", "headers", "params", "json", "data", "files", "cookies"}
    ready = requests.Request(**{k: v for k, v in options.items() if k in names}).prepare()
    return {
        "method": ready.method, "url": ready.url, "content": ready.body,
        "headers": {k: v for k, v in ready.headers.items() if k.lower() != "content-length"},
    }  # fmt: skip


def faults(case: Case[Any], answer: httpx.Response) -> list[str]:
    """What in an answer differs from the document."""
    try:
        case.validate_response(answer, checks=CHECKS)
    except FailureGroup as group:
        return [str(each).partition("\n\n")[0].replace("\n", " ") for each in group.exceptions]
    return []
