"""Filing: what belongs to a complaint, what is refused, and what is kept with it."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from api.audit.models import AuditLine
from api.complaints import evidence, rules
from api.complaints.models import Complaint, ComplaintEvidence
from api.engagements.models import Engagement
from api.files.models import StoredFile
from api.kit.ids import day_id
from tests.api.attendance import sites
from tests.api.complaints import filed
from tests.api.complaints.filed import OWN, TEXT, Filed, fine, kinds_told, made, refusal
from tests.cast import Client
from tests.specimens import courseware, sounds

PHOTO = ("p.jpg", sites.photo(), "image/jpeg")
VOICE = ("v.webm", sounds.webm(7), "audio/webm;codecs=opus")


@pytest.fixture
async def world(client: Client) -> Filed:
    return await filed.opened(client)


async def test_a_complaint_is_filed_numbered_and_told(world: Filed) -> None:
    row = await world.file(files={"photo_1": PHOTO, "photo_2": PHOTO, "voice": VOICE})
    assert rules.is_number(row["number"]) and row["number"].startswith("TS20261130")
    assert (row["kind"], row["state"], row["holder"]) == ("complaint", "received", "enterprise")
    assert (row["accept_by"], row["answer_by"]) == ("2026-12-02", "2026-12-07")
    assert (row["days_left"], row["provisional"], row["voice_seconds"]) == (2, False, 7)
    assert row["text"] == TEXT and len(row["photos"]) == 2
    assert filed.acts(row) == ["filed"] and row["may"] == ["escalate", "withdraw"]
    for who in ("admin_a", "officer_a"):
        assert await kinds_told(world.client, who) == ["complaint.received_office"]
    assert await kinds_told(world.client, "county") == []
    photo = await world.client.get(row["photos"][0], as_="zhang")
    assert (photo.status_code, photo.headers["content-type"]) == (200, "image/jpeg")
    assert (await world.client.get(row["photos"][0], as_="admin_a")).status_code == 403
    voice = await world.client.get(f"{OWN}/{row['id']}/voice", as_="zhang")
    assert (voice.content, voice.headers["content-type"]) == (VOICE[1], "audio/webm")
    assert await StoredFile.filter(delete_after__gt=sites.at("2029-01-01", "00:00")).count() == 3
    assert await AuditLine.filter(tag="complaint.filed", tenant_id=None).count() == 1


async def test_the_evidence_is_frozen_with_its_hash(world: Filed) -> None:
    workday = await sites.worked(world.client, "zhang", world.project_id, "2026-11-30")
    await world.go("2026-11-30", "19:00")
    row = await world.file()
    kept = fine(await world.client.get(f"{OWN}/{row['id']}/evidence", as_="zhang"))
    assert kept["intact"] and kept["digest"] == row["digest"]
    assert [each["day"] for each in kept["days"]] == ["2026-11-30"]
    assert kept["days"][0]["units"] == "1" and kept["days"][0]["punches"] == 2
    # What becomes of the day later leaves the evidence as it was.
    await sites.decided(world.client, workday, "reject", reason="那天没有来")
    again = fine(await world.client.get(f"{OWN}/{row['id']}/evidence", as_="zhang"))
    assert again == kept


async def test_evidence_that_was_touched_is_seen() -> None:
    frozen = {"days": [{"day": "2026-11-30", "units": "1"}], "lines": []}
    assert evidence.digest_of(frozen) == evidence.digest_of(dict(reversed(frozen.items())))
    touched = {"days": [{"day": "2026-11-30", "units": "0.5"}], "lines": []}
    assert evidence.digest_of(frozen) != evidence.digest_of(touched)


async def test_evidence_and_steps_only_grow(world: Filed) -> None:
    row = await world.file()
    with pytest.raises(Exception, match="append-only"):
        await ComplaintEvidence.filter(complaint_id=row["id"]).update(digest="0" * 64)


@pytest.mark.parametrize(
    ("changed", "path", "code"),
    [
        ({"text": None}, "text", "complaints.nothing_said"),
        ({"text": "长" * 1001}, "text", "request.invalid_fields"),
        ({"topic": "weather"}, "topic", "request.invalid_fields"),
        ({"addressee": "press"}, "addressee", "request.invalid_fields"),
        ({"project_id": "0" * 8 + "-0000-7000-8000-" + "0" * 12}, "project_id",
         "complaints.unknown_place"),
        ({"enterprise_id": "0" * 8 + "-0000-7000-8000-" + "0" * 12}, "enterprise_id",
         "complaints.unknown_place"),
        ({"files": {"voice": ("v.webm", courseware.film(), "audio/webm")}}, "voice",
         "files.bad_sound"),
        ({"files": {"voice": ("v.webm", sounds.webm(90), "audio/webm")}}, "voice",
         "files.bad_sound"),
        ({"files": {"photo_2": ("p.jpg", b"GIF89a", "image/jpeg")}}, "photo_2", "files.bad_photo"),
        ({"photo_7": "x"}, "photo_7", "request.invalid_fields"),
    ],
)  # fmt: skip
async def test_what_does_not_fit_is_refused_and_leaves_nothing(
    world: Filed, changed: dict[str, Any], path: str, code: str
) -> None:
    answer = await world.send(**changed)
    assert (refusal(answer), answer.json()["errors"][0]["path"]) == ((422, code), path)
    assert await Complaint.all().count() == 0


async def test_a_recording_alone_is_enough(world: Filed) -> None:
    row = await world.file(text=None, files={"voice": VOICE})
    assert (row["text"], row["voice_seconds"]) == ("", 7)


async def test_line_ends_of_a_browser_are_one_sign(world: Filed) -> None:
    assert (await world.file(text="第一行\r\n第二行"))["text"] == "第一行\n第二行"


async def test_a_stranger_to_the_site_cannot_complain_of_it(world: Filed) -> None:
    assert refusal(await world.send(who="li"))[1] == "complaints.unknown_place"
    assert fine(await world.client.get("/api/v1/me/complaint-places", as_="li")) == {"items": []}
    [place] = fine(await world.client.get("/api/v1/me/complaint-places", as_="zhang"))["items"]
    assert place["project"]["id"] == world.project_id


async def test_the_same_key_files_once(world: Filed) -> None:
    headers = {"Idempotency-Key": "one"}
    answers = await asyncio.gather(*(world.send(headers=headers) for _ in range(3)))
    # Whoever comes while the first is at work is told so.
    assert {each.status_code for each in answers} <= {201, 409}
    again = made(await world.send(headers=headers))
    assert await Complaint.all().count() == 1
    assert {each.json()["id"] for each in answers if each.status_code == 201} == {again["id"]}
    other = await world.send(headers=headers, text="另一件事")
    assert refusal(other) == (409, "idempotency.other_body")


async def test_ten_a_day_and_no_more(world: Filed) -> None:
    for _ in range(10):
        made(await world.send(topic="other"))
    answer = await world.send()
    assert answer.status_code == 429 and int(answer.headers["retry-after"]) > 0


async def test_his_list_goes_page_by_page_and_is_his_alone(world: Filed) -> None:
    ids = {(await world.file())["id"] for _ in range(3)}
    first = fine(await world.client.get(f"{OWN}?limit=2", as_="zhang"))
    path = f"{OWN}?limit=2&cursor={first['next_cursor']}"
    second = fine(await world.client.get(path, as_="zhang"))
    assert {each["id"] for each in first["items"] + second["items"]} == ids
    assert second["next_cursor"] is None
    assert fine(await world.client.get(OWN, as_="li"))["items"] == []
    one = next(iter(ids))
    for path in (OWN, filed.OFFICE, filed.REGION):
        who = {OWN: "li", filed.OFFICE: "admin_b", filed.REGION: "neighbour"}[path]
        answer = await world.client.get(f"{path}/{one}", as_=who)
        assert refusal(answer) == (404, "complaints.no_such_complaint")


async def test_it_stays_his_after_he_left_the_project(world: Filed) -> None:
    row = await world.file()
    await Engagement.filter(worker_id=world.zhang).update(state="left", left_on="2026-11-30")
    made(await world.send(text="退场以后再提一件。"))
    assert (await world.own(row["id"]))["state"] == "received"
    fine(await world.accept(row["id"]))
    assert filed.acts(await world.own(row["id"])) == ["filed", "seen", "accepted"]
    assert "complaint.accepted" in await kinds_told(world.client, "zhang")


def test_an_id_tells_the_day_and_no_more() -> None:
    day = sites.at("2026-11-30", "23:59").date()
    ids = {day_id(day) for _ in range(200)}
    assert len(ids) == 200
    assert {each.int >> 80 for each in ids} == {day_id(day).int >> 80}
    assert {each.version for each in ids} == {7}
    assert max(ids) < day_id(sites.at("2026-12-01", "00:01").date())
    assert isinstance(next(iter(ids)), UUID)


def test_numbers_are_checked() -> None:
    day = sites.at("2026-11-30", "12:00").date()
    number = rules.new_number(day)
    assert rules.is_number(number) and len(number) == 17
    last = str((int(number[-1]) + 1) % 10)
    assert not rules.is_number(number[:-1] + last)
    assert not rules.is_number("TS1")
