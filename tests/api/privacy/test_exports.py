"""A copy of everything: whole, one's own, on record, and gone after a week."""

import pytest

from api.audit.models import AuditLine
from api.audit.tags import Tag
from api.files import jobs as file_jobs
from api.kit import jobs
from api.privacy.register import HELD
from tests.api.matrix_world import ZHANG, World
from tests.api.privacy import held
from tests.api.privacy.held import DATA
from tests.cast import PARTS, Client


@pytest.fixture
async def world(client: Client) -> World:
    return await held.opened(client)


async def test_the_copy_is_whole_and_plain(client: Client, world: World) -> None:
    whole = await held.export(client)
    assert [part["table"] for part in whole["held"]] == [holding.table for holding in HELD]
    by_table = {part["table"]: part for part in whole["held"]}
    me = by_table["worker"]["rows"]
    assert [(row["name"], row["number"]) for row in me] == [(ZHANG.name, ZHANG.number)]
    assert by_table["account"]["rows"][0]["phone"] == PARTS["zhang"].phone
    assert by_table["bank_card"]["rows"][0]["number"] == ZHANG.bank_card
    assert ZHANG.name in by_table["contract"]["rows"][0]["text"]
    assert by_table["complaint"]["rows"][0]["text"] == "没发钱"
    for table in ("punch", "workday", "log_entry", "training", "session", "notice", "team_member"):
        assert by_table[table]["rows"], table
    assert any(name.startswith("照片和录音/") for name in whole["files"])


async def test_nothing_of_others_is_in_it(client: Client, world: World) -> None:
    whole = await held.export(client, "li")
    by_table = {part["table"]: part["rows"] for part in whole["held"]}
    assert len(by_table["worker"]) == 1
    for table in ("punch", "workday", "contract", "complaint", "bank_card", "team_member"):
        assert by_table[table] == [], table


async def test_opening_stands_in_the_audit(client: Client, world: World) -> None:
    await held.export(client)
    account = await held.account_of(client, "zhang")
    for tag in (Tag.DATA_EXPORTED, Tag.DATA_FETCHED):
        assert await AuditLine.filter(tag=tag, subject_id=account).count() == 1
    lines = await AuditLine.filter(tag=Tag.PERSONAL_REVEALED, subject_id=account)
    opened = [line.facts for line in lines if line.facts["purpose"] == "export"]
    assert {"id_number", "name", "phone", "bank_card", "text"} <= {f["kind"] for f in opened}
    assert all(facts["values"] >= 1 for facts in opened)


async def test_it_needs_fresh_proof_and_is_ones_own(client: Client, world: World) -> None:
    assert (await client.post(f"{DATA}/exports", as_="zhang")).status_code == 403
    await client.cast.sudo("zhang")
    export_id = (await client.post(f"{DATA}/exports", as_="zhang")).json()["id"]
    again = await client.post(f"{DATA}/exports", as_="zhang")
    assert (again.status_code, again.json()["code"]) == (409, "privacy.export_under_way")
    early = await client.post(f"{DATA}/exports/{export_id}/file", as_="zhang")
    assert early.status_code == 404
    await jobs.drain()
    shown = (await client.get(f"{DATA}/exports/{export_id}", as_="zhang")).json()
    assert (shown["state"], shown["fetchable"]) == ("ready", True)
    await client.cast.sudo("li")
    assert (await client.get(f"{DATA}/exports/{export_id}", as_="li")).status_code == 404
    assert (await client.post(f"{DATA}/exports/{export_id}/file", as_="li")).status_code == 404
    kinds = [
        m["kind"] for m in (await client.get("/api/v1/me/messages", as_="zhang")).json()["items"]
    ]
    assert "data.export_ready" in kinds


async def test_the_file_goes_after_a_week(client: Client, world: World) -> None:
    await held.export(client)
    held.later(days=7, minutes=1)
    await file_jobs.end_terms()
    await client.cast.sudo("zhang")
    row = (await client.get(f"{DATA}/exports", as_="zhang")).json()["items"][0]
    assert (row["state"], row["fetchable"]) == ("ready", False)
    gone = await client.post(f"{DATA}/exports/{row['id']}/file", as_="zhang")
    assert (gone.status_code, gone.json()["code"]) == (404, "privacy.no_such_export")


async def test_one_that_waits_too_long_has_failed(client: Client, world: World) -> None:
    await client.cast.sudo("zhang")
    assert (await client.post(f"{DATA}/exports", as_="zhang")).status_code == 201
    held.later(hours=1, minutes=1)
    assert (await client.get(f"{DATA}/exports", as_="zhang")).json()["items"][0][
        "state"
    ] == "failed"
    await client.cast.sudo("zhang")
    assert (await client.post(f"{DATA}/exports", as_="zhang")).status_code == 201
