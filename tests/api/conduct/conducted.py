"""The record, evaluation and review of the matrix, and the state each operation finds them in."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from api.conduct.models import ConductRecord, Evaluation, ScoreReview
from api.conduct.rules import EvaluationState, Outcome, State, Subject
from api.kit import clock
from api.kit.personal import Kind, Personal
from tests.cast import FIRM_A, Client

STATES = {
    "conduct_oversight.decide_conduct": State.TO_DECIDE,
    "conduct_oversight.rule_on_appeal": State.APPEALED,
    "conduct_oversight.rule_on_repair": State.REPAIRING,
}


def form(project_id: UUID, subject_id: UUID, kind: str = "WB02") -> dict[str, Any]:
    """A proposal."""
    said = {
        "project_id": project_id, "subject_id": subject_id, "kind": kind, "text": "那天看到的。",
        "happened_on": clock.today(),
    }  # fmt: skip
    return {"files": {name: (None, str(value)) for name, value in said.items()}}


def words() -> dict[str, Any]:
    """What a subject says."""
    return {"files": {"way": (None, "answer"), "text": (None, "不是这样的。")}}


def evaluation(project_id: UUID, worker_id: UUID, month: str) -> dict[str, Any]:
    """An evaluation of that month."""
    place = {"project_id": str(project_id), "subject": "worker", "subject_id": str(worker_id)}
    marks = {"quality": 4, "safety": 4, "teamwork": 4}
    return {"json": {**place, **marks, "month": month, "text": "干活仔细。"}}


async def of_zhang(client: Client, ids: dict[str, UUID]) -> dict[str, UUID]:
    """What firm A said of him, and what he asks of his score; their ids."""
    project_id, worker_id = ids["project_id"], ids["worker_id"]
    path = "/api/v1/enterprise/conduct"
    answer = await client.post(path, as_="officer_a", **form(project_id, worker_id))
    assert answer.status_code == 201, answer.text
    said = evaluation(project_id, worker_id, f"{clock.today():%Y-%m}")
    given = await client.post("/api/v1/enterprise/evaluations", as_="officer_a", **said)
    assert given.status_code == 204, given.text
    review = await ScoreReview.create(
        worker_id=worker_id, region="510107", text=Personal.of(Kind.TEXT, "请看看。")
    )
    return {
        "record_id": UUID(answer.json()["id"]),
        "evaluation_id": (await Evaluation.get()).id,
        "review_id": review.id,
    }


async def put_back(ids: dict[str, UUID], name: str) -> None:
    """They stand where the operation expects them; on firm A itself where it answers."""
    today = clock.today()
    on_firm = name == "conduct_office.make_statement"
    await ConductRecord.filter(id=ids["record_id"]).update(
        state=STATES.get(name, State.HEARING),
        outcome=Outcome.NONE,
        subject=Subject.ENTERPRISE if on_firm else Subject.WORKER,
        firm_id=FIRM_A if on_firm else None,
        worker_id=None if on_firm else ids["worker_id"],
        valid_from=today,
        valid_to=today + timedelta(days=90),
        repair_from=today,
        appealed_on=None,
        appeal_region="510100",
        decided_by=None,
    )
    state = EvaluationState.CONTESTED if "settle" in name else EvaluationState.GIVEN
    await Evaluation.filter(id=ids["evaluation_id"]).update(state=state)
    await ScoreReview.filter(id=ids["review_id"]).update(answered_on=None)
