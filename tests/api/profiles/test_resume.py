"""职业履历: whoever has the code reads what its owner chose, until he hides it."""

import asyncio
from typing import Any

import pytest

from api.audit.models import AuditLine
from api.profiles import merging
from api.profiles.models import Resume
from api.profiles.rules import Part
from api.workers.models import CodeState, Worker, WorkerState
from tests.api.complaints.filed import fine, refusal
from tests.api.profiles import world as worlds
from tests.api.profiles.world import Site
from tests.api.workers import records
from tests.cast import Client
from tests.specimens import person

OWN, PDF = "/api/v1/me/resume", "/api/v1/me/resume/pdf"
ALL = [part.value for part in Part]


@pytest.fixture
async def site(client: Client) -> Site:
    made = await worlds.opened(client)
    await made.certify(until="2027-11-30")
    return made


async def show(site: Site, *parts: str, **more: Any) -> str:
    """Let it be read; its address in the API."""
    shown = fine(await site.client.put(OWN, as_="zhang", json={"parts": list(parts), **more}))
    return f"/api/v1/resumes/{shown['url'].rpartition('/')[2]}"


async def test_nobody_reads_it_before_it_is_shown(site: Site) -> None:
    own = fine(await site.client.get(OWN, as_="zhang"))
    assert own["url"] is None and own["parts"] == ALL
    assert refusal(await site.client.get(PDF, as_="zhang")) == (404, "profiles.no_resume")
    for code in ("nowhere", "a b", "x" * 40):
        answer = await site.client.get(f"/api/v1/resumes/{code}")
        assert answer.status_code == 404


async def test_everything_that_was_chosen_is_read_by_everybody(site: Site) -> None:
    address = await show(site, *ALL)
    for who in (None, "admin_b", "county", "li"):
        found = fine(await site.client.get(address, as_=who))
    assert found["worker"] == "张*例" and found["verified"] is True
    [line] = found["periods"]
    assert line["project"] and line["enterprise"] and line["trade_name"]
    assert line["days"] == 0 and line["left_on"] is None
    assert [each["valid"] for each in found["certificates"]] == [True]
    assert "id" not in line and "id_number" not in str(found)


@pytest.mark.parametrize("part", ALL)
async def test_what_was_not_chosen_is_not_there(site: Site, part: str) -> None:
    found = fine(await site.client.get(await show(site, part)))
    shown = {
        "projects": any(each["project"] for each in found["periods"]),
        "employers": any(each["enterprise"] for each in found["periods"]),
        "trades": any(each["trade_name"] for each in found["periods"]),
        "days": any(each["days"] is not None for each in found["periods"]),
        "certificates": bool(found["certificates"]),
    }
    assert {name for name, there in shown.items() if there} == {part} - {"training"}
    assert found["parts"] == [part]


async def test_hidden_at_once_and_a_new_code_is_another_one(site: Site) -> None:
    first = await show(site, *ALL)
    second = await show(site, "projects")
    assert first != second
    assert refusal(await site.client.get(first)) == (404, "profiles.no_resume")
    fine(await site.client.get(second))
    assert (await site.client.delete(OWN, as_="zhang")).status_code == 204
    assert refusal(await site.client.get(second)) == (404, "profiles.no_resume")
    assert (await site.client.delete(OWN, as_="zhang")).status_code == 204
    assert await AuditLine.filter(tag="resume.hidden").count() == 1


async def test_its_time_is_over(site: Site) -> None:
    address = await show(site, *ALL, days=7)
    await site.go("2026-12-07", "08:59")
    fine(await site.client.get(address))
    await site.go("2026-12-07", "10:01")
    assert refusal(await site.client.get(address)) == (404, "profiles.no_resume")
    assert fine(await site.client.get(OWN, as_="zhang"))["url"] is None


async def test_it_says_when_the_code_counts_no_more(site: Site) -> None:
    address = await show(site, "projects")
    await Worker.filter(id=site.zhang).update(code_state=CodeState.FROZEN)
    assert fine(await site.client.get(address))["verified"] is False


@pytest.mark.parametrize("body", [{"parts": []}, {"parts": ["wages"]}, {"parts": ALL, "days": 365}])
async def test_what_does_not_fit_is_refused(site: Site, body: dict[str, Any]) -> None:
    assert (await site.client.put(OWN, as_="zhang", json=body)).status_code == 422
    assert refusal(await site.client.put(OWN, as_="li", json={"parts": ALL}))[0] in (403, 409)


async def test_two_taps_leave_one_code(site: Site) -> None:
    found = await asyncio.gather(*(show(site, *ALL) for _ in range(3)))
    read = {each for each in found if (await site.client.get(each)).status_code == 200}
    assert len(read) == 1 and await Resume.all().count() == 1


async def test_the_sheet_carries_his_name_and_leaves_a_line(site: Site) -> None:
    await show(site, *ALL)
    sheet = await site.client.get(PDF, as_="zhang")
    assert sheet.headers["content-type"] == "application/pdf" and sheet.content[:5] == b"%PDF-"
    assert await AuditLine.filter(tag="personal.revealed", account_id__isnull=False).count() >= 1


async def test_who_left_the_company_keeps_his_record_and_a_merge_ends_the_code(
    site: Site,
) -> None:
    path = "/api/v1/enterprise/engagements"
    [row] = fine(await site.client.get(path, as_="officer_a"))["items"]
    leave = f"/api/v1/enterprise/projects/{site.project_id}/engagements/{row['id']}/exit"
    fine(await site.client.post(leave, as_="officer_a", json={"settled": True}))
    address = await show(site, *ALL)
    assert fine(await site.client.get(address))["periods"][0]["left_on"] == "2026-11-30"
    kept = await records.known(person(9))
    gone = await Worker.get(id=site.zhang)
    gone.state, gone.merged_into_id = WorkerState.MERGED, kept.id
    await gone.save()
    await merging.follow(gone.id)
    assert refusal(await site.client.get(address))[0] == 404
