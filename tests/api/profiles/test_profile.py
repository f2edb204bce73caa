"""个人信息: one record, masked; the look behind the mask needs a fresh proof."""

import re

import pytest

from api.audit.models import AuditLine
from api.kit import clock
from api.training.models import Certificate
from api.workers.models import Worker
from tests.api.attendance import sites
from tests.api.complaints.filed import fine, refusal
from tests.api.profiles import world as worlds
from tests.api.profiles.world import OWN, Site
from tests.cast import Client
from tests.h5.counting import counted

MOST = 24
"""Statements of the whole record, however much there is of it."""


@pytest.fixture
async def site(client: Client) -> Site:
    return await worlds.opened(client)


async def test_the_record_is_whole_and_masked(site: Site) -> None:
    await sites.worked(site.client, "zhang", site.project_id, "2026-11-30")
    await site.go("2026-12-01")
    [day] = await site.days()
    await site.confirm(day)
    found = fine(await site.client.get(OWN, as_="zhang"))
    basic = found["basic"]
    assert re.fullmatch(r"\d{4}\*{10}\w{4}", basic["id_number"]) and "*" in basic["name"]
    assert (basic["education"], basic["skill"], basic["document_over"]) == ("", "", False)
    [period] = found["work"]["periods"]
    assert (period["project"]["id"], period["days"], period["units"]) == (site.project_id, 1, "1.0")
    work = found["work"]
    assert (work["projects"], work["employers"], work["days"]) == (1, 1, 1)
    assert [each["id"] for each in found["insurance"]["uninsured"]] == [site.project_id]
    assert found["cards"] == {"active_id": None, "items": []}


async def test_what_is_over_is_marked(site: Site) -> None:
    zhang = await Worker.get(id=site.zhang)
    zhang.valid_to = clock.today().replace(day=29)
    await zhang.save()
    await site.certify(until="2026-11-29")
    await site.certify(until="2026-11-30")
    found = fine(await site.client.get(OWN, as_="zhang"))
    assert found["basic"]["document_over"] is True
    marks = {each["valid_to"]: each["valid"] for each in found["qualifications"]["certificates"]}
    assert marks == {"2026-11-29": False, "2026-11-30": True}
    assert await Certificate.all().count() == 2


async def test_who_is_nobody_yet_has_an_empty_record(client: Client) -> None:
    found = fine(await client.get(OWN, as_="li"))
    assert found["basic"] is None and found["work"]["periods"] == []


async def test_the_mask_falls_for_a_fresh_proof_alone(site: Site) -> None:
    path = f"{OWN}/reveals"
    answer = await site.client.post(path, as_="zhang")
    assert refusal(answer) == (403, "auth.reauthentication_required")
    await site.client.cast.sudo("zhang")
    opened = fine(await site.client.post(path, as_="zhang"))
    assert re.fullmatch(r"\d{17}[\dX]", opened["id_number"]) and opened["name"] == "张样例"
    assert await AuditLine.filter(tag="profile.revealed").count() == 1
    assert await AuditLine.filter(tag="personal.revealed").count() >= 2
    again = fine(await site.client.get(OWN, as_="zhang"))
    assert opened["id_number"] not in str(again)


async def test_the_record_costs_the_same_however_long_the_career(site: Site) -> None:
    async def record() -> int:
        with counted() as statements:
            fine(await site.client.get(OWN, as_="zhang"))
        return len(statements)

    first = await record()
    other = await sites.second_site(site.client)
    await sites.enter(site.zhang, other)
    await site.certify(until="2027-11-30")
    await site.certify(until="2028-11-30")
    assert await record() <= first + 1 <= MOST
