"""What the journey of wages ends with: every paper and every office says the same, to the fen."""

import hashlib
import io
import json
import os
import re
import subprocess
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from tests.journeys.people import Visitor
from tests.journeys.wage_scene import (
    NIGHTS,
    OBJECTS,
    PAID_IN,
    PAY,
    UNLUCKY,
    Scene,
    Worker,
    eventually,
    proves,
    slip_of,
    strokes,
)
from tests.journeys.walk import ROOT


def everything_agrees(scene: Scene, batches: tuple[str, str]) -> None:
    scene.maker.enter(), scene.checker.enter()
    sheet = scene.maker.visitor.told("GET", scene.path, 200)
    sums = [sheet[name] for name in ("paid_fen", "failed_fen", "pending_fen")]
    assert (sheet["state"], sheet["total_fen"], sums) == ("paid", scene.total, [scene.total, 0, 0])
    nets = {worker.slip: scene.earned(worker) for worker in scene.workers}
    lines = scene.maker.visitor.told("GET", f"{scene.path}/lines", 200)["items"]
    assert {each["id"]: each["net_fen"] for each in lines} == nets
    for place, worker in enumerate(scene.workers):
        _his_own_papers_agree(scene, worker, "repaid" if place == UNLUCKY else "succeeded")
    _the_table_agrees(scene)
    _the_batches_agree(scene, batches)
    _the_account_agrees(scene)
    _the_statistics_agree(scene)
    _the_region_agrees(scene, batches)


def _his_own_papers_agree(scene: Scene, worker: Worker, state: str) -> None:
    net, today = scene.earned(worker), scene.day(32).isoformat()
    slip = slip_of(worker)
    assert (slip["pay_state"], slip["net_fen"], slip["paid_fen"]) == (state, net, net)
    assert (slip["paid_on"], slip["digest"], slip["intact"]) == (today, worker.digest, True)
    assert slip["gross_fen"] - slip["deducted_fen"] == net
    calendar = worker.visitor.told("GET", "/me/pay-calendar", 200)
    assert calendar["awaited"] == []
    [item] = calendar["items"]
    assert (item["id"], item["net_fen"], item["progress"]["stage"]) == (worker.slip, net, None)
    wallet = worker.visitor.told("GET", "/me/wallet", 200)
    sums = [wallet[name] for name in ("paid_fen", "pending_fen", "failed_fen")]
    assert (sums, [each["paid_fen"] for each in wallet["items"]]) == ([net, 0, 0], [net])


def _the_table_agrees(scene: Scene) -> None:
    file = scene.maker.visitor.call("GET", f"{scene.path}/file")
    book = CalamineWorkbook.from_filelike(io.BytesIO(file.content))
    rows = book.get_sheet_by_index(0).to_python()
    head = next(at for at, row in enumerate(rows) if "实发（元）" in row)
    place = rows[head].index("实发（元）")
    nets = [round(Decimal(str(row[place])) * 100) for row in rows[head + 1 :]]
    assert sorted(nets[:-1]) == sorted(scene.earned(worker) for worker in scene.workers)
    assert (nets[-1], rows[-1][0]) == (scene.total, "合计")


def _the_batches_agree(scene: Scene, batches: tuple[str, str]) -> None:
    officer = scene.auditor.visitor
    shown = [officer.told("GET", f"/enterprise/payroll-batches/{each}", 200) for each in batches]
    assert sum(each["arrived_fen"] for each in shown) == scene.total
    arrived = {
        line["line_id"]: line["amount_fen"]
        for each in batches
        for line in officer.told("GET", f"/enterprise/payroll-batches/{each}/lines", 200)["items"]
        if line["state"] == "succeeded"
    }
    assert arrived == {worker.slip: scene.earned(worker) for worker in scene.workers}
    assert officer.told("GET", "/enterprise/bank-exceptions", 200)["items"] == []


def _the_account_agrees(scene: Scene) -> None:
    path = f"/special-accounts/{scene.account}"
    for visitor, area in (
        (scene.auditor.visitor, "enterprise"),
        (scene.county.enter(), "regulator"),
    ):
        entries = visitor.told("GET", f"/{area}{path}/entries", 200)["items"]
        out = [each["amount_fen"] for each in entries if each["kind"] == "wage_out"]
        assert sorted(out) == sorted(-scene.earned(worker) for worker in scene.workers)
        account = visitor.told("GET", f"/{area}{path}", 200)
        assert account["balance_fen"] == PAID_IN - scene.total == entries[0]["balance_fen"]


def _the_statistics_agree(scene: Scene) -> None:
    asked = {"from_month": scene.month, "to_month": scene.month, "project_id": scene.site}
    found = scene.checker.visitor.told("GET", "/enterprise/wage-statistics", 200, params=asked)
    for group in ([found["whole"]], found["by_project"], found["by_month"], found["by_trade"]):
        [figure] = group
        assert (figure["paid_fen"], figure["person_months"]) == (scene.total, len(PAY))


def _the_region_agrees(scene: Scene, batches: tuple[str, str]) -> None:
    county = scene.county.visitor
    asked = {"month": scene.month}
    listed = county.told("GET", "/regulator/wage-sheets", 200, params=asked)
    assert (listed["sheets"], listed["persons"], listed["total_fen"]) == (1, 4, scene.total)
    sheet = county.told("GET", f"/regulator/wage-sheets/{scene.sheet}", 200)
    assert (sheet["paid_fen"], sheet["state"]) == (scene.total, "paid")
    lines = county.told("GET", f"/regulator/wage-sheets/{scene.sheet}/lines", 200)
    names = {worker.someone.name for worker in scene.workers}
    assert not names & {each["worker_name"] for each in lines["items"]}
    rows = county.told("GET", "/regulator/payroll-batches", 200)["items"]
    assert {each["id"] for each in rows} == set(batches)
    assert sum(each["arrived_fen"] for each in rows) == scene.total


def strangers_are_refused(scene: Scene, batch: str) -> None:
    one, other = scene.workers[:2]
    slip = f"/me/payslips/{one.slip}"
    for path in (slip, f"{slip}/pdf"):
        assert other.visitor.call("GET", path).status_code == 404
    stolen = {"digest": (None, one.digest), "strokes": strokes()}
    assert other.visitor.call("POST", f"{slip}/signature", files=stolen).status_code == 404
    things = (
        f"wage-sheets/{scene.sheet}", f"wage-sheets/{scene.sheet}/lines",
        f"special-accounts/{scene.account}", f"special-accounts/{scene.account}/entries",
        f"payroll-batches/{batch}", f"payroll-batches/{batch}/lines",
    )  # fmt: skip
    lists = ("wage-sheets", "special-accounts", "payroll-batches", "bank-exceptions")
    for visitor, area in (
        (scene.stranger.enter(), "enterprise"), (scene.neighbour.enter(), "regulator")
    ):  # fmt: skip
        for thing in things:
            assert visitor.call("GET", f"/{area}/{thing}").status_code == 404, thing
        for name in lists:
            assert visitor.told("GET", f"/{area}/{name}", 200)["items"] == []
    scene.stranger.prove()
    for act in ("release", "payments", "audit"):
        answer = scene.stranger.visitor.call("POST", f"{scene.path}/{act}", json={})
        assert answer.status_code == 404
    assert scene.county.visitor.call("POST", f"{scene.path}/audit", json={}).status_code == 403


def the_pack_proves_it(scene: Scene, worker: Worker, folder: Path) -> None:
    visitor = proves(scene, worker)
    asked = visitor.told("POST", "/me/data/evidence-packs", 201)["id"]
    path = f"/me/data/exports/{asked}"
    eventually(lambda: visitor.told("GET", path, 200)["state"] == "ready")
    stranger = next(each for each in scene.workers if each is not worker)
    assert proves(scene, stranger).call("POST", f"{path}/file").status_code == 404
    file = visitor.call("POST", f"{path}/file")
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        archive.extractall(folder)
    _the_documented_commands_agree(folder, visitor)
    [slip] = (folder / "payslips").glob("*.json")
    assert hashlib.sha256(slip.read_bytes()).hexdigest() == worker.digest
    _its_rows_agree(scene, worker, json.loads((folder / "evidence.json").read_text()))


def _the_documented_commands_agree(folder: Path, visitor: Visitor) -> None:
    """As docs/personal-data.md tells it, with nothing of ours; a changed byte is found."""
    said = (ROOT / "docs" / "personal-data.md").read_text(encoding="utf-8")
    sums, signature, key = re.findall(r"^ {4}((?:sha256sum|openssl) .*)$", said, re.MULTILINE)
    checked = _shell(sums, folder)
    assert checked.returncode == 0, checked.stderr
    assert _shell(signature, folder).stdout == "Verified OK\n"
    assert visitor.told("GET", "/evidence-key", 200)["fingerprint"] in _shell(key, folder).stdout
    rows = folder / "evidence.json"
    whole = rows.read_bytes()
    rows.write_bytes(whole.replace(b"1", b"2", 1))
    assert _shell(sums, folder).returncode != 0
    rows.write_bytes(whole)


def _shell(command: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["sh", "-c", command], cwd=folder, capture_output=True, text=True, check=False,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
    )  # fmt: skip


def _its_rows_agree(scene: Scene, worker: Worker, pack: dict[str, Any]) -> None:
    rows = {part["table"]: part["rows"] for part in pack["held"]}
    lost = worker is scene.workers[OBJECTS]
    assert len(rows["punch"]) == 2 * NIGHTS - lost
    assert len(rows["workday"]) == NIGHTS
    [line] = rows["wage_line"]
    assert line["net_fen"] == scene.earned(worker)
    assert sum(each["amount_fen"] for each in rows["wage_item"]) == scene.earned(worker)
    assert len(rows["line_signature"]) == 1 + lost
    paid = [each["amount_fen"] for each in rows["batch_line"] if each["state"] == "succeeded"]
    assert paid == [scene.earned(worker)]
