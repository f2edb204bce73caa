"""Two colleagues and an officer who see him stand for the face; the old account may object."""

import asyncio
from datetime import timedelta

import pytest

from api.audit.models import AuditLine
from api.audit.tags import Tag
from api.kit import clock, jobs
from api.kit.ids import new_id
from api.notices.models import Notice
from api.recovery import jobs as own_jobs
from api.recovery.models import Recovery, Vouching
from api.recovery.rules import Side, State, verdict
from api.teams.models import Member
from api.workers.models import Stage, Takeover, Verification, Worker, WorkerState
from tests.api.accounts.ways_in import outcome
from tests.api.recovery.acquainted import (
    OFFICE,
    OWN,
    VOUCHINGS,
    ZHANG,
    applied,
    begun,
    decided,
    said,
    world,
)
from tests.api.teams import people
from tests.api.workers.registering import REGISTRATION, enter
from tests.api.workers.test_review import QUEUE, word
from tests.api.workers.test_takeovers import hours_later
from tests.cast import Client

GONE = (404, "recovery.not_found")


async def shown(client: Client, name: str = "new") -> dict[str, object]:
    return dict((await client.get(OWN, as_=name)).json())


async def ids(client: Client, path: str, name: str) -> list[str]:
    """What a list shows somebody."""
    return [row["id"] for row in (await client.get(path, as_=name)).json()["items"]]


async def test_two_colleagues_and_an_officer_bring_him_his_record(client: Client) -> None:
    zhang = await world(client)
    row = await begun(client)
    assert await ids(client, VOUCHINGS, "li") == [row] == await ids(client, OFFICE, "officer_a")
    assert (await said(client, row, "li")).status_code == 204
    assert (await decided(client, row)).status_code == 204
    assert (await shown(client))["colleagues"] == 1 and (await shown(client))["officer"] is True
    assert await Takeover.all().count() == 0
    assert (await said(client, row, "wang")).status_code == 204
    assert (await shown(client))["state"] == "passed"
    assert (await client.get(REGISTRATION, as_="new")).json()["status"] == "waiting"
    assert await Notice.exists(kind="takeover.begun", account_id=await client.cast.id("zhang"))
    await hours_later(24)
    assert (await Worker.get(id=zhang.id)).account_id == await client.cast.id("new")
    assert (await client.get("/api/v1/me", as_="zhang")).status_code == 401


async def test_the_old_account_may_object_to_it_too(client: Client) -> None:
    zhang = await world(client)
    row = await begun(client)
    for name in ("li", "wang"):
        await said(client, row, name)
    await decided(client, row)
    takeover = await Takeover.get()
    path = f"/api/v1/me/takeovers/{takeover.id}/objection"
    assert (await client.post(path, as_="zhang")).status_code == 204
    await hours_later(25)
    assert (await Worker.get(id=zhang.id)).account_id == await client.cast.id("zhang")
    waiting = await client.get(QUEUE, as_="reviewer_1")
    assert len(waiting.json()["items"]) == 1


async def test_one_who_does_not_know_him_stops_this_way_and_no_other(client: Client) -> None:
    await world(client)
    row = await begun(client)
    await said(client, row, "li")
    await said(client, row, "wang", known=False)
    assert (await shown(client))["state"] == "refused"
    assert outcome(await said(client, row, "leader")) == GONE
    assert outcome(await decided(client, row)) == GONE
    verification = str((await Verification.get()).id)
    await word(client, "reviewer_1", verification, ZHANG.number)
    await word(client, "reviewer_2", verification, ZHANG.number)
    assert (await client.get(REGISTRATION, as_="new")).json()["status"] == "waiting"


async def test_nobody_says_it_twice(client: Client) -> None:
    await world(client)
    row = await begun(client)
    twice = await asyncio.gather(*(said(client, row, "li") for _ in range(2)))
    assert sorted(answer.status_code for answer in twice) == [204, 409]
    assert outcome(await said(client, row, "li")) == (409, "recovery.already_vouched")
    await decided(client, row)
    assert outcome(await decided(client, row)) == (409, "recovery.already_vouched")
    assert await ids(client, VOUCHINGS, "li") == []
    assert await Vouching.all().count() == 2


async def test_only_colleagues_of_before_today_are_asked_and_heard(client: Client) -> None:
    await world(client)
    await enter(client, "mate", "13900006666")
    await people.worker(client, "mate")
    team = str((await Member.first()).team_id)  # type: ignore[union-attr]
    await people.joined(client, team, "mate")
    row = await begun(client)
    told = {n.account_id for n in await Notice.filter(kind="recovery.asked")}
    assert told == {await client.cast.id(name) for name in ("leader", "li", "wang")}
    for stranger in ("mate", "zhang", "new"):
        assert await ids(client, VOUCHINGS, stranger) == []
        assert (await said(client, row, stranger)).status_code in (404, 409)
    later = clock.now() + timedelta(days=1)
    clock.set_clock(lambda: later)
    assert outcome(await said(client, row, "mate")) == GONE
    assert await Vouching.all().count() == 0


async def test_only_an_officer_of_his_enterprise_decides(client: Client) -> None:
    await world(client)
    row = await begun(client)
    assert outcome(await decided(client, row, by="officer_b")) == GONE
    assert await ids(client, OFFICE, "officer_b") == []
    assert (await decided(client, row, by="manager_a")).status_code == 403
    assert await Vouching.all().count() == 0


@pytest.mark.parametrize("number", [None, "510107199001011234"])
async def test_an_officer_types_the_number_from_the_card(
    client: Client, number: str | None
) -> None:
    await world(client)
    row = await begun(client)
    assert outcome(await decided(client, row, number)) == (409, "recovery.number_differs")
    refused = await decided(client, row, None, decision="refuse")
    assert refused.status_code == 204
    assert (await shown(client))["state"] == "refused"


async def test_the_answer_is_the_same_where_there_is_no_such_record(client: Client) -> None:
    await world(client)
    row = await begun(client)
    with_record = await shown(client)
    await Verification.all().update(open_account_id=None)
    await Worker.filter(number_index=(await Verification.get()).number_index).delete()
    await enter(client, "nobody", "13900008888")
    other = await begun(client, "nobody")
    without = await shown(client, "nobody")
    assert {**without, "id": row, "begun_at": with_record["begun_at"]} == with_record
    assert await Notice.filter(kind="recovery.asked").count() == 3
    for name in ("li", "wang"):
        assert outcome(await said(client, other, name)) == GONE


async def test_colleagues_are_asked_about_one_number_three_times_a_day(client: Client) -> None:
    await world(client)
    for n in range(4):
        await enter(client, f"thief_{n}", f"1390000777{n}")
        await applied(client, f"thief_{n}")
        answer = await client.post(OWN, as_=f"thief_{n}")
        assert answer.status_code == (201 if n < 3 else 429), answer.text


async def test_two_taps_are_one_recovery(client: Client) -> None:
    await world(client)
    await applied(client)
    answers = await asyncio.gather(*(client.post(OWN, as_="new") for _ in range(3)))
    assert {answer.status_code for answer in answers} == {201}
    assert await Recovery.all().count() == 1
    assert await Notice.filter(kind="recovery.asked").count() == 3


async def test_without_an_attempt_in_review_there_is_nothing_to_vouch(client: Client) -> None:
    await world(client)
    answer = await client.post(OWN, as_="new")
    assert outcome(answer) == (409, "recovery.nothing_to_vouch")
    assert (await client.get(OWN, as_="new")).status_code == 404


async def test_what_is_wrong_with_the_card_no_colleague_can_mend(client: Client) -> None:
    await world(client)
    await applied(client)
    await Verification.all().update(reasons=["face.declined", "restriction.active"])
    answer = await client.post(OWN, as_="new")
    assert outcome(answer) == (409, "recovery.nothing_to_vouch")


async def test_nobody_learns_a_number_or_a_whole_name(client: Client) -> None:
    await world(client)
    await begun(client)
    for path, name in ((VOUCHINGS, "li"), (OFFICE, "officer_a"), (OWN, "new")):
        text = (await client.get(path, as_=name)).text
        assert ZHANG.number not in text and "张样例" not in text and "13900000001" not in text


async def test_officers_who_are_faster_end_it(client: Client) -> None:
    await world(client)
    row = await begun(client)
    await said(client, row, "li")
    await said(client, row, "wang")
    verification = str((await Verification.get()).id)
    for officer in ("reviewer_1", "reviewer_2"):
        await word(client, officer, verification, ZHANG.number)
    assert (await decided(client, row)).status_code == 204
    assert (await shown(client))["state"] == "over"
    assert await Takeover.all().count() == 1


async def test_both_ways_at_once_are_one_takeover(client: Client) -> None:
    await world(client)
    row = await begun(client)
    await said(client, row, "li")
    await said(client, row, "wang")
    verification = str((await Verification.get()).id)
    await word(client, "reviewer_1", verification, ZHANG.number)
    for name in ("reviewer_2", "officer_a"):
        await client.cast.token(name)
    await asyncio.gather(
        decided(client, row), word(client, "reviewer_2", verification, ZHANG.number)
    )
    assert await Takeover.all().count() == 1
    assert (await Verification.get()).stage is Stage.WAITING


async def test_two_last_words_at_once_are_one_takeover(client: Client) -> None:
    await world(client)
    row = await begun(client)
    await decided(client, row)
    await asyncio.gather(said(client, row, "li"), said(client, row, "wang"))
    assert (await shown(client))["state"] == "passed"
    assert await Takeover.all().count() == 1


async def test_what_was_decided_otherwise_or_is_old_ends_by_itself(client: Client) -> None:
    await world(client)
    row = await begun(client)
    await own_jobs.end_settled()
    assert (await shown(client))["state"] == "open"
    await hours_later(24 * 14 + 1)
    await own_jobs.end_settled()
    assert (await Recovery.get(id=row)).state is State.OVER
    await Recovery.all().update(state=State.OPEN)
    clock.set_clock()
    await Verification.all().update(stage=Stage.REFUSED)
    await own_jobs.end_settled()
    assert (await Recovery.get(id=row)).state is State.OVER


async def test_who_is_merged_is_vouched_for_as_the_kept_one(client: Client) -> None:
    zhang = await world(client)
    row = await begun(client)
    kept = await people.worker(client, "admin_a")
    await Worker.filter(id=zhang.id).update(state=WorkerState.MERGED, merged_into_id=kept.id)
    await own_jobs.worker_merged(str(zhang.id))
    assert (await Recovery.get(id=row)).worker_id == kept.id
    await own_jobs.worker_merged(str(new_id()))


async def test_every_word_stands_in_the_audit(client: Client) -> None:
    await world(client)
    row = await begun(client)
    await said(client, row, "li")
    await decided(client, row)
    assert await AuditLine.filter(tag=Tag.RECOVERY_BEGUN).count() == 1
    sides = [line.facts["side"] for line in await AuditLine.filter(tag=Tag.RECOVERY_VOUCHED)]
    assert sorted(sides) == ["colleague", "officer"]
    await jobs.drain()


def test_it_takes_two_colleagues_and_an_officer() -> None:
    two = [(Side.COLLEAGUE, True)] * 2
    assert verdict([]) is State.OPEN
    assert verdict(two) is State.OPEN
    assert verdict([(Side.OFFICER, True), *two[:1]]) is State.OPEN
    assert verdict([(Side.OFFICER, True)] * 3) is State.OPEN
    assert verdict([(Side.OFFICER, True), *two]) is State.PASSED
    for side in Side:
        assert verdict([(Side.OFFICER, True), *two, (side, False)]) is State.REFUSED
