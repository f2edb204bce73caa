"""Pre-registration, the check before entry, entry, exit, re-entry."""

import asyncio
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from api.attendance.models import Workday
from api.audit.models import AuditLine
from api.engagements.models import Engagement, State
from api.enterprises.models import Enterprise
from api.enterprises.models import State as EnterpriseState
from api.insurance.rules import UNINSURED
from api.kit import clock
from api.kit.personal import Kind, Personal
from api.projects.models import Project
from api.training.models import Training
from api.workers.models import CodeState, Restriction, RestrictionReason, Subject, Worker
from tests.api.engagements import site
from tests.api.engagements.site import OVERSEEN, made, refusal, today
from tests.api.projects import sites
from tests.api.teams import people
from tests.cast import FIRM_A, FIRM_B, Client


def of_age(check: dict[str, Any]) -> list[str]:
    """What the check warns of, but that nobody here is insured."""
    return [words for words in check["warnings"] if words != UNINSURED]


async def test_a_worker_is_registered_and_told(client: Client) -> None:
    row = await site.period(client, await site.project(client))
    shown = (await client.get(row.path, as_="manager_a")).json()
    assert (shown["state"], shown["worker"], shown["trade_name"]) == (
        "registered", "张*例", "钢筋工",
    )  # fmt: skip
    inbox = (await client.get("/api/v1/me/messages", as_="zhang")).json()["items"]
    assert inbox[0]["kind"] == "engagement.registered"


async def test_fifteen_registrations_at_once_make_one_period(client: Client) -> None:
    project_id = await site.project(client)
    worker = await people.worker(client, "zhang")
    answers = await asyncio.gather(*(site.register(client, project_id, worker) for _ in range(15)))
    assert sorted(each.status_code for each in answers) == [201] + [409] * 14
    assert {refusal(a) for a in answers if a.status_code == 409} == {
        (409, "engagements.already_engaged")
    }
    assert await Engagement.all().count() == 1


async def test_fifteen_entries_at_once_put_the_worker_into_one_team(client: Client) -> None:
    project_id = await site.project(client)
    first, known = await site.team_of(client, "zhang")
    second = str((await people.team(client, name="样例木工班"))["id"])
    await people.joined(client, second, "zhang")
    teams = [first, second] * 7 + [None]
    answers = await asyncio.gather(
        *(site.register(client, project_id, known["zhang"], team_id=team) for team in teams)
    )
    row = made(next(each for each in answers if each.status_code == 201))
    period = site.Period(client, project_id, row["id"], known["zhang"], "zhang", "officer_a")
    await period.prepare()
    entries = await asyncio.gather(*(period.enter() for _ in range(15)))
    assert {each.status_code for each in entries} == {200}
    on_site = await Engagement.filter(worker_id=known["zhang"].id, state=State.ON_SITE)
    assert len(on_site) == 1
    lines = (await client.get(f"{OVERSEEN}/site-ledger", as_="county")).json()["items"]
    expected = ["team", "worker"] if row["team"] else ["worker"]
    assert sorted(line["mover"] for line in lines) == expected


async def test_everything_missing_is_listed_with_words(client: Client) -> None:
    row = await site.period(client, await site.project(client), trade="130")
    check = await row.check()
    assert not check["ready"] and check["overridable"]
    assert [each["item"] for each in check["missing"]] == ["contract", "training", "certificate"]
    assert all(each["words"].endswith("。") for each in check["missing"])
    answer = await row.enter()
    assert refusal(answer) == (409, "engagements.entry_blocked")
    codes = [each["code"] for each in answer.json()["errors"]]
    assert codes == ["entry.contract", "entry.training", "entry.certificate"]
    # Reading the birthday leaves its line, also where the entry is refused.
    assert await AuditLine.filter(tag="personal.revealed").count() == 2


async def test_who_lacks_nothing_enters_and_is_told(client: Client) -> None:
    row = await site.ready(client, await site.project(client))
    assert (await row.check())["ready"]
    answer = await row.enter()
    assert (answer.status_code, answer.json()["state"]) == (200, "on_site")
    assert answer.json()["entered_on"] == today()
    assert (await row.enter()).status_code == 200
    assert refusal(await row.enter(entered_on=today(-1))) == (409, "engagements.wrong_step")
    inbox = (await client.get("/api/v1/me/messages", as_="zhang")).json()["items"]
    assert inbox[0]["kind"] == "engagement.entered"


async def test_hours_of_training_add_up_to_the_least_number(client: Client) -> None:
    row = await site.period(client, await site.project(client))
    made(await row.train(hours="14.5"))
    made(await row.train(hours="8", kind="yearly"))
    assert "training" in await row.missing()
    made(await row.train(hours="0.5"))
    assert "training" not in await row.missing()


@pytest.mark.parametrize(
    ("born_days_ago_is", "item"),
    [("16 years less a day", "too_young"), ("16", "minor"), ("18 less a day", "minor"),
     ("18", None), ("90", None)],
)  # fmt: skip
async def test_the_law_on_young_workers(
    client: Client, born_days_ago_is: str, item: str | None
) -> None:
    years = int(born_days_ago_is.split()[0])
    day = clock.today().replace(year=clock.today().year - years)
    born = day + timedelta(days=1) if "less" in born_days_ago_is else day
    worker = await people.worker(client, "zhang", birth=Personal.of(Kind.TEXT, born.isoformat()))
    row = await site.period(client, await site.project(client), worker=worker)
    await row.prepare()
    assert await row.missing() == ([item] if item else [])


async def test_a_minor_does_no_work_of_a_site_and_may_sit_in_its_office(client: Client) -> None:
    worker = await people.worker(client, "zhang", birth=aged(17))
    project_id = await site.project(client)
    row = await (await site.period(client, project_id, worker=worker, trade="900")).prepare()
    found = await row.check()
    [warning] = of_age(found)
    assert found["missing"] == [] and "18" in warning


def aged(years: int) -> Personal:
    """The birthday of somebody who became so old today."""
    born = clock.today().replace(year=clock.today().year - years)
    return Personal.of(Kind.TEXT, born.isoformat())


@pytest.mark.parametrize("years", [15, 17])
async def test_nobody_lets_in_a_child_or_a_restricted_worker(client: Client, years: int) -> None:
    worker = await people.worker(client, "zhang", birth=aged(years))
    row = await (await site.period(client, await site.project(client), worker=worker)).prepare()
    override = {"reason": "负责人说可以", "until": today(5)}
    answer = await row.post("entry", {"override": override}, by="manager_a")
    assert refusal(answer) == (409, "engagements.entry_blocked")


async def test_an_inactive_code_and_a_restriction_block(client: Client) -> None:
    row = await site.ready(client, await site.project(client))
    await Restriction.create(
        subject=Subject.WORKER, subject_index=row.worker.number_index, region="510107",
        reason=RestrictionReason.ORDER, document="样例文件〔2026〕1号", valid_from="2020-01-01",
    )  # fmt: skip
    assert await row.missing() == ["restricted"]
    override = {"reason": "负责人说可以", "until": today(5)}
    answer = await row.post("entry", {"override": override}, by="manager_a")
    assert refusal(answer) == (409, "engagements.entry_blocked")
    await Worker.filter(id=row.worker.id).update(code_state=CodeState.FROZEN)
    assert await row.missing() == ["code"]
    assert refusal(await row.enter()) == (409, "engagements.entry_blocked")


BANDS = [
    {"sex": "male", "over": 60, "effect": "block"},
    {"sex": "female", "over": 50, "effect": "block"},
    {"sex": None, "over": 45, "effect": "warn"},
    {"sex": "male", "over": 55, "effect": "health_certificate"},
]


def rule(region: str = "510100", **changed: Any) -> dict[str, Any]:
    return {
        "region": region, "effective_from": today(-40), "training_hours": "15", "bands": BANDS,
        "source": "样例文件〔2026〕2号", **changed,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("sex", "age", "items", "warned"),
    [("male", 60, ["health_certificate"], False), ("male", 61, ["age"], False),
     ("male", 55, [], True), ("male", 45, [], False), ("female", 51, ["age"], False),
     ("female", 50, [], True)],
)  # fmt: skip
async def test_a_regions_ages_are_parameters(
    client: Client, sex: str, age: int, items: list[str], warned: bool
) -> None:
    project_id = await site.project(client)
    made(await client.post(f"{OVERSEEN}/entry-rules", as_="city", json=rule()))
    born = clock.today().replace(year=clock.today().year - age) - timedelta(days=3)
    worker = await people.worker(
        client, "zhang", sex=sex, birth=Personal.of(Kind.TEXT, born.isoformat())
    )
    row = await (await site.period(client, project_id, worker=worker)).prepare()
    check = await row.check()
    assert [each["item"] for each in check["missing"]] == items
    assert bool(of_age(check)) is warned


async def test_the_nearest_regions_newest_rule_counts(client: Client) -> None:
    row = await site.ready(client, await site.project(client))
    for region, hours in (("510000", "40"), ("510100", "16"), ("510100", "17"), ("510107", "15")):
        by = {"510000": "province", "510100": "city", "510107": "county"}[region]
        body = rule(region, training_hours=hours, bands=[])
        made(await client.post(f"{OVERSEEN}/entry-rules", as_=by, json=body))
        expected = [] if region == "510107" else ["training"]
        assert await row.missing() == expected, region
    later = rule("510107", training_hours="99", effective_from=today(1))
    made(await client.post(f"{OVERSEEN}/entry-rules", as_="county", json=later))
    assert await row.missing() == []
    assert "training" in await row.missing(day=today(1))


@pytest.mark.parametrize(("days", "needed"), [(365, False), (366, True)])
async def test_a_year_without_data_asks_for_new_training(
    client: Client, days: int, needed: bool
) -> None:
    row = await site.period(client, await site.project(client))
    await row.prepare()
    await _earlier(row, clock.today() - timedelta(days=days))
    # The entry training just recorded is data of this year: take it back in time.
    await _train_long_ago(row)
    assert ("retraining" in await row.missing()) is needed
    made(await row.train(kind="retraining", hours="8"))
    assert "retraining" not in await row.missing()


@pytest.mark.parametrize(("worked", "needed"), [(None, True), (400, True), (300, False)])
async def test_a_period_that_nobody_ended_is_data_only_until_he_last_worked(
    client: Client, worked: int | None, needed: bool
) -> None:
    row = await (await site.period(client, await site.project(client))).prepare()
    elsewhere = await sites.another(client, name="天府样例二期")
    await _train_long_ago(row)
    await Engagement.create(
        worker_id=row.worker.id, worker_code=row.worker.code, project_id=elsewhere["id"],
        enterprise_id=FIRM_B, contractor_id=FIRM_B, region="510107", trade="020",
        state=State.ON_SITE.value, entered_on=clock.today() - timedelta(days=450),
    )  # fmt: skip
    if worked is not None:
        await _worked(row, UUID(elsewhere["id"]), clock.today() - timedelta(days=worked))
    assert ("retraining" in await row.missing()) is needed


async def _worked(row: site.Period, project_id: UUID, day: date) -> None:
    await Workday.create(
        worker_id=row.worker.id, account_id=row.worker.account_id, project_id=project_id,
        engagement_id=uuid4(), enterprise_id=FIRM_B, contractor_id=FIRM_B, region="510107",
        day=day, state="confirmed", units=1, found_units=1, hours=8, reasons=[], evidence=2,
        derived_at=clock.now(),
    )  # fmt: skip


async def _earlier(row: site.Period, left_on: Any) -> None:
    await Engagement.create(
        worker_id=row.worker.id, worker_code=row.worker.code, project_id=row.project_id,
        enterprise_id=FIRM_B, contractor_id=FIRM_B, region="510107", trade="020",
        state=State.LEFT.value, entered_on=left_on - timedelta(days=9), left_on=left_on,
    )  # fmt: skip


async def _train_long_ago(row: site.Period) -> None:
    long_ago = clock.today() - timedelta(days=500)
    await Training.filter(worker_id=row.worker.id).update(held_on=long_ago)


async def test_a_special_trade_needs_a_certificate_in_force(client: Client) -> None:
    row = await site.ready(client, await site.project(client), trade="130")
    body = {
        "worker_code": row.worker.code, "operation": "01", "number": "川A012019000123",
        "issued_by": "样例省住房和城乡建设厅", "valid_from": "2020-01-01", "valid_to": today(-1),
    }  # fmt: skip
    for changed, missing in (
        ({"number": "A012019000123"}, ["certificate"]),
        ({"number": "A012019000123", "operation": "02", "valid_to": today(9)}, ["certificate"]),
        ({"number": "A012019000123", "valid_to": today()}, []),
    ):
        answer = await client.post(
            f"{site.OFFICE}/certificates", as_="officer_a", json={**body, **changed}
        )
        assert made(answer)["number"].startswith("A012*")
        assert await row.missing() == missing, changed


async def test_exit_settlement_and_a_new_period(client: Client) -> None:
    project_id = await site.project(client)
    row = await site.entered(client, project_id)
    answer = await row.leave(settled=False, reason="主体完工")
    assert answer.json()["state"] == "left" and answer.json()["settled"] is False
    assert (await row.leave(settled=False, reason="主体完工")).status_code == 200
    assert refusal(await row.leave()) == (409, "engagements.wrong_step")
    assert (await row.put("settlement", {"settled": True})).json()["settled"] is True
    again = await site.period(client, project_id, worker=row.worker)
    assert again.id != row.id
    assert (await again.enter()).json()["entered_on"] == today()
    mine = (await client.get("/api/v1/me/engagements", as_="zhang")).json()["items"]
    assert [each["state"] for each in mine] == ["on_site", "left"]


async def test_days_of_entry_and_exit_keep_their_order(client: Client) -> None:
    row = await site.ready(client, await site.project(client))
    for day in (today(1), today(-32)):
        assert refusal(await row.enter(entered_on=day)) == (422, "engagements.day_outside")
    assert (await row.enter(entered_on=today(-3))).status_code == 200
    for day in (today(1), today(-4)):
        assert refusal(await row.leave(left_on=day)) == (422, "engagements.day_outside")
    assert (await row.leave(left_on=today(-2))).status_code == 200
    again = await site.period(client, row.project_id, worker=row.worker)
    assert refusal(await again.enter(entered_on=today(-3))) == (422, "engagements.day_outside")
    assert (await again.enter(entered_on=today(-2))).status_code == 200


async def test_who_did_not_come_is_cancelled(client: Client) -> None:
    project_id = await site.project(client)
    row = await site.period(client, project_id)
    for _ in range(2):
        assert (await row.post("cancel")).json()["state"] == "cancelled"
    assert refusal(await row.enter()) == (409, "engagements.wrong_step")
    assert (await client.get("/api/v1/me/engagements", as_="zhang")).json()["items"] == []
    other = await site.entered(client, project_id, worker=row.worker)
    assert refusal(await other.post("cancel")) == (409, "engagements.wrong_step")


async def test_a_subcontractor_enters_its_own_and_the_contractor_anybody(client: Client) -> None:
    project_id = await site.with_firm_b(client)
    row = await site.period(client, project_id, by="officer_b")
    shown = (await client.get(row.path, as_="officer_a")).json()
    assert shown["enterprise"]["id"] == str(FIRM_B)
    li = await people.worker(client, "li")
    answer = await site.register(client, project_id, li, enterprise_id=str(FIRM_B))
    assert made(answer)["enterprise"]["id"] == str(FIRM_B)
    wang = await people.worker(client, "wang")
    own = made(await site.register(client, project_id, wang))
    path = f"{site.OFFICE}/projects/{project_id}/engagements/{own['id']}"
    assert (await client.get(path, as_="officer_b")).status_code == 404
    assert (await client.post(f"{path}/entry", as_="officer_b", json={})).status_code == 404
    answer = await row.offer(by="officer_a")
    assert refusal(answer) == (403, "engagements.not_employer")


async def test_a_worker_works_only_with_a_team_he_joined(client: Client) -> None:
    project_id = await site.project(client)
    team_id, _ = await site.team_of(client)
    worker = await people.worker(client, "zhang")
    answer = await site.register(client, project_id, worker, team_id=team_id)
    assert refusal(answer) == (409, "engagements.not_in_team")
    row = await site.entered(client, project_id, worker=worker)
    answer = await row.put("team", {"team_id": team_id})
    assert refusal(answer) == (409, "engagements.not_in_team")
    await people.joined(client, team_id, "zhang")
    assert (await row.put("team", {"team_id": team_id})).json()["team"]["id"] == team_id
    assert (await row.put("team", {"team_id": None})).json()["team"] is None


async def test_a_frozen_enterprise_takes_nobody_in(client: Client) -> None:
    project_id = await site.project(client)
    worker = await people.worker(client, "zhang")
    await Enterprise.filter(id=FIRM_A).update(state=EnterpriseState.FROZEN)
    answer = await site.register(client, project_id, worker)
    assert refusal(answer)[1] == "enterprises.frozen"
    assert await Engagement.all().count() == 0


async def test_a_finished_project_takes_nobody_in(client: Client) -> None:
    project_id = await site.project(client)
    await Project.filter(id=project_id).update(status="004")
    worker = await people.worker(client, "zhang")
    answer = await site.register(client, project_id, worker)
    assert refusal(answer) == (409, "engagements.project_closed")
