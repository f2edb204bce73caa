"""The demo's three sites: thirty days on them, with everything that goes wrong on a site."""

from collections import Counter
from datetime import datetime
from typing import Any

import pytest

from api.attendance.models import Method, State, Verdict
from api.attendance.rules import Reason
from api.attendance.signals import Signal
from api.kit.clock import BEIJING
from tests.journeys.people import Visitor
from tests.journeys.serving import Server
from tests.journeys.test_city import Accounts, everything

pytestmark = pytest.mark.timeout(300)
ON_TIME = {Reason.MISSING_IN, Reason.NO_WORK, Reason.TOO_LONG}
"""What does not happen in the demo."""


@pytest.fixture(scope="module")
def days(city: Server, accounts: Accounts) -> list[dict[str, Any]]:
    """Every work day, as the city's office reads it."""
    with Visitor(city.base) as office:
        office.log_in_as_staff(accounts["demo.city"])
        return everything(office, "/regulator/workdays")


def test_three_sites_lack_no_key_information(city: Server, accounts: Accounts) -> None:
    with Visitor(city.base) as office:
        office.log_in_as_staff(accounts["demo.province"])
        projects = everything(office, "/regulator/projects")
        paths = [f"/regulator/projects/{each['id']}/fences" for each in projects]
        fences = [fence for path in paths for fence in office.told("GET", path, 200)["items"]]
        moves = everything(office, "/regulator/site-ledger")
        overrides = everything(office, "/regulator/entry-overrides")
    assert Counter(each["region"] for each in projects) == {"510107": 2, "510104": 1}
    assert all(not each["missing"] for each in projects)
    shapes = {each["geometry"]["type"] for each in fences}
    assert shapes == {"Point", "Polygon", "MultiPolygon"}
    assert max(len(each["geometry"]["coordinates"]) for each in fences) == 2
    found = Counter((each["mover"], each["move"]) for each in moves)
    assert found["team", "entered"] == 8
    assert (found["worker", "entered"], found["worker", "left"]) == (50, 2)
    lacking = sorted(item["item"] for each in overrides for item in each["items"])
    assert lacking == ["certificate", "training"]


def test_a_day_of_every_kind_waits_to_be_looked_at(days: list[dict[str, Any]]) -> None:
    assert {each["state"] for each in days} == set(State)
    assert {reason["code"] for each in days for reason in each["reasons"]} == set(Reason) - ON_TIME
    assert {"0.0", "0.5", "1.0"} <= {each["units"] for each in days}
    assert len({each["date"] for each in days}) == 30
    acts = {step["act"] for each in days for step in each["steps"]}
    assert {"confirm", "auto_confirm", "reject", "dispute", "contest", "correct"} <= acts


def test_the_evidence_holds_every_verdict_method_and_oddity(days: list[dict[str, Any]]) -> None:
    punches = [punch for each in days for punch in each["evidence"]]
    assert len(punches) > 2_000
    assert {punch["verdict"] for punch in punches} == set(Verdict)
    assert {punch["method"] for punch in punches} == set(Method)
    odd = {oddity["code"] for punch in punches for oddity in punch["oddities"]}
    assert odd >= {
        Signal.DEVICE_SHARED, Signal.LATE_UPLOAD, Signal.LOW_ACCURACY, Signal.REPEATED_COORDINATES
    }  # fmt: skip
    both = Counter((day["worker_id"], day["date"]) for day in days)
    assert max(both.values()) == 2
    ends = [(each["date"], datetime.fromisoformat(each["last_at"])) for each in days]
    assert any(last.astimezone(BEIJING).date().isoformat() > begun for begun, last in ends)


def test_the_demo_workers_share_a_site_or_an_enterprise(city: Server, listed: Any) -> None:
    found = []
    for account in [each for each in listed if each["role"] in ("worker", "team_leader")]:
        with Visitor(city.base) as visitor:
            visitor.log_in(**account["login"])
            own = visitor.told("GET", "/me/engagements", 200)["items"]
            teams = visitor.told("GET", "/teams", 200)["items"]
        found += [(each["project"]["name"], each["enterprise"]["name"]) for each in own]
        if account["role"] == "team_leader":
            assert [team["leading"] for team in teams] == [True]
    sites = Counter(found)
    assert sorted(sites.values()) == [1, 3]
