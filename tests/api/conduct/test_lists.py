"""Each list of conduct, and what the clock looks for, stands on an index."""

from typing import Any

from api.conduct import queries
from api.conduct.models import ConductRecord, Evaluation
from api.conduct.rules import State, Subject
from api.conduct.schemas import PublicConductQuery
from api.kit.transaction import is_sqlite
from tests.api.attendance import sites
from tests.api.conduct import held
from tests.cast import FIRM_A, Client


async def test_each_list_and_job_is_found_by_an_index(client: Client) -> None:
    if not is_sqlite():
        return  # PostgreSQL scans a table of three rows, rightly
    world = await held.opened(client)
    region = {"region__gte": "510107", "region__lte": "510107"}
    above = {"appeal_region__gte": "510100", "appeal_region__lte": "510199"}
    asked: dict[str, Any] = {
        "own": ConductRecord.filter(worker_id=world.zhang).order_by("-id"),
        "team": ConductRecord.filter(team_id=world.zhang).order_by("-id"),
        "about us": ConductRecord.filter(firm_id=FIRM_A).order_by("-id"),
        "proposed": ConductRecord.filter(enterprise_id=FIRM_A).order_by("-id"),
        "queue": ConductRecord.filter(region="510107", state=State.TO_DECIDE).order_by("-id"),
        "region": ConductRecord.filter(**region).order_by("-id"),
        "appeals": ConductRecord.filter(**above, state=State.APPEALED).order_by("-id"),
        "public": queries.public(PublicConductQuery()).order_by("-id"),
        "public of one kind": queries.public(
            PublicConductQuery(region="510107", subject=Subject.WORKER)
        ).order_by("-id"),
        "due": queries.due(sites.at("2026-12-01", "12:00").date()),
        "score": queries.counting("worker_id", world.zhang),
        "evaluations": Evaluation.filter(worker_id=world.zhang).order_by("-id"),
        "given": Evaluation.filter(enterprise_id=FIRM_A).order_by("-id"),
    }
    for name, rows in asked.items():
        plan = str([tuple(row) for row in await rows.explain()])
        assert "USING INDEX" in plan or "USING COVERING INDEX" in plan, (name, plan)
