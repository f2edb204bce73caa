"""The worker sees who collected him and says whether it is so."""

from typing import Any
from uuid import uuid4

import pytest

from api.audit.models import AuditLine
from api.notices.models import Notice
from api.workers.models import Worker
from tests.api.collecting.crew import LINKS, WORKERS, body, collected
from tests.cast import FIRM_A, FIRM_B, Client

pytestmark = pytest.mark.usefixtures("firms")


async def owned(client: Client, by: str = "officer_a", owner: str = "zhang") -> dict[str, Any]:
    """A collected worker whose account is the owner's."""
    made = await collected(client, by=by)
    account = await client.cast.id(owner)
    await Worker.filter(id=made["worker"]["worker_id"]).update(account_id=account)
    return made


async def say(client: Client, link_id: str, word: str, by: str = "zhang") -> Any:
    return await client.post(f"{LINKS}/{link_id}/decision", as_=by, json={"decision": word})


async def test_the_worker_sees_who_collected_him(client: Client) -> None:
    made = await owned(client)
    item = (await client.get(LINKS, as_="zhang")).json()["items"][0]
    assert item["enterprise"] == {"id": str(FIRM_A), "name": "样例劳务有限公司901"}
    assert (item["id"], item["state"]) == (made["worker"]["id"], "proposed")


async def test_who_registers_later_sees_it_too(client: Client) -> None:
    await collected(client)
    assert (await client.get(LINKS, as_="zhang")).json()["items"] == []
    await owned(client)
    assert len((await client.get(LINKS, as_="zhang")).json()["items"]) == 1


async def test_a_confirmed_link_shows_the_enterprise_more(client: Client) -> None:
    made = await owned(client)
    before = (await client.get(WORKERS, as_="officer_a")).json()["items"][0]
    answer = await say(client, made["worker"]["id"], "confirm")
    assert (answer.status_code, answer.json()["state"]) == (200, "confirmed")
    after = (await client.get(WORKERS, as_="officer_a")).json()["items"][0]
    assert before["phone"] is None
    assert after["phone"].count("*") == 4
    assert await AuditLine.filter(tag="worker.link_confirmed", tenant_id=FIRM_A).count() == 1


async def test_a_denied_link_vanishes_and_is_counted(client: Client) -> None:
    made = await owned(client)
    assert (await say(client, made["worker"]["id"], "deny")).json()["state"] == "denied"
    listed = (await client.get(WORKERS, as_="officer_a")).json()
    assert (listed["items"], listed["denied"]) == ([], 1)
    officer = await client.cast.id("officer_a")
    assert await Notice.filter(account_id=officer, kind="link.denied").count() == 1


async def test_who_was_denied_cannot_collect_him_again(client: Client) -> None:
    made = await owned(client)
    await say(client, made["worker"]["id"], "deny")
    answer = await client.post(WORKERS, as_="officer_a", json=body())
    assert (answer.status_code, answer.json()["code"]) == (409, "collecting.denied_by_worker")


async def test_a_word_twice_counts_once_and_may_be_changed(client: Client) -> None:
    link = (await owned(client))["worker"]["id"]
    first = await say(client, link, "deny")
    again = await say(client, link, "deny")
    assert first.json() == again.json()
    assert await AuditLine.filter(tag="worker.link_denied").count() == 1
    assert (await say(client, link, "confirm")).json()["state"] == "confirmed"
    assert (await client.get(WORKERS, as_="officer_a")).json()["denied"] == 0


async def test_another_workers_link_is_not_found(client: Client) -> None:
    made = await owned(client)
    assert (await say(client, made["worker"]["id"], "deny", by="li")).status_code == 404
    assert (await say(client, str(uuid4()), "deny")).status_code == 404
    assert (await client.get(LINKS, as_="li")).json()["items"] == []


@pytest.mark.parametrize("name", ["officer_a", "county", "reviewer_1"])
async def test_only_workers_have_links(client: Client, name: str) -> None:
    made = await owned(client)
    assert (await client.get(LINKS, as_=name)).status_code == 403
    assert (await say(client, made["worker"]["id"], "confirm", by=name)).status_code == 403


async def test_the_anonymous_are_sent_to_log_in(client: Client) -> None:
    assert (await client.get(LINKS)).status_code == 401
    answer = await client.post(f"{LINKS}/{uuid4()}/decision", json={"decision": "deny"})
    assert answer.status_code == 401


async def test_a_malformed_word_is_refused(client: Client) -> None:
    made = await owned(client)
    answer = await say(client, made["worker"]["id"], "maybe")
    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (422, "decision")


async def test_each_enterprise_sees_its_own_workers(client: Client) -> None:
    await collected(client, 1, by="officer_a")
    await collected(client, 2, by="officer_b")
    for name, firm in (("officer_a", FIRM_A), ("manager_a", FIRM_A), ("officer_b", FIRM_B)):
        items = (await client.get(WORKERS, as_=name)).json()["items"]
        assert [item["enterprise_id"] for item in items] == [str(firm)]
    other = await client.get(f"{WORKERS}?enterprise_id={FIRM_B}", as_="officer_a")
    assert other.json() == {"items": [], "next_cursor": None, "denied": 0}


async def test_the_list_is_narrowed_and_paged(client: Client) -> None:
    for seed in (1, 2, 3):
        await collected(client, seed)
    first = (await client.get(f"{WORKERS}?limit=2", as_="officer_a")).json()
    rest = await client.get(f"{WORKERS}?cursor={first['next_cursor']}", as_="officer_a")
    assert (len(first["items"]), len(rest.json()["items"])) == (2, 1)
    for state, count in (("proposed", 3), ("confirmed", 0)):
        items = (await client.get(f"{WORKERS}?state={state}", as_="officer_a")).json()["items"]
        assert len(items) == count
    assert (await client.get(f"{WORKERS}?state=denied", as_="officer_a")).status_code == 422


@pytest.mark.parametrize(("name", "status"), [("zhang", 403), ("county", 403), (None, 401)])
async def test_others_do_not_see_the_list(client: Client, name: str | None, status: int) -> None:
    assert (await client.get(WORKERS, as_=name)).status_code == status
