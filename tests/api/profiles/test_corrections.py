"""资料更正: asked for with proof, decided by the region, and nothing of before is lost."""

import asyncio
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.audit.models import AuditLine
from api.files.models import StoredFile
from api.kit.fields import place_of
from api.notices.models import Notice
from api.profiles import merging, rules
from api.profiles.models import ProfileCorrection
from api.profiles.rules import Act, State
from api.training.models import Certificate
from api.workers.models import Worker, WorkerChange, WorkerState
from tests.api.complaints.filed import fine, made, refusal
from tests.api.profiles import world as worlds
from tests.api.profiles.world import OWN, REGION, Site
from tests.api.workers import records
from tests.cast import Client
from tests.specimens import person

NEW_HOME = "样例省样例市新家路8号"


@pytest.fixture
async def site(client: Client) -> Site:
    return await worlds.opened(client)


@given(st.sampled_from(State), st.sampled_from(Act))
def test_what_is_decided_stays_so(state: State, act: Act) -> None:
    to = rules.after(state, act)
    assert (to is None) is (state is not State.PENDING)
    assert to is not State.PENDING


async def test_an_accepted_one_changes_the_record_and_keeps_the_old(site: Site) -> None:
    row = made(await site.ask(field="address", address=NEW_HOME))
    assert (row["state"], row["wanted"]) == ("pending", {"address": NEW_HOME})
    assert row["old"] == {"address": "样例省样例市样例路1号"}
    stored = await ProfileCorrection.get()
    assert NEW_HOME not in stored.wanted.seal(place_of(stored, "wanted"))
    [listed] = fine(await site.client.get(REGION, as_="county"))["items"]
    assert "*" in listed["worker"] and "wanted" not in listed
    opened = fine(await site.client.get(f"{REGION}/{row['id']}", as_="county"))
    assert opened["wanted"] == {"address": NEW_HOME}
    photo = await site.client.get(opened["photo"], as_="county")
    assert (photo.status_code, photo.headers["content-type"]) == (200, "image/jpeg")
    done = fine(await site.decide(row["id"], "accept"))
    assert done["state"] == "accepted"
    worker = await Worker.get(id=site.zhang)
    assert worker.address is not None and worker.address.masked == "样例省样例市****"
    change = await WorkerChange.get(worker_id=site.zhang)
    assert (change.field, change.reason) == ("address", "本人申请更正。")
    assert change.account_id == await site.client.cast.id("county") and change.created_at
    assert change.old is not None and change.old.is_newest
    told = Notice.filter(account_id=await site.client.cast.id("zhang"))
    assert [row.kind for row in await told] == ["worker.corrected"], "told once"
    assert await AuditLine.filter(tag="profile.correction_decided").count() == 1


async def test_a_refusal_says_why(site: Site) -> None:
    row = made(await site.ask(field="name", name="张新样"))
    silent = await site.decide(row["id"], "refuse")
    assert refusal(silent) == (422, "profiles.reason_missing")
    fine(await site.decide(row["id"], "refuse", reason="照片看不清，请重拍"))
    own = fine(await site.client.get(f"{OWN}/corrections/{row['id']}", as_="zhang"))
    assert (own["state"], own["reason"]) == ("refused", "照片看不清，请重拍")
    assert await WorkerChange.all().count() == 0
    assert await Notice.filter(kind="profile.correction_refused").count() == 1
    photo = await StoredFile.get(id=(await ProfileCorrection.get()).photo_id)
    assert photo.delete_after is not None


@pytest.mark.parametrize(
    ("fields", "column", "value"),
    [
        ({"field": "name", "name": "张新样"}, "name", "张*样"),
        ({"field": "nation", "nation": "藏族"}, "nation", "藏"),
        ({"field": "issuer", "issuer": "样例市公安局"}, "issuer", "****"),
        ({"field": "education", "education": "02"}, "education", "02"),
        ({"field": "skill", "skill": "senior"}, "skill", "senior"),
        ({"field": "validity", "valid_from": "2026-01-02", "valid_to": "2046-01-02"}, "valid_to",
         "2046-01-02"),
        ({"field": "validity", "valid_from": "2026-01-02", "for_good": "true"}, "valid_to", "None"),
    ],
)  # fmt: skip
async def test_each_field_can_be_corrected(
    site: Site, fields: dict[str, str], column: str, value: str
) -> None:
    row = made(await site.ask(**fields))
    fine(await site.decide(row["id"], "accept", reason="证件核对无误"))
    found = getattr(await Worker.get(id=site.zhang), column)
    assert str(getattr(found, "masked", found)) == value
    profile = fine(await site.client.get(OWN, as_="zhang"))["basic"]
    if column == "education":
        assert profile["education_name"] == "初中"
    if column == "skill":
        assert profile["skill_name"] == "高级工"


async def test_a_certificate_is_corrected_too(site: Site) -> None:
    certificate = await site.certify(until="2026-12-31")
    ask: dict[str, Any] = {"field": "certificate", "certificate_id": certificate}
    term = {"valid_from": "2025-01-01", "valid_to": "2028-12-31"}
    row = made(await site.ask(**ask, **term))
    assert row["old"] == {"valid_from": "2025-01-01", "valid_to": "2026-12-31"}
    fine(await site.decide(row["id"], "accept"))
    assert (await Certificate.get()).valid_to.isoformat() == "2028-12-31"
    assert await Notice.filter(kind="profile.correction_accepted").count() == 1
    again = await site.ask(field="certificate", certificate_id=str(site.zhang), **term)
    assert refusal(again) == (422, "profiles.nothing_new")


@pytest.mark.parametrize(
    ("fields", "code", "path"),
    [
        ({"field": "nation", "nation": "汉"}, "profiles.nothing_new", "nation"),
        ({"field": "nation"}, "profiles.nothing_new", "nation"),
        ({"field": "validity", "valid_from": "2026-01-02"}, "profiles.nothing_new", "validity"),
        ({"field": "validity", "valid_from": "2026-01-02", "valid_to": "2020-01-01"},
         "profiles.nothing_new", "valid_to"),
        ({"field": "education", "education": "77"}, "request.invalid_fields", "education"),
        ({"field": "phone", "phone": "13900000088"}, "request.invalid_fields", "field"),
    ],
)  # fmt: skip
async def test_what_does_not_fit_is_refused_and_leaves_nothing(
    site: Site, fields: dict[str, str], code: str, path: str
) -> None:
    answer = await site.ask(**fields)
    assert refusal(answer) == (422, code)
    assert path in {each["path"] for each in answer.json()["errors"]}
    assert await ProfileCorrection.all().count() == 0


async def test_without_a_proof_nothing_is_asked(site: Site) -> None:
    path = f"{OWN}/corrections"
    body = {"field": (None, "nation"), "nation": (None, "藏")}
    assert (await site.client.post(path, as_="zhang", files=body)).status_code == 422
    bad = {**body, "proof": ("p.jpg", b"GIF89a", "image/jpeg")}
    answer = await site.client.post(path, as_="zhang", files=bad)
    assert refusal(answer) == (422, "files.bad_photo")


async def test_strangers_and_other_regions_are_kept_out(site: Site) -> None:
    row = made(await site.ask(field="nation", nation="藏"))
    assert refusal(await site.client.get(f"{OWN}/corrections/{row['id']}", as_="li"))[0] == 404
    assert fine(await site.client.get(REGION, as_="neighbour"))["items"] == []
    assert refusal(await site.client.get(f"{REGION}/{row['id']}", as_="neighbour"))[0] == 404
    assert refusal(await site.decide(row["id"], "accept", who="neighbour"))[0] == 404
    assert (await site.client.get(REGION, as_="admin_a")).status_code == 403
    assert refusal(await site.ask("li", field="nation", nation="藏"))[1] == "workers.not_verified"


async def test_one_waits_for_each_field_and_may_be_withdrawn(site: Site) -> None:
    answers = await asyncio.gather(*(site.ask(field="nation", nation="藏") for _ in range(3)))
    assert sorted(each.status_code for each in answers) == [201, 409, 409]
    made(await site.ask(field="skill", skill="junior"))
    [row] = [each.json() for each in answers if each.status_code == 201]
    path = f"{OWN}/corrections/{row['id']}/withdrawal"
    assert fine(await site.client.post(path, as_="zhang"))["state"] == "withdrawn"
    assert refusal(await site.client.post(path, as_="zhang")) == (409, "profiles.wrong_step")
    assert refusal(await site.decide(row["id"], "accept")) == (409, "profiles.wrong_step")
    made(await site.ask(field="nation", nation="彝"))


async def test_of_two_officers_at_once_one_decides(site: Site) -> None:
    row = made(await site.ask(field="nation", nation="藏"))
    answers = await asyncio.gather(
        site.decide(row["id"], "accept", who="county"),
        site.decide(row["id"], "refuse", who="city", reason="材料不全"),
    )
    assert sorted(each.status_code for each in answers) == [200, 409]
    nation = (await Worker.get(id=site.zhang)).nation
    state = (await ProfileCorrection.get()).state
    assert (nation, state) in {("藏", State.ACCEPTED), ("汉", State.REFUSED)}


async def test_a_merge_refuses_what_waits_and_moves_the_rest(site: Site) -> None:
    waiting = made(await site.ask(field="nation", nation="藏"))
    kept = await records.known(person(9))
    gone = await Worker.get(id=site.zhang)
    gone.state, gone.merged_into_id = WorkerState.MERGED, kept.id
    await gone.save()
    await merging.follow(gone.id)
    row = await ProfileCorrection.get(id=waiting["id"])
    assert (row.worker_id, row.state) == (kept.id, State.REFUSED) and "合并" in row.reason
