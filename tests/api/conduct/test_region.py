"""The authority: two persons, one level up, its queues, its own proposals, levels and terms."""

import asyncio
from typing import Any

import pytest

from api.conduct import watching
from api.engagements.models import Engagement
from tests.api.attendance import sites
from tests.api.conduct import held
from tests.api.conduct.held import Held, acts, fine, made, refusal, told
from tests.api.teams import people
from tests.cast import FIRM_A, FIRM_B, Client


@pytest.fixture
async def world(client: Client) -> Held:
    return await held.opened(client)


async def test_a_regulator_proposes_on_an_enterprise_and_a_colleague_decides(world: Held) -> None:
    one = await world.propose("county", kind="EB02", subject_id=FIRM_A)
    assert await told(world.client, "admin_a") == ["conduct.proposed"]
    assert await told(world.client, "manager_a") == []
    [row] = fine(await world.client.get(held.OFFICE, as_="manager_a", params={"about": "us"}))[
        "items"
    ]
    assert (row["id"], row["proposer"]) == (one, "")
    # The manager reads it; the administrator and the wage officer answer.
    assert (await world.office(one, "manager_a"))["may"] == []
    denied = await world.say(one, "answer", who="manager_a")
    assert denied.status_code == 403
    assert (await world.office(one, "admin_a"))["may"] == ["answer"]
    fine(await world.say(one, "answer", who="admin_a"))
    assert refusal(await world.decide(one)) == (409, "conduct.second_person")
    assert (await world.region(one))["may"] == []
    done = fine(await world.decide(one, who="city"))
    assert (done["level"], done["valid_to"]) == ("serious", "2029-11-29")
    # The city decided, so the province hears the appeal.
    fine(await world.say(one, "appeal", who="admin_a"))
    assert refusal(await world.rule(one, "appeal", True, who="city"))[0] == 404
    fine(await world.rule(one, "appeal", False, who="province"))
    [public] = await world.published(subject="enterprise")
    assert public["name"] == "样例劳务有限公司901"
    assert (await world.office(one, "admin_a"))["office"] == "四川省成都市"


async def test_who_decided_does_not_hear_the_appeal(world: Held) -> None:
    one = await world.propose()
    fine(await world.say(one, "answer"))
    fine(await world.decide(one, who="province"))
    fine(await world.say(one, "appeal"))
    # The province has nobody above it here: a colleague must do it.
    assert refusal(await world.rule(one, "appeal", True, who="province")) == (
        409, "conduct.second_person",
    )  # fmt: skip
    assert (await world.region(one, "province"))["may"] == []


async def test_good_conduct_of_another_enterprise(world: Held) -> None:
    await held.with_firm_b(world)
    one = await world.propose(kind="EG01", subject_id=FIRM_B)
    assert await told(world.client, "admin_b") == ["conduct.proposed_good"]
    fine(await world.decide(one))
    assert [each["name"] for each in await world.published()] == ["样例劳务有限公司902"]
    refused = await world.send(kind="EB02", subject_id=FIRM_B)
    assert refusal(refused) == (422, "conduct.wrong_kind")


async def test_a_team_is_heard_through_its_leader(world: Held) -> None:
    await people.worker(world.client, "leader")
    team = await people.team(world.client)
    path = {"kind": "TB01", "subject_id": team["id"]}
    assert refusal(await world.send(**path)) == (422, "conduct.unknown_subject")
    await Engagement.filter(worker_id=world.zhang).update(team_id=team["id"])
    one = await world.propose(**path)
    assert await told(world.client, "leader") == ["conduct.proposed"]
    assert await told(world.client, "zhang") == []
    assert (await world.own(one, "leader"))["name"] == "样例钢筋班"
    assert refusal(await world.client.get(f"{held.OWN}/{one}", as_="zhang"))[0] == 404
    fine(await world.say(one, "answer", who="leader"))
    fine(await world.decide(one))
    await world.go("2026-12-15")
    assert [each["name"] for each in await world.published(subject="team")] == ["样例钢筋班"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"level": "light", "months": 7}, "conduct.bad_term"),
        ({"level": "general", "months": 2}, "conduct.bad_term"),
        ({"level": "serious", "months": 3}, "conduct.bad_term"),
        ({"level": "city", "months": 12}, "conduct.bad_term"),
        ({"months": 37}, "request.invalid_fields"),
        ({"restrict": True, "document": "川建罚〔2026〕1号"}, "conduct.bad_restriction"),
        ({"level": "serious", "months": 12, "restrict": True}, "conduct.bad_restriction"),
        ({"reason": ""}, "request.invalid_fields"),
    ],
)
async def test_what_cannot_be_decided(world: Held, body: dict[str, Any], code: str) -> None:
    one = await world.propose()
    fine(await world.say(one, "answer"))
    assert refusal(await world.decide(one, **body)) == (422, code)
    assert (await world.row(one)).state.value == "to_decide"


@pytest.mark.parametrize(
    ("kind", "level", "last"),
    # The kind's own months, and the shortest term of the level where they do not fit it.
    [("WB02", None, "2027-05-29"), ("WB03", None, "2027-02-27"), ("WB03", "serious", "2027-05-29")],
)
async def test_without_a_term_it_is_the_usual_one(
    world: Held, kind: str, level: str | None, last: str
) -> None:
    one = await world.propose(kind=kind)
    fine(await world.say(one, "answer"))
    assert fine(await world.decide(one, level=level))["valid_to"] == last


async def test_the_queues(world: Held) -> None:
    waits = await world.propose()
    heard = await world.propose(kind="WB03")
    fine(await world.say(heard, "answer"))
    assert await world.queue(state="hearing") == [waits]
    assert await world.queue(state="to_decide") == [heard]
    assert await world.queue("city", region="510107", subject="worker") == [heard, waits]
    assert await world.queue("city", region="510104") == []
    assert await world.queue(subject="team") == []


async def test_two_who_decide_at_once(world: Held) -> None:
    one = await world.propose()
    fine(await world.say(one, "answer"))
    both = await asyncio.gather(
        world.decide(one, who="county"), world.decide(one, who="city", decision="refuse")
    )
    assert sorted(answer.status_code for answer in both) == [200, 409]
    assert len(acts(await world.region(one))) == 3


async def test_an_appeal_and_the_clock_at_once(world: Held) -> None:
    one = await world.upheld()
    sites.stop(sites.at("2026-12-15", "00:10"))
    for name in ("zhang", "county"):
        await held.entered(world.client, name)
    answer, _ = await asyncio.gather(world.say(one, "appeal"), watching.watch())
    fine(answer)
    # Whichever came first: the appeal holds it back.
    assert (await world.own(one))["state"] == "appealed"
    assert await world.published() == []


async def test_two_answers_at_once(world: Held) -> None:
    one = await world.propose()
    both = await asyncio.gather(world.say(one, "answer"), world.say(one, "answer"))
    assert sorted(answer.status_code for answer in both) == [200, 409]


async def test_a_regulator_names_whom_he_likes_in_his_region_alone(world: Held) -> None:
    made(await world.send("county"))
    assert refusal(await world.send("neighbour")) == (404, "projects.no_such_project")
