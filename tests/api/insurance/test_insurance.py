"""保险: who is insured on which day, by name or with everybody on the project."""

from typing import Any

import httpx
import pytest

from api.engagements.models import Engagement
from api.insurance import merging
from api.insurance.models import Cover
from api.insurance.rules import UNINSURED
from api.workers.models import Worker, WorkerState
from tests.api.attendance import sites
from tests.api.complaints.filed import fine, made, refusal
from tests.api.engagements import site as entering
from tests.api.projects import sites as projects
from tests.cast import FIRM_B, Client

OFFICE, REGION = "/api/v1/enterprise", "/api/v1/regulator"
POLICY = {
    "kind": "accident", "insurer": "样例保险公司", "number": "PA-2026-1",
    "starts_on": "2026-11-01", "ends_on": "2026-12-31",
}  # fmt: skip


@pytest.fixture
async def site(client: Client) -> str:
    """A site on which Zhang and Li are; the clock stands on a day of the policy."""
    sites.stop(sites.at("2026-11-30", "09:00"))
    project_id = await sites.site(client)
    await sites.entered(client, "zhang", project_id)
    await sites.entered(client, "li", project_id)
    return project_id


async def record(client: Client, site: str, who: str = "officer_a", **more: Any) -> httpx.Response:
    path = f"{OFFICE}/projects/{site}/insurance-policies"
    return await client.post(path, as_=who, json={**POLICY, **more})


async def uninsured(client: Client, who: str = "officer_a", **query: Any) -> list[str]:
    """The workers of the list, by id."""
    side = REGION if who in ("county", "neighbour", "city") else OFFICE
    answer = await client.get(f"{side}/uninsured-workers", as_=who, params=query)
    return sorted(each["worker_id"] for each in fine(answer)["items"])


async def period(client: Client, name: str) -> Engagement:
    return await Engagement.get(worker_id=await sites.worker_id(client, name))


async def test_one_is_insured_by_name(client: Client, site: str) -> None:
    zhang, li = await period(client, "zhang"), await period(client, "li")
    assert await uninsured(client) == sorted([str(zhang.worker_id), str(li.worker_id)])
    row = made(await record(client, site, engagement_ids=[str(zhang.id)]))
    assert (row["people"], row["in_force"], row["kind_name"]) == (1, True, "意外伤害险")
    for who in ("officer_a", "manager_a", "county", "city"):
        assert await uninsured(client, who) == [str(li.worker_id)]
    assert await uninsured(client, "neighbour") == []
    assert await uninsured(client, "admin_b") == []
    own = fine(await client.get("/api/v1/me/insurance", as_="zhang"))
    assert [each["number"] for each in own["items"]] == ["PA-2026-1"] and own["uninsured"] == []
    other = fine(await client.get("/api/v1/me/insurance", as_="li"))
    assert other["items"] == [] and [each["id"] for each in other["uninsured"]] == [site]


async def test_many_at_once_and_more_later(client: Client, site: str) -> None:
    row = made(await record(client, site, everybody=True))
    assert row["people"] == 2 and await uninsured(client) == []
    late = await sites.newcomer(client, "wang", site, 7)
    assert await uninsured(client) == [str(late)]
    path = f"{OFFICE}/insurance-policies/{row['id']}/people"
    assert fine(await client.post(path, as_="admin_a", json={"everybody": True}))["people"] == 3
    assert fine(await client.post(path, as_="admin_a", json={"everybody": True}))["people"] == 3
    assert refusal(await client.post(path, as_="admin_b", json={"everybody": True}))[0] == 404
    one = f"{OFFICE}/insurance-policies/{row['id']}"
    assert fine(await client.get(one, as_="manager_a"))["people"] == 3
    assert refusal(await client.get(one, as_="admin_b")) == (404, "insurance.no_such_policy")


async def test_a_whole_project_is_insured_by_its_contractor_alone(
    client: Client, site: str
) -> None:
    row = made(await record(client, site, kind="work_injury", whole_project=True))
    assert row["people"] == 0 and await uninsured(client) == []
    own = fine(await client.get("/api/v1/me/insurance", as_="li"))
    assert [each["whole_project"] for each in own["items"]] == [True]
    both = await record(client, site, number="PA-2", whole_project=True, everybody=True)
    assert refusal(both) == (422, "insurance.nobody_named")
    path = f"{OFFICE}/insurance-policies/{row['id']}/people"
    named = await client.post(path, as_="officer_a", json={"everybody": True})
    assert refusal(named) == (422, "insurance.nobody_named")


async def test_a_subcontractor_insures_its_own_people(client: Client, site: str) -> None:
    unit = await projects.sent(client, f"{site}/units", projects.unit())
    assert unit.status_code == 201, unit.text
    wang = await sites.newcomer(client, "wang", site, 8)
    await Engagement.filter(worker_id=wang).update(enterprise_id=FIRM_B)
    whole = await record(client, site, "admin_b", whole_project=True)
    assert refusal(whole) == (422, "insurance.whole_by_contractor")
    zhang = await period(client, "zhang")
    stranger = await record(client, site, "admin_b", engagement_ids=[str(zhang.id)])
    assert refusal(stranger) == (422, "insurance.nobody_named")
    row = made(await record(client, site, "admin_b", everybody=True))
    assert row["people"] == 1
    seen = fine(await client.get(f"{OFFICE}/insurance-policies", as_="officer_a"))["items"]
    assert [each["id"] for each in seen] == [row["id"]], "the contractor sees it too"


async def test_the_entry_check_warns_and_lets_in(client: Client, site: str) -> None:
    wang = await entering.period(client, site, "wang")
    check = await _check(client, site, wang.id)
    assert UNINSURED in check["warnings"]
    made(await record(client, site, engagement_ids=[wang.id]))
    assert UNINSURED not in (await _check(client, site, wang.id))["warnings"]
    assert UNINSURED in (await _check(client, site, wang.id, day="2027-01-01"))["warnings"]


async def _check(client: Client, site: str, period_id: object, **query: str) -> dict[str, Any]:
    path = f"{OFFICE}/projects/{site}/engagements/{period_id}/check"
    return fine(await client.get(path, as_="officer_a", params=query))


@pytest.mark.parametrize(
    ("day", "insured"),
    [("2026-10-31", False), ("2026-11-01", True), ("2026-12-31", True), ("2027-01-01", False)],
)
async def test_both_ends_of_the_term_count(
    client: Client, site: str, day: str, insured: bool
) -> None:
    made(await record(client, site, everybody=True))
    sites.stop(sites.at(day, "12:00"))
    await sites.log_in_again(client, "officer_a")
    assert (await uninsured(client) == []) is insured


async def test_a_policy_ends_early(client: Client, site: str) -> None:
    row = made(await record(client, site, everybody=True))
    path = f"{OFFICE}/insurance-policies/{row['id']}/end"
    for day in ("2026-10-01", "2027-06-01"):
        answer = await client.post(path, as_="officer_a", json={"ends_on": day})
        assert refusal(answer) == (422, "insurance.policy_period")
    ended = fine(await client.post(path, as_="officer_a", json={"ends_on": "2026-11-29"}))
    assert not ended["in_force"] and len(await uninsured(client)) == 2
    query = {"in_force": "true"}
    listed = fine(await client.get(f"{OFFICE}/insurance-policies", as_="officer_a", params=query))
    assert listed["items"] == []


async def test_what_does_not_fit_is_refused(client: Client, site: str) -> None:
    made(await record(client, site, everybody=True))
    assert refusal(await record(client, site, everybody=True)) == (409, "insurance.policy_known")
    assert refusal(await record(client, site, number="PA-2")) == (422, "insurance.nobody_named")
    backwards = await record(client, site, number="PA-3", everybody=True, ends_on="2026-10-01")
    assert refusal(backwards) == (422, "insurance.policy_period")
    assert refusal(await record(client, site, "admin_b", everybody=True))[0] == 404


async def test_insurance_follows_a_merge(client: Client, site: str) -> None:
    made(await record(client, site, everybody=True))
    gone = await Worker.get(id=await sites.worker_id(client, "li"))
    kept = await sites.worker_id(client, "zhang")
    gone.state, gone.merged_into_id = WorkerState.MERGED, kept
    await gone.save()
    await merging.follow(gone.id)
    assert await Cover.filter(worker_id=kept).count() == 2
