"""The OpenAPI document: 3.1, whole, and true to the operations it is made from."""

import re
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest

import api.app  # noqa: F401 - registers every operation
from api.kit import openapi
from api.kit.errors import REGISTRY
from api.kit.routes import OPERATIONS, PUBLIC, is_model
from tests.api.kit import probe
from tests.cast import Client

METHODS = {"get", "post", "put", "delete", "patch"}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return openapi.document(OPERATIONS.values(), "1.2.3")


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for method, described in item.items():
            yield path, method, described


def nodes(tree: Any) -> Iterator[dict[str, Any]]:
    if isinstance(tree, dict):
        yield tree
        for value in tree.values():
            yield from nodes(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from nodes(value)


async def test_it_is_served_as_json(client: Client) -> None:
    answer = await client.get("/api/openapi.json")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert answer.json()["openapi"].startswith("3.1.")


def test_every_operation_is_there_once(document: dict[str, Any]) -> None:
    ids = [described["operationId"] for _, _, described in operations(document)]
    assert sorted(ids) == sorted(OPERATIONS)
    assert {method for _, method, _ in operations(document)} <= METHODS
    addresses = {(o.method, re.sub(r"<[^>]+>", "{}", o.path)) for o in OPERATIONS.values()}
    assert len(addresses) == len(OPERATIONS)


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    found = {node["$ref"] for node in nodes(document) if "$ref" in node}
    for reference in found:
        kind, name = reference.removeprefix("#/components/").split("/")
        assert name in document["components"][kind], reference
    used = {reference.rpartition("/")[2] for reference in found}
    assert used == set(document["components"]["schemas"])


def test_every_schema_is_valid(document: dict[str, Any]) -> None:
    for name, schema in document["components"]["schemas"].items():
        jsonschema_rs.meta.validate(schema)
        assert "type" in schema or "oneOf" in schema or "anyOf" in schema or "enum" in schema, name
    for _, _, described in operations(document):
        for parameter in described.get("parameters", ()):
            jsonschema_rs.meta.validate(parameter["schema"])


def test_every_operation_says_what_it_does_and_who_may(document: dict[str, Any]) -> None:
    for _, _, described in operations(document):
        operation = OPERATIONS[described["operationId"]]
        assert described["summary"].endswith("."), described["operationId"]
        assert described["tags"] == [operation.tag]
        assert described["x-permission"] == operation.permission
        assert ("security" in described) == (operation.permission != PUBLIC)


def test_path_parameters_are_those_of_the_path(document: dict[str, Any]) -> None:
    for path, _, described in operations(document):
        inside = set(re.findall(r"{([a-z_]+)}", path))
        listed = {p["name"] for p in described.get("parameters", ()) if p["in"] == "path"}
        assert inside == listed, path
        places = [(p["in"], p["name"]) for p in described.get("parameters", ())]
        assert len(places) == len(set(places))


def test_every_success_and_every_error_is_described(document: dict[str, Any]) -> None:
    for _, _, described in operations(document):
        operation = OPERATIONS[described["operationId"]]
        expected = {str(openapi._status(operation, status)) for status in operation.statuses}
        expected |= {str(error.status) for error in openapi.errors_of(operation)}
        assert set(described["responses"]) == expected
        for error in openapi.errors_of(operation):
            assert error.code in described["responses"][str(error.status)]["description"]
        for status, answer in described["responses"].items():
            assert answer["description"]
            content = answer.get("content", {})
            assert ("application/problem+json" in content) == (int(status) >= 400)
            answered = int(status) in operation.statuses and is_model(operation.answer)
            assert ("application/json" in content) == answered


def test_bodies_and_forms_are_described(document: dict[str, Any]) -> None:
    for _, _, described in operations(document):
        operation = OPERATIONS[described["operationId"]]
        content = described.get("requestBody", {}).get("content", {})
        assert ("application/json" in content) == (operation.body is not None)
        assert ("multipart/form-data" in content) == (operation.form is not None)


def test_everything_sent_is_bounded(document: dict[str, Any]) -> None:
    sent = {
        node["$ref"].rpartition("/")[2]
        for _, _, described in operations(document)
        for node in nodes(described.get("requestBody", {}))
        if "$ref" in node
    }
    schemas = document["components"]["schemas"]
    for name in sent:
        for node in nodes(schemas[name].get("properties", {})):
            bounded = {"maxLength", "enum", "const", "format", "pattern", "contentMediaType"}
            if node.get("type") == "string":
                assert bounded & set(node), (name, node)
            if node.get("type") == "array":
                assert "maxItems" in node, (name, node)
            if node.get("type") == "integer":
                assert {"maximum", "exclusiveMaximum", "enum"} & set(node), (name, node)


def test_error_codes_and_words_are_whole() -> None:
    assert len({kind.code for kind in REGISTRY.values()}) == len(REGISTRY)
    for code, kind in REGISTRY.items():
        assert re.fullmatch(r"[a-z_]+\.[a-z_]+", code), code
        if kind.__module__.startswith("api."):
            assert kind.title and kind.detail.endswith(("。", "？", "！")), code
            assert 400 <= kind.status < 600


@pytest.mark.usefixtures("operations")
def test_the_probe_is_described_like_all_others() -> None:
    before = set(OPERATIONS)
    probe.blueprint(probe.Acts())
    fresh = [OPERATIONS[name] for name in OPERATIONS if name not in before]
    paths = openapi.document(fresh, "1")["paths"]
    make = paths["/probe/things"]["post"]
    assert set(make["responses"]) == {"201", "400", "401", "403", "409", "413", "415", "422", "503"}
    assert "probe.refused" in make["responses"]["409"]["description"]
    assert [p["name"] for p in make["parameters"]] == ["Idempotency-Key"]
    assert "429" in paths["/probe/limited"]["get"]["responses"]
    assert paths["/probe/photos"]["get"]["responses"]["200"]["content"] == {"*/*": {"schema": {}}}
    assert set(paths["/probe/photos"]["post"]["requestBody"]["content"]) == {"multipart/form-data"}
