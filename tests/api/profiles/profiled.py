"""Zhang's card, insurance, correction, résumé and accident in the matrix, and their states."""

from typing import Any
from uuid import UUID

from api.accidents.models import Accident, EmergencyContact
from api.accidents.rules import State as AccidentState
from api.cards.models import WorkerCard
from api.cards.rules import State as CardState
from api.kit import clock
from api.profiles.models import ProfileCorrection, Resume
from api.profiles.rules import State as CorrectionState
from tests.api.attendance import sites
from tests.cast import Client
from tests.specimens import person

CARD, FRESH = (person(seed).bank_card for seed in (60, 61))
RELATIVE = person(62)
CONTACT = {"name": RELATIVE.name, "phone": RELATIVE.phone, "relation": "spouse"}
RESUME = {"parts": ["projects", "employers", "trades", "days", "certificates", "training"]}
CARD_IN = {"number": CARD, "bank_name": "样例银行"}
POLICY = {
    "kind": "accident", "insurer": "样例保险公司", "number": "PA2026-0001",
    "starts_on": "2026-11-01", "ends_on": "2027-10-31",
}  # fmt: skip
SAID = {
    "happened_on": "", "harm": "light", "spot": "三号楼二层", "text": "从梯子上滑下来，脚扭了。",
    "told_leader": "true",
}  # fmt: skip


def said(**more: Any) -> dict[str, Any]:
    """What happened today, as a form that is sent in parts."""
    values = {**SAID, "happened_on": clock.today().isoformat(), **more}
    return {"files": {name: (None, str(text)) for name, text in values.items() if text is not None}}


def asked(**more: Any) -> dict[str, Any]:
    """A correction with its proof, as a form."""
    values = {"field": "nation", "nation": "藏", **more}
    parts: dict[str, Any] = {name: (None, str(text)) for name, text in values.items()}
    return {"files": {**parts, "proof": ("p.jpg", sites.photo(), "image/jpeg")}}


async def furnish(client: Client, ids: dict[str, UUID], words: dict[str, str]) -> None:
    """One thing of each kind, which belongs to Zhang and to firm A."""
    card = {"worker_code": words["zhang_code"], **CARD_IN}
    ids["card_id"] = _made(
        await client.post("/api/v1/enterprise/cards", as_="officer_a", json=card)
    )
    policy = {**POLICY, "engagement_ids": [str(ids["engagement_id"])]}
    path = f"/api/v1/enterprise/projects/{ids['project_id']}/insurance-policies"
    ids["policy_id"] = _made(await client.post(path, as_="officer_a", json=policy))
    answer = await client.post("/api/v1/me/profile/corrections", as_="zhang", **asked())
    ids["correction_id"] = _made(answer)
    await client.put("/api/v1/me/emergency-contacts/first", as_="zhang", json=CONTACT)
    form = said(project_id=ids["project_id"])
    ids["accident_id"] = _made(await client.post("/api/v1/me/accidents", as_="zhang", **form))
    shown = await client.put("/api/v1/me/resume", as_="zhang", json=RESUME)
    words["resume_code"] = shown.json()["url"].rpartition("/")[2]


def _made(answer: Any) -> UUID:
    assert answer.status_code == 201, answer.text
    return UUID(answer.json()["id"])


async def put_back(ids: dict[str, UUID], words: dict[str, str]) -> None:
    """Everything stands where its operations expect it."""
    zhang = ids["worker_id"]
    await WorkerCard.filter(worker_id=zhang).exclude(id=ids["card_id"]).delete()
    await WorkerCard.filter(id=ids["card_id"]).update(state=CardState.ACTIVE, closed_on=None)
    await ProfileCorrection.exclude(id=ids["correction_id"]).delete()
    mine = ProfileCorrection.filter(id=ids["correction_id"])
    await mine.update(state=CorrectionState.PENDING, decided_at=None)
    accident = Accident.filter(id=ids["accident_id"])
    await accident.update(state=AccidentState.HANDLED, claimed_on=None)
    await Resume.filter(worker_id=zhang).update(code=words["resume_code"])
    await EmergencyContact.exclude(worker_id=zhang).delete()
