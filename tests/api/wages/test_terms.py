"""Terms of pay as an office reads them: who is paid by what, and what held before."""

from datetime import date
from uuid import uuid4

import httpx
import pytest

from api.engagements.models import Contract, ContractState, Engagement
from api.kit import clock
from api.kit.personal import Kind as Secret
from api.kit.personal import Personal
from api.wages.models import WageTerms
from api.wages.reckoning import PayKind
from tests.api.wages import paid
from tests.api.wages.paid import TERMS, Paid, days, fine
from tests.cast import FIRM_A, FIRM_B, Client

IN_FORCE = f"{TERMS}/in-force"


@pytest.fixture
async def world(client: Client) -> Paid:
    return await paid.opened(client)


async def test_a_site_shows_who_is_paid_by_what_and_who_by_nothing(world: Paid) -> None:
    await world.terms(pay_kind="hour", rate_fen=3500, overtime_fen=6000)
    await world.terms(rate_fen=36000, effective_from="2026-12-01")
    found = fine(await asked(world))["items"]
    by_worker = {each["worker_id"]: each["terms"] for each in found}
    terms = by_worker[str(world.zhang)]
    assert (terms["pay_kind"], terms["rate_fen"], terms["overtime_fen"]) == ("hour", 3500, 6000)
    assert terms["overtime_percent"] is None and not terms["by_contract"], "the later ones wait"
    assert by_worker[str(world.li)] is None, "whoever has no terms has no wage: it is seen here"
    refused = await asked(world, "officer_b")
    assert (refused.status_code, refused.json()["code"]) == (404, "projects.no_such_project")


async def asked(world: Paid, who: str = "officer_a") -> httpx.Response:
    return await world.client.get(IN_FORCE, as_=who, params={"project_id": world.project_id})


async def test_each_version_says_since_when_until_when_and_by_whom(world: Paid) -> None:
    await contract(world)
    await world.terms(rate_fen=30000, effective_from="2026-10-01")
    await world.terms(rate_fen=31000, effective_from="2026-11-01")
    await world.terms(rate_fen=32000, effective_from="2026-11-01")
    await world.terms(rate_fen=33000, effective_from="2026-12-01")
    path = f"/api/v1/enterprise/projects/{world.project_id}/workers/{world.zhang}/wage-terms"
    found = fine(await world.client.get(path, as_="officer_a"))
    assert [
        (each["rate_fen"], each["state"], each["effective_from"], each["until"])
        for each in found["versions"]
    ] == [
        (33000, "later", "2026-12-01", None),
        (32000, "now", "2026-11-01", "2026-11-30"),
        (31000, "replaced", "2026-11-01", "2026-10-31"),
        (30000, "past", "2026-10-01", "2026-10-31"),
        (28000, "past", "2026-09-01", "2026-09-30"),
    ]
    by = [each["set_by"] for each in found["versions"]]
    assert by[:4] == ["officer_a"] * 4 and by[4] == "", "a contract is nobody's word alone"
    assert [each["by_contract"] for each in found["versions"]] == [False] * 4 + [True]
    assert (await world.client.get(path, as_="officer_b")).status_code == 404
    nobody = path.replace(str(world.zhang), str(uuid4()))
    assert (await world.client.get(nobody, as_="officer_a")).status_code == 404


async def test_another_employers_terms_stay_his(world: Paid) -> None:
    """A subcontractor's terms of the same worker are not this employer's history."""
    await WageTerms.create(
        worker_id=world.zhang, project_id=world.project_id, enterprise_id=FIRM_B,
        contractor_id=FIRM_B, region="510107", pay_kind=PayKind.DAY, rate_fen=1, unit_hours=8,
        overtime_percent=150, pay_day=20, effective_from=date(2026, 10, 1),
    )  # fmt: skip
    path = f"/api/v1/enterprise/projects/{world.project_id}/workers/{world.zhang}/wage-terms"
    found = fine(await world.client.get(path, as_="officer_a"))["versions"]
    assert 1 not in [each["rate_fen"] for each in found]


async def contract(world: Paid) -> None:
    """A contract that Zhang signed in September."""
    period = await Engagement.get(worker_id=world.zhang)
    await Contract.filter(worker_id=world.zhang).delete()
    await Contract.create(
        worker_id=world.zhang, project_id=period.project_id,
        enterprise_id=FIRM_A, contractor_id=FIRM_A, region="510107", kind="work_agreement",
        template=1, state=ContractState.SIGNED, pay_kind="day", pay_fen=28000, pay_day=20,
        starts_on=date(2026, 9, 1), signed_at=clock.now(), digest="0" * 64,
        text=Personal.of(Secret.TEXT, "样例"), made_by=uuid4(),
    )  # fmt: skip


async def test_a_sheet_pays_each_day_by_what_held_on_it(world: Paid) -> None:
    await contract(world)
    await world.terms(rate_fen=30000, effective_from="2026-10-10")
    await world.terms(rate_fen=34000, effective_from="2026-10-20")
    await world.terms(rate_fen=99000, effective_from="2026-11-01")
    await world.work(world.zhang, days("2026-10-09", 15))
    sheet = await world.make()
    found = await world.line(sheet["id"])
    assert [(each["price_fen"], each["quantity"], each["note"]) for each in found["items"]] == [
        (28000, "1", "10月10日前"), (30000, "10", "10月10日起"), (34000, "4", "10月20日起"),
    ]  # fmt: skip
    assert found["net_fen"] == 28000 + 300000 + 136000
    assert (found["rate_fen"], found["hours"]) == (34000, "120")
