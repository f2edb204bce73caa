"""工资 from 30 days of punches to the last fen, through HTTP alone, on an empty system.

Four workers punch for 30 days without a signal and send what they have every third evening; the
server's clock moves along, see `tests.journeys.later`. Days are confirmed, the sheet is drawn, one
objects and wins, all sign, two audit, the bank pays all but one. Then the bank's interface is gone,
and he is paid again by a file. In the end everybody's papers agree to the fen.
"""

import hashlib
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from datetime import time as day_time
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image

from tests.emulators.fixtures import Emulators
from tests.journeys import wage_scene
from tests.journeys.offices import BEIJING, Town
from tests.journeys.people import Visitor, photo
from tests.journeys.wage_papers import everything_agrees, strangers_are_refused, the_pack_proves_it
from tests.journeys.wage_scene import (
    ACCOUNT,
    NIGHTS,
    OBJECTS,
    PAID_IN,
    PAY,
    SPOT,
    UNLUCKY,
    Scene,
    Worker,
    eventually,
    names_card,
    proves,
    sign,
    slip_of,
)
from tests.stores import Store

pytestmark = pytest.mark.timeout(600)
EVERY = 3
"""After how many days the phones find a signal."""
FLAT = 11
"""On this day the battery of the third one's phone is empty when he goes home."""


@pytest.fixture(scope="module")
def town(
    store: Store, running_emulators: Emulators, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    running_emulators.reset()
    folder = tmp_path_factory.mktemp("town")
    town = Town(folder, store.fresh(), store.redis_url(), running_emulators)
    with town.server:
        yield town
        town.close()
    running_emulators.reset()


@pytest.fixture(scope="module")
def scene(town: Town) -> Scene:
    return wage_scene.opened(town)


def test_from_thirty_days_to_the_last_fen(scene: Scene, tmp_path: Path) -> None:
    for evening in range(EVERY, NIGHTS + 1, EVERY):
        _three_days_are_sent(scene, evening)
        _are_confirmed(scene, evening)
    scene.town.go(scene.day(31) + timedelta(days=1), 9)
    _a_sheet_is_drawn(scene)
    _all_sign_what_they_saw(scene)
    _one_objects_and_wins(scene)
    _two_audit_and_nobody_releases_alone(scene)
    batch = _the_bank_pays_all_but_one(scene)
    _his_card_comes_first(scene)
    again = _is_paid_by_file(scene)
    everything_agrees(scene, (batch, again))
    strangers_are_refused(scene, batch)
    for worker in scene.workers:
        the_pack_proves_it(scene, worker, tmp_path / worker.slip)


def _three_days_are_sent(scene: Scene, evening: int) -> None:
    """Everybody's queue of three days, the newest first, and sent twice."""
    scene.town.go(scene.day(evening), 20)
    for place, worker in enumerate(scene.workers):
        queue = [
            _punch(scene, number, way)
            for number in range(evening, evening - EVERY, -1)
            for way in ("out", "in")
            if (place, number, way) != (OBJECTS, FLAT, "out")
        ]
        sent = {"punches": queue}
        items = worker.visitor.told("POST", "/punches/batch", 200, json=sent)["items"]
        assert {each["status"] for each in items} == {"created"}
    items = worker.visitor.told("POST", "/punches/batch", 200, json=sent)["items"]
    assert {each["status"] for each in items} == {"duplicate"}


def _punch(scene: Scene, number: int, way: str) -> dict[str, Any]:
    hour = day_time(7, 45) if way == "in" else day_time(18, 10)
    taken = datetime.combine(scene.day(number), hour, tzinfo=BEIJING).isoformat()
    return {
        "client_id": str(uuid4()), "project_id": scene.site, "direction": way, "method": "fence",
        "device_id": "journey-wages", "claimed_at": taken,
        "position": {**SPOT, "accuracy_m": 10, "taken_at": taken},
    }  # fmt: skip


def _are_confirmed(scene: Scene, evening: int) -> None:
    """Every whole day; the one without a way out is nobody's to confirm."""
    officer = scene.maker.enter()
    asked = {"project_id": scene.site, "state": "pending", "limit": 100}
    whole = EVERY * len(PAY) - (evening - EVERY < FLAT <= evening)

    def drawn() -> Any:
        items = officer.told("GET", "/enterprise/workdays", 200, params=asked)["items"]
        return len(items) == whole and items

    days = eventually(drawn)
    assert {each["units"] for each in days} == {"1.0"}
    assert {len(each["evidence"]) for each in days} == {2}
    words = [{"workday_id": each["id"], "decision": "confirm"} for each in days]
    body = {"decisions": words}
    items = officer.told("POST", "/enterprise/workdays/decisions", 200, json=body)["items"]
    assert [each["status"] for each in items] == ["confirmed"] * whole


def _a_sheet_is_drawn(scene: Scene) -> None:
    officer = scene.maker.enter()
    scene.auditor.enter(), scene.checker.enter()
    body = {"project_id": scene.site, "month": scene.month}
    sheet = officer.told("POST", "/enterprise/wage-sheets", 201, json=body)
    scene.sheet = sheet["id"]
    sheet = eventually(lambda: _drawn(scene, officer))
    short = scene.workers[OBJECTS]
    assert (sheet["persons"], sheet["state"]) == (len(PAY), "draft")
    missing = scene.earned(short) - scene.earned(short, NIGHTS - 1)
    assert sheet["total_fen"] == scene.total - missing
    for worker in scene.workers:  # a draft is the firm's own
        assert worker.visitor.told("GET", "/me/payslips", 200)["items"] == []
    sheet = officer.told("POST", f"{scene.path}/submission", 200)
    assert (sheet["state"], sheet["unsigned"]) == ("submitted", len(PAY))
    late = officer.call("POST", f"{scene.path}/submission")
    assert (late.status_code, late.json()["code"]) == (409, "wages.wrong_step")


def _drawn(scene: Scene, officer: Visitor) -> Any:
    sheet = officer.told("GET", scene.path, 200)
    return None if sheet["drawing"] else sheet


def _all_sign_what_they_saw(scene: Scene) -> None:
    for place, worker in enumerate(scene.workers):
        told = {each["kind"] for each in worker.visitor.told("GET", "/me/messages", 200)["items"]}
        assert "wages.to_sign" in told
        [row] = worker.visitor.told("GET", "/me/payslips", 200)["items"]
        worker.slip = row["id"]
        slip = slip_of(worker)
        units = NIGHTS - (place == OBJECTS)
        assert (slip["units"], slip["net_fen"]) == (str(units), scene.earned(worker, units))
        assert sum(each["amount_fen"] for each in slip["items"]) == slip["net_fen"]
        blank = sign(worker, "0" * 64)
        assert (blank.status_code, blank.json()["code"]) == (409, "wages.line_changed")
        signed = sign(worker, slip["digest"])
        assert signed.status_code == 201, signed.text
        assert signed.json()["signed"]["way"] == "drawn"
        worker.digest = slip["digest"]


def _one_objects_and_wins(scene: Scene) -> None:
    worker, officer = scene.workers[OBJECTS], scene.maker.enter()
    lost = scene.day(FLAT).isoformat()
    [day] = [each for each in slip_of(worker)["days"] if each["day"] == lost]
    assert day["sheet_units"] is None
    path = f"/me/payslips/{worker.slip}/objections"
    said = {"words": (None, "这天我干到天黑，手机没电了。"), "day": (None, lost)}
    slip = worker.visitor.told("POST", path, 201, files=said)
    assert (slip["state"], slip["signed"]) == ("contested", None)
    assert worker.visitor.call("POST", path, files=said).json()["code"] == "wages.contest_open"
    asked = {"sheet_id": scene.sheet, "state": "open"}
    [contest] = officer.told("GET", "/enterprise/wage-contests", 200, params=asked)["items"]
    assert (contest["day"], contest["line_id"]) == (lost, worker.slip)
    answer = f"/enterprise/wage-contests/{contest['id']}/answer"
    word = {"outcome": "adjusted", "answer": "班长和门卫都证明您在，补上这个工。"}
    early = officer.call("POST", answer, json=word)
    assert (early.status_code, early.json()["code"]) == (409, "wages.not_adjusted")
    added = {"kind": "back_pay", "amount_fen": worker.pay["rate_fen"], "note": "漏算一个工"}
    correction = {"add": [added], "reason": "核对了门卫的登记。"}
    line = f"{scene.path}/lines/{worker.slip}"
    assert officer.told("POST", f"{line}/corrections", 200, json=correction)["version"] == 2
    assert officer.told("POST", answer, 200, json=word)["state"] == "adjusted"
    _signs_the_new_version(scene, worker)


def _signs_the_new_version(scene: Scene, worker: Worker) -> None:
    sheet = scene.maker.visitor.told("GET", scene.path, 200)
    assert (sheet["unsigned"], sheet["contested"], sheet["total_fen"]) == (1, 0, scene.total)
    for other in scene.workers:
        kept = slip_of(other)["signed"] is not None
        assert kept == (other is not worker)
    told = {each["kind"] for each in worker.visitor.told("GET", "/me/messages", 200)["items"]}
    assert {"wages.line_changed", "wages.answered"} <= told
    assert sign(worker, worker.digest).json()["code"] == "wages.line_changed"
    slip = slip_of(worker)
    assert (slip["version"], slip["net_fen"]) == (2, scene.earned(worker))
    worker.digest = slip["digest"]
    assert sign(worker, worker.digest).status_code == 201


def _two_audit_and_nobody_releases_alone(scene: Scene) -> None:
    maker, auditor, checker = scene.maker.visitor, scene.auditor.visitor, scene.checker.visitor

    def refused(who: Visitor, act: str) -> tuple[int, str]:
        answer = who.call("POST", f"{scene.path}/{act}", json={} if act == "audit" else None)
        return answer.status_code, answer.json()["code"]

    assert refused(maker, "audit") == (409, "wages.same_person")
    assert auditor.told("POST", f"{scene.path}/audit", 200, json={})["state"] == "audited"
    late = {"add": [{"kind": "bonus", "amount_fen": 1, "note": "晚了"}], "reason": "晚了"}
    line = f"{scene.path}/lines/{scene.workers[0].slip}"
    assert maker.call("POST", f"{line}/corrections", json=late).status_code == 409
    assert refused(auditor, "recheck")[0] == 403
    assert checker.told("POST", f"{scene.path}/recheck", 200)["state"] == "rechecked"
    assert refused(auditor, "release") == (403, "auth.reauthentication_required")
    scene.maker.prove()
    assert refused(maker, "release") == (409, "wages.same_person")
    scene.auditor.prove()
    assert refused(auditor, "release") == (409, "funds.not_ready")
    _an_agreement_and_money_come_in(scene)
    scene.town.emulators.control(
        "POST", "behave", vendor="bank",
        body={"cards": {scene.workers[UNLUCKY].cards[0]: "ACCOUNT_CLOSED"},
              "balances": {ACCOUNT: PAID_IN}},
    )  # fmt: skip
    assert auditor.told("POST", f"{scene.path}/release", 200)["state"] == "released"


def _an_agreement_and_money_come_in(scene: Scene) -> None:
    officer, path = scene.auditor.visitor, f"/enterprise/special-accounts/{scene.account}"
    scan = photo(Image.new("RGB", (800, 600), "white"))
    since = {"number": (None, "DF-2026-77"), "starts_on": (None, scene.first.isoformat())}
    agreed = {**since, "parties": (None, "样例总包、样例银行"), "scan": scan}
    assert officer.told("POST", f"{path}/agreements", 201, files=agreed)["ready"]
    today = scene.day(32).isoformat()
    came = {"kind": "labour_cost_in", "amount_fen": str(PAID_IN), "on": today, "reference": "R-1"}
    slip = {**{name: (None, text) for name, text in came.items()}, "scan": scan}
    assert officer.told("POST", f"{path}/entries", 201, files=slip)["balance_fen"] == PAID_IN


def _the_bank_pays_all_but_one(scene: Scene) -> str:
    officer, unlucky = scene.auditor.visitor, scene.workers[UNLUCKY]
    owed = scene.earned(unlucky)
    asked = {"sheet_id": scene.sheet, "state": "done"}

    def done() -> Any:
        return officer.told("GET", "/enterprise/payroll-batches", 200, params=asked)["items"]

    [batch] = eventually(done)
    assert (batch["lines"], batch["total_fen"]) == (len(PAY), scene.total)
    assert (batch["arrived"], batch["failed"]) == (len(PAY) - 1, 1)
    assert batch["arrived_fen"] == scene.total - owed
    really = scene.town.emulators.control("GET", "batches", vendor="bank")
    assert really == {batch["number"]: {"lines": 3, "total_fen": scene.total - owed}}
    sheet = officer.told("GET", scene.path, 200)
    sums = [sheet[name] for name in ("paid_fen", "failed_fen", "pending_fen")]
    assert (sheet["state"], sums) == ("partly_paid", [scene.total - owed, owed, 0])
    slip = slip_of(unlucky)
    assert (slip["pay_state"], slip["paid_fen"]) == ("failed", 0)
    told = {each["kind"] for each in unlucky.visitor.told("GET", "/me/messages", 200)["items"]}
    assert "payroll.failed_card" in told
    return str(batch["id"])


def _his_card_comes_first(scene: Scene) -> None:
    """Paying again to the same closed card is refused; a card of somebody else is none."""
    worker = scene.workers[UNLUCKY]
    scene.auditor.prove()
    nobody = scene.auditor.visitor.call("POST", f"{scene.path}/payments", json={})
    assert (nobody.status_code, nobody.json()["code"]) == (409, "payroll.nobody_to_pay")
    [left] = scene.auditor.visitor.told("GET", f"{scene.path}/left-out", 200)["items"]
    assert (left["line_id"], left["reason"]) == (worker.slip, "same_card")
    body = {"number": scene.workers[0].cards[0]}
    taken = proves(scene, worker).call("PUT", "/me/bank-card", json=body)
    assert taken.status_code == 409
    assert names_card(scene, worker, worker.cards[1])["last_four"] == worker.cards[1][-4:]


def _is_paid_by_file(scene: Scene) -> str:
    """The bank has no interface any more: the officer carries files."""
    town, worker = scene.town, scene.workers[UNLUCKY]
    assert town.server.stop() == 0
    town.server.environment["BANK_URL"] = ""
    town.server.start()
    scene.auditor.prove()
    officer, owed = scene.auditor.visitor, scene.earned(worker)
    batch = officer.told("POST", f"{scene.path}/payments", 201, json={})
    assert (batch["way"], batch["lines"], batch["total_fen"]) == ("file", 1, owed)
    path = f"/enterprise/payroll-batches/{batch['id']}"
    file = officer.call("POST", f"{path}/file")
    lines = file.content.decode().splitlines()
    assert lines[0] == f"GYDF,1,{batch['number']},{ACCOUNT},1,{owed}"
    assert lines[1] == f"1,{worker.someone.name},{worker.cards[1]},{owed}"
    assert _sealed(lines[:-1]) == file.content
    good = _receipt(scene, batch["number"], owed)
    for words, hostile in _hostile(good, owed):
        refused = _bring(officer, path, hostile)
        assert (refused.status_code, refused.json()["code"]) == (422, "payroll.bad_receipt")
        assert words in refused.json()["errors"][0]["message"]
        assert officer.told("GET", path, 200)["arrived_fen"] == 0
    answer = _bring(officer, path, good).json()
    assert [answer[name] for name in ("applied", "same", "exceptions")] == [1, 0, 0]
    answer = _bring(officer, path, good).json()
    assert [answer[name] for name in ("applied", "same", "exceptions")] == [0, 1, 0]
    return str(batch["id"])


def _bring(officer: Visitor, path: str, content: bytes) -> Any:
    files = {"file": ("receipt.csv", content, "text/csv")}
    return officer.call("POST", f"{path}/receipts", files=files)


def _sealed(lines: list[str]) -> bytes:
    """A file of the bank's as docs/integrations.md says it ends."""
    body = "".join(f"{line}\n" for line in lines).encode()
    return body + f"END,{hashlib.sha256(body).hexdigest()}\n".encode()


def _receipt(scene: Scene, number: str, fen: int) -> bytes:
    at = datetime.combine(scene.day(32), day_time(11), tzinfo=BEIJING).isoformat()
    return _sealed([f"GYHZ,1,{number},1,{fen}", f"1,{fen},SUCCESS,,BKFILE0001,{at}"])


def _hostile(good: bytes, fen: int) -> list[tuple[str, bytes]]:
    """What is not to be taken, with the words that name its line."""
    head, line, _ = good.decode().splitlines()
    return [
        ("第 2 行", _sealed([head, line.replace(f",{fen},", f",{fen + 1},")])),
        ("第 2 行", _sealed([head, line.replace("1,", "=1,", 1)])),
        ("第 3 行", _sealed([head.replace(f",1,{fen}", f",2,{2 * fen}"), line, line])),
        ("第 1 行", _sealed([re.sub("PL[0-9]+", "PL202601010001", head), line])),
        ("第 3 行", good.replace(b"SUCCESS", b"FAILED")),
    ]
