"""POST /punches."""

import asyncio
import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from api.attendance.models import Punch
from api.kit import clock
from tests.api.attendance import sites
from tests.cast import Client


@pytest.fixture
async def project_id(client: Client) -> str:
    made = await sites.site(client)
    await sites.entered(client, "zhang", made)
    return made


async def test_a_punch_inside_is_taken(client: Client, project_id: str) -> None:
    answer = await sites.punched(client, "zhang", sites.punch(project_id))
    assert answer.status_code == 201, answer.text
    body = answer.json()
    assert body["verdict"] == "inside"
    assert body["distance_m"] < 0
    assert body["signals"] == []
    assert body["detail"] == "您在工地范围内。"


async def test_a_punch_outside_is_kept_and_says_how_far(client: Client, project_id: str) -> None:
    body = sites.punch(project_id, position=sites.position(sites.FAR_OFF))
    answer = await sites.taken(client, "zhang", body)
    assert answer["verdict"] == "outside"
    assert 2000 < answer["distance_m"] < 3000
    assert await Punch.all().count() == 1


async def test_the_same_place_in_another_datum_is_the_same_place(
    client: Client, project_id: str
) -> None:
    for datum, place in (("gcj02", (104.068307, 30.654978)), ("bd09", (104.074804, 30.661007))):
        position = sites.position(place, datum=datum)
        answer = await sites.taken(client, "zhang", sites.punch(project_id, position=position))
        assert answer["verdict"] == "inside"
    rows = await Punch.all()
    assert all(abs((row.lon or 0) - 104.0658) < 1e-5 for row in rows)
    assert {row.datum for row in rows} == {"gcj02", "bd09"}


async def test_the_same_again_is_the_same_punch(client: Client, project_id: str) -> None:
    body = sites.punch(project_id)
    first = await sites.punched(client, "zhang", body)
    again = await sites.punched(client, "zhang", body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()


async def test_the_same_id_with_other_content_is_a_conflict(
    client: Client, project_id: str
) -> None:
    body = sites.punch(project_id)
    await sites.taken(client, "zhang", body)
    answer = await sites.punched(client, "zhang", {**body, "direction": "out"})
    assert answer.status_code == 409
    assert answer.json()["code"] == "attendance.other_content"
    assert await Punch.all().count() == 1


async def test_another_workers_client_id_is_his_own(client: Client, project_id: str) -> None:
    await sites.entered(client, "li", project_id)
    body = sites.punch(project_id)
    first = await sites.taken(client, "zhang", body)
    second = await sites.taken(client, "li", body)
    assert first["id"] != second["id"]


async def test_a_repeat_is_given_again_even_when_it_would_be_refused_by_now(
    client: Client, project_id: str
) -> None:
    body = sites.punch(project_id, claimed_at=clock.now().isoformat())
    await sites.taken(client, "zhang", body)
    later = clock.now() + timedelta(days=20)
    clock.set_clock(lambda: later)
    answer = await sites.punched(client, "zhang", body)
    assert answer.status_code == 200


async def test_a_hundred_at_once_are_one_punch(client: Client, project_id: str) -> None:
    body = sites.punch(project_id)
    answers = await asyncio.gather(*(sites.punched(client, "zhang", body) for _ in range(100)))
    assert sorted(answer.status_code for answer in answers) == [200] * 99 + [201]
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert await Punch.all().count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        '"lat": 91', '"lat": NaN', '"lon": 1e400', '"lon": -181', '"lon": "104"', '"lat": null',
        '"accuracy_m": -1', '"accuracy_m": Infinity', '"datum": "wgs72"', '"datum": null',
        '"taken_at": "2026-06-03T08:00:00"', '"taken_at": "0001-01-01T00:00:00+14:00"',
        '"altitude": 1',
    ],
)  # fmt: skip
async def test_a_position_that_cannot_be_is_refused(
    client: Client, project_id: str, wrong: str
) -> None:
    name = wrong.split('"')[1]
    position = {k: v for k, v in sites.position().items() if k != name}
    body = sites.punch(project_id, position=position)
    text = json.dumps(body).replace('"position": {', f'"position": {{{wrong}, ')
    answer = await client.post(
        sites.PUNCHES, as_="zhang", content=text, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["path"].startswith("position.")
    assert await Punch.all().count() == 0


@pytest.mark.parametrize(
    ("changed", "signals"),
    [
        ({"lon": 0.0, "lat": 0.0}, []),
        ({"accuracy_m": 900}, ["low_accuracy"]),
        ({"accuracy_m": None}, ["low_accuracy"]),
    ],
)
async def test_what_says_nothing_is_uncertain_and_never_inside(
    client: Client, project_id: str, changed: dict[str, Any], signals: list[str]
) -> None:
    body = sites.punch(project_id, position=sites.position(**changed))
    answer = await sites.taken(client, "zhang", body)
    assert answer["verdict"] == "uncertain"
    assert answer["signals"] == signals


async def test_a_stale_fix_is_uncertain(client: Client, project_id: str) -> None:
    old = (clock.now() - timedelta(hours=1)).isoformat()
    answer = await sites.taken(
        client, "zhang", sites.punch(project_id, position=sites.position(taken_at=old))
    )
    assert (answer["verdict"], answer["signals"]) == ("uncertain", ["stale_fix"])


async def test_the_servers_time_decides_and_the_claim_is_kept(
    client: Client, project_id: str
) -> None:
    claim = clock.now() + timedelta(hours=3)
    answer = await sites.taken(
        client, "zhang", sites.punch(project_id, claimed_at=claim.isoformat())
    )
    assert answer["at"] == answer["received_at"]
    assert answer["signals"] == ["clock_skew"]
    assert answer["claimed_at"] is not None
    assert answer["late_upload"] is False


async def test_a_claim_older_than_three_days_is_refused_with_words(
    client: Client, project_id: str
) -> None:
    old = (clock.now() - timedelta(hours=72, minutes=1)).isoformat()
    answer = await sites.punched(client, "zhang", sites.punch(project_id, claimed_at=old))
    assert answer.status_code == 409
    assert answer.json()["code"] == "attendance.claim_too_old"


async def test_without_consent_no_position_is_taken(client: Client) -> None:
    made = await sites.site(client)
    await sites.entered(client, "zhang", made)
    await sites.taken(client, "zhang", sites.punch(made))
    await client.put(
        "/api/v1/me/consents/location", as_="zhang", json={"version": "2026-11", "granted": False}
    )
    answer = await sites.punched(client, "zhang", sites.punch(made))
    assert answer.status_code == 403
    by_hand = sites.punch(made, method="manual", position=None, note="手机没电")
    assert (await sites.taken(client, "zhang", by_hand))["verdict"] == "no_position"


async def test_a_project_one_has_not_entered_and_an_unknown_one_answer_the_same(
    client: Client, project_id: str
) -> None:
    await sites.verified(client, "li")
    stranger = await sites.punched(client, "li", sites.punch(project_id))
    unknown = await sites.punched(client, "li", sites.punch(str(uuid4())))
    for answer in (stranger, unknown):
        assert answer.status_code == 403
        assert answer.json()["code"] == "attendance.not_on_site"


async def test_nobody_and_the_unverified_and_officers_do_not_punch(
    client: Client, project_id: str
) -> None:
    body = sites.punch(project_id)
    assert (await client.post(sites.PUNCHES, json=body)).status_code == 401
    assert (await sites.punched(client, "wang", body)).status_code == 409
    assert (await sites.punched(client, "officer_a", body)).status_code == 403
    assert await Punch.all().count() == 0


async def test_a_fence_punch_needs_a_position(client: Client, project_id: str) -> None:
    answer = await sites.punched(client, "zhang", sites.punch(project_id, position=None))
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["path"] == "position"


async def test_a_manual_punch_says_why(client: Client, project_id: str) -> None:
    body = sites.punch(project_id, method="manual", position=None)
    answer = await sites.punched(client, "zhang", body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["path"] == "note"


async def test_the_phone_punches_by_itself_only_when_switched_on(
    client: Client, project_id: str
) -> None:
    body = sites.punch(project_id, method="automatic")
    assert (await sites.punched(client, "zhang", body)).status_code == 403
    path = "/api/v1/me/punch-settings"
    assert (await client.get(path, as_="zhang")).json() == {"automatic": False}
    assert (await client.put(path, as_="zhang", json={"automatic": True})).status_code == 200
    await sites.taken(client, "zhang", body)
    await client.put(path, as_="zhang", json={"automatic": False})
    answer = await sites.punched(client, "zhang", sites.punch(project_id, method="automatic"))
    assert answer.status_code == 403


async def test_a_way_that_the_project_does_not_know_is_refused(client: Client) -> None:
    sites.at_noon()
    made = await sites.site(client, methods=["site_code"])
    await sites.entered(client, "zhang", made)
    answer = await sites.punched(client, "zhang", sites.punch(made))
    assert answer.status_code == 409
    assert answer.json()["code"] == "attendance.method_not_allowed"


async def test_a_site_that_wants_photos_gets_one(client: Client) -> None:
    sites.at_noon()
    made = await sites.site(client, photo=True)
    await sites.entered(client, "zhang", made)
    answer = await sites.punched(client, "zhang", sites.punch(made))
    assert answer.json()["errors"][0]["path"] == "photo_id"
    strangers = sites.punch(made, photo_id=str(uuid4()))
    assert (await sites.punched(client, "zhang", strangers)).status_code == 422
    files = {"photo": ("p.jpg", sites.photo(), "image/jpeg")}
    sent = await client.post("/api/v1/me/punch-photos", as_="zhang", files=files)
    assert sent.status_code == 201, sent.text
    await sites.taken(client, "zhang", sites.punch(made, photo_id=sent.json()["photo_id"]))
