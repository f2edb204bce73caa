"""A site in 510107 with Zhang of firm A on it, what is said of him, and how the days go by."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx

from api.conduct import watching
from api.conduct.models import ConductRecord
from api.kit import jobs
from api.notices.models import Notice
from tests.api.attendance import sites
from tests.api.complaints.filed import entered, fine, made, refusal
from tests.api.projects import sites as projects
from tests.cast import Client

__all__ = ["Held", "entered", "fine", "made", "opened", "refusal", "told"]

OWN = "/api/v1/me/conduct"
OFFICE = "/api/v1/enterprise/conduct"
REGION = "/api/v1/regulator/conduct"
PUBLIC = "/api/v1/published-conduct"
MONDAY = "2026-11-30"
TEXT = "那天在三号楼，两次提醒都没有戴安全帽。"
PEOPLE = (
    "zhang", "li", "leader", "officer_a", "manager_a", "admin_a", "admin_b", "county", "neighbour",
    "city", "province",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Held:
    """The small world of the tests."""

    client: Client
    project_id: str
    zhang: UUID

    async def go(self, day: str, time: str = "10:00") -> None:
        """It is that day, everybody logs in again, and what is due happens."""
        sites.stop(sites.at(day, time))
        for name in PEOPLE:
            await entered(self.client, name)
        await watching.watch()
        await jobs.drain()

    async def send(
        self, who: str = "officer_a", photos: tuple[str, ...] = (), **changed: Any
    ) -> httpx.Response:
        """The answer to a proposal, of firm A unless said."""
        said = {
            "project_id": self.project_id, "subject_id": self.zhang, "kind": "WB02",
            "happened_on": MONDAY, "text": TEXT, **changed,
        }  # fmt: skip
        path = OFFICE if who in {"officer_a", "manager_a", "admin_a", "admin_b"} else REGION
        return await self.client.post(path, as_=who, files=_parts(said, photos))

    async def propose(self, who: str = "officer_a", **changed: Any) -> str:
        """The id of what was proposed."""
        return str(made(await self.send(who, **changed))["id"])

    async def say(
        self, record_id: str, what: str, who: str = "zhang", photos: tuple[str, ...] = ()
    ) -> httpx.Response:
        """The subject answers, appeals, or asks for a repair."""
        path = OFFICE if who in {"admin_a", "admin_b", "manager_a"} else OWN
        parts = _parts({"way": what, "text": "不是这样的，当时我不在。"}, photos)
        return await self.client.post(f"{path}/{record_id}/statements", as_=who, files=parts)

    async def decide(self, record_id: str, who: str = "county", **body: Any) -> httpx.Response:
        given = {"decision": "uphold", "reason": "有照片和班前会记录为证。", **body}
        return await self.client.post(f"{REGION}/{record_id}/decision", as_=who, json=given)

    async def rule(
        self, record_id: str, what: str, granted: bool, who: str = "city"
    ) -> httpx.Response:
        """On an appeal or a repair."""
        body = {"granted": granted, "reason": "看过材料。"}
        return await self.client.post(f"{REGION}/{record_id}/{what}-ruling", as_=who, json=body)

    async def upheld(self, **body: Any) -> str:
        """A record on Zhang that was answered and upheld today."""
        record_id = await self.propose()
        fine(await self.say(record_id, "answer"))
        fine(await self.decide(record_id, **body))
        return record_id

    async def own(self, record_id: str, who: str = "zhang") -> dict[str, Any]:
        return fine(await self.client.get(f"{OWN}/{record_id}", as_=who))

    async def office(self, record_id: str, who: str = "officer_a") -> dict[str, Any]:
        return fine(await self.client.get(f"{OFFICE}/{record_id}", as_=who))

    async def region(self, record_id: str, who: str = "county") -> dict[str, Any]:
        return fine(await self.client.get(f"{REGION}/{record_id}", as_=who))

    async def queue(self, who: str = "county", **query: Any) -> list[str]:
        answer = await self.client.get(REGION, as_=who, params=query)
        return [each["id"] for each in fine(answer)["items"]]

    async def published(self, **query: Any) -> list[dict[str, Any]]:
        return list(fine(await self.client.get(PUBLIC, params=query))["items"])

    async def score(self) -> dict[str, Any]:
        return fine(await self.client.get(f"{OWN}/score", as_="zhang"))

    async def row(self, record_id: str) -> ConductRecord:
        return await ConductRecord.get(id=record_id)


def _parts(said: dict[str, Any], photos: tuple[str, ...]) -> dict[str, Any]:
    """The parts of a form."""
    parts: dict[str, Any] = {name: (None, str(value)) for name, value in said.items()}
    return parts | {name: ("p.jpg", sites.photo(), "image/jpeg") for name in photos}


async def opened(client: Client, day: str = MONDAY) -> Held:
    """The world on a Monday morning: Zhang and firm B are on firm A's site, Li is not."""
    sites.stop(sites.at(day, "09:00"))
    project_id = await sites.site(client)
    zhang = await sites.entered(client, "zhang", project_id)
    await sites.verified(client, "li")
    world = Held(client, project_id, zhang)
    await world.go(day)
    return world


async def told(client: Client, who: str) -> list[str]:
    """What one of the cast was told of conduct, in order."""
    rows = Notice.filter(account_id=await client.cast.id(who), kind__startswith="conduct.")
    return [str(each) for each in await rows.order_by("id").values_list("kind", flat=True)]


def acts(row: dict[str, Any]) -> list[str]:
    return [each["act"] for each in row["steps"]]


async def with_firm_b(world: Held) -> None:
    """Firm B takes part in the project from today."""
    made(await projects.sent(world.client, f"{world.project_id}/units", projects.unit()))
