"""Regulators and the workers of their region: masked lists, reveals, corrections, merges, codes."""

from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import pytest
from tortoise.exceptions import OperationalError

from api.audit.models import AuditLine
from api.workers.codes import printed
from api.workers.models import BankCard, CodeState, Worker, WorkerChange
from tests.api.workers.records import collected, known
from tests.cast import Client
from tests.specimens import person

WORKERS = "/api/v1/regulator/workers"
ZHANG, LI, WANG = person(11), person(12), person(14)
WHY = {"reason": "群众来访核对"}


async def post(
    client: Client, row: Worker, path: str, body: dict[str, Any], who: str | None = "county"
) -> httpx.Response:
    return await client.post(f"{WORKERS}/{row.id}/{path}", as_=who, json=body)


async def test_a_region_lists_its_own_subtree_masked(client: Client) -> None:
    ours, theirs = await known(ZHANG), await known(LI, region="510104")
    for who, seen in (
        ("county", {ours.id}),
        ("neighbour", {theirs.id}),
        ("city", {ours.id, theirs.id}),
        ("province", {ours.id, theirs.id}),
    ):
        answer = await client.get(WORKERS, as_=who)
        assert {item["id"] for item in answer.json()["items"]} == {str(each) for each in seen}
        for secret in (ZHANG.number, ZHANG.name, ZHANG.phone, ZHANG.address):
            assert secret not in answer.text


async def test_lists_are_narrowed_by_state_and_region(client: Client) -> None:
    await known(ZHANG)
    waiting = await collected(LI, region="510104")
    frozen = await known(WANG, code_state=CodeState.FROZEN)
    for query, seen in (
        ("state=collected", [waiting]),
        ("code_state=frozen", [frozen]),
        ("region=510104", [waiting]),
    ):
        items = (await client.get(f"{WORKERS}?{query}", as_="city")).json()["items"]
        assert [item["id"] for item in items] == [str(row.id) for row in seen]
    assert (await client.get(f"{WORKERS}?state=happy", as_="city")).status_code == 422


async def test_a_strangers_worker_is_not_found_by_any_way(client: Client) -> None:
    row = await known(ZHANG)
    await client.cast.sudo("neighbour")
    assert (await client.get(f"{WORKERS}/{row.id}", as_="neighbour")).status_code == 404
    assert (await client.get(f"{WORKERS}/{row.id}/history", as_="neighbour")).status_code == 404
    for path, body in (
        ("reveals", WHY),
        ("corrections", {**WHY, "nation": "彝"}),
        ("code-changes", {**WHY, "action": "freeze"}),
        ("merge", {**WHY, "into_id": str(uuid4())}),
    ):
        assert (await post(client, row, path, body, "neighbour")).status_code == 404, path
    search = {"id_number": ZHANG.number}
    answer = await client.post(f"{WORKERS}/searches", as_="neighbour", json=search)
    assert answer.status_code == 404


@pytest.mark.parametrize(("who", "status"), [(None, 401), ("zhang", 403), ("officer_a", 403)])
async def test_only_regulators_look(client: Client, who: str | None, status: int) -> None:
    row = await known(ZHANG)
    assert (await client.get(WORKERS, as_=who)).status_code == status
    assert (await post(client, row, "reveals", WHY, who)).status_code == status


async def test_a_worker_is_found_by_number_or_code_in_the_body(client: Client) -> None:
    row = await known(ZHANG)
    for body in ({"id_number": ZHANG.number}, {"verification_code": printed(row.code)}):
        answer = await client.post(f"{WORKERS}/searches", as_="county", json=body)
        assert answer.json()["id"] == str(row.id), answer.text
    both = {"id_number": ZHANG.number, "verification_code": printed(row.code)}
    assert (await client.post(f"{WORKERS}/searches", as_="county", json=both)).status_code == 422
    wrong = {"verification_code": "W51-0000-0000-0000-0"}
    assert (await client.post(f"{WORKERS}/searches", as_="county", json=wrong)).status_code == 404


async def test_a_reveal_needs_a_fresh_proof_and_a_reason_and_is_kept(client: Client) -> None:
    row = await known(ZHANG)
    stale = await post(client, row, "reveals", WHY)
    assert stale.json()["code"] == "auth.reauthentication_required"
    await client.cast.sudo("county")
    assert (await post(client, row, "reveals", {})).status_code == 422
    answer = await post(client, row, "reveals", WHY)
    assert answer.json()["id_number"] == ZHANG.number
    assert answer.json()["name"] == ZHANG.name
    officer = await client.cast.id("county")
    lines = await AuditLine.filter(account_id=officer, tag="personal.revealed")
    assert {line.facts["kind"] for line in lines} == {"id_number", "name", "phone", "address"}
    note = await WorkerChange.get(worker_id=row.id)
    assert (note.field, note.account_id, note.reason) == ("revealed", officer, WHY["reason"])


async def test_a_correction_keeps_the_old_value_who_when_and_why(client: Client) -> None:
    row = await known(ZHANG, account_id=await client.cast.id("zhang"))
    body = {**WHY, "name": LI.name, "nation": "彝族", "valid_to": "2040-05-09"}
    answer = await post(client, row, "corrections", body)
    assert answer.status_code == 200, answer.text
    assert answer.json()["nation"] == "彝"
    history = (await client.get(f"{WORKERS}/{row.id}/history", as_="county")).json()["items"]
    assert {line["field"] for line in history} == {"name", "nation", "valid_to"}
    county = str(await client.cast.id("county"))
    assert {(line["account_id"], line["reason"]) for line in history} == {(county, WHY["reason"])}
    assert ZHANG.name not in str(history)
    kept = await WorkerChange.get(worker_id=row.id, field="name")
    assert kept.old is not None and kept.old == type(kept.old).of(kept.old.kind, ZHANG.name)
    inbox = (await client.get("/api/v1/me/messages", as_="zhang")).json()["items"]
    assert inbox[0]["kind"] == "worker.corrected"


async def test_a_record_moves_to_known_regions_only(client: Client) -> None:
    row = await known(ZHANG)
    lost = await post(client, row, "corrections", {**WHY, "region": "519999"})
    assert lost.status_code == 422
    moved = await post(client, row, "corrections", {**WHY, "region": "510104"})
    assert moved.json()["region"] == "510104"
    assert (await client.get(f"{WORKERS}/{row.id}", as_="county")).status_code == 404
    assert (await client.get(f"{WORKERS}/{row.id}", as_="neighbour")).status_code == 200


async def test_the_history_can_only_grow(client: Client) -> None:
    row = await known(ZHANG)
    await post(client, row, "corrections", {**WHY, "nation": "彝"})
    with pytest.raises((OperationalError, asyncpg.RaiseError), match="append-only"):
        await WorkerChange.all().update(reason="别的")
    with pytest.raises((OperationalError, asyncpg.RaiseError), match="append-only"):
        await WorkerChange.all().delete()


async def test_the_same_values_are_no_correction(client: Client) -> None:
    row = await known(ZHANG)
    await post(client, row, "corrections", {**WHY, "name": ZHANG.name})
    assert not await WorkerChange.exists()


async def test_a_code_is_frozen_restored_and_annulled_for_good(client: Client) -> None:
    row = await known(ZHANG)
    steps = [("freeze", "frozen"), ("restore", "active"), ("annul", "dead")]
    for action, state in steps:
        answer = await post(client, row, "code-changes", {**WHY, "action": action})
        assert answer.json()["code_state"] == state, answer.text
    for action in ("restore", "freeze", "annul"):
        again = await post(client, row, "code-changes", {**WHY, "action": action})
        assert again.status_code == 409
    lines = await WorkerChange.filter(worker_id=row.id).order_by("id")
    assert [line.shown for line in lines] == ["active", "frozen", "active"]


async def test_two_records_of_one_person_become_one(client: Client) -> None:
    zhang = await client.cast.id("zhang")
    gone, kept = await known(ZHANG, account_id=zhang), await known(LI)
    await BankCard.create(
        worker_id=gone.id,
        number=gone.number,
        number_index="x",
        active_number="x",
        active_worker_id=gone.id,
    )
    answer = await post(client, gone, "merge", {**WHY, "into_id": str(kept.id)})
    assert answer.json()["id"] == str(kept.id)
    await gone.refresh_from_db()
    await kept.refresh_from_db()
    assert (gone.code_state, gone.merged_into_id) == (CodeState.REPLACED, kept.id)
    assert kept.account_id == zhang and gone.account_id is None
    assert await BankCard.exists(active_worker_id=kept.id)
    body = {"id_number": ZHANG.number}
    assert (await client.post(f"{WORKERS}/searches", as_="county", json=body)).status_code == 404
    again = await post(client, gone, "merge", {**WHY, "into_id": str(kept.id)})
    assert again.status_code == 409
    itself = await post(client, kept, "merge", {**WHY, "into_id": str(kept.id)})
    assert itself.status_code == 409
