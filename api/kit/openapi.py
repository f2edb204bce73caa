"""The OpenAPI 3.1 document, made from the operations themselves."""

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from api.kit.admission import SecondFactorRequired, SessionLocked, SudoRequired
from api.kit.errors import (
    BadRequest,
    Forbidden,
    Invalid,
    NotFound,
    Problem,
    TooLarge,
    TooMany,
    Unauthenticated,
    Unavailable,
    UnsupportedMedia,
)
from api.kit.idempotency import AtWork, BadKey, OtherBody
from api.kit.routes import PUBLIC, Download, Operation, Stored, is_model

REF = "#/components/schemas/{model}"
PARAMETER = re.compile(r"<([a-z_]+)(?::[^>]+)?>")
FORMATS: dict[type, dict[str, Any]] = {
    UUID: {"type": "string", "format": "uuid"},
    str: {"type": "string", "minLength": 1, "maxLength": 100},
    int: {"type": "integer", "minimum": 0, "maximum": 2**31 - 1},
}
PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "code", "request_id"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What to do next, in plain Chinese."},
        "code": {"type": "string"},
        "request_id": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["path", "code", "message"],
                "properties": {name: {"type": "string"} for name in ("path", "code", "message")},
            },
        },
    },
}


def document(operations: Iterable[Operation], version: str) -> dict[str, Any]:
    """The document of `operations`: every route, body, answer and error."""
    listed = sorted(operations, key=lambda operation: (operation.path, operation.method))
    names, schemas = _schemas(listed)
    paths: dict[str, dict[str, Any]] = {}
    for operation in listed:
        path = PARAMETER.sub(r"{\1}", operation.path)
        paths.setdefault(path, {})[operation.method.lower()] = _operation(operation, names)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Gongyou 工友", "version": version},
        "paths": paths,
        "components": {
            "schemas": {**schemas, "Problem": PROBLEM},
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
    }


Names = dict[tuple[type[BaseModel], str], dict[str, Any]]


def _schemas(operations: list[Operation]) -> tuple[Names, dict[str, Any]]:
    inputs = {m for o in operations for m in (o.body, o.form) if m}
    outputs = {o.answer for o in operations if is_model(o.answer)}
    wanted: list[tuple[Any, Any]] = [(m, "validation") for m in inputs]
    wanted += [(m, "serialization") for m in outputs]
    wanted.sort(key=lambda item: item[0].__name__)
    names, definitions = models_json_schema(wanted, ref_template=REF)
    return names, definitions.get("$defs", {})  # type: ignore[return-value]


def _operation(operation: Operation, names: Names) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": operation.name,
        "tags": [operation.tag],
        "summary": operation.summary,
        "x-permission": operation.permission,
        "responses": _responses(operation, names),
    }
    if operation.permission != PUBLIC:
        described["security"] = [{"bearer": []}]
    parameters = _parameters(operation)
    if parameters:
        described["parameters"] = parameters
    body = operation.body or operation.form
    if body:
        media_type = "application/json" if operation.body else "multipart/form-data"
        content = {media_type: {"schema": names[(body, "validation")]}}
        described["requestBody"] = {"required": True, "content": content}
    return described


def _parameters(operation: Operation) -> list[dict[str, Any]]:
    found = [
        {"name": name, "in": "path", "required": True, "schema": FORMATS[kind]}
        for name, kind in operation.params.items()
    ]
    if operation.query:
        schema = operation.query.model_json_schema()
        required = set(schema.get("required", ()))
        found += [
            {"name": name, "in": "query", "required": name in required, "schema": each}
            for name, each in _inlined(schema)["properties"].items()
        ]
    if operation.repeatable:
        schema = {"type": "string", "minLength": 1, "maxLength": 64, "pattern": "^[!-~]+$"}
        found.append(
            {"name": "Idempotency-Key", "in": "header", "required": False, "schema": schema}
        )
    return found


def _inlined(schema: dict[str, Any]) -> dict[str, Any]:
    definitions = schema.pop("$defs", {})

    def walk(node: Any) -> Any:
        if isinstance(node, dict):
            if "$ref" in node:
                return walk(definitions[node["$ref"].rpartition("/")[2]])
            return {key: walk(value) for key, value in node.items()}
        return [walk(item) for item in node] if isinstance(node, list) else node

    inlined: dict[str, Any] = walk(schema)
    return inlined


def _responses(operation: Operation, names: Names) -> dict[str, Any]:
    responses: dict[str, Any] = {}
    for status in operation.statuses:
        responses[str(_status(operation, status))] = _success(operation, names)
    for status, problems in by_status(errors_of(operation)).items():
        codes = sorted({problem.code for problem in problems})
        # A status may stand for an answer of the operation's own too: 503 of one not ready.
        content = responses.get(str(status), {}).get("content", {})
        problem = {"application/problem+json": {"schema": {"$ref": REF.format(model="Problem")}}}
        responses[str(status)] = {
            "description": " · ".join(codes), "content": {**content, **problem},
        }  # fmt: skip
    return responses


def _status(operation: Operation, status: int) -> int:
    return 204 if operation.answer is None and status == 200 else status


def _success(operation: Operation, names: Names) -> dict[str, Any]:
    if operation.answer is None:
        return {"description": operation.summary}
    if operation.answer in (Download, Stored):
        return {"description": "A file.", "content": {"*/*": {"schema": {}}}}
    schema = names[(operation.answer, "serialization")]
    return {"description": operation.summary, "content": {"application/json": {"schema": schema}}}


def errors_of(operation: Operation) -> tuple[type[Problem], ...]:
    """Every error the operation may answer with: its own and those of the way in."""
    found: list[type[Problem]] = [*operation.errors, BadRequest, Unavailable, Invalid]
    if operation.permission != PUBLIC:
        found += [Unauthenticated, Forbidden, SecondFactorRequired]
        found += [] if operation.while_locked else [SessionLocked]
    else:
        found.append(Unauthenticated)
    if operation.params:
        found.append(NotFound)
    if operation.limits:
        found.append(TooMany)
    if operation.body or operation.form:
        found += [TooLarge, UnsupportedMedia]
    if operation.sudo:
        found.append(SudoRequired)
    if operation.repeatable:
        found += [BadKey, OtherBody, AtWork]
    return tuple(dict.fromkeys(found))


def by_status(problems: Iterable[type[Problem]]) -> dict[int, list[type[Problem]]]:
    """The problems grouped by status, in order."""
    grouped: dict[int, list[type[Problem]]] = {}
    for problem in sorted(problems, key=lambda p: (p.status, p.code)):
        grouped.setdefault(problem.status, []).append(problem)
    return grouped
