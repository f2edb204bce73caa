"""The whole way: proposed, told, heard, decided, appealed, published, repaired, expired."""

from typing import Any

import pytest

from api.conduct.models import ConductRecord
from api.workers.models import Worker
from tests.api.attendance import sites
from tests.api.conduct import held
from tests.api.conduct.held import Held, acts, fine, refusal, told
from tests.cast import FIRM_A, FIRM_B, Client


@pytest.fixture
async def world(client: Client) -> Held:
    return await held.opened(client)


async def test_record_review_decision_publish_expire(world: Held) -> None:
    one = await world.propose(photos=("photo_1",))
    assert await told(world.client, "zhang") == ["conduct.proposed"]
    seen = await world.own(one)
    assert (seen["state"], seen["steps"][0]["note"], seen["proposer"]) == (
        "hearing", held.TEXT, "样例劳务有限公司901",
    )  # fmt: skip
    assert (seen["due_on"], seen["days_left"], seen["may"]) == ("2026-12-07", 5, ["answer"])
    photo = await world.client.get(seen["steps"][0]["photos"][0], as_="zhang")
    assert photo.headers["content-type"] == "image/jpeg"
    # Nobody decides before he was heard.
    assert refusal(await world.decide(one)) == (409, "conduct.wrong_step")
    fine(await world.say(one, "answer", photos=("photo_1", "photo_2")))
    assert refusal(await world.say(one, "answer")) == (409, "conduct.wrong_step")
    assert "conduct.answered_region" in await told(world.client, "county")
    assert (await world.region(one))["may"] == ["decide"]
    done = fine(await world.decide(one, months=6))
    assert (done["state"], done["valid_from"], done["valid_to"]) == (
        "upheld", "2026-11-30", "2027-05-29",
    )  # fmt: skip
    assert await world.published() == []
    # Ten working days later it is final, and public.
    await world.go("2026-12-14", "23:00")
    assert await world.published() == []
    await world.go("2026-12-15", "00:10")
    [public] = await world.published()
    assert public == {
        "subject": "worker", "name": "张*例", "kind_name": "替别人打卡", "good": False,
        "level": "general", "project": "天府样例一期", "region_name": "四川省成都市武侯区",
        "valid_from": "2026-11-30", "valid_to": "2027-05-29",
    }  # fmt: skip
    await world.go("2027-05-29", "23:50")
    assert len(await world.published()) == 1
    await world.go("2027-05-30", "00:10")
    assert await world.published() == []
    kept = await world.own(one)
    assert (kept["state"], kept["outcome"], kept["may"]) == ("ended", "expired", [])
    assert acts(kept) == ["proposed", "answered", "upheld", "came_in_force", "expired"]
    assert acts(await world.region(one)) == acts(kept)
    assert await told(world.client, "zhang") == [
        "conduct.proposed", "conduct.upheld", "conduct.in_force", "conduct.expired",
    ]  # fmt: skip


async def test_it_is_not_public_on_the_day_after_even_before_the_clock_ran(world: Held) -> None:
    await world.upheld()
    await world.go("2026-12-15")
    assert len(await world.published()) == 1
    sites.stop(sites.at("2027-05-30", "00:01"))
    assert await world.published() == []


async def test_an_appeal_freezes_publication(world: Held) -> None:
    one = await world.upheld()
    frozen = fine(await world.say(one, "appeal", photos=("photo_1",)))
    assert (frozen["state"], frozen["may"]) == ("appealed", [])
    assert "conduct.appealed_region" in await told(world.client, "city")
    await world.go("2026-12-20")
    assert await world.published() == []
    # The county that decided does not hear it; the city does.
    assert refusal(await world.rule(one, "appeal", True, who="county"))[0] == 404
    assert await world.queue("county", appeals=True) == []
    assert await world.queue("city", appeals=True) == [one]
    lost = fine(await world.rule(one, "appeal", False))
    assert lost["state"] == "in_force"
    assert len(await world.published()) == 1
    assert "conduct.appeal_lost" in await told(world.client, "zhang")
    assert refusal(await world.say(one, "appeal")) == (409, "conduct.wrong_step")


async def test_a_late_appeal_takes_it_off_the_public_list(world: Held) -> None:
    one = await world.upheld()
    await world.go("2027-01-29")
    assert len(await world.published()) == 1
    assert (await world.own(one))["may"] == ["appeal"]
    fine(await world.say(one, "appeal"))
    assert await world.published() == []
    won = fine(await world.rule(one, "appeal", True))
    assert (won["state"], won["outcome"]) == ("ended", "overturned")
    assert await world.published() == []
    assert "conduct.appeal_won" in await told(world.client, "zhang")


async def test_sixty_days_and_not_one_more(world: Held) -> None:
    one = await world.upheld()
    assert (await world.own(one))["appeal_by"] == "2027-01-29"
    await world.go("2027-01-30")
    assert (await world.own(one))["appeal_by"] is None
    assert refusal(await world.say(one, "appeal")) == (409, "conduct.wrong_step")


async def test_a_repair_after_half_of_the_term_ends_it_early(world: Held) -> None:
    one = await world.upheld(months=6)
    row = await world.own(one)
    assert row["repair_from"] == "2027-03-01"
    assert refusal(await world.say(one, "repair")) == (409, "conduct.wrong_step")
    await world.go("2027-02-28")
    assert refusal(await world.say(one, "repair")) == (409, "conduct.too_early")
    await world.go("2027-03-01")
    assert "repair" in (await world.own(one))["may"]
    fine(await world.say(one, "repair", photos=("photo_1",)))
    assert len(await world.published()) == 1
    assert await world.queue(state="repairing") == [one]
    refused = fine(await world.rule(one, "repair", False, who="county"))
    assert (refused["state"], refused["repair_from"]) == ("in_force", "2027-03-31")
    assert refusal(await world.say(one, "repair")) == (409, "conduct.too_early")
    await world.go("2027-03-31")
    fine(await world.say(one, "repair"))
    over = fine(await world.rule(one, "repair", True, who="county"))
    assert (over["state"], over["outcome"]) == ("ended", "repaired")
    assert await world.published() == []
    assert (await told(world.client, "zhang"))[-1] == "conduct.repaired"


async def test_refused_leaves_nothing(world: Held) -> None:
    one = await world.propose()
    fine(await world.say(one, "answer"))
    row = fine(await world.decide(one, decision="refuse"))
    assert (row["state"], row["outcome"], row["valid_to"]) == ("ended", "refused", None)
    assert "conduct.refused" in await told(world.client, "zhang")
    assert await told(world.client, "officer_a") == ["conduct.decided_office"]
    await world.go("2026-12-30")
    assert await world.published() == []


async def test_taken_back_before_anybody_decided(world: Held) -> None:
    one = await world.propose()
    path = f"{held.OFFICE}/{one}/withdrawal"
    body = {"reason": "认错人了。"}
    stranger = await world.client.post(path, as_="admin_b", json=body)
    assert refusal(stranger) == (404, "conduct.no_such_record")
    fine(await world.client.post(path, as_="officer_a", json=body))
    assert (await world.own(one))["outcome"] == "withdrawn"
    again = await world.client.post(path, as_="officer_a", json=body)
    assert refusal(again) == (409, "conduct.wrong_step")


async def test_good_conduct_is_public_at_once(world: Held) -> None:
    one = await world.propose(kind="WG01", text="发现临边没有护栏，马上报告。")
    assert await told(world.client, "zhang") == ["conduct.proposed_good"]
    row = fine(await world.decide(one, level="city", months=12))
    assert (row["state"], row["level"], row["may"]) == ("in_force", "city", [])
    [public] = await world.published()
    assert (public["good"], public["kind_name"]) == (True, "及时报告安全隐患")
    assert (await world.own(one))["may"] == []
    assert refusal(await world.say(one, "appeal")) == (409, "conduct.wrong_step")


async def test_light_conduct_of_a_worker_is_never_public(world: Held) -> None:
    one = await world.propose(kind="WB03")
    fine(await world.say(one, "answer"))
    fine(await world.decide(one))
    await world.go("2026-12-15")
    assert (await world.own(one))["state"] == "in_force"
    assert await world.published() == []


async def test_the_enterprise_proposes_and_never_decides(world: Held) -> None:
    one = await world.propose()
    fine(await world.say(one, "answer"))
    body = {"decision": "uphold", "reason": "我们自己认定"}
    for who in ("officer_a", "admin_a", "manager_a", "zhang"):
        answer = await world.client.post(f"{held.REGION}/{one}/decision", as_=who, json=body)
        assert answer.status_code == 403
    assert (await world.office(one))["may"] == ["withdraw"]
    assert (await world.row(one)).state.value == "to_decide"


async def test_who_proposed_does_not_read_what_he_answered(world: Held) -> None:
    one = await world.propose()
    fine(await world.say(one, "answer", photos=("photo_1",)))
    answered = (await world.office(one))["steps"][-1]
    assert (answered["act"], answered["note"], answered["photos"]) == ("answered", "", [])
    answered = (await world.region(one))["steps"][-1]
    assert answered["note"] == "不是这样的，当时我不在。" and len(answered["photos"]) == 1


async def test_strangers_see_nothing(world: Held) -> None:
    one = await world.propose()
    for path, who in ((held.OWN, "li"), (held.OFFICE, "admin_b"), (held.REGION, "neighbour")):
        answer = await world.client.get(f"{path}/{one}", as_=who)
        assert refusal(answer) == (404, "conduct.no_such_record")
    assert await world.queue("neighbour") == []
    assert fine(await world.client.get(held.OWN, as_="li"))["items"] == []


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"kind": "EB02"}, "conduct.wrong_kind"),
        ({"kind": "WB99"}, "conduct.wrong_kind"),
        ({"kind": "TB01"}, "conduct.unknown_subject"),
        ({"subject_id": str(FIRM_B)}, "conduct.unknown_subject"),
        ({"kind": "EG01", "subject_id": str(FIRM_A)}, "conduct.unknown_subject"),
        ({"kind": "EG01", "subject_id": str(FIRM_B)}, "conduct.unknown_subject"),
        ({"happened_on": "2026-12-01"}, "request.invalid_fields"),
        ({"text": ""}, "request.invalid_fields"),
    ],
)
async def test_what_cannot_be_proposed(world: Held, changed: dict[str, Any], code: str) -> None:
    assert refusal(await world.send(**changed)) == (422, code)
    assert await ConductRecord.all().count() == 0


async def test_only_its_own_people_and_project(world: Held) -> None:
    li = await sites.worker_id(world.client, "li")
    assert refusal(await world.send(subject_id=li)) == (422, "conduct.unknown_subject")
    assert refusal(await world.send(who="admin_b")) == (404, "projects.no_such_project")
    await held.with_firm_b(world)
    # A subcontractor names its own people alone.
    assert refusal(await world.send(who="admin_b")) == (422, "conduct.unknown_subject")
    await sites.enter(li, world.project_id, enterprise_id=FIRM_B)
    assert (await world.send(who="admin_b", subject_id=li)).status_code == 201
    assert (await world.send(subject_id=li)).status_code == 201


async def test_whom_nobody_can_tell_nobody_can_accuse(world: Held) -> None:
    await Worker.filter(id=world.zhang).update(account_id=None)
    assert refusal(await world.send()) == (409, "conduct.cannot_be_told")
