"""Group sessions: who attended has it in his record, and who was untrained on a site is trained."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from api.kit import clock, jobs
from api.training.models import GroupSession, Training
from tests.api.engagements import site
from tests.api.engagements.site import OVERSEEN, made, refusal, today
from tests.api.matrix_world import photo
from tests.api.projects import sites as projects
from tests.api.projects.sites import OWN
from tests.api.teams import people
from tests.api.training.test_training import path_of, training
from tests.cast import Client
from tests.h5.counting import counted

SHARES = f"{OVERSEEN}/training-shares"


def path(project_id: str) -> str:
    return f"{OWN}/{project_id}/group-sessions"


def body(**given: Any) -> dict[str, Any]:
    return {
        "topic": "高处作业", "kind": "entry", "held_on": today(), "hours": "15",
        "trainer": "周样例", **given,
    }  # fmt: skip


async def let_in_untrained(client: Client, project_id: str, name: str = "zhang") -> site.Period:
    """On site by an override, with a contract and nothing else."""
    row = await site.period(client, project_id, name)
    offered = made(await row.offer())
    await site.sign(client, offered["id"], name)
    over = {"reason": "培训安排在明天", "until": today(5)}
    answer = await row.post("entry", {"override": over}, by="manager_a")
    assert answer.status_code == 200, answer.text
    return row


async def test_a_session_of_several_is_in_everybodys_record(client: Client) -> None:
    project_id = await site.project(client)
    zhang = await site.period(client, project_id, "zhang")
    li = await people.worker(client, "li")
    given = body(worker_ids=[str(zhang.worker.id)], worker_codes=[li.code, zhang.worker.code])
    row = made(await client.post(path(project_id), as_="officer_a", json=given))
    assert row["people"] == 2 and len(row["attendees"]) == 2
    for name, trade in {"zhang": "020", "li": None}.items():
        own = (await client.get("/api/v1/me/trainings", as_=name)).json()["items"]
        assert [(each["topic"], each["source"], each["trade"]) for each in own] == [
            ("高处作业", "session", trade)
        ]
        told = (await client.get("/api/v1/me/messages", as_=name)).json()["items"]
        assert "training.recorded" in [each["kind"] for each in told]
    files = {"photo": ("a.jpg", photo(), "image/jpeg")}
    for number in range(1, 7):
        seen = made(await client.post(
            f"{path(project_id)}/{row['id']}/photos", as_="officer_a", files=files
        ))  # fmt: skip
        assert len(seen["photos"]) == number
    assert (await client.get(seen["photos"][0]["url"], as_="officer_a")).status_code == 200
    answer = await client.post(
        f"{path(project_id)}/{row['id']}/photos", as_="officer_a", files=files
    )
    assert refusal(answer) == (409, "training.too_many_photos")
    listed = (await client.get(path(project_id), as_="manager_a")).json()["items"]
    assert [each["id"] for each in listed] == [row["id"]]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [({}, (422, "training.nobody_there")), ({"held_on": 1}, (422, "training.in_future")),
     ({"worker_ids": [str(UUID(int=5))]}, (422, "training.not_on_project")),
     ({"worker_codes": ["0" * 16]}, (404, "workers.code_unknown")),
     ({"hours": "0"}, (422, "request.invalid_fields"))],
)  # fmt: skip
async def test_a_session_that_makes_no_sense_is_refused(
    client: Client, changed: dict[str, Any], expected: tuple[int, str]
) -> None:
    project_id = await site.project(client)
    if "held_on" in changed:
        changed = {"held_on": today(changed["held_on"])}
    answer = await client.post(path(project_id), as_="officer_a", json=body(**changed))
    assert refusal(answer) == expected
    assert not await GroupSession.exists() and not await Training.exists()


async def test_the_simple_record_is_a_session_of_one(client: Client) -> None:
    project_id = await site.project(client)
    worker = await people.worker(client, "zhang")
    made(await client.post(
        path_of(project_id), as_="officer_a", json=training(str(worker.code))
    ))  # fmt: skip
    assert (await GroupSession.get()).people == 1


async def test_the_untrained_are_found_until_they_are_trained(client: Client) -> None:
    project_id = await site.project(client)
    row = await let_in_untrained(client, project_id)
    await site.entered(client, project_id, "li")

    async def seen() -> tuple[int, int, int, str]:
        answer = await client.get(SHARES, as_="county", params={"by": "trade"})
        whole = answer.json()
        counts = (await client.get(f"{OVERSEEN}/site-counts", as_="county")).json()
        assert (counts["on_site"], counts["trained"]) == (whole["on_site"], whole["trained"])
        assert sum(each["on_site"] for each in whole["parts"]) == whole["on_site"]
        listed = await client.get(
            f"{OVERSEEN}/engagements", as_="county",
            params={"state": "on_site", "trained": "false"},
        )  # fmt: skip
        assert len(listed.json()["items"]) == whole["untrained"]
        return whole["on_site"], whole["trained"], whole["untrained"], whole["share"]

    assert await seen() == (2, 1, 1, "0.5000")
    for by in ("project", "enterprise"):
        parts = (await client.get(SHARES, as_="county", params={"by": by})).json()["parts"]
        assert [(each["on_site"], each["untrained"]) for each in parts] == [(2, 1)]
    kinds = (await client.get(SHARES, as_="county", params={"by": "kind"})).json()
    assert (kinds["on_site"], kinds["untrained"]) == (2, 1)
    shown = {each["name"]: (each["on_site"], each["trained"]) for each in kinds["parts"]}
    assert shown.pop("项目级教育") == (2, 1)
    assert len(shown) == 6 and set(shown.values()) == {(2, 0)}
    neighbours = (await client.get(SHARES, as_="neighbour")).json()
    assert (neighbours["on_site"], neighbours["share"]) == (0, None)
    outside = await client.get(SHARES, as_="neighbour", params={"region": "510107"})
    assert outside.status_code == 404
    given = body(worker_ids=[str(row.worker.id)])
    made(await client.post(path(project_id), as_="officer_a", json=given))
    await jobs.drain()
    assert await seen() == (2, 2, 0, "1.0000")


async def test_what_was_taught_elsewhere_goes_along_for_a_year(client: Client) -> None:
    first = await site.project(client)
    second = str((await projects.another(client, name="天府样例九期"))["id"])
    row = await site.period(client, second, "zhang")
    given = training(str(row.worker.code), hours="15", held_on=today(-300))
    made(await client.post(path_of(first), as_="officer_a", json=given))
    assert "training" not in await row.missing()
    later = (clock.today() + timedelta(days=66)).isoformat()
    assert "training" in await row.missing(day=later)
    hours = (await client.get("/api/v1/me/training-hours", as_="zhang")).json()["items"]
    found = {each["kind"]: (each["hours"], each["aim"]) for each in hours}
    assert found["entry"] == ("15.0", "15") and found["team"] == ("0", "20")
    assert "post_change" not in found and "special" not in found
    given = training(str(row.worker.code), hours="4", kind="post_change")
    made(await client.post(path_of(second), as_="officer_a", json=given))
    hours = (await client.get("/api/v1/me/training-hours", as_="zhang")).json()["items"]
    found = {each["kind"]: (each["hours"], each["aim"]) for each in hours}
    assert found["post_change"] == ("4.0", "20")


async def test_a_region_asks_for_all_three_levels(client: Client) -> None:
    project_id = await site.project(client)
    row = await site.ready(client, project_id)
    assert await row.missing() == []
    rule = {
        "region": "510107", "effective_from": today(-1), "training_hours": "15", "bands": [],
        "company_hours": "15", "team_hours": "20", "source": "样例文件〔2026〕9号",
    }  # fmt: skip
    stored = made(await client.post(f"{OVERSEEN}/entry-rules", as_="county", json=rule))
    assert (stored["company_hours"], stored["yearly_hours"]) == ("15.0", None)
    assert await row.missing() == ["training"]
    for kind, hours in (("company", "15"), ("team", "19.5")):
        made(await row.train(kind=kind, hours=hours))
    assert await row.missing() == ["training"]
    made(await row.train(kind="team", hours="0.5"))
    assert await row.missing() == []
    seen = await client.get(f"{row.path}/training-hours", as_="officer_a")
    assert {each["kind"] for each in seen.json()["items"] if each["enough"]} >= {"company", "team"}


async def test_lists_take_few_statements_however_long(client: Client) -> None:
    project_id = await site.project(client)
    row = await let_in_untrained(client, project_id)
    lists = {
        path(project_id): "officer_a",
        f"{OVERSEEN}/trainings": "county",
        f"{OVERSEEN}/engagements?state=on_site&trained=false": "county",
        f"{SHARES}?by=enterprise": "county",
        "/api/v1/me/courses": "zhang",
        "/api/v1/enterprise/courses": "officer_a",
    }
    before: dict[str, int] = {}
    for round_ in range(2):
        for address, name in lists.items():
            await client.get(address, as_=name)
            with counted() as statements:
                assert (await client.get(address, as_=name)).status_code == 200
            # Of an empty list nobody asks for names.
            assert len(statements) <= before.setdefault(address, len(statements)) + 2
            assert len(statements) <= 10, (address, statements)
        for _ in range(6 if round_ == 0 else 0):
            given = body(worker_ids=[str(row.worker.id)])
            made(await client.post(path(project_id), as_="officer_a", json=given, headers={
                "Idempotency-Key": uuid4().hex
            }))  # fmt: skip
