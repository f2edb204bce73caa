"""How attendance is taken: from a day on, never backwards."""

from datetime import datetime, time, timedelta
from uuid import UUID

import asyncpg
import pytest
from tortoise.exceptions import BaseORMException

from api.kit import clock
from api.projects import service
from api.projects.models import Policy
from tests.api.attendance.sites import log_in_again
from tests.api.projects.sites import OWN, POLICY, building, made, project, refusal, sent, today
from tests.cast import Client


async def test_a_project_without_a_policy_has_the_usual_one(client: Client) -> None:
    row = await project(client)
    seen = (await client.get(f"{OWN}/{row['id']}/attendance-policies", as_="officer_a")).json()
    assert seen["today"]["methods"] == ["automatic", "fence", "manual", "site_code"]
    assert (seen["today"]["effective_from"], seen["items"]) == (None, [])


async def test_a_policy_holds_from_its_day_on(client: Client) -> None:
    row = await building(client)
    body = {**POLICY, "effective_from": today(3), "photo": True, "tolerance_m": 50}
    made(await sent(client, f"{row['id']}/attendance-policies", body))
    project_id = UUID(row["id"])
    before = await service.policy_in_force(project_id, clock.today() + timedelta(days=2))
    after = await service.policy_in_force(project_id, clock.today() + timedelta(days=3))
    assert (before.photo, after.photo, after.tolerance_m) == (False, True, 50)
    assert after.methods == {service.Method.FENCE, service.Method.MANUAL}
    assert (after.shift_start, after.shift_end) == (time(8), time(18))


async def test_of_two_for_one_day_the_later_written_counts(client: Client) -> None:
    row = await building(client)
    for tolerance in (10, 20):
        body = {**POLICY, "effective_from": today(1), "tolerance_m": tolerance}
        made(await sent(client, f"{row['id']}/attendance-policies", body))
    tomorrow = clock.today() + timedelta(days=1)
    policy = await service.policy_in_force(UUID(row["id"]), tomorrow)
    assert policy.tolerance_m == 20
    path = f"{OWN}/{row['id']}/attendance-policies"
    items = (await client.get(path, as_="manager_a")).json()["items"]
    assert [item["tolerance_m"] for item in items] == [20, 10]


async def test_a_day_that_began_keeps_its_policy(client: Client) -> None:
    row = await building(client)
    for when in (today(), today(-1)):
        body = {**POLICY, "effective_from": when}
        answer = await sent(client, f"{row['id']}/attendance-policies", body)
        assert refusal(answer) == (422, "projects.policy_in_past")


async def test_on_its_first_day_a_projects_policy_may_hold_at_once(client: Client) -> None:
    row = await project(client)
    path = f"{row['id']}/attendance-policies"
    made(await sent(client, path, {**POLICY, "effective_from": today()}))
    answer = await sent(client, path, {**POLICY, "effective_from": today(-1)})
    assert refusal(answer) == (422, "projects.policy_in_past")


async def test_people_may_have_come_since_so_later_it_holds_from_tomorrow(client: Client) -> None:
    row = await project(client)
    midnight = datetime.combine(clock.today() + timedelta(days=1), time(), tzinfo=clock.BEIJING)
    clock.set_clock(lambda: midnight)
    await log_in_again(client, "officer_a")
    path = f"{row['id']}/attendance-policies"
    answer = await sent(client, path, {**POLICY, "effective_from": today()})
    assert refusal(answer) == (422, "projects.policy_in_past")
    made(await sent(client, path, {**POLICY, "effective_from": today(1)}))


async def test_a_night_shift_ends_the_next_day(client: Client) -> None:
    row = await building(client)
    body = {
        **POLICY, "effective_from": today(1), "shift_start": "20:00", "shift_end": "06:30",
        "shift_end_next_day": True,
    }  # fmt: skip
    made(await sent(client, f"{row['id']}/attendance-policies", body))
    tomorrow = clock.today() + timedelta(days=1)
    policy = await service.policy_in_force(UUID(row["id"]), tomorrow)
    assert (policy.shift_end, policy.shift_end_next_day) == (time(6, 30), True)


@pytest.mark.parametrize("changed", [
    {"shift_end": "08:00"}, {"shift_end": "07:59"}, {"methods": []}, {"methods": ["face"]},
    {"shift_end": "08:01", "shift_end_next_day": True}, {"tolerance_m": 501},
    {"tolerance_m": -1}, {"shift_start": "24:00"}, {"shift_start": "07:00Z"},
])  # fmt: skip
async def test_a_wrong_policy_is_refused(client: Client, changed: dict[str, object]) -> None:
    row = await building(client)
    body = {**POLICY, "effective_from": today(1), **changed}
    answer = await sent(client, f"{row['id']}/attendance-policies", body)
    assert answer.status_code == 422
    assert await Policy.all().count() == 0


async def test_manual_work_is_an_exception_from_a_day_on(client: Client) -> None:
    row = await building(client)
    body = {**POLICY, "effective_from": today(1), "manual_checked_from": today(5)}
    made(await sent(client, f"{row['id']}/attendance-policies", body))
    for days, expected in ((0, True), (1, False), (4, False), (5, True), (6, True)):
        when = clock.today() + timedelta(days=days)
        policy = await service.policy_in_force(UUID(row["id"]), when)
        assert policy.manual_needs_confirmation is expected, days


async def test_a_policy_written_stays_written(client: Client) -> None:
    row = await building(client)
    made(
        await sent(
            client, f"{row['id']}/attendance-policies", {**POLICY, "effective_from": today(1)}
        )
    )
    with pytest.raises((BaseORMException, asyncpg.RaiseError), match="append-only"):
        await Policy.all().update(tolerance_m=0)
    with pytest.raises((BaseORMException, asyncpg.RaiseError), match="append-only"):
        await Policy.all().delete()
