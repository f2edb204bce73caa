"""A file of workers: each row is judged by itself, and the report says nothing of a person."""

import io
import logging
from uuid import uuid4

import pytest
import python_calamine

from api.audit.models import AuditLine
from api.collecting.models import WorkerImport, WorkerLink
from api.enterprises.models import Enterprise, State
from api.workers.models import Worker
from tests.api.collecting.crew import (
    HEADER,
    IMPORTS,
    LINKS,
    as_csv,
    as_xlsx,
    collected,
    imported,
    report,
    row,
    rows,
)
from tests.cast import FIRM_A, FIRM_B, Client
from tests.specimens.people import person

pytestmark = pytest.mark.usefixtures("firms")


@pytest.mark.parametrize("make", [as_xlsx, as_csv])
async def test_every_row_has_its_answer(client: Client, make: object) -> None:
    assert callable(make)
    await collected(client, 1)
    await collected(client, 2, by="officer_b")
    good, bad = person(3), person(4)
    table = [
        row(person(1)), row(person(2)), row(good), row(good),
        (bad.name, bad.number[:-1] + ("0" if bad.number[-1] != "0" else "1"), "", ""),
        ("", person(5).number, "", "宇航员"), ("", "", "", ""), row(person(6)),
    ]  # fmt: skip
    answer = await imported(client, make(table))
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert (made["done"], made["total"]) == (True, 7)
    assert made["counts"] == {"created": 2, "merged": 1, "invalid": 2, "duplicate": 2}
    found = await report(client, made["id"])
    assert [(r["number"], r["status"]) for r in found["rows"]] == [
        (2, "duplicate"), (3, "merged"), (4, "created"), (5, "duplicate"), (6, "invalid"),
        (7, "invalid"), (9, "created"),
    ]  # fmt: skip
    codes = [error["code"] for found_row in found["rows"] for error in found_row["errors"]]
    assert codes[:2] == ["collecting.already_collected", "collecting.repeated_row"]
    assert [e["path"] for e in found["rows"][4]["errors"]] == ["id_number"]
    assert {e["path"] for e in found["rows"][5]["errors"]} == {"name", "trade"}
    assert all("请" in e["message"] for r in found["rows"] for e in r["errors"])
    assert await WorkerLink.filter(enterprise_id=FIRM_A).count() == 4


async def test_a_report_repeats_no_value(client: Client) -> None:
    bad = person(4).number[:-1] + "!"
    table = [("王1号", bad, "1390000000", "x"), (person(5).name, bad, "", "")]
    made = (await imported(client, as_csv(table))).json()
    text = str(await report(client, made["id"]))
    sheet = await client.get(f"{IMPORTS}/{made['id']}/report", as_="officer_a")
    shown = python_calamine.load_workbook(io.BytesIO(sheet.content)).get_sheet_by_index(0)
    for value in (bad, person(4).number[:-1], "1390000000", "王1号", person(5).name):
        assert value not in text
        assert value not in str(shown.to_python())


async def test_a_thousand_rows_give_a_thousand_answers(client: Client) -> None:
    table = rows(1000)
    table[499] = ("王五", "510107197901010031", "", "")
    answer = await imported(client, as_xlsx(table))
    assert answer.status_code == 201, answer.text
    assert answer.json()["counts"] == {"created": 999, "merged": 0, "invalid": 1, "duplicate": 0}
    found = await report(client, answer.json()["id"])
    assert [r["number"] for r in found["rows"]] == list(range(2, 1002))
    assert found["rows"][499]["status"] == "invalid"
    assert await Worker.all().count() == 999


async def test_a_row_costs_a_handful_of_queries(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    await client.cast.token("officer_a")
    with caplog.at_level(logging.DEBUG, logger="tortoise.db_client"):
        await imported(client, as_csv(rows(200)))
    asked = [r for r in caplog.records if r.name == "tortoise.db_client"]
    assert 200 < len(asked) < 5 * 200


async def test_the_same_file_again_changes_nothing(client: Client) -> None:
    content = as_csv(rows(5))
    await imported(client, content)
    again = await imported(client, content)
    assert again.json()["counts"]["duplicate"] == 5
    assert (await Worker.all().count(), await WorkerLink.all().count()) == (5, 5)


async def test_a_key_that_repeats_imports_once(client: Client) -> None:
    files = {"file": ("a.csv", as_csv(rows(2)), "text/csv")}
    key = {"Idempotency-Key": "import-1"}
    answers = [
        await client.post(IMPORTS, as_="officer_a", files=files, headers=key) for _ in range(2)
    ]
    assert answers[0].json() == answers[1].json()
    assert await WorkerImport.all().count() == 1


async def test_a_worker_who_denied_stays_unlinked(client: Client) -> None:
    made = await collected(client, 1)
    account = await client.cast.id("zhang")
    await Worker.filter(id=made["worker"]["worker_id"]).update(account_id=account)
    path = f"{LINKS}/{made['worker']['id']}/decision"
    await client.post(path, as_="zhang", json={"decision": "deny"})
    answer = await imported(client, as_csv(rows(2)))
    found = await report(client, answer.json()["id"])
    assert [r["status"] for r in found["rows"]] == ["invalid", "created"]
    assert found["rows"][0]["errors"][0]["code"] == "collecting.denied_by_worker"


async def test_a_number_kept_as_a_number_is_explained(client: Client) -> None:
    table = [(person(1).name, 510107197901010030, 13900000001, "020")]
    answer = await imported(client, as_xlsx(table))
    error = (await report(client, answer.json()["id"]))["rows"][0]["errors"][0]
    assert error["path"] == "id_number"
    assert "文本" in error["message"]


async def test_headers_may_be_spelt_in_other_ways(client: Client) -> None:
    someone = person(1)
    header = ("序号", " 身份证号码*", "姓 名", "备注")
    table = [("1", someone.number, someone.name, "=")]
    answer = await imported(client, as_csv([("1", someone.number, someone.name, "x")], header))
    assert answer.json()["counts"]["created"] == 1
    assert (await imported(client, as_csv(table, header))).status_code == 422


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", 422, "collecting.missing_columns"),
        (as_csv([], ("姓名", "电话")), 422, "collecting.missing_columns"),
        (as_csv([]), 422, "collecting.no_rows"),
        (as_csv([("", "")]), 422, "collecting.no_rows"),
        (as_csv([("=1", "")]), 422, "collecting.formulas_in_sheet"),
        (as_csv([("x", "y")] * 1001), 422, "collecting.sheet_too_large"),
        (b"PK\x03\x04", 415, "collecting.unreadable_sheet"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", 415, "collecting.unreadable_sheet"),
    ],
)
async def test_a_bad_file_is_refused_as_a_whole(
    client: Client, content: bytes, status: int, code: str
) -> None:
    answer = await imported(client, content)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert await WorkerImport.all().count() == 0


async def test_a_request_without_a_file_is_refused(client: Client) -> None:
    files = {"other": ("a.csv", b"x", "text/csv")}
    assert (await client.post(IMPORTS, as_="officer_a", files=files)).status_code == 422
    assert (await client.post(IMPORTS, as_="officer_a", json={})).status_code == 415


async def test_only_a_verified_enterprise_imports(client: Client) -> None:
    await Enterprise.filter(id=FIRM_A).update(state=State.SUBMITTED)
    answer = await imported(client, as_csv(rows(1)))
    assert (answer.status_code, answer.json()["code"]) == (403, "enterprises.not_verified")


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("zhang", 403),
        ("manager_a", 403),
        ("county", 403),
        ("officer_without_totp", 403),
        (None, 401),
    ],
)
async def test_others_do_not_import(client: Client, name: str | None, status: int) -> None:
    assert (await imported(client, as_csv(rows(1)), by=name)).status_code == status


async def test_nobody_imports_for_another_enterprise(client: Client) -> None:
    answer = await imported(client, as_csv(rows(1)), enterprise_id=str(FIRM_B))
    assert answer.status_code == 404


async def test_a_stranger_does_not_see_the_report(client: Client) -> None:
    made = (await imported(client, as_csv(rows(1)))).json()
    for path in (f"{IMPORTS}/{made['id']}", f"{IMPORTS}/{made['id']}/report"):
        assert (await client.get(path, as_="officer_b")).status_code == 404
        assert (await client.get(path, as_="zhang")).status_code == 403
        assert (await client.get(path)).status_code == 401
        assert (await client.get(path, as_="manager_a")).status_code == 200
    assert (await client.get(IMPORTS, as_="officer_b")).json()["items"] == []
    assert (await client.get(f"{IMPORTS}/{uuid4()}", as_="officer_a")).status_code == 404


async def test_imports_are_listed_newest_first(client: Client) -> None:
    first = (await imported(client, as_csv(rows(1)))).json()
    second = (await imported(client, as_csv(rows(2, 5)))).json()
    listed = (await client.get(IMPORTS, as_="officer_a")).json()["items"]
    assert listed == [second, first]


async def test_the_template_fits(client: Client) -> None:
    answer = await client.get(f"{IMPORTS}/template", as_="officer_a")
    book = python_calamine.load_workbook(io.BytesIO(answer.content))
    assert book.get_sheet_by_index(0).to_python() == [list(HEADER)]
    assert (await client.get(f"{IMPORTS}/template")).status_code == 401


async def test_reading_a_file_leaves_a_line(client: Client) -> None:
    await imported(client, as_csv(rows(3)))
    line = await AuditLine.get(tag="worker.import_read")
    assert (line.tenant_id, line.facts) == (FIRM_A, {"rows": 3})
    assert await AuditLine.filter(tag="worker.collected").count() == 3
