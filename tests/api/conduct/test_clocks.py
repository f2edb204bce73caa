"""Terms in working days over weekends and holidays, and what happens by itself when they end."""

import pytest

from api.conduct import watching
from tests.api.attendance import sites
from tests.api.conduct import held
from tests.api.conduct.held import acts, fine, told
from tests.cast import Client


@pytest.mark.parametrize(
    ("day", "answer_by"),
    [
        # A Monday, a Saturday, a Saturday at work, before the National Day and both festivals.
        ("2026-11-30", "2026-12-07"),
        ("2026-11-28", "2026-12-04"),
        ("2026-10-10", "2026-10-16"),
        ("2026-09-30", "2026-10-13"),
        ("2026-02-13", "2026-02-27"),
        ("2026-12-30", "2027-01-07"),
    ],
)
async def test_the_term_to_answer(client: Client, day: str, answer_by: str) -> None:
    world = await held.opened(client, day)
    one = await world.propose(happened_on=day)
    assert (await world.own(one))["due_on"] == answer_by
    await world.go(answer_by, "23:59")
    assert (await world.own(one))["state"] == "hearing"
    sites.stop(sites.at(answer_by, "23:59"))
    assert await watching.watch() == 0
    after = sites.at(answer_by, "12:00").date().toordinal() + 1
    await world.go(str(type(sites.at(day, "00:00").date()).fromordinal(after)), "00:05")
    row = await world.own(one)
    assert (row["state"], row["may"]) == ("to_decide", [])
    assert row["steps"][-1]["act"] == "unanswered" and row["steps"][-1]["by_itself"]
    assert "conduct.unanswered_region" in await told(client, "county")


async def test_silence_is_no_answer_and_the_region_decides_all_the_same(client: Client) -> None:
    world = await held.opened(client)
    one = await world.propose()
    await world.go("2026-12-08")
    assert fine(await world.decide(one))["state"] == "upheld"


async def test_what_nobody_decides_lapses(client: Client) -> None:
    world = await held.opened(client)
    one = await world.propose()
    fine(await world.say(one, "answer"))
    assert (await world.region(one))["due_on"] == "2027-01-12"
    await world.go("2027-01-12", "23:00")
    assert (await world.own(one))["state"] == "to_decide"
    await world.go("2027-01-13")
    row = await world.own(one)
    assert (row["state"], row["outcome"]) == ("ended", "lapsed")
    assert (await told(client, "zhang"))[-1] == "conduct.lapsed"
    assert await watching.watch() == 0


async def test_a_late_appeal_office_is_told_once_and_the_record_still_expires(
    client: Client,
) -> None:
    world = await held.opened(client)
    one = await world.upheld(level="light", months=3)
    fine(await world.say(one, "appeal"))
    assert (await world.own(one))["due_on"] == "2026-12-28"
    await world.go("2026-12-29")
    for who in ("city", "province"):
        assert (await told(client, who)).count("conduct.overdue_region") == 1
    await world.go("2027-01-20")
    assert (await told(client, "city")).count("conduct.overdue_region") == 1
    await world.go("2027-02-28")
    row = await world.own(one)
    assert (row["state"], row["outcome"]) == ("ended", "expired")
    assert acts(row)[-2:] == ["overdue", "expired"]


async def test_a_term_shorter_than_the_appeal_is_never_public(client: Client) -> None:
    world = await held.opened(client, "2026-02-13")
    one = await world.propose(happened_on="2026-02-13")
    fine(await world.say(one, "answer"))
    fine(await world.decide(one, level="light", months=1))
    assert (await world.own(one))["due_on"] == "2026-03-05"
    await world.go("2026-03-13")
    assert (await world.own(one))["outcome"] == "expired"


async def test_a_repair_waits_too_long(client: Client) -> None:
    world = await held.opened(client)
    one = await world.upheld(months=6)
    await world.go("2027-03-01")
    fine(await world.say(one, "repair"))
    assert (await world.own(one))["due_on"] == "2027-03-29"
    await world.go("2027-03-30")
    assert "conduct.overdue_region" in await told(client, "county")
    assert fine(await world.rule(one, "repair", True, who="county"))["outcome"] == "repaired"
