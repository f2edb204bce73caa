"""The officers' queue: two who do not know of each other, a lead when they differ."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from api.accounts import grants
from api.audit.models import AuditLine
from api.files.models import FilePurpose, StoredFile
from api.kit import clock, jobs
from api.kit.actor import SYSTEM
from api.kit.transaction import transaction
from api.workers.models import IdCardReading, Verification, Worker
from tests.api.workers.registering import (
    REGISTRATION,
    declined,
    photographed,
    reviewing,
    submitted,
)
from tests.cast import Client
from tests.specimens import person

QUEUE = "/api/v1/review/verifications"
ZHANG, LI = person(11), person(12)


async def word(
    client: Client, who: str, row: str, number: str | None, **body: Any
) -> httpx.Response:
    """An officer's decision after a look; approves unless told otherwise."""
    await client.post(f"{QUEUE}/{row}/openings", as_=who)
    sent = {"decision": "approve", "number": number, **body}
    return await client.post(f"{QUEUE}/{row}/decisions", as_=who, json=sent)


async def test_without_providers_a_selfie_goes_to_two_officers(client: Client) -> None:
    await photographed(client, "zhang", ZHANG)
    answer = await submitted(client, "zhang", ZHANG)
    assert answer.json()["status"] == "needs_review", answer.text
    assert await StoredFile.exists(purpose=FilePurpose.SELFIE, hold_reason="review")


async def test_nobody_approves_what_he_has_not_opened(client: Client) -> None:
    row = await reviewing(client, "zhang", ZHANG)
    sent = {"decision": "approve", "number": ZHANG.number}
    path = f"{QUEUE}/{row}/decisions"
    await client.post(f"{QUEUE}/{row}/openings", as_="reviewer_2")
    blind = await client.post(path, as_="reviewer_1", json=sent)
    assert (blind.status_code, blind.json()["code"]) == (409, "workers.not_opened")
    assert (await word(client, "reviewer_1", row, ZHANG.number)).status_code == 201


async def test_two_officers_who_agree_verify_the_worker(client: Client) -> None:
    row = await reviewing(client, "zhang", ZHANG)
    first = await word(client, "reviewer_1", row, ZHANG.number)
    assert first.status_code == 201, first.text
    assert first.json()["status"] == "needs_review"
    second = await word(client, "reviewer_2", row, ZHANG.number)
    assert second.json()["status"] == "verified"
    state = (await client.get(REGISTRATION, as_="zhang")).json()
    assert state["status"] == "verified"
    assert state["verification_code"].startswith("W51-")
    inbox = (await client.get("/api/v1/me/messages", as_="zhang")).json()
    assert inbox["items"][0]["kind"] == "verification.verified"


async def test_the_second_officer_learns_nothing_of_the_first(client: Client) -> None:
    row = await reviewing(client, "zhang", ZHANG)
    before = (await client.get(f"{QUEUE}/{row}", as_="reviewer_2")).json()
    assert before["id_number"] is not None and ZHANG.number not in str(before)
    await word(client, "reviewer_1", row, None, decision="refuse", note="照片不是本人")
    seen = (await client.get(f"{QUEUE}/{row}", as_="reviewer_2")).json()
    assert seen["earlier"] == []
    assert seen["id_number"] is None
    opened = await client.post(f"{QUEUE}/{row}/openings", as_="reviewer_2")
    assert ZHANG.number not in opened.text and "照片不是本人" not in opened.text
    assert "approved" not in opened.text


async def test_nobody_decides_twice_on_the_same_person(client: Client) -> None:
    row = await reviewing(client, "zhang", ZHANG)
    await word(client, "reviewer_1", row, ZHANG.number)
    again = await word(client, "reviewer_1", row, ZHANG.number)
    assert again.status_code == 409
    assert again.json()["code"] == "workers.already_reviewed"
    reopened = await client.post(f"{QUEUE}/{row}/openings", as_="reviewer_1")
    assert reopened.status_code == 409
    queue = (await client.get(QUEUE, as_="reviewer_1")).json()
    assert queue["items"] == []


async def test_officers_who_differ_leave_it_to_the_lead(client: Client) -> None:
    row = await reviewing(client, "zhang", ZHANG)
    await word(client, "reviewer_1", row, ZHANG.number)
    second = await word(client, "reviewer_2", row, None, decision="refuse")
    assert second.json()["status"] == "needs_review"
    lead = (await client.get(f"{QUEUE}/{row}", as_="reviewer_3")).json()
    assert [each["approved"] for each in lead["earlier"]] == [True, False]
    third = await word(client, "reviewer_3", row, ZHANG.number)
    assert third.json()["status"] == "verified"
    assert await Worker.all().count() == 1


async def test_numbers_that_differ_leave_it_to_the_lead_too(client: Client) -> None:
    row = await reviewing(client, "zhang", ZHANG)
    await word(client, "reviewer_1", row, ZHANG.number)
    second = await word(client, "reviewer_2", row, LI.number)
    assert second.json()["status"] == "needs_review"
    assert not await Worker.exists()


async def test_a_number_that_the_worker_typed_otherwise_is_refused(client: Client) -> None:
    row = await reviewing(client, "zhang", ZHANG, number=LI.number)
    await word(client, "reviewer_1", row, ZHANG.number)
    second = await word(client, "reviewer_2", row, ZHANG.number)
    assert second.json()["status"] == "refused"
    state = (await client.get(REGISTRATION, as_="zhang")).json()
    assert [reason["code"] for reason in state["reasons"]] == ["review.number_differs"]


async def test_two_refusals_are_told_and_leave_nothing_that_was_typed(client: Client) -> None:
    row = await reviewing(client, "zhang", ZHANG)
    await word(client, "reviewer_1", row, None, decision="refuse")
    second = await word(client, "reviewer_2", row, None, decision="refuse")
    assert second.json()["status"] == "refused"
    inbox = (await client.get("/api/v1/me/messages", as_="zhang")).json()
    assert inbox["items"][0]["kind"] == "verification.refused"
    stored = await Verification.get(id=row)
    assert stored.name is None and stored.number is None
    again = await declined(client, "zhang", ZHANG)
    assert again.json()["status"] == "needs_review"


async def test_an_approval_needs_the_number(client: Client) -> None:
    row = await reviewing(client, "zhang", ZHANG)
    answer = await word(client, "reviewer_1", row, None)
    assert answer.status_code == 422
    assert answer.json()["code"] == "workers.number_needed"


async def test_photos_open_by_links_of_the_officer_alone(client: Client) -> None:
    row = await reviewing(client, "zhang", ZHANG)
    opened = (await client.post(f"{QUEUE}/{row}/openings", as_="reviewer_1")).json()
    assert set(opened["photos"]) == {"front", "back"}
    shown = await client.get(opened["photos"]["front"], as_="reviewer_1")
    assert shown.status_code == 200
    assert shown.content.startswith(b"\xff\xd8")
    stolen = await client.get(opened["photos"]["front"], as_="reviewer_2")
    assert stolen.status_code == 403


async def test_every_opening_stands_in_the_audit(client: Client) -> None:
    row = await reviewing(client, "zhang", ZHANG)
    await client.post(f"{QUEUE}/{row}/openings", as_="reviewer_1")
    officer = await client.cast.id("reviewer_1")
    line = await AuditLine.get(tag="verification.opened", account_id=officer)
    assert str(line.subject_id) == row
    assert await AuditLine.filter(tag="personal.revealed", account_id=officer).count() >= 1


async def test_the_queue_begins_with_the_oldest_and_pages(client: Client) -> None:
    first = await reviewing(client, "zhang", ZHANG)
    second = await reviewing(client, "li", LI)
    page = (await client.get(f"{QUEUE}?limit=1", as_="reviewer_1")).json()
    assert [item["id"] for item in page["items"]] == [first]
    rest = await client.get(f"{QUEUE}?limit=1&cursor={page['next_cursor']}", as_="reviewer_1")
    assert [item["id"] for item in rest.json()["items"]] == [second]
    broken = await client.get(f"{QUEUE}?cursor=nonsense", as_="reviewer_1")
    assert broken.status_code == 422


async def test_a_region_sees_its_own_subtree(client: Client) -> None:
    row = await reviewing(client, "zhang", ZHANG, region="510107")
    for who, seen in (("county", True), ("city", True), ("neighbour", False)):
        items = (await client.get(QUEUE, as_=who)).json()["items"]
        assert (row in [item["id"] for item in items]) is seen, who
        assert (await client.get(f"{QUEUE}/{row}", as_=who)).status_code == (200 if seen else 404)


@pytest.mark.parametrize(
    ("who", "status"), [(None, 401), ("zhang", 403), ("officer_a", 403), ("county", 403)]
)
async def test_only_officers_decide(client: Client, who: str | None, status: int) -> None:
    row = await reviewing(client, "zhang", ZHANG, region="510107")
    sent = {"decision": "approve", "number": ZHANG.number}
    for path in ("openings", "decisions"):
        answer = await client.post(f"{QUEUE}/{row}/{path}", as_=who, json=sent)
        assert answer.status_code == status


async def test_officers_may_move_a_record_to_another_phone(client: Client) -> None:
    row = await reviewing(client, "zhang", ZHANG)
    await word(client, "reviewer_1", row, ZHANG.number)
    await word(client, "reviewer_2", row, ZHANG.number)
    code = (await client.get(REGISTRATION, as_="zhang")).json()["verification_code"]
    row = await reviewing(client, "li", ZHANG)
    assert (await client.get("/api/v1/me", as_="zhang")).status_code == 200
    await word(client, "reviewer_1", row, ZHANG.number)
    await word(client, "reviewer_2", row, ZHANG.number)
    assert (await client.get(REGISTRATION, as_="li")).json()["status"] == "waiting"
    assert (await client.get("/api/v1/me", as_="zhang")).status_code == 200
    later = clock.now() + timedelta(hours=24)
    clock.set_clock(lambda: later)
    await jobs.drain()
    moved = (await client.get(REGISTRATION, as_="li")).json()
    assert moved["verification_code"] == code
    assert (await client.get("/api/v1/me", as_="zhang")).status_code == 401


async def test_nobody_sits_in_judgement_on_himself(client: Client) -> None:
    row = await reviewing(client, "zhang", ZHANG)
    zhang = await client.cast.id("zhang")
    async with transaction():
        await grants.give(SYSTEM, zhang, "reviewer", region="510000")
    assert (await client.get(QUEUE, as_="zhang")).json()["items"] == []
    assert (await word(client, "zhang", row, ZHANG.number)).status_code == 404


async def test_what_is_over_or_unknown_is_not_found(client: Client) -> None:
    assert (await word(client, "reviewer_1", str(uuid4()), ZHANG.number)).status_code == 404
    row = await reviewing(client, "zhang", ZHANG)
    await word(client, "reviewer_1", row, ZHANG.number)
    await word(client, "reviewer_2", row, ZHANG.number)
    late = await word(client, "reviewer_3", row, ZHANG.number)
    assert late.status_code == 404


async def take_back(client: Client, name: str) -> None:
    """The consent to card photos, and what follows from it."""
    body = {"version": "2026-11", "granted": False}
    answer = await client.put("/api/v1/me/consents/id_card", as_=name, json=body)
    assert answer.status_code == 200, answer.text
    await jobs.drain()


async def test_who_takes_his_consent_to_the_card_back_ends_the_review(client: Client) -> None:
    row = await reviewing(client, "zhang", ZHANG)
    assert (await word(client, "reviewer_1", row, ZHANG.number)).status_code == 201
    await take_back(client, "zhang")
    state = (await client.get(REGISTRATION, as_="zhang")).json()
    assert (state["status"], state["reasons"]) == ("withdrawn", [])
    assert (await client.get(QUEUE, as_="reviewer_2")).json()["items"] == []
    assert (await word(client, "reviewer_2", row, ZHANG.number)).status_code in (404, 409)
    assert not await StoredFile.exists(deleted_at=None)
    assert not await IdCardReading.all().exists()
    attempt = await Verification.get(id=row)
    assert (attempt.number, attempt.name, attempt.open_account_id) == (None, None, None)
    assert await Worker.all().count() == 0


async def test_after_taking_it_back_one_may_begin_anew(client: Client) -> None:
    await reviewing(client, "zhang", ZHANG)
    await take_back(client, "zhang")
    again = await declined(client, "zhang", ZHANG)
    assert again.status_code == 403
    assert await reviewing(client, "zhang", ZHANG)
