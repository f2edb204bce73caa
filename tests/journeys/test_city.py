"""The city of the demo has everybody and everything that a visitor may want to see."""

from collections import Counter
from typing import Any

import pytest

from tests.journeys.people import Visitor
from tests.journeys.serving import Server

pytestmark = pytest.mark.timeout(300)
Accounts = dict[str, dict[str, Any]]


def everything(visitor: Visitor, path: str) -> list[dict[str, Any]]:
    """All items of a list, page by page."""
    items: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        query = {"limit": "100", **({"cursor": cursor} if cursor else {})}
        answer = visitor.told("GET", path, 200, params=query)
        items += answer["items"]
        cursor = answer["next_cursor"]
    return items


def test_its_workers_are_in_every_state(city: Server, accounts: Accounts) -> None:
    with Visitor(city.base) as province:
        province.log_in_as_staff(accounts["demo.province"])
        workers = everything(province, "/regulator/workers")
        firms = everything(province, "/regulator/enterprises")
    states = Counter((worker["state"], worker["code_state"]) for worker in workers)
    assert states["verified", "active"] >= 60
    assert states["collected", None] >= 20
    assert (states["verified", "frozen"], states["verified", "dead"]) == (4, 2)
    assert states["merged", None] == 1
    assert Counter(firm["state"] for firm in firms) == {"verified": 2, "review": 1, "refused": 1}


def test_the_officers_find_cases_of_every_kind(city: Server, accounts: Accounts) -> None:
    with Visitor(city.base) as county:
        county.log_in_as_staff(accounts["demo.county"])
        waiting = everything(county, "/review/verifications")
    seats = Counter(case["seat"] for case in waiting)
    assert seats["lead"] == 2
    assert seats["second"] >= 2
    reasons = {reason["code"] for case in waiting for reason in case["reasons"]}
    assert {"face.declined", "identity.doubtful", "identity.no_photo"} <= reasons


def test_a_neighbouring_county_sees_its_own_alone(city: Server, accounts: Accounts) -> None:
    with Visitor(city.base) as neighbour:
        neighbour.log_in_as_staff(accounts["demo.county.2"])
        regions = {each["region"] for each in everything(neighbour, "/regulator/workers")}
    assert regions == {"510104"}


def test_a_firm_sees_those_who_confirmed_and_those_who_have_not_answered(
    city: Server, accounts: Accounts
) -> None:
    with Visitor(city.base) as officer:
        officer.log_in_as_staff(accounts["demo.wages.a"])
        page = officer.told("GET", "/enterprise/workers?limit=100", 200)
    assert {each["state"] for each in page["items"]} == {"confirmed", "proposed"}
    assert page["denied"] == 2
