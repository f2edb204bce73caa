"""From a team to a decided work day, through HTTP alone: worker, leader, offices and county."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from tests.journeys.people import Visitor
from tests.journeys.serving import Server
from tests.specimens import Person, person, selfie

pytestmark = pytest.mark.timeout(300)
BEIJING = ZoneInfo("Asia/Shanghai")
INSIDE = {"lon": 104.1126, "lat": 30.5985}
OUTSIDE = {"lon": 104.1326, "lat": 30.5985}
Accounts = dict[str, dict[str, Any]]


NIGHT = timedelta(hours=4)


@cache
def newest() -> date:
    """The day that goes on, one for the whole way: soon after midnight it is still yesterday.

    Offline punches are taken for 72 hours: those of the two days before it are at most 69 old.
    """
    return (datetime.now(BEIJING) - NIGHT).date()


def day(ago: int) -> date:
    """The day so many before it."""
    return newest() - timedelta(days=ago)


def moment(ago: int, hour: int) -> str:
    """An instant of such a day."""
    return datetime.combine(day(ago), time(hour), tzinfo=BEIJING).isoformat()


@dataclass
class Scene:
    """Everybody of this journey, logged in; the school's project; the worker's code."""

    leader: Visitor
    worker: Visitor
    officer: Visitor
    manager: Visitor
    county: Visitor
    neighbour: Visitor
    site: str
    code: str

    @property
    def periods(self) -> str:
        """Where the office keeps who works on the site."""
        return f"/enterprise/projects/{self.site}/engagements"

    def punch(self, place: dict[str, float], way: str, at: str | None = None) -> dict[str, Any]:
        """What the phone sends."""
        taken = at or datetime.now(BEIJING).isoformat()
        return {
            "client_id": str(uuid4()),
            "project_id": self.site,
            "direction": way,
            "method": "fence",
            "device_id": "journey-1",
            "claimed_at": taken,
            "position": {**place, "datum": "gcj02", "accuracy_m": 10, "taken_at": taken},
        }


@pytest.fixture(scope="module")
def scene(city: Server, accounts: Accounts) -> Iterator[Scene]:
    with ExitStack() as doors:

        def enter(name: str = "") -> Visitor:
            visitor = doors.enter_context(Visitor(city.base))
            if name:
                visitor.log_in_as_staff(accounts[name])
            return visitor

        leader, worker, officer = enter(), enter(), enter("demo.wages.b")
        query = {"name": "示例小学"}
        [project] = officer.told("GET", "/enterprise/projects", 200, params=query)["items"]
        registered(city, leader, person(3101))
        yield Scene(
            leader=leader,
            worker=worker,
            officer=officer,
            manager=enter("demo.manager.b"),
            county=enter("demo.county.2"),
            neighbour=enter("demo.county"),
            site=project["id"],
            code=registered(city, worker, person(3102)),
        )


def registered(city: Server, visitor: Visitor, someone: Person) -> str:
    """He goes from his phone to his verification code."""
    visitor.told("POST", "/auth/sms-codes", 202, json={"phone": someone.phone})
    code = city.sms(someone.phone)[-1]["params"]["code"]
    visitor.log_in(method="sms", phone=someone.phone, code=code)
    visitor.agree("id_card", "face")
    answer = visitor.register(visitor.photograph(someone), selfie(someone))
    assert answer["status"] == "verified"
    return str(answer["verification_code"])


def test_the_way_from_a_team_to_a_settled_day(scene: Scene) -> None:
    team = _joins_by_code(scene)
    period = _is_expected(scene, team)
    _signs_his_own_copy(scene, period)
    _enters_once_nothing_is_missing(scene, period)
    _punches_once_however_often_sent(scene)
    _works_without_a_signal(scene)
    confirmed, rejected = _days(scene)
    _is_decided(scene, confirmed, rejected)
    _is_seen_by_the_county_alone(scene, rejected)
    _is_settled(scene, rejected)
    _leaves(scene, period)


def _joins_by_code(scene: Scene) -> str:
    team = scene.leader.told("POST", "/teams", 201, json={"name": "木工二班", "trade": "240"})
    path = f"/teams/{team['id']}"
    invitation = scene.leader.told("POST", f"{path}/invitations", 201, json={"uses": 1})
    assert scene.worker.call("GET", path).status_code == 404
    accept = f"/invitations/{invitation['code']}/accept"
    scene.worker.told("POST", accept, 201)
    scene.worker.told("POST", accept, 200)
    assert scene.leader.told("GET", path, 200)["members"] == 2
    return str(team["id"])


def _is_expected(scene: Scene, team: str) -> str:
    body = {"worker_code": scene.code, "trade": "240", "team_id": team}
    period = scene.officer.told("POST", scene.periods, 201, json=body)
    assert period["state"] == "registered"
    assert scene.officer.call("POST", scene.periods, json=body).status_code == 409
    path = f"{scene.periods}/{period['id']}"
    check = scene.officer.told("GET", f"{path}/check", 200)
    assert {each["item"] for each in check["missing"]} == {"contract", "training"}
    refused = scene.officer.call("POST", f"{path}/entry", json={})
    assert refused.status_code == 409
    early = scene.worker.call("POST", "/punches", json=scene.punch(INSIDE, "in"))
    assert early.status_code in (403, 409)
    return path


def _signs_his_own_copy(scene: Scene, period: str) -> None:
    terms = {"kind": "work_agreement", "pay_kind": "day", "pay_fen": 30_000}
    body = {**terms, "starts_on": day(2).isoformat()}
    contract = scene.officer.told("POST", f"{period}/contracts", 201, json=body)
    path = f"/me/contracts/{contract['id']}"
    assert scene.leader.call("GET", path).status_code == 404
    copy = scene.worker.told("GET", path, 200)
    assert "示例小学迁建" in copy["text"]
    other = {"confirmed": (None, "true"), "sha256": (None, "0" * 64)}
    assert scene.worker.call("POST", f"{path}/signature", files=other).status_code == 409
    own = {"confirmed": (None, "true"), "sha256": (None, copy["sha256"])}
    assert scene.worker.told("POST", f"{path}/signature", 200, files=own)["state"] == "signed"


def _enters_once_nothing_is_missing(scene: Scene, period: str) -> None:
    since = day(2).isoformat()
    training = {"worker_code": scene.code, "kind": "entry", "held_on": since}
    path = f"/enterprise/projects/{scene.site}/trainings"
    scene.officer.told("POST", path, 201, json={**training, "hours": "16"})
    assert scene.officer.told("GET", f"{period}/check?day={since}", 200)["ready"]
    body = {"entered_on": since}
    assert scene.officer.told("POST", f"{period}/entry", 200, json=body)["state"] == "on_site"
    [own] = scene.worker.told("GET", "/me/engagements", 200)["items"]
    assert own["fences"][0]["radius_m"] == 160
    assert "fence" in own["attendance_rules"]["methods"]


def _punches_once_however_often_sent(scene: Scene) -> None:
    sent = scene.punch(INSIDE, "in")
    refused = scene.worker.call("POST", "/punches", json=sent)
    assert refused.json()["code"] == "accounts.consent_missing"
    scene.worker.agree("location")
    first = scene.worker.told("POST", "/punches", 201, json=sent)
    assert (first["verdict"], first["signals"]) == ("inside", [])
    assert scene.worker.told("POST", "/punches", 200, json=sent) == first
    assert scene.worker.call("POST", "/punches", json={**sent, "note": "又一次"}).status_code == 409
    away = scene.worker.told("POST", "/punches", 201, json=scene.punch(OUTSIDE, "out"))
    assert away["verdict"] == "outside"
    assert away["distance_m"] > 1_000


def _works_without_a_signal(scene: Scene) -> None:
    stays = [(2, 18, "out"), (1, 7, "in"), (2, 7, "in"), (1, 18, "out")]
    queue = [scene.punch(INSIDE, way, moment(ago, hour)) for ago, hour, way in stays]
    clash = {**queue[0], "note": "后来加了一句"}
    body = {"punches": [*queue, clash, {"client_id": "?"}]}
    items = scene.worker.told("POST", "/punches/batch", 200, json=body)["items"]
    assert [each["status"] for each in items] == ["created"] * 4 + ["conflict", "refused"]
    again = scene.worker.told("POST", "/punches/batch", 200, json=body)["items"]
    assert [each["status"] for each in again].count("duplicate") == 4


def _days(scene: Scene) -> tuple[str, str]:
    month = {day(1).isoformat()[:7], day(2).isoformat()[:7]}
    found = [
        each
        for part in month
        for each in scene.worker.told("GET", f"/workdays?month={part}&limit=100", 200)["items"]
    ]
    whole = {each["date"]: each for each in found}
    later, earlier = whole[day(1).isoformat()], whole[day(2).isoformat()]
    assert (later["state"], later["units"]) == ("pending", "1.0")
    assert [reason["code"] for reason in later["reasons"]] == ["late_upload"]
    return later["id"], earlier["id"]


def _is_decided(scene: Scene, confirmed: str, rejected: str) -> None:
    path = "/enterprise/workdays/decisions"
    wordless = {"workday_id": rejected, "decision": "reject"}
    body: dict[str, Any] = {
        "decisions": [{"workday_id": confirmed, "decision": "confirm"}, wordless]
    }
    first, second = scene.officer.told("POST", path, 200, json=body)["items"]
    assert (first["status"], second["status"]) == ("confirmed", "refused")
    assert scene.neighbour.call("POST", path, json=body).status_code == 403
    body = {"decisions": [{**wordless, "reason": "点名没有到。"}]}
    assert scene.officer.told("POST", path, 200, json=body)["items"][0]["status"] == "rejected"
    told = {each["kind"] for each in scene.worker.told("GET", "/me/messages", 200)["items"]}
    assert {"workday.confirmed", "workday.rejected", "engagement.entered"} <= told
    why = {"reason": "我一直在工地。"}
    day_out = scene.worker.told("POST", f"/workdays/{rejected}/dispute", 200, json=why)
    assert day_out["state"] == "disputed"
    assert scene.leader.call("GET", f"/workdays/{rejected}").status_code == 404


def _is_seen_by_the_county_alone(scene: Scene, workday: str) -> None:
    seen = scene.county.told("GET", f"/regulator/workdays/{workday}", 200)
    assert [step["act"] for step in seen["steps"]][-2:] == ["reject", "dispute"]
    assert {each["verdict"] for each in seen["evidence"]} == {"inside"}
    assert scene.neighbour.call("GET", f"/regulator/workdays/{workday}").status_code == 404
    query = {"project_id": scene.site}
    there = scene.county.told("GET", "/regulator/site-counts", 200)
    assert there["on_site"] == sum(part["on_site"] for part in there["parts"]) or not there["parts"]
    assert scene.county.told("GET", "/regulator/workday-counts", 200, params=query)["items"]
    assert not scene.neighbour.told("GET", "/regulator/workday-counts", 200, params=query)["items"]


def _is_settled(scene: Scene, workday: str) -> None:
    word = {"workday_id": workday, "decision": "confirm", "reason": "班长证明他在。"}
    path = "/enterprise/workdays/decisions"
    [item] = scene.manager.told("POST", path, 200, json={"decisions": [word]})["items"]
    assert item["status"] == "settled"
    assert scene.worker.told("GET", f"/workdays/{workday}", 200)["units"] == "1.0"


def _leaves(scene: Scene, period: str) -> None:
    gone = scene.officer.told("POST", f"{period}/exit", 200, json={"settled": False})
    assert (gone["state"], gone["settled"]) == ("left", False)
    [own] = scene.worker.told("GET", "/me/engagements", 200)["items"]
    assert (own["state"], own["fences"]) == ("left", [])
