"""A roll-call of thirty people by taps on a phone, counted."""

import sys

from playwright.sync_api import Page, expect

from tests.demo.crews import GANGS
from tests.h5.browser.demo import People
from tests.h5.browser.opening import Openings
from tests.journeys.people import Visitor
from tests.specimens import person

MOST_TAPS = 12
PEOPLE = 30
LEADER = "team_leader"


class Taps:
    """Taps on one page, counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.number = 0

    def on(self, selector: str, place: int = 0) -> None:
        """One tap with a finger."""
        self.page.locator(selector).nth(place).tap()
        self.number += 1


def crowd(people: People) -> str:
    """A team of thirty, who all joined it themselves; its id."""
    given = {"name": "联合大班", "trade": "020"}
    team = str(people.ask(LEADER, "POST", "/teams", json=given)["id"])
    code = people.ask(LEADER, "POST", f"/teams/{team}/invitations", json={"uses": 40})["code"]
    seeds = [seed for gang in GANGS for seed in gang.seeds][1:PEOPLE]
    for seed in seeds:
        with Visitor(people.base) as visitor:
            visitor.log_in(method="sms", phone=person(seed).phone, code="246810")
            visitor.told("POST", f"/invitations/{code}/accept", 201)
    return team


def test_thirty_people_in_twelve_taps(page_as: Openings, people: People) -> None:
    team = crowd(people)
    page = page_as(LEADER)
    page.goto(f"/h5/teams/{team}")
    taps = Taps(page)
    taps.on(f"a[href='/h5/teams/{team}/roll-call']")
    expect(page.locator(".roll-row")).to_have_count(PEOPLE)
    taps.on("a[href$='all=1']")
    expect(page.locator("input[name=member]:checked")).to_have_count(PEOPLE)
    # Two are not there, one came for half a day.
    taps.on(".roll-row .choice", 4)
    taps.on(".roll-row .choice", 17)
    half = page.locator(".roll-row select").nth(9)
    half.tap()
    half.select_option("morning")
    taps.number += 2
    taps.on(".actions button")
    page.wait_for_url(f"**/h5/teams/{team}/worklog?day=*")
    expect(page.locator("main, .says, body").first).to_contain_text("记好了 28 人")
    sheet = people.get(LEADER, f"/teams/{team}/worklog/roll")
    recorded = [row for row in sheet["rows"] if row["recorded"]]
    assert len(recorded) == PEOPLE - 2
    assert sorted({row["recorded_units"] for row in recorded}) == ["0.5", "1"]
    sys.stdout.write(f"a roll-call of {PEOPLE} people took {taps.number} taps\n")
    assert taps.number <= MOST_TAPS
