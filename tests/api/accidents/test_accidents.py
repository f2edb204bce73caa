"""事故: whom to call, what happened to whom, and who may read it."""

import asyncio
from typing import Any
from uuid import UUID

import httpx
import pytest

from api.accidents import merging
from api.accidents.models import Accident, AccidentStep, EmergencyContact
from api.audit.models import AuditLine
from api.engagements.models import Engagement
from api.kit.fields import place_of
from api.notices.models import Notice
from api.workers.models import Worker, WorkerState
from tests.api.attendance import sites
from tests.api.complaints.filed import fine, made, refusal
from tests.api.profiles import world as worlds
from tests.api.profiles.profiled import CONTACT, RELATIVE, said
from tests.api.profiles.world import Site
from tests.api.projects import sites as projects
from tests.api.teams import people
from tests.cast import Client
from tests.specimens import person

OWN, CONTACTS = "/api/v1/me/accidents", "/api/v1/me/emergency-contacts"
OFFICE, REGION = "/api/v1/enterprise/accidents", "/api/v1/regulator/accidents"
PHOTO = ("p.jpg", sites.photo(), "image/jpeg")


@pytest.fixture
async def site(client: Client) -> Site:
    return await worlds.opened(client)


async def report(site: Site, who: str = "zhang", **more: Any) -> httpx.Response:
    form = said(**{"project_id": site.project_id, **more})
    return await site.client.post(OWN, as_=who, **form)


async def answer(site: Site, row: str, act: str, who: str = "admin_a", **more: Any) -> Any:
    body = {"act": act, "note": "已送医院，拍了片子。", **more}
    return await site.client.post(f"{OFFICE}/{row}/answers", as_=who, json=body)


async def told(site: Site, who: str) -> list[str]:
    rows = Notice.filter(account_id=await site.client.cast.id(who), kind__startswith="accident.")
    return [str(each) for each in await rows.order_by("id").values_list("kind", flat=True)]


async def test_contacts_are_masked_sealed_and_replaced(site: Site) -> None:
    client = site.client
    fine(await client.put(f"{CONTACTS}/first", as_="zhang", json=CONTACT))
    found = fine(await client.get(CONTACTS, as_="zhang"))["items"]
    assert [(each["place"], each["relation"]) for each in found] == [(1, "spouse")]
    assert "*" in found[0]["name"] and "****" in found[0]["phone"]
    row = await EmergencyContact.get()
    assert RELATIVE.phone not in row.phone.seal(place_of(row, "phone"))
    other = {**CONTACT, "phone": person(63).phone, "relation": "child"}
    fine(await client.put(f"{CONTACTS}/first", as_="zhang", json=other))
    fine(await client.put(f"{CONTACTS}/second", as_="zhang", json=CONTACT))
    assert await EmergencyContact.all().count() == 2
    assert (await client.delete(f"{CONTACTS}/first", as_="zhang")).status_code == 204
    gone = await client.delete(f"{CONTACTS}/first", as_="zhang")
    assert refusal(gone) == (404, "accidents.no_such_contact")
    bad = await client.put(f"{CONTACTS}/first", as_="zhang", json={**CONTACT, "phone": "123"})
    assert bad.status_code == 422 and "123" not in bad.text


async def test_one_key_leads_to_numbers_that_can_be_dialled(site: Site) -> None:
    client = site.client
    alone = fine(await client.get("/api/v1/me/emergency", as_="zhang"))
    assert [each["who"] for each in alone["calls"]] == ["ambulance"]
    assert alone["calls"][0]["phone"] == "120" and alone["site"]
    for post, phone in (("1", "13900000097"), ("8", "13900000098")):
        body = {**projects.post(post), "phone": phone}
        projects.made(await projects.sent(client, f"{site.project_id}/posts", body))
    fine(await client.put(f"{CONTACTS}/first", as_="zhang", json=CONTACT))
    found = fine(await client.get("/api/v1/me/emergency", as_="zhang"))["calls"]
    assert [(each["who"], each["phone"]) for each in found] == [
        ("ambulance", "120"), ("safety", "13900000098"), ("contact", RELATIVE.phone),
    ]  # fmt: skip
    opened = [line.facts["purpose"] for line in await AuditLine.filter(tag="personal.revealed")]
    assert opened.count("emergency") == 2
    nobody = fine(await client.get("/api/v1/me/emergency", as_="li"))
    assert (nobody["site"], len(nobody["calls"])) == ("", 1)


async def test_he_reports_and_reads_every_step(site: Site) -> None:
    form = said(project_id=site.project_id, happened_at="15:20")
    form["files"]["photo_1"] = PHOTO
    row = made(await site.client.post(OWN, as_="zhang", **form))
    assert (row["state"], row["side"]) == ("reported", "worker")
    assert (row["employer_due_on"], row["worker_due_on"]) == ("2026-12-30", "2027-11-30")
    assert (row["employer_days_left"], row["worker_days_left"]) == (30, 365)
    assert await told(site, "admin_a") == ["accident.reported_office"]
    assert await told(site, "county") == [] and await told(site, "zhang") == []
    stored = await Accident.get()
    assert "梯子" not in stored.text.seal(place_of(stored, "text"))
    whole = fine(await site.client.get(f"{OWN}/{row['id']}", as_="zhang"))
    assert (whole["spot"], whole["told"], len(whole["photos"])) == ("三号楼二层", ["leader"], 1)
    assert whole["may"] == ["claimed"] and [s["act"] for s in whole["steps"]] == ["reported"]
    office = fine(await site.client.get(f"{OFFICE}/{row['id']}", as_="officer_a"))
    assert office["may"] == ["handled", "insurer_told", "claimed"]
    assert office["text"] == "从梯子上滑下来，脚扭了。"


async def test_a_grave_one_reaches_the_authority_at_once(site: Site) -> None:
    row = made(await report(site, harm="serious"))
    assert await told(site, "county") == ["accident.reported_region"]
    [listed] = fine(await site.client.get(REGION, as_="county"))["items"]
    assert listed["id"] == row["id"] and "*" in listed["worker"]
    assert fine(await site.client.get(REGION, as_="neighbour"))["items"] == []
    for path, who in ((REGION, "neighbour"), (OFFICE, "admin_b"), (OWN, "li")):
        answer = await site.client.get(f"{path}/{row['id']}", as_=who)
        assert refusal(answer) == (404, "accidents.no_such_accident")


async def test_the_leader_reports_for_a_member(site: Site) -> None:
    client = site.client
    await sites.verified(client, "leader")
    team = await people.team(client)
    await people.joined(client, team["id"], "zhang")
    member = await people.member_id(client, team["id"])
    by = {"team_id": team["id"], "member_id": member}
    row = made(await report(site, "leader", **by))
    assert row["side"] == "leader" and (await Accident.get()).worker_id == site.zhang
    assert await told(site, "zhang") == ["accident.reported"]
    fine(await client.get(f"{OWN}/{row['id']}", as_="zhang"))
    assert refusal(await client.get(f"{OWN}/{row['id']}", as_="leader"))[0] == 404
    assert refusal(await report(site, "zhang", **by))[1] == "teams.not_leader"
    assert refusal(await report(site, "li", **by))[0] == 404
    nobody = await report(site, "leader", team_id=team["id"])
    assert refusal(nobody) == (422, "accidents.not_there")


async def test_the_enterprise_reports_for_its_worker(site: Site) -> None:
    period = await Engagement.get(worker_id=site.zhang)
    form = said(engagement_id=period.id)
    row = made(await site.client.post(OFFICE, as_="manager_a", **form))
    assert row["side"] == "enterprise" and await told(site, "zhang") == ["accident.reported"]
    assert "accident.reported_office" not in await told(site, "manager_a")
    form = said(engagement_id=period.id)
    assert refusal(await site.client.post(OFFICE, as_="admin_b", **form))[0] == 404


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"happened_on": "2026-12-01"}, "accidents.in_future"),
        ({"happened_on": "2026-06-01"}, "accidents.not_there"),
        ({"project_id": str(UUID(int=7))}, "accidents.not_there"),
        ({"harm": "tired"}, "request.invalid_fields"),
        ({"happened_at": "25:00"}, "request.invalid_fields"),
        ({"text": None}, "request.invalid_fields"),
    ],
)
async def test_what_does_not_fit_is_refused_and_leaves_nothing(
    site: Site, changed: dict[str, Any], code: str
) -> None:
    assert refusal(await report(site, **changed)) == (422, code)
    assert await Accident.all().count() == 0


async def test_handled_claimed_and_closed(site: Site) -> None:
    row = str(made(await report(site))["id"])
    assert refusal(await answer(site, row, "closed")) == (409, "accidents.wrong_step")
    assert fine(await answer(site, row, "handled"))["state"] == "handled"
    assert fine(await answer(site, row, "insurer_told"))["insurer_told_on"] == "2026-11-30"
    claimed = fine(await answer(site, row, "claimed", number="认2026-1"))
    assert (claimed["claim_number"], claimed["claimed_by"]) == ("认2026-1", "enterprise")
    assert (claimed["employer_days_left"], claimed["worker_days_left"]) == (None, None)
    assert refusal(await answer(site, row, "claimed"))[0] == 409
    assert fine(await answer(site, row, "closed"))["state"] == "closed"
    assert refusal(await answer(site, row, "handled"))[0] == 409
    assert await told(site, "zhang") == [
        "accident.handled", "accident.insurer_told", "accident.claimed", "accident.closed",
    ]  # fmt: skip
    assert refusal(await answer(site, row, "handled", who="admin_b"))[0] == 404


async def test_he_claims_himself_also_after_it_was_closed(site: Site) -> None:
    row = str(made(await report(site))["id"])
    fine(await answer(site, row, "handled"))
    fine(await answer(site, row, "closed"))
    claimed = fine(await site.client.post(f"{OWN}/{row}/claim", as_="zhang", json={}))
    assert (claimed["claimed_by"], claimed["may"]) == ("worker", [])
    assert "accident.claimed_office" in await told(site, "officer_a")
    again = await site.client.post(f"{OWN}/{row}/claim", as_="zhang", json={})
    assert refusal(again) == (409, "accidents.wrong_step")


async def test_of_two_claims_at_once_one_counts(site: Site) -> None:
    row = str(made(await report(site))["id"])
    answers = await asyncio.gather(
        answer(site, row, "claimed"),
        site.client.post(f"{OWN}/{row}/claim", as_="zhang", json={}),
    )
    assert sorted(each.status_code for each in answers) == [200, 409]
    assert await AccidentStep.filter(act="claimed").count() == 1


async def test_contacts_are_opened_on_record(site: Site) -> None:
    fine(await site.client.put(f"{CONTACTS}/first", as_="zhang", json=CONTACT))
    row = str(made(await report(site))["id"])
    path = f"{OFFICE}/{row}/contact-reveals"
    opened = fine(await site.client.post(path, as_="officer_a", json={"reason": "联系家属来医院"}))
    assert opened["items"] == [
        {"name": RELATIVE.name, "phone": RELATIVE.phone, "relation": "spouse"}
    ]
    assert await AuditLine.filter(tag="accident.contact_opened").count() == 1
    own = fine(await site.client.get(f"{OWN}/{row}", as_="zhang"))
    assert own["steps"][-1]["act"] == "contact_opened"
    assert own["steps"][-1]["note"] == "联系家属来医院"
    assert await told(site, "zhang") == ["accident.contact_opened"]
    other = await site.client.post(path, as_="admin_b", json={"reason": "看看"})
    assert refusal(other)[0] == 404 and RELATIVE.phone not in other.text


async def test_steps_only_grow(site: Site) -> None:
    made(await report(site))
    with pytest.raises(Exception, match="append-only"):
        await AccidentStep.all().update(act="closed")
    with pytest.raises(Exception, match="append-only"):
        await AccidentStep.all().delete()


async def test_accidents_and_contacts_follow_a_merge(site: Site) -> None:
    made(await report(site))
    fine(await site.client.put(f"{CONTACTS}/first", as_="zhang", json=CONTACT))
    kept = await sites.verified(site.client, "li")
    gone = await Worker.get(id=site.zhang)
    gone.state, gone.merged_into_id = WorkerState.MERGED, kept
    await gone.save()
    await merging.follow(gone.id)
    assert await Accident.filter(worker_id=kept).count() == 1
    contact = await EmergencyContact.get(worker_id=kept)
    assert contact.phone.masked == RELATIVE.phone[:3] + "****" + RELATIVE.phone[-4:]
