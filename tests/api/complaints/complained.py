"""The complaint of the matrix, and the state in which each operation finds it."""

from typing import Any
from uuid import UUID

from api.complaints import content
from api.complaints.models import Complaint
from api.complaints.rules import Body, Check, OfficeState, Outcome, State
from tests.cast import Client
from tests.specimens import sounds

AT_FIRM = {"holder": Body.ENTERPRISE, "state": State.RECEIVED, "office_state": OfficeState.RECEIVED}
AT_REGION = {"holder": Body.AUTHORITY, "office_state": OfficeState.ESCALATED}
STATES: dict[str, dict[str, Any]] = {
    "complaint_oversight.accept_region_complaint": {**AT_REGION, "state": State.RECEIVED},
    "complaint_oversight.transfer_complaint": {**AT_REGION, "state": State.RECEIVED},
    "complaint_oversight.handle_complaint": {**AT_REGION, "state": State.ACCEPTED},
    "complaint_oversight.answer_region_complaint": {**AT_REGION, "state": State.ACCEPTED},
    "complaint_oversight.close_complaint": {**AT_REGION, "state": State.ANSWERED},
    "complaint_oversight.decide_content": {**AT_FIRM, "content": Check.HELD},
}


def form(project_id: str) -> dict[str, Any]:
    """A filing with words and a recording."""
    said = {"topic": "wages", "project_id": project_id, "addressee": "enterprise", "text": "没发钱"}
    return {"data": said, "files": {"voice": ("v.webm", sounds.webm(3), "audio/webm")}}


async def by_zhang(client: Client, project_id: str) -> UUID:
    """His complaint, its words passed; its id."""
    answer = await client.post("/api/v1/me/complaints", as_="zhang", **form(project_id))
    assert answer.status_code == 201, answer.text
    complaint_id = UUID(answer.json()["id"])
    await content.check(complaint_id)
    return complaint_id


async def put_back(complaint_id: UUID, name: str) -> None:
    """It stands where the operation expects it."""
    plain = {"region": "510107", "outcome": Outcome.NONE, "content": Check.PASSED, "office": ""}
    state = {**plain, **AT_FIRM, **STATES.get(name, {})}
    await Complaint.filter(id=complaint_id).update(**state)
