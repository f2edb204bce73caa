"""The scene of the journey of wages: an empty system, the eve of a month, who comes into it."""

import io
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import httpx
from PIL import Image, ImageDraw

from api.codes import workdays
from tests.api.enterprises.firms import application
from tests.journeys import offices
from tests.journeys.offices import BEIJING, WITHIN_S, Staff, Town
from tests.journeys.people import Visitor
from tests.specimens import Person, person, selfie

COUNTY, NEIGHBOUR = "510107", "510104"
ACCOUNT = "510501234567891238"
PAID_IN = 50_000_000
NIGHTS = 30
"""Days that everybody works."""
SPOT = {"lon": 104.0658, "lat": 30.6574, "datum": "wgs84"}
PAY: tuple[dict[str, Any], ...] = (
    {"pay_kind": "day", "rate_fen": 31_250},
    {"pay_kind": "hour", "rate_fen": 4_015, "unit_hours": "8.5"},
    {"pay_kind": "day", "rate_fen": 29_999},
    {"pay_kind": "month", "rate_fen": 880_001},
)
OBJECTS, UNLUCKY = 2, 3
"""Who objects, and whose card is closed, by their place in `PAY`."""


@dataclass
class Worker:
    """A worker with what he is paid; his other card is the one he names later."""

    someone: Person
    visitor: Visitor
    pay: dict[str, Any]
    code: str = ""
    id: str = ""
    engagement: str = ""
    slip: str = ""
    digest: str = ""
    cards: tuple[str, str] = ("", "")


@dataclass
class Scene:
    """Everybody of this journey; the site and what comes to be on it."""

    town: Town
    county: Staff
    neighbour: Staff
    maker: Staff
    auditor: Staff
    checker: Staff
    stranger: Staff
    first: date
    workers: list[Worker] = field(default_factory=list)
    site: str = ""
    account: str = ""
    sheet: str = ""

    @property
    def month(self) -> str:
        """The month of the work."""
        return f"{self.first:%Y-%m}"

    @property
    def path(self) -> str:
        """Where the offices keep the sheet."""
        return f"/enterprise/wage-sheets/{self.sheet}"

    def day(self, number: int) -> date:
        """The day of the work by its number from 1."""
        return self.first + timedelta(days=number - 1)

    def earned(self, worker: Worker, units: int = NIGHTS) -> int:
        """What so many whole days earn, reckoned apart from the product."""
        rate, days = Decimal(worker.pay["rate_fen"]), Decimal(units)
        if worker.pay["pay_kind"] == "hour":
            days *= Decimal(worker.pay["unit_hours"])
        if worker.pay["pay_kind"] == "month":
            rate /= self._working_days()
        return int((rate * days).quantize(Decimal(1), rounding=ROUND_HALF_UP))

    def _working_days(self) -> int:
        month = (self.first + timedelta(days=n) for n in range(31))
        calendar = workdays.calendar()
        return sum(calendar.is_working(d) for d in month if d.month == self.first.month)

    @property
    def total(self) -> int:
        """What all of them earn."""
        return sum(self.earned(worker) for worker in self.workers)


def eventually(found: Callable[[], Any]) -> Any:
    """What is found once the jobs have run."""
    deadline = time.monotonic() + WITHIN_S
    while not (answer := found()):
        assert time.monotonic() < deadline, "it does not come"
        time.sleep(0.1)
    return answer


def next_month(today: date) -> date:
    """The first day of the next month of at least 30 days whose eve is still to come."""
    first = today.replace(day=1)
    while first - timedelta(days=1) <= today or (first + timedelta(days=29)).month != first.month:
        first = (first + timedelta(days=32)).replace(day=1)
    return first


def opened(town: Town) -> Scene:
    """The eve of the month: offices and firms, the site with its account, four people on it."""
    first = next_month(datetime.now(BEIJING).date())
    town.go(first - timedelta(days=1), 8)
    county, neighbour = offices.founded(town, (COUNTY, NEIGHBOUR))
    firm_id, applicant = offices.firm(town, county, 3190, application(1))
    posts = {"maker": "wage_officer", "auditor": "wage_officer", "checker": "enterprise_admin"}
    staff = offices.taken_on(town, firm_id, applicant, posts)
    other_id, other = offices.firm(town, county, 3191, application(2))
    stranger = offices.taken_on(town, other_id, other, {"stranger": "wage_officer"})
    scene = Scene(
        town, county, neighbour, staff["maker"], staff["auditor"], staff["checker"],
        stranger["stranger"], first,
    )  # fmt: skip
    _site_is_ready(scene)
    scene.workers = [_registered(scene, 3192 + 2 * at, pay) for at, pay in enumerate(PAY)]
    team = _team(scene)
    for worker in scene.workers:
        _enters(scene, worker, team)
    return scene


def _site_is_ready(scene: Scene) -> None:
    officer, eve = scene.maker.enter(), scene.day(0).isoformat()
    details = {"name": "天府样例一期", "region": COUNTY, "category": "01", "pay_day": 10}
    scene.site = officer.told("POST", "/enterprise/projects", 201, json=details)["id"]
    path = f"/enterprise/projects/{scene.site}"
    post = {"post": "g01", "name": "孙样例", "phone": "13900000077", "starts_on": eve}
    officer.told("POST", f"{path}/posts", 201, json=post)
    rules = {"methods": ["fence"], "shift_start": "08:00", "shift_end": "18:00"}
    policy = {**rules, "effective_from": eve}
    officer.told("POST", f"{path}/attendance-policies", 201, json=policy)
    place = {"type": "Point", "coordinates": [SPOT["lon"], SPOT["lat"]]}
    fence = {"name": "一期工地", "datum": "wgs84", "geometry": place, "radius_m": 150}
    officer.told("POST", f"{path}/fences", 201, json=fence)
    begins = {"status": "003", "on": eve}
    officer.told("POST", f"{path}/status", 200, json=begins)
    opened = {"bank_code": "105", "number": ACCOUNT, "opened_on": eve}
    row = officer.told("POST", f"{path}/special-account", 201, json=opened)
    assert ACCOUNT not in json.dumps(row)
    scene.account = row["id"]


def _registered(scene: Scene, seed: int, pay: dict[str, Any]) -> Worker:
    """From the phone to the verification code and the wage card."""
    someone, visitor = person(seed), scene.town.visitor()
    visitor.log_in(**scene.town.code(visitor, someone.phone))
    visitor.agree("id_card", "face", "location", "bank_card")
    answer = visitor.register(visitor.photograph(someone), selfie(someone))
    assert answer["status"] == "verified"
    cards = (someone.bank_card, person(seed + 100).bank_card)
    worker = Worker(someone, visitor, pay, code=str(answer["verification_code"]), cards=cards)
    assert names_card(scene, worker, worker.cards[0])["last_four"] == worker.cards[0][-4:]
    return worker


def proves(scene: Scene, worker: Worker) -> Visitor:
    """He shows again, by his phone, who he is."""
    proof = scene.town.code(worker.visitor, worker.someone.phone)
    worker.visitor.take(worker.visitor.told("POST", "/auth/sudo", 201, json=proof)["token"])
    return worker.visitor


def names_card(scene: Scene, worker: Worker, number: str) -> Any:
    """His wages go to this card from now on."""
    body = {"number": number, "bank_name": "样例银行"}
    return proves(scene, worker).told("PUT", "/me/bank-card", 200, json=body)


def _team(scene: Scene) -> str:
    leader, *others = [worker.visitor for worker in scene.workers]
    team = leader.told("POST", "/teams", 201, json={"name": "木工一班", "trade": "240"})
    path = f"/teams/{team['id']}/invitations"
    code = leader.told("POST", path, 201, json={"uses": len(others)})["code"]
    for each in others:
        each.told("POST", f"/invitations/{code}/accept", 201)
    return str(team["id"])


def _enters(scene: Scene, worker: Worker, team: str) -> None:
    """Contract, training, entry, and how he is paid."""
    officer, eve = scene.maker.visitor, scene.day(0).isoformat()
    periods = f"/enterprise/projects/{scene.site}/engagements"
    expected = {"worker_code": worker.code, "trade": "240", "team_id": team}
    period = officer.told("POST", periods, 201, json=expected)
    worker.id, worker.engagement = period["worker_id"], period["id"]
    agreed = {"pay_kind": worker.pay["pay_kind"], "pay_fen": worker.pay["rate_fen"]}
    terms = {"kind": "work_agreement", **agreed, "starts_on": eve}
    path = f"{periods}/{period['id']}"
    contract = officer.told("POST", f"{path}/contracts", 201, json=terms)["id"]
    copy = worker.visitor.told("GET", f"/me/contracts/{contract}", 200)
    own = {"confirmed": (None, "true"), "sha256": (None, copy["sha256"])}
    worker.visitor.told("POST", f"/me/contracts/{contract}/signature", 200, files=own)
    course = {"worker_code": worker.code, "kind": "entry", "held_on": eve, "hours": "16"}
    officer.told("POST", f"/enterprise/projects/{scene.site}/trainings", 201, json=course)
    officer.told("POST", f"{path}/entry", 200, json={"entered_on": eve})
    paid = {"worker_id": worker.id, "project_id": scene.site, **worker.pay}
    since = {"effective_from": scene.first.isoformat()}
    officer.told("POST", "/enterprise/wage-terms", 201, json={**paid, **since})


def slip_of(worker: Worker) -> Any:
    """His payslip as he sees it now."""
    return worker.visitor.told("GET", f"/me/payslips/{worker.slip}", 200)


def strokes() -> tuple[str, bytes, str]:
    """A drawn signature as the pad sends it."""
    sheet, content = Image.new("RGB", (600, 300), "white"), io.BytesIO()
    ImageDraw.Draw(sheet).line([(40, 200), (200, 60), (300, 240), (520, 90)], "black", 8)
    sheet.save(content, "PNG")
    return ("s.png", content.getvalue(), "image/png")


def sign(worker: Worker, digest: str) -> httpx.Response:
    """What is answered to his drawn signature of what has this digest."""
    path = f"/me/payslips/{worker.slip}/signature"
    files = {"digest": (None, digest), "strokes": strokes()}
    return worker.visitor.call("POST", path, files=files)
