"""Evaluations: given by name, read, contested, kept, taken back; the score and a look at it."""

import asyncio
from typing import Any

import httpx
import pytest

from api.conduct import merging
from api.conduct.models import ConductRecord, Evaluation
from api.workers.models import Worker, WorkerState
from tests.api.attendance import sites
from tests.api.conduct import held
from tests.api.conduct.held import Held, fine, refusal
from tests.cast import FIRM_A, Client

OFFICE, OWN = "/api/v1/enterprise/evaluations", "/api/v1/me/evaluations"
REVIEWS, MINE = "/api/v1/regulator/score-reviews", f"{held.OWN}/score/reviews"
GOOD = {"quality": 5, "safety": 4, "teamwork": 5}
POOR = {"quality": 1, "safety": 2, "teamwork": 1}


@pytest.fixture
async def world(client: Client) -> Held:
    return await held.opened(client)


async def give(world: Held, who: str = "officer_a", **changed: Any) -> httpx.Response:
    body = {
        "project_id": world.project_id, "subject": "worker", "subject_id": str(world.zhang),
        "month": "2026-11", "text": "绑扎质量好，按时收工具。", **GOOD, **changed,
    }  # fmt: skip
    return await world.client.post(OFFICE, as_=who, json=body)


async def given(world: Held, **changed: Any) -> str:
    """The id of an evaluation of Zhang."""
    answer = await give(world, **changed)
    assert answer.status_code == 204, answer.text
    return str((await Evaluation.all().order_by("-id").first()).id)  # type: ignore[union-attr]


async def mine(world: Held, who: str = "zhang") -> list[dict[str, Any]]:
    return list(fine(await world.client.get(OWN, as_=who))["items"])


async def contest(world: Held, one: str, who: str = "zhang") -> httpx.Response:
    body = {"text": "那几天我请假了。"}
    return await world.client.post(f"{OWN}/{one}/contest", as_=who, json=body)


async def settle(world: Held, one: str, decision: str, who: str = "officer_a") -> httpx.Response:
    body = {"decision": decision, "reason": "核对过了。"}
    return await world.client.post(f"{OFFICE}/{one}/settlement", as_=who, json=body)


async def test_he_reads_who_said_what_and_why(world: Held) -> None:
    await given(world)
    [row] = await mine(world)
    assert (row["enterprise"], row["text"], row["quality"], row["may"]) == (
        "样例劳务有限公司901", "绑扎质量好，按时收工具。", 5, ["contest"],
    )  # fmt: skip
    assert await mine(world, "li") == []
    listed = fine(await world.client.get(OFFICE, as_="manager_a"))["items"]
    assert [each["name"] for each in listed] == ["张*例"]
    assert fine(await world.client.get(OFFICE, as_="admin_b"))["items"] == []


async def test_one_for_each_month_until_it_is_taken_back(world: Held) -> None:
    one = await given(world)
    assert refusal(await give(world)) == (409, "conduct.already_evaluated")
    await given(world, month="2026-10")
    assert (await settle(world, one, "withdraw")).status_code == 204
    await given(world)
    both = await asyncio.gather(give(world, month="2026-09"), give(world, month="2026-09"))
    assert sorted(answer.status_code for answer in both) == [204, 409]


async def test_contested_it_does_not_count_until_it_is_kept(world: Held) -> None:
    one = await given(world, **POOR)
    assert (await world.score())["score"] == 72
    assert refusal(await contest(world, one, "li")) == (404, "conduct.no_such_evaluation")
    assert (await contest(world, one)).status_code == 204
    assert refusal(await contest(world, one)) == (409, "conduct.wrong_step")
    assert (await world.score())["score"] == 80
    assert refusal(await settle(world, one, "keep", "admin_b"))[0] == 404
    assert (await settle(world, one, "keep")).status_code == 204
    [row] = await mine(world)
    assert (row["state"], row["said"], row["answer"]) == ("kept", "那几天我请假了。", "核对过了。")
    assert (await world.score())["score"] == 72
    assert refusal(await settle(world, one, "keep")) == (409, "conduct.wrong_step")
    assert (await settle(world, one, "withdraw")).status_code == 204
    assert (await world.score())["score"] == 80


@pytest.mark.parametrize(
    "changed",
    [{"month": "2026-12"}, {"month": "2026-13"}, {"quality": 6}, {"text": " "}, {"safety": 0}],
)
async def test_what_cannot_be_said(world: Held, changed: dict[str, Any]) -> None:
    assert refusal(await give(world, **changed)) == (422, "request.invalid_fields")


async def test_only_its_own_people(world: Held) -> None:
    li = str(await sites.worker_id(world.client, "li"))
    assert refusal(await give(world, subject_id=li)) == (422, "conduct.unknown_subject")
    assert (await give(world, who="admin_b")).status_code == 404


async def test_after_twelve_months_nothing_of_it_is_left(world: Held) -> None:
    await given(world, **POOR)
    await world.go("2027-10-31")
    assert (await world.score())["score"] == 72
    await world.go("2027-11-01")
    assert await mine(world) == []
    assert (await world.score())["score"] == 80


async def test_the_score_says_every_reason(world: Held) -> None:
    await given(world)
    good = await world.propose(kind="WG02")
    fine(await world.decide(good))
    bad = await world.upheld()
    # Not final, it does not count.
    assert [each["why"] for each in (await world.score())["reasons"]] == ["record", "evaluations"]
    await world.go("2026-12-15")
    found = await world.score()
    assert found["reasons"] == [
        {"why": "record", "name": "替别人打卡", "count": 1, "record_id": bad, "points": -15},
        {"why": "record", "name": "抢险救人", "count": 1, "record_id": good, "points": 6},
        {"why": "evaluations", "name": "", "count": 1, "record_id": None, "points": 8},
    ]
    assert found["score"] == found["base"] - 15 + 6 + 8
    path = f"{held.REGION}/{bad}/score"
    assert fine(await world.client.get(path, as_="county"))["score"] == found["score"]
    assert refusal(await world.client.get(path, as_="neighbour"))[0] == 404
    fine(await world.say(bad, "appeal"))
    assert (await world.score())["score"] == found["score"] + 15


async def test_a_person_looks_at_it_on_request(world: Held) -> None:
    asked = await world.client.post(MINE, as_="zhang", json={"text": "分太低了，请看看。"})
    assert asked.status_code == 201 and asked.json()["may_ask"] is False
    again = await world.client.post(MINE, as_="zhang", json={"text": "快一点"})
    assert refusal(again) == (409, "conduct.already_asked")
    assert fine(await world.client.get(REVIEWS, as_="neighbour"))["items"] == []
    [row] = fine(await world.client.get(REVIEWS, as_="county"))["items"]
    assert (row["name"], row["text"]) == ("张*例", "分太低了，请看看。")
    path, body = f"{REVIEWS}/{row['id']}/answer", {"answer": "漏记一次表扬，补上。", "points": 5}
    assert refusal(await world.client.post(path, as_="neighbour", json=body))[0] == 404
    worse = await world.client.post(path, as_="county", json={**body, "points": -5})
    assert worse.status_code == 422
    assert (await world.client.post(path, as_="county", json=body)).status_code == 204
    assert refusal(await world.client.post(path, as_="county", json=body))[0] == 404
    found = await world.score()
    assert (found["score"], found["may_ask"]) == (85, True)
    assert found["reviews"][0]["answer"] == "漏记一次表扬，补上。"
    assert fine(await world.client.get(REVIEWS, as_="county"))["items"] == []
    await world.go("2027-12-01")
    assert (await world.score())["score"] == 80


async def test_two_records_were_one_person(world: Held) -> None:
    """What was said of both is the kept one's; of two evaluations of a month his own stays."""
    li = await sites.worker_id(world.client, "li")
    await sites.enter(li, world.project_id, enterprise_id=FIRM_A)
    await given(world)
    await given(world, subject_id=str(li), **POOR)
    await given(world, subject_id=str(li), month="2026-10")
    one = await world.propose(subject_id=li)
    await Worker.filter(id=li).update(state=WorkerState.MERGED, merged_into_id=world.zhang)
    await merging.follow(li)
    await merging.follow(li)
    assert (await ConductRecord.get(id=one)).worker_id == world.zhang
    assert one in [
        each["id"] for each in fine(await world.client.get(held.OWN, as_="zhang"))["items"]
    ]
    states = {(row["month"], row["quality"]): row["state"] for row in await mine(world)}
    assert states == {
        ("2026-11", 5): "given", ("2026-11", 1): "withdrawn", ("2026-10", 5): "given",
    }  # fmt: skip
