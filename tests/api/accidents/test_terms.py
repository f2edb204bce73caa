"""到期提醒: thirty days for the employer, a year for the worker, and what the clock says."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.accidents import rules, watching
from api.accidents.models import Accident
from api.accidents.rules import Act, Reminder, State, Terms
from tests.api.accidents.test_accidents import answer, report, told
from tests.api.complaints.filed import fine, made
from tests.api.profiles import world as worlds
from tests.api.profiles.world import Site
from tests.cast import Client

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.fixture
async def site(client: Client) -> Site:
    return await worlds.opened(client)


@given(DAYS)
def test_the_clock_speaks_before_the_end_after_it_and_before_the_year_ends(day: date) -> None:
    both = rules.terms(day, 30, 365)
    spoken = rules.schedule(both)
    assert [each for _, each in spoken] == list(Reminder)
    assert spoken[0][0] < both.employer < spoken[2][0] < spoken[3][0] < both.worker
    assert rules.upcoming(both, day) == spoken[0][0]
    assert rules.upcoming(both, both.worker) is None
    assert rules.due(both, day) is None


@given(DAYS, st.integers(0, 800))
def test_what_is_due_and_what_is_to_come_are_never_the_same(day: date, later: int) -> None:
    both = rules.terms(day, 30, 365)
    on = day + timedelta(days=later)
    to_come = rules.upcoming(both, on)
    assert to_come is None or to_come > on
    said = rules.due(both, on)
    past = [each for at, each in rules.schedule(both) if at <= on]
    assert said == (past[-1] if past else None)


@given(st.sampled_from(State), st.sampled_from(Act))
def test_no_act_opens_a_closed_one(state: State, act: Act) -> None:
    to = rules.after(state, act)
    if state is State.CLOSED:
        assert to in (None, State.CLOSED)
    if to is State.CLOSED:
        assert state in (State.HANDLED, State.CLOSED)
    assert rules.after(state, Act.REPORTED) is None


async def night(site: Site, day: str) -> None:
    await site.go(day, "08:20")
    await watching.watch()


async def test_each_reminder_comes_on_its_day_and_once(site: Site) -> None:
    made(await report(site))
    both = Terms(date(2026, 12, 30), date(2027, 11, 30))
    said: list[str] = []
    for day, reminder in rules.schedule(both):
        before = (day - timedelta(days=1)).isoformat()
        await night(site, before)
        assert await told(site, "zhang") == said, before
        await night(site, day.isoformat())
        await watching.watch()
        said.append(f"accident.{reminder.value}")
        assert await told(site, "zhang") == said
    assert [each for each in await told(site, "officer_a") if each.startswith("accident.e")] == [
        "accident.employer_soon_office", "accident.employer_last_office",
        "accident.employer_over_office",
    ]  # fmt: skip
    assert await told(site, "county") == ["accident.employer_over_region"]
    assert (await Accident.get()).next_on is None


async def test_a_claim_ends_the_reminders(site: Site) -> None:
    row = str(made(await report(site))["id"])
    fine(await answer(site, row, "claimed"))
    await night(site, "2027-06-01")
    assert await told(site, "zhang") == ["accident.claimed"]


async def test_a_near_miss_is_not_reminded_of(site: Site) -> None:
    row = made(await report(site, harm="none"))
    assert row["employer_days_left"] is None
    await night(site, "2027-06-01")
    assert await told(site, "zhang") == []


async def test_what_was_missed_is_said_once_by_its_last_word(site: Site) -> None:
    made(await report(site))
    await night(site, "2027-01-15")
    assert await told(site, "zhang") == ["accident.employer_over"]
    await night(site, "2027-01-16")
    assert await told(site, "zhang") == ["accident.employer_over"]


async def test_reported_late_the_clock_begins_where_it_stands(site: Site) -> None:
    row = made(await report(site, happened_on="2026-11-03"))
    assert row["employer_days_left"] == 3
    assert str((await Accident.get()).next_on) == "2026-12-02"
    late = {"late": "true"}
    path = "/api/v1/regulator/accidents"
    assert fine(await site.client.get(path, as_="county", params=late))["items"] == []
    await site.go("2026-12-10")
    [found] = fine(await site.client.get(path, as_="county", params=late))["items"]
    assert found["employer_days_left"] == -7
