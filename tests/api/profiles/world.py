"""A site with Zhang on it, what he asks to be corrected, and how the days go by."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx

from api.kit import jobs
from api.kit.personal import Kind, Personal
from api.workers.models import Worker
from tests.api.attendance import sites
from tests.api.complaints.filed import entered, made
from tests.cast import Client

OWN, REGION = "/api/v1/me/profile", "/api/v1/regulator/profile-corrections"
PEOPLE = ("zhang", "li", "officer_a", "admin_a", "admin_b", "county", "neighbour", "city")
PROOF = ("proof.jpg", sites.photo(), "image/jpeg")


@dataclass(frozen=True, slots=True)
class Site:
    """The small world of the tests."""

    client: Client
    project_id: str
    zhang: UUID

    async def go(self, day: str, time: str = "10:00") -> None:
        """It is that day, and everybody logs in again."""
        sites.stop(sites.at(day, time))
        for name in PEOPLE:
            await entered(self.client, name)
        await jobs.drain()

    async def days(self) -> list[str]:
        """Zhang's work days on the site, by id."""
        answer = await self.client.get(
            sites.OFFICE, as_="officer_a", params={"project_id": self.project_id}
        )
        return [each["id"] for each in answer.json()["items"]]

    async def confirm(self, day: str) -> None:
        answer = await sites.decided(self.client, day, "confirm", units="1")
        assert answer.get("problem") is None, answer

    async def certify(self, until: str) -> str:
        """A certificate of Zhang's up to that day; its id."""
        worker = await Worker.get(id=self.zhang)
        body = {
            "worker_code": worker.code, "operation": "01", "number": "A0120190001",
            "issued_by": "样例住建厅", "valid_from": "2025-01-01", "valid_to": until,
        }  # fmt: skip
        answer = await self.client.post(
            "/api/v1/enterprise/certificates", as_="officer_a", json=body
        )
        return str(made(answer)["id"])

    async def ask(self, who: str = "zhang", **fields: Any) -> httpx.Response:
        """The answer to a request for a correction."""
        parts: dict[str, Any] = {name: (None, str(text)) for name, text in fields.items()}
        path = f"{OWN}/corrections"
        return await self.client.post(path, as_=who, files={"proof": PROOF, **parts})

    async def decide(
        self, correction_id: str, decision: str, who: str = "county", **more: Any
    ) -> httpx.Response:
        """An officer's word."""
        body = {"decision": decision, **more}
        return await self.client.post(f"{REGION}/{correction_id}/decisions", as_=who, json=body)


async def opened(client: Client, day: str = "2026-11-30") -> Site:
    """The world on a Monday morning."""
    sites.stop(sites.at(day, "09:00"))
    project_id = await sites.site(client)
    zhang = await sites.entered(client, "zhang", project_id)
    row = await Worker.get(id=zhang)
    row.address = Personal.of(Kind.ADDRESS, "样例省样例市样例路1号")
    row.nation = "汉"
    await row.save()
    world = Site(client, project_id, zhang)
    await world.go(day)
    return world
