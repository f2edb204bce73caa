"""The way in and out: ids, headers, limits, forms and refusals, the same for every address."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from itertools import product
from typing import Any
from uuid import UUID

import pytest

from api.kit.routes import JSON_LIMIT, UPLOAD_LIMIT
from api.settings import Settings
from tests.api.kit.probe import Acts
from tests.cast import Client

THINGS, PHOTOS = "/probe/things", "/probe/photos"
HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
GIVEN = "0198a1b2-1234-4abc-8def-123456789012"


def problem(answer: Any) -> tuple[int, str]:
    """Status and code of a problem document, whose form is checked."""
    document = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(document) - {"errors"} == {
        "type", "title", "status", "detail", "code", "request_id",
    }  # fmt: skip
    assert ("errors" in document) == (answer.status_code == 422)
    assert document["status"] == answer.status_code
    assert document["type"] == f"urn:gongyou:problem:{document['code']}"
    assert document["request_id"] == answer.headers["x-request-id"]
    return answer.status_code, document["code"]


@pytest.mark.parametrize(
    "path", ["/healthz", "/nowhere", "/probe/things", "/api/v1/me/sessions", "/api/openapi.json"]
)
async def test_every_answer_has_the_same_headers(probed: Client, path: str) -> None:
    answer = await probed.get(path)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert "server" not in answer.headers
    assert "strict-transport-security" not in answer.headers
    UUID(answer.headers["x-request-id"])


async def test_a_crash_has_them_too(probed: Client, acts: Acts) -> None:
    acts.crash = True
    answer = await probed.post(THINGS, as_="zhang", json={"name": "x"})
    assert problem(answer) == (500, "server.unexpected")
    assert HEADERS.items() <= dict(answer.headers).items()


class TestBehindHttps:
    """With a public address over HTTPS."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return replace(settings, public_url="https://gongyou.example")

    async def test_browsers_are_told_to_stay_there(self, client: Client) -> None:
        for path in ("/healthz", "/nowhere"):
            answer = await client.get(path)
            value = answer.headers["strict-transport-security"]
            assert value == "max-age=31536000; includeSubDomains"


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://gongyou.test.evil"])
async def test_no_other_site_may_read(probed: Client, origin: str) -> None:
    for method in ("GET", "OPTIONS"):
        headers = {"Origin": origin, "Access-Control-Request-Method": "GET"}
        answer = await probed.request(method, "/api/v1/me/sessions", headers=headers)
        assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize(
    ("sent", "kept"),
    [(GIVEN, True), ("x", False), ("", False), (GIVEN.upper(), False), (GIVEN + "1", False)],
)
async def test_a_request_keeps_a_uuid_as_its_id(probed: Client, sent: str, kept: bool) -> None:
    answer = await probed.get("/healthz", headers={"X-Request-Id": sent})
    assert (answer.headers["x-request-id"] == sent) == kept


async def test_a_wrong_method_names_the_right_ones(probed: Client) -> None:
    for method in ("PUT", "DELETE", "PATCH", "TRACE", "OPTIONS"):
        answer = await probed.request(method, THINGS, as_="zhang")
        assert problem(answer) == (405, "request.method_not_allowed")
        assert {word.strip() for word in answer.headers["allow"].split(",")} >= {"GET", "POST"}


async def test_an_unknown_address_is_not_found(probed: Client) -> None:
    for path in ("/nowhere", "/api/v1", "/api/v1/nowhere", "/..%2f..%2fetc/passwd", "/healthz/x"):
        assert problem(await probed.get(path)) == (404, "request.not_found")


@pytest.mark.parametrize("media_type", ["", "text/plain", "application/xml", "multipart/form-data"])
async def test_another_content_type_is_unsupported(probed: Client, media_type: str) -> None:
    headers = {"Content-Type": media_type} if media_type else {}
    answer = await probed.post(THINGS, as_="zhang", content=b'{"name":"x"}', headers=headers)
    assert problem(answer) == (415, "request.unsupported_media")


@pytest.mark.parametrize("media_type", ["application/json; charset=utf-8", "APPLICATION/JSON"])
async def test_json_may_be_spelt_in_its_ways(probed: Client, media_type: str) -> None:
    headers = {"Content-Type": media_type}
    answer = await probed.post(THINGS, as_="zhang", content=b'{"name":"x"}', headers=headers)
    assert answer.status_code == 201


async def test_a_form_wants_multipart(probed: Client) -> None:
    answer = await probed.post(PHOTOS, as_="zhang", json={"word": "x"})
    assert problem(answer) == (415, "request.unsupported_media")


BAD_JSON = [
    b"", b"null", b"[]", b"1", b"{", b'{"name":"x",}', b'{"name":"x"}{}', b"\xff\xfe", b"NaN",
    b'{"name":"\xff"}', b'{"name":"\\ud800"}', b'{"name":"x\\u0000"}', b'{"name":"x\x00"}',
    b'{"name":1}', b'{"name":null}', b'{"name":["x"]}', b'{}', b'{"name":""}', b'{"name":"  "}',
    b'{"name":"x","more":1}', b'{"name":"x","Name":"y"}', b'{"name":"\\u200b\\u202e"}',
    b'{"name":"x","amount_fen":1.5}', b'{"name":"x","amount_fen":"1"}',
    b'{"name":"x","amount_fen":NaN}', b'{"name":"x","amount_fen":1e999}',
    b'{"name":"x","amount_fen":' + b"9" * 5000 + b"}", b'{"name":"x","amount_fen":true}',
    b"[" * 5000, b'{"name":' * 5000, b'{"name":"' + b"x" * 101 + b'"}',
]  # fmt: skip


async def test_a_malformed_body_is_refused(probed: Client, acts: Acts) -> None:
    headers = {"Content-Type": "application/json"}
    for raw in BAD_JSON:
        answer = await probed.post(THINGS, as_="zhang", content=raw, headers=headers)
        assert problem(answer) == (422, "request.invalid_fields"), raw[:60]
        assert answer.json()["errors"]
    assert acts.done == []


@pytest.mark.parametrize(
    "raw",
    [
        b'{"name":"first","name":"last"}',
        b'{"name":"same","name":"same"}',
        b'{"name":"x","n\\u0061me":"y"}',
        b'{"name":{"a":1,"a":2}}',
    ],
)
async def test_a_field_that_comes_twice_is_refused(probed: Client, acts: Acts, raw: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    answer = await probed.post(THINGS, as_="zhang", content=raw, headers=headers)
    assert problem(answer) == (422, "request.invalid_fields")
    assert [each["code"] for each in answer.json()["errors"]] == ["field.repeated"]
    assert acts.done == []


BAD_QUERIES = (
    "limit=0", "limit=101", "limit=1.5", "limit=a", "more=1", "limit=5&more=1", "limit=%00",
    "cursor=%00", "limit=5&limit=6",
)  # fmt: skip


async def test_a_malformed_query_is_refused(probed: Client) -> None:
    for query in BAD_QUERIES:
        answer = await probed.get(f"{THINGS}?{query}", as_="zhang")
        assert problem(answer) == (422, "request.invalid_fields"), query


async def test_an_address_that_takes_no_query_refuses_one(probed: Client) -> None:
    answer = await probed.get("/probe/origin?phone=13912345678")
    assert problem(answer) == (422, "request.invalid_fields")
    assert "13912345678" not in answer.text


BOUNDARY = b"--x\r\nContent-Disposition: form-data; name="
END = b"\r\n--x--\r\n"
BAD_FORMS = [
    b"", b"--x", b"--x--", END, b"garbage", BOUNDARY, BOUNDARY + b'"word"', b"\x00" * 100,
    BOUNDARY + b'"word"\r\n\r\nx' + END,
    BOUNDARY + b'"photo"\r\n\r\nx' + END,
    BOUNDARY + b'"word"; filename="a"\r\n\r\nx' + END,
    b"--x\r\nContent-Disposition: form-data\r\n\r\nx" + END,
    b"--x\r\nContent-Disposition\r\n\r\nx" + END,
    b"--x\r\n: \r\n\r\nx" + END,
    BOUNDARY + b'"word"\r\nContent-Type: text/plain; charset=nonsense\r\n\r\nx' + END,
    BOUNDARY + b'"word"\r\nContent-Type: text/plain\r\n\r\n\xff\xfe\xff' + END,
    BOUNDARY + b'"word"; filename*=utf-99\'\'%zz\r\n\r\nx' + END,
    BOUNDARY + b'"word"; filename*=broken\r\n\r\nx' + END,
]  # fmt: skip


UNREADABLE = {(422, "request.invalid_fields"), (400, "request.unreadable")}


async def test_a_malformed_form_is_refused(probed: Client) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    for raw in BAD_FORMS:
        answer = await probed.post(PHOTOS, as_="zhang", content=raw, headers=headers)
        assert problem(answer) in UNREADABLE, raw


async def test_a_form_without_a_boundary_is_refused(probed: Client) -> None:
    for extra in ("", "; boundary=", "; boundary", '; boundary="', "; a=b"):
        headers = {"Content-Type": f"multipart/form-data{extra}"}
        answer = await probed.post(PHOTOS, as_="zhang", content=b"--x--", headers=headers)
        assert problem(answer) in UNREADABLE, extra


async def test_a_repeated_part_is_refused(probed: Client) -> None:
    photo = ("photo", ("a.jpg", b"abc", "image/jpeg"))
    for parts in ([photo, photo], [photo, ("word", (None, b"y"))]):
        answer = await probed.post(PHOTOS, as_="zhang", files=parts, data={"word": "x"})
        assert problem(answer) == (422, "request.invalid_fields")


async def test_a_null_character_in_a_form_is_refused(probed: Client) -> None:
    photo = {"photo": ("a\x00.jpg", b"a\x00bc", "image/jpeg")}
    answer = await probed.post(PHOTOS, as_="zhang", files=photo, data={"word": "x\x00"})
    assert problem(answer) == (422, "request.invalid_fields")


async def test_a_good_form_is_read(probed: Client) -> None:
    photo = {"photo": ("a.jpg", b"a\x00bc", "image/jpeg")}
    answer = await probed.post(PHOTOS, as_="zhang", files=photo, data={"word": "工"})
    assert (answer.status_code, answer.json()) == (201, {"name": "工", "made": 4})


@pytest.mark.parametrize(("path", "most"), [(THINGS, JSON_LIMIT), (PHOTOS, UPLOAD_LIMIT)])
async def test_a_body_over_the_limit_is_not_read(probed: Client, path: str, most: int) -> None:
    headers = {"Content-Type": "application/json", "Content-Length": str(most + 1)}
    read = 0

    async def body() -> AsyncIterator[bytes]:
        nonlocal read
        read += 1
        yield b"x" * (most + 1)

    answer = await probed.post(path, as_="zhang", content=body(), headers=headers)
    assert problem(answer) == (413, "request.too_large")
    assert read == 0


async def test_a_length_that_is_no_number_is_refused(probed: Client) -> None:
    headers = {"Content-Type": "application/json", "Content-Length": "many"}
    answer = await probed.post(THINGS, as_="zhang", content=b"{}", headers=headers)
    assert answer.status_code in {400, 413, 422}


NO_TOKENS = (
    "",
    "Bearer",
    "Bearer ",
    "Basic eDp5",
    "bearer x y",
    "Token abc",
    "Bearer " + "a" * 5000,
)


async def test_what_is_no_live_token_is_not_anonymous_either(probed: Client) -> None:
    for path, header in product((THINGS, "/probe/origin"), NO_TOKENS):
        answer = await probed.get(path, headers={"Authorization": header})
        assert problem(answer) == (401, "auth.login_required")
        assert answer.headers["www-authenticate"] == "Bearer"


async def test_a_fresh_proof_is_asked_for_where_it_is_needed(probed: Client) -> None:
    answer = await probed.post("/probe/danger", as_="zhang")
    assert problem(answer) == (403, "auth.reauthentication_required")
    await probed.cast.sudo("zhang")
    assert (await probed.post("/probe/danger", as_="zhang")).status_code == 204


async def test_a_file_is_saved_and_not_shown(probed: Client) -> None:
    answer = await probed.get(PHOTOS, as_="zhang")
    assert (answer.content, answer.headers["content-type"]) == (b"abc", "image/jpeg")
    assert answer.headers["content-disposition"] == 'attachment; filename="photo.jpg"'


async def caller(client: Client, ip: str, forwarded: str | None) -> str:
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    answer = await client.get("/probe/origin", ip=ip, headers=headers)
    return str(json.loads(answer.text)["name"])


class TestAddress:
    """Whose address counts, behind proxies that are trusted."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return replace(settings, trusted_proxies=("127.0.0.1/32", "10.0.0.0/8", "fd00::/8"))

    @pytest.mark.parametrize(
        ("ip", "forwarded", "expected"),
        [
            ("203.0.113.9", None, "203.0.113.9"),
            ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
            ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
            ("127.0.0.1", "127.0.0.1, 198.51.100.1", "198.51.100.1"),
            ("127.0.0.1", "1.1.1.1, 198.51.100.1, 10.2.3.4", "198.51.100.1"),
            ("fd00::5", "2001:db8::1", "2001:db8::1"),
            ("10.1.1.1", "10.2.2.2, 10.3.3.3", "10.2.2.2"),
            ("127.0.0.1", None, "127.0.0.1"),
            ("127.0.0.1", "198.51.100.1, unknown", "unknown"),
        ],
    )
    async def test_a_forwarded_address_counts_only_from_a_proxy(
        self, probed: Client, ip: str, forwarded: str | None, expected: str
    ) -> None:
        assert await caller(probed, ip, forwarded) == expected


async def test_without_trusted_proxies_no_forwarded_address_counts(probed: Client) -> None:
    for forwarded in ("198.51.100.1", "127.0.0.1", "", ", ,"):
        assert await caller(probed, "203.0.113.9", forwarded) == "203.0.113.9"
